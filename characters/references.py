"""Reference images: inside the film's folder, readable, large enough, and hashed."""

import hashlib
import warnings
from collections.abc import Iterator
from pathlib import Path

from characters.bible import Bible, CharacterEntry, Entry, PropEntry
from characters.seen import Reference
from storyboard.errors import InputError, Level, Problem
from storyboard.paths import inside
from storyboard.yaml_file import YamlFile

LEAST = 64  # pixels on the short side: below it nobody is recognised
GOOD = 256
LARGEST = 64_000_000  # bytes of a file
FORMATS = ("PNG", "JPEG", "WEBP")

References = dict[tuple[str, str | None], tuple[Reference, ...]]
"""(name, look or state or None) → its reference images, in the bible's order."""


def load_references(
    bible: Bible, folder: Path, doc: YamlFile | None = None, keys: tuple[str | int, ...] = ()
) -> tuple[References, tuple[Problem, ...]]:
    """Check and hash every reference image of the bible.

    Returns them with the warnings. Raises InputError with every image that is missing, unreadable, too small
    or outside ``folder``. ``doc`` and ``keys`` say where the bible stands, for lines.
    """
    found: References = {}
    errors: list[Problem] = []
    doubts: list[Problem] = []
    place = doc or YamlFile(None, None, {})
    for name, look, written, at in _written(bible):
        where = (*keys, *at)
        try:
            reference, width, height = load_image(inside(folder, written), name, look)
        except ValueError as error:
            errors.append(place.problem(f"reference “{written}” of {name} {error}.", "", *where))
            continue
        found[name, look] = (*found.get((name, look), ()), reference)
        if min(width, height) < GOOD:
            what = f"reference “{written}” of {name} is small ({width}×{height} pixels)."
            todo = f"From {GOOD} pixels on the short side a face can be told from another."
            doubts.append(place.problem(what, todo, *where, level=Level.WARNING, rule="small-reference"))
    if errors:
        raise InputError([*errors, *doubts])
    return found, tuple(doubts)


def _written(bible: Bible) -> Iterator[tuple[str, str | None, str, tuple[str | int, ...]]]:
    """Every reference as written: name, look, path, and where it stands in the bible."""
    groups = {"characters": bible.characters, "props": bible.props, "places": bible.places}
    for group, entries in groups.items():
        for name, entry in entries.items():
            for index, written in enumerate(entry.references):
                yield name, None, written, (group, name, "references", index)
            variants, key = _variants(entry)
            for look, variant in variants.items():
                for index, written in enumerate(variant.references):
                    yield name, look, written, (group, name, key, look, "references", index)


def _variants(entry: Entry) -> tuple[dict, str]:
    if isinstance(entry, CharacterEntry):
        return entry.looks, "looks"
    if isinstance(entry, PropEntry):
        return entry.states, "states"
    return {}, ""


def load_image(path: Path, name: str, look: str | None) -> tuple[Reference, int, int]:
    """One image with its size in pixels. Raises ValueError, worded to follow the image's name."""
    if not path.is_file():
        raise ValueError("is a folder" if path.is_dir() else "does not exist")
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError(f"is larger than {LARGEST // 1_000_000} MB")
        content = path.read_bytes()
    except OSError as error:
        raise ValueError(f"cannot be read ({error.strerror})") from None
    width, height = _size(path)
    if min(width, height) < LEAST:
        raise ValueError(f"is too small ({width}×{height} pixels; at least {LEAST} on the short side)")
    sha256 = hashlib.sha256(content).hexdigest()
    return Reference(path=path, of=name, look=look, sha256=sha256), width, height


def _size(path: Path) -> tuple[int, int]:
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=FORMATS) as image:
                size = image.size
                image.load()  # a truncated file is found out now, not when a model is paid for
                return size
    except UnidentifiedImageError:
        raise ValueError(f"is not an image in {', '.join(FORMATS)}") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValueError("has too many pixels") from None
    except (OSError, ValueError, SyntaxError) as error:
        raise ValueError(f"cannot be read as an image ({error})") from None
