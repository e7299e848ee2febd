"""The previz: a shot in 3D, blocked, framed and traced on the CPU."""

VERSION = "3"
"""Changes whenever the same request would give other pixels."""

EXPECTATION = "5"
"""Changes whenever an equal previz could expect otherwise of a take (see expectation.py)."""
