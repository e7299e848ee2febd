"""A workflow without what there is no picture for: a node that would load somebody else's is taken out."""

from collections.abc import Callable, Iterable
from typing import Any

from render.generators.comfyui.bindings import Slot
from render.generators.comfyui.workflow import is_link

Graph = dict[str, dict[str, Any]]


def without(graph: Graph, slots: Iterable[Slot], needs: Callable[[str, str], bool]) -> Graph:
    """The graph without the nodes of these slots, and without every node that cannot be without them.

    ``needs(class, input)`` says whether a class of nodes must have an input.
    """
    gone = {slot.node for slot in slots}
    kept = {name: {**node, "inputs": dict(node["inputs"])} for name, node in graph.items()}
    while gone:
        for name in gone:
            kept.pop(name, None)
        cut = [
            (name, given)
            for name, node in kept.items()
            for given, value in node["inputs"].items()
            if is_link(value) and value[0] in gone
        ]
        gone = set()
        for name, given in cut:
            if needs(kept[name]["class_type"], given):
                gone.add(name)
            else:
                del kept[name]["inputs"][given]
    return kept
