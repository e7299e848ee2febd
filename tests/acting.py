"""Shots that tests of acting are made of."""

from fractions import Fraction

from characters.seen import Figure, Kind, Seen
from render.previz.acting.blocking import Performance, perform
from render.request import Request, Stage
from storyboard.camera import Camera, ShotSize
from storyboard.screenplay import Interior, TimeOfDay
from storyboard.shot import BeatKind, ShotBeat

RATE = 24
MARA = Seen(name="MARA", kind=Kind.CHARACTER, descriptor="a woman of sixty", figure=Figure(height=1.68))
IVO = Seen(name="IVO", kind=Kind.CHARACTER, descriptor="a young man", figure=Figure(height=1.80))
LANTERN = Seen(name="LANTERN", kind=Kind.PROP, locked=(("body", "polished brass body"),))
FIELD = Seen(name="FIELD", kind=Kind.PLACE)


def shot(
    *beats: str,
    cast: tuple[Seen, ...] = (MARA, IVO),
    props: tuple[Seen, ...] = (),
    seconds: float = 4.0,
    size: ShotSize = ShotSize.FS,
    subject: tuple[str, ...] = (),
    side: int = 1,
    height: int = 36,
    **stage: object,
) -> Request:
    """A shot in a field; a beat is an action, or ``MARA: what she says``. The beats share its time evenly."""
    frames = round(seconds * RATE)
    each = frames // max(len(beats), 1)
    made = []
    for index, text in enumerate(beats):
        who, colon, said = text.partition(": ")
        made.append(
            ShotBeat(
                kind=BeatKind.SPEECH if colon else BeatKind.ACTION,
                text=said if colon else text,
                character=who if colon else None,
                line=index + 1,
                start=index * each,
                frames=each,
            )
        )
    return Request(
        prompt="",
        negative="",
        camera=Camera(size=size, subject=subject),
        stage=Stage(
            place=FIELD,
            interior=Interior.EXT,
            time=TimeOfDay.DAY,
            weather="",
            cast=cast,
            props=props,
            marks=tuple(seen.name for seen in cast),
            side=side,
            beats=tuple(made),
            **stage,  # type: ignore[arg-type]
        ),
        width=round(height * 16 / 9),
        height=height,
        rate=Fraction(RATE),
        frames=frames,
        head=0,
        tail=0,
        seed=0,
    )


def acted(*beats: str, **more: object) -> Performance:
    """The shot, blocked."""
    return perform(shot(*beats, **more))  # type: ignore[arg-type]


def times(seconds: float = 4.0) -> list[float]:
    """The time of every frame."""
    return [index / RATE for index in range(round(seconds * RATE))]
