"""Which inputs of a workflow are filled: as film.yaml says, or by the titles of its nodes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from render.generators.comfyui.settings import Name
from render.generators.comfyui.workflow import Node, Workflow, is_link
from storyboard.errors import InputError, Problem
from storyboard.yaml_file import did_you_mean

NAMES: tuple[Name, ...] = get_args(Name)

_INPUTS: dict[Name, tuple[str, ...]] = {
    "prompt": ("text", "prompt", "positive", "string", "value"),
    "negative": ("text", "negative_prompt", "negative", "prompt", "string", "value"),
    "seed": ("seed", "noise_seed", "value"),
    "references": ("image", "value"),
    "first_frame": ("image", "value"),
    "control": ("video", "file", "value"),
    "control_frames": ("directory", "folder", "path", "value"),
    "width": ("width", "value"),
    "height": ("height", "value"),
    "frames": ("length", "num_frames", "frames", "video_frames", "value"),
    "rate": ("frame_rate", "fps", "rate", "value"),
    "strength": ("strength", "control_strength", "scale", "value"),
}
"""Where a node that is bound by its title, or without an input, takes it: the first that it has."""

_OUTPUTS = ("SaveVideo", "VHS_VideoCombine", "SaveWEBM", "SaveImage", "SaveAnimatedWEBP", "SaveAnimatedPNG")


@dataclass(frozen=True)
class Slot:
    """An input of a node."""

    node: str
    input: str


@dataclass(frozen=True)
class Bindings:
    """The slots of each name, and the node whose pictures are the take."""

    slots: Mapping[Name, tuple[Slot, ...]]
    output: str

    def has(self, name: Name) -> bool:
        return name in self.slots


def bound(workflow: Workflow, said: Mapping[Name, Sequence[str]]) -> Bindings:
    """What film.yaml binds, and for the rest what titles say. Raises InputError with everything that is wrong."""
    problems: list[Problem] = []
    slots: dict[Name, tuple[Slot, ...]] = {}
    for name in NAMES:
        try:
            if name in said:
                slots[name] = tuple(_slot(workflow, name, words) for words in said[name])
            elif found := _titled(workflow, name):
                slots[name] = tuple(Slot(node.id, _input_for(node, name)) for node in found)
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    problems += _missing(workflow, slots)
    if problems:
        raise InputError(problems)
    outputs = slots.pop("output", ())
    output = outputs[0].node if outputs else _only_output(workflow)
    return Bindings({name: found for name, found in slots.items() if found}, output)


def _missing(workflow: Workflow, slots: Mapping[Name, tuple[Slot, ...]]) -> Iterator[Problem]:
    file = workflow.file.name
    if not slots.get("prompt"):
        todo = "Give the node that takes it the title “shotgraph: prompt”, or write bind: {prompt: “6.text”}."
        yield Problem(what=f"{file}: nothing takes the prompt.", todo=todo)
    if bool(slots.get("width")) != bool(slots.get("height")):
        yield Problem(what=f"{file}: of width and height only one is bound.", todo="Bind both, or neither.")
    if slots.get("control") and slots.get("control_frames"):
        yield Problem(what=f"{file}: control and control_frames are both bound.", todo="Bind one.")
    if len(slots.get("output", ())) > 1 or (not slots.get("output") and _only_output(workflow) == ""):
        todo = "Give one the title “shotgraph: output”, or write bind: {output: “9”}."
        yield Problem(what=f"{file}: which node gives the take is not clear.", todo=todo)


def _only_output(workflow: Workflow) -> str:
    found = [node.id for node in workflow.nodes.values() if node.kind in _OUTPUTS]
    return found[0] if len(found) == 1 else ""


def _slot(workflow: Workflow, name: Name, words: str) -> Slot:
    """A binding such as ``6.text``, ``Positive prompt.text``, or a node alone."""
    words = words.strip()
    node = _node(workflow, words)
    if node is not None:
        return Slot(node.id, _input_for(node, name))
    before, dot, given = words.rpartition(".")
    if dot:
        node = _node(workflow, before)
    if node is None:
        known = [*workflow.nodes, *(each.title for each in workflow.nodes.values() if each.title)]
        what = f"{workflow.file.name} has no node “{before if dot else words}”, which `bind` names for {name}."
        raise InputError(Problem(what=what, todo=did_you_mean(before if dot else words, known)))
    if name == "output":
        raise _refused(name, f"is a node, “{before}”, without an input", "")
    if given not in node.inputs:
        what = f"{node.named} has no input “{given}”, which `bind` names for {name}."
        raise InputError(Problem(what=what, todo=did_you_mean(given, list(node.inputs))))
    return Slot(node.id, given)


def _node(workflow: Workflow, words: str) -> Node | None:
    """The node of this id, or the only one of this title. Raises InputError for a title that several have."""
    if words in workflow.nodes:
        return workflow.nodes[words]
    found = [node for node in workflow.nodes.values() if node.title and node.title == words]
    if len(found) > 1:
        numbers = ", ".join(node.id for node in found)
        todo = f"Write a number, {found[0].id}, or give them other titles."
        raise InputError(Problem(what=f"the nodes {numbers} all have the title “{words}”.", todo=todo))
    return found[0] if found else None


def _titled(workflow: Workflow, name: Name) -> list[Node]:
    """The nodes whose title asks for ``name``: ``shotgraph: prompt``, or the name alone."""
    ranked = [(rank, node) for node in workflow.nodes.values() if (rank := _asked(node.title, name)) is not None]
    found = [node for _, node in sorted(ranked, key=lambda each: each[0])]
    if len(found) > 1 and name != "references":
        numbers = ", ".join(node.id for node in found)
        todo = f"Leave one, or write bind: {{{name}: “{found[0].id}”}}."
        raise InputError(Problem(what=f"the titles of the nodes {numbers} all ask for the {name}.", todo=todo))
    return found


def _asked(title: str, name: Name) -> int | None:
    """Whether a title asks for ``name``, and as which of several."""
    text = title.strip().casefold()
    ours = text.startswith("shotgraph:")
    for words in text.removeprefix("shotgraph:").split(",") if ours else [text]:
        said = words.strip().replace(" ", "_")
        if said == name:
            return 0
        if name == "references" and (number := re.fullmatch(r"references?_?(\d*)", said)):
            return int(number[1] or 0)
    return None


def _input_for(node: Node, name: Name) -> str:
    if name == "output":
        return ""
    # A text that another node gives is not for us to fill, where this one has another that is written in it.
    for own in (True, False):
        for each in _INPUTS[name]:
            if each in node.inputs and not (own and is_link(node.inputs[each])):
                return each
    raise _refused(name, f"names {node.named} and no input of it", f"Its inputs are {', '.join(node.inputs)}.")


def _refused(name: Name, what: str, todo: str) -> InputError:
    return InputError(Problem(what=f"`bind: {{{name}: …}}` {what}.", todo=todo))
