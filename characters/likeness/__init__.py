"""What a likeness is judged by: room for the embedders and the checks."""
