"""Scratch voices: the same line is the same sound everywhere, and what cannot be said is told."""

import itertools
import os
import subprocess
import sys
import sysconfig
import wave
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from render.cut.voice import Utterance, open_voice, voice_names
from render.cut.voice.casting import LANGUAGES, VARIANTS, cast, language, said
from render.cut.voice.espeak import WORDLESS, read_languages, read_variants
from storyboard.errors import DiskError, InputError, MediaError

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = Path(sysconfig.get_path("purelib"))
DATA = PACKAGES / "espeakng_loader" / "espeak-ng-data"

MARA = Utterance(character="MARA", text="It is nearly out.")
IVO = Utterance(character="IVO", text="The road was under water.")

_started: list[str] = []
sys.addaudithook(lambda event, _: _started.append(event) if event == "subprocess.Popen" else None)


@pytest.fixture
def processes() -> Callable[[], int]:
    """How many processes were started since the test began."""
    before = len(_started)
    return lambda: len(_started) - before


def say(cache: Path, *utterances: Utterance) -> list[bytes]:
    """The WAVs of these lines."""
    return [spoken.path.read_bytes() for spoken in open_voice("espeak", cache).speak(utterances)]


def in_another_process(code: str, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python of our own in a process of its own."""
    env = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env)


SPEAK = """\
import sys
from pathlib import Path
from render.cut.voice import Utterance, open_voice
from storyboard.errors import ShotgraphError
try:
    lines = [Utterance(character="MARA", text=text) for text in sys.argv[2:]]
    open_voice("espeak", Path(sys.argv[1])).speak(lines)
except ShotgraphError as error:
    print(type(error).__name__, error)
"""


@pytest.mark.parametrize("name", voice_names())
def test_every_engine_gives_a_measured_sound_for_every_line(name: str, tmp_path: Path) -> None:
    """Lines come back in order, repeated ones too, as mono 16-bit WAVs that last exactly as long as is said."""
    longer = Utterance(character="IVO", text="The road was under water, all the way down to the old bridge.")
    spoken = open_voice(name, tmp_path).speak([longer, MARA, longer])
    for one in spoken:
        with wave.open(str(one.path), "rb") as sound:
            assert (sound.getnchannels(), sound.getsampwidth()) == (1, 2)
            assert one.seconds == Fraction(sound.getnframes(), sound.getframerate())
    assert spoken[0] == spoken[2]
    assert spoken[0].seconds > spoken[1].seconds > Fraction(1, 2)
    assert open_voice(name, tmp_path).speak([]) == []


def test_an_unknown_engine_is_told_with_the_nearest() -> None:
    """A misspelt engine is an error of the person's, with the right name in it."""
    with pytest.raises(InputError, match=r"no voice “espaek”\. Did you mean espeak\?"):
        open_voice("espaek", Path())


def test_a_line_sounds_the_same_whatever_was_said_before(tmp_path: Path) -> None:
    """In another order and another process, each voice gives the same bytes; noise and flutter carry nothing on."""
    voices = [*VARIANTS, "whisper", "whisperf", "croak", "klatt", "klatt6", "Reed"]
    lines = [Utterance(character="MARA", text="She sells fish.", variant=f"en-us+{voice}") for voice in voices]
    forwards = say(tmp_path / "one", *lines)
    backwards = say(tmp_path / "two", IVO, *reversed(lines))[1:]
    assert forwards == backwards[::-1]
    assert len(set(forwards)) == len(voices)


def test_two_characters_do_not_sound_alike(tmp_path: Path) -> None:
    """The same words of two characters differ, and in a large cast hardly two share voice and pitch."""
    mara, ivo = say(tmp_path, MARA, MARA.model_copy(update={"character": "IVO"}))
    assert mara != ivo
    names = [f"{first}{last}" for first in ("AN", "BO", "CLA", "DE", "MI") for last in ("NA", "RIS", "RA", "LIA", "TO")]
    jobs = [cast(Utterance(character=name, text="Yes.")) for name in names]
    pairs = list(itertools.combinations(jobs, 2))
    assert sum(one == other for one, other in pairs) <= len(pairs) / 50


def test_a_character_keeps_the_voice(tmp_path: Path) -> None:
    """A name written in other capitals or blanks is the same voice; the engine says which it was."""
    job = cast(MARA)
    assert cast(MARA.model_copy(update={"character": "  mara "})) == job
    assert open_voice("espeak", tmp_path).speak([MARA])[0].voice == job.voice


def test_the_bible_wins() -> None:
    """Variant, rate and pitch that are written are taken as they are."""
    job = cast(MARA.model_copy(update={"variant": "en-gb+m1", "rate": 200, "pitch": 7}))
    assert (job.voice, job.rate, job.pitch) == ("en-gb+m1", 200, 7)


def test_every_voice_that_is_chosen_exists() -> None:
    """Whatever the language of a line and the name of its speaker, eSpeak has that voice."""
    assert set(LANGUAGES.values()) <= read_languages(DATA).keys()
    assert {*VARIANTS, "whisper"} <= read_variants(DATA)


def test_a_language_has_its_own_sound(tmp_path: Path) -> None:
    """British English is found though eSpeak itself answers to another name, and is not American."""
    british, american = (MARA.model_copy(update={"variant": voice}) for voice in ("en-gb", "en-us"))
    assert len(set(say(tmp_path, british, american))) == 2


@pytest.mark.parametrize(
    ("voice", "told"),
    [
        ("en-us+f33", "no variant “f33” (the voice “en-us+f33” of MARA). Did you mean en-us+f3 or"),
        ("en-us+wisper", "Did you mean en-us+whisper or"),
        ("en-uss+f3", "no language “en-uss” (the voice “en-uss+f3” of MARA). Did you mean en-us+f3"),
        ("f3", "Did you mean en-us+f3?"),
        ("en-us+", "no variant “”"),
        ("en-us+../../lang/gmw/en", "no variant"),
        ("en-us+zzzz", "Write a voice such as en-us+f3"),
    ],
)
def test_a_voice_that_there_is_not_is_told_with_the_nearest(voice: str, told: str, tmp_path: Path) -> None:
    """ESpeak would answer “fine” and speak with another voice; here nothing is said."""
    with pytest.raises(InputError) as caught:
        open_voice("espeak", tmp_path).speak([MARA.model_copy(update={"variant": voice})])
    assert told in str(caught.value)
    assert not list(tmp_path.rglob("*.wav"))


def test_all_wrong_voices_are_told_at_once(tmp_path: Path) -> None:
    """Two wrong voices are two problems of one error."""
    wrong = [line.model_copy(update={"variant": f"en-us+{line.character}"}) for line in (MARA, IVO, MARA)]
    with pytest.raises(InputError) as caught:
        open_voice("espeak", tmp_path).speak(wrong)
    assert len(caught.value.problems) == 2


def test_lines_that_were_said_start_no_process(tmp_path: Path, processes: Callable[[], int]) -> None:
    """One process says all that is new; what is known is read, and the files stay as they are."""
    first = open_voice("espeak", tmp_path).speak([MARA, IVO])
    assert processes() == 1
    written = [spoken.path.stat().st_mtime_ns for spoken in first]
    assert open_voice("espeak", tmp_path).speak([IVO, MARA]) == first[::-1]
    assert processes() == 1
    assert [spoken.path.stat().st_mtime_ns for spoken in first] == written
    open_voice("espeak", tmp_path).speak([IVO, MARA.model_copy(update={"text": "Nearly out."})])
    assert processes() == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda sound: sound[:30],
        lambda sound: sound[:44],
        lambda sound: sound[:-2],
        lambda sound: sound + b"\0\0",
        lambda sound: bytes(len(sound)),
        lambda sound: sound[:22] + b"\2" + sound[23:],
        lambda _: b"not a sound at all" * 10,
    ],
)
def test_a_damaged_sound_is_made_again(damage: Callable[[bytes], bytes], tmp_path: Path) -> None:
    """A kept file that is empty, cut short or not what it says is written anew, with the same bytes."""
    (spoken,) = open_voice("espeak", tmp_path).speak([MARA])
    whole = spoken.path.read_bytes()
    spoken.path.write_bytes(damage(whole))
    assert open_voice("espeak", tmp_path).speak([MARA]) == [spoken]
    assert spoken.path.read_bytes() == whole


