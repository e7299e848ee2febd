"""Which passes there are, and how one is opened for a rehearsal."""

from collections.abc import Callable, Iterable

from render.previz.frames import Tracer
from render.previz.passes.base import Pass
from storyboard.errors import InputError, Problem
from storyboard.yaml_file import did_you_mean


def _picture(tracer: Tracer) -> Pass:  # noqa: ARG001
    from render.previz.passes.picture import PicturePass

    return PicturePass()


def _depth(tracer: Tracer) -> Pass:
    from render.previz.passes.depth import DepthPass
    from render.previz.passes.depth_range import depth_range

    return DepthPass(*depth_range(tracer))


def _masks(tracer: Tracer) -> Pass:
    from render.previz.passes.masks import MasksPass

    return MasksPass(tracer.rehearsal.names)


def _normals(tracer: Tracer) -> Pass:  # noqa: ARG001
    from render.previz.passes.normals import NormalsPass

    return NormalsPass()


def _pose(tracer: Tracer) -> Pass:
    from render.previz.passes.pose import PosePass

    return PosePass(tracer.rehearsal)


def _flow(tracer: Tracer) -> Pass:  # noqa: ARG001
    from render.previz.passes.flow import FlowPass

    return FlowPass()


def _camera(tracer: Tracer) -> Pass:  # noqa: ARG001
    from render.previz.passes.camera import CameraPass

    return CameraPass()


_PASSES: dict[str, Callable[[Tracer], Pass]] = {
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


def open_passes(names: Iterable[str], tracer: Tracer) -> tuple[Pass, ...]:
    """The passes of these names, ready for what this tracer traces. Raises InputError."""
    return tuple(_PASSES[name](tracer) for name in known_passes(names))
