"""Whether time runs as it should: at its speed, without frames that stand still or come twice."""

from typing import TYPE_CHECKING

from director.checks.base import Ruling, Showing, Verdict
from director.checks.camera import LEAST_KNOWN, LEAST_MOVE, in_hand, moves
from director.checks.ruled import comparable, ruled, unjudged

if TYPE_CHECKING:
    from director.checks.pace import Pace

LEAST_POTENTIAL = 0.012  # how much better real time must explain the rehearsal than three quarters of it
_CHANCE = 0.05  # as much as any speed explains by chance
_RAMPS, _LOOKS = 0.03, 8  # the same for a change of speed, and looks at the least for two speeds to be told apart
_TWO_BY_CHANCE = 0.04
_NEAR = 0.15  # a speed that is no farther from what was asked for is in time


class Tempo:
    """Holds the moments that a take shows against the rehearsal's, and each frame against the one before."""

    name = "tempo"
    version = "5"

    def judge(self, showing: Showing) -> tuple[Verdict, ...]:
        measures = ("tempo.speed", "tempo.ramp", "tempo.frozen", "tempo.repeats", "tempo.blends")
        if not comparable(showing, 6):
            return tuple(unjudged(self, showing, name, "tempo: nothing to hold it against") for name in measures)
        speed, frozen = self._speed(showing), self._frozen(showing)
        # One speed explains it better than two.
        slow = speed.ruling is Ruling.FAIL and showing.sight.pace.gain >= showing.sight.pace.ramp.gain
        ramp = self._ramp(showing, told=slow or frozen.ruling is Ruling.FAIL)
        return (speed, ramp, frozen, self._repeats(showing), self._blends(showing))

    def _speed(self, showing: Showing) -> Verdict:
        if in_hand(showing.camera):
            return unjudged(self, showing, "tempo.speed", "tempo: a camera in the hand shakes by chance, not in time")
        pace = showing.sight.pace
        if pace.potential < LEAST_POTENTIAL:
            return unjudged(self, showing, "tempo.speed", "tempo: nothing is rehearsed whose speed could be seen")
        score = speed_score(pace)
        words = f"tempo: runs at {pace.speed:.2f} of the speed asked for" if score > 0.1 else "tempo: in time"
        return ruled(self, showing, "tempo.speed", score, words, expected="1.00", measured=f"{pace.speed:.2f}")

    def _ramp(self, showing: Showing, *, told: bool) -> Verdict:
        few = len(showing.sight.expected.looks) < _LOOKS
        if in_hand(showing.camera) or few or showing.sight.pace.ramp.potential < _RAMPS:
            return unjudged(self, showing, "tempo.ramp", "tempo: too little is rehearsed to tell one speed from two")
        if told:
            return unjudged(self, showing, "tempo.ramp", "tempo: it is out of time as a whole")
        if _elsewhere(showing):
            words = "tempo: after a cut, or with another move of the camera, one speed is not told from two"
            return unjudged(self, showing, "tempo.ramp", words)
        ramp = showing.sight.pace.ramp
        score = ramp_score(showing.sight.pace)
        if score <= showing.limit("tempo.ramp").doubt:
            return ruled(self, showing, "tempo.ramp", score, "tempo: runs at one speed", expected="one speed")
        words = f"tempo: runs at {ramp.first:.1f} of the speed asked for at first"
        words += f", at {ramp.then:.1f} from frame {ramp.turn}"
        span = None
        if abs(ramp.first - 1) <= _NEAR:
            span = (ramp.turn, showing.frames - 1)
        elif abs(ramp.then - 1) <= _NEAR:
            span = (0, ramp.turn - 1)
        return ruled(
            self, showing, "tempo.ramp", score, words,
            expected="one speed", measured=f"{ramp.first:.2f}, then {ramp.then:.2f}", frame=ramp.turn, span=span,
        )  # fmt: skip

    def _frozen(self, showing: Showing) -> Verdict:
        from director.checks.pace import frozen

        best = max(frozen(showing.sight), key=lambda each: each[1] - each[0], default=(0, 0))
        long = best[1] - best[0]
        score = long / showing.frames
        if not long:
            return ruled(self, showing, "tempo.frozen", 0.0, "tempo: the picture never stands")
        words = f"tempo: the picture stands from frame {best[0]} to {best[1]}, {100 * score:.0f} % of the take"
        return ruled(
            self, showing, "tempo.frozen", score, words,
            frame=best[0], span=best, expected="moving", measured=f"{long} frames stand",
        )  # fmt: skip

    def _repeats(self, showing: Showing) -> Verdict:
        from director.checks.pace import repeats

        again = repeats(showing.sight.changes[:, 0])
        count = int(again.sum())
        score = count / max(len(again), 1)
        first = int(again.argmax()) + 1 if count else None
        words = f"tempo: {count} of {showing.frames} frames show the one before again"
        return ruled(self, showing, "tempo.repeats", score, words, frame=first, measured=f"{100 * score:.0f} %")

    def _blends(self, showing: Showing) -> Verdict:
        from director.checks.pace import beats

        score = beats(showing.sight)
        words = f"tempo: the picture grows soft and sharp again by {100 * score:.0f} % from frame to frame"
        if score > showing.limit("tempo.blends").doubt:
            words += ", as where frames are mixed of two"
        return ruled(self, showing, "tempo.blends", score, words, measured=f"{100 * score:.0f} %")


def speed_score(pace: "Pace") -> float:
    """How far a take runs at another speed; 0 where nothing happens by which it could be seen."""
    return pace.gain / (pace.potential + _CHANCE) if pace.potential >= LEAST_POTENTIAL else 0.0


def ramp_score(pace: "Pace") -> float:
    """How far a take runs at two speeds; 0 where too little happens."""
    return pace.ramp.gain / (pace.ramp.potential + _TWO_BY_CHANCE) if pace.ramp.potential >= _RAMPS else 0.0


def _elsewhere(showing: Showing) -> bool:
    """Whether a cut or less of the camera's move makes a take show another moment than it would."""
    from director.checks.light import jumps
    from director.checks.motion import shares

    sight = showing.sight
    if float(jumps(sight.patches[1], sight.dark).max()) > showing.limit("cuts.jump").fail:
        return True
    asked, amount, _ = shares(sight.motion)
    known = moves(showing.camera) and asked >= LEAST_MOVE and sight.motion.share >= LEAST_KNOWN
    return known and abs(1 - amount) > showing.limit("camera.amount").fail