def test_two_runs_at_once_share_a_cache(tmp_path: Path) -> None:
    """Processes that say the same lines into one folder all succeed, and leave whole files alone."""
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    texts = [f"There are {count} steps." for count in range(20)]
    command = [sys.executable, "-c", SPEAK, str(tmp_path / "shared"), *texts]
    running = [subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert [(process.communicate()[0], process.returncode) for process in running] == [("", 0), ("", 0)]
    lines = [Utterance(character="MARA", text=text) for text in texts]
    assert say(tmp_path / "shared", *lines) == say(tmp_path / "alone", *lines)
    assert not list(tmp_path.rglob("*.part"))


def test_silence_around_a_line_is_cut_to_a_margin(tmp_path: Path) -> None:
    """What is heard begins and ends within a twentieth of a second of the file's ends."""
    with wave.open(str(open_voice("espeak", tmp_path).speak([MARA])[0].path), "rb") as sound:
        rate, samples = sound.getframerate(), memoryview(sound.readframes(sound.getnframes())).cast("h")
    heard = [at for at, value in enumerate(samples) if abs(value) > 90]
    assert heard[0] <= rate / 20
    assert 0 < len(samples) - heard[-1] <= rate / 20


@pytest.mark.parametrize("text", ["…", "—", "?!", "***", "😀", "\x07\x00", ". . .", ""])
def test_a_line_without_a_word_is_a_short_silence(text: str, tmp_path: Path, processes: Callable[[], int]) -> None:
    """Nothing is read out for marks and pictures, and no process is started for them."""
    (spoken,) = open_voice("espeak", tmp_path).speak([Utterance(character="MARA", text=text)])
    assert spoken.seconds == WORDLESS
    assert not any(spoken.path.read_bytes()[44:])
    assert processes() == 0


def test_markup_in_a_line_is_only_words(tmp_path: Path) -> None:
    """Neither a pause asked for in SSML is made, nor phonemes in brackets are spoken as such."""
    texts = ["Wait <break time='9s'/> here.", "Wait, break time nine here.", "[[h@l'oU]]", "Hello."]
    lines = [Utterance(character="MARA", text=text) for text in texts]
    paused, plain, phonemes, hello = (spoken.seconds for spoken in open_voice("espeak", tmp_path).speak(lines))
    assert paused < 2 * plain
    assert phonemes > 2 * hello


def test_controls_and_pictures_do_not_change_what_is_said(tmp_path: Path) -> None:
    """A line with controls, line ends and pictures in it is the line without them."""
    odd = MARA.model_copy(update={"text": " It\tis \n\x1b near\u00adly\x00 😀 o\u200dut.\ud800"})
    assert said(odd.text) == "It is nearly out."
    assert say(tmp_path, odd) == say(tmp_path, MARA)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(max_size=60), min_size=1, max_size=8))
