"""Pages of panels: a scene begins on a page of its own, four panels a row, rows as high as their words need."""

from collections.abc import Iterator, Sequence

from render.boards.arrows import arrows_for
from render.boards.marks import ACCENT, FAINT, INK, PAPER, RULE, Mark, Page, Picture, Shape, Text, block
from render.boards.panel import BoardScene, Note, Panel
from render.boards.type import fitted, width_of, wrapped

WIDTH, HEIGHT = 841.89, 595.28  # A4 across, points
_MARGIN, _GAP, _COLUMNS = 34.0, 14.0, 4
_COLUMN = (WIDTH - 2 * _MARGIN - (_COLUMNS - 1) * _GAP) / _COLUMNS
_TALLEST = 150.0  # of a picture: an upright film gets narrower pictures
_TOP, _BOTTOM = 62.0, HEIGHT - 30.0  # where rows may stand
_BAR, _SMALL, _WORDS, _LEADING = 14.0, 7.6, 7.8, 10.2
_INDENT, _BETWEEN = 8.0, 12.0  # of what is said; between rows
_MOST = 24  # lines under a shot: a row of them still fits a page


def pages(title: str, scenes: Sequence[BoardScene]) -> list[Page]:
    """The whole board. Raises nothing: words that no page could hold end with an ellipsis."""
    made: list[tuple[BoardScene, list[Mark], int, int]] = []
    for scene in scenes:
        sheets = list(_sheets(scene.panels))
        made += [(scene, marks, number, len(sheets)) for number, marks in enumerate(sheets, 1)]
    return [
        Page(WIDTH, HEIGHT, (*_head(title, scene, number, count), *marks, *_foot(place, len(made))))
        for place, (scene, marks, number, count) in enumerate(made, 1)
    ]


def _head(title: str, scene: BoardScene, number: int, count: int) -> list[Mark]:
    more = f"  ({number} of {count})" if count > 1 else ""
    heading = fitted(f"{scene.number}   {scene.heading}{more}", 13, WIDTH - 2 * _MARGIN - 220)
    return [
        Text(_MARGIN, 40, 13, heading),
        Text(WIDTH - _MARGIN, 40, 9, fitted(title, 9, 210), FAINT, "right"),
        block(_MARGIN, 48, WIDTH - 2 * _MARGIN, 0.8),
    ]


def _foot(place: int, count: int) -> list[Mark]:
    return [Text(WIDTH - _MARGIN, HEIGHT - 16, 7.5, f"{place} / {count}", FAINT, "right")]


def _sheets(panels: Sequence[Panel]) -> Iterator[list[Mark]]:
    """The marks of each page of one scene."""
    marks: list[Mark] = []
    y = _TOP
    for row in _rows(_cells(panels)):
        tall = max(_height(cell) for cell in row)
        if y + tall > _BOTTOM and marks:
            yield marks
            marks, y = [], _TOP
        column = 0
        for cell in row:
            marks += _cell(cell, _MARGIN + column * (_COLUMN + _GAP), y)
            column += len(cell)
        y += tall + _BETWEEN
    yield marks


Cell = list[Panel]
"""The panels of one shot, side by side: one, or two where the camera moves."""


def _cells(panels: Sequence[Panel]) -> list[Cell]:
    cells: list[Cell] = []
    for panel in panels:
        if cells and cells[-1][-1].plan.place == "start" and panel.plan.shot == cells[-1][-1].plan.shot:
            cells[-1].append(panel)
        else:
            cells.append([panel])
    return cells


def _rows(cells: Sequence[Cell]) -> Iterator[list[Cell]]:
    row: list[Cell] = []
    for cell in cells:
        if sum(map(len, row)) + len(cell) > _COLUMNS:
            yield row
            row = []
        row.append(cell)
    if row:
        yield row


def _size(panel: Panel) -> tuple[float, float]:
    height, width = panel.picture.shape[:2]
    tall = min(_COLUMN * height / width, _TALLEST)
    return tall * width / height, tall


def _wide(cell: Cell) -> float:
    return len(cell) * (_COLUMN + _GAP) - _GAP


def _lines(cell: Cell) -> list[tuple[str, bool]]:
    """What is written under a shot, line by line, and whether somebody says it."""
    room = _wide(cell) - _INDENT
    lines: list[tuple[str, bool]] = []
    for note in cell[0].plan.notes:
        lines += [(line, bool(note.speaker)) for line in _set(note, room)]
    if len(lines) > _MOST:
        lines = [*lines[: _MOST - 1], (fitted(lines[_MOST - 1][0] + " …", _WORDS, room), False)]
    return lines


