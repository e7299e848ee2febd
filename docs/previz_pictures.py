"""The pictures of docs/previz.md: a model sheet and a page of boards, out of the example film.

.venv/bin/python docs/previz_pictures.py
"""

import tempfile
from pathlib import Path

from PIL import Image

from director.boards import panel_plans
from director.plan import Plan, plan_film
from director.project import open_project
from render.boards.draw import draw_panels
from render.boards.layout import pages
from render.boards.model_sheet import sheet_page
from render.boards.panel import BoardScene
from render.boards.png import to_picture
from render.previz.model_sheet import draw_views

FILM = Path(__file__).parents[1] / "examples" / "last_light" / "film.yaml"
PICTURES = Path(__file__).parent / "pictures"
WIDTH = 1000  # pixels


def model_sheet(plan: Plan) -> Image.Image:
    """The sheet of the first person of the film."""
    seen = next(planned.appearance.cast[0] for planned in plan.shots if planned.appearance.cast)
    page = sheet_page(seen, seen.look, [(view.name, view.pixels) for view in draw_views(seen)])
    return Image.fromarray(to_picture(page, 1.6))


def boards(plan: Plan) -> Image.Image:
    """The first page of the second scene."""
    scene = plan.project.screenplay.scenes[1]
    plans = [panel for planned in plan.shots if planned.shot.scene_index == 1 for panel in panel_plans(plan, planned)]
    panels = draw_panels(plans, 1, lambda _done, _all: None)
    page = pages(plan.project.title, [BoardScene(scene.number, scene.heading.text, tuple(panels))])[0]
    return Image.fromarray(to_picture(page, 1.6))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as cache:
        film = plan_film(open_project(FILM), Path(cache))
    PICTURES.mkdir(exist_ok=True)
    for name, picture in (("model_sheet.jpg", model_sheet(film)), ("boards.jpg", boards(film))):
        small = picture.resize((WIDTH, round(picture.height * WIDTH / picture.width)), Image.Resampling.LANCZOS)
        small.save(PICTURES / name, quality=86, optimize=True, progressive=True)
        print(f"{name}: {(PICTURES / name).stat().st_size:,} bytes")
