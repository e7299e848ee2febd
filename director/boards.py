"""``direct board``: the film as a storyboard, before anything is shot."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

from director.farm import core_count
from director.plan import Plan, attempt_seed
from director.planned import PlannedShot
from render.boards.panel import BoardScene, Note, Panel, PanelPlan
from storyboard.camera import Camera, MoveKind
from storyboard.frozen import Frozen
from storyboard.shot import BeatKind, Shot
from storyboard.shot_csv import shot_csv


class Boards(Frozen):
    """The files of a storyboard."""

    pdf: Path
    sheets: tuple[Path, ...]  # one, or several for a long film
    shot_list: Path
    panels: int
    pages: int


def make_boards(
    plan: Plan,
    shots: set[str],
    out: Path,
    *,
    workers: int | None = None,
    pencil: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Boards:
    """Draw the boards of these shots into the folder ``out``. Raises MediaError or DiskError.

    They are drawn from the plan alone; no take is shot, and none is needed. ``pencil`` draws in graphite.
    """
    from render import media
    from render.boards.draw import draw_panels
    from render.boards.layout import contact_sheets, pages
    from render.boards.pdf import to_pdf
    from render.boards.png import to_picture

    chosen = [planned for planned in plan.shots if planned.shot.id in shots]
    wanted = [panel for planned in chosen for panel in panel_plans(plan, planned)]
    panels = draw_panels(wanted, workers or core_count(), progress, pencil=pencil)
    scenes = _scenes(plan, chosen, panels)
    title = plan.project.title
    laid = pages(title, scenes)
    media.make_folder(out)
    sheets = contact_sheets(title, scenes)
    files = Boards(
        pdf=out / "boards.pdf",
        sheets=tuple(out / name for name in _sheet_names(len(sheets))),
        shot_list=out / "shots.csv",
        panels=len(panels),
        pages=len(laid),
    )
    media.write_bytes(files.pdf, to_pdf(laid, f"{title}: storyboard"))
    for path, sheet in zip(files.sheets, sheets, strict=True):
        media.write_image(path, to_picture(sheet))
    for old in {*out.glob("boards*.png")} - {*files.sheets}:
        media.drop(old)  # of a film that was longer
    # Spreadsheets take UTF-8 for what it is only behind a byte order mark.
    media.write_bytes(files.shot_list, b"\xef\xbb\xbf" + shot_csv(planned.shot for planned in chosen).encode())
    return files


def _sheet_names(count: int) -> list[str]:
    return ["boards.png"] if count == 1 else [f"boards-{place:02}.png" for place in range(1, count + 1)]


def panel_plans(plan: Plan, planned: PlannedShot) -> list[PanelPlan]:
    """The panels of one shot: the moment it is about, or its first and last frame where the camera moves."""
    shot, request = planned.shot, _at_board_size(plan, planned)
    first, last = request.head, request.head + request.frames_of_shot - 1
    moves = tuple(
        dict.fromkeys(move.kind for phase in shot.camera.moves for move in phase if move.kind is not MoveKind.STATIC)
    )
    common: dict[str, Any] = {"shot": shot.id, "request": request, "technical": technical(shot.camera)}
    length, notes, joint = _length(shot), _notes(shot), _joint(shot)
    if not moves:
        middle = (first + last + 1) // 2
        return [PanelPlan(**common, frame=middle, place="", length=length, notes=notes, joint=joint)]
    return [
        PanelPlan(**common, frame=first, place="start", length=length, moves=moves, notes=notes),
        PanelPlan(**{**common, "technical": ""}, frame=last, place="end", length="", joint=joint),
    ]


def _at_board_size(plan: Plan, planned: PlannedShot) -> Any:
    from render.boards.draw import panel_size

    width, height = panel_size(planned.request.width, planned.request.height)
    seed = attempt_seed(plan.project.film.seed, planned.shot.fingerprint, 0)
    return planned.request.model_copy(update={"width": width, "height": height, "seed": seed})


def technical(camera: Camera) -> str:
    """Size, framing, angle, lens and move in one line, as under a panel."""
    parts = [
        " ".join(part.value for part in (camera.size, camera.framing) if part),
        f"{camera.angle.value} angle" if camera.angle and camera.angle.value != "level" else "",
        f"{camera.lens_mm:g} mm" if camera.lens_mm else "",
        ", then ".join(camera.move_words).replace("+", " + ").replace("-", " ") or "static",
    ]
    return " · ".join(part for part in parts if part)


def _length(shot: Shot) -> str:
    return f"{float(Fraction(shot.frames) / shot.rate):.1f} s · {shot.frames} f"


def _joint(shot: Shot) -> str:
    joint = shot.joint_out
    return f"{joint.kind.value.upper().replace('-', ' ')} →" if joint.kind.value != "cut" else ""


def _notes(shot: Shot) -> tuple[Note, ...]:
    notes = []
    for beat in shot.beats:
        speaker = ""
        if beat.kind is BeatKind.SPEECH:
            speaker = (beat.character or "") + ("" if beat.seen else " (O.S.)")
        notes.append(Note(" ".join(beat.text.split()), speaker))
    return tuple(notes)


def _scenes(plan: Plan, chosen: list[PlannedShot], panels: list[Panel]) -> list[BoardScene]:
    """The panels under the headings of their scenes, in film order."""
    scenes = plan.project.screenplay.scenes
    by_shot: dict[str, list[Panel]] = {}
    for panel in panels:
        by_shot.setdefault(panel.plan.shot, []).append(panel)
    grouped: dict[int, list[Panel]] = {}
    for planned in chosen:
        grouped.setdefault(planned.shot.scene_index, []).extend(by_shot[planned.shot.id])
    return [
        BoardScene(scenes[index].number, scenes[index].heading.text, tuple(some)) for index, some in grouped.items()
    ]
