"""What a transition written in a script means for the cut."""

import re
from functools import lru_cache

from storyboard.screenplay import TransitionKind

_KINDS: tuple[tuple[str, TransitionKind], ...] = (
    (r"IRIS(?:ES|ING)? IN\b", TransitionKind.IRIS_IN),
    (r"IRIS(?:ES|ING)? OUT\b", TransitionKind.IRIS_OUT),
    (r"FADE (?:IN|UP)\b", TransitionKind.FADE_IN),
    (r"(?:FADE|DISSOLVE)S? (?:OUT )?(?:TO|THROUGH) WHITE\b", TransitionKind.FADE_TO_WHITE),
    (r"FADE OUT\b|FADE (?:TO|THROUGH) BLACK\b", TransitionKind.FADE_OUT),
    (r"\bDISSOLVE|\bCROSS[ -]?FADE", TransitionKind.DISSOLVE),
    (r"\bFADE", TransitionKind.FADE),
    (r"CUT TO BLACK\b|BLACKOUT", TransitionKind.CUT_TO_BLACK),
    (r"\bWIPE", TransitionKind.WIPE),
    (r"\bSMASH", TransitionKind.SMASH_CUT),
    (r"\bMATCH", TransitionKind.MATCH_CUT),
    (r"\bJUMP", TransitionKind.JUMP_CUT),
    (r"\bTIME", TransitionKind.TIME_CUT),
    (r"\bCUT|\bBACK TO\b|\bRETURN TO\b|FLASH ?BACK|FLASH ?FORWARD|\bTHE END\b", TransitionKind.CUT),
)
_PATTERNS = tuple((re.compile(pattern), kind) for pattern, kind in _KINDS)

WRITTEN = (
    "CUT TO:",
    "SMASH CUT TO:",
    "MATCH CUT TO:",
    "JUMP CUT TO:",
    "TIME CUT TO:",
    "DISSOLVE TO:",
    "MATCH DISSOLVE TO:",
    "FADE TO:",
    "FADE TO BLACK.",
    "FADE TO WHITE:",
    "FADE IN:",
    "FADE OUT.",
    "CUT TO BLACK.",
    "WIPE TO:",
    "IRIS IN:",
    "IRIS OUT.",
)
"""The forms to offer when a transition is not understood."""


@lru_cache(maxsize=1024)
def transition_kind(text: str) -> TransitionKind | None:
    """The kind of a transition as written, in any case and with or without its stop; None if unknown."""
    upper = " ".join(text.upper().replace("-", " ").split())
    return next((kind for pattern, kind in _PATTERNS if pattern.search(upper)), None)
