"""Anchors: who or what has no reference image takes one from the first accepted take that shows it well.

Once set an anchor stays. Later takes are shot with it and judged by it. Which one it is follows from the takes of the
film, in rounds and in film order; so another choice of a person for that shot moves it, and opens what hung on it.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from characters.seen import Reference, Seen
from characters.sheets import variant_of
from director.attempts import Attempt, ShotState
from director.checks.base import Ruling
from director.choose import choose
from director.judging import Judging, expectation_key, showing_of
from director.reroll import everybody
from director.takes import Store
from storyboard.frozen import Frozen
from storyboard.hashing import digest

VERSION = "1"
Name = tuple[str, str | None]
"""The bible's name, and the look or state."""


class Anchor(Frozen):
    """A crop that stands for somebody or something, and where it is from."""

    of: str
    variant: str | None = None
    shot: str  # id for people
    fingerprint: str
    take: str  # key
    number: int  # of the attempt
    picked: bool = False  # by a person
    frame: int  # of the take
    box: tuple[int, int, int, int]  # x, y, width, height in its pixels
    quality: float  # how well it shows it, 0 to 1
    sha256: str  # of the PNG

    @property
    def words(self) -> str:
        picked = ", picked by a person" if self.picked else ""
        return f"take {self.number + 1} of shot {self.shot}{picked}"


class Anchors:
    """The anchors of a film as its takes are accepted."""

    def __init__(self, store: Store, *, wait: int) -> None:
        self.store = store
        self.found: dict[Name, Anchor] = {}
        self._wait = wait
        self._tried: set[str] = set()

    def seen(self, everything: Iterable[Seen]) -> tuple[Seen, ...]:
        """The same people and things, with an anchor's crop for who has one."""
        return tuple(self._with_anchor(each) for each in everything)

    def _with_anchor(self, seen: Seen) -> Seen:
        anchor = self.found.get(_name(seen)) if not seen.references else None
        if anchor is None:
            return seen
        return seen.model_copy(update={"references": (self.picture(anchor),)})

    def picture(self, anchor: Anchor) -> Reference:
        """An anchor's crop, as takes are shot with it and held against it."""
        return Reference(path=self.path(anchor.sha256), of=anchor.of, look=anchor.variant, sha256=anchor.sha256)

    def of(self, everything: Iterable[Seen]) -> tuple[Anchor, ...]:
        """The anchors of these people and things."""
        return tuple(
            self.found[_name(each)] for each in everything if not each.references and _name(each) in self.found
        )

    def path(self, sha256: str) -> Path:
        """Where an anchor's crop stands."""
        return self.store.anchors / f"{sha256}.png"

    def waits(self, state: ShotState, states: Sequence[ShotState]) -> bool:
        """Whether an earlier shot may yet give an anchor for somebody in this one."""
        missing = {_name(each) for each in everybody(state.planned) if self._lacks(each)}
        if not missing:
            return False
        for earlier in states:
            if earlier is state:
                return False
            done = earlier.planned.shot.id in self._tried or earlier.closed or earlier.rolled >= self._wait
            if not done and missing & {_name(each) for each in everybody(earlier.planned)}:
                return True
        return False

    def _lacks(self, seen: Seen) -> bool:
        return not seen.references and _name(seen) not in self.found

    def untried(self, state: ShotState) -> bool:
        """Whether a shot was not asked for anchors yet."""
        return state.planned.shot.id not in self._tried

    def pass_over(self, state: ShotState) -> None:
        """A shot has no take to give anchors: nobody waits for it."""
        self._tried.add(state.planned.shot.id)

    def accept(self, state: ShotState, job: Judging, *, look: bool) -> None:
        """Take anchors from an accepted shot's take; ``look``: at the take itself, if that was not done before."""
        self._tried.add(state.planned.shot.id)
        attempt = choose(state)
        if attempt.ruling is not Ruling.PASS and state.circle is None:
            return
        for seen in everybody(state.planned):
            if self._lacks(seen) and (crop := self._crop(attempt, seen, job, look=look)) is not None:
                self.found[_name(seen)] = Anchor(
                    of=seen.name,
                    variant=variant_of(seen),
                    shot=state.planned.shot.id,
                    fingerprint=state.planned.shot.fingerprint,
                    take=attempt.take.key,
                    number=attempt.number,
                    picked=state.circle is not None,
                    **crop,
                )

    def _crop(self, attempt: Attempt, seen: Seen, job: Judging, *, look: bool) -> dict | None:
        """Where a take shows somebody well, with the crop on disk; None where it does not, or nobody has looked."""
        if job.rehearsed is None:
            return None
        asked = {"version": VERSION, "take": attempt.take.key, "of": seen.name, "as": expectation_key(job.rehearsed)}
        key = digest("anchor", asked)
        kept = self.store.fact(key)
        if kept is not None:
            crop = json.loads(kept)
            if crop is None or self.path(crop["sha256"]).exists() or not look:
                return crop
        if not look:
            return None
        crop = _cut_out(job, seen.name, self.store)
        self.store.add_fact(key, json.dumps(crop))
        return crop

    def remember(self, film: str) -> None:
        """Keep which anchors the film has, and which it had before where they have moved."""
        before = remembered(self.store, film)
        rows = []
        for name, anchor in sorted(self.found.items(), key=str):
            now, earlier = before.get(name, (None, None))
            moved = now if now is not None and now.sha256 != anchor.sha256 else earlier
            rows.append([anchor.model_dump(mode="json"), moved.model_dump(mode="json") if moved is not None else None])
        text = json.dumps(rows, ensure_ascii=False)
        if text != self.store.fact(_fact(film)):
            self.store.add_fact(_fact(film), text)


def remembered(store: Store, film: str) -> dict[Name, tuple[Anchor | None, Anchor | None]]:
    """The anchors of the film's last run, each with the one it had before where it moved."""
    found: dict[Name, tuple[Anchor | None, Anchor | None]] = {}
    for now, before in json.loads(store.fact(_fact(film)) or "[]"):
        anchor = Anchor.model_validate(now)
        found[anchor.of, anchor.variant] = anchor, Anchor.model_validate(before) if before is not None else None
    return found


def _fact(film: str) -> str:
    return f"anchors of {film}"


def _name(seen: Seen) -> Name:
    return seen.name, variant_of(seen)


def _cut_out(job: Judging, name: str, store: Store) -> dict | None:
    """Cut the best crop out of a take and write it; None where it shows nobody well. Raises MachineError."""
    from io import BytesIO

    from PIL import Image

    from director.checks.showing_well import best_crop
    from render.media import write_bytes

    showing = showing_of(job)
    best = best_crop(showing, name)
    if best is None:
        return None
    frame, (x, y, width, height), quality = best
    picture = next(iter(showing.read([frame])))
    out = BytesIO()
    Image.fromarray(picture[y : y + height, x : x + width].copy()).save(out, format="PNG")
    content = out.getvalue()
    sha256 = hashlib.sha256(content).hexdigest()
    path = store.anchors / f"{sha256}.png"
    if not path.exists():
        write_bytes(path, content)
    return {"frame": frame, "box": [x, y, width, height], "quality": round(quality, 4), "sha256": sha256}
