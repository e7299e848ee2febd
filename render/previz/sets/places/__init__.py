"""The sets themselves, a file for each kind of place."""
