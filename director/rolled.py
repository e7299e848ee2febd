"""Takes as a notebook shows them: as video, side by side, one held against another."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from director.changes import change_words
from director.checks.base import Ruling, Verdict
from director.takes import Take
from storyboard.errors import InputError, Problem

if TYPE_CHECKING:
    import numpy as np

    from director.plan import Plan

WIDE = 320  # pixels of a video among others


class RolledTake:
    """A take on disk. In a notebook it shows itself as video."""

    def __init__(
        self,
        take: Take,
        files: tuple[Path, ...],
        verdicts: tuple[Verdict, ...],
        *,
        plan: "Plan",
        number: int | None = None,
        used: bool = False,
    ) -> None:
        self.take = take
        self.files = files
        self.verdicts = verdicts
        self.plan = plan
        self.number = number  # among the shot's attempts, from 1; None: rolled by hand
        self.used = used  # cut into the film as it stands

    @property
    def key(self) -> str:
        return self.take.key

    @property
    def seed(self) -> int:
        return self.take.seed

    @property
    def changes(self) -> tuple[str, ...]:
        """What was changed for it, in words."""
        return tuple(change_words(self.take.changes))

    @property
    def passing(self) -> bool:
        return all(verdict.ruling is not Ruling.FAIL or verdict.advisory for verdict in self.verdicts)

    def frames(self) -> "np.ndarray":
        """Every frame, handles included: ``uint8[T, H, W, 3]``, sRGB."""
        import numpy as np

        from render.media import read_frames

        return np.stack([frame for path in self.files for frame in read_frames(path)])

    def mp4(self) -> bytes:
        """The take as H.264 that a browser plays."""
        from render.media import browser_video

        return browser_video(self.files)

    def circle(self) -> "RolledTake":
        """Pick it: the film is cut with it from now on, whatever the checks say. Raises InputError."""
        from director.person import pick_take

        pick_take(self.plan, self.take.shot, self.key)
        return self

    def reject(self, why: str = "") -> "RolledTake":
        """Reject it: it is cut only where there is no other. Raises InputError."""
        from director.person import reject_take

        reject_take(self.plan, self.take.shot, self.key, why)
        return self

    def _repr_html_(self) -> str:
        return self.figure(min(self.take.width, 640))

    def figure(self, wide: int) -> str:
        """HTML of the take: its video, ``wide`` pixels across, what it is, and what was said of it."""
        name = f"take {self.number}" if self.number is not None else "take"
        words = f"shot {self.take.shot}, {name}, seed {self.seed}, key {self.key[:12]}"
        return (
            f'<figure style="margin:0;width:{wide}px"><div style="{_FRAME if self.used else ""}">'
            f"{_video(self.mp4(), wide)}</div>"
            f'<figcaption style="margin-top:.4em">{escape(words)}{_circled(self.used)}{chips(self.verdicts)}'
            f"{_reasons(self.verdicts)}</figcaption></figure>"
        )

    def __repr__(self) -> str:
        state = "passes" if self.passing else "fails"
        return f"<take of shot {self.take.shot}: {self.take.frames} frames, seed {self.seed}, {state}>"


class RolledTakes(Sequence[RolledTake]):
    """The takes of a shot in order. In a notebook they stand side by side."""

    def __init__(self, takes: Sequence[RolledTake]) -> None:
        self._takes = tuple(takes)

    def __getitem__(self, index: Any) -> Any:
        return RolledTakes(self._takes[index]) if isinstance(index, slice) else self._takes[index]

    def __iter__(self) -> Iterator[RolledTake]:
        return iter(self._takes)

    def __len__(self) -> int:
        return len(self._takes)

    def _repr_html_(self) -> str:
        if not self._takes:
            return "<p>No take of this shot stands yet.</p>"
        cells = []
        for index, take in enumerate(self._takes):
            changed = "; ".join(take.changes) or ("" if index == 0 or take.number is None else "another seed")
            head = f'<p style="margin:0 0 .3em;min-height:1.4em"><i>{escape(changed)}</i></p>'
            cells.append(f"<div>{head}{take.figure(min(take.take.width, WIDE))}</div>")
        return f'<div style="display:flex;gap:16px;overflow-x:auto;align-items:flex-start">{"".join(cells)}</div>'

    def __repr__(self) -> str:
        return f"<{len(self)} takes: {', '.join('passes' if take.passing else 'fails' for take in self)}>"


class Comparison:
    """Two takes of one shot, in step: side by side, with where they differ beside them."""

    def __init__(self, one: RolledTake, other: RolledTake) -> None:
        self.one = one
        self.other = other

    def difference(self) -> "np.ndarray":
        """How far the takes are apart in each frame that both have: float64[T], mean of 8-bit levels.

        Raises InputError where they have other sizes.
        """
        import numpy as np

        first, second = self.one.frames(), self.other.frames()
        if first.shape[1:] != second.shape[1:]:
            sizes = " and ".join(f"{each.shape[2]}×{each.shape[1]}" for each in (first, second))
            what = f"takes of {sizes} pixels cannot be taken from each other."
            raise InputError(Problem(what=what, todo="Compare two takes, or two drafts."))
        count = min(len(first), len(second))
        apart = first[:count].astype(np.int16) - second[:count]
        return np.abs(apart).mean((1, 2, 3))

    def mp4(self) -> bytes:
        """One take, the other, and their difference threefold, beside each other: H.264 that a browser plays."""
        from render.media import compared_video

        return compared_video(self.one.files, self.other.files, wide=WIDE)

    def _repr_html_(self) -> str:
        names = [f"take {take.number or ''} · seed {take.seed}" for take in (self.one, self.other)]
        heads = "".join(f'<span style="flex:1">{escape(name)}</span>' for name in (*names, "difference × 3"))
        wide = min(self.one.take.width, WIDE) * 3
        return (
            f'<figure style="margin:0;width:{wide}px;max-width:100%">{_video(self.mp4(), wide)}'
            f'<figcaption style="display:flex">{heads}</figcaption></figure>'
        )

    def __repr__(self) -> str:
        return f"<takes with seeds {self.one.seed} and {self.other.seed} of shot {self.one.take.shot}, compared>"


class Why:
    """Why a shot would be shot again, or was: what ``direct why`` says."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.told = told

    @property
    def lines(self) -> list[str]:
        """What is said, line by line."""
        from director.tables import why_lines

        return list(why_lines(self.told))

    def _repr_html_(self) -> str:
        return f'<pre style="white-space:pre-wrap">{escape(chr(10).join(self.lines))}</pre>'

    def __repr__(self) -> str:
        return "\n".join(self.lines)


