"""What a film asks for and its generator cannot honour: refused, or said, but never lost in silence."""

from collections.abc import Sequence

from director.film import LOSSES
from director.planned import PlannedShot
from render.fit import longest_clip
from render.generators.base import Capabilities, Generator
from storyboard.errors import Level, Problem
from storyboard.yaml_file import YamlFile

RULE = "generator-"
"""How the rules of these problems begin; a word of ``allow`` follows."""

_FEW = 6  # shots that are named


def losses(generator: Generator, shots: Sequence[PlannedShot], allowed: Sequence[str], doc: YamlFile) -> list[Problem]:
    """A problem for each thing that is lost: an error, or a warning where film.yaml allows it.

    A generator that reads no prompt draws from the bible itself: nothing is lost on its way.
    """
    if "prompt" not in generator.reads:
        return []
    can = generator.capabilities()
    found = [*_seed(can), *_references(can, shots), *_never(can, generator, shots), *_linked(can, generator, shots)]
    return [_problem(generator.name, *each, allowed, doc) for each in found]


def _problem(name: str, word: str, what: str, todo: str, allowed: Sequence[str], doc: YamlFile) -> Problem:
    assert word in LOSSES
    told = doc.problem(f"the generator {name} {what}", "", "generator")
    if word in allowed:
        return told.model_copy(update={"level": Level.WARNING, "rule": RULE + word})
    todo = f"{todo}, or accept that: generator: {{name: {name}, …, allow: [{word}]}}."
    return told.model_copy(update={"todo": todo, "rule": RULE + word})


def _seed(can: Capabilities) -> list[tuple[str, str, str]]:
    if can.seed:
        return []
    what = "takes no seed: no take of it can be made again, and a reroll is chance."
    return [("seed", what, "Shoot with a generator that takes one")]


def _references(can: Capabilities, shots: Sequence[PlannedShot]) -> list[tuple[str, str, str]]:
    """Who and what has reference images, and none of them is among those that a shot is shot with."""
    without: dict[tuple[str, ...], list[str]] = {}
    for planned in shots:
        seen = (*planned.appearance.cast, *planned.appearance.props, planned.appearance.place)
        given = {reference.of for reference in planned.request.references}
        if left := tuple(each.name for each in seen if each.references and each.name not in given):
            without.setdefault(left, []).append(planned.shot.id)
    takes = {0: "takes no reference image", 1: "takes one reference image"}.get(can.max_references)
    takes = takes or f"takes {can.max_references} reference images"
    todo = "Use one that takes more, or take references out of the bible"
    return [
        ("references", f"{takes}: {_listed(left)} would be shot without any in {shots_named(ids)}.", todo)
        for left, ids in without.items()
    ]


def _never(can: Capabilities, generator: Generator, shots: Sequence[PlannedShot]) -> list[tuple[str, str, str]]:
    if can.negative and "negative" in generator.reads:
        return []
    ids = [planned.shot.id for planned in shots if planned.prompt.negative]
    if not ids:
        return []
    what = f"reads no negative prompt: what the bible says must never be seen is not told to it in {shots_named(ids)}."
    return [("negative", what, "Use one that reads it")]


def _linked(can: Capabilities, generator: Generator, shots: Sequence[PlannedShot]) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []
    if can.first_frame and "parent" in generator.reads:
        return found
    if ids := [planned.shot.id for planned in shots if planned.shot.continues]:
        what = f"cannot begin with a given frame: {shots_named(ids)} will not go on where the shot before ends."
        found.append(("continues", what, "Use one that can"))
    longest = longest_clip(can)
    if not can.first_frame and longest is not None:
        ids = [planned.shot.id for planned in shots if planned.request.frames > longest]
        if ids:
            which = shots_named(ids)
            what = f"makes clips of {longest} frames at most and cannot go on from a frame: {which} would jump."
            found.append(("length", what, "Make them shorter"))
    return found


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def shots_named(ids: Sequence[str]) -> str:
    """Shots by their ids, the first few of them."""
    named = ", ".join(ids[:_FEW]) + (f" and {len(ids) - _FEW} more" if len(ids) > _FEW else "")
    return f"shot{'s' if len(ids) > 1 else ''} {named}"
