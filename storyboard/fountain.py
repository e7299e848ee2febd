"""Fountain text to a Screenplay: rows classified over fountain-py, joined into elements with lines."""

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from fountain.elements import ElementType as Kind
from fountain.elements import FountainElement

from storyboard.errors import Level, Problem
from storyboard.fountain_rows import FountainRows
from storyboard.phrases import is_shot_line
from storyboard.scenes import make_scenes
from storyboard.screenplay import Element, ElementType, Screenplay
from storyboard.source_map import Lifted, Source, plain_newlines, read_rows

_TYPES = {
    Kind.SCENE_HEADING: ElementType.SCENE_HEADING,
    Kind.ACTION: ElementType.ACTION,
    Kind.CHARACTER: ElementType.CHARACTER,
    Kind.PARENTHETICAL: ElementType.PARENTHETICAL,
    Kind.DIALOGUE: ElementType.DIALOGUE,
    Kind.LYRICS: ElementType.LYRIC,
    Kind.TRANSITION: ElementType.TRANSITION,
    Kind.CENTERED: ElementType.CENTERED,
    Kind.SECTION: ElementType.SECTION,
    Kind.SYNOPSIS: ElementType.SYNOPSIS,
    Kind.PAGE_BREAK: ElementType.PAGE_BREAK,
}
_SPEECH = (ElementType.CHARACTER, ElementType.DIALOGUE, ElementType.PARENTHETICAL)


def parse_fountain(text: str, file: Path | None = None) -> Screenplay:
    """Parse a Fountain script. Never raises: whatever is typed is a screenplay, with doubts in ``problems``.

    ``file`` only names the script in problems. Lines are 1-based lines of ``text`` as given, with boneyards,
    carriage returns, byte order mark and title page counted.
    """
    source = read_rows(plain_newlines(text))
    reader = FountainRows(_asks_for_shot)
    paragraphs = _Joiner(source).join(reader.read(source.rows))
    elements, lines = _with_notes(paragraphs, source)
    scenes, doubts = make_scenes(elements, lines, file)
    problems = [*_doubts_of_rows(reader, source, file), *doubts]
    return Screenplay(
        file=file,
        title_page={key: tuple(values) for key, values in reader.title_page.items()},
        elements=tuple(elements),
        scenes=scenes,
        problems=tuple(sorted(problems, key=lambda problem: problem.line or 0)),
    )


@lru_cache(maxsize=4096)
def _asks_for_shot(line: str) -> bool:
    return is_shot_line(line)


@dataclass(slots=True)
class _Paragraph:
    """An element being put together from rows."""

    type: ElementType
    rows: list[int]
    texts: list[str]
    metadata: dict = field(default_factory=dict)
    speech: bool = False  # part of what somebody says
    dual: bool = False


