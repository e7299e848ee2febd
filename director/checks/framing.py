"""Framing: how large the subject is in the frame, and where."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from director.checks.base import Ruling, Showing, Verdict
from director.checks.ruled import ruled, unjudged
from storyboard.camera import ShotSize

if TYPE_CHECKING:
    import numpy as np

    from director.checks.sight import Sight

_SCALES = tuple(0.2 * (3.6 / 0.2) ** (step / 35) for step in range(36))
_CLOSER = 1.1  # from here on the frame is looked for in the rehearsal's picture, and not the other way round
_LOOKS = 3
_AGREES = 0.80  # registration that is beyond doubt
_FLAT = 1.5  # levels
_CHANCE = 10.0  # pixels: what is this wide and high fits anything somewhere
_TOLD = 0.30  # correlation from which on the subject is found
_SMALL = 212  # pixels across: in less than that a face is lost


@dataclass(frozen=True)
class Sighting:
    """Where a subject is found at a look: how many times as large, how far off in sizes of the frame, how surely."""

    look: int
    scale: float
    across: float
    down: float
    surely: float


class Framing:
    """Finds the subject at any size and place; the scores are doublings of its size, and shares of the frame."""

    name = "framing"
    version = "1"

    def judge(self, showing: Showing) -> tuple[Verdict, ...]:
        import numpy as np

        sight = showing.sight
        subject = _subject(sight)
        if subject is None:
            return (unjudged(self, showing, "framing.size", "nobody and nothing to be framed is seen"),)
        name = sight.expected.of(subject).name
        # The median look's correlation: another picture than the rehearsed one is a framing gone wrong.
        score = 1 - float(np.median([laid.agreement for laid in sight.laid]))
        words = "it is the rehearsed picture" if score < 0.5 else "it is another picture than the rehearsed one"
        lost = ruled(self, showing, "framing.found", score, words, subject=name, measured=f"{1 - score:.2f}")
        found = [each for each in sightings(sight, subject) if each.surely >= _TOLD]
        if not found:
            words = f"{name} is not found where the rehearsal has them, at no size"
            return unjudged(self, showing, "framing.size", words, Ruling.UNSURE, subject=name), lost
        scale = float(np.median([each.scale for each in found]))
        off = float(np.median([np.hypot(each.across, each.down) for each in found]))
        at = max(found, key=lambda each: each.surely).look
        size = showing.camera.size if showing.camera is not None else None
        times = f"{scale:.2f} times as large as asked for"
        words = f"{name}: {size.value if size else 'framed'} as asked for" if scale == 1 else f"{name}: {times}"
        where = {"subject": name, "frame": sight.expected.looks[at].frame}
        large = ruled(
            self, showing, "framing.size", abs(float(np.log2(scale))), f"{words}{_nearest(size, scale)}",
            expected=size.value if size else "", measured=f"{scale:.2f}×", **where,
        )  # fmt: skip
        place = ruled(
            self,
            showing,
            "framing.place",
            off,
            f"{name} is {100 * off:.0f} % of the frame from where asked for",
            **where,
        )
        return (large, place) if large.ruling is Ruling.FAIL else (large, place, lost)


def _nearest(size: ShotSize | None, scale: float) -> str:
    """What the shot size became, in words."""
    import numpy as np

    if size is None or abs(np.log2(scale)) < 0.2:
        return ""
    return " (closer)" if scale > 1 else " (wider)"


def _subject(sight: "Sight") -> int | None:
    """Whom the shot is about: the camera's subject, else who fills most of the frame."""
    camera = sight.showing.camera
    named = [sight.entity(name) for name in (camera.subject if camera is not None else ())]
    areas = {
        entity: sum(int((look.ids == entity).sum()) for look in sight.expected.looks)
        for entity in range(1, len(sight.expected.seen) + 1)
    }
    wanted = [entity for entity in named if entity and areas.get(entity, 0)] or [e for e, area in areas.items() if area]
    return max(wanted, key=lambda entity: areas[entity], default=None)


