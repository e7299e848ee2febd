"""Which takes a person has circled, as far as they are takes of the film as it stands."""

from collections.abc import Sequence

from director.attempts import ShotState
from director.decisions import Decisions
from director.takes import Store, Take


def circled_takes(states: Sequence[ShotState], decisions: Decisions, store: Store) -> dict[str, Take]:
    """Shot id → the take that is fixed for it; a take of the shot as it was before is none of its takes now.

    Who picks a take that continues another shot has picked that one's take with it; a later pick there wins.
    """
    by_id = {state.planned.shot.id: state for state in states}
    found: dict[str, Take] = {}
    for state in states:
        key = decisions.picks.get(state.planned.shot.fingerprint)
        take = store.find(key) if key is not None else None
        if take is not None and take.recipe == state.planned.recipe:
            found[state.planned.shot.id] = take
    order = {fingerprint: place for place, fingerprint in enumerate(decisions.picks)}
    for state in reversed(states):
        shot = state.planned.shot
        child, parent = found.get(shot.id), by_id.get(shot.continues or "")
        if child is None or parent is None or "parent" not in child.resolved:
            continue
        theirs = parent.planned.shot.fingerprint
        own = (take for take in store.all_takes(theirs) if take.recipe == parent.planned.recipe)
        grown_from = next((take for take in own if take.segments[-1].sha256 == child.resolved["parent"]), None)
        rival = found.get(parent.planned.shot.id)
        later = order.get(theirs, -1) > order.get(shot.fingerprint, len(order))
        if grown_from is None or (later and rival is not None and rival.key != grown_from.key):
            del found[shot.id]
        else:
            found[parent.planned.shot.id] = grown_from
    return found
