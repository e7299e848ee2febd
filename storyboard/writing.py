"""Writing a camera as a note, in each form that ``read_note`` reads back to the same camera."""

from collections.abc import Iterator

from storyboard.camera import Camera, Focus, LensKind, Move, Playback, Speed
from storyboard.vocabulary import Kind, plain_name


def as_fields(camera: Camera) -> dict[str, str]:
    """The fields of a ``key=value`` note or a YAML shot; what the camera leaves unsaid is left out."""
    lens = [f"{_number(camera.lens_mm)}mm"] if camera.lens_mm is not None else []
    if camera.lens_kind is not LensKind.REGULAR:
        lens.append(camera.lens_kind.value)
    fields = {
        "size": camera.size and camera.size.value,
        "framing": camera.framing and camera.framing.value,
        "subject": ", ".join(camera.subject),
        "angle": camera.angle and camera.angle.value,
        "height": camera.height and camera.height.value,
        "dutch": _number(camera.dutch) if camera.dutch else None,
        "move": " then ".join(" + ".join(_exact_move(move) for move in phase) for phase in camera.moves),
        "lens": " ".join(lens),
        "steadiness": camera.steadiness and camera.steadiness.value,
        "focus": camera.focus and camera.focus.kind.value + _between(camera.focus),
        "playback": camera.playback.value if camera.playback is not Playback.REGULAR else None,
        "pov": camera.pov_of,
        "over": camera.over,
    }
    return {key: value for key, value in fields.items() if value}


def as_pairs(camera: Camera) -> str:
    """The exact form of a note: ``size=CU; subject=MARA; move=slow dolly-in``."""
    return "; ".join(f"{key}={value}" for key, value in as_fields(camera).items())


def as_phrases(camera: Camera) -> str:
    """The spoken form of a note: ``close up, on MARA, slow dolly in then tilt up, 35mm``."""
    return ", ".join(_phrases(camera))


def _phrases(camera: Camera) -> Iterator[str]:
    if camera.size:
        yield plain_name(Kind.SIZE, camera.size)
    if camera.framing:
        yield plain_name(Kind.FRAMING, camera.framing)
    if camera.pov_of:
        yield f"POV of {camera.pov_of}"
    if camera.over:
        yield f"over {camera.over}'s shoulder"
    yield from (f"on {name}" for name in camera.subject)
    if camera.angle:
        yield plain_name(Kind.ANGLE, camera.angle)
    if camera.height:
        yield plain_name(Kind.HEIGHT, camera.height)
    if camera.dutch:
        yield f"dutch {_number(camera.dutch)} degrees"
    if camera.moves:
        yield " then ".join(" while ".join(_spoken_move(move) for move in phase) for phase in camera.moves)
    if camera.lens_mm is not None:
        yield f"{_number(camera.lens_mm)}mm"
    if camera.lens_kind is not LensKind.REGULAR:
        yield plain_name(Kind.LENS, camera.lens_kind)
    if camera.steadiness:
        yield plain_name(Kind.STEADINESS, camera.steadiness)
    if camera.focus:
        yield plain_name(Kind.FOCUS, camera.focus.kind) + _between(camera.focus)
    if camera.playback is not Playback.REGULAR:
        yield plain_name(Kind.PLAYBACK, camera.playback)


def _exact_move(move: Move) -> str:
    return f"{move}{f' of {move.subject}' if move.subject else ''}"


def _spoken_move(move: Move) -> str:
    speed = "" if move.speed is Speed.REGULAR else f"{plain_name(Kind.SPEED, move.speed)} "
    return f"{speed}{plain_name(Kind.MOVE, move.kind)}{f' of {move.subject}' if move.subject else ''}"


def _between(focus: Focus) -> str:
    return (f" from {focus.from_}" if focus.from_ else "") + (f" to {focus.to}" if focus.to else "")


def _number(value: float) -> str:
    """Up to six decimals, without an exponent."""
    return f"{value:.6f}".rstrip("0").rstrip(".")