class _Joiner:
    """Joins classified rows: paragraphs of action, speeches of several lines, parentheticals over lines."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.split_rows = {note.row for note in source.notes if note.column is None}
        self.done: list[_Paragraph] = []

    def join(self, found: list[FountainElement]) -> list[_Paragraph]:
        at = 0
        while at < len(found):
            if found[at].type is Kind.DIALOGUE and (end := self._end_of_parenthetical(found, at)) > at:
                self._add(ElementType.PARENTHETICAL, found[at])
                for element in found[at + 1 : end]:
                    self._extend(self.done[-1], element)
                at = end
                continue
            self._row(found[at])
            at += 1
        return [paragraph for paragraph in self.done if self._settle(paragraph)]

    def _row(self, element: FountainElement) -> None:
        row = element.line_number - 1
        kind = _TYPES[element.type]
        last = self.done[-1] if self.done else None
        runs_on = last is not None and last.rows[-1] == row - 1 and row not in self.split_rows
        if last is not None and runs_on and kind is last.type and kind in (ElementType.ACTION, ElementType.DIALOGUE):
            self._extend(last, element)
            return
        if kind is ElementType.ACTION and runs_on and last is not None and last.type is ElementType.LYRIC:
            self._unsing(element)
            return
        self._add(kind, element)

    def _add(self, kind: ElementType, element: FountainElement) -> None:
        row = element.line_number - 1
        last = self.done[-1] if self.done else None
        paragraph = _Paragraph(kind, [row], [self._text(element)], element.metadata)
        if kind in _SPEECH:
            paragraph.speech = True
            paragraph.dual = bool(element.metadata.get("dual_dialogue")) and last is not None and last.speech
        elif kind is ElementType.LYRIC:
            paragraph.speech = last is not None and last.speech and last.rows[-1] == row - 1
        self.done.append(paragraph)

    def _extend(self, paragraph: _Paragraph, element: FountainElement) -> None:
        paragraph.rows.append(element.line_number - 1)
        paragraph.texts.append(self._text(element))

    def _unsing(self, element: FountainElement) -> None:
        """A tilde row with plain rows right below was no lyric: the paragraph is action as typed."""
        sung: list[_Paragraph] = []
        row = element.line_number - 1
        while self.done and self.done[-1].type is ElementType.LYRIC and self.done[-1].rows[-1] == row - 1:
            sung.insert(0, self.done.pop())
            row = sung[0].rows[0]
            if row in self.split_rows:
                break
        rows = [row for each in sung for row in each.rows]
        self.done.append(_Paragraph(ElementType.ACTION, rows, [self.source.rows[row] for row in rows]))
        self._extend(self.done[-1], element)

    def _end_of_parenthetical(self, found: list[FountainElement], at: int) -> int:
        """Where a parenthetical over several rows ends (one past), or ``at`` when no such one begins here."""
        first = found[at].text
        if not first.startswith("(") or ")" in first:
            return at
        row = found[at].line_number - 1
        for index in range(at + 1, len(found)):
            element, row = found[index], row + 1
            text = element.text
            if element.type is not Kind.DIALOGUE or element.line_number - 1 != row or row in self.split_rows:
                return at
            if not text or "(" in text:
                return at
            if ")" in text:
                return index + 1 if text.index(")") == len(text) - 1 else at
        return at

    def _text(self, element: FountainElement) -> str:
        if element.type is Kind.ACTION:
            row = self.source.rows[element.line_number - 1]
            return row.lstrip()[1:] if element.metadata.get("forced") else row
        return "" if element.type is Kind.PAGE_BREAK else element.text

    def _settle(self, paragraph: _Paragraph) -> bool:
        """Trim the blank rows that hold a speech open at its ends; False when nothing is left."""
        if paragraph.type is not ElementType.DIALOGUE:
            return True
        while paragraph.texts and not paragraph.texts[-1]:
            paragraph.texts.pop()
            paragraph.rows.pop()
        while paragraph.texts and not paragraph.texts[0]:
            del paragraph.texts[0], paragraph.rows[0]
        return bool(paragraph.texts)


def _with_notes(paragraphs: list[_Paragraph], source: Source) -> tuple[list[Element], list[tuple[int, ...]]]:
    """Elements in script order with every note at its place, and the file's lines of each."""
    elements: list[Element] = []
    lines: list[tuple[int, ...]] = []
    notes = source.notes
    at = 0

    def put_note(note: Lifted, offset: int | None) -> None:
        elements.append(Element(type=ElementType.NOTE, text=note.text, line=note.line, offset=offset))
        lines.append((note.line,))

    for paragraph in paragraphs:
        first, last = paragraph.rows[0], paragraph.rows[-1]
        line = source.lines[first]
        while at < len(notes) and (
            notes[at].row < first or (notes[at].row == first and (notes[at].column is None or notes[at].line < line))
        ):
            put_note(notes[at], None)
            at += 1
        elements.append(_element(paragraph, line))
        lines.append(tuple([source.lines[row] for row in paragraph.rows]))
        while at < len(notes) and notes[at].row <= last:
            put_note(notes[at], _offset(notes[at], paragraph, source))
            at += 1
    for note in notes[at:]:
        put_note(note, None)
    return elements, lines


def _element(paragraph: _Paragraph, line: int) -> Element:
    text = paragraph.texts[0] if len(paragraph.texts) == 1 else "\n".join(paragraph.texts)
    kind, metadata = paragraph.type, paragraph.metadata
    if kind is ElementType.CHARACTER:
        return Element(type=kind, text=text, line=line, extension=metadata.get("extension"), dual=paragraph.dual)
    if kind is ElementType.SCENE_HEADING:
        return Element(type=kind, text=text, line=line, scene_number=metadata.get("scene_number"))
    if kind is ElementType.SECTION:
        return Element(type=kind, text=text, line=line, depth=metadata["level"])
    return Element(type=kind, text=text, line=line)


def _offset(note: Lifted, paragraph: _Paragraph, source: Source) -> int:
    """Where a note stood in its paragraph's text, in characters."""
    if note.row not in paragraph.rows:
        return 0
    index = paragraph.rows.index(note.row)
    text = paragraph.texts[index]
    begins = max(source.rows[note.row].find(text), 0)
    before = sum(len(each) + 1 for each in paragraph.texts[:index])
    return before + min(max((note.column or 0) - begins, 0), len(text))


def _doubts_of_rows(reader: FountainRows, source: Source, file: Path | None) -> list[Problem]:
    def doubt(rule: str, line: int, what: str, todo: str) -> Problem:
        return Problem(what=what, todo=todo, file=file, line=line, level=Level.WARNING, rule=rule)

    found: list[Problem] = []
    for rows, rule, what, todo in (
        (
            reader.shot_cues,
            "shot-line-as-cue",
            "“{}” stands where a speaker's name would, and is read as a shot.",
            "Put a blank line after it; or force a speaker of that name with @.",
        ),
        (
            reader.crowded_transitions,
            "transition-without-blank",
            "no blank line stands after the transition “{}”.",
            "Add one.",
        ),
        (
            reader.swallowed_transitions,
            "transition-within-paragraph",
            "“{}” is read as text, not as a transition.",
            "Put a blank line before it.",
        ),
        (
            reader.crowded_headings,
            "heading-without-blank",
            "“{}” is read as text, not as a scene heading.",
            "A heading needs a blank line before and after it; say with ! that it is action.",
        ),
    ):
        found += [doubt(rule, source.lines[row], what.format(source.rows[row].strip()), todo) for row in rows]
    for mark, line in source.unclosed:
        if mark == "/*":
            found.append(doubt("unclosed-boneyard", line, "“/*” is never closed, and shows as text.", "Add */."))
        else:
            what = "“[[” is not closed before the next blank line, and shows as text."
            found.append(doubt("unclosed-note", line, what, "Add ]]."))
    return found
