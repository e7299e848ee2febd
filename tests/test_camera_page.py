"""docs/camera.md is what the vocabulary says."""

import re
import runpy
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGE = (DOCS / "camera.md").read_text(encoding="utf-8")
SCRIPT = runpy.run_path(str(DOCS / "make_camera_page.py"))


def test_the_page_is_up_to_date() -> None:
    """The committed page is the generator's output: run docs/make_camera_page.py after a change."""
    assert SCRIPT["page"]() == PAGE


def test_every_picture_is_there_and_small() -> None:
    """Each size and each move has a picture of its own, below 12 kB, of 224 pixels a frame."""
    from PIL import Image

    linked = re.findall(r"!\[[^\]]+\]\((camera/[\w-]+\.jpg)\)", PAGE)
    drawn = [name for name, _ in SCRIPT["_cameras"]()]
    assert sorted(set(linked)) == sorted(drawn)
    for name in drawn:
        assert (DOCS / name).stat().st_size < 12_000
        with Image.open(DOCS / name) as image:
            assert image.height == SCRIPT["_SCREEN"][1]
    assert len({(DOCS / name).read_bytes() for name in drawn}) == len(drawn)


def test_every_example_on_the_page_is_understood() -> None:
    """The notes and phrases that the page shows are read without a problem."""
    from storyboard.names import Names
    from storyboard.notes import read_note
    from storyboard.screenplay import ShotNote

    names = Names(characters={"MARA": "MARA", "IVO": "IVO"})
    shown = re.findall(r"\[\[shot(?: \w+)?: ([^…]+?)\]\]", PAGE)
    shown += [
        "close-up on MARA, dur=4s",
        "pan left while dollying in",
        "slow dolly in, then tilt up",
        "close-up on MARA and IVO",
        "MARA, medium shot",
        "close-up on her hands",
        "insert of the key",
        "MARA and IVO at the table",
        "slow push in on MARA as she listens",
        "tracking MARA from behind",
        "over MARA's shoulder on IVO",
        "OTS MARA",
        "MARA's POV of the door",
        "POV MARA",
        "rack focus from MARA to IVO",
        "dutch 20 degrees",
        "dutch left",
    ]
    for text in shown:
        assert text in PAGE
        assert read_note(ShotNote(text=text, line=1), names).problems == ()
