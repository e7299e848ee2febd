"""Writes docs/camera.md from the camera vocabulary, and a small picture of each size and move.

python docs/make_camera_page.py              the page
python docs/make_camera_page.py --pictures   the pictures too, with the embedded previz
"""

import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from storyboard.camera import Angle, Camera, Height, Move, MoveKind, ShotSize
from storyboard.notes import KEYS
from storyboard.vocabulary import TABLE, Kind, Term, plain_name

DOCS = Path(__file__).parent

_INTRO = """\
# The camera vocabulary

What a shot note, a YAML shot and a shot line may say of the camera. This page is written from
`storyboard/vocabulary.toml` by `docs/make_camera_page.py`; change the table, not the page.

## Three ways to write a shot

As phrases, in a note of its own in the Fountain script:

```
[[shot: close-up on MARA, low angle, slow dolly in, 35mm, 4s]]
```

Exactly, with keys and an id:

```
[[shot 3C: size=CU; subject=MARA; angle=low; move=slow dolly-in; lens=35mm; dur=4s]]
```

In YAML, as a phrase or as a mapping with the same keys:

```yaml
- shot: close-up on MARA, slow dolly in, 4s
- shot: {id: 3C, size: CU, subject: MARA, move: dolly-in, speed: slow, dur: 4s}
```

All three give the same camera, and may be mixed: `close-up on MARA, dur=4s`. A note holds until the next note
or heading. Lines such as `CLOSE ON MARA`, `TRACKING SHOT` or `SNIPER SCOPE POV` are read with the same words.

## How phrases are read

- Phrases stand in any order, parted by commas, semicolons or nothing. Hyphens, capitals, plurals
  (`close-ups`), dots (`C.U.`) and forms of the verb (`panning`, `the camera pans`) make no difference.
- **Moves** of one note run at the same time: `pan left while dollying in`. `then` begins the next phase:
  `slow dolly in, then tilt up`. Two moves that undo each other must be parted by `then`.
- A **speed** belongs to the move behind it, else to the move before it: `slow dolly in`, `pan left slowly`.
  Alone between commas it belongs to the moves before it that have none.
- A **subject** follows `on`, `of`, `to` and other prepositions, or stands alone: `close-up on MARA and IVO`,
  `MARA, medium shot`. Names and aliases of the bible may be written in any case. A detail is written in lower
  case: `close-up on her hands`, `insert of the key`. A word in capitals that the bible does not know is an
  error, and so is a mere name (`close-up on Mraa`): it is found before anything is rendered.
- Behind a subject, where it is and what happens meanwhile are a description, and ask nothing of the camera:
  `MARA and IVO at the table`, `slow push in on MARA as she listens`.
- **Tracking** follows a named subject, and may say from where: `tracking MARA from behind`. Without it, a
  tracking shot goes beside its subject to frame right, and `following MARA` goes behind.
- `over MARA's shoulder on IVO`, `OTS MARA`; `MARA's POV of the door`, `POV MARA`;
  `rack focus from MARA to IVO`.
- **Left and right** are the camera's own. A phrase without its direction (`pan`) is read as the usual one,
  with the warning `unsaid-direction`.
- **Lengths** are `4s`, `2.5 s`, `1:02` (minutes and seconds) or `96 frames`. **Lenses** are full-frame focal
  lengths: `35mm`. A **dutch angle** may have degrees, clockwise positive: `dutch 20 degrees`, `dutch left`.
- A shot has one size, one framing, one angle, one lens, one length: two different ones are an error. So is a
  phrase, key or name that nobody knows; the answer names the nearest ones, with file and line.
- In a shot line of the script nothing is an error: what is no camera word becomes the subject or description.
"""

