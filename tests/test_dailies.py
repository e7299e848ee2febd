"""The dailies: one page with every shot's takes, written after a run, and cheap to write again."""

import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import av
import pytest

from director.checks.base import Ruling
from director.dailies.gather import gather
from director.dailies.yields import yield_of
from director.windows import Window
from tests.conftest import BIBLE, FILM, SCRIPT, write_film
from tests.dailies import DOUBT, GOOD, OLIVE, SLOW, said, shot_film

Run = Callable[..., subprocess.CompletedProcess[str]]
TAKES = (((*GOOD, OLIVE), (*GOOD, OLIVE, SLOW), GOOD), (GOOD,), ((*GOOD, DOUBT),), ((*GOOD, OLIVE),), (GOOD,))


class Tags(HTMLParser):
    """Every tag of a page with its attributes, and the text that can be read."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._hushed = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._hushed += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._hushed -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._hushed:
            self.words += data.split()

    @property
    def text(self) -> str:
        return " ".join(self.words)

    def having(self, attribute: str) -> list[str]:
        """The values of an attribute, wherever it stands."""
        return [value or "" for _, found in self.tags if attribute in found for value in (found[attribute],)]


def test_a_run_writes_its_dailies(tmp_path: Path, direct: Run) -> None:
    """A run that rejects takes ends with a page of all of them, and a proxy for each take of such a shot."""
    film = write_film(tmp_path, film=FILM.replace("fake", "{name: fake, black: 0.5}") + "budget: {takes: 30}\n")
    run = direct(film)
    assert run.returncode == 0, run.stderr
    page = tmp_path / "cut" / "dailies.html"
    assert str(page) in run.stdout
    read = Tags(page.read_text("utf-8"))
    rows = json.loads(direct("takes", film, "--json").stdout)
    again = {row["shot"] for row in rows if row["attempt"] > 1}
    assert again
    assert set(read.having("data-copy")) >= {row["key"] for row in rows} | {str(row["seed"]) for row in rows}
    wanted = {f"dailies/{row['key'][:24]}.mp4" for row in rows if row["shot"] in again}
    assert set(read.having("data-file")) == wanted | {"film.mp4"}
    for name in wanted:
        with av.open(str(tmp_path / "cut" / name)) as proxy:
            assert proxy.streams.video[0].codec_context.name == "h264"


def test_a_run_can_leave_the_dailies_out(film: Path, direct: Run) -> None:
    """``--no-dailies`` writes none, and ``direct dailies`` writes them afterwards without shooting."""
    page = film.parent / "cut" / "dailies.html"
    assert direct(film, "--no-dailies").returncode == 0
    assert not page.exists()
    run = direct("dailies", film, "--json")
    assert json.loads(run.stdout) == {"page": str(page), "bytes": page.stat().st_size}


def test_there_are_no_dailies_of_nothing(film: Path, direct: Run) -> None:
    """Before anything is shot, ``direct dailies`` says what to do first."""
    run = direct("dailies", film)
    assert run.returncode == 2
    assert "nothing of The Key is shot yet" in run.stderr


def test_takes_that_the_film_shows_whole_need_no_proxies(film: Path, direct: Run) -> None:
    """Where every first take is used, the page plays stretches of the film, each at its own place in it."""
    assert direct(film).returncode == 0
    assert not (film.parent / "cut" / "dailies").exists()
    read = Tags((film.parent / "cut" / "dailies.html").read_text("utf-8"))
    reels = [found for tag, found in read.tags if tag == "div" and "data-file" in found]
    assert {reel["data-file"] for reel in reels} == {"film.mp4"}
    ends = [float(str(reel["data-start"])) + float(str(reel["data-seconds"])) for reel in reels]
    starts = [float(str(reel["data-start"])) for reel in reels]
    assert starts == pytest.approx([0.0, *ends[:-1]])
    kept = json.loads((film.parent / "cut" / "film.json").read_text("utf-8"))
    assert ends[-1] == pytest.approx(kept["frames"] / kept["fps"])


def test_the_page_tells_what_was_found_and_what_was_changed(tmp_path: Path) -> None:
    """Words, what was meant against what was seen, the change that followed, and the frame with its box."""
    read = Tags(shot_film(tmp_path, TAKES).write().read_text("utf-8"))
    for words in (
        "coat: olive, promised dark green, ΔE 31",
        "meant dark green",
        "seen olive",
        "Then MARA’s coat first in the prompt",
        "half as fast as rehearsed",
        "the face is too small to tell",
        "close-up on MARA, slow dolly in",
        "MARA You are late.",
        "1 shot fails. 1 shot wants your eyes.",
    ):
        assert words in read.text
    boxes = [found for tag, found in read.tags if tag == "rect" and found.get("height") == "24"]
    assert {(box["x"], box["y"], box["width"]) for box in boxes} == {("20", "6", "24")}
    pictures = [found["src"] or "" for tag, found in read.tags if tag == "img"]
    assert pictures
    assert all(source.startswith("data:image/webp;base64,") for source in pictures)


def test_the_yield_counts_what_was_shot_and_what_rejected_it(tmp_path: Path) -> None:
    """The shooting ratio is all frames that were generated over those that are used."""
    made = shot_film(tmp_path, TAKES)
    spent = gather(made.plan, made.states, made.edit, cut=True).spent
    takes = [attempt.take for state in made.states for attempt in state.attempts]
    assert (spent.takes, spent.rejected) == (7, 3)
    assert spent.reasons == (("attributes", 3), ("tempo", 1))
    assert spent.counts == ((1, 4), (3, 1))
    assert spent.generated == pytest.approx(sum(take.frames for take in takes) / 12)
    assert spent.used == pytest.approx(made.edit.frames / 12)
    assert spent.ratio == pytest.approx(spent.generated / spent.used)
    assert yield_of([], made.plan.rate).ratio == 0.0


def test_only_the_used_take_is_circled(tmp_path: Path) -> None:
    """Of a shot's takes the one that is cut is circled, be it the best of a bad lot."""
    made = shot_film(tmp_path, TAKES)
    shots = gather(made.plan, made.states, made.edit, cut=True).shots
    assert [[take.number for take in shot.takes if take.chosen] for shot in shots] == [[3], [1], [1], [1], [1]]
    assert [shot.state for shot in shots] == ["made", "made", "unsure", "failing", "made"]


