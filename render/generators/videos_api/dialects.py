"""How the two servers differ: where each takes pictures, a guide and a tag."""

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Role = Literal["first_frame", "references", "control"]

DOCUMENTS = {"image_reference": "image_url", "video_reference": "video_url"}
"""Fields that are JSON with the file inside it, as a data URL; every other part is a file."""


@dataclass(frozen=True)
class Dialect:
    """One way to speak ``/v1/videos``."""

    name: str
    pictures: int  # references at most
    guided: bool  # takes a video that guides
    tag: str | None  # a field by which a job can be known again, where the server gives it back
    seed: bool = True


DIALECTS = {
    "vllm-omni": Dialect("vllm-omni", pictures=9, guided=True, tag="user"),
    "sglang": Dialect("sglang", pictures=1, guided=False, tag=None),
}


def places(dialect: Dialect, roles: Iterable[Role], references: int, said: Mapping[Role, str]) -> dict[Role, str]:
    """The field that each role goes into: as film.yaml says, else where the server takes it.

    vLLM-Omni takes one file as ``input_reference``, alone; several pictures, or pictures beside a video, as JSON.
    """
    roles = tuple(roles)
    others = {said[role] for role in roles if role in said}
    alone = len(roles) - len(others) == 1 and not others & {"input_reference", *DOCUMENTS}
    found: dict[Role, str] = {}
    for role in roles:
        if role in said:
            found[role] = said[role]
        elif dialect.name == "sglang":
            found[role] = "input_reference"
        elif role == "control":
            found[role] = "input_reference" if alone else "video_reference"
        else:
            found[role] = (
                "input_reference" if alone and (role == "first_frame" or references == 1) else "image_reference"
            )
    return found


def document(field: str, files: Sequence[tuple[bytes, str]]) -> str:
    """The JSON of a field that holds files: one object, or a list where there are several."""
    name = DOCUMENTS[field]
    held = [{name: f"data:{kind};base64,{base64.b64encode(content).decode()}"} for content, kind in files]
    return json.dumps(held[0] if len(held) == 1 else held)
