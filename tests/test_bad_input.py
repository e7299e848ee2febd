"""What a person wrote wrong: file, line, what and what to do; exit code 2, no traceback, nothing rendered."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from director.cli import run
from tests.conftest import BIBLE, FILM, SCRIPT, run_direct, write_film

BOMB = "\n".join(
    ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
)

WRONG: dict[str, tuple[dict[str, str], str, str]] = {
    # name: (files that differ, "file:line" that must be named, words that must be said)
    "phrase": ({"script": SCRIPT.replace("slow dolly in", "slow dolyl in")}, "script.fountain:9", "dolly"),
    "character": ({"script": SCRIPT.replace("close-up on MARA", "close-up on MRAA")}, "script.fountain:9", "MARA"),
    "two-ids": (
        {"script": SCRIPT.replace("[[shot: medium", "[[shot 9X: medium").replace("[[shot: full", "[[shot 9X: full")},
        "script.fountain",
        "9X",
    ),
    "key": ({"film": FILM + "sed: 3\n"}, "film.yaml:7", "seed"),
    "bible-key": (
        {"bible": BIBLE.replace("descriptor: a young", "descripter: a young")},
        "bible.yaml:11",
        "descriptor",
    ),
    "type": ({"film": FILM.replace("seed: 7", "seed: many")}, "film.yaml:6", "seed"),
    "zero-duration": ({"script": SCRIPT.replace("static, 2s", "static, 0s")}, "script.fountain:5", "0"),
    "negative-duration": ({"script": SCRIPT.replace("static, 2s", "dur=-2s")}, "script.fountain:5", ""),
    "zero-rate": ({"film": FILM.replace("rate: 12", "rate: 0")}, "film.yaml:4", "rate"),
    "negative-rate": ({"film": FILM.replace("rate: 12", "rate: -24")}, "film.yaml:4", "rate"),
    "odd-size": ({"film": FILM.replace("height: 36", "height: 37")}, "film.yaml:4", "even"),
    "bomb": ({"film": BOMB}, "film.yaml", "aliases"),
    "reference-missing": (
        {"bible": BIBLE.replace("    never: [a hat]", "    references: [refs/mara.png]")},
        "bible.yaml",
        "refs/mara.png",
    ),
    "reference-outside": (
        {"bible": BIBLE.replace("    never: [a hat]", "    references: [../../mara.png]")},
        "bible.yaml",
        "folder",
    ),
    "script-outside": ({"film": FILM.replace("script.fountain", "/etc/passwd")}, "film.yaml:2", "relative"),
    "script-missing": ({"film": FILM.replace("script.fountain", "scirpt.fountain")}, "film.yaml:2", "does not exist"),
    "no-script": ({"film": "title: X\n"}, "film.yaml", "neither"),
    "generator": ({"film": FILM.replace("fake", "previs")}, "film.yaml:5", "previz"),
    "voice": ({"film": FILM + "voice: espaek\n"}, "film.yaml:7", "espeak"),
    "coverage": ({"film": FILM + "coverage: clasic\n"}, "film.yaml:7", "classic"),
    "silence": ({"film": FILM + "checks: {silence: [jump-cuts]}\n"}, "film.yaml:7", "jump-cut"),
    "empty-film": ({"film": ""}, "film.yaml", "empty"),
    "empty-script": ({"script": ""}, "script.fountain", "empty"),
    "change-unknown": (
        {"bible": BIBLE + "changes:\n  - {at: scene 99, who: MARA, look: storm}\n"},
        "bible.yaml:19",
        "",
    ),
    "music-missing": ({"film": FILM + "cut: {music: [{file: theme.wav}]}\n"}, "film.yaml:7", "theme.wav"),
    "yaml": ({"film": FILM + "cut: {music: [\n"}, "film.yaml", "YAML"),
    "tiny-rate": ({"film": FILM.replace("rate: 12", "rate: 0.001")}, "film.yaml:4", "at least 1"),
    "rate-with-unit": ({"film": FILM.replace("rate: 12", "rate: 24fps")}, "film.yaml:4", "24000/1001"),
    "infinite-time": ({"film": FILM + "cut: {dissolve: .inf}\n"}, "film.yaml:7", "a time such as 1 s"),
    "negative-time": ({"film": FILM + "cut: {dissolve: -1}\n"}, "film.yaml:7", "at least 0"),
    "zero-size": ({"film": FILM.replace("height: 36", "height: 0")}, "film.yaml:4", "at least 32"),
    "odd-width": ({"film": FILM.replace("width: 64", "width: 63")}, "film.yaml:4", "even"),
    "huge-size": ({"film": FILM.replace("height: 36", "height: 100000")}, "film.yaml:4", "at most"),
    "aspect": ({"film": FILM.replace("width: 64", "aspect: wide")}, "film.yaml:4", "16:9"),
    "true-for-a-number": ({"film": FILM.replace("seed: 7", "seed: true")}, "film.yaml:6", "whole number, not true"),
    "word-for-a-number": (
        {"film": FILM.replace("height: 36", "height: big")},
        "film.yaml:4",
        "whole number, not “big”",
    ),
    "word-for-keys": (
        {"film": FILM.replace("{height: 36, width: 64, rate: 12}", "480p")},
        "film.yaml:4",
        "Its keys are aspect, height, rate, width.",
    ),
    "word-for-a-list": ({"film": FILM + "cut: {music: theme.wav}\n"}, "film.yaml:7", "must be a list"),
    "word-in-a-list": ({"film": FILM + "cut: {music: [theme.wav]}\n"}, "film.yaml:7", "entry 1 under cut.music"),
    "list-for-words": (
        {"bible": BIBLE.replace("locked:\n      sweater: mustard knitted sweater", "locked: [a sweater]")},
        "bible.yaml:12",
        "Write “name: words” below it",
    ),
    "look-unknown": (
        {"bible": BIBLE + "changes:\n  - {at: scene 1, who: MARA, look: wet}\n"},
        "bible.yaml:19",
        "no look or state “wet”",
    ),
    "yaml-as-script": ({"film": FILM.replace("script.fountain", "bible.yaml")}, "film.yaml:2", ".fountain"),
    "two-scripts": ({"film": FILM + "scenes: []\n"}, "film.yaml", "both a screenplay and scenes"),
    "zero-frames": ({"script": SCRIPT.replace("static, 2s", "0 frames")}, "script.fountain:5", "above zero"),
    "zero-lens": ({"script": SCRIPT.replace("static, 2s", "lens=0mm")}, "script.fountain:5", "4mm"),
    "note-key": ({"script": SCRIPT.replace("static, 2s", "sise=CU")}, "script.fountain:5", "size"),
    "cast-unknown": ({"script": SCRIPT.replace("static, 2s", "cast=MRAA")}, "script.fountain:5", "MARA"),
    "name-in-title-case": (
        {"script": SCRIPT.replace("close-up on MARA", "close-up on Mraa")},
        "script.fountain:9",
        "MARA",
    ),
    "tag": ({"film": FILM + "voice: !!python/object:os.system x\n"}, "film.yaml:7", "not allowed"),
    "twice": ({"film": FILM + "title: Again\n"}, "film.yaml:7", "first is on line 1"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_and_nothing_is_rendered(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each wrong input is refused by the making and by the check alike, with where and what."""
    files, where, words = WRONG[name]
    film = write_film(tmp_path, **files)  # type: ignore[arg-type]
    for arguments in ([str(film), "--workers", "1"], ["check", str(film)]):
        assert run(arguments) == 2
        said = capsys.readouterr().err
        assert where in said
        assert words in said
        assert "error: " in said
    assert not (tmp_path / ".shotgraph" / "takes").exists()
    assert not (tmp_path / "cut").exists()


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A person mends everything in one go: faults of three files in one answer."""
    film = write_film(
        tmp_path,
        film=FILM + "sed: 3\n",
        bible=BIBLE.replace("descriptor: a young", "descripter: a young"),
    )
    assert run([str(film)]) == 2
    said = capsys.readouterr().err
    assert "film.yaml:7" in said
    assert "bible.yaml:11" in said


def test_faults_of_every_part_come_in_one_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A key, a generator, a coverage, a voice, a change and two notes are wrong: seven faults at once."""
    film = write_film(
        tmp_path,
        film=FILM.replace("fake", "previs") + "sed: 3\ncoverage: clasic\nvoice: espaek\n",
        script=SCRIPT.replace("slow dolly in", "slow dolyl in").replace("medium shot of IVO", "medium shot of IOV"),
        bible=BIBLE + "changes:\n  - {at: scene 99, who: MARA, look: default}\n",
    )
    assert run(["check", str(film)]) == 2
    said = capsys.readouterr().err
    for where in (
        "film.yaml:5",
        "film.yaml:7",
        "film.yaml:8",
        "film.yaml:9",
        "fountain:9",
        "fountain:14",
        "bible.yaml:19",
    ):
        assert where in said, said
    assert said.count("error: ") == 7