def sightings(sight: "Sight", entity: int) -> list[Sighting]:
    """Where an entity is found at some looks: by the registration where it holds, else by its likeness at any size."""
    seen = [index for index, look in enumerate(sight.expected.looks) if (look.ids == entity).sum() >= 60]
    if not seen:
        return []
    picked = sorted({seen[round(i * (len(seen) - 1) / (_LOOKS - 1))] for i in range(_LOOKS)})
    return [_registered(sight, index, entity) or _searched(sight, index, entity) for index in picked]


def _registered(sight: "Sight", index: int, entity: int) -> Sighting | None:
    import numpy as np

    laid, look = sight.laid[index], sight.expected.looks[index]
    if laid.agreement < _AGREES:
        return None
    rows, columns = np.nonzero(look.ids == entity)
    middle = np.array((columns.mean(), rows.mean(), 1.0))
    moved = laid.matrix @ middle - middle[:2]
    height, width = look.ids.shape
    return Sighting(index, laid.scale, float(moved[0] / width), float(moved[1] / height), laid.agreement)


def _searched(sight: "Sight", index: int, entity: int) -> Sighting:
    """The best place and size of the subject's picture in the take's frame (normalised cross-correlation)."""
    import cv2

    look = sight.expected.looks[index]
    height, width = look.ids.shape
    shrink = _SMALL / width
    size = (_SMALL, max(round(height * shrink), 8))
    frame = _evened(cv2.resize(sight.clip[look.frame], size, interpolation=cv2.INTER_AREA))
    expected = _evened(cv2.resize(look.rgb, size, interpolation=cv2.INTER_AREA))
    box = look.box(entity)
    assert box is not None
    x, y, across, down = _head_of([round(side * shrink) for side in box], size)
    piece = expected[y : y + down, x : x + across]
    best = Sighting(index, 1.0, 0.0, 0.0, 0.0)
    if float(frame.std()) < _FLAT:  # of nothing everything is a part
        return best
    for scale in _SCALES:
        if scale > _CLOSER:
            found = _within(expected, frame, scale)
            if found is not None and found[0] > best.surely:
                surely, left, top = found
                # The frame is a part of the rehearsal's picture, so the subject lies so far from where it was.
                moved = (x + across / 2 - left) * scale - (x + across / 2), (y - top) * scale - y
                best = Sighting(index, float(scale), moved[0] / size[0], moved[1] / size[1], surely)
        wide, high = round(across * scale), round(down * scale)
        if min(wide, high) < 8 or wide > size[0] or high > size[1]:
            continue
        grown = cv2.resize(piece, (wide, high), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        _, surely, _, at = cv2.minMaxLoc(cv2.matchTemplate(frame, grown, cv2.TM_CCOEFF_NORMED))
        surely -= _CHANCE / (wide * high) ** 0.5
        if surely > best.surely:
            moved = at[0] + wide / 2 - (x + across / 2), at[1] - y
            best = Sighting(index, float(scale), moved[0] / size[0], moved[1] / size[1], float(surely))
    return best


def _within(expected: "np.ndarray", frame: "np.ndarray", scale: float) -> tuple[float, float, float] | None:
    """Where in the rehearsal's picture a closer frame lies: how surely, its left and top edge; None for too close."""
    import cv2

    height, width = frame.shape[:2]
    small = (round(width / scale), round(height / scale))
    if min(small) < 24:
        return None
    piece = cv2.resize(frame, small, interpolation=cv2.INTER_AREA)
    _, surely, _, at = cv2.minMaxLoc(cv2.matchTemplate(expected, piece, cv2.TM_CCOEFF_NORMED))
    return float(surely) - _CHANCE / (small[0] * small[1]) ** 0.5, float(at[0]), float(at[1])


def _head_of(box: list[int], size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The upper part of a box: all of it where it is small, else head and shoulders, which other sizes show too."""
    x, y, across, down = box
    x, y = max(x, 0), max(y, 0)
    across, down = min(across, size[0] - x), min(down, size[1] - y)
    if down > 0.45 * size[1]:
        down = max(round(0.45 * size[1]), min(down, round(0.7 * across)))
    return x, y, max(across, 8), max(down, 8)


def _evened(picture: "np.ndarray") -> "np.ndarray":
    import cv2
    import numpy as np

    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2Lab).astype(np.float32)
    mean = cv2.GaussianBlur(grey, (0, 0), 12)
    return grey - mean