_KEY_NOTES = {
    "id": "the shot's id, as in `[[shot 3C: …]]`",
    "size": "how much of a person the frame holds",
    "framing": "what kind of picture it is",
    "subject": "whom or what it is about, parted by commas or `and`",
    "angle": "the camera's pitch",
    "height": "where the lens stands",
    "dutch": "degrees of lean, clockwise positive; or `left`, `right`",
    "move": "moves joined by `+` (at once) and `then` (one after another), each with its speed before it",
    "speed": "for the moves that have none of their own",
    "steadiness": "how the camera is held",
    "lens": "`35mm`, `fisheye`, or both",
    "focus": "`deep`, `shallow`, `rack MARA to IVO`, `pull to the key`",
    "playback": "how time runs",
    "pov": "whose eyes the camera is",
    "over": "whose shoulder is in front",
    "dur": "the length: `4s`, `96f`; a bare number is seconds",
    "frames": "the length in frames",
    "relative": "in relation to the shot before",
    "continues": "`yes`: the action runs on from the shot before",
    "match": "`yes`: a match cut from the shot before",
    "cast": "who is seen, beside those whom the note names",
    "props": "what is seen, beside what the note names",
}

_SECTIONS = {
    Kind.SIZE: "Sizes",
    Kind.FRAMING: "Framings",
    Kind.ANGLE: "Angles",
    Kind.HEIGHT: "Heights",
    Kind.DUTCH: "Dutch angles",
    Kind.MOVE: "Moves",
    Kind.TRACKING: "Where a tracking camera goes",
    Kind.SPEED: "Speeds",
    Kind.STEADINESS: "Steadiness",
    Kind.LENS: "Lenses",
    Kind.FOCUS: "Focus",
    Kind.PLAYBACK: "Playback",
    Kind.RELATIVE: "In relation to the shot before",
    Kind.JOIN: "Joins",
}
_SECTION_NOTES = {
    Kind.MOVE: "Each picture shows the start, the middle and the end of the move.",
    Kind.TRACKING: "Behind a tracking move and its subject: `tracking MARA from behind`.",
    Kind.LENS: "Beside any focal length from 4mm to 2000mm.",
    Kind.FOCUS: "A rack or a pull may say `from` and `to`.",
}


def picture_name(kind: Kind, value: str) -> str:
    """The file of a value's picture, beside the page."""
    return f"camera/{kind.value}-{value.lower()}.jpg"


def page() -> str:
    """The whole page, in Markdown."""
    return "\n".join(_page_lines()).rstrip() + "\n"


def _page_lines() -> Iterator[str]:
    yield _INTRO
    yield "## Keys"
    yield ""
    yield "| key | also written | what it says |"
    yield "| --- | --- | --- |"
    for key, aliases in KEYS.items():
        yield f"| `{key}` | {', '.join(f'`{alias}`' for alias in aliases)} | {_KEY_NOTES[key]} |"
    for kind, title in _SECTIONS.items():
        yield from ("", f"## {title}", "")
        if kind in _SECTION_NOTES:
            yield from (_SECTION_NOTES[kind], "")
        pictured = kind in (Kind.SIZE, Kind.MOVE)
        yield f"| value | {'picture | ' if pictured else ''}meaning | phrases |"
        yield f"| --- | {'--- | ' if pictured else ''}--- | --- |"
        for term in TABLE:
            if term.kind is kind:
                yield _row(term, pictured=pictured)


def _row(term: Term, *, pictured: bool) -> str:
    value = f"{term.value:g}" if isinstance(term.value, float) else str(term.value)
    cells = [f"`{value}`"]
    if pictured:
        alt = plain_name(term.kind, term.value)
        cells.append("" if term.unsaid else f"![{alt}]({picture_name(term.kind, value)})")
    cells += [term.says, ", ".join(term.phrases)]
    return f"| {' | '.join(cells)} |"


# Pictures

_SCREEN = (224, 126)  # one frame of a strip, in pixels
_RATE = Fraction(12)
_FRAMES = 25
_SEEN_BEST: dict[MoveKind, dict[str, object]] = {  # where these moves show what they do
    MoveKind.TRACK_AERIAL: {"height": Height.AERIAL},
    MoveKind.TRACK_TILT: {"angle": Angle.HIGH},
}


