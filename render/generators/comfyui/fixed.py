"""What a workflow fixes by itself, where film.yaml binds nothing: size, length and rate."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, TypeGuard

from render.generators.base import Capabilities
from render.generators.comfyui.bindings import Bindings
from render.generators.comfyui.settings import ComfySettings
from render.generators.comfyui.workflow import Workflow
from storyboard.errors import InputError, Problem

_LENGTHS = ("length", "num_frames", "frames", "video_frames")
_RATES = ("frame_rate", "fps")


def able(settings: ComfySettings, workflow: Workflow, bindings: Bindings) -> Capabilities:
    """What the workflow can do: what is bound, and what it fixes. Raises InputError where that is not clear."""
    problems: list[Problem] = []
    more: dict[str, Any] = {
        "seed": bindings.has("seed"),
        "negative": bindings.has("negative"),
        "max_references": len(bindings.slots.get("references", ())),
        "first_frame": bindings.has("first_frame"),
        "guided_by": settings.guided_by,
        "control": settings.strengths,
    }
    guided = bindings.has("control") or bindings.has("control_frames")
    if guided and settings.guided_by is None:
        todo = "Say which pass of the rehearsal: guided_by: depth, pose, normals, masks or picture."
        problems.append(Problem(what=f"{workflow.file.name} takes a guide.", todo=todo))
    if settings.guided_by is not None and not guided:
        todo = "Title the node that loads it “shotgraph: control”, or leave guided_by out."
        problems.append(Problem(what=f"{workflow.file.name} takes no guide, and guided_by is set.", todo=todo))
    if (settings.strengths or settings.control is not None) and not bindings.has("strength"):
        todo = "Bind it: bind: {strength: “15.strength”}."
        problems.append(Problem(what=f"{workflow.file.name} takes no strength of a guide, and one is set.", todo=todo))
    if not bindings.has("width"):
        sizes = settings.sizes or tuple(_sizes(workflow))
        more["sizes"] = sizes
        if len(sizes) != 1:
            problems.append(_unclear(workflow, "size", "width and height", "sizes: [[832, 480]]"))
    if not bindings.has("frames"):
        lengths = set(_numbers(workflow, _LENGTHS, sized=True))
        if settings.max_frames is not None and settings.max_frames == settings.min_frames:
            lengths = {settings.max_frames}
        if len(lengths) == 1:
            length = int(lengths.pop())
            more |= {"max_frames": length, "min_frames": length, "step": 1, "base": 0}
        else:
            problems.append(_unclear(workflow, "number of frames", "frames", "min_frames: 81, max_frames: 81"))
    if not bindings.has("rate") and not settings.rates:
        rates = set(_numbers(workflow, _RATES, sized=False))
        more["rates"] = tuple(Fraction(rate) for rate in rates) if len(rates) == 1 else ()
    if problems:
        raise InputError(problems)
    return settings.capabilities(**more)


def _unclear(workflow: Workflow, what: str, names: str, settings: str) -> Problem:
    todo = f"Bind {names}, or say what it is: {settings}."
    return Problem(what=f"{workflow.file.name}: the {what} of its clips is not clear.", todo=todo)


def _sizes(workflow: Workflow) -> set[tuple[int, int]]:
    sides = ((node.inputs.get("width"), node.inputs.get("height")) for node in workflow.nodes.values())
    return {(int(wide), int(tall)) for wide, tall in sides if _is_number(wide) and _is_number(tall)}


def _numbers(workflow: Workflow, names: Iterable[str], *, sized: bool) -> Iterable[int | float]:
    """Numbers that stand in inputs of these names; ``sized``: of nodes that say a size too."""
    for node in workflow.nodes.values():
        if not sized or "width" in node.inputs:
            yield from (node.inputs[name] for name in names if _is_number(node.inputs.get(name)))


def _is_number(value: Any) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
