"""Boards and the shot list: what a director and a crew get on paper, before anything is shot."""

import csv
import io
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from director.boards import make_boards, panel_plans
from director.plan import Plan, plan_film
from director.project import open_project
from director.takes import Store
from render.boards.arrows import arrows_for
from render.boards.draw import panel_size
from render.boards.layout import HEIGHT, WIDTH, contact_sheets, pages
from render.boards.marks import Page, Picture, Shape, Text
from render.boards.panel import BoardScene, Note, Panel, PanelPlan
from render.boards.png import to_picture
from render.boards.type import width_of, wrapped
from storyboard.camera import MoveKind
from storyboard.shot_csv import COLUMNS, shot_csv
from tests.conftest import FILM, run_direct, write_film


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    film = write_film(tmp_path / "film", film=FILM.replace("fake", "previz"))
    return plan_film(open_project(film), Store(film.parent).cache)


def everything(plan: Plan) -> set[str]:
    return {planned.shot.id for planned in plan.shots}


def a_panel(plan: Plan, shot: str = "1A", text: str = "", place: str = "", **more: object) -> Panel:
    """A grey panel of the film's first shot, with these words under it."""
    request = plan.shots[0].request
    notes = (Note(text),) if text else ()
    return Panel(
        PanelPlan(shot, request, 0, place, "CU · static", "1.0 s", notes=notes, **more),  # type: ignore[arg-type]
        np.full((27, 48, 3), 90, np.uint8),
    )


def words(page: Page) -> list[str]:
    return [mark.text for mark in page.marks if isinstance(mark, Text)]


def test_a_moving_shot_has_its_first_and_last_frame_and_an_arrow(plan: Plan) -> None:
    """One panel for a camera that stands still; two, and the move drawn over the first, for one that moves."""
    by_id = {planned.shot.id: panel_plans(plan, planned) for planned in plan.shots}
    assert [panel.place for panel in by_id["1A"]] == [""]
    start, end = by_id["1B"]
    assert (start.place, end.place) == ("start", "end")
    assert start.moves == (MoveKind.DOLLY_IN,)
    shot = next(p.shot for p in plan.shots if p.shot.id == "1B")
    assert end.frame - start.frame == shot.frames - 1
    assert start.notes
    assert not end.notes


def test_the_two_panels_of_a_move_differ_as_the_move_asks(plan: Plan) -> None:
    """Between first and last frame of a dolly in, the person grows: the pictures are the shot's own."""
    from render.boards.draw import draw_panels
    from render.previz.frames import frames
    from render.previz.rehearsal import rehearse

    panels = draw_panels(panel_plans(plan, next(p for p in plan.shots if p.shot.id == "1B")), 1, lambda *_: None)
    every = [frame.rgb for frame in frames(rehearse(panels[0].plan.request))]
    for panel in panels:
        assert np.array_equal(panel.picture, every[panel.plan.frame])
    assert not np.array_equal(panels[0].picture, panels[1].picture)


def test_every_scene_begins_on_a_page_of_its_own(plan: Plan) -> None:
    """A page per scene, with its heading on top."""
    scenes = [
        BoardScene("1", "INT. KITCHEN - DAY", tuple(a_panel(plan, f"1{x}") for x in "ABC")),
        BoardScene("2", "EXT. CLIFF - NIGHT", (a_panel(plan, "2A"),)),
    ]
    laid = pages("The Key", scenes)
    assert len(laid) == 2
    assert any("INT. KITCHEN - DAY" in text for text in words(laid[0]))
    assert any("EXT. CLIFF - NIGHT" in text for text in words(laid[1]))


def test_the_pair_of_a_moving_shot_stands_side_by_side(plan: Plan) -> None:
    """Wherever a row ends, first and last frame are never parted."""
    panels = [a_panel(plan, f"1{x}") for x in "ABC"]
    panels += [a_panel(plan, "1D", place="start"), a_panel(plan, "1D", place="end")]
    (page,) = pages("The Key", [BoardScene("1", "INT. KITCHEN - DAY", tuple(panels))])
    pictures = [mark for mark in page.marks if isinstance(mark, Picture)]
    assert pictures[3].y == pictures[4].y > pictures[2].y
    assert pictures[3].x < pictures[4].x


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.text(max_size=900), min_size=1, max_size=9))
def test_whatever_is_written_stays_on_the_page(texts: list[str], a_plan: Plan) -> None:
    """Any text in any amount: every mark is on paper, and no line is longer than its room."""
    panels = tuple(a_panel(a_plan, f"1{index}", text) for index, text in enumerate(texts))
    for page in pages("T" * 300, [BoardScene("1", "INT. " + "LONG " * 90, panels)]):
        for mark in page.marks:
            if isinstance(mark, Text):
                left = mark.x - (width_of(mark.text, mark.size) if mark.align == "right" else 0)
                assert left >= 0
                assert left + width_of(mark.text, mark.size) <= WIDTH
                assert 0 < mark.y <= HEIGHT
            elif isinstance(mark, Picture):
                assert mark.y + mark.height <= HEIGHT


@pytest.fixture(scope="module")
def a_plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    film = write_film(tmp_path_factory.mktemp("film"))
    return plan_film(open_project(film), Store(film.parent).cache)


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=300), width=st.floats(20, 300))
def test_wrapping_loses_no_letter(text: str, width: float) -> None:
    """Lines put together again are the text, but for white space; each fits."""
    lines = wrapped(text, 8, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width_of(line, 8) <= width or len(line) == 1 for line in lines)


