"""Scene numbers: those the writer gave are kept, the others counted."""

import re
from collections.abc import Sequence

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # slates skip I and O
_SUFFIXES = (*_LETTERS, *(f"{one}{two}" for one in _LETTERS for two in _LETTERS))


def scene_numbers(written: Sequence[str | None]) -> list[str]:
    """A number for each scene, each once, given what the writer wrote for it.

    A scene without one is counted on from the last; where that count is written elsewhere it is an inserted
    scene: ``12A``. A number written twice is told apart in the same way.
    """
    known = {number for number in written if number}
    suffixes = _Suffixes(known)
    numbers: list[str] = []
    taken: set[str] = set()
    counted = 0
    for number in written:
        if number and number not in taken:
            found = number
            leading = re.match(r"\d{1,9}", number)
            counted = int(leading[0]) if leading else counted
        elif number:
            found = suffixes.inserted(number)
        elif str(counted + 1) not in known and str(counted + 1) not in taken:
            counted += 1
            found = str(counted)
        else:
            found = suffixes.inserted(numbers[-1] if numbers else "")
        taken.add(found)
        numbers.append(found)
    return numbers


class _Suffixes:
    """Hands out letters for inserted scenes; it never tries one twice, so that many take linear time."""

    def __init__(self, known: set[str]) -> None:
        self.known = set(known)
        self.begin: dict[str, int] = {}

    def inserted(self, after: str) -> str:
        """A number for a scene that stands behind ``after``: its number and the first free letter."""
        stem = re.match(r"\d*", after)
        base = stem[0] if stem and stem[0] else after
        index = self.begin.get(base, 0)
        while (number := f"{base}{_suffix(index)}") in self.known:
            index += 1
        self.begin[base] = index + 1
        self.known.add(number)
        return number


def _suffix(index: int) -> str:
    return _SUFFIXES[index] if index < len(_SUFFIXES) else f"-{index}"
