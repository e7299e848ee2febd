"""What an editor would object to is said before a frame is rendered, each with its line, and can be silenced."""

import json
from pathlib import Path

import pytest

from director.cli import run
from storyboard.grammar import OTHER_RULES, RULES
from tests.conftest import BIBLE, FILM, write_film

ROOM = "INT. KITCHEN - DAY\n\n"


def scene(*shots: str, heading: str = ROOM.strip()) -> str:
    """A scene of notes, each with a line of action under it that names nobody."""
    return f"{heading}\n\n" + "".join(f"[[shot: {note}]]\n\nIt is quiet for 2 seconds.\n\n" for note in shots)


# rule → (script, line that must be named)
DOUBTFUL: dict[str, tuple[str, int]] = {
    "line-of-action": (scene("two-shot of MARA and IVO", "close-up on MARA, from the other side"), 7),
    "jump-cut": (scene("medium shot of MARA", "medium close-up of MARA"), 7),
    "same-size-run": (scene(*(f"close-up on {who}" for who in ("MARA", "IVO", "MARA", "IVO", "MARA"))), 19),
    "unplaced-speaker": (ROOM + "[[shot: close-up on MARA]]\n\nIVO\nYou are late.\n", 3),
    "screen-direction": (scene("full shot, track MARA to the left", "medium shot, track MARA to the right"), 7),
    "night-in-continuous": (
        scene("wide, MARA") + scene("wide, IVO", heading="EXT. CLIFF PATH - NIGHT - CONTINUOUS"),
        9,
    ),
    "dissolve-in-continuous": (
        ROOM + "[[shot: wide, MARA]]\n\nShe waits.\n\nDISSOLVE TO:\n\n[[shot: close-up on MARA, continues]]\n\nRain.\n",
        9,
    ),
    "too-short": (scene("close-up on MARA, 2 frames"), 3),
    "unseen-subject": (ROOM + "[[shot: over MARA's shoulder]]\n\nIt rains.\n", 3),
    "speech-longer-than-shot": (
        ROOM + "[[shot: close-up on MARA, 1s]]\n\nMARA\n" + "Too long a line. " * 9,
        3,
    ),
    "joint-shortened": (
        ROOM + "[[shot: close-up on MARA, 1s]]\n\nRain.\n\nDISSOLVE TO:\n\n[[shot: wide, IVO, 1s]]\n\nRain.\n",
        3,
    ),
    "no-bible-entry": (ROOM + "It rains.\n\nSTRANGER\nHello.\n", 5),
    "camera-words": (ROOM + "It rains.\n\nCLOSE UP - WIDE SHOT\n\nMARA waits.\n", 5),
    "unsaid-direction": (scene("wide of MARA, pan"), 3),
    "speed-without-move": (scene("slow close-up on MARA"), 3),
    "continues-nothing": (scene("continues, close-up on MARA"), 3),
    "note-like-shot": (ROOM + "[[shots: wide on MARA]]\n\nMARA waits.\n", 3),
    "shot-line-as-cue": (ROOM + "MARA waits.\n\nCLOSE ON\nthe key turning.\n", 5),
    "transition-without-blank": (
        ROOM + "MARA waits.\n\nCUT TO:\nEXT. CLIFF PATH - DAY\n\nIVO waits.\n",
        5,
    ),
    "transition-within-paragraph": (ROOM + "MARA waits.\nCUT TO:\n\nIVO waits.\n", 4),
    "heading-without-blank": (ROOM + "MARA waits.\n\nEXT. CLIFF PATH - DAY\nIVO waits.\n", 5),
    "unclosed-note": (ROOM + "MARA waits [[for\n\nIVO waits.\n", 3),
    "unclosed-boneyard": (ROOM + "MARA waits /* for\n\nIVO waits.\n", 3),
    "unknown-transition": (ROOM + "MARA waits.\n\n> SWOOSH TO:\n\nIVO waits.\n", 5),
    "duplicate-scene-number": (scene("wide, MARA", heading="INT. A #1#") + scene("wide, IVO", heading="INT. B #1#"), 7),
    "speaker-without-lines": (ROOM + "MARA waits.\n\n@IVO\n[[no words yet]]\n\nMARA waits.\n", 5),
    "encoding": (ROOM + "MARA waits in a café.\n", 3),
    "small-reference": (ROOM + "MARA waits.\n", 8),
    "unacted": (ROOM + "MARA waits.\n\nMARA bamboozles.\n", 5),
    "undrawn": (ROOM + "MARA waits.\n", 8),
}


