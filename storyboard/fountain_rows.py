"""What each row of a Fountain script is: fountain-py's parser, mended where real scripts break it.

Only this module and its caller know fountain-py. Boneyards and notes never reach it (`source_map` took them
out), emphasis stays as typed, and paragraphs are put together by the caller, who knows the lines of the file.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from fountain.elements import ElementType as Kind
from fountain.elements import FountainElement
from fountain.parser import FountainParser

from storyboard.directions import is_caption, read_direction

_NEVER = re.compile(r"(?!)")
_CUE_NAME_AND_EXTENSIONS = re.compile(r"([^()]*[^()\s])\s*((?:\([^()]*\)\s*)+)")
_EXTENSION = re.compile(r"\(([^()]*)\)")
_CLOSING_TRANSITION = re.compile(
    r"(?:FADE (?:IN|OUT|UP)|FADE (?:TO|THROUGH) (?:BLACK|WHITE)|CUT TO (?:BLACK|WHITE)|IRIS (?:IN|OUT))"
    r"(?:[.:]|\.{3})?"
)


@lru_cache(maxsize=4096)
def is_transition(text: str) -> bool:
    """Whether a line by itself is a transition: ``… TO:`` in capitals, ``FADE IN:``, ``IRIS OUT.`` and such.

    A blank after the colon is how a writer says that it is not one.
    """
    if text.endswith("TO:"):
        return text.isupper() and (len(text) == 3 or not text[-4].isalnum())
    return _CLOSING_TRANSITION.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def read_cue(text: str) -> tuple[str, str | None, bool]:
    """Name, extension without parentheses, and whether a caret follows: ``MARA (V.O.) ^``."""
    dual = text.endswith("^")
    if dual:
        text = text.rstrip("^ ")
    if text.endswith(")") and (found := _CUE_NAME_AND_EXTENSIONS.fullmatch(text)):
        extensions = [part.strip() for part in _EXTENSION.findall(found[2])]
        return found[1], ", ".join(part for part in extensions if part) or None, dual
    return text, None, dual


class FountainRows(FountainParser):
    """A parser that gives one element for each row that is not blank.

    ``is_shot_line`` tells a line that asks for a shot from a speaker; rows where it overruled the form of a
    cue are in ``shot_cues``. ``title_page`` is read by the rules of the specification, indented values with
    colons included. Row numbers are 0-based; an element's ``line_number`` is its row plus one.
    """

    SCENE_HEADING_PATTERN = re.compile(r"^(?:INT\.?/EXT|EXT\.?/INT|INT|EXT|EST|I\.?/E)(?:\s?\.|\s)", re.IGNORECASE)
    FORCED_SCENE_HEADING_PATTERN = re.compile(r"^\.(?=[^\W_])")
    SCENE_NUMBER_PATTERN = re.compile(r"(?<!\s)\s*#((?:[^\W_]|[.-])+)#\s*$")
    CENTERED_PATTERN = re.compile(r"^>.*<$")
    CHARACTER_PATTERN = DUAL_CHARACTER_PATTERN = CHARACTER_EXTENSION_PATTERN = _NEVER  # see _capitals_or_action
    FORCED_CHARACTER_PATTERN = TRANSITION_PATTERN = _NEVER
    HARD_STRUCTURAL_PATTERNS = ()
    CUE_PATTERNS = ()

    def __init__(self, is_shot_line: Callable[[str], bool]) -> None:
        super().__init__()
        self.is_shot_line = is_shot_line
        self.title_page: dict[str, list[str]] = {}
        self.shot_cues: set[int] = set()
        self.crowded_transitions: set[int] = set()  # with text right below
        self.swallowed_transitions: set[int] = set()  # read as text for want of a blank line above
        self.crowded_headings: set[int] = set()  # read as action for want of a blank line
        self._fresh_row = 0  # the row that begins a paragraph although no blank row precedes it

    def read(self, rows: list[str]) -> list[FountainElement]:
        """Classify every row; blank rows give nothing, except those that hold a speech together."""
        one_blank = [row if len(row) > 1 or not row.isspace() else "" for row in rows]
        self.parse("\n".join(one_blank))
        return self.elements

    def _parse_line(
        self, line: str, had_blank_line_before: bool = False, raw_line: str | None = None
    ) -> FountainElement | None:
        self._action_last_line = -2  # keep rows apart: joining them here would take quadratic time
        row = self.current_line
        text = line.strip()
        if not text:
            return None
        fresh = had_blank_line_before or row == self._fresh_row or not self.elements
        if not fresh and not self._breaks_paragraph(text):
            return self._running_text(text)
        if fresh and text[0] == "@" and text[1:].strip():
            return self._cue(*read_cue(text[1:].strip()), forced=True)
        broken = "/*" in text or "[[" in text  # what nothing closes is text, and must not reach the parser
        if broken:
            line, raw_line = _hide(line), _hide(raw_line or line)
        found = super()._parse_line(line, fresh, raw_line)
        if found is None:
            return None
        if broken:
            found.text = _show(found.text)
        if found.type is Kind.ACTION and fresh and not found.metadata:
            found = self._capitals_or_action(text, found)
        if found.type in _OPENING or found.metadata.get("forced"):
            self._fresh_row = row + 1
        return found

    def _breaks_paragraph(self, text: str) -> bool:
        """Whether a row within a paragraph is something of its own, as headings and cues are not."""
        mark = text[0]
        return mark in "!~>=" or (mark == "#" and _is_section(text))

    def _running_text(self, text: str) -> FountainElement:
        """A further row of a speech or of action."""
        row = self.current_line
        if is_transition(text):
            self.swallowed_transitions.add(row)
        elif self._is_heading(text) and text.isupper():
            self.crowded_headings.add(row)
        if self._is_dialogue_line():
            wrapped = text[0] == "(" and text[-1] == ")"
            return FountainElement(Kind.PARENTHETICAL if wrapped else Kind.DIALOGUE, text, [], row + 1)
        return FountainElement(Kind.ACTION, text, [], row + 1)

    def _capitals_or_action(self, text: str, action: FountainElement) -> FountainElement:
        """A paragraph's first row: a transition, a name in capitals that speaks, or action."""
        row = self.current_line
        if self._is_heading(text):
            self.crowded_headings.add(row)
            return action
        if is_transition(text):
            if text[-1] == ":" and self.lines[row][-1] != ":":
                return action  # a blank after its colon unmakes it
            if not self._row_below_is_blank():
                self.crowded_transitions.add(row)
            return FountainElement(Kind.TRANSITION, text, [], row + 1)
        name, extension, dual = read_cue(text)
        if not name.isupper() or not self._is_spoken_below():
            return action
        if self.is_shot_line(text) or read_direction(text) or is_caption(text):
            self.shot_cues.add(row)
            return action
        return self._cue(name, extension, dual)

    def _cue(self, name: str, extension: str | None, dual: bool, forced: bool = False) -> FountainElement:
        metadata = {"extension": extension, "dual_dialogue": dual, "forced": forced}
        return FountainElement(Kind.CHARACTER, name, [], self.current_line + 1, metadata)

    def _is_heading(self, text: str) -> bool:
        return self.SCENE_HEADING_PATTERN.match(text) is not None

    def _is_spoken_below(self) -> bool:
        if self.current_line + 1 >= len(self.lines):
            return False
        below = self.lines[self.current_line + 1].strip()
        return bool(below) and not (self._breaks_paragraph(below) and below[0] != "~")

    def _row_below_is_blank(self) -> bool:
        below = self.current_line + 1
        return below >= len(self.lines) or not self.lines[below].strip()

    def _is_blank_line_after(self) -> bool:
        """Sections, synopses and page breaks are not printed lines: a heading may stand right above them."""
        if self._row_below_is_blank():
            return True
        below = self.lines[self.current_line + 1].strip()
        return below[0] == "=" or (below[0] == "#" and _is_section(below))

    def _has_visible_content(self) -> bool:
        return bool(self.elements)

    def _finalize_inline(self, element: FountainElement) -> None:
        """Emphasis stays as typed."""

    def _process_dual_dialogue(self) -> None:
        """Speeches stay in script order; the caller pairs them."""

    def _parse_title_page(self) -> dict[str, str]:
        """Keys and values at the very top, down to the first blank row."""
        values: list[str] | None = None
        while self.current_line < len(self.lines):
            row = self.lines[self.current_line]
            text = row.strip()
            if not text:
                if values is not None:
                    break
            elif values is not None and row.startswith("   "):
                values.append(text)
            elif (pair := self._title_pair(text, values is not None)) is not None:
                key, value = pair
                values = self.title_page.setdefault(key, [])
                if value:
                    values.append(value)
            else:
                break
            self.current_line += 1
        return {}

    def _title_pair(self, text: str, within: bool) -> tuple[str, str] | None:
        """Key and value of a title-page row, or None where the script begins.

        On the first row a key must be one that the specification names, or a label in capitals or title case
        with a value; ``FADE IN:``, ``SUPER: LONDON`` and ``INSERT: A CLOCK`` are neither.
        """
        key, colon, value = text.partition(":")
        key, value = key.strip(), value.strip()
        if not colon or not key or is_transition(f"{key.upper()}:") or self._is_heading(text):
            return None
        named = key.lower() in self.TITLE_PAGE_KEYS
        if not named and not within and (is_caption(text) or self.is_shot_line(text) or read_direction(text)):
            return None
        label = all(word[0].isupper() or word[0].isdigit() for word in key.split())
        if named or (label and (within or value or self._next_line_is_indented())):
            return key.lower(), value
        return None


_OPENING = (Kind.TRANSITION, Kind.SECTION, Kind.SYNOPSIS, Kind.PAGE_BREAK)
"""After these a paragraph begins, with or without a blank row."""


def _is_section(text: str) -> bool:
    after = text.lstrip("#")[:1]
    return not after or after.isspace()


def _hide(text: str) -> str:
    return text.replace("/*", "/\ufdd0*").replace("[", "[\ufdd0")


def _show(text: str) -> str:
    return text.replace("/\ufdd0*", "/*").replace("[\ufdd0", "[")
