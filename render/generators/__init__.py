"""Generators: what turns a request into frames, one a file."""
