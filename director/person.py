"""What a person says of takes: this one, not that one, once more."""

import re
from typing import Any

from director.choose import choose
from director.decisions import Decision, decide, now
from director.plan import Plan
from director.planned import PlannedShot
from director.status import crew_of, found, states_of
from director.takes import Store, Take
from storyboard.errors import InputError, Problem

_KEY = re.compile(r"[0-9a-f]{6,64}")


def pick_take(plan: Plan, shot_id: str, written: str) -> dict[str, Any]:
    """Fix a take of a shot: the film is cut with it, whatever the checks say. Raises InputError."""
    planned, take, store = _named(plan, shot_id, written)
    decide(store, Decision(kind="pick", fingerprint=planned.shot.fingerprint, take=take.key, made=now()))
    _look_again(plan)
    return {"shot": planned.shot.id, "picked": take.key, "take": take.attempt + 1}


def reject_take(plan: Plan, shot_id: str, written: str, why: str) -> dict[str, Any]:
    """Reject a take of a shot: it is cut only where there is no other. Raises InputError."""
    planned, take, store = _named(plan, shot_id, written)
    one_line = " ".join(why.split())
    decision = Decision(kind="reject", fingerprint=planned.shot.fingerprint, take=take.key, why=one_line, made=now())
    decide(store, decision)
    _look_again(plan)
    return {"shot": planned.shot.id, "rejected": take.key, "take": take.attempt + 1, "why": one_line}


def _look_again(plan: Plan) -> None:
    """Move the limits, and find the anchors, that follow from a decision: the next question is answered with them."""
    from director.calibrate import calibrate

    if plan.generator.capabilities().compared:
        calibrate(plan, Store(plan.project.folder), references=False)
    crew_of(plan).review(look=True)


def ask_reroll(plan: Plan, shot_id: str, *, seed: int | None = None, say: str = "") -> str:
    """Ask for another take of a shot, beyond what the policy shoots; returns the shot's id. Raises InputError."""
    planned = found(plan, shot_id)
    if seed is not None and not 0 <= seed < 2**31:
        raise InputError(Problem(what=f"--seed {seed} is not a seed.", todo="Use a whole number from 0 to 2147483647."))
    crew, states = states_of(plan)
    state = next(each for each in states if each.planned is planned)
    decision = Decision(
        kind="reroll",
        fingerprint=planned.shot.fingerprint,
        seed=seed,
        say=" ".join(say.split()),
        after=state.next_number,
        made=now(),
    )
    decide(crew.store, decision)
    return planned.shot.id


def used_after(plan: Plan, shot_id: str) -> dict[str, Any]:
    """A shot's newest take, and whether it is the one that is cut."""
    planned = found(plan, shot_id)
    _, states = states_of(plan)
    state = next(each for each in states if each.planned is planned)
    if not state.attempts:
        return {"shot": planned.shot.id, "take": None, "key": None, "used": False, "passes": False}
    last = state.attempts[-1]
    return {
        "shot": planned.shot.id,
        "take": last.number + 1,
        "key": last.take.key,
        "used": choose(state).take.key == last.take.key,
        "passes": not last.failing,
    }


def _named(plan: Plan, shot_id: str, written: str) -> tuple[PlannedShot, Take, Store]:
    """The take that a person means by its number, or by the first digits of its key."""
    planned = found(plan, shot_id)
    crew, states = states_of(plan)
    state = next(each for each in states if each.planned is planned)
    written = written.strip().lower()
    takes = crew.store.all_takes(planned.shot.fingerprint)
    now_wanted = [take for take in takes if take.recipe == planned.recipe]
    if written.isdecimal() and len(written) < 6:
        own = [attempt.take for attempt in state.takes if attempt.number + 1 == int(written)]
        matching = own[:1] or [take for take in now_wanted if take.attempt + 1 == int(written)]
    elif _KEY.fullmatch(written):
        matching = [take for take in takes if take.key.startswith(written)]
    else:
        what = f"“{written}” names no take."
        raise InputError(Problem(what=what, todo="Say its number, or six digits of its key: direct takes FILM SHOT."))
    if len(matching) != 1:
        numbers = {take.attempt + 1 for take in now_wanted} | {attempt.number + 1 for attempt in state.takes}
        raise InputError(_which(planned, sorted(numbers), written, matching))
    take = matching[0]
    if take.recipe != planned.recipe:
        what = f"take {take.key[:12]} of shot {planned.shot.id} was shot for an earlier version of the film."
        raise InputError(Problem(what=what, todo=f"“direct why” says what changed in shot {planned.shot.id}."))
    if any('"draft"' in change for change in take.changes):
        what = f"take {take.key[:12]} of shot {planned.shot.id} is a draft: it has fewer pixels than the film."
        raise InputError(Problem(what=what, todo="Name the take that was shot after it."))
    return planned, take, crew.store


def _which(planned: PlannedShot, numbers: list[int], written: str, matching: list[Take]) -> Problem:
    if matching:
        what = f"shot {planned.shot.id} has {len(matching)} takes “{written}”."
        return Problem(what=what, todo="Say more of the key: " + ", ".join(take.key[:12] for take in matching) + ".")
    has = ", ".join(str(number) for number in numbers)
    what = f"shot {planned.shot.id} has no take “{written}”."
    return Problem(what=what, todo=f"It has: {has}." if has else "Make it first: direct FILM.")
