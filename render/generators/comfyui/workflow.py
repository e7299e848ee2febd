"""A workflow in ComfyUI's API format: read, and refused in words where it is none."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storyboard.errors import InputError, Problem
from storyboard.paths import inside

_LIMIT = 20_000_000  # bytes
_EXPORT = "In ComfyUI choose Workflow → Export (API), and name that file."


@dataclass(frozen=True)
class Node:
    """A node: its class, its title, and its inputs; a link to another node's output is a list of two."""

    id: str
    kind: str
    title: str
    inputs: Mapping[str, Any]

    @property
    def named(self) -> str:
        """The node, in words."""
        return f"“{self.title}” ({self.kind}, node {self.id})" if self.title else f"{self.kind} (node {self.id})"


@dataclass(frozen=True)
class Workflow:
    """A workflow's nodes by id, and the SHA-256 of its file."""

    file: Path
    nodes: Mapping[str, Node]
    sha256: str

    def graph(self) -> dict[str, dict[str, Any]]:
        """A copy in API format, to be filled."""
        return {
            node.id: {"class_type": node.kind, "inputs": dict(node.inputs), "_meta": {"title": node.title}}
            for node in self.nodes.values()
        }

    def titled(self, node_id: str) -> str:
        """A node in words, also one that a server speaks of and that a workflow's own group holds."""
        node = self.nodes.get(node_id) or self.nodes.get(node_id.partition(":")[0])
        return node.named if node is not None else f"node {node_id}"


def read_workflow(folder: Path, written: str) -> Workflow:
    """The workflow in a file of this folder. Raises InputError."""
    try:
        path = inside(folder, written)
    except ValueError as error:
        raise InputError(Problem(what=f"`workflow: {written}` {error}.")) from None

    def refuse(what: str, todo: str = _EXPORT) -> InputError:
        return InputError(Problem(what=f"`workflow: {written}` {what}.", todo=todo))

    try:
        with path.open("rb") as file:
            content = file.read(_LIMIT + 1)
    except OSError as error:
        raise refuse(
            f"cannot be read ({error.strerror or error})", "Put the workflow into the film's folder."
        ) from None
    if len(content) > _LIMIT:
        raise refuse("is no workflow: it is too large")
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise refuse("is no JSON") from None
    if isinstance(data, dict) and isinstance(data.get("nodes"), list):
        raise refuse("is saved in the format of ComfyUI's editor, which its server does not run")
    if not isinstance(data, dict) or not data or not all(_is_node(value) for value in data.values()):
        raise refuse("is no workflow in API format: nodes by number, each with a class_type and inputs")
    nodes = {
        str(name): Node(str(name), str(node["class_type"]), _title(node), node.get("inputs", {}))
        for name, node in data.items()
    }
    return Workflow(path, nodes, hashlib.sha256(content).hexdigest())


def _is_node(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("class_type"), str)
        and isinstance(value.get("inputs", {}), dict)
    )


def _title(node: Mapping[str, Any]) -> str:
    meta = node.get("_meta")
    return str(meta.get("title", "")) if isinstance(meta, dict) else ""


def is_link(value: Any) -> bool:
    """Whether an input comes from another node."""
    return isinstance(value, list) and len(value) == 2 and isinstance(value[0], str) and isinstance(value[1], int)
