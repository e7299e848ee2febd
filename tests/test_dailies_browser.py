"""The dailies in a real Chromium, from disk: played by keyboard, by mouse and by thumb, in the dark and the light."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from director.checks.base import Ruling
from tests.conftest import BIBLE, FILM, SCRIPT
from tests.dailies import DOUBT, GOOD, OLIVE, SLOW, said, shot_film

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TAKES = (((*GOOD, OLIVE), (*GOOD, OLIVE, SLOW), GOOD), (GOOD,), ((*GOOD, DOUBT),), ((*GOOD, OLIVE),), (GOOD,))
BAD = '<script>alert(1)</script><img src=x onerror="alert(2)">'
CURRENT = "document.querySelector('.reel[aria-current]')"
VIDEO = f"{CURRENT}.querySelector('video')"


def chromium() -> str | None:
    """A browser that this machine has: CHROMIUM, or one on the path."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """Chromium, without a window."""
    from playwright.sync_api import sync_playwright

    if (path := chromium()) is None:
        pytest.skip("no Chromium is installed: apt-get install chromium, or name one in CHROMIUM")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*quiet, "--disable-sync", "--disable-quic"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def dailies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a film whose title, notes and verdicts would run as script if they were let."""
    wrong = said("attributes", Ruling.FAIL, BAD, subject=BAD, expected=BAD, frame=2, box=(1, 1, 5, 5))
    film = FILM.replace("The Key", f"'{BAD}'").replace("height: 36, width: 64", "height: 72, width: 128")
    script = SCRIPT.replace("You are late.", f"You {BAD} late.").replace("CLIFF PATH", BAD.upper())
    script, bible = (text.replace("IVO", "<S>IVO") for text in (script, BIBLE))
    takes = (*TAKES[:4], ((*GOOD, wrong),))
    return shot_film(tmp_path_factory.mktemp("film"), takes, film=film, script=script, bible=bible).write()


