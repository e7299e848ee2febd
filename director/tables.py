"""What the command line prints: tables and lines, made from plain values."""

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from director.direct import Report
    from director.plan import Plan


def clock(frames: int, rate: Fraction) -> str:
    """Frames as minutes, seconds and frames: ``1:04+12``."""
    whole, rest = divmod(frames, round(rate))
    return f"{whole // 60}:{whole % 60:02}+{rest:02}"


def _console() -> Console:
    return Console(soft_wrap=False, highlight=False, emoji=False, markup=False)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=Text(title), box=None, title_justify="left", pad_edge=False, header_style="bold")
    for column in columns:
        right = column in ("frames", "time", "seed", "takes")
        table.add_column(column, justify="right" if right else "left", overflow="fold")
    return table


def _row(table: Table, *cells: object, style: str | None = None) -> None:
    table.add_row(*(Text(str(cell)) for cell in cells), style=style)


def element_lines(parsed: dict[str, Any]) -> Iterator[str]:
    """A parsed screenplay, an element a line."""
    for key, values in parsed["title_page"].items():
        yield f"{key}: {' / '.join(values)}"
    for element in parsed["elements"]:
        text = element["text"].replace("\n", " ⏎ ")
        yield f"{element['line']:>5}  {element['type']:<14} {text}"


def print_shot_list(plan: "Plan", rows: list[dict[str, Any]]) -> None:
    """The shot list as a table."""
    table = _table(
        plan.project.title,
        "shot",
        "line",
        "size",
        "angle",
        "move",
        "subject",
        "cast",
        "place",
        "time",
        "frames",
        "to",
    )
    for row in rows:
        _row(
            table,
            row["id"],
            row["line"],
            row["size"],
            row["angle"],
            ", then ".join(row["moves"]) or "static",
            _joined(row["subject"]),
            _joined(row["cast"]),
            row["place"],
            row["time"],
            row["frames"],
            row["transition"],
        )
    console = _console()
    console.print(table)
    console.print(f"{len(rows)} shots, {clock(plan.frames, plan.rate)}")


def _joined(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list | tuple) else str(value or "")


def print_status(status: dict[str, Any]) -> None:
    """Where each shot stands."""
    table = _table(status["title"], "shot", "state", "takes", "why")
    for row in status["shots"]:
        _row(table, row["id"], row["state"], row["takes"], row["why"])
    console = _console()
    console.print(table)
    console.print(status["summary"])


def print_takes(rows: list[dict[str, Any]]) -> None:
    """Every take with its seed and key."""
    table = _table("Takes", "shot", "take", "seed", "key", "frames", "made", "verdict", "file")
    for row in rows:
        mark = "◉ " if row["used"] else ""
        _row(
            table,
            row["shot"],
            f"{mark}{row['attempt']}",
            row["seed"],
            row["key"][:12],
            row["frames"],
            row["made"][:19],
            row["verdict"],
            row["files"][0],
        )
    _console().print(table)


def why_lines(answer: dict[str, Any]) -> Iterator[str]:
    """The chain from what changed to the shot."""
    yield f"shot {answer['shot']}: {answer['state']}"
    for link in answer["because"]:
        yield f"  {link['reason']}: {link['words']}"


def report_lines(report: "Report") -> Iterator[str]:
    """What a run says at its end."""
    length = clock(report.frames, Fraction(report.rate))
    yield f"{report.title}: {report.film}"
    yield (
        f"{length} long, {report.shots} shots; {report.made} takes made, {report.reused} reused, "
        f"in {report.seconds:.1f} s"
    )
    if report.failing:
        yield f"Fails its checks, kept as the best there is: {', '.join(report.failing)}"
