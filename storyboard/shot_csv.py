"""The shot list as CSV, with the columns that are usual on a set."""

import csv
import io
from collections.abc import Iterable

from storyboard.camera import Camera, FocusKind, LensKind, MoveKind, Steadiness
from storyboard.shot import BeatKind, Shot

COLUMNS = (
    *("scene", "shot", "size", "angle", "movement", "lens", "equipment", "subject", "description", "audio"),
    *("VFX", "duration", "setup", "notes"),
)

_CRANES = {MoveKind.CRANE_UP, MoveKind.CRANE_DOWN, MoveKind.TRACK_AERIAL}
_DOLLIES = {
    kind
    for kind in MoveKind
    if kind.value.startswith(("dolly", "truck", "arc", "track")) and kind not in _CRANES
} - {MoveKind.TRACK_PAN, MoveKind.TRACK_TILT}  # fmt: skip
_PEDESTALS = {MoveKind.PEDESTAL_UP, MoveKind.PEDESTAL_DOWN}


def shot_csv(shots: Iterable[Shot]) -> str:
    """One row a shot, in film order. ``setup`` counts distinct camera places of a scene: same number, same setup.

    ``duration`` is in seconds, ``VFX`` is left to a person. Cells that a spreadsheet would run as a formula are
    quoted with an apostrophe.
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    setups: dict[str, dict[str, int]] = {}
    for shot in shots:
        known = setups.setdefault(shot.scene, {})
        setup = known.setdefault(_setup(shot), len(known) + 1)
        writer.writerow([_plain(cell) for cell in _row(shot, setup)])
    return file.getvalue()


def _row(shot: Shot, setup: int) -> list[str]:
    camera = shot.camera
    size = " ".join(part.value for part in (camera.size, camera.framing) if part)
    description = " ".join(beat.text for beat in shot.beats if beat.kind is BeatKind.ACTION)
    audio = " / ".join(
        f"{beat.character}{'' if beat.seen else ' (O.S.)'}: {beat.text}"
        for beat in shot.beats
        if beat.kind is BeatKind.SPEECH
    )
    return [
        shot.scene,
        shot.id,
        size,
        _angle(camera),
        ", then ".join(camera.move_words) or "static",
        _lens(camera),
        equipment(camera),
        ", ".join(camera.subject),
        " ".join(description.split()),
        " ".join(audio.split()),
        "",
        f"{float(shot.seconds):.2f}",
        f"{shot.scene}-{setup}",
        _notes(shot),
    ]


def _angle(camera: Camera) -> str:
    parts = [camera.angle.value if camera.angle else "", camera.height.value if camera.height else ""]
    if camera.dutch:
        parts.append(f"dutch {camera.dutch:g}°")
    return ", ".join(part for part in parts if part)


def _lens(camera: Camera) -> str:
    kind = "" if camera.lens_kind is LensKind.REGULAR else camera.lens_kind.value
    return " ".join(part for part in (f"{camera.lens_mm:g} mm" if camera.lens_mm else "", kind) if part)


def equipment(camera: Camera) -> str:
    """What the camera stands on for its moves and its steadiness."""
    kinds = {move.kind for phase in camera.moves for move in phase}
    if kinds & _CRANES:
        return "drone" if MoveKind.TRACK_AERIAL in kinds else "crane"
    if camera.steadiness in (Steadiness.UNSTEADY, Steadiness.VERY_UNSTEADY):
        return "handheld"
    if camera.steadiness is Steadiness.VERY_SMOOTH:
        return "Steadicam"
    if kinds & _DOLLIES:
        return "dolly"
    if kinds & _PEDESTALS:
        return "pedestal"
    return "tripod"


def _notes(shot: Shot) -> str:
    notes = []
    if shot.continues:
        notes.append(f"continues {shot.continues}")
    if shot.camera.focus is not None and shot.camera.focus.kind is not FocusKind.DEEP:
        focus = shot.camera.focus
        notes.append(" ".join(w for w in (focus.kind.value, "focus", focus.from_ or "", "→", focus.to or "") if w))
    if shot.joint_out.frames:
        notes.append(f"{shot.joint_out.kind.value} out")
    if shot.props:
        notes.append("props: " + ", ".join(shot.props))
    return "; ".join(notes)


def _setup(shot: Shot) -> str:
    """Where the camera stands: shots that share it are shot together."""
    camera = shot.camera
    return repr((camera.size, camera.framing, camera.subject, camera.angle, camera.height, camera.over, camera.pov_of,
                 camera.lens_mm, camera.moves))  # fmt: skip


def _plain(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell
