"""The edge where a script is read from disk: what cannot be one is refused, with what to do."""

import codecs
import stat
from pathlib import Path

from storyboard.errors import DiskError, InputError, Level, Problem
from storyboard.fountain import parse_fountain
from storyboard.screenplay import Screenplay

LIMIT = 5_000_000  # bytes; a 120-page script has about 200,000

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FOREIGN = (
    (b"%PDF", "is a PDF", "Export the script as Fountain from the program it was written in."),
    (b"PK\x03\x04", "is a zip archive (Word, Highland and others)", "Export the script as Fountain."),
    (b"<?xml", "is XML (perhaps Final Draft)", "Export the script as Fountain."),
    (b"{\\rtf", "is RTF", "Save it as plain text."),
)


def read_script(path: Path, limit: int = LIMIT) -> Screenplay:
    """Read and parse a Fountain script of at most ``limit`` bytes.

    Text is UTF-8, UTF-16 or UTF-32 by its byte order mark, else UTF-8, else Windows-1252 (the wider
    Latin-1) with a warning. Raises InputError for what is no script, DiskError when the disk fails.
    """
    raw = _read(path, limit)
    text, warnings = decode_script(raw, path)
    screenplay = parse_fountain(text, path)
    if not screenplay.scenes:
        what = "is empty." if not text.strip("\ufeff \t\r\n") else "holds nothing to film: no action, no dialogue."
        raise InputError(Problem(what=what, todo="Write a scene: INT. PLACE - DAY, a blank line, action.", file=path))
    if warnings:
        return screenplay.model_copy(update={"problems": (*warnings, *screenplay.problems)})
    return screenplay


def _read(path: Path, limit: int) -> bytes:
    def refuse(what: str, todo: str) -> InputError:
        return InputError(Problem(what=what, todo=todo, file=path))

    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise refuse("is a folder, not a script.", "Name the .fountain file in it.")
        if not stat.S_ISREG(mode):
            raise refuse("is not a regular file.", "Name a .fountain file.")
        with path.open("rb") as script:
            raw = script.read(limit + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise refuse("there is no such file.", "Check the path.") from None
    except PermissionError:
        raise refuse("cannot be read.", "Change its permissions.") from None
    except ValueError:  # a null character in the path
        raise refuse("is not a path.", "Check the path.") from None
    except OSError as error:
        raise DiskError.from_os(error, "cannot read") from error
    if len(raw) > limit:
        raise refuse(
            f"is larger than {limit:,} bytes, the limit for a script.",
            "Split it, or take out what is no script.",
        )
    return raw


def decode_script(raw: bytes, path: Path | None = None) -> tuple[str, tuple[Problem, ...]]:
    """The text of a script's bytes, and a warning where its encoding had to be guessed.

    Raises InputError for binary files and for bytes that are no text in the encoding their mark names.
    """
    for magic, what, todo in _FOREIGN:
        if raw.startswith(magic):
            raise InputError(Problem(what=f"{what}, not Fountain text.", todo=todo, file=path))
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _decode(raw, encoding, path), ()
    if b"\0" in raw:
        raise InputError(Problem(what="is a binary file, not a script.", todo="Name a text file.", file=path))
    try:
        return raw.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
    text = _decode(raw, "cp1252", path)
    guess = Problem(
        what="is not UTF-8, and was read as Windows-1252.",
        todo="Save it as UTF-8 if letters look wrong.",
        file=path,
        line=line,
        level=Level.WARNING,
        rule="encoding",
    )
    return text, (guess,)


def _decode(raw: bytes, encoding: str, path: Path | None) -> str:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        name = encoding.removesuffix("-sig").upper().replace("CP1252", "UTF-8 or Windows-1252")
        raise InputError(Problem(what=f"is not {name} text.", todo="Save it as UTF-8.", file=path, line=line)) from None
    if "\0" in text:
        raise InputError(Problem(what="is a binary file, not a script.", todo="Name a text file.", file=path))
    return text
