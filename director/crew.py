"""The crew: shoots what the policy orders and judges it, round after round."""

import functools
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from characters.seen import Seen
from director.anchors import Anchor, Anchors, Name
from director.attempts import Attempt, ShotState
from director.calibrate import film_limits
from director.changes import Change, Draft, Keep, Keyframe, read
from director.checks.base import Limit, Ruling, Verdict
from director.choose import choose
from director.circled import circled_takes
from director.decisions import Decisions, decided
from director.early import Early
from director.farm import Farm
from director.judged import judged, read_verdicts
from director.judging import Judging, expectation_key, showing_of
from director.listener import Listener
from director.plan import Plan, attempt_seed, recipe_inputs
from director.planned import PlannedShot
from director.policy import Order, Policy, changes_of
from director.reroll import changed_request, drafted, everybody, means_of
from director.shoot import Job, KeptPiece
from director.takes import Store, Take, take_key
from director.windows import Room, best_window, rooms
from render.request import Request
from storyboard.hashing import digest

if TYPE_CHECKING:
    import numpy as np


class Crew:
    """Shoots and judges; counts what it made and what stood already."""

    def __init__(self, plan: Plan, store: Store, farm: Farm, listener: Listener) -> None:
        self.plan = plan
        self.store = store
        self.farm = farm
        self.listener = listener
        self.capabilities = plan.generator.capabilities()
        self.needs_parent = "parent" in plan.generator.reads
        self.made = 0
        self.reused = 0
        self.states: list[ShotState] = []
        self._by_id: dict[str, ShotState] = {}
        self._may: set[str] = set()
        self._looks = False
        self._rooms: dict[str, Room] | None = None
        self._decisions: Decisions | None = None
        self._anchors: Anchors | None = None
        self._early: Early

    # What a person may ask: shoot these, or only look.

    def shoot(self, wanted: Sequence[PlannedShot]) -> list[ShotState]:
        """Rounds of attempts until each of these shots has a take that passes, or its budget is out.

        The film's other shots are looked up on the way, as far as their takes stand: what they have shown bears on
        the budget and on the references. Afterwards ``states`` holds every shot.
        """
        asked = {planned.shot.id for planned in wanted}
        self._may, self._looks = self._with_parents(asked), True
        mine = [planned for planned in self.plan.shots if planned.shot.id in self._may]
        self.listener.begins(len(mine), sum(planned.request.frames for planned in mine))
        self._roll()
        return [state for state in self.states if state.planned.shot.id in asked]

    def review(self, *, look: bool = False) -> list[ShotState]:
        """Every shot with the attempts that stand; nothing is shot and nothing judged anew.

        ``look`` at takes for anchors that nobody has looked at yet; that reads pictures.
        """
        self._may, self._looks = set(), look
        self._roll()
        return self.states

    @property
    def complete(self) -> bool:
        """Whether every shot of the film has all the takes that it is to have."""
        return all(state.takes and not state.stalled for state in self.states)

    # The rounds.

    def _roll(self) -> None:
        film = self.plan.project.film
        self._begin()
        policy = Policy(
            film,
            lambda state: means_of(self.plan, state.planned, state.attempts, self.seen(state.planned)),
            needs_parent=self.needs_parent,
            draft=self.capabilities.draft,
            price=self.plan.price,
        )
        self._early = Early(self, policy)
        self._anchors = self._no_anchors_yet()
        while orders := policy.round(self.states, self._waits):
            jobs = {index: job for index, order in enumerate(orders) if (job := self._job(order)) is not None}
            takes = self._takes([(orders[index], job) for index, job in jobs.items()])
            there = [(index, takes[job.key]) for index, job in jobs.items() if job.key in takes]
            judged = self._judged([(orders[index].state, take) for index, take in there])
            done = {index: (take, verdicts) for (index, take), verdicts in zip(there, judged, strict=True)}
            for index, order in enumerate(orders):
                take, verdicts = done.get(index, (None, None))
                if take is None or verdicts is None:
                    self._stall(order)
                    policy.refund(order)
                    continue
                self._enter(order, take, verdicts)
            self._accept(policy)
        self._early.end()

    def _no_anchors_yet(self) -> Anchors | None:
        """None at all where takes are shot without references, or held against no rehearsal that shows who is who."""
        can, reroll = self.capabilities, self.plan.project.film.reroll
        able = can.compared and can.max_references and "references" in self.plan.generator.reads
        return Anchors(self.store, wait=reroll.wait) if able and reroll.anchors else None

    def _waits(self, state: ShotState) -> bool:
        return self._anchors is not None and self._anchors.waits(state, self.states)

    def _accept(self, policy: Policy) -> None:
        """Take anchors from the shots that this round has settled, in film order."""
        if self._anchors is None:
            return
        for state in self.states:
            if not self._anchors.untried(state) or not policy.settled(state):
                continue
            if state.takes and state.passing:
                self._anchors.accept(state, self.judging(state, choose(state).take), look=self._looks)
            else:
                self._anchors.pass_over(state)

    def remember_anchors(self) -> None:
        """Keep which anchors the film has, for the next run to say what moved."""
        if self._anchors is not None:
            self._anchors.remember(self.plan.project.path.name)

    @property
    def anchors(self) -> dict[Name, Anchor]:
        """The anchors that the film has by now, by name and look or state."""
        return self._anchors.found if self._anchors is not None else {}

    def vectors(self, state: ShotState, attempt: Attempt) -> "Mapping[str, np.ndarray]":
        """What everybody in a take looks like: name → vector of length 1. Kept, and looked at once."""
        from director.checks.vectors import vectors_of, version
        from director.vector_file import load_vectors, rounded, save_vectors

        job = self.judging(state, attempt.take)
        if job.rehearsed is None:
            return {}
        told = {"take": attempt.take.key, "as": expectation_key(job.rehearsed), "version": version()}
        path = self.store.cache / "vectors" / f"{digest('vectors', told)}.npz"
        if (kept := load_vectors(path)) is None:
            kept = rounded(vectors_of(showing_of(job)))
            save_vectors(path, kept)
        return kept

    def _begin(self) -> None:
        """Every shot with no attempt yet, and with what a person decided of it."""
        decisions = self.decisions
        self.states = [
            ShotState(planned, wishes=decisions.rerolls.get(planned.shot.fingerprint, ()))
            for planned in self.plan.shots
        ]
        self._by_id = {state.planned.shot.id: state for state in self.states}
        for shot, take in circled_takes(self.states, decisions, self.store).items():
            state = self._by_id[shot]
            text = self.store.last_verdicts(take.key)
            verdicts = read_verdicts(text) if text is not None else (self._judged([(state, take)])[0] or ())
            state.circled = take.key
            state.picked = self._attempt(state, take.attempt, take, verdicts)

    def _stall(self, order: Order) -> None:
        """No further take of a shot: it may not be shot now."""
        state = order.state
        state.closed = True
        # A person's pick ends the search: what was never shot then is not missing.
        state.stalled = state.circle is None or order.asked

    def _enter(self, order: Order, take: Take, verdicts: tuple[Verdict, ...]) -> None:
        state = order.state
        attempt = self._attempt(state, order.number, take, verdicts, order)
        state.attempts.append(attempt)
        if state.picked is not None and state.picked.take.key == take.key:
            state.picked = None
        if state.planned.shot.id in self._may:
            self.listener.judged(state.planned.shot.id, order.number, attempt.binding)

    def _attempt(
        self, state: ShotState, number: int, take: Take, verdicts: tuple[Verdict, ...], order: Order | None = None
    ) -> Attempt:
        """A take as an attempt: with the stretch of it that would be cut, and what a person said of it."""
        rejected = self.decisions.rejected.get(take.key)
        if rejected is not None:
            verdicts = (*verdicts, _rejection(rejected))
        return Attempt(
            number=number,
            take=take,
            verdicts=verdicts,
            window=best_window(self._room(state, take), verdicts),
            draft=is_draft(take),
            asked=order.asked if order is not None else False,
            skipped=order.skipped if order is not None else (),
        )

    def _room(self, state: ShotState, take: Take) -> Room:
        if self._rooms is None:
            requests = {planned.shot.id: planned.request for planned in self.plan.shots}
            self._rooms = rooms([planned.shot for planned in self.plan.shots], requests)
        room = self._rooms.get(state.planned.shot.id)
        if room is None or room.home != take.head:  # shot with other handles, or a variant: it stays where it is
            home, frames = take.head, state.planned.request.frames_of_shot
            return Room(home=home, first=home, last=home, frames=frames)
        return room

    @property
    def decisions(self) -> Decisions:
        """What a person decided, as it stood when this crew was first asked."""
        if self._decisions is None:
            self._decisions = decided(self.store)
        return self._decisions

    def seen(self, planned: PlannedShot) -> tuple[Seen, ...]:
        """Who and what is seen in a shot, with the references that there are by now."""
        everything = everybody(planned)
        return self._anchors.seen(everything) if self._anchors is not None else everything

    def anchors_of(self, planned: PlannedShot) -> tuple[Anchor, ...]:
        """The anchors that there are by now of who and what is seen in a shot."""
        return self._anchors.of(everybody(planned)) if self._anchors is not None else ()

    def _with_parents(self, asked: set[str]) -> set[str]:
        """Add the shots that these grow from."""
        ids = set(asked)
        if self.needs_parent:
            for planned in reversed(self.plan.shots):
                if planned.shot.id in ids and planned.shot.continues:
                    ids.add(planned.shot.continues)
        return ids

    # Jobs and takes.

    def _job(self, order: Order) -> Job | None:
        """The job of an order, or None where what it grows from is not there."""
        parent = self._by_id.get(order.state.planned.shot.continues or "") if self.needs_parent else None
        if parent is not None and (not parent.takes or parent.stalled):
            return None
        return self.job(order.state, order.number, order.seed, order.changes)

    def job(self, state: ShotState, attempt: int, seed: int | None = None, changes: Sequence[Change] = ()) -> Job:
        """The job of a shot's attempt; ``seed`` wins over the attempt's own."""
        planned, plan = state.planned, self.plan
        if seed is None:
            seed = attempt_seed(plan.project.film.seed, planned.shot.fingerprint, attempt)
        resolved: dict[str, str] = {}
        parent: tuple[Path, ...] = ()
        before = self._by_id.get(planned.shot.continues or "") if self.needs_parent else None
        if before is not None and before.takes:
            before.fixed = before.fixed or choose(before)
            grown_from = choose(before).take
            resolved["parent"] = grown_from.segments[-1].sha256
            parent = self.store.files(grown_from)
        request = planned.request
        anchors = self.anchors_of(planned)
        resolved |= {f"anchor {anchor.of}": anchor.sha256 for anchor in anchors}
        if changes or anchors:
            request = changed_request(plan, planned, changes, self.seen(planned))
            resolved["request"] = digest("request", recipe_inputs(plan.generator, request, None))
        keyframe: tuple[Path, int] | None = None
        for change in changes:
            if isinstance(change, Keyframe) and (still := self.store.find(change.take)) is not None:
                keyframe = (self.store.files(still)[0], change.frame)
                resolved["keyframe"] = still.segments[0].sha256
        kept: tuple[KeptPiece, ...] = ()
        for change in changes:
            if isinstance(change, Keep) and (whole := self.store.find(change.take)) is not None:
                files, pieces = self.store.files(whole), whole.segments[: change.pieces]
                kept = tuple(KeptPiece(path=file, segment=piece) for file, piece in zip(files, pieces, strict=False))
                resolved["kept"] = digest("kept", [piece.sha256 for piece in pieces])
        written_changes = changes_of(changes)
        key = take_key(planned.recipe, seed, written_changes, resolved)
        return Job(
            key=key,
            recipe=planned.recipe,
            shot=planned.shot.id,
            fingerprint=planned.shot.fingerprint,
            attempt=attempt,
            seed=seed,
            changes=written_changes,
            resolved=resolved,
            generator=plan.generator.name,
            version=plan.generator.version,
            params=plan.project.film.generator.params,
            request=request.model_copy(update={"seed": seed}),
            inputs=planned.inputs,
            folder=self.store.take_folder(key),
            lock=self.store.locks / f"{key}.lock",
            parent=parent,
            home=plan.project.folder,
            keyframe=keyframe,
            kept=kept,
        )

    def _takes(self, ordered: Sequence[tuple[Order, Job]]) -> dict[str, Take]:
        """The takes of these jobs: those that stand, and those that the farm makes where it may."""
        takes: dict[str, Take] = {}
        missing: dict[str, Job] = {}
        known = self.store.has(job.key for _, job in ordered)
        late: list[Take] = []
        for order, job in ordered:
            mine = job.shot in self._may
            if (take := self.store.find(job.key)) is not None:
                takes[job.key] = take
                if mine:
                    early = self._early.made(job.key)
                    self.made += early
                    self.reused += not early
                    if job.key not in known:  # finished by a run that was killed before it could enter it
                        late.append(take)
                    self.listener.taken(job.shot, job.attempt, not early, take.seconds if early else 0.0)
            elif mine and (order.asked or order.state.circle is None) and job.key not in missing:
                missing[job.key] = job
                if order.changes or order.skipped:
                    self.listener.changing(job.shot, job.attempt, _said(order.changes), order.skipped)
                self.listener.shooting(job.shot, job.attempt, job.request.frames)
        if late:
            self.store.index(late)

        def progress(key: str, done: int, worker: int) -> None:
            job = missing[key]
            self.listener.progress(job.shot, job.attempt, done, worker)

        if missing:
            self._early.foresee([order for order, job in ordered if job.key in missing], missing)
            for job, take in self.farm.shoot_all(list(missing.values()), progress):
                self.store.index([take])
                takes[job.key] = take
                self.made += 1
                self.listener.taken(job.shot, job.attempt, False, take.seconds)
        return takes

    # Verdicts.

    def judging(self, state: ShotState, take: Take) -> Judging:
        """All that the checks are told about a take of a shot."""
        planned = state.planned
        before = self._by_id.get(planned.shot.continues or "")
        last = choose(before).take if before is not None and before.takes else None
        return Judging(
            take=take,
            files=self.store.files(take),
            rehearsed=self._rehearsed(planned, take) if self.capabilities.compared else None,
            rehearsals=self.store.cache / "expected",
            before=self.store.files(last)[-1] if last is not None else None,
            before_sha=last.segments[-1].sha256 if last is not None else "",
            anchors=tuple(self._anchors.picture(one) for one in self.anchors_of(planned)) if self._anchors else (),
            limits=self._limits if self.capabilities.compared else {},
            settings=self._settings,
            folder=self.plan.project.folder,
        )

    @functools.cached_property
    def _limits(self) -> dict[str, Limit]:
        """The film's own limits, as they stand now."""
        return film_limits(self.store)

    @functools.cached_property
    def _settings(self) -> dict[str, Any]:
        """What film.yaml says to the checks."""
        checks = self.plan.project.film.checks
        told: dict[str, Any] = {"skip": sorted(checks.skip)} if checks.skip else {}
        if self.capabilities.compared:
            for which, eye in (
                ("likeness", checks.likeness),
                ("words", checks.words),
                ("detector", checks.detector),
            ):
                if eye is not None:
                    told[which] = {"name": eye.name, "params": eye.params}
        if checks.also:
            told["also"] = [{"name": each.name, "params": each.params} for each in checks.also]
        return told | self._eyes(told)

    def _eyes(self, told: dict[str, Any]) -> dict[str, str]:
        """What the embedders and the detector are by their weights: other weights see otherwise."""
        from director.checks.eyes import eye_of, finder_of

        folder = self.plan.project.folder
        eyes = {which: eye_of(told, which, folder) for which in ("likeness", "words")}
        eyes |= {"detector": finder_of(told, folder)}
        return {f"{which} is": eye.identity for which, eye in eyes.items() if eye is not None}

    def _rehearsed(self, planned: PlannedShot, take: Take) -> Request:
        """The shot as it is planned, with every reference of who and what is in it; a draft's at its size.

        What the generator can take of them bears on what it shoots, not on what its takes are held against.
        """
        request = self.plan.expected(planned)
        references = tuple(each for seen in everybody(planned) for each in seen.references)
        request = request.model_copy(update={"references": references})
        if is_draft(take):
            sides = {name: drafted(getattr(request, name), self.capabilities) for name in ("width", "height")}
            request = request.model_copy(update=sides)
        return request

    def judge(self, takes: Sequence[tuple[ShotState, Take]]) -> list[tuple[Verdict, ...]]:
        """What every check says of each take; what was said once, of the same take by the same eyes, is kept."""
        self._may |= {state.planned.shot.id for state, _ in takes}
        return [verdicts or () for verdicts in self._judged(takes)]

    def _judged(self, takes: Sequence[tuple[ShotState, Take]]) -> list[tuple[Verdict, ...] | None]:
        """The verdicts on each take; None where it was not judged and its shot is not to be worked on now."""
        jobs = [(self.judging(state, take), state.planned.shot.id in self._may) for state, take in takes]
        return judged(self.store, self.farm, jobs)


def is_draft(take: Take) -> bool:
    """Whether a take is a cheap look at another, and is never cut."""
    return any('"draft"' in text and isinstance(read(text), Draft) for text in take.changes)


def _said(changes: Iterable[Change]) -> tuple[str, ...]:
    return tuple(change.words for change in changes)


def _rejection(why: str) -> Verdict:
    return Verdict(check="person", version="1", ruling=Ruling.FAIL, score=1.0, limit=0.0, words=why or "rejected")
