"""Continuity: which look and which state everybody and everything has at each shot."""

from collections.abc import Iterable, Mapping

from characters.bible import Bible, Change, CharacterEntry, Look, PropEntry, figure_of
from characters.defaults import invented_character, invented_place, invented_prop
from characters.references import References
from characters.seen import Kind, Seen
from storyboard.errors import Problem
from storyboard.frozen import Frozen
from storyboard.shot import Shot
from storyboard.yaml_file import YamlFile, did_you_mean


class Appearance(Frozen):
    """Who and what is seen in a shot, exactly."""

    cast: tuple[Seen, ...]
    props: tuple[Seen, ...]
    place: Seen


def appearances(
    bible: Bible,
    shots: tuple[Shot, ...],
    references: References,
    *,
    ages: Mapping[str, int] | None = None,
    doc: YamlFile | None = None,
    keys: tuple[str | int, ...] = (),
) -> tuple[dict[str, Appearance], tuple[Problem, ...]]:
    """Every shot's appearance, by shot id, and what is wrong with the bible's changes.

    A change holds from the first shot of its scene or day, or from its shot, until the next one of the same
    name. ``doc`` and ``keys`` say where the bible stands, for lines.
    """
    starts, problems = _starts(bible, shots, doc or YamlFile(None, None, {}), keys)
    variants: dict[str, str] = {name: entry.look for name, entry in bible.characters.items() if entry.look is not None}
    for group in (bible.props, bible.places):
        variants |= {name: entry.state for name, entry in group.items() if entry.state is not None}
    found: dict[str, Appearance] = {}
    known: dict[tuple[Kind, str, str | None], Seen] = {}

    def seen(kind: Kind, name: str) -> Seen:
        key = (kind, name, variants.get(name))
        if key not in known:
            known[key] = seen_as(bible, references, kind, name, key[2], ages or {})
        return known[key]

    for index, shot in enumerate(shots):
        for change in starts.get(index, ()):
            variants[change.name] = change.into
        found[shot.id] = Appearance(
            cast=tuple(seen(Kind.CHARACTER, name) for name in shot.cast),
            props=tuple(seen(Kind.PROP, name) for name in shot.props),
            place=seen(Kind.PLACE, shot.place),
        )
    return found, problems


def _starts(
    bible: Bible, shots: tuple[Shot, ...], doc: YamlFile, keys: tuple[str | int, ...]
) -> tuple[dict[int, list[Change]], tuple[Problem, ...]]:
    """Index of a shot → the changes that begin with it, and a problem for each place that is not there."""
    first: dict[tuple[str, str], int] = {}
    for index, shot in enumerate(shots):
        for place in (("scene", shot.scene.upper()), ("shot", shot.id.upper())):
            first.setdefault(place, index)
        first.setdefault(("day", str(shot.day)), index)
    starts: dict[int, list[Change]] = {}
    problems: list[Problem] = []
    for number, change in enumerate(bible.changes):
        kind, which = change.place
        index = first.get((kind, which.upper()))
        if index is None:
            here = [name for place, name in first if place == kind]
            what = f"a change begins at {kind} “{which}”, which is not in the film."
            problems.append(doc.problem(what, did_you_mean(which.upper(), here), *keys, "changes", number, "at"))
        else:
            starts.setdefault(index, []).append(change)
    return starts, tuple(problems)


def seen_as(
    bible: Bible, references: References, kind: Kind, name: str, variant: str | None, ages: Mapping[str, int]
) -> Seen:
    """Somebody or something in one look or state; who has no entry as the stable default has them.

    ``ages`` are what the script says of characters, in years.
    """
    entry = bible.entry(kind, name)
    if entry is None:
        if kind is Kind.CHARACTER:
            return invented_character(name, ages.get(name))
        return invented_prop(name) if kind is Kind.PROP else invented_place(name)
    variant = None if variant == "default" else variant
    look = Look()
    if variant is not None and isinstance(entry, CharacterEntry):
        look = entry.looks[variant]
    elif variant is not None and isinstance(entry, PropEntry):
        look = entry.states[variant]
    locked = {**entry.locked, **look.locked}
    pictures = references.get((name, variant), ()) if variant is not None else ()
    return Seen(
        name=name,
        kind=kind,
        descriptor=look.descriptor or entry.descriptor or "",
        locked=tuple(locked.items()),
        never=tuple(dict.fromkeys((*entry.never, *look.never))),
        look=variant if kind is Kind.CHARACTER else None,
        state=variant if kind is not Kind.CHARACTER else None,
        figure=figure_of(entry) if isinstance(entry, CharacterEntry) else None,
        references=pictures or references.get((name, None), ()),
    )


def alternatives(bible: Bible, references: References, appearance: Appearance) -> tuple[Seen, ...]:
    """The other looks and states of everybody and everything that is seen, as they would be seen in them."""
    found: list[Seen] = []
    for seen in (*appearance.cast, *appearance.props, appearance.place):
        entry = bible.entry(seen.kind, seen.name)
        if isinstance(entry, CharacterEntry):
            named, begins = tuple(entry.looks), entry.look
        elif isinstance(entry, PropEntry):
            named, begins = tuple(entry.states), entry.state
        else:
            continue
        names = named if begins is not None or not named else (None, *named)
        others = (seen_as(bible, references, seen.kind, seen.name, name, {}) for name in names)
        found += [other for other in others if (other.locked, other.state) != (seen.locked, seen.state)]
    return tuple(found)


def signature(seen: Seen) -> str:
    """Equal for two shots when somebody or something is meant to look the same in both."""
    return f"{seen.kind.value}:{seen.look or seen.state or 'default'}"


def locked_words(seen: Iterable[Seen]) -> list[str]:
    """Every locked attribute, verbatim."""
    return [words for each in seen for _, words in each.locked]
