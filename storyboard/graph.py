"""The shot graph: shots, and what ties them together."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from storyboard.screenplay import TransitionKind
from storyboard.shot import Shot

if TYPE_CHECKING:
    from networkx import MultiDiGraph


class EdgeKind(StrEnum):
    """Why two shots belong together."""

    CUT = "cut"  # one is cut to the other; carries the transition
    CONTINUES = "continues"  # last frame of one is first of the next
    SAME_CHARACTER = "same character"  # consecutive appearances; carries whether the look is meant to be the same
    SAME_PLACE = "same place"
    SAME_PROP = "same prop"
    MATCH = "match"  # a match cut


class ShotGraph:
    """A networkx multigraph over shot ids; ``graph`` is it, ``shots`` its nodes' values in film order."""

    def __init__(self, shots: tuple[Shot, ...], graph: "MultiDiGraph") -> None:
        self.shots = shots
        self.graph = graph

    def edges(self, kind: EdgeKind | None = None) -> Iterator[tuple[str, str, dict]]:
        """(from, to, attributes) of every edge, or of one kind, in the order they were made."""
        for source, target, attributes in self.graph.edges(data=True):
            if kind is None or attributes["kind"] == kind.value:
                yield source, target, attributes


def build_graph(shots: tuple[Shot, ...], appearance: Mapping[str, Mapping[str, str]] | None = None) -> ShotGraph:
    """The graph of a film.

    ``appearance``: shot id → name → a string that is equal where look and state are meant to be the same.
    """
    from networkx import MultiDiGraph

    appearance = appearance or {}
    graph = MultiDiGraph()
    for index, shot in enumerate(shots):
        graph.add_node(shot.id, index=index, scene=shot.scene, frames=shot.frames)
    last: dict[tuple[EdgeKind, str], Shot] = {}
    for index, shot in enumerate(shots):
        if index:
            before = shots[index - 1]
            transition = before.joint_out.kind
            _tie(graph, EdgeKind.CUT, before, shot, transition=transition.value, frames=before.joint_out.frames)
            if transition is TransitionKind.MATCH_CUT:
                _tie(graph, EdgeKind.MATCH, before, shot)
            if shot.continues == before.id:
                _tie(graph, EdgeKind.CONTINUES, before, shot)
        things = [(EdgeKind.SAME_CHARACTER, name) for name in shot.cast]
        things += [(EdgeKind.SAME_PROP, name) for name in shot.props]
        things += [(EdgeKind.SAME_PLACE, shot.place)] if shot.place else []
        for kind, name in things:
            if (earlier := last.get((kind, name))) is not None:
                looks = appearance.get(earlier.id, {}).get(name), appearance.get(shot.id, {}).get(name)
                _tie(graph, kind, earlier, shot, name=name, same_look=looks[0] == looks[1])
            last[kind, name] = shot
    return ShotGraph(shots, graph)


def _tie(graph: "MultiDiGraph", kind: EdgeKind, before: Shot, after: Shot, **attributes: object) -> None:
    graph.add_edge(before.id, after.id, kind=kind.value, **attributes)
