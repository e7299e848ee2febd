"""Slates: what shots are called on a set. The letters I and O are skipped: they read as 1 and 0."""

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def slate_letter(index: int) -> str:
    """0 → A, 23 → Z, 24 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, len(LETTERS))
        letters = LETTERS[rest] + letters
    return letters
