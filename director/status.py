"""What is made, what is open and why: read-only answers about a film, and the collection of garbage."""

from typing import Any

from director.anchors import Anchor, remembered
from director.attempts import Attempt, ShotState
from director.changes import change_words
from director.checks.base import Ruling, Verdict
from director.choose import choose
from director.crew import Crew, is_draft, read_verdicts
from director.farm import InlineFarm
from director.listener import Listener
from director.plan import Plan
from director.planned import PlannedShot
from director.reasons import Change, Reason
from director.snapshot import match_rows, pending_changes
from director.takes import Store, Take
from director.together import choose_together
from storyboard.errors import InputError, Problem
from storyboard.yaml_file import did_you_mean


def crew_of(plan: Plan) -> Crew:
    """Who looks up what stands: nothing is shot in another process for an answer."""
    return Crew(plan, Store(plan.project.folder), InlineFarm(), Listener())


def states_of(plan: Plan) -> tuple[Crew, list[ShotState]]:
    """Every shot with the attempts that stand, in film order."""
    crew = crew_of(plan)
    states = crew.review()
    if all(state.takes for state in states):
        choose_together(plan, crew.store, states, None)
    return crew, states


def status_of(plan: Plan) -> dict[str, Any]:
    """Where each shot stands: made, failing or open, how many takes it has, and why it is open."""
    crew, states = states_of(plan)
    pending = pending_changes(plan, crew.store)
    rows = []
    for state in states:
        shot = state.planned.shot
        circled = state.circle
        if state.passing:
            word, why = "made", f"take {circled.number + 1} picked" if circled is not None else ""
        elif state.takes and not state.stalled:
            word, why = "failing", _worst(state)
        else:
            word = "open"
            moved = [change for change, since in moved_anchors(plan, crew, state) if since]
            why = "; ".join(f"{change.reason.value}: {change.words}" for change in [*pending[shot.id], *moved][:2])
        rows.append({"id": shot.id, "state": word, "takes": len(_all_attempts(state)), "why": why})
    done = sum(row["state"] != "open" for row in rows)
    last = crew.store.last_run(plan.project.path.name)
    when = f"; last cut {last['date'][:19]} UTC: {last['film']}" if last else ""
    return {"title": plan.project.title, "shots": rows, "summary": f"{done} of {len(rows)} shots made{when}"}


def _all_attempts(state: ShotState) -> list[Attempt]:
    return [*state.attempts, *([state.picked] if state.picked is not None else [])]


def _worst(state: ShotState) -> str:
    return failing_words(choose(state))


def failing_words(attempt: Attempt) -> str:
    """What rejects a take, in words."""
    return "; ".join(f"{v.check}: {v.words}" for v in attempt.failing)


def takes_told(state: ShotState) -> list[dict[str, Any]]:
    """A shot's attempts in order: what each changed, what was skipped, what was said of it, and which is used."""
    used = choose(state).take.key if state.takes else None
    return [
        {
            "take": attempt.number + 1,
            "key": attempt.take.key,
            "seed": attempt.take.seed,
            "draft": attempt.draft,
            "asked": attempt.asked,
            "changes": change_words(attempt.take.changes),
            "skipped": list(attempt.skipped),
            "ruling": attempt.ruling.value,
            "because": failing_words(attempt),
            "picked": attempt.take.key == state.circled,
            "used": attempt.take.key == used,
            "first": attempt.window.first if attempt.window is not None else attempt.take.head,
        }
        for attempt in _all_attempts(state)
    ]


def found(plan: Plan, shot_id: str) -> PlannedShot:
    """The shot of this id. Raises InputError with the nearest ids."""
    planned = plan.find(shot_id)
    if planned is None:
        ids = [each.shot.id for each in plan.shots]
        todo = did_you_mean(shot_id.upper(), ids)
        raise InputError(Problem(what=f"there is no shot “{shot_id}” in this film.", todo=todo))
    return planned


def why_of(plan: Plan, shot_id: str) -> dict[str, Any]:
    """Why a shot would be shot again now, or why it was when it was shot last."""
    planned = found(plan, shot_id)
    crew, states = states_of(plan)
    state = next(each for each in states if each.planned is planned)
    kept = crew.store.last_plan(plan.project.path.name)
    changes = pending_changes(plan, crew.store)[planned.shot.id] if kept else []
    moved = moved_anchors(plan, crew, state) if kept else []
    made = bool(state.takes) and not state.stalled
    changes += [] if made else [change for change, now in moved if now]
    if made:
        because = [*_recorded(plan, planned, kept), *(change for change, _ in moved)]
        words = "made; it was shot because" if because else "made, and nothing changed since"
        if not state.passing:
            words = f"failing: {_worst(state)}"
        if changes:  # its take stands from an earlier version of the film
            words = "made: a take of just this recipe stands already"
            because = changes
    elif changes:
        words, because = "would be shot again, because", changes
    elif not kept:
        words, because = "would be shot: the film was never made", []
    else:
        words, because = (
            "would be shot: no take of this recipe stands (a run was stopped, or takes were removed)",
            [],
        )
    return {
        "shot": planned.shot.id,
        "state": words,
        "because": [{"reason": change.reason.value, "words": change.words} for change in because],
        "recipe": planned.recipe,
        "takes": takes_told(state),
        "anchors": [anchor.model_dump(mode="json") | {"words": anchor.words} for anchor in _held_to(crew, state)],
    }


