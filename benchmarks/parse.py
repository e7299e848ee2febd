"""How long a script takes to parse, against fountain-py alone and against screenplain, in the same run.

Run it from the repository: python benchmarks/parse.py [--quick]
"""

import tempfile
from functools import partial
from pathlib import Path

import common
from common import seconds_inside

from storyboard.fountain import parse_fountain
from storyboard.screenplay import ShotNote

# Each is warmed on two lines, so that what is compiled once does not count, and then reads the script once.
_WARM = "text = open(sys.argv[2], encoding='utf-8').read()\nread('INT. HALL - DAY\\n\\nDust.\\n')"
OURS = f"from storyboard.fountain import parse_fountain as read\n{_WARM}"
BARE = f"from fountain import FountainParser\ndef read(text): return FountainParser().parse(text)\n{_WARM}"
OTHER = f"""import io
from screenplain.parsers import fountain
def read(text): return fountain.parse(io.StringIO(text))
{_WARM}"""
BASELINE = "fountain-py alone"


def main() -> None:
    """Print the ratios, and how the time grows with the script."""
    quick = common.quick(__doc__)
    pages, rounds = (30, 3) if quick else (120, 9)
    common.heading("fountain-py", "screenplain")
    text = common.script(pages)
    screenplay = parse_fountain(text)
    shots = sum(isinstance(beat, ShotNote) for scene in screenplay.scenes for beat in scene.beats)
    lines = text.count("\n")
    about = f"{pages} pages: {lines:,} lines, {len(screenplay.elements):,} elements, {shots:,} shot notes"
    with tempfile.TemporaryDirectory() as folder:
        scripts = {size: Path(folder) / f"{size}.fountain" for size in (pages // 4, pages // 2, pages, pages * 2)}
        for size, path in scripts.items():
            path.write_text(common.script(size), encoding="utf-8")
        runs = {
            BASELINE: partial(seconds_inside, BARE, "read(text)", scripts[pages]),
            "parse_fountain: elements, lines and scenes": partial(seconds_inside, OURS, "read(text)", scripts[pages]),
            "screenplain, elements alone": partial(seconds_inside, OTHER, "read(text)", scripts[pages]),
        }
        common.table(about, common.take_turns(runs, rounds), against=BASELINE)
        for name, setup in ((BASELINE, BARE), ("parse_fountain", OURS)):
            costs = {
                size: common.least([seconds_inside(setup, "read(text)", path) for _ in range(rounds)])
                for size, path in scripts.items()
            }
            common.growth(f"How it grows: {name}", costs, "page")


if __name__ == "__main__":
    main()
