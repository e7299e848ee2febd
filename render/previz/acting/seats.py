"""What somebody sits or lies on, by the words of the action."""

from render.previz.acting.lexicon import lexicon

SEAT = 0.45  # metres: a chair's seat
BED = 0.42  # metres: a bed's top

_BEDS = frozenset(("bed", "sofa", "couch", "bunk", "bench", "cot"))
_SEATS = frozenset(
    (
        "chair", "bench", "table", "desk", "bed", "sofa", "stool", "bar", "couch", "armchair", "seat", "wheel",
        "counter", "pew", "booth",
    )
)  # fmt: skip


def seat_word(posture: str, words: tuple[str, ...]) -> str:
    """The word for what somebody sits or lies on, "" where nothing is said."""
    known = _BEDS if posture == "lie" else _SEATS if posture == "sit" else frozenset[str]()
    return next((word for word in words if word in known), "")


def seat_of(posture: str, words: tuple[str, ...], inside: bool) -> float:
    """How high what somebody sits or lies on is, metres: 0 is the ground."""
    if any(word in lexicon().words["ground"] for word in words):
        return 0.0
    if posture == "lie":
        return BED if _BEDS & set(words) else 0.0
    return SEAT if posture == "sit" and (inside or bool(_SEATS & set(words))) else 0.0