def test_an_unread_bible_accuses_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the bible has a fault, names in notes are not called unknown; other faults of notes are still said."""
    film = write_film(
        tmp_path,
        script=SCRIPT.replace("slow dolly in", "slow dolyl in"),
        bible=BIBLE.replace("descriptor: a young", "descripter: a young"),
    )
    assert run(["check", str(film)]) == 2
    said = capsys.readouterr().err
    assert said.count("error: ") == 2
    assert "dolyl" in said


def test_sections_may_be_empty_and_things_turned_off(tmp_path: Path) -> None:
    """A heading with nothing under it yet is no fault; off and no mean none; one word is a list of itself."""
    extra = "cut:\nchecks: {silence: jump-cut}\nbudget:\ncoverage: off\nvoice: no\n"
    answer = run_direct("check", write_film(tmp_path, film=FILM + extra))
    assert answer.returncode == 0, answer.stderr


def test_what_is_no_file_is_not_read_for_ever(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A device or a pipe is refused, as a film, as a script and as a bible."""
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    assert run(["check", str(pipe)]) == 2
    assert run(["check", "/dev/zero"]) == 2
    film = write_film(tmp_path / "film", film=FILM.replace("bible.yaml", "pipe.yaml"))
    os.mkfifo(film.parent / "pipe.yaml")
    assert run(["check", str(film)]) == 2
    assert "film.yaml:3" in capsys.readouterr().err


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A reference or a script that is a link to somewhere else is not read."""
    film = write_film(tmp_path / "film", film=FILM.replace("script.fountain", "link.fountain"))
    (tmp_path / "secret.fountain").write_text(SCRIPT)
    (film.parent / "link.fountain").symlink_to(tmp_path / "secret.fountain")
    assert run([str(film)]) == 2
    assert "folder" in capsys.readouterr().err


def test_files_that_are_no_scripts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Binary, too large, a folder, nothing there: each has its own words."""
    film = write_film(tmp_path)
    script = tmp_path / "script.fountain"
    script.write_bytes(bytes(range(256)) * 40)
    assert run([str(film)]) == 2
    assert "binary" in capsys.readouterr().err
    script.write_text("INT. ROOM - DAY\n\nMara waits.\n\n" * 200_000)
    assert run([str(film)]) == 2
    assert "5" in capsys.readouterr().err
    assert run([str(tmp_path / "nowhere.yaml")]) == 2
    assert run([str(tmp_path / "empty-folder-name")]) == 2
    film.write_bytes(b"\x00\x01\x02\xff" * 100)
    assert run([str(film)]) == 2
    assert "binary" in capsys.readouterr().err