@example(texts=["\ud800", "<a", "[[", '"\\\n', "{}", "0" * 60, "e\u0301" * 20, "\u202eabc", "ญี่ปุ่น 日本 한국 שלום"])
def test_any_text_is_said_or_silent(texts: list[str], tmp_path: Path) -> None:
    """Whatever stands in a line, it becomes a sound, in order."""
    spoken = open_voice("espeak", tmp_path).speak([Utterance(character="MARA", text=text) for text in texts])
    assert len(spoken) == len(texts)
    for text, one in zip(texts, spoken, strict=True):
        assert one.seconds > 0
        assert said(text) or one.seconds == WORDLESS


@pytest.mark.parametrize(
    ("text", "tongue"),
    [
        ("It is nearly out.", "en-us"),
        ("Почти погас.", "ru"),
        ("Σχεδόν έσβησε.", "el"),
        ("もう消える。灯台が", "ja"),
        ("灯塔快灭了", "cmn"),
        ("거의 꺼졌어", "ko"),
        ("The angle β is small.", "en-us"),
        ("…", "en-us"),
    ],
)
def test_a_line_is_said_in_the_language_of_its_script(text: str, tongue: str) -> None:
    """The script that most letters are in decides, unless the bible names a voice."""
    assert language(text) == tongue
    assert cast(Utterance(character="MARA", text=text)).voice.startswith(f"{tongue}+")
    assert cast(Utterance(character="MARA", text=text, variant="de+f1")).voice == "de+f1"


