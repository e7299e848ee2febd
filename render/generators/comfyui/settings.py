"""The settings of ``comfyui``: what film.yaml gives under ``generator``."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from render.generators.servers.settings import IDLE, ServerSettings

Name = Literal[
    "prompt",
    "negative",
    "seed",
    "references",
    "first_frame",
    "control",
    "control_frames",
    "width",
    "height",
    "frames",
    "rate",
    "strength",
    "output",
]
"""What of a request a workflow can take, and where its pictures come out."""


def _listed(value: object) -> object:
    """One binding or several; a node's number may stand without quotes."""
    several = value if isinstance(value, list | tuple) else [value]
    return tuple(str(each) if isinstance(each, int) else each for each in several)


class ComfySettings(ServerSettings):
    """A ComfyUI, the workflow that it runs, and which inputs of it are filled."""

    workflow: Annotated[str, Field(min_length=1)]  # a file in the film's folder, in API format
    bind: dict[Name, Annotated[tuple[str, ...], BeforeValidator(_listed)]] = {}


IDLE_COMFY = IDLE | {"workflow", "bind"}
"""Settings that change no pixel: the workflow and what is bound stand in the generator's version, by their content."""
