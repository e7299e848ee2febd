"""The camera: where it stands, and how it moves."""
