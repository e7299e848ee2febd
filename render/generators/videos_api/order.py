"""What is sent for one request: the form, and the identity of the job that it makes."""

import json
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from render.fit import asked_of, shown_twice
from render.generators.base import Capabilities
from render.generators.guides import guide_identity
from render.generators.servers.guide import guide_request, guide_video
from render.generators.servers.pictures import Picture, picture_of, reference_picture
from render.generators.videos_api.dialects import DOCUMENTS, Role, document, places
from render.generators.videos_api.settings import VideosSettings
from render.request import Request
from storyboard.hashing import digest

ENCODING = "1"
"""Changes whenever the same request would be sent otherwise."""

_FIELD = 1024 * 1024  # bytes


class Order:
    """One request as a form for the server. Nothing is rendered until the form is asked for."""

    def __init__(self, request: Request, settings: VideosSettings, can: Capabilities) -> None:
        self.request, self.settings = request, settings
        self.skipped = shown_twice(request, can)  # frames at the clip's beginning that were seen already
        self.frames = asked_of(request, can)  # of the clip
        self.size = (request.width, request.height)
        self._guide = guide_request(request, can) if settings.guided_by else None

    @cached_property
    def digest(self) -> str:
        """The identity of the job: of everything that is sent, and where to."""
        guide = guide_identity(self._guide, str(self.settings.guided_by)) if self._guide is not None else None
        pictures = {role: [each.sha256 for each in held] for role, held in self._pictures.items()}
        sent = {"fields": self.fields, "pictures": pictures, "guide": guide, "parts": self._places}
        return digest("videos-job", {"encoding": ENCODING, "server": self.settings.url, "sent": sent})

    @cached_property
    def fields(self) -> dict[str, str]:
        """The form's fields, but for those that hold files."""
        request, settings = self.request, self.settings
        fields: dict[str, JsonValue] = {
            **settings.fields,
            "prompt": request.prompt,
            "negative_prompt": request.negative if settings.negative else "",
            "model": settings.model,
            "size": f"{request.width}x{request.height}",
            "num_frames": self.frames,
            "fps": _number(request.rate),
            "seed": request.seed if settings.spoken.seed else None,
            "num_inference_steps": settings.steps,
            "guidance_scale": settings.guidance,
            "extra_params": self._extra or None,
        }
        return {name: _text(value) for name, value in fields.items() if value not in (None, "")}

    @property
    def _extra(self) -> dict[str, JsonValue]:
        extra = dict(self.settings.extra)
        strength = self.request.params.get("control", self.settings.control)
        if self.settings.strength_as is not None and strength is not None:
            extra[self.settings.strength_as] = strength
        return extra

    @cached_property
    def _pictures(self) -> dict[Role, tuple[Picture, ...]]:
        held: dict[Role, tuple[Picture, ...]] = {}
        if self.settings.first_frame and self.request.first_frame is not None:
            held["first_frame"] = (picture_of(Path(self.request.first_frame)),)
        if self.settings.references and self.request.references:
            chosen = self.request.references[: self.settings.references]
            held["references"] = tuple(reference_picture(each) for each in chosen)
        return held

    @cached_property
    def _places(self) -> dict[Role, str]:
        roles: list[Role] = [*self._pictures, *(["control"] if self._guide is not None else [])]  # type: ignore[list-item]
        count = len(self._pictures.get("references", ()))
        return places(self.settings.spoken, roles, count, self.settings.parts)

    def form(self, folder: Path, tag: str) -> dict[str, Any]:
        """The form, as httpx takes it; the guide is rendered for it, in this folder."""
        held: dict[Role, list[tuple[bytes, str]]] = {
            role: [(each.content, each.kind) for each in pictures] for role, pictures in self._pictures.items()
        }
        fields = dict(self.fields)
        if self._guide is not None:
            kind = str(self.settings.guided_by)
            held["control"] = [(guide_video(folder / f"{self.digest}.guide.mp4", self._guide, kind), "video/mp4")]
            if self._places["control"] == "control_reference":
                fields.setdefault("control_type", kind)
        if self.settings.spoken.tag is not None:
            fields.setdefault(self.settings.spoken.tag, tag)
        files: list[tuple[str, tuple[str | None, bytes, str] | tuple[None, bytes]]] = []
        for role, parts in held.items():
            field = self._places[role]
            if field in DOCUMENTS:
                fields[field] = document(field, parts)
                continue
            for number, (content, kind) in enumerate(parts, 1):
                files.append((field, (f"{role}-{number}.{kind.split('/')[1]}", content, kind)))
        # Fields as parts without a file name: a form without any file is multipart too, which both servers want.
        return {"files": [*((name, (None, text.encode())) for name, text in fields.items()), *files]}


def _number(rate: Fraction) -> int | float:
    return rate.numerator if rate.denominator == 1 else round(float(rate), 6)


def _text(value: JsonValue) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def too_large(form: dict[str, Any]) -> str:
    """The fields of a form, no files, that are larger than the servers' web framework takes."""
    return " and ".join(name for name, (file, content, *_) in form["files"] if file is None and len(content) > _FIELD)
