"""The previz: a shot in 3D, blocked, framed and traced on the CPU."""

VERSION = "2"
"""Changes whenever the same request would give other pixels."""
