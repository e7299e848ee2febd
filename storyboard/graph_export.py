"""The shot graph as text: Mermaid for pages, DOT for Graphviz, JSON for programs."""

import json
from typing import Literal

from storyboard.graph import EdgeKind, ShotGraph
from storyboard.shot import Shot

Format = Literal["mermaid", "dot", "json"]


def to_text(graph: ShotGraph, to: Format) -> str:
    """The graph in one of the formats. Names and words are escaped for it."""
    return {"mermaid": _mermaid, "dot": _dot, "json": _json}[to](graph)


def _label(shot: Shot) -> str:
    size = shot.camera.size.value if shot.camera.size else ""
    return " ".join(part for part in (shot.id, size, ", ".join(shot.cast) or shot.place) if part)


def _edge_words(attributes: dict) -> str:
    name = attributes.get("name", "")
    if attributes["kind"] == EdgeKind.CUT:
        return str(attributes["transition"])
    if attributes["kind"] == EdgeKind.SAME_CHARACTER and not attributes["same_look"]:
        return f"{name}, changed"
    return name or str(attributes["kind"])


def _numbers(graph: ShotGraph) -> dict[str, str]:
    """Node ids that every format takes, whatever the shots are called."""
    return {shot.id: f"s{index}" for index, shot in enumerate(graph.shots)}


def _mermaid(graph: ShotGraph) -> str:
    """Mermaid flowchart; text is quoted and written with entities where Mermaid would read it as syntax."""
    numbers = _numbers(graph)
    lines = ["flowchart LR"]
    lines += [f'  {numbers[shot.id]}["{_entities(_label(shot))}"]' for shot in graph.shots]
    for source, target, attributes in graph.edges():
        arrow = "-->" if attributes["kind"] in (EdgeKind.CUT, EdgeKind.CONTINUES) else "-.->"
        words = _entities(_edge_words(attributes))
        lines.append(f'  {numbers[source]} {arrow}|"{words}"| {numbers[target]}')
    return "\n".join(lines)


def _entities(text: str) -> str:
    """Everything but letters, digits and plain marks as Mermaid's ``#number;``."""
    return "".join(char if char.isalnum() or char in " ,.-_" else f"#{ord(char)};" for char in text)


def _dot(graph: ShotGraph) -> str:
    numbers = _numbers(graph)
    lines = ["digraph film {", "  rankdir=LR;", "  node [shape=box];"]
    lines += [f"  {numbers[shot.id]} [label={_quoted(_label(shot))}];" for shot in graph.shots]
    for source, target, attributes in graph.edges():
        style = "solid" if attributes["kind"] in (EdgeKind.CUT, EdgeKind.CONTINUES) else "dashed"
        words = _quoted(_edge_words(attributes))
        lines.append(f"  {numbers[source]} -> {numbers[target]} [label={words}, style={style}];")
    return "\n".join([*lines, "}"])


def _quoted(text: str) -> str:
    r"""A DOT string: in it only the quote ends it, and a backslash begins an escape (``\N`` would be a name)."""
    plain = " ".join(text.replace("\0", " ").split())
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _json(graph: ShotGraph) -> str:
    nodes = [{"id": shot.id, "scene": shot.scene, "frames": shot.frames} for shot in graph.shots]
    edges = [{"from": source, "to": target, **attributes} for source, target, attributes in graph.edges()]
    return json.dumps({"nodes": nodes, "edges": edges}, indent=2, ensure_ascii=False)