def _held_to(crew: Crew, state: ShotState) -> list[Anchor]:
    """The anchors that a shot's take was shot with, or that its next one would be."""
    anchors = [one for one in crew.anchors_of(state.planned) if one.fingerprint != state.planned.shot.fingerprint]
    if not state.takes or state.stalled:
        return anchors
    resolved = choose(state).take.resolved
    return [one for one in anchors if resolved.get(f"anchor {one.of}") == one.sha256]


def moved_anchors(plan: Plan, crew: Crew, state: ShotState) -> list[tuple[Change, bool]]:
    """The anchors of a shot that have moved, and whether since the last run or in it."""
    found: list[tuple[Change, bool]] = []
    kept = remembered(crew.store, plan.project.path.name)
    for anchor in _held_to(crew, state):
        now, before = kept.get((anchor.of, anchor.variant), (None, None))
        since = now is not None and now.sha256 != anchor.sha256
        earlier = now if since else before
        if earlier is not None:
            words = f"{anchor.of} is held to {anchor.words}; it was to {earlier.words}"
            found.append((Change(reason=Reason.ANCHOR, words=words), since))
    return found


def _recorded(plan: Plan, planned: PlannedShot, kept: list[dict[str, Any]]) -> list[Change]:
    row = match_rows(plan, kept).get(planned.shot.id)
    return [Change.model_validate(change) for change in (row or {}).get("because", [])]


def takes_of(plan: Plan, shot_id: str | None) -> list[dict[str, Any]]:
    """Every take that stands for the film's shots, the used ones marked, then takes of earlier versions."""
    wanted = found(plan, shot_id) if shot_id is not None else None
    crew, states = states_of(plan)
    used = {choose(state).take.key for state in states if state.takes}
    picked = {state.circled for state in states if state.circled}
    by_print = {planned.shot.fingerprint: planned.shot.id for planned in plan.shots}
    rows = []
    for take in crew.store.all_takes(wanted.shot.fingerprint if wanted else None):
        if take.fingerprint not in by_print:
            continue
        verdicts = _verdicts(crew.store, take)
        said = [f"{v.check}: {v.words}" for v in verdicts if v.ruling is Ruling.FAIL and not v.advisory]
        if (rejected := crew.decisions.rejected.get(take.key)) is not None:
            said.insert(0, f"rejected by a person: {rejected or 'no reason given'}")
        rows.append(
            {
                "shot": by_print[take.fingerprint],
                "attempt": take.attempt + 1,
                "seed": take.seed,
                "key": take.key,
                "frames": take.frames,
                "made": take.made,
                "used": take.key in used,
                "picked": take.key in picked,
                "draft": is_draft(take),
                "changes": change_words(take.changes),
                "verdict": "; ".join(said) or ("pass" if verdicts else "unjudged"),
                "files": [str(path) for path in crew.store.files(take)],
            }
        )
    order = {planned.shot.id: place for place, planned in enumerate(plan.shots)}
    return sorted(rows, key=lambda row: (order[row["shot"]], row["attempt"], row["made"]))


def _verdicts(store: Store, take: Take) -> list[Verdict]:
    text = store.last_verdicts(take.key)
    return list(read_verdicts(text)) if text is not None else []


def collect_garbage(plan: Plan, *, delete: bool) -> dict[str, int]:
    """Takes that no attempt of the film as it stands would use, and folders that no sidecar vouches for.

    A take is kept if any shot of the film could ask for it: by its recipe, whatever its seed.
    """
    store = Store(plan.project.folder)
    if not store.exists:
        return {"takes": 0, "leavings": 0, "bytes": 0}
    recipes = {planned.recipe for planned in plan.shots}
    unused = [take for take in [*store.all_takes(), *store.made_early()] if take.recipe not in recipes]
    size = sum(segment.bytes for take in unused for segment in take.segments)
    leavings = store.leavings()
    if delete:
        for take in unused:
            store.forget(take.key)
        store.sweep()
    return {"takes": len(unused), "leavings": len(leavings), "bytes": size}