@pytest.fixture(scope="module")
def inlined(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page with everything in it, alone in a folder."""
    page = shot_film(tmp_path_factory.mktemp("inline"), TAKES).write(inline=True)
    return Path(shutil.copy(page, tmp_path_factory.mktemp("alone")))


class Seen:
    """An open page, and what it asked for and complained of."""

    def __init__(self, browser: "Browser", path: Path, **context: Any) -> None:
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **context})
        self.page: Page = self.context.new_page()
        self.asked: list[str] = []
        self.told: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.told.append(message.text))
        self.page.on("pageerror", lambda error: self.told.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.told.append(dialog.message), dialog.dismiss()))
        self.page.goto(path.as_uri())

    def label(self) -> str | None:
        """What the current take is called."""
        return self.page.evaluate(f"({CURRENT} || {{}}).ariaLabel")

    def until(self, words: str) -> None:
        """Wait until an expression holds, without the eval that the page forbids."""
        for _ in range(400):
            if self.page.evaluate(words):
                return
            self.page.wait_for_timeout(50)
        pytest.fail(f"never came true: {words}")

    def close(self) -> None:
        """Every request went to the disk, and nothing was complained of."""
        self.context.close()
        assert [url for url in self.asked if not url.startswith(("file:", "data:", "blob:"))] == []
        assert self.told == []


def test_takes_are_walked_through_with_the_arrows(browser: "Browser", dailies: Path) -> None:
    """Left and right go from take to take and on to the next shot; up and down from shot to shot, to its circle."""
    seen = Seen(browser, dailies)
    for key, where in (
        ("ArrowRight", "Shot 1A, take 1"),
        ("ArrowRight", "Shot 1A, take 2"),
        ("ArrowDown", "Shot 1B, take 1"),
        ("ArrowUp", "Shot 1A, take 3"),
        ("ArrowRight", "Shot 1B, take 1"),
        ("ArrowLeft", "Shot 1A, take 3"),
        ("ArrowUp", "Shot 1A, take 3"),
    ):
        seen.page.keyboard.press(key)
        assert seen.label() == where, key
        assert seen.page.evaluate(f"document.activeElement === {CURRENT}")
    assert "Shot 1A, take 3: in the film" in seen.page.locator("#said").text_content()
    seen.close()


def test_space_and_j_k_l_play_a_take(browser: "Browser", dailies: Path) -> None:
    """Space plays and stops; L runs forward and faster, K stops, J runs back; comma and full stop go by one frame."""
    seen = Seen(browser, dailies)
    press = seen.page.keyboard.press
    press("ArrowRight")
    press("Space")
    seen.until(f"{VIDEO} && !{VIDEO}.paused && {VIDEO}.currentTime > 0")
    press("Space")
    seen.until(f"{VIDEO}.paused")
    press("l")
    seen.until(f"!{VIDEO}.paused && {VIDEO}.playbackRate === 1")
    press("l")
    seen.until(f"{VIDEO}.playbackRate === 2")
    press("k")
    seen.until(f"{VIDEO}.paused")
    press(".")
    press(".")
    seen.until(f"!{VIDEO}.seeking")
    at = seen.page.evaluate(f"{VIDEO}.currentTime")
    press(",")
    seen.until(f"!{VIDEO}.seeking && {VIDEO}.currentTime < {at}")
    assert at - seen.page.evaluate(f"{VIDEO}.currentTime") == pytest.approx(1 / 12, abs=0.01)
    press("j")
    seen.until(f"{VIDEO}.paused && {VIDEO}.currentTime !== {at} && document.querySelector('.shuttle')")
    assert "◀ 1×" in seen.page.locator(".shuttle").text_content()
    press("k")
    seen.until("!document.querySelector('.shuttle')")
    seen.close()


def test_a_stretch_of_the_film_stays_within_the_film(browser: "Browser", dailies: Path) -> None:
    """A take that the film shows is played in the film, from its own first frame."""
    seen = Seen(browser, dailies)
    seen.page.locator("#shot-1B .reel").click()
    seen.until("document.querySelector('#shot-1B video') && document.querySelector('#shot-1B video').currentTime > 0")
    start, video = (
        seen.page.evaluate("Number(document.querySelector('#shot-1B .reel').dataset.start)"),
        seen.page.evaluate("(v => [v.currentTime, v.src])(document.querySelector('#shot-1B video'))"),
    )
    assert start > 0
    assert video[0] >= start
    assert video[1].endswith("film.mp4")
    seen.close()


def test_evidence_is_shown_in_the_take(browser: "Browser", dailies: Path) -> None:
    """A click on the evidence puts the take on that frame, with the box over it."""
    seen = Seen(browser, dailies)
    seen.page.locator("#shot-1A .evidence").first.click()
    video = "document.querySelector('#shot-1A .reel video')"
    seen.until(f"{video} && {video}.readyState > 1 && !{video}.seeking && {video}.currentTime > 0")
    assert int(seen.page.evaluate(f"{video}.currentTime") * 12) == 9
    box = seen.page.locator("#shot-1A .picture > .box rect").last
    assert box.get_attribute("x") == "20"
    seen.close()


def test_takes_of_a_shot_play_together(browser: "Browser", dailies: Path) -> None:
    """P plays every take of the shot in step."""
    seen = Seen(browser, dailies)
    seen.page.keyboard.press("ArrowRight")
    seen.page.keyboard.press("p")
    videos = "[...document.querySelectorAll('#shot-1A video')]"
    seen.until(f"{videos}.length === 3 && {videos}.every((v) => !v.paused && v.currentTime > 0.1)")
    times = seen.page.evaluate(f"{videos}.map((v) => v.currentTime)")
    assert max(times) - min(times) < 0.25
    seen.close()


def test_only_the_shots_that_are_asked_for_are_shown(browser: "Browser", dailies: Path) -> None:
    """The filter leaves failing shots, unsure ones, or those that were shot again."""
    seen = Seen(browser, dailies)
    for name, shots in (("failing", ["2A", "2B"]), ("unsure", ["1C"]), ("again", ["1A"]), ("all", 5)):
        seen.page.locator(f'input[value="{name}"]').check(force=True)
        shown = seen.page.evaluate("[...document.querySelectorAll('.shot:not([hidden])')].map((s) => s.id.slice(5))")
        assert (len(shown) if isinstance(shots, int) else shown) == shots
    seen.close()


def test_seeds_and_keys_can_be_copied(browser: "Browser", dailies: Path) -> None:
    """A click puts the whole key on the clipboard."""
    seen = Seen(browser, dailies, permissions=["clipboard-read", "clipboard-write"])
    button = seen.page.locator("#shot-1A .copy").nth(1)
    button.click()
    seen.page.get_by_text("copied", exact=True).wait_for()
    copied = seen.page.evaluate("navigator.clipboard.readText()")
    assert copied == seen.page.evaluate("document.querySelectorAll('#shot-1A .copy')[1].dataset.copy")
    assert len(copied) == 64
    seen.close()


def test_nothing_that_a_script_says_runs(browser: "Browser", dailies: Path) -> None:
    """Markup in the title, a note, a speech and a verdict is shown as it was written."""
    seen = Seen(browser, dailies)
    assert seen.page.title() == f"{BAD}: dailies"
    assert seen.page.locator("h1").inner_text() == BAD
    assert seen.page.locator('img[src="x"]').count() == 0
    assert BAD in seen.page.locator("#shot-2B .words").text_content()
    assert "medium shot of <S>IVO" in seen.page.locator("#shot-1C .note").text_content()
    assert BAD in seen.page.locator("#shot-1B .line").text_content()
    seen.close()


def test_the_inlined_page_plays_alone(browser: "Browser", inlined: Path) -> None:
    """Moved to a folder of its own, the page still plays its takes and the film, and asks for no file."""
    seen = Seen(browser, inlined)
    seen.page.keyboard.press("ArrowRight")
    seen.page.keyboard.press("Space")
    seen.until(f"{VIDEO} && {VIDEO}.currentTime > 0")
    seen.page.keyboard.press("k")
    seen.page.evaluate("document.getElementById('film').play()")
    seen.until("document.getElementById('film').currentTime > 0")
    assert [url for url in seen.asked if url.startswith("file:")] == [inlined.as_uri()]
    seen.close()


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_words_stand_out_from_what_is_behind_them(browser: "Browser", dailies: Path, scheme: str) -> None:
    """Every text has the contrast that WCAG 2.2 asks of level AA, in the dark and in the light."""
    seen = Seen(browser, dailies, color_scheme=scheme)
    ground = seen.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, ground[4:-1].split(","))) < 384) == (scheme == "dark")
    weak = seen.page.evaluate(_WEAK)
    assert weak == []
    seen.close()


@pytest.mark.parametrize("wide", [360, 768, 1280])
def test_the_page_fits_the_screen(browser: "Browser", dailies: Path, wide: int) -> None:
    """From a phone to a desk nothing is wider than the screen; only the rows of takes and of slates scroll."""
    seen = Seen(browser, dailies, viewport={"width": wide, "height": 780}, has_touch=wide < 700)
    assert seen.page.evaluate("document.documentElement.scrollWidth") == wide
    assert seen.page.locator("#shot-1A .reel").first.is_visible()
    seen.close()


def test_the_page_can_be_found_through_by_ear(browser: "Browser", dailies: Path) -> None:
    """Landmarks, one first heading, headings in order, a name for every control, words for every picture."""
    seen = Seen(browser, dailies)
    count = seen.page.evaluate("""() => ({
      landmarks: ["header", "main", "nav", "footer"].map((tag) => document.querySelectorAll(`body ${tag}`).length),
      first: document.querySelectorAll("h1").length,
      jumps: [...document.querySelectorAll("h1, h2, h3")].map((each) => Number(each.tagName[1]))
        .filter((level, place, all) => place && level > all[place - 1] + 1).length,
      nameless: [...document.querySelectorAll("button, a, input, video, nav, [role=group]")]
        .filter((each) => !(each.ariaLabel || each.textContent.trim() || each.labels?.[0].textContent.trim())).length,
      silent: [...document.querySelectorAll("img")].filter((each) => !each.hasAttribute("alt")).length,
      ids: (ids => ids.length - new Set(ids).size)([...document.querySelectorAll("[id]")].map((each) => each.id)),
      lang: document.documentElement.lang,
    })""")
    assert count == {
        "landmarks": [1, 1, 1, 1],
        "first": 1,
        "jumps": 0,
        "nameless": 0,
        "silent": 0,
        "ids": 0,
        "lang": "en",
    }
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate("document.activeElement.textContent") == "Skip to the shots"
    seen.close()


def test_nothing_moves_for_those_who_asked_for_calm(browser: "Browser", dailies: Path) -> None:
    """With reduced motion the page jumps instead of gliding."""
    seen = Seen(browser, dailies, reduced_motion="reduce")
    assert seen.page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    seen.close()


# Contrast of every piece of text with the nearest ground behind it, by WCAG 2.2, 1.4.3.
_WEAK = """() => {
  const parts = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
  const linear = (c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const light = (rgb) => rgb.slice(0, 3).map((c) => linear(c / 255))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (each) => {
    for (let up = each; up; up = up.parentElement) {
      const style = getComputedStyle(up);
      const stops = [...style.backgroundImage.matchAll(/rgba?\\([^)]+\\)/g)].map((m) => parts(m[0]));
      if (stops.length && (stops[0].length < 4 || stops[0][3] > 0.5)) return stops[0];
      const colour = parts(style.backgroundColor);
      if (colour.length === 3 || colour[3] > 0.5) return colour;
    }
    return [255, 255, 255];
  };
  document.querySelectorAll("details").forEach((each) => { each.open = true; });
  const found = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const each = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || ["SCRIPT", "STYLE"].includes(each.tagName)) continue;
    const style = getComputedStyle(each);
    const [one, two] = [light(parts(style.color)), light(ground(each))].sort((a, b) => b - a);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if ((one + 0.05) / (two + 0.05) < (large ? 3 : 4.5)) found.add(`${each.tagName}.${each.className}: ${style.color}`);
  }
  return [...found];
}"""