def test_a_traceback_never_reaches_a_person(tmp_path: Path) -> None:
    """The real command, in a process of its own, with a broken file."""
    film = write_film(tmp_path, film="scenes: 3\nformat: []\nvoice: {a: b}\n")
    answer = run_direct(film)
    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr
    assert answer.stderr.count("error:") >= 3


def test_check_says_doubts_and_exits_with_0(tmp_path: Path) -> None:
    """A film that can be made is not refused for what is only doubtful."""
    film = write_film(tmp_path, script=SCRIPT.replace("IVO\nThe road", "STRANGER\nThe road"))
    answer = run_direct("check", film, "--json")
    assert answer.returncode == 0, answer.stderr
    assert "no-bible-entry" in {problem["rule"] for problem in json.loads(answer.stdout)}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=300))
def test_any_film_file_is_a_film_or_an_error_of_ours(tmp_path: Path, text: str) -> None:
    """Arbitrary text as film.yaml: exit code 2, or a plan, and nothing else."""
    film = tmp_path / "film.yaml"
    film.write_bytes(text.encode("utf-8", "surrogatepass"))
    assert run(["check", str(film)]) in (0, 2)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(note=st.text(max_size=60), action=st.text(max_size=80), cue=st.text(max_size=20))
def test_any_script_is_planned_or_refused(tmp_path: Path, note: str, action: str, cue: str) -> None:
    """Arbitrary text in a note, an action and a cue goes through the whole plan, or is refused in words."""
    script = tmp_path / "script.fountain"
    text = f"INT. ROOM - DAY\n\n[[shot: {note}]]\n\n{action}\n\n{cue}\nHello.\n\n@{cue}\nAgain.\n"
    script.write_text(text, encoding="utf-8", errors="replace")
    assert run(["check", str(script)]) in (0, 2)


