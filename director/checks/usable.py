"""Whether a take can be used at all: it decodes, has its size, and shows something."""

from director.checks.base import Ruling, Showing, Verdict
from storyboard.errors import MachineError

SAMPLES = 8
LEAST_SPREAD = 1.5  # standard deviation of 8-bit levels within a frame; a lens cap reads below 1
LIMIT = 0.5


class Usable:
    """Decodes frames spread over the take; fails on wrong sizes, damage, and pictures of nothing.

    The score is 0 or 1: one take that can be used is no better than another.
    """

    name = "usable"
    version = "2"

    def judge(self, showing: Showing) -> tuple[Verdict, ...]:
        places = sorted({round(i * (showing.frames - 1) / (SAMPLES - 1)) for i in range(SAMPLES)})
        best = 0.0
        seen = 0
        try:
            for frame in showing.read(places):
                seen += 1
                if frame.shape != (showing.height, showing.width, 3):
                    height, width = frame.shape[:2]
                    return self._fail(
                        f"{width}×{height} pixels, asked for {showing.width}×{showing.height}",
                        places[seen - 1],
                    )
                best = max(best, float(frame[::4, ::4].std()))
        except MachineError as error:
            return self._fail(f"does not decode: {error}", places[min(seen, len(places) - 1)])
        if seen < len(places):
            return self._fail(f"ends before frame {places[seen]} of {showing.frames}", places[seen])
        if best < LEAST_SPREAD:
            return self._fail("every frame is one flat colour", 0)
        return (
            Verdict(
                check=self.name,
                version=self.version,
                measure="usable",
                ruling=Ruling.PASS,
                score=0.0,
                limit=LIMIT,
                words="decodes, has its size, shows something",
            ),
        )

    def _fail(self, words: str, frame: int) -> tuple[Verdict, ...]:
        return (
            Verdict(
                check=self.name,
                version=self.version,
                measure="usable",
                ruling=Ruling.FAIL,
                score=1.0,
                limit=LIMIT,
                words=words,
                frame=frame,
            ),
        )
