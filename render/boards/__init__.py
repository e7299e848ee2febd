"""Boards: panels of a film laid out on pages, as storyboard artists lay them out."""