def _set(note: Note, room: float) -> list[str]:
    text = f"{note.speaker}: “{note.text}”" if note.speaker else note.text
    return wrapped(text, _WORDS, room)


def _height(cell: Cell) -> float:
    joint = 1 if cell[-1].plan.joint else 0
    return max(_size(panel)[1] for panel in cell) + _BAR + 4 + _LEADING * (1 + joint + len(_lines(cell)))


def _cell(cell: Cell, x: float, y: float) -> list[Mark]:
    plan, marks = cell[0].plan, []
    for column, panel in enumerate(cell):
        marks += _framed(panel, x + column * (_COLUMN + _GAP), y)
    y += max(_size(panel)[1] for panel in cell)
    wide = _wide(cell)
    marks += [
        block(x, y, wide, _BAR, INK),
        Text(x + 5, y + 10, 8.4, plan.shot, PAPER),
        Text(x + wide - 5, y + 10, _SMALL, plan.length, PAPER, "right"),
    ]
    y += _BAR + _LEADING
    marks.append(Text(x + 1, y, _SMALL, fitted(plan.technical, _SMALL, wide), FAINT))
    y += _LEADING
    for line, spoken in _lines(cell):
        marks.append(Text(x + (_INDENT if spoken else 1), y, _WORDS, line))
        y += _LEADING
    if cell[-1].plan.joint:
        marks.append(Text(x + 1, y, _SMALL, cell[-1].plan.joint, ACCENT))
    return marks


def _framed(panel: Panel, x: float, y: float) -> list[Mark]:
    """A picture in its frame, with the arrows of the move over it."""
    width, tall = _size(panel)
    return [
        Picture(x, y, width, tall, panel.picture),
        block(x, y, width, tall, None, INK),
        *_arrows(panel, x, y, width, tall),
    ]


def _arrows(panel: Panel, x: float, y: float, width: float, tall: float) -> list[Shape]:
    return [
        Shape(tuple((x + px * width, y + py * tall) for px, py in arrow), PAPER, INK, 0.7)
        for kind in panel.plan.moves
        for arrow in arrows_for(kind, width / tall)
    ]


_SHEET_COLUMNS, _SHEET_PANEL, _SHEET_GAP = 6, 200.0, 10.0
_SHEET_MOST = 96  # panels on one contact sheet: more is no picture that one can look at


def contact_sheets(title: str, scenes: Sequence[BoardScene]) -> list[Page]:
    """Every panel of the film, small, in order, with its slate: on one sheet, or on several for a long film."""
    panels = [panel for scene in scenes for panel in scene.panels]
    parts = [panels[start : start + _SHEET_MOST] for start in range(0, len(panels), _SHEET_MOST)]
    return [_contact_sheet(_numbered(title, place, len(parts)), part) for place, part in enumerate(parts, 1)]


def _numbered(title: str, place: int, count: int) -> str:
    return title if count == 1 else f"{title}  ({place} of {count})"


def _contact_sheet(title: str, panels: Sequence[Panel]) -> Page:
    sizes = [_sheet_size(panel) for panel in panels]
    tall = max(height for _, height in sizes) + 16 + _SHEET_GAP
    columns = min(_SHEET_COLUMNS, len(panels))
    width = columns * (_SHEET_PANEL + _SHEET_GAP) + _SHEET_GAP
    marks: list[Mark] = [Text(_SHEET_GAP, 24, 13, fitted(title, 13, width - 2 * _SHEET_GAP))]
    for index, (panel, (wide, high)) in enumerate(zip(panels, sizes, strict=True)):
        row, column = divmod(index, columns)
        x, y = _SHEET_GAP + column * (_SHEET_PANEL + _SHEET_GAP), 36 + row * tall
        marks += [
            Picture(x, y, wide, high, panel.picture),
            block(x, y, wide, high, None, RULE),
            *_arrows(panel, x, y, wide, high),
        ]
        label = f"{panel.plan.shot} {panel.plan.place}".strip()
        marks.append(Text(x, y + high + 11, 8, label))
        room = _SHEET_PANEL - width_of(label, 8) - 8
        marks.append(Text(x + _SHEET_PANEL, y + high + 11, 7, fitted(panel.plan.technical, 7, room), FAINT, "right"))
    return Page(width, 36 + -(-len(panels) // columns) * tall, tuple(marks))


def _sheet_size(panel: Panel) -> tuple[float, float]:
    height, width = panel.picture.shape[:2]
    tall = min(_SHEET_PANEL * height / width, 160.0)
    return tall * width / height, tall
