"""The picture of docs/dailies.md: the shot of examples/drift.yaml, made, and its page in a Chromium.

.venv/bin/python docs/dailies_picture.py
"""

import io
import shutil
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from director import open_film

FILM = Path(__file__).parents[1] / "examples" / "drift.yaml"
PICTURE = Path(__file__).parent / "pictures" / "dailies.jpg"
SIZE = {"width": 1440, "height": 900}  # pixels
WIDTH = 1200  # of the picture


def main() -> None:
    """Make the film in a folder of its own, and photograph the page."""
    with tempfile.TemporaryDirectory() as folder:
        report = open_film(shutil.copy(FILM, folder)).make()
        assert report.film is not None
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            page = chromium.new_page(viewport=SIZE, color_scheme="dark")  # type: ignore[arg-type]
            page.goto((report.film.parent / "dailies.html").as_uri())
            page.locator(".keys").evaluate("(each) => { each.hidden = true; }")
            page.locator(".scene").first.evaluate("(each) => each.scrollIntoView({ behavior: 'instant' })")
            page.wait_for_timeout(500)
            shown = Image.open(io.BytesIO(page.screenshot()))
            chromium.close()
    shown = shown.convert("RGB").resize((WIDTH, WIDTH * SIZE["height"] // SIZE["width"]), Image.Resampling.LANCZOS)
    shown.save(PICTURE, quality=84, optimize=True)


if __name__ == "__main__":
    main()
