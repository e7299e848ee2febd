"""The embedded 3D previz: blocking, framing, camera paths, figures, sets, light, and the ray caster."""

from render.previz.rehearsal import Rehearsal, RehearsalFrame, rehearse

__all__ = ["Rehearsal", "RehearsalFrame", "rehearse"]
