"""Locked prompts: what is locked stands in them verbatim, and what does not fit is an error, never a cut."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from characters.bible import Bible, CharacterEntry
from characters.continuity import Appearance
from characters.prompts import approximate_tokens, lock
from characters.seen import Kind, Seen
from director.plan import Plan, plan_film
from director.planned import PlannedShot
from director.project import open_project
from director.takes import Store
from storyboard.errors import Level
from tests.conftest import BIBLE, FILM, SCRIPT, run_direct, write_film


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """The small film, planned."""
    film = write_film(tmp_path_factory.mktemp("film"))
    return plan_film(open_project(film), Store(film.parent).cache)


def shot(plan: Plan, name: str) -> PlannedShot:
    found = plan.find(name)
    assert found is not None
    return found


def test_every_locked_word_stands_in_every_prompt_of_who_is_seen(planned: Plan) -> None:
    """Of the cast, the props and the place, exactly as written; and the style line always."""
    for each in planned.shots:
        everyone = (*each.appearance.cast, *each.appearance.props, each.appearance.place)
        for _, words in (pair for seen in everyone for pair in seen.locked):
            assert words in each.prompt.positive
        assert "35 mm film, soft grain" in each.prompt.positive


def test_who_is_not_seen_is_not_in_the_prompt(planned: Plan) -> None:
    """A close-up of Ivo has no oilskin coat in it, and no hat to be kept out."""
    ivo = shot(planned, "1C")
    assert "oilskin" not in ivo.prompt.positive
    assert "hat" not in ivo.prompt.negative
    assert "a hat" in shot(planned, "1B").prompt.negative


def test_the_order_is_fixed(planned: Plan) -> None:
    """Camera, people, what happens, place and light, style."""
    text = shot(planned, "1A").prompt.positive
    parts = ["wide shot", "MARA", "IVO", "stands by the window", "white plaster walls", "daylight", "35 mm film"]
    assert [text.lower().find(part.lower()) for part in parts] == sorted(
        text.lower().find(part.lower()) for part in parts
    )
    assert all(part.lower() in text.lower() for part in parts)


def test_what_does_not_fit_is_named(planned: Plan) -> None:
    """Beyond the model's window a locked part is an error that says which; within it nothing is said."""
    each = shot(planned, "1B")

    def words(text: str) -> int:
        return len(text.split())

    whole = words(each.prompt.positive)
    bible = planned.project.bible
    assert lock(each.shot, each.appearance, bible, count=words, window=whole).problems == ()
    (problem,) = lock(each.shot, each.appearance, bible, count=words, window=8).problems
    assert problem.level is Level.ERROR
    assert (problem.shot, problem.line) == ("1B", 9)
    assert "dark green oilskin coat" in problem.what
    assert f"{whole} tokens, the model reads 8" in problem.what


def test_without_a_tokenizer_the_count_is_an_approximation_and_says_so(planned: Plan) -> None:
    """About is written before a number that was not counted by the model's own tokenizer."""
    each = shot(planned, "1B")
    locked = lock(each.shot, each.appearance, planned.project.bible, count=lambda _: None, window=8)
    assert locked.approximate
    assert locked.tokens == approximate_tokens(locked.positive)
    assert f"about {locked.tokens} tokens" in locked.problems[0].what


@given(st.text(min_size=1, max_size=80).filter(lambda text: text.strip() != ""))
def test_words_of_the_bible_are_never_code(planned: Plan, words: str) -> None:
    """Braces and tags in locked words come out as they went in: a template reads no data as template."""
    entry = CharacterEntry(locked={"coat": words})
    seen = Seen(name="MARA", kind=Kind.CHARACTER, locked=tuple(entry.locked.items()), never=(entry.locked["coat"],))
    each = shot(planned, "1B")
    appearance = Appearance(cast=(seen,), props=(), place=each.appearance.place)
    locked = lock(each.shot, appearance, Bible())
    assert entry.locked["coat"] in locked.positive
    assert entry.locked["coat"] == locked.negative


def test_template_words_in_a_whole_film(tmp_path: Path) -> None:
    """A bible that tries it is a bible with odd words in it."""
    odd = "{{ 7 * 7 }}{% for x in y %} {{ camera.__class__ }}"
    film = write_film(tmp_path, bible=BIBLE.replace("dark green oilskin coat", f"'{odd}'"))
    rows = json.loads(run_direct("plan", film, "--json").stdout)
    assert odd in rows[0]["prompt"]


# The plan as JSON

KEYS = ["id", "scene", "line", "size", "angle", "moves", "subject", "cast", "props", "place", "time", "frames"]
KEYS += ["transition", "prompt", "negative", "seed", "recipe"]


def test_the_plan_as_json(tmp_path: Path) -> None:
    """A list of shots with exactly these keys, in film order."""
    answer = run_direct("plan", write_film(tmp_path), "--json")
    rows = json.loads(answer.stdout)
    assert all(list(row) == KEYS for row in rows)
    assert [row["id"] for row in rows] == ["1A", "1B", "1C", "2A", "2B"]
    first, second = rows[:2]
    assert (first["line"], first["size"], first["frames"], first["moves"]) == (5, "WS", 24, ["static"])
    assert (second["moves"], second["subject"], second["cast"]) == (["slow dolly-in"], ["MARA"], ["MARA"])
    assert (second["place"], second["time"], second["transition"]) == ("KITCHEN", "day", "cut")
    assert all(isinstance(row["seed"], int) and len(row["recipe"]) >= 32 for row in rows)


def test_the_plan_as_a_table_fits_a_pipe(tmp_path: Path) -> None:
    """Every shot has one line of its own, whatever reads the table."""
    import os
    import subprocess
    import sys

    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    command = [sys.executable, "-m", "director", "plan", str(write_film(tmp_path))]
    lines = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout.splitlines()
    assert [line.split()[0] for line in lines if line[:2] in ("1A", "1B", "1C", "2A", "2B")] == [
        "1A",
        "1B",
        "1C",
        "2A",
        "2B",
    ]
    assert len(lines) == len(SCRIPT.split("[[shot")) - 1 + 3


def test_the_graph_in_every_form(tmp_path: Path) -> None:
    """Mermaid, DOT and JSON hold the same typed edges."""
    bible = BIBLE + "changes:\n  - {at: scene 2, who: MARA, look: default}\n"
    script = SCRIPT.replace("medium shot of IVO", "medium shot of IVO, match cut").replace(
        "close-up on IVO, 1s", "close-up on IVO, 1s, continues"
    )
    film = write_film(tmp_path, film=FILM, bible=bible, script=script)
    found = json.loads(run_direct("graph", film, "--to", "json").stdout)
    kinds = {edge["kind"] for edge in found["edges"]}
    assert kinds == {"cut", "match", "continues", "same character", "same place"}
    for form, words in (("mermaid", "flowchart"), ("dot", "digraph")):
        text = run_direct("graph", film, "--to", form).stdout
        assert text.startswith(words)
        assert "match cut" in text
