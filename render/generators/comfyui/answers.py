"""What ComfyUI answers: faults in its words with the node's title, and the files of a take."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from render.generators.comfyui.workflow import Workflow
from render.generators.servers.received import PICTURES, VIDEOS

_WORDS = 500


@dataclass(frozen=True)
class Kept:
    """A file that the server keeps."""

    name: str
    folder: str
    type: str

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name).suffix.lower()

    @property
    def query(self) -> dict[str, str | int]:
        return {"filename": self.name, "subfolder": self.folder, "type": self.type}


def node_faults(workflow: Workflow, answer: Any) -> str:
    """What an answer says is wrong with nodes, or with the whole; empty where nothing is."""
    if not isinstance(answer, dict):
        return ""
    said: list[str] = []
    faults = answer.get("node_errors")
    for name, fault in faults.items() if isinstance(faults, dict) else ():
        errors = fault.get("errors") if isinstance(fault, dict) else None
        each = [error for error in errors if isinstance(error, dict)] if isinstance(errors, list) else []
        said += [f"{workflow.titled(str(name))}: {_sentence(error)}" for error in each]
    if not said and answer.get("error"):
        error = answer["error"]
        said.append(_sentence(error) if isinstance(error, dict) else str(error))
    return _short("; ".join(dict.fromkeys(said)))


def _sentence(error: Mapping[str, Any]) -> str:
    message, details = str(error.get("message") or error.get("type") or "is wrong"), str(error.get("details") or "")
    return f"{message} ({details})" if details and details != message else message


def run_fault(workflow: Workflow, data: Mapping[str, Any]) -> str:
    """What an ``execution_error`` says."""
    words = str(data.get("exception_message") or data.get("exception_type") or "it does not say why")
    return f"{workflow.titled(str(data.get('node_id')))}: {_short(words)}"


def fault_of(workflow: Workflow, entry: Mapping[str, Any]) -> str | None:
    """What a history entry says went wrong; None where it went well."""
    status = entry.get("status")
    if not isinstance(status, dict):
        return None
    for message in status.get("messages") or ():
        if isinstance(message, list) and len(message) == 2 and isinstance(message[1], dict):
            if message[0] == "execution_error":
                return run_fault(workflow, message[1])
            if message[0] == "execution_interrupted":
                return INTERRUPTED
    if status.get("status_str") == "error" or status.get("completed") is False:
        return "it does not say why"
    return None


INTERRUPTED = "somebody interrupted it at the server"


def kept_files(entry: Mapping[str, Any], output: str) -> list[Kept]:
    """The files of one node: its video if it made one, else its pictures in order."""
    outputs = entry.get("outputs")
    node = outputs.get(output) if isinstance(outputs, dict) else None
    files = list(_files(node)) if isinstance(node, dict) else []
    videos = [file for file in files if file.suffix in VIDEOS]
    return videos or [file for file in files if file.suffix in PICTURES]


def _files(node: Mapping[str, Any]) -> Iterator[Kept]:
    for value in node.values():  # images, gifs, videos: nodes differ
        for each in value if isinstance(value, list) else ():
            if isinstance(each, dict) and isinstance(each.get("filename"), str):
                yield Kept(each["filename"], str(each.get("subfolder") or ""), str(each.get("type") or "output"))


def _short(words: str) -> str:
    text = " ".join(words.split())
    return (text if len(text) <= _WORDS else text[:_WORDS] + "…").rstrip(".")
