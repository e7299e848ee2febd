"""A script as rows of text, without its boneyards and notes, each row knowing its line in the file.

Boneyards are cut first, then notes are lifted out; a row of which nothing visible is left goes with them, as
if it had never been typed. What remains is plain paragraphs that a parser can read line by line.
"""

from dataclasses import dataclass, field

TAB = " " * 4  # Fountain reads a tab as four spaces


@dataclass(slots=True)
class Lifted:
    """A note taken out of the rows: before row ``row``, or at ``column`` of it when it stood within text."""

    text: str
    line: int
    row: int
    column: int | None = None


@dataclass(slots=True)
class Source:
    """``rows[i]`` is text whose first visible character stands on line ``lines[i]`` (1-based) of the file."""

    rows: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    notes: list[Lifted] = field(default_factory=list)
    unclosed: list[tuple[str, int]] = field(default_factory=list)  # "/*" or "[[", and its line


def plain_newlines(text: str) -> str:
    """Text with line feeds alone between lines, no byte order mark and no tabs; lines keep their numbers."""
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\t", TAB) if "\t" in text else text


def read_rows(text: str) -> Source:
    """Cut boneyards and lift notes out of ``text``, which has plain newlines. Linear in its length."""
    if "/*" not in text and "[[" not in text:
        rows = text.split("\n")
        return Source(rows, list(range(1, len(rows) + 1)))
    text, boneyards, open_boneyard = _cut_boneyards(text)
    notes, open_notes = _find_notes(text)
    walker = _Walker(text)
    if open_boneyard is not None:
        open_notes.append((open_boneyard, "/*"))
    walker.walk(boneyards, notes, open_notes)
    return walker.source


def _cut_boneyards(text: str) -> tuple[str, list[tuple[int, int]], int | None]:
    """The text without boneyards; where each stood and how many newlines it took; an opening left over."""
    kept: list[str] = []
    cuts: list[tuple[int, int]] = []
    length = at = 0
    while (opening := text.find("/*", at)) >= 0:
        closing = text.find("*/", opening + 2)
        if closing < 0:
            break
        kept.append(text[at:opening])
        length += opening - at
        cuts.append((length, text.count("\n", opening, closing)))
        at = closing + 2
    kept.append(text[at:])
    joined = "".join(kept) if cuts else text
    # Cutting may bring a slash and a star together: that opens nothing, as boneyards do not nest.
    unclosed = length + opening - at if opening >= 0 else None
    return joined, cuts, unclosed


def _find_notes(text: str) -> tuple[list[tuple[int, int]], list[tuple[int, str]]]:
    """Spans of ``[[…]]``, and openings that no ``]]`` closes before the next blank line."""
    spans: list[tuple[int, int]] = []
    unclosed: list[tuple[int, str]] = []
    at = 0
    closing = blank = -1
    while (opening := text.find("[[", at)) >= 0:
        if closing < opening + 2:
            closing = text.find("]]", opening + 2)
            if closing < 0:
                closing = len(text)
        if blank < opening:
            blank = _next_blank_line(text, opening)
        if closing < blank:
            spans.append((opening, closing + 2))
            at = closing + 2
        else:
            unclosed.append((opening, "[["))
            at = opening + 2
    return spans, unclosed


def _next_blank_line(text: str, at: int) -> int:
    """Where the next line without content begins; two spaces count as content, which keeps a note open."""
    newline = text.find("\n", at)
    while newline >= 0:
        end = text.find("\n", newline + 1)
        row = text[newline + 1 : end if end >= 0 else len(text)]
        if len(row) < 2 and not row.strip():
            return newline
        newline = end
    return len(text)


class _Walker:
    """Walks the text between cuts, row by row, counting the lines of the file as it goes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.source = Source()
        self.line = 1  # of the file, where the walk stands
        self.begin_row()

    def begin_row(self) -> None:
        self.pieces: list[str] = []
        self.width = 0
        self.row_begins = self.line
        self.row_line: int | None = None  # where the row's first visible character stands
        self.cut_at: int | None = None  # the width at the last cut
        self.notes: list[Lifted] = []

    def walk(
        self,
        boneyards: list[tuple[int, int]],
        notes: list[tuple[int, int]],
        unclosed: list[tuple[int, str]],
    ) -> None:
        events = [(start, 0, newlines, "") for start, newlines in boneyards]
        events += [(start, 1, end, "") for start, end in notes]
        events += [(start, 2, 0, mark) for start, mark in unclosed]
        events.sort()
        at = note_end = 0
        for start, kind, number, mark in events:
            if kind == 0 and start < note_end:
                self.line += number  # a boneyard within a note
                continue
            self.feed(self.text[at:start])
            at = start
            if kind == 0:
                self.line += number
                self.cut_at = self.width
            elif kind == 1:
                self.lift(start, number)
                at = note_end = number
            else:
                self.source.unclosed.append((mark, self.line))
        self.feed(self.text[at:])
        self.finish()

    def lift(self, start: int, end: int) -> None:
        newlines = self.text.count("\n", start, end)
        note = Lifted(self.text[start + 2 : end - 2].strip(), self.line, len(self.source.rows), self.width)
        self.line += newlines
        self.notes.append(note)
        if newlines and self.row_line is None:
            # It fills its lines from the margin: a note of its own. What follows it is a row of its own.
            self.drop_row()
        self.cut_at = self.width

    def feed(self, segment: str) -> None:
        first, newline, rest = segment.partition("\n")
        if self.cut_at == self.width and (not self.pieces or self.pieces[-1][-1].isspace()):
            first = first.lstrip()  # close the seam that a cut leaves
        if first:
            self.pieces.append(first)
            self.width += len(first)
            if self.row_line is None and not first.isspace():
                self.row_line = self.line
        if not newline:
            return
        self.finish()
        rows = rest.split("\n")
        self.source.lines += range(self.line + 1, self.line + len(rows))
        self.line += len(rows)
        last = rows.pop()
        self.source.rows += rows
        self.begin_row()
        if last:
            self.feed(last)

    def drop_row(self) -> None:
        """Let go of a row of which nothing visible is left; its notes stand alone."""
        for note in self.notes:
            note.column = None
        self.source.notes += self.notes
        self.begin_row()

    def finish(self) -> None:
        """Close the row, or drop it when cuts left nothing visible of it."""
        if self.cut_at is not None and self.row_line is None:
            self.drop_row()
            return
        row = "".join(self.pieces)
        if self.cut_at is not None and not row[self.cut_at :].strip():
            row = row.rstrip()
        self.source.rows.append(row)
        self.source.lines.append(self.row_line or self.row_begins)
        for note in self.notes:
            note.column = min(note.column or 0, len(row))
        self.source.notes += self.notes
