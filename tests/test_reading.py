"""Scripts from disk: encodings, and what is refused before it is read."""

import os
from pathlib import Path

import pytest

from storyboard.errors import InputError
from storyboard.reading import LIMIT, decode_script, read_script

SCRIPT = "INT. CAFÉ – DAY\n\nÉMILIE\nBonjour.\n"


def refusal(path: Path) -> str:
    """What is said about a file that is no script."""
    with pytest.raises(InputError) as caught:
        read_script(path)
    assert caught.value.exit_code == 2
    (problem,) = caught.value.problems
    assert problem.file == path
    assert problem.todo
    return problem.what


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    """Each is read to the same script; only a guessed one is doubted, on the line that gave it away."""
    path = tmp_path / "a.fountain"
    path.write_bytes(SCRIPT.encode(encoding))
    screenplay = read_script(path)
    assert [element.text for element in screenplay.elements] == ["INT. CAFÉ – DAY", "ÉMILIE", "Bonjour."]
    assert screenplay.file == path
    assert [(each.rule, each.line) for each in screenplay.problems] == (
        [("encoding", 1)] if encoding == "cp1252" else []
    )


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_byte_orders(order: str) -> None:
    """The mark tells which byte comes first."""
    assert decode_script(("\ufeff" + SCRIPT).encode(order)) == (SCRIPT, ())


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n\t\n", "is empty"),
        (b"Title: Last Light\n", "holds nothing to film"),
        (b"/* all of it */", "holds nothing to film"),
        (b"INT. A\0B", "is a binary file"),
        (bytes(range(256)), "is a binary file"),
        ("INT. A\0".encode("utf-16"), "is a binary file"),
        (b"\x81\x8d\x8f", "is not UTF-8 or Windows-1252 text"),
        ("INT".encode("utf-16")[:-1], "is not UTF-16 text"),
        (b"%PDF-1.7 x", "is a PDF"),
        (b"PK\x03\x04", "is a zip archive"),
        (b"<?xml version='1.0'?><FinalDraft/>", "is XML"),
        (b"{\\rtf1 Hello}", "is RTF"),
    ],
)
def test_what_is_no_script(tmp_path: Path, raw: bytes, what: str) -> None:
    """Empty, binary, foreign and undecodable files are each told apart."""
    path = tmp_path / "a.fountain"
    path.write_bytes(raw)
    assert refusal(path).startswith(what)


def test_limit(tmp_path: Path) -> None:
    """A script at the limit is read; one byte more is refused, and the limit is named."""
    path = tmp_path / "a.fountain"
    path.write_bytes(b"x" * LIMIT)
    assert len(read_script(path).elements) == 1
    path.write_bytes(b"x" * (LIMIT + 1))
    assert "5,000,000 bytes" in refusal(path)


def test_what_is_no_file(tmp_path: Path) -> None:
    """A missing path, a folder, a path through a file and a pipe are refused without waiting."""
    assert "no such file" in refusal(tmp_path / "none.fountain")
    assert "is a folder" in refusal(tmp_path)
    (tmp_path / "file").write_text("x")
    assert "no such file" in refusal(tmp_path / "file" / "a.fountain")
    os.mkfifo(tmp_path / "pipe")
    assert "not a regular file" in refusal(tmp_path / "pipe")
