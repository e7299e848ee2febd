"""Which passes there are, and how one is opened for a rehearsal."""

from collections.abc import Callable, Iterable

from render.previz.passes.base import Pass
from render.previz.rehearsal import Rehearsal
from storyboard.errors import InputError, Problem
from storyboard.yaml_file import did_you_mean


def _picture(rehearsal: Rehearsal) -> Pass:  # noqa: ARG001
    from render.previz.passes.picture import PicturePass

    return PicturePass()


def _depth(rehearsal: Rehearsal) -> Pass:
    from render.previz.passes.depth import DepthPass, depth_range

    return DepthPass(*depth_range(rehearsal.request))


def _masks(rehearsal: Rehearsal) -> Pass:
    from render.previz.passes.masks import MasksPass

    return MasksPass(rehearsal.names)


def _normals(rehearsal: Rehearsal) -> Pass:  # noqa: ARG001
    from render.previz.passes.normals import NormalsPass

    return NormalsPass()


def _pose(rehearsal: Rehearsal) -> Pass:
    from render.previz.passes.pose import PosePass

    return PosePass(rehearsal)


def _flow(rehearsal: Rehearsal) -> Pass:  # noqa: ARG001
    from render.previz.passes.flow import FlowPass

    return FlowPass()


def _camera(rehearsal: Rehearsal) -> Pass:  # noqa: ARG001
    from render.previz.passes.camera import CameraPass

    return CameraPass()


_PASSES: dict[str, Callable[[Rehearsal], Pass]] = {
    "picture": _picture,
    "depth": _depth,
    "masks": _masks,
    "normals": _normals,
    "pose": _pose,
    "flow": _flow,
    "camera": _camera,
}
PASS_NAMES = tuple(_PASSES)


def known_passes(names: Iterable[str]) -> tuple[str, ...]:
    """The names, each once, in the order of ``PASS_NAMES``. Raises InputError for one that nobody knows."""
    wanted = list(names)
    unknown = [name for name in dict.fromkeys(wanted) if name not in _PASSES]
    if unknown:
        raise InputError(
            Problem(what=f"there is no pass “{name}”.", todo=did_you_mean(name, PASS_NAMES)) for name in unknown
        )
    return tuple(name for name in PASS_NAMES if name in wanted)


def open_passes(names: Iterable[str], rehearsal: Rehearsal) -> tuple[Pass, ...]:
    """The passes of these names, ready for this rehearsal. Raises InputError."""
    return tuple(_PASSES[name](rehearsal) for name in known_passes(names))
