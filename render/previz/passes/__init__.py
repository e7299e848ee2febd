"""Passes of a rehearsal: what a video model is controlled by, and what a check measures against.

``take_passes(request, names)`` is the way in; ``PASS_NAMES`` says which there are; docs/passes.md tells their
conventions and where those come from.
"""

from render.fitted import fitted
from render.previz.passes.registry import PASS_NAMES
from render.previz.passes.take import Passes, PassFrame, take_passes

__all__ = ["PASS_NAMES", "PassFrame", "Passes", "fitted", "take_passes"]