def test_drafts_picks_and_wishes_are_told(tmp_path: Path) -> None:
    """A draft is called one and counts by its share; what a person circled or asked for is said to be theirs."""
    made = shot_film(tmp_path, TAKES)
    first, again, last = made.states[0].attempts
    made.states[0].attempts[:] = [replace(first, draft=True), replace(again, number=0), replace(last, asked=True)]
    made.states[3].circled = made.states[3].attempts[0].take.key
    page = gather(made.plan, made.states, made.edit, cut=True)
    assert [shot.state for shot in page.shots] == ["made", "made", "unsure", "made", "made"]
    assert (page.spent.takes, page.spent.drafts, page.spent.rejected) == (6, 1, 2)
    frames = sum(attempt.take.frames for state in made.states for attempt in state.attempts)
    assert page.spent.generated == pytest.approx((frames - 0.75 * first.take.frames) / 12)
    text = Tags(made.write().read_text("utf-8")).text
    assert "6 takes and 1 draft." in text
    assert "fails:" not in text
    for words in ("Draft 1 rejected", "Then, as you asked,", "circled by you"):
        assert words in text


def test_what_lies_outside_the_cut_rejects_nothing(tmp_path: Path) -> None:
    """A fault in frames that are not used is told, and does not count; a price makes money of seconds."""
    made = shot_film(tmp_path, (((*GOOD, SLOW),), *TAKES[1:]), film=FILM + "budget: {price: 0.5}\n")
    attempt = made.states[0].attempts[0]
    made.states[0].attempts[0] = replace(attempt, window=Window(first=22, frames=8, shown=(22, 29)))
    page = gather(made.plan, made.states, made.edit, cut=True)
    take = page.shots[0].takes[0]
    assert (take.wrong, take.state) == ((), "held")
    assert [(mark.check, mark.aside) for mark in take.told] == [("tempo", "not in the cut")]
    assert page.spent.money == pytest.approx(page.spent.generated * 0.5)
    assert "tempo not in the cut" in Tags(made.write().read_text("utf-8")).text


def test_a_long_list_for_a_person_is_folded(tmp_path: Path) -> None:
    """Twelve verdicts wait in sight, the others behind a word."""
    many = tuple(said("identity", Ruling.UNSURE, f"doubt {index}", subject=f"N{index}") for index in range(15))
    read = Tags(shot_film(tmp_path, ((many,), *TAKES[1:])).write().read_text("utf-8"))
    assert "and 5 more" in read.text


def test_writing_again_touches_nothing(tmp_path: Path) -> None:
    """A page whose film is as it was stays as it is, and so do its proxies."""
    made = shot_film(tmp_path, TAKES)
    page = made.write()
    before = {path: path.stat().st_mtime_ns for path in (page, *(made.out / "dailies").iterdir())}
    made.write()
    assert {path: path.stat().st_mtime_ns for path in (page, *(made.out / "dailies").iterdir())} == before