def _cameras() -> Iterator[tuple[str, Camera]]:
    for size in ShotSize:
        yield picture_name(Kind.SIZE, size.value), Camera(size=size, subject=("MARA",), lens_mm=35)
    for kind in MoveKind:
        tracked = kind.value.startswith("track-")
        move = Move(kind=kind, subject="MARA" if tracked else None)
        size = ShotSize.FS if tracked else ShotSize.MS
        yield (
            picture_name(Kind.MOVE, kind.value),
            Camera(size=size, subject=("MARA",), moves=((move,),), lens_mm=35, **_SEEN_BEST.get(kind, {})),
        )


def draw_pictures() -> None:
    """Render every picture with the previz: one frame of a size, three frames of a move."""
    for name, camera in _cameras():
        path = DOCS / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(_picture(camera))
        print(f"{name}  {path.stat().st_size / 1000:.1f} kB")


def _picture(camera: Camera) -> bytes:
    import io

    import numpy as np
    from PIL import Image

    from render.previz.frames import pictures
    from render.previz.rehearsal import rehearse

    moving = bool(camera.moves)
    frames = list(pictures(rehearse(_request(camera))))
    shown = [frames[0], frames[len(frames) // 2], frames[-1]] if moving else [frames[len(frames) // 2]]
    gap = np.full((_SCREEN[1] * 2, 8, 3), 255, np.uint8)
    strip = np.concatenate([part for frame in shown for part in (frame, gap)][:-1], axis=1)
    image = Image.fromarray(strip)
    image = image.resize((image.width // 2, image.height // 2), Image.Resampling.LANCZOS)
    for quality in range(85, 30, -5):
        file = io.BytesIO()
        image.save(file, "JPEG", quality=quality, optimize=True)
        if file.tell() < 12_000:
            break
    return file.getvalue()


def _request(camera: Camera):
    from characters.seen import Figure, Seen
    from characters.seen import Kind as SeenKind
    from render.request import Request, Stage
    from storyboard.screenplay import Interior, TimeOfDay
    from storyboard.shot import BeatKind, ShotBeat

    walks = any(move.subject for phase in camera.moves for move in phase)
    mara = Seen(
        name="MARA",
        kind=SeenKind.CHARACTER,
        locked=(
            ("coat", "dark green coat"),
            ("hair", "grey braid"),
            ("trousers", "navy trousers"),
            ("boots", "black boots"),
        ),
        figure=Figure(height=1.68),
    )
    place = Seen(name="TOWN SQUARE", kind=SeenKind.PLACE, descriptor="a square in an old town")
    beats = (
        ShotBeat(
            kind=BeatKind.ACTION,
            text="Mara walks along the street." if walks else "Mara waits.",
            line=1,
            start=0,
            frames=_FRAMES,
        ),
    )
    return Request(
        prompt="",
        negative="",
        camera=camera,
        stage=Stage(
            place=place,
            interior=Interior.EXT,
            time=TimeOfDay.DAY,
            weather="",
            cast=(mara,),
            props=(),
            marks=("MARA",),
            side=-1 if any(move.kind is MoveKind.TRACK_SIDE_LEFT for phase in camera.moves for move in phase) else 1,
            beats=beats,
        ),
        width=_SCREEN[0] * 2,
        height=_SCREEN[1] * 2,
        rate=_RATE,
        frames=_FRAMES,
        head=0,
        tail=0,
        seed=1,
    )


def main(arguments: list[str]) -> None:
    """Write the page, and with --pictures draw the pictures."""
    (DOCS / "camera.md").write_text(page(), encoding="utf-8")
    if "--pictures" in arguments:
        draw_pictures()


if __name__ == "__main__":
    main(sys.argv[1:])