KEYS = [
    *("title", "screenplay", "scenes", "bible", "format", "generator", "seed", "voice", "coverage", "checks", "budget"),
    *(
        "cut",
        "height",
        "width",
        "aspect",
        "rate",
        "name",
        "silence",
        "takes",
        "dissolve",
        "music",
        "file",
        "at",
        "gain",
    ),
    *("style", "characters", "props", "places", "changes", "MARA", "aliases", "locked", "never", "figure", "looks"),
    *(
        "states",
        "references",
        "who",
        "what",
        "look",
        "state",
        "heading",
        "beats",
        "shot",
        "speak",
        "line",
        "dur",
        "size",
    ),
]
WORDS = [
    "script.fountain",
    "bible.yaml",
    "MARA",
    "scene 1",
    "fake",
    "none",
    "16:9",
    "1/0",
    "24000/1001",
    "1.5 s",
    "INT. A",
]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(WORDS) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(film=st.dictionaries(st.sampled_from(KEYS[:14]), VALUES, max_size=5), bible=VALUES)
def test_known_keys_with_any_values(tmp_path: Path, film: dict[str, object], bible: object) -> None:
    """Every key of the film file and of the bible may hold anything at all: a plan, or words with a line."""
    (tmp_path / "script.fountain").write_text(SCRIPT, encoding="utf-8")
    (tmp_path / "bible.yaml").write_text(json.dumps(bible), encoding="utf-8")
    path = tmp_path / "film.yaml"
    path.write_text(json.dumps({"screenplay": "script.fountain", "bible": "bible.yaml", **film}), encoding="utf-8")
    assert run(["check", str(path)]) in (0, 2)


def test_a_mistyped_command_is_answered_with_the_nearest(film: Path) -> None:
    """``direct chekc FILM`` is neither a film nor an unused word."""
    ran = run_direct("chekc", film)
    assert ran.returncode == 2
    assert "there is no command “chekc”" in ran.stderr
    assert "check" in ran.stderr
    assert "Traceback" not in ran.stderr