def test_the_same_takes_give_the_same_bytes(tmp_path: Path) -> None:
    """Page and proxies made anew from the same takes are equal to the byte."""
    made = shot_film(tmp_path, TAKES)
    before = {path.name: path.read_bytes() for path in (made.write(), *(made.out / "dailies").iterdir())}
    for path in (made.out / "dailies.html", *(made.out / "dailies").iterdir(), *made.store.cache.glob("stills/*/*")):
        path.unlink()
    assert {path.name: path.read_bytes() for path in (made.write(), *(made.out / "dailies").iterdir())} == before


def test_proxies_of_takes_that_are_no_longer_there_go(tmp_path: Path) -> None:
    """What the page does not name any more is removed, and what is not ours stays."""
    made = shot_film(tmp_path, TAKES)
    made.write()
    ours = {path.name for path in (made.out / "dailies").iterdir()}
    (made.out / "dailies" / "notes.txt").write_text("mine", encoding="utf-8")
    (made.out / "dailies" / "rushes.mp4").write_bytes(b"mine too")
    made.states[0].attempts[:] = made.states[0].attempts[-1:]
    made.write()
    left = {path.name for path in (made.out / "dailies").iterdir()}
    assert left == {"notes.txt", "rushes.mp4"}
    assert len(ours) == 3


def test_inline_puts_all_that_plays_into_the_page(tmp_path: Path) -> None:
    """``--inline``: the film and every proxy stand in the page, byte for byte."""
    from base64 import b64decode

    made = shot_film(tmp_path, TAKES)
    text = made.write(inline=True).read_text("utf-8")
    inside = dict(re.findall(r'<script type="text/plain" data-file="([^"]+)">([^<]+)</script>', text))
    assert set(inside) == {"film.mp4", *(f"dailies/{path.name}" for path in (made.out / "dailies").iterdir())}
    for name, content in inside.items():
        assert b64decode(content) == (made.out / name).read_bytes()


def test_a_take_that_cannot_be_read_does_not_stop_the_page(tmp_path: Path) -> None:
    """A damaged file leaves a blank on the page, and the rest stands."""
    made = shot_film(tmp_path, TAKES)
    made.store.files(made.states[0].attempts[0].take)[0].write_bytes(b"no video")
    read = Tags(made.write().read_text("utf-8"))
    assert "This take cannot be read." in read.text
    assert len(list((made.out / "dailies").iterdir())) == 2
    stamp = (made.out / "dailies.html").stat().st_mtime_ns
    made.write()
    assert (made.out / "dailies.html").stat().st_mtime_ns == stamp


def test_what_a_script_says_is_never_markup(tmp_path: Path) -> None:
    """Notes, speeches, names and verdicts of a hostile film come out as text."""
    bad = '<script>alert(1)</script><img src=x onerror="alert(2)">'
    script = SCRIPT.replace("You are late.", f"You {bad} late.").replace("CLIFF PATH", bad.upper())
    script, bible = (text.replace("IVO", "<S>IVO") for text in (script, BIBLE))
    wrong = said("attributes", Ruling.FAIL, bad, subject=bad, expected=bad, measured=bad, frame=2, box=(1, 1, 5, 5))
    takes = (((*GOOD, wrong), GOOD), (GOOD,), (GOOD,), (GOOD,), ((*GOOD, wrong),))
    film = FILM.replace("The Key", f"'{bad}'")
    made = shot_film(tmp_path, takes, film=film, script=script, bible=bible)
    text = made.write().read_text("utf-8")
    read = Tags(text)
    assert bad.replace(" ", "") in read.text.replace(" ", "")
    assert [tag for tag, _ in read.tags].count("script") == 1
    assert "<SCRIPT>ALERT(1)</SCRIPT>" in read.text
    assert "medium shot of <S>IVO" in read.text
    assert "s" not in {tag for tag, _ in read.tags}
    assert not any("onerror" in found or found.get("src") == "x" for _, found in read.tags)


def test_a_take_is_shown_beside_what_it_was_held_against(tmp_path: Path) -> None:
    """Where takes are compared with a rehearsal, it stands first in the row, as long as they are."""
    film = FILM.replace("generator: fake", "generator: {name: previz, drift: typical}")
    made = shot_film(tmp_path, ((GOOD,),), film=film, script=_ONE)
    read = Tags(made.write().read_text("utf-8"))
    first = next(name for name in read.having("data-file") if name.startswith("dailies/"))
    assert first.startswith("dailies/r-")
    take = made.states[0].attempts[0].take
    with av.open(str(made.out / first)) as rehearsal:
        stream = rehearsal.streams.video[0]
        assert stream.frames == -(-take.frames // 6)
        assert stream.average_rate == 2


_ONE = """\
INT. KITCHEN - DAY

[[shot: close-up on MARA, static, 1s]]

MARA stands by the window.
"""