def doubts(film: Path, capsys: pytest.CaptureFixture[str]) -> list[dict]:
    """What ``direct check --json`` says of a film that can be made."""
    assert run(["check", str(film), "--json"]) == 0, capsys.readouterr()
    return json.loads(capsys.readouterr().out)


def film_of(folder: Path, rule: str, silence: str = "") -> Path:
    """A film with the doubtful script of a rule."""
    script, _ = DOUBTFUL[rule]
    bible = BIBLE
    if rule == "small-reference":
        bible = BIBLE.replace("    never: [a hat]", "    references: [mara.png]")
    if rule == "undrawn":
        bible = BIBLE.replace("    never: [a hat]", "      aura: shimmering aura\n    never: [a hat]")
    generator = "previz" if rule == "undrawn" else "fake"
    film = write_film(folder, film=FILM.replace("fake", generator) + silence, script=script, bible=bible)
    if rule == "encoding":
        (folder / "script.fountain").write_bytes(script.encode("cp1252"))
    if rule == "small-reference":
        from PIL import Image

        Image.new("RGB", (100, 100), "green").save(folder / "mara.png")
    return film


def test_every_rule_has_a_case() -> None:
    """Every warning that can be silenced is shown here, but for the one of reference sheets."""
    assert {*RULES, *OTHER_RULES} - set(DOUBTFUL) <= {"stale-sheet"}
    assert set(DOUBTFUL) <= {*RULES, *OTHER_RULES}


@pytest.mark.parametrize("rule", DOUBTFUL)
def test_it_is_said_with_its_line(rule: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each warning names the file and the line, and what to do; the film can be made nevertheless."""
    found = [problem for problem in doubts(film_of(tmp_path, rule), capsys) if problem["rule"] == rule]
    assert found, rule
    assert found[0]["line"] == DOUBTFUL[rule][1]
    assert Path(found[0]["file"]).parent == tmp_path
    assert found[0]["todo"]
    assert found[0]["level"] != "error"


@pytest.mark.parametrize("rule", DOUBTFUL)
def test_it_can_be_silenced(rule: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its name in film.yaml silences it, and nothing else."""
    before = {problem["rule"] for problem in doubts(film_of(tmp_path / "a", rule), capsys)}
    film = film_of(tmp_path / "b", rule, f"checks: {{silence: [{rule}]}}\n")
    assert {problem["rule"] for problem in doubts(film, capsys)} == before - {rule}


FINE = {
    "over both shoulders": scene("over MARA's shoulder on IVO", "reverse angle"),
    "closer by two sizes": scene("full shot of MARA", "medium close-up of MARA"),
    "an arc over the line": scene("two-shot of MARA and IVO, arc clockwise", "close-up on MARA, from the other side"),
    "a new angle": scene("medium shot of MARA", "new angle"),
    "the voice of somebody heard": ROOM + "[[shot: close-up on MARA]]\n\nIVO (O.S.)\nYou are late.\n",
    "a dissolve between": ROOM + "[[shot: medium, MARA]]\n\nRain for 4 seconds.\n\nDISSOLVE TO:\n\n"
    "[[shot: medium close-up of MARA]]\n\nRain for 4 seconds.\n",
    "a jump cut that is asked for": ROOM + "[[shot: medium, MARA]]\n\nRain.\n\nJUMP CUT TO:\n\n"
    "[[shot: medium close-up of MARA]]\n\nRain.\n",
    "dusk that goes on": scene("wide, MARA") + scene("wide, IVO", heading="EXT. CLIFF PATH - CONTINUOUS"),
}


@pytest.mark.parametrize("name", FINE)
def test_what_is_good_grammar_is_not_objected_to(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The usual ways of doing it raise no objection."""
    assert doubts(write_film(tmp_path, script=FINE[name]), capsys) == []


def test_the_other_side_is_told_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Going over the line is objected to, coming back is not."""
    notes = ("two-shot of MARA and IVO", "close-up on MARA, from the other side", "wide, MARA and IVO")
    said = doubts(write_film(tmp_path, script=scene(*notes)), capsys)
    assert [problem["rule"] for problem in said] == ["line-of-action"]


def test_errors_are_never_silenced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Only doubts can be silenced."""
    film = write_film(tmp_path, film=FILM + "checks: {silence: [camera-words]}\n", script=scene("close-up, wide, MARA"))
    assert run(["check", str(film)]) == 2
    assert "one size" in capsys.readouterr().err
