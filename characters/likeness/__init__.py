"""Likeness: embedders that turn crops into vectors, and the crops that they are shown."""
