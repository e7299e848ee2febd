"""What the bible says and the previz cannot draw: a note for each, with its line."""

from collections.abc import Iterable, Mapping

from characters.continuity import Appearance
from characters.seen import Kind, Seen
from director.project import Project
from storyboard.errors import Level, Problem
from storyboard.shot import Shot
from storyboard.yaml_file import Key, YamlFile

_GROUP = {Kind.CHARACTER: "characters", Kind.PROP: "props", Kind.PLACE: "places"}


def undrawn_notes(project: Project, shots: tuple[Shot, ...], seen: Mapping[str, Appearance]) -> list[Problem]:
    """A note for each fact of the bible in the film, ``seen`` by shot, that the previz shows nowhere."""
    doc, keys = project.bible_place
    found: dict[tuple[str, str, str], Problem] = {}
    for each, part, words, instead, todo in _undrawn(shots, seen):
        if (each.name, part, words) not in found:
            what = f"the previz cannot draw “{words}”, which {_says(each, part)}: {instead}."
            at = _key(doc, keys, each, part)
            found[each.name, part, words] = doc.problem(what, todo, *at, level=Level.NOTE, rule="undrawn")
    return list(found.values())


_PLAINER = "Say it with a plainer word, or take it for what only another generator shows."
_KIND = "Name the kind of thing or place with a plainer word, or take the plain one for what only the previz shows."
_STATE = "Lock in that state what looks different, or take it for what only another generator shows."


def _undrawn(shots: tuple[Shot, ...], seen: Mapping[str, Appearance]) -> Iterable[tuple[Seen, str, str, str, str]]:
    """Who or what, which part of it, the words, what is drawn instead, and what to do."""
    from render.previz.figures.undrawn import undrawn
    from render.previz.told import telling

    for each in _all(appearance.cast for appearance in seen.values()):
        for part, words in undrawn(each):
            rest = [word for word in telling(dict(each.locked)[part]) if word not in words.lower().split()]
            instead = f"“{' '.join(rest)}” is drawn" if rest else "the figure is drawn as if they were not there"
            yield each, part, words, instead, _PLAINER
    if props := [each for each in _all(a.props for a in seen.values()) if not each.invented]:
        from render.previz.figures.things.undrawn import same_in_state, undrawn_prop

        for index, each in enumerate(props):
            for part, words, instead in undrawn_prop(each):
                yield each, part, words, instead, _PLAINER if part else _KIND
            others = (other for other in props[:index] if other.name == each.name)
            if each.state and (same := next((other for other in others if same_in_state(each, other)), None)):
                yield each, "state", each.state, f"it is drawn as {_stated(same)}", _STATE
    places: dict[Seen, list] = {}
    for shot in shots:
        if not (place := seen[shot.id].place).invented:
            places.setdefault(place, []).append(shot.interior)
    if places:
        from render.previz.sets.undrawn import undrawn_place

        for index, (each, interiors) in enumerate(places.items()):
            for part, words, instead in undrawn_place(each, interiors):
                yield each, part, words, instead, _PLAINER if part else _KIND
            others = (other for other in list(places)[:index] if other.name == each.name)
            alike = (other for other in others if (other.locked, other.descriptor) == (each.locked, each.descriptor))
            if each.state and (same := next(alike, None)):
                yield each, "state", each.state, f"it is drawn as {_stated(same)}", _STATE


def _stated(seen: Seen) -> str:
    return f"in the state “{seen.state}”" if seen.state else "in no state"


def _says(seen: Seen, part: str) -> str:
    return f"{seen.name}’s {part} says" if part else f"{seen.name} is"


def _all(groups: Iterable[tuple[Seen, ...]]) -> list[Seen]:
    return list(dict.fromkeys(each for group in groups for each in group))


def _key(doc: YamlFile, keys: tuple[Key, ...], seen: Seen, part: str) -> tuple[Key, ...]:
    """Where the words stand: in the look or the state that it has, else in the entry."""
    entry = (*keys, _GROUP[seen.kind], seen.name)
    varied = (*entry, "looks" if seen.kind is Kind.CHARACTER else "states", seen.look or seen.state or "")
    if part == "state":
        return varied
    rest = ("descriptor",) if part in ("", "descriptor") else ("locked", part)
    known = (seen.look or seen.state) and doc.get(*varied, *rest) is not None
    place = (*(varied if known else entry), *rest)
    return place if doc.get(*place) is not None else entry
