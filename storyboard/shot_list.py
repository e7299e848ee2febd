"""The shot list: a row a shot, as a table or JSON shows it."""

from collections.abc import Iterable
from typing import Any

from storyboard.shot import Shot


def shot_rows(shots: Iterable[Shot]) -> list[dict[str, Any]]:
    """Rows of plain values: what ``direct plan --json`` shows of a shot, but for prompt, seed and recipe."""
    return [
        {
            "id": shot.id,
            "scene": shot.scene,
            "line": shot.line,
            "size": shot.camera.size.value if shot.camera.size else None,
            "angle": shot.camera.angle.value if shot.camera.angle else None,
            "moves": list(shot.camera.move_words),
            "subject": list(shot.camera.subject),
            "cast": list(shot.cast),
            "props": list(shot.props),
            "place": shot.place,
            "time": shot.time.value,
            "frames": shot.frames,
            "transition": shot.joint_out.kind.value,
        }
        for shot in shots
    ]
