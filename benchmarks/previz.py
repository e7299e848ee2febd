"""How many frames a second the previz makes on one core, and how far off the rays alone that is.

Each switch of the look is put on in turn. The limit is one primary ray a pixel through embree with nothing done to
what it met: no shadow, no shading, no outline, no new pose. Where PyVista is installed the same shots are drawn by it
as well, with shadows. Still backgrounds are kept from frame to frame, so a shot can be quicker than its rays.
Run it from the repository: python benchmarks/previz.py
"""

import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

import common

from characters.seen import Figure, Kind, Seen
from render.previz.camera.path import SENSOR
from render.previz.frames import Tracer, pictures
from render.previz.look.style import INKED, Look
from render.previz.look.tracer import Scene, camera_rays
from render.previz.passes import PASS_NAMES, take_passes
from render.previz.rehearsal import rehearse
from render.previz.solid import Solid, join
from render.request import Request, Stage
from storyboard.camera import Camera, Framing, Move, MoveKind, ShotSize
from storyboard.screenplay import Interior, TimeOfDay
from storyboard.shot import BeatKind, ShotBeat

WIDTH, HEIGHT, RATE, FRAMES = 848, 480, Fraction(24), 24
ROUNDS = 3
MARA = Seen(
    name="MARA",
    kind=Kind.CHARACTER,
    locked=(("coat", "dark green oilskin coat"), ("hair", "grey braid"), ("boots", "black rubber boots")),
    figure=Figure(height=1.68),
)
IVO = Seen(
    name="IVO",
    kind=Kind.CHARACTER,
    locked=(("sweater", "mustard knitted sweater"), ("hair", "short black hair")),
    figure=Figure(height=1.82),
)
LANTERN = Seen(name="LANTERN", kind=Kind.PROP, locked=(("glass", "glowing amber glass"),), state="lit")
LAMP_ROOM = Seen(name="LAMP ROOM", kind=Kind.PLACE, descriptor="the lamp room of a lighthouse")
KITCHEN = Seen(name="KITCHEN", kind=Kind.PLACE)
CLIFF = Seen(name="CLIFF PATH", kind=Kind.PLACE, descriptor="a path along the cliff above the sea")
STREET = Seen(name="STREET", kind=Kind.PLACE, descriptor="a street of the old town")


def shot(
    place: Seen, interior: Interior, hour: TimeOfDay, size: ShotSize, move: MoveKind | None, words: str
) -> Request:
    """One second of two people."""
    camera = Camera(
        size=size,
        subject=("MARA", "IVO") if size is ShotSize.WS else ("MARA",),
        framing=Framing.TWO_SHOT if size is ShotSize.WS else None,
        moves=((Move(kind=move),),) if move else (),
    )
    stage = Stage(
        place=place,
        interior=interior,
        time=hour,
        weather="",
        cast=(MARA, IVO),
        props=(LANTERN,),
        marks=("MARA", "IVO"),
        side=1,
        beats=(ShotBeat(kind=BeatKind.ACTION, text=words, line=1, frames=FRAMES),),
    )
    return Request(
        prompt="",
        negative="",
        camera=camera,
        stage=stage,
        width=WIDTH,
        height=HEIGHT,
        rate=RATE,
        frames=FRAMES,
        head=0,
        tail=0,
        seed=1,
    )


_INT, _EXT = Interior.INT, Interior.EXT
SHOTS: dict[str, Request] = {
    "interior, night, wide, static": shot(
        LAMP_ROOM, _INT, TimeOfDay.NIGHT, ShotSize.WS, None, "Mara holds the lantern."
    ),
    "interior, night, medium, dolly": shot(
        LAMP_ROOM, _INT, TimeOfDay.NIGHT, ShotSize.MS, MoveKind.DOLLY_IN, "Mara holds the lantern."
    ),
    "interior, day, close, arc": shot(KITCHEN, _INT, TimeOfDay.DAY, ShotSize.CU, MoveKind.ARC_CW, "Mara listens."),
    "exterior, day, full, pan": shot(
        CLIFF, _EXT, TimeOfDay.DAY, ShotSize.FS, MoveKind.PAN_LEFT, "Mara walks along the path."
    ),
    "exterior, dusk, wide, crane": shot(
        STREET, _EXT, TimeOfDay.DUSK, ShotSize.WS, MoveKind.CRANE_UP, "Mara crosses the street."
    ),
}


