"""Transitions become joints: how shots are joined, and for how many frames."""

from fractions import Fraction
from pathlib import Path

from storyboard.errors import Level, Problem
from storyboard.screenplay import Transition, TransitionKind
from storyboard.shot import Joint, Shot

_INTO = (TransitionKind.FADE_IN, TransitionKind.IRIS_IN)
_FADES = (TransitionKind.FADE_IN, TransitionKind.FADE_OUT, TransitionKind.FADE, TransitionKind.FADE_TO_WHITE)
_FADES += (TransitionKind.IRIS_IN, TransitionKind.IRIS_OUT)


class Joining:
    """Collects transitions while shots are planned, and joins the shots at the end."""

    def __init__(self, rate: Fraction, dissolve: Fraction, fade: Fraction, wipe: Fraction) -> None:
        self._lengths = {TransitionKind.DISSOLVE: dissolve, TransitionKind.WIPE: wipe}
        self._lengths |= dict.fromkeys(_FADES, fade)
        self._rate = rate
        self._scene: list[tuple[Transition, int]] = []  # (transition, how many of the scene's shots stand before it)
        self._first = 0
        self._outs: dict[int, Transition] = {}
        self._ins: dict[int, Transition] = {}
        self._matched: dict[int, Transition] = {}  # by a note of the shot that follows

    def after(self, transition: Transition, drafts: int) -> None:
        """A transition of the running scene that stands after its first ``drafts`` shots."""
        self._scene.append((transition, drafts))

    def matches(self, index: int, line: int) -> None:
        """The shot at ``index`` is cut on a likeness to the one before, unless the script writes another joint."""
        cut = Transition(kind=TransitionKind.MATCH_CUT, text="MATCH CUT TO:", line=line)
        self._matched[index - 1] = cut

    def scene_ends(self, last: int) -> None:
        """The running scene's shots end with index ``last``; its transitions find their shots."""
        for transition, drafts in self._scene:
            at = self._first + drafts
            if transition.kind in _INTO:
                self._ins[at] = transition
            else:
                self._outs[at - 1] = transition
        self._scene.clear()
        self._first = last + 1

    def _joint(self, kind: TransitionKind) -> Joint:
        return Joint(kind=kind, frames=round(self._lengths.get(kind, Fraction(0)) * self._rate))

    def joined(self, shots: list[Shot], file: Path | None) -> tuple[list[Shot], list[Problem]]:
        """The shots with their joints; one that is too long for its shots is shortened, with a warning."""
        problems: list[Problem] = []
        joined = list(shots)
        written = {at: one for at, one in self._outs.items() if one.kind is not TransitionKind.CUT}
        for index, transition in sorted({**self._outs, **self._matched, **written}.items()):
            if 0 <= index < len(joined):
                joint = self._joint(transition.kind)
                following = joined[index + 1] if index + 1 < len(joined) else None
                if following is None and transition.kind in (TransitionKind.DISSOLVE, TransitionKind.WIPE):
                    joint = Joint(kind=TransitionKind.FADE_OUT, frames=joint.frames)  # into nothing: black
                joined[index] = joined[index].model_copy(update={"joint_out": joint})
        for index, transition in sorted(self._ins.items()):
            if index < len(joined):
                joined[index] = joined[index].model_copy(update={"joint_in": self._joint(transition.kind)})
        for index, shot in enumerate(joined):
            joined[index] = self._fitted(shot, joined[index + 1] if index + 1 < len(joined) else None, file, problems)
        return joined, problems

    def _fitted(self, shot: Shot, following: Shot | None, file: Path | None, problems: list[Problem]) -> Shot:
        """Joints take at most half of a shot each, so that they never meet within it."""
        most = shot.frames // 2
        if following is not None:
            most = min(most, following.frames // 2)
        update: dict[str, Joint] = {}
        for name, joint in (("joint_in", shot.joint_in), ("joint_out", shot.joint_out)):
            limit = shot.frames // 2 if name == "joint_in" else most
            if joint.frames > limit:
                update[name] = Joint(kind=joint.kind, frames=limit)
                problems.append(
                    Problem(
                        what=f"the {joint.kind.value} of {joint.frames} frames is shortened to {limit}.",
                        todo="Give the shots beside it more time.",
                        file=file,
                        line=shot.line,
                        shot=shot.id,
                        level=Level.WARNING,
                        rule="joint-shortened",
                    )
                )
        return shot.model_copy(update=update) if update else shot