def test_other_scripts_are_heard(tmp_path: Path) -> None:
    """Russian and Greek come out as speech of about a syllable's length for each syllable, not as spelt letters."""
    lines = [Utterance(character="MARA", text=text) for text in ("Почти погас.", "Σχεδόν έσβησε.")]
    for spoken in open_voice("espeak", tmp_path).speak(lines):
        assert Fraction(1, 2) < spoken.seconds < 2


def test_the_manner_changes_how_a_line_is_said(tmp_path: Path) -> None:
    """Slowly takes longer, quickly shorter, whispering is another voice and softer; another word changes nothing."""
    manners = ["slowly", "", "Quickly, to IVO", "whispering", "fastening his coat"]
    slow, plain, quick, whispered, other = open_voice("espeak", tmp_path).speak(
        [MARA.model_copy(update={"manner": manner}) for manner in manners]
    )
    assert slow.seconds > plain.seconds > quick.seconds
    assert other == plain
    assert whispered.voice.endswith("+whisper")
    loudest = [max(map(abs, memoryview(one.path.read_bytes()[44:]).cast("h"))) for one in (whispered, plain)]
    assert loudest[0] < loudest[1]


def test_a_voice_of_the_bible_is_kept_when_it_whispers() -> None:
    """A written variant stays; only pace and loudness follow the manner."""
    job = cast(MARA.model_copy(update={"variant": "en-us+f3", "manner": "whispering"}))
    assert (job.voice, job.volume) == ("en-us+f3", 65)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """Where a file stands in the cache's place, the disk is named, not the voice."""
    (tmp_path / "cache").write_text("")
    with pytest.raises(DiskError, match="cache"):
        open_voice("espeak", tmp_path / "cache").speak([MARA])


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    """A file that the system refuses to let grow says what to do, and leaves nothing half written."""
    limit = "import resource as r; r.setrlimit(r.RLIMIT_FSIZE, (20_000, r.RLIM_INFINITY))\n"
    done = in_another_process(limit + SPEAK, tmp_path, "It is nearly out, and the water is at the door.")
    assert done.stdout.startswith("DiskError cannot write")
    assert "disk is full" in done.stdout
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.fixture
def broken_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], object]:
    """Install another ``espeakng_loader`` before the real one, with this code in it."""
    package = tmp_path / "broken" / "espeakng_loader"
    package.mkdir(parents=True)
    (package / "espeak-ng-data").symlink_to(DATA)
    monkeypatch.syspath_prepend(package.parent)
    monkeypatch.setenv("PYTHONPATH", str(package.parent))
    return (package / "__init__.py").write_text


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "stopped at “It is nearly out.”: .*SIGSEGV"),
        ("raise SystemExit(7)", "stopped at “It is nearly out.”: its process ended with code 7"),
        ("1 / 0", "stopped at “It is nearly out.”: ZeroDivisionError: division by zero"),
        ("raise OSError('wrong ELF class')", "cannot be said by en-us.*: wrong ELF class"),
        ("print('hello', flush=True)", "stopped at “It is nearly out.”: AttributeError"),
    ],
)
def test_an_engine_that_fails_is_told_with_its_cause(
    code: str, told: str, broken_engine: Callable[[str], object], tmp_path: Path
) -> None:
    """A worker that dies, or cannot load its library, is a MediaError with the line and the cause."""
    broken_engine(code)
    with pytest.raises(MediaError, match=told):
        open_voice("espeak", tmp_path / "cache").speak([MARA])


def test_a_missing_engine_is_told_with_its_install_line(tmp_path: Path) -> None:
    """Without the package, the error says how to install it, before anything is said."""
    for package in PACKAGES.iterdir():
        if not package.name.startswith("espeakng_loader"):
            (tmp_path / package.name).symlink_to(package)
    done = subprocess.run(
        [sys.executable, "-S", "-c", SPEAK, str(tmp_path / "cache"), "Hello."],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}"},
    )
    assert done.stdout.startswith("MissingInstall"), done.stderr
    assert 'pip install "shotgraph[voice]"' in done.stdout


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="only Linux lists what a process has loaded")
def test_the_engine_is_never_loaded_here(tmp_path: Path) -> None:
    """ESpeak is GPL: after lines were said, this process holds nothing of it."""
    say(tmp_path, MARA)
    assert "espeakng_loader" not in sys.modules
    assert "libespeak" not in Path("/proc/self/maps").read_text()
