"""Trouble on order: the previz as a stand-in for a video model that forgets. Seeded, named, and on record."""

VERSION = "1"
"""Changes whenever the same request and the same drift would give other pixels."""