@pytest.mark.parametrize("kind", [kind for kind in MoveKind if kind is not MoveKind.STATIC])
@pytest.mark.parametrize("aspect", [16 / 9, 1.0, 9 / 16])
def test_every_move_has_an_arrow_inside_the_frame(kind: MoveKind, aspect: float) -> None:
    """No move of the vocabulary is left undrawn, and no arrow leaves its frame."""
    arrows = arrows_for(kind, aspect)
    assert arrows
    points = np.concatenate([np.array(arrow) for arrow in arrows])
    assert points.min() >= 0
    assert points.max() <= 1


@pytest.mark.parametrize(
    ("kind", "axis", "sign"),
    [
        (MoveKind.PAN_LEFT, 0, -1),
        (MoveKind.TRUCK_RIGHT, 0, 1),
        (MoveKind.TILT_UP, 1, -1),
        (MoveKind.CRANE_DOWN, 1, 1),
    ],
)
def test_arrows_point_where_the_camera_goes(kind: MoveKind, axis: int, sign: int) -> None:
    """The tip, where the outline turns, lies ahead of the shaft's beginning."""
    (arrow,) = arrows_for(kind, 16 / 9)
    points = np.array(arrow)
    tip = points[len(points) // 2]
    assert (tip[axis] - points[0][axis]) * sign > 0.2


def test_a_page_as_picture_shows_its_panels(plan: Plan) -> None:
    """The sheet has the panel's grey where the panel stands, and ink for its slate."""
    (sheet,) = contact_sheets("The Key", [BoardScene("1", "INT. KITCHEN - DAY", (a_panel(plan),))])
    drawn = to_picture(sheet, 2.0)
    where = next(mark for mark in sheet.marks if isinstance(mark, Picture))
    middle = drawn[int((where.y + where.height / 2) * 2), int((where.x + where.width / 2) * 2)]
    assert np.abs(middle.astype(int) - 90).max() <= 2
    assert drawn[: int(where.y * 2) - 4].min() < 90  # the title


def test_a_long_film_gets_several_sheets(plan: Plan) -> None:
    """A contact sheet stays one that can be looked at."""
    panels = tuple(a_panel(plan, f"1A{index}") for index in range(200))
    sheets = contact_sheets("The Key", [BoardScene("1", "INT. KITCHEN - DAY", panels)])
    assert len(sheets) == 3
    assert sum(isinstance(mark, Picture) for sheet in sheets for mark in sheet.marks) == 200


def test_upright_films_fit_too() -> None:
    """A panel is never drawn larger than the film, and always even."""
    assert panel_size(848, 480) == (508, 288)
    assert panel_size(480, 848) == (164, 288)
    assert panel_size(64, 36) == (64, 36)


def test_the_board_is_the_same_with_one_worker_and_with_two(plan: Plan, tmp_path: Path) -> None:
    """The same film gives the same bytes: PDF, sheet and list."""
    one = make_boards(plan, everything(plan), tmp_path / "one", workers=1)
    two = make_boards(plan, everything(plan), tmp_path / "two", workers=2)
    for first, second in ((one.pdf, two.pdf), (one.sheets[0], two.sheets[0]), (one.shot_list, two.shot_list)):
        assert first.read_bytes() == second.read_bytes()
    assert one.panels == 7
    assert len(re.findall(rb"/Type /Page\b", one.pdf.read_bytes())) == one.pages == 2
    with Image.open(one.sheets[0]) as image:
        assert image.width > 1000


def test_the_command_writes_boards_and_shoots_nothing(tmp_path: Path) -> None:
    """``direct board`` leaves PDF, sheet and list; no take is made; a wrong scene is refused."""
    film = write_film(tmp_path / "film", film=FILM.replace("fake", "previz"))
    ran = run_direct("board", film, "--workers", 1)
    assert ran.returncode == 0, ran.stderr
    names = {path.name for path in (film.parent / "cut" / "boards").iterdir()}
    assert names == {"boards.pdf", "boards.png", "shots.csv"}
    assert not (film.parent / ".shotgraph" / "takes").exists()
    refused = run_direct("board", film, "--scenes", "7")
    assert refused.returncode == 2
    assert "there is no scene “7”" in refused.stderr


def test_the_shot_list_has_the_columns_of_a_set(plan: Plan) -> None:
    """A row a shot, readable by any spreadsheet; a cell that would run as a formula does not."""
    shots = [planned.shot for planned in plan.shots]
    rows = list(csv.reader(io.StringIO(shot_csv(shots))))
    assert tuple(rows[0]) == COLUMNS
    assert [row[1] for row in rows[1:]] == [shot.id for shot in shots]
    by_id = {row[1]: dict(zip(COLUMNS, row, strict=True)) for row in rows[1:]}
    assert by_id["1B"]["movement"] == "slow dolly-in"
    assert by_id["1B"]["equipment"] == "dolly"
    assert by_id["1B"]["audio"] == "MARA: You are late."
    assert by_id["2A"]["equipment"] == "tripod"
    evil = shots[0].beats[0].model_copy(update={"text": '=HYPERLINK("x")'})
    (_, row) = csv.reader(io.StringIO(shot_csv([shots[0].model_copy(update={"beats": (evil,)})])))
    assert row[COLUMNS.index("description")].startswith("'=")


def test_shapes_are_closed_by_both_backends(plan: Plan) -> None:
    """An arrow is a polygon with an edge in the PDF as in the picture."""
    panel = a_panel(plan, place="start", moves=(MoveKind.PAN_LEFT,))
    (page,) = pages("The Key", [BoardScene("1", "INT. KITCHEN - DAY", (panel,))])
    assert any(isinstance(mark, Shape) and len(mark.points) > 6 for mark in page.marks)
