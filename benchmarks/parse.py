"""How long a script takes to parse, against fountain-py alone and against screenplain, in the same run.

Run it from the repository: python benchmarks/parse.py
"""

import io
import sys
import time
from collections.abc import Callable
from pathlib import Path

from fountain import FountainParser
from screenplain.parsers import fountain as screenplain

sys.path.insert(0, str(Path(__file__).parents[1]))

from storyboard.fountain import parse_fountain
from storyboard.screenplay import ShotNote

ROUNDS = 7
SPEAKERS = ("MARA", "JO (V.O.)", "ÉMILIE", "THE KEEPER", "DR. O'BRIEN")
TIMES = ("DAY", "NIGHT", "CONTINUOUS", "DAWN", "MOMENTS LATER")


def page(number: int) -> str:
    """A page of some 55 lines with 25 shot notes: two scenes, action, dialogue, a transition now and then."""
    parts = [f"INT. ROOM {number % 9} - {TIMES[number % 5]}"]
    for beat in range(12):
        speaker = SPEAKERS[(number + beat) % 5]
        parts.append(f"[[shot: close-up on {speaker.split(' (')[0]}, low angle, slow dolly in, 35mm]]")
        if beat % 3 == 0:
            parts.append("She crosses the room and holds the LANTERN up.\nNothing moves but the *light*.")
        else:
            parts.append(f"{speaker}\n(low)\nIt is nearly out, and nobody has come.\nNot since {number} o'clock.")
        parts.append("[[shot: wide, static]]")
        parts.append("The lamp turns [[slower]] over her head.")
    if number % 4 == 0:
        parts.append("/* cut for time */")
        parts.append("DISSOLVE TO:")
    parts.append(f"EXT. SEA {number % 5} - {TIMES[(number + 1) % 5]}")
    parts.append(f"[[shot 9{number}: aerial]]")
    parts.append("Waves.")
    return "\n\n".join(parts)


def script(pages: int) -> str:
    """A script of that many pages with a title page."""
    return "Title: Long Light\nAuthor: Nobody\n\n" + "\n\n".join(page(number) for number in range(pages)) + "\n"


def best(run: Callable[[], object]) -> float:
    """Seconds of the quickest of several rounds."""
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        run()
        times.append(time.perf_counter() - begun)
    return min(times)


def main() -> None:
    """Print the ratios, and how the time grows with the script."""
    text = script(120)
    screenplay = parse_fountain(text)
    shots = sum(isinstance(beat, ShotNote) for scene in screenplay.scenes for beat in scene.beats)
    lines = text.count("\n")
    print(f"120 pages: {lines:,} lines, {len(screenplay.elements):,} elements, {shots:,} shot notes")
    ours = best(lambda: parse_fountain(text))
    bare = best(lambda: FountainParser().parse(text))
    other = best(lambda: screenplain.parse(io.StringIO(text)))
    print(f"parse_fountain, scenes and all  {ours * 1000:8.1f} ms")
    print(f"fountain-py alone               {bare * 1000:8.1f} ms   ratio {ours / bare:.2f}")
    print(f"screenplain, elements alone     {other * 1000:8.1f} ms   ratio {ours / other:.2f}")
    first = None
    for pages in (10, 60, 120, 240):
        sized = script(pages)
        each = best(lambda sized=sized: parse_fountain(sized)) / pages
        first = first or each
        print(f"{pages:4} pages: {each * 1000:.3f} ms a page, {each / first:.2f} of that at 10 pages")


if __name__ == "__main__":
    main()