_CHIP = "display:inline-block;border:1px solid;border-radius:99px;padding:0 .6em;margin:.25em .3em 0 0;font-size:.85em"
_FRAME = "outline:3px solid #e0ac00;outline-offset:3px;border-radius:4px"
_SIGNS = {
    Ruling.FAIL: ("✕", "color:#b3261e;background:#fdecea"),
    Ruling.UNSURE: ("?", "color:#174a84;background:#e6f0fb"),
    Ruling.PASS: ("✓", "opacity:.75"),
    Ruling.NOT_APPLICABLE: ("–", "opacity:.6;border-style:dashed"),
}


def chips(verdicts: Sequence[Verdict]) -> str:
    """A chip for each verdict that is no pass, then one for each check that held; words show where the mouse rests."""
    grouped: dict[tuple[Ruling, str], list[str]] = {}
    for verdict in verdicts:
        about = " · ".join(part for part in (verdict.check, verdict.subject, verdict.part) if part)
        held = verdict.ruling in (Ruling.PASS, Ruling.NOT_APPLICABLE)
        grouped.setdefault((verdict.ruling, verdict.check if held else about), []).append(verdict.words)
    found = []
    for ruling, (sign, style) in _SIGNS.items():
        for (said, about), words in grouped.items():
            if said is ruling:
                title = escape(f"{ruling.value}: {'; '.join(filter(None, words))}", quote=True)
                chip = f'<span class="chip" style="{_CHIP};{style}" title="{title}">{sign} {escape(about)}</span>'
                found.append(chip)
    return f"<div>{''.join(found)}</div>"


def _reasons(verdicts: Sequence[Verdict]) -> str:
    wrong = [verdict for verdict in verdicts if verdict.ruling is Ruling.FAIL and not verdict.advisory]
    return "".join(f'<div style="margin-top:.25em">{escape(f"{v.check}: {v.words}")}</div>' for v in wrong)


def _circled(used: bool) -> str:
    return " <b>◉ in the film</b>" if used else ""


def _video(mp4: bytes, wide: int) -> str:
    source = b64encode(mp4).decode()
    return (
        f'<video controls loop muted playsinline width="{wide}" style="max-width:100%;display:block" '
        f'src="data:video/mp4;base64,{source}"></video>'
    )
