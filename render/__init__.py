"""Pixels: generators, the embedded 3D previz, and the cut."""
