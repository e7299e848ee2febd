"""The page as HTML: one file, with its style, its script and its pictures in it. Opens from disk, asks nobody."""

import functools
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from director.dailies.page import Page, Still

if TYPE_CHECKING:
    from jinja2 import Template

_HERE = Path(__file__).parent


def to_html(page: Page, stills: Mapping[Still, bytes], unreadable: frozenset[str], embed: Path | None) -> str:
    """The page, with these pictures. ``embed``: the folder of film and proxies to put into it; None names them only.

    ``unreadable`` footage is said to be so. Raises DiskError for a proxy that cannot be read back.
    """
    style, script = (_HERE / "page.css").read_text("utf-8"), (_HERE / "page.js").read_text("utf-8")
    uris = {still: f"data:image/webp;base64,{b64encode(content).decode()}" for still, content in stills.items()}
    return _template().render(
        page=page,
        uris=uris,
        unreadable=unreadable,
        embedded=_embedded(page, unreadable, embed) if embed is not None else {},
        style=style,
        script=script,
        policy=_policy(style, script),
        eyes=_for_a_person(page),
    )


def _policy(style: str, script: str) -> str:
    """Nothing runs and nothing is loaded but what this page holds and the video beside it."""
    hashes = (b64encode(sha256(text.encode()).digest()).decode() for text in (style, script))
    styles, scripts = (f"'sha256-{each}'" for each in hashes)
    return (
        f"default-src 'none'; img-src data:; media-src 'self' file: blob:; style-src {styles}; script-src {scripts}; "
        "base-uri 'none'; form-action 'none'"
    )


def _embedded(page: Page, unreadable: frozenset[str], folder: Path) -> dict[str, str]:
    """Every file that plays, in base64."""
    from director.dailies.proxies import files_of
    from storyboard.errors import DiskError

    files = [*([page.film.file] if page.film else []), *sorted(files_of(page) - unreadable)]
    try:
        return {file: b64encode((folder / file).read_bytes()).decode() for file in files}
    except OSError as error:
        raise DiskError.from_os(error, "cannot read back") from error


def _for_a_person(page: Page) -> list[tuple[str, str, str, str, str]]:
    """What waits for a person: anchor, shot, kind, what it is about, words; failing shots first.

    What a person circled waits for nobody.
    """
    failing: list[tuple[str, str, str, str, str]] = []
    doubtful: list[tuple[str, str, str, str, str]] = []
    for shot in page.shots:
        for take in (each for each in shot.takes if each.chosen and not each.circled):
            failing += [(shot.anchor, shot.id, "fail", mark.about, mark.words) for mark in take.wrong]
            doubtful += [(shot.anchor, shot.id, "unsure", mark.about, mark.words) for mark in take.doubtful]
    return failing + doubtful


@functools.cache
def _template() -> "Template":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"lasting": _lasting, "plural": _plural}
    return environment.get_template("page.html.jinja")


def _lasting(seconds: float) -> str:
    """Seconds as people say them: ``48.5 s``, ``2 min 5 s``, ``3 h 20 min``."""
    if seconds < 99.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"


def _plural(count: int, word: str, many: str = "") -> str:
    return f"{count} {word if count == 1 else many or word + 's'}"
