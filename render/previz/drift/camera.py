"""Trouble of the camera: which can befall a shot, how much of the move is left, and what it becomes."""

from pydantic import JsonValue

from render.previz.drift.kinds import Kind
from storyboard.camera import Camera, Move, MoveKind, Speed

_OPPOSITES = (("left", "right"), ("in", "out"), ("up", "down"), ("cw", "ccw"), ("tail", "lead"))
_OTHERS = (
    MoveKind.PAN_LEFT,
    MoveKind.PAN_RIGHT,
    MoveKind.TILT_UP,
    MoveKind.TILT_DOWN,
    MoveKind.DOLLY_IN,
    MoveKind.DOLLY_OUT,
    MoveKind.TRUCK_LEFT,
    MoveKind.TRUCK_RIGHT,
    MoveKind.PEDESTAL_UP,
    MoveKind.ZOOM_IN,
)
_FAMILIES = (  # what one could be taken for the other is no replacement
    ("pan", "whip", "truck", "arc", "track"),
    ("tilt", "pedestal", "crane"),
    ("dolly", "zoom"),
)


def moves_of(camera: Camera) -> list[MoveKind]:
    """Every move that moves."""
    return [move.kind for phase in camera.moves for move in phase if move.kind is not MoveKind.STATIC]


def opposite(kind: MoveKind) -> MoveKind | None:
    """The same move the other way round, or None where it has no direction."""
    *stem, way = kind.value.split("-")
    for one, other in _OPPOSITES:
        if way in (one, other) and stem:
            return MoveKind("-".join([*stem, other if way == one else one]))
    return None


def can_happen(kind: Kind, camera: Camera) -> bool:
    """Whether a camera that is asked for can go wrong in this way."""
    moves = moves_of(camera)
    if kind is Kind.CAMERA_REPLACED:
        return True
    if kind is Kind.CAMERA_REVERSED:
        return bool(moves) and all(opposite(move) is not None for move in moves)
    return bool(moves)


def details(kind: Kind, camera: Camera, severity: float, which: float) -> dict[str, JsonValue]:
    """What becomes of the move: ``amount`` is the share of it that is seen, ``move`` what is done instead."""
    if kind is Kind.CAMERA_IGNORED:
        return {"amount": round(0.2 * (1 - severity), 4)}
    if kind is Kind.CAMERA_WEAK:
        return {"amount": round(0.8 - 0.65 * severity, 4)}
    amount = round(0.35 + 0.65 * severity, 4)
    if kind is Kind.CAMERA_REVERSED:
        return {"amount": amount, "move": ", ".join(str(opposite(move)) for move in moves_of(camera))}
    others = _replacements(camera)
    return {"amount": amount, "move": others[int(which * len(others))].value}


def _replacements(camera: Camera) -> list[MoveKind]:
    asked = {_family(move) for move in moves_of(camera)}
    return [move for move in _OTHERS if _family(move) not in asked] or list(_OTHERS)


def _family(kind: MoveKind) -> int:
    stem = kind.value.split("-")[0]
    return next((index for index, stems in enumerate(_FAMILIES) if stem in stems), -1)


def troubled(camera: Camera, kind: Kind, move: str) -> Camera:
    """The camera that does what is done instead. What is ignored or weak is the same camera, less of it."""
    if kind is Kind.CAMERA_REVERSED:
        phases = tuple(
            tuple(step.model_copy(update={"kind": opposite(step.kind) or step.kind}) for step in phase)
            for phase in camera.moves
        )
        return camera.model_copy(update={"moves": phases})
    if kind is Kind.CAMERA_REPLACED:
        return camera.model_copy(update={"moves": ((Move(kind=MoveKind(move), speed=Speed.REGULAR),),)})
    return camera
