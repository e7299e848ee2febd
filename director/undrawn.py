"""What the bible locks and the previz cannot draw: a note for each, with its line."""

from collections.abc import Iterable, Mapping

from characters.continuity import Appearance
from characters.seen import Seen
from director.project import Project
from storyboard.errors import Level, Problem
from storyboard.yaml_file import Key, YamlFile


def undrawn_notes(project: Project, seen: Mapping[str, Appearance]) -> list[Problem]:
    """A note for each locked attribute of a character in the film, ``seen`` by shot, that no figure shows whole."""
    from render.previz.figures.undrawn import undrawn

    doc, keys = project.bible_place
    found: dict[tuple[str, str, str], Problem] = {}
    for each in _characters(seen.values()):
        for part, words in undrawn(each):
            if (each.name, part, words) not in found:
                found[each.name, part, words] = doc.problem(
                    f"the previz cannot draw “{words}”, which {each.name}’s {part} says.",
                    "Say it with a plainer word, or take it for what only another generator shows.",
                    *_key(doc, keys, each, part),
                    level=Level.NOTE,
                    rule="undrawn",
                )
    return list(found.values())


def _characters(appearances: Iterable[Appearance]) -> list[Seen]:
    return list(dict.fromkeys(each for appearance in appearances for each in appearance.cast))


def _key(doc: YamlFile, keys: tuple[Key, ...], seen: Seen, part: str) -> tuple[Key, ...]:
    """Where the attribute stands: in the look that is worn, else in the character's entry."""
    entry = (*keys, "characters", seen.name)
    worn = (*entry, "looks", seen.look or "", "locked", part)
    return worn if seen.look and doc.get(*worn) is not None else (*entry, "locked", part)
