"""The exporters that every film has: subtitles, the timeline and the film as data."""

import json
from collections.abc import Mapping
from pathlib import Path

from render.cut.edit import Edit


class Subtitles:
    """SubRip: who says what, when."""

    name, version, suffix = "srt", "1", ".srt"

    def export(self, edit: Edit, sounds: Mapping[Path, int]) -> bytes:  # noqa: ARG002
        from render.cut.subtitles import subtitles, to_srt

        return to_srt(subtitles(edit), edit.rate).encode()


class Timeline:
    """OpenTimelineIO: picture with handles and joints, voices, music and effects."""

    name, version, suffix = "otio", "1", ".otio"

    def export(self, edit: Edit, sounds: Mapping[Path, int]) -> bytes:
        from render.cut.timeline import to_otio

        return to_otio(edit, dict(sounds)).encode()


class FilmData:
    """The film as JSON: shots, takes, joints and lines."""

    name, version, suffix = "json", "1", ".json"

    def export(self, edit: Edit, sounds: Mapping[Path, int]) -> bytes:  # noqa: ARG002
        from render.cut.film_json import film_json

        return json.dumps(film_json(edit), indent=2, ensure_ascii=False).encode()
