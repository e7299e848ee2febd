"""Reading action lines: who does what, in all forms of its verb, and what is no verb at all."""

import pytest

from characters.seen import Kind, Seen
from render.previz.acting.doings import Reader
from render.previz.acting.lexicon import Form, inflected, lexicon, third
from tests.acting import IVO, LANTERN, MARA

LETTER = Seen(name="LETTER", kind=Kind.PROP)


def read(text: str) -> list[tuple[str, str | None, str | None]]:
    """Who does which act to whom or what."""
    doings = Reader((MARA, IVO), (LANTERN, LETTER)).read(text)
    return [(d.who, d.act.name if d.act else None, d.receiver or d.target) for d in doings]


@pytest.mark.parametrize(
    ("verb", "act"), [(verb, act.name) for act in lexicon().acts.values() for verb in act.verbs if " " not in verb]
)
def test_each_verb_is_its_act(verb: str, act: str) -> None:
    """Every verb of the lexicon, said of somebody in the present tense, is read as its act."""
    form = next((f for f, kind in inflected(verb).items() if kind is Form.THIRD), third(verb))
    found = Reader((MARA,), ()).read(f"MARA {form} it.")
    if verb in ("be", "have", "do", "can", "will", "could", "would", "must", "may", "might", "shall"):
        assert not found or found[0].act is not None
    else:
        assert [d.act.name if d.act else None for d in found[:1]] == [act]


@pytest.mark.parametrize("verb", [v for a in lexicon().acts.values() for v in a.verbs if " " in v])
def test_each_phrase_is_its_act(verb: str) -> None:
    """Every phrase of the lexicon is read as the act that it stands under."""
    base, rest = verb.split(" ", 1)
    act = next(act for act in lexicon().acts.values() if verb in act.verbs)
    found = Reader((MARA,), ()).read(f"MARA {third(base)} {rest}.")
    assert [d.act.name if d.act else None for d in found[:1]] == [act.name]


@pytest.mark.parametrize(
    ("form", "base"),
    [("sat", "sit"), ("sits", "sit"), ("sitting", "sit"), ("ran", "run"), ("lying", "lie"), ("carries", "carry"),
     ("hurried", "hurry"), ("stopped", "stop"), ("watches", "watch"), ("gave", "give"), ("taking", "take"),
     ("kneeling", "kneel"), ("knelt", "kneel"), ("opened", "open"), ("goes", "go")],
)  # fmt: skip
def test_inflections(form: str, base: str) -> None:
    """Regular and irregular forms lead to their verb."""
    assert base in [found for found, _ in lexicon().forms[form]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("MARA enters, picks the LANTERN up and hands it to him.",
         [("MARA", "enter", None), ("MARA", "take", "LANTERN"), ("MARA", "give", "IVO")]),
        ("IVO gives her the letter. She opens it.", [("IVO", "give", "MARA"), ("MARA", "open", "LETTER")]),
        ("MARA and IVO walk along the beach.", [("MARA", "walk", None), ("IVO", "walk", None)]),
        ("IVO, twenty, mustard sweater, climbs it against the wind.", [("IVO", "walk", None)]),
        ("IVO doesn't move. MARA never looks at him.", []),
        ("She does not take it.", []),
        ("High above him the great light turns, and touches nothing.", []),
        ("In his hand is a LETTER, folded small.", []),
        ("Somebody knocks. The rain falls.", []),
        ("MARA takes a seat. IVO falls to his knees.", [("MARA", "sit_down", None), ("IVO", "kneel", None)]),
        ("IVO stands looking at MARA.", [("IVO", "stand_by", None), ("IVO", "look", "MARA")]),
        ("MARA juggles, then slowly bamboozles.", [("MARA", "throw", None), ("MARA", None, None)]),
    ],
)  # fmt: skip
def test_lines(text: str, found: list[tuple[str, str, str | None]]) -> None:
    """Subjects, pronouns, objects, negations, and nouns that look like verbs."""
    assert read(text) == found
