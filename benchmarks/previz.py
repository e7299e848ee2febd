"""How many frames a second the previz makes on one core, against bare embree on the same scenes, in the same run.

The baseline traces one primary ray a pixel through embree and writes down what it met: no shadow, no shading, no
outline, no new pose. Run it from the repository: python benchmarks/previz.py
"""

import platform
import statistics
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from characters.seen import Figure, Kind, Seen
from render.previz.frames import Tracer, pictures
from render.previz.look.tracer import Scene, camera_rays
from render.previz.rehearsal import rehearse
from render.previz.solid import join
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


def best(run: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Processor seconds of the quickest of several rounds: every thread of this process counts."""
    times = []
    for _ in range(rounds):
        begun = time.process_time()
        run()
        times.append(time.process_time() - begun)
    return min(times)


def bare(request: Request) -> float:
    """Seconds of one frame of primary rays alone through everything that stands in the middle of the shot."""
    tracer = Tracer(rehearse(request))
    middle = request.frames // 2
    people, _ = tracer.people(tracer.rehearsal.action_time(middle))
    view = tracer.rehearsal.view(middle)
    scene = Scene(join([tracer.set.solid, people]) if people is not None else tracer.set.solid)
    rays = camera_rays(WIDTH, HEIGHT, view.focal).reshape(-1, 3) @ view.rotation.T.astype(np.float32)
    return best(lambda: scene.faces(view.position, rays), 5)


def main() -> None:
    """Print frames a second on one core, shot by shot, and the ratio to bare primary rays."""
    for request in SHOTS.values():  # what is compiled once is compiled here
        next(iter(pictures(rehearse(request))))
    begun = time.perf_counter()
    next(iter(pictures(rehearse(next(iter(SHOTS.values()))))))
    print(f"{platform.processor() or platform.machine()}, {WIDTH}×{HEIGHT}, {FRAMES} frames a shot")
    print(f"a first frame, set built and all: {(time.perf_counter() - begun) * 1000:.0f} ms")
    print(f"{'':34}{'ms a frame':>11}{'frames/s':>10}{'bare rays':>12}{'ratio':>8}")
    rates, ratios = [], []
    for name, request in SHOTS.items():
        ours = best(lambda request=request: list(pictures(rehearse(request)))) / FRAMES
        rays = bare(request)
        rates.append(1 / ours)
        ratios.append(ours / rays)
        print(f"{name:34}{ours * 1000:11.1f}{1 / ours:10.1f}{rays * 1000:9.1f} ms{ours / rays:8.2f}")
    whole = len(rates) / sum(1 / rate for rate in rates)
    print(f"{'all shots together':34}{1000 / whole:11.1f}{whole:10.1f}{'':12}{statistics.mean(ratios):8.2f}")


if __name__ == "__main__":
    main()