LOOKS: dict[str, Look] = {
    "no light": Look(occlusion=False, antialias=False, outlines=False, shadows=False),
    "shadows": Look(occlusion=False, antialias=False, outlines=False),
    "and outlines": Look(occlusion=False, antialias=False),
    "and occlusion": Look(antialias=False),
    "and antialiasing": Look(),
}


def best(run: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Processor seconds of the quickest of several rounds: every thread of this process counts."""
    times = []
    for _ in range(rounds):
        begun = time.process_time()
        run()
        times.append(time.process_time() - begun)
    return min(times)


def drawn(request: Request, look: Look = INKED) -> float:
    """Seconds of a frame, posing and all; the set is built before."""
    tracer = Tracer(rehearse(request), look)
    return best(lambda: [tracer.picture(index) for index in range(request.frames)]) / request.frames


def with_passes(request: Request) -> float:
    """Seconds of a frame with all passes as arrays."""
    return best(lambda: deque(take_passes(request, PASS_NAMES), maxlen=0), 2) / request.frames


def stage_of(request: Request) -> tuple[Tracer, Solid, np.ndarray]:
    """The tracer of a shot, all that stands in its middle as one solid, and the rays of its camera."""
    tracer = Tracer(rehearse(request))
    middle = request.frames // 2
    people, _ = tracer.people(tracer.rehearsal.action_time(middle))
    view = tracer.rehearsal.view(middle)
    rays = camera_rays(request.width, request.height, view.focal).reshape(-1, 3) @ view.rotation.T.astype(np.float32)
    return tracer, join([tracer.set.solid, people]) if people is not None else tracer.set.solid, rays


def bare(request: Request) -> float:
    """Seconds of one frame of primary rays alone through everything that stands in the middle of the shot."""
    tracer, solid, rays = stage_of(request)
    scene, eye = Scene(solid), tracer.rehearsal.view(request.frames // 2).position
    return best(lambda: scene.faces(eye, rays), 5)


def by_pyvista(request: Request) -> float | None:
    """Seconds of a frame by PyVista with shadows: the same people, set, light, camera and poses; None without it."""
    try:
        import pyvista  # pyright: ignore[reportMissingImports]
    except ImportError:
        return None
    tracer, _, _ = stage_of(request)
    rehearsal = tracer.rehearsal
    plotter = pyvista.Plotter(off_screen=True, window_size=[request.width, request.height], lighting="none")
    towards = np.array(rehearsal.light.key_to)
    plotter.add_light(pyvista.Light(position=tuple(8 * towards), focal_point=(0, 0, 0), light_type="scene light"))

    def mesh(solid: Solid) -> object:
        faces = np.column_stack([np.full(len(solid.faces), 3), solid.faces])
        made = pyvista.PolyData(solid.vertices, faces.reshape(-1))
        made.cell_data["rgb"] = (np.clip(solid.colour, 0, 1) ** (1 / 2.2) * 255).astype(np.uint8)
        return made

    plotter.add_mesh(mesh(tracer.set.solid), scalars="rgb", rgb=True)
    people, _ = tracer.people(rehearsal.action_time(0))
    moving = mesh(people) if people is not None else None
    if moving is not None:
        plotter.add_mesh(moving, scalars="rgb", rgb=True)
    plotter.enable_shadows()

    def frame(index: int) -> None:
        view = rehearsal.view(index)
        ahead, up = view.rotation[:, 2], -view.rotation[:, 1]
        plotter.camera_position = [tuple(view.position), tuple(view.position + ahead), tuple(up)]
        half = SENSOR / view.focal / 2 * request.height / request.width
        plotter.camera.view_angle = float(np.degrees(2 * np.arctan(half)))
        posed, _ = tracer.people(rehearsal.action_time(index))
        if moving is not None and posed is not None:
            moving.points = posed.vertices  # type: ignore[attr-defined]
        plotter.render()
        plotter.screenshot(return_img=True)

    plotter.show(auto_close=False)
    frame(0)
    some = range(0, request.frames, 4)
    taken = best(lambda: [frame(index) for index in some], 2) / len(some)
    plotter.close()
    return taken


def table(title: str, rows: dict[str, Sequence[str]], columns: Sequence[str]) -> None:
    """Print a table, words to the left and figures to the right."""
    print(f"\n{title}")
    print(f"{'':34}" + "".join(f"{name:>18}" for name in columns))
    for name, cells in rows.items():
        print(f"{name:34}" + "".join(f"{cell:>18}" for cell in cells))


def growth() -> None:
    """What a frame costs with more people, more pixels and more triangles."""
    name, request = next(iter(SHOTS.items()))
    crowd = [MARA, IVO, *(replace_name(seen, n) for n, seen in enumerate((MARA, IVO) * 2))]
    rows = {}
    for count in (1, 2, 4, 6):
        cast = tuple(crowd[:count])
        stage = request.stage.model_copy(update={"cast": cast, "marks": tuple(seen.name for seen in cast)})
        many = request.model_copy(update={"stage": stage})
        triangles = len(stage_of(many)[1].faces)
        rows[f"{count} people"] = (f"{triangles}", f"{drawn(many) * 1000:.1f}")
    table(f"People: {name}", rows, ("triangles", "ms a frame"))
    rows = {}
    for width, height in ((424, 240), (848, 480), (1280, 720), (1920, 1080)):
        sized = request.model_copy(update={"width": width, "height": height, "frames": 8})
        taken = drawn(sized)
        rows[f"{width}×{height}"] = (f"{taken * 1000:.1f}", f"{taken / width / height * 1e9:.0f}")
    table(f"Pixels: {name}", rows, ("ms a frame", "ns a pixel"))
    rows = {}
    for cuts in (0, 1, 2):
        tracer, solid, rays = stage_of(request)
        fine = divided(solid, cuts)
        scene, eye = Scene(fine), tracer.rehearsal.view(request.frames // 2).position
        built = best(lambda fine=fine: Scene(fine))
        traced = best(lambda scene=scene, eye=eye, rays=rays: scene.faces(eye, rays))
        rows[f"each cut into {4**cuts}"] = (f"{len(fine.faces)}", f"{built * 1000:.1f}", f"{traced * 1000:.1f}")
    title = "Triangles: the tree over the whole stage, and one ray a pixel"
    table(title, rows, ("triangles", "ms built", "ms traced"))


def replace_name(seen: Seen, number: int) -> Seen:
    """The same looks under another name."""
    return seen.model_copy(update={"name": f"{seen.name} {number + 2}"})


def divided(solid: Solid, cuts: int) -> Solid:
    """The same surface of more triangles: each is cut into four, ``cuts`` times."""
    from trimesh.remesh import subdivide

    vertices, faces = solid.vertices, solid.faces
    for _ in range(cuts):
        vertices, faces, *_ = subdivide(vertices, faces)
    return replace(solid, vertices=vertices.astype(np.float32), faces=faces.astype(np.int32))


def main() -> None:
    """Print frames a second on one core, shot by shot and switch by switch, and how far the rays alone would go."""
    shots = dict(list(SHOTS.items())[:2]) if common.quick(__doc__) else SHOTS
    common.heading("numpy", "numba", "embreex")
    for request in shots.values():  # what is compiled once is compiled here
        next(iter(pictures(rehearse(request))))
    begun = time.perf_counter()
    next(iter(pictures(rehearse(next(iter(SHOTS.values()))))))
    print(f"{WIDTH}×{HEIGHT}, {FRAMES} frames a shot, processor time of all threads, best of {ROUNDS}")
    print(f"a first frame, set built and all: {(time.perf_counter() - begun) * 1000:.0f} ms")
    rates, limits, compared = {}, {}, {}
    for name, request in shots.items():
        looks = [drawn(request, look) for look in LOOKS.values()]
        passes, rays, other = with_passes(request), bare(request), by_pyvista(request)
        rates[name] = [f"{1 / taken:.1f}" for taken in (*looks, passes)]
        limits[name] = (f"{1 / rays:.1f}", f"{looks[-1] / rays:.2f}", f"{passes / rays:.2f}")
        if other is None:
            compared[name] = ("pyvista not here", "")
        else:
            compared[name] = (f"{1 / other:.1f}", f"{other / looks[-1]:.1f} and {other / looks[1]:.1f}")
    table("Frames a second", rates, (*LOOKS, "all passes"))
    table(
        "The limit: one embree ray a pixel, nothing shaded. A frame costs this many times as much",
        limits, ("rays alone, fps", "drawn in full", "all passes"),
    )  # fmt: skip
    table(
        "PyVista with shadows; how many times as quick we are, in full and with shadows alone",
        compared,
        ("fps", "times"),
    )
    growth()


if __name__ == "__main__":
    main()
