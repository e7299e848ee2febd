"""What a run planned, kept so that the next one can say what changed."""

from typing import Any

from director.plan import Plan
from director.planned import PlannedShot
from director.reasons import Change, changes_between
from director.takes import Store
from storyboard.hashing import canonical_json
from storyboard.screenplay import Action, Scene, Speech, Transition


def scene_lines(scene: Scene) -> list[tuple[int, str]]:
    """A scene's beats as (line, text), in order: what coverage is made from."""
    lines: list[tuple[int, str]] = [(scene.line, scene.heading.text)]
    for beat in scene.beats:
        if isinstance(beat, Speech):
            lines.append((beat.line, f"{beat.character}: {beat.spoken}"))
        elif isinstance(beat, Action | Transition):
            lines.append((beat.line, beat.text))
        else:
            lines.append((beat.line, f"[[shot: {beat.text}]]"))
    return lines


def row_of(plan: Plan, planned: PlannedShot) -> dict[str, Any]:
    """One shot as it is kept: its recipe with what went into it, and the words it was planned from."""
    shot = planned.shot
    scene = plan.project.screenplay.scenes[shot.scene_index]
    return {
        "id": shot.id,
        "fingerprint": shot.fingerprint,
        "origin": shot.origin.value,
        "heading": scene.heading.text,
        "line": shot.line,
        "text": shot.text,
        "beats": [beat.text for beat in shot.beats],
        "recipe": planned.recipe,
        "seed": plan.project.film.seed,
        "generator": plan.generator.name,
        "version": plan.generator.version,
        "voice": plan.project.film.voice,
        "coverage": plan.project.film.coverage,
        "inputs": planned.inputs,
        "scene": [text for _, text in scene_lines(scene)],
    }


def match_rows(plan: Plan, kept: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """For each shot id of the plan, the kept row that it comes from, where there is one.

    By fingerprint first; what is left by the place under the same heading, then by the written id.
    """
    by_print = {row["fingerprint"]: row for row in kept}
    matched: dict[str, dict[str, Any]] = {}
    for planned in plan.shots:
        if (row := by_print.pop(planned.shot.fingerprint, None)) is not None:
            matched[planned.shot.id] = row
    left = list(by_print.values())
    for planned in plan.shots:
        shot = planned.shot
        if shot.id in matched:
            continue
        heading = plan.project.screenplay.scenes[shot.scene_index].heading.text
        slate = shot.id.removeprefix(shot.scene)
        for row in left:
            same_place = row["heading"] == heading and row["id"].lstrip("0123456789") == slate.lstrip("0123456789")
            if same_place or row["id"] == shot.id:
                matched[shot.id] = row
                left.remove(row)
                break
    return matched


def pending_changes(plan: Plan, store: Store) -> dict[str, list[Change]]:
    """For each shot, why its recipe is not the one of the last run; an empty list: nothing changed."""
    kept = store.last_plan(plan.project.path.name)
    matched = match_rows(plan, kept)
    return {
        planned.shot.id: changes_between(matched.get(planned.shot.id), row_of(plan, planned)) for planned in plan.shots
    }


def save_snapshot(plan: Plan, store: Store) -> None:
    """Keep the plan, and for every shot that changed, why; a shot that did not keeps the reason it had."""
    film = plan.project.path.name
    kept = store.last_plan(film)
    matched = match_rows(plan, kept)
    rows: list[tuple[str, str]] = []
    for planned in plan.shots:
        row = row_of(plan, planned)
        before = matched.get(planned.shot.id)
        changes = changes_between(before, row)
        if changes or before is None:
            row["because"] = [change.model_dump(mode="json") for change in changes]
        else:
            row["because"] = before.get("because", [])
        rows.append((planned.shot.fingerprint, canonical_json(row)))
    if [text for _, text in rows] != [canonical_json(row) for row in kept]:
        store.save_plan(film, rows)
