"""Acting, measured on poses and pixels: feet that hold, hands that meet, eyes that follow, people who come and go."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from render.previz.acting.actor import Actor, hands_of
from render.previz.acting.lexicon import lexicon, third
from render.previz.figures.skeleton import KEYPOINTS, Pose, bone_matrices, joints, point
from render.previz.frames import Tracer
from render.previz.rehearsal import rehearse
from storyboard.camera import ShotSize
from tests.acting import IVO, LANTERN, MARA, RATE, acted, shot, times


def the(name: str, *beats: str, **more: object) -> Actor:
    """One person of a shot."""
    return next(actor for actor in acted(*beats, **more).actors if actor.seen.name == name)


def soles(actor: Actor, time: float) -> np.ndarray:
    """Balls and heels, left and right, float64[4, 3]."""
    bones = bone_matrices(actor.height, actor.pose(time))
    spots = itertools.product(("l", "r"), ("ball", "heel"))
    return np.array([point(actor.height, bones, f"foot-{s}", part, left=s == "l") for s, part in spots])


def ahead(actor: Actor, time: float) -> np.ndarray:
    """Which way the face points."""
    return bone_matrices(actor.height, actor.pose(time))["head"][:3, 0]


def between(one: np.ndarray, two: np.ndarray) -> float:
    """Degrees between two directions."""
    return float(np.degrees(np.arccos(np.clip(one @ two / np.linalg.norm(one) / np.linalg.norm(two), -1, 1))))


ACTS = list(lexicon().acts.values())
PLAIN = [f"IVO {third(act.verbs[0].split()[0])} {' '.join(act.verbs[0].split()[1:])}." for act in ACTS]


# Feet and joints.


@pytest.mark.parametrize("text", ["IVO walks.", "IVO runs.", "IVO enters.", "IVO turns around.", "IVO sits down."])
def test_feet_hold(text: str) -> None:
    """What of a foot is on the ground moves by less than 5 cm a second."""
    actor = the("IVO", text, cast=(IVO,))
    seen = np.array([soles(actor, time) for time in np.arange(0, 4, 1 / 96)])
    down = (seen[1:, :, 2] < 0.001) & (seen[:-1, :, 2] < 0.001)
    speed = np.linalg.norm(np.diff(seen[..., :2], axis=0), axis=-1) * 96
    assert down.mean() > 0.15
    assert np.where(down, speed, 0).max() < 0.05


@pytest.mark.parametrize(("text", "metres"), [("IVO walks.", (0.5, 0.85)), ("IVO runs.", (0.85, 1.5))])
def test_steps_are_as_long_as_the_way_is_fast(text: str, metres: tuple[float, float]) -> None:
    """Walking and running have steps of a person's length, and both feet take as many."""
    actor = the("IVO", text, cast=(IVO,))
    steps = sorted((step for foot in actor.feet for step in foot.steps), key=lambda step: step.begins)
    lengths = [abs(b.end.x - a.end.x) for a, b in itertools.pairwise(steps[1:-1])]
    assert all(metres[0] < length < metres[1] for length in lengths)
    assert abs(len(actor.feet[0].steps) - len(actor.feet[1].steps)) <= 1


@pytest.mark.parametrize("text", PLAIN)
def test_nobody_jumps_between_poses(text: str) -> None:
    """From frame to frame no joint moves faster than a punch, and none is below the floor, whatever is acted."""
    performance = acted(text, props=(LANTERN,))
    for actor in performance.actors:
        places = np.array([list(joints(actor.height, actor.pose(time)).values()) for time in times()])
        assert np.isfinite(places).all()
        assert places[..., 2].min() > -0.02
        assert np.linalg.norm(np.diff(places, axis=0), axis=-1).max() * RATE < 9.0


WORDS = st.sampled_from(
    ["MARA", "IVO", "she", "he", "they", "and", ",", ".", "the LANTERN", "it", "him", "to", "down", "up", "away", "not",
     *(third(verb.split()[0]) + verb.removeprefix(verb.split()[0]) for act in ACTS for verb in act.verbs)]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=14), st.floats(0.5, 8), st.sampled_from((1, -1)))
def test_any_action_gives_poses(words: list[str], seconds: float, side: int) -> None:
    """Any words give finite poses with no joint more than 2 cm below the floor."""
    performance = acted(" ".join(words), props=(LANTERN,), seconds=seconds, side=side)
    for actor in performance.actors:
        for time in np.linspace(-0.3, seconds + 0.3, 9):
            places = np.array(list(joints(actor.height, actor.pose(float(time))).values()))
            assert np.isfinite(places).all()
            assert places[:, 2].min() > -0.02
    hand = hands_of(performance.actors, seconds / 2)
    assert np.isfinite([prop.matrix(seconds / 2, hand) for prop in performance.props]).all()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_can_be_acted(text: str) -> None:
    """No text is too odd for the stage."""
    for actor in acted(text, seconds=1.0).actors:
        assert np.isfinite(actor.pose(0.5).z)


def test_key_points() -> None:
    """The key points are OpenPose's eighteen, in its order, left and right as the person has them."""
    places = joints(1.8, Pose())
    assert list(places) == [name for name, _, _ in KEYPOINTS]
    assert len(places) == 18
    assert all(places[f"left_{part}"][1] > 0 > places[f"right_{part}"][1] for part in ("eye", "wrist", "hip", "ankle"))
    assert places["nose"][0] > max(places[name][0] for name in places if name != "nose")
    assert places["left_ankle"][2] < places["left_knee"][2] < places["left_hip"][2] < places["neck"][2] < 1.8


# Hands and props.


def taken(actor: Actor) -> float:
    """When something comes into somebody's hand."""
    return next(carry.begins for carry in actor.carries if carry.begins > 0)


def test_a_hand_meets_what_it_takes() -> None:
    """Who picks something up has the palm within 5 cm of where it is held as it leaves its place, and then has it."""
    performance = acted("IVO picks up the LANTERN.", props=(LANTERN,))
    ivo, prop = performance.actors[1], performance.props[0]
    moment = taken(ivo)
    held = np.array(prop.at) + (0, 0, prop.hangs)
    assert np.linalg.norm(ivo.hand(moment, ivo.carries[0].side) - held) < 0.05
    assert prop.held_by(moment - 0.1) is None
    assert prop.held_by(moment + 0.1) == "IVO"
    matrix = prop.matrix(4.0, hands_of(performance.actors, 4.0))
    assert np.linalg.norm(matrix[:3, 3] + (0, 0, prop.hangs) - ivo.hand(4.0, ivo.carries[0].side)) < 1e-6


def test_a_prop_changes_hands() -> None:
    """Handed over, it is in one hand before the verb and in the other after it, and both hands meet within 5 cm."""
    performance = acted("IVO hands the LANTERN to MARA.", props=(LANTERN,))
    mara, ivo = performance.actors
    prop, moment = performance.props[0], taken(mara)
    assert (prop.held_by(0), prop.held_by(moment - 0.05), prop.held_by(moment + 0.05)) == ("IVO", "IVO", "MARA")
    palms = [ivo.hand(moment, ivo.carries[0].side), mara.hand(moment, mara.carries[0].side)]
    assert np.linalg.norm(palms[0] - palms[1]) < 0.05
    places = [prop.matrix(time, hands_of(performance.actors, time))[:3, 3] for time in times()]
    assert np.linalg.norm(np.diff(places, axis=0), axis=1).max() * RATE < 3.0


def test_a_prop_put_down_stays() -> None:
    """Put down, it stands on the ground and stays when its bearer leaves."""
    performance = acted("IVO puts the LANTERN down. He leaves.", props=(LANTERN,), seconds=6)
    prop = performance.props[0]
    low = [prop.matrix(time, hands_of(performance.actors, time))[:3, 3] for time in (4.0, 5.9)]
    assert abs(low[0][2]) < 1e-6
    assert np.allclose(low[0], low[1])
    assert np.linalg.norm(performance.actors[1].place(5.9) - low[0][:2]) > 1.5


def test_pointing_points() -> None:
    """The arm of who points lies within 6° of the way to what is pointed at."""
    performance = acted("IVO points at MARA.")
    mara, ivo = performance.actors
    deed = ivo.deeds[0]
    time = (deed.begins + deed.ends) / 2
    bones = bone_matrices(ivo.height, ivo.pose(time))
    side = "lr"[deed.side]
    shoulder = point(ivo.height, bones, "torso", "shoulder", left=side == "l")
    assert between(ivo.hand(time, deed.side) - shoulder, mara.eyes(time) - shoulder) < 6


# Who looks where.


def test_listeners_look_at_the_speaker() -> None:
    """A second into a speech the head of everybody else is within 15° of the speaker, who looks at one of them."""
    other = MARA.model_copy(update={"name": "JONAS"})
    performance = acted("MARA: You came.", "IVO: They said so.", "JONAS: No.", cast=(MARA, IVO, other), seconds=6)
    for index, name in enumerate(("MARA", "IVO", "JONAS")):
        time = 2.0 * index + 1.0
        speaker = next(actor for actor in performance.actors if actor.seen.name == name)
        for actor in performance.actors:
            if actor is not speaker:
                eyes = actor.eyes(time)
                assert between(ahead(actor, time)[:2], (speaker.eyes(time) - eyes)[:2]) < 15
        others = [actor.eyes(time) - speaker.eyes(time) for actor in performance.actors if actor is not speaker]
        assert min(between(ahead(speaker, time)[:2], way[:2]) for way in others) < 15


def test_eyes_before_head_before_body() -> None:
    """Turning to somebody the eyes are there first, then the head, then the body."""
    actor = the("IVO", "IVO turns away. He waits.", "IVO looks at MARA.", seconds=6)
    begun = actor.gazes[-1].begins

    def when(angle) -> float:
        values = np.array([angle(actor.pose(begun + t)) for t in np.arange(0, 2.5, 0.02)])
        return float(np.argmax(np.abs(values - values[0]) > 0.5 * np.abs(values - values[0]).max()))

    eyes = when(lambda pose: pose.facing + pose.twist + pose.head_turn + pose.eyes_turn)
    head = when(lambda pose: pose.facing + pose.twist + pose.head_turn)
    body = when(lambda pose: pose.facing)
    assert eyes < head < body


def test_speakers_gesture() -> None:
    """A hand of who speaks moves several times as far as a listener's, and the mouth opens."""
    performance = acted("MARA: You came without a coat, and it is cold.")
    mara, ivo = performance.actors

    def moved(actor: Actor) -> float:
        return max(
            float(np.linalg.norm(np.diff([actor.hand(t, side) for t in times()], axis=0), axis=1).sum())
            for side in (0, 1)
        )

    assert moved(mara) > 4 * moved(ivo)
    assert max(mara.pose(t).mouth for t in times()) > 0.3 > max(ivo.pose(t).mouth for t in times())


# Coming and going.


@pytest.mark.parametrize("side", [1, -1])
@pytest.mark.parametrize(("who", "left"), [("MARA", True), ("IVO", False)])
def test_people_leave_on_their_own_side(who: str, left: bool, side: int) -> None:
    """Who leaves is out of the picture at the end, and went off at the side of the frame that is theirs."""
    request = shot(f"{who} leaves.", size=ShotSize.MS, side=side, height=72)
    assert _gone(request, who, backwards=False) == ("left" if left == (side == 1) else "right")


@pytest.mark.parametrize("side", [1, -1])
def test_people_enter_on_their_own_side(side: int) -> None:
    """Who comes in is not in the first picture, and comes from the side where they then stand."""
    request = shot("IVO enters.", size=ShotSize.MS, side=side, height=72)
    assert _gone(request, "IVO", backwards=True) == ("right" if side == 1 else "left")


@pytest.mark.parametrize("side", [1, -1])
def test_alone_one_goes_from_left_to_right(side: int) -> None:
    """Somebody alone comes from the left of the frame and leaves to its right, so that shots join."""
    leaves = shot("IVO leaves.", cast=(IVO,), size=ShotSize.MS, side=side, height=72)
    enters = shot("IVO enters.", cast=(IVO,), size=ShotSize.MS, side=side, height=72)
    assert (_gone(enters, "IVO", backwards=True), _gone(leaves, "IVO", backwards=False)) == ("left", "right")


def _gone(request, who: str, *, backwards: bool) -> str:
    """At which side of the frame somebody was last seen (or first, from the end)."""
    rehearsal = rehearse(request)
    entity = next(number for number, name in rehearsal.names.items() if name == who)
    tracer = Tracer(rehearsal)
    columns = []
    for index in [*range(0, request.frames, 6), request.frames - 1]:
        seen = np.nonzero((tracer.frame(index).ids == entity).any(axis=0))[0]
        columns.append(float(seen.mean()) / request.width if len(seen) else None)
    if backwards:
        columns.reverse()
    assert columns[-1] is None, "still in the picture"
    last = [column for column in columns if column is not None][-1]
    return "left" if last < 0.5 else "right"


# Postures.


def test_a_chair_stands_under_who_sits() -> None:
    """Who sits down has a chair under the hips, with its seat just below them, and stays seated."""
    actor = the("IVO", "IVO sits down on a chair.")
    seat = actor.seats[0]
    assert np.linalg.norm(actor.place(3.5) - seat.at) < 0.02
    assert 0.05 < joints(actor.height, actor.pose(3.5))["left_hip"][2] - seat.height < 0.15
    assert actor.track.posture_at(3.9) == "sit"


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("IVO kneels down.", 0.25, 0.33), ("IVO crouches down.", 0.18, 0.28), ("IVO falls.", 0.04, 0.12),
     ("IVO sits on the ground.", 0.05, 0.12), ("IVO lies on the ground.", 0.04, 0.12), ("IVO waits.", 0.5, 0.54)],
)  # fmt: skip
def test_postures(text: str, low: float, high: float) -> None:
    """Each posture has the hips where a person has them, in shares of the height."""
    actor = the("IVO", text)
    assert low < joints(actor.height, actor.pose(3.9))["right_hip"][2] / actor.height < high


def test_opening() -> None:
    """Who sat and held something when the shot before ended does so when this one begins, and gets up for walking."""
    performance = acted(
        "MARA: Go.", "IVO walks away.", props=(LANTERN,), opening=(("IVO", "sit"), ("IVO", "holds LANTERN")), seconds=6
    )
    ivo = performance.actors[1]
    assert ivo.posture == "sit"
    assert performance.props[0].held_by(0.0) == "IVO"
    assert joints(1.8, ivo.pose(1.0))["left_hip"][2] < 0.7
    assert joints(1.8, ivo.pose(5.5))["left_hip"][2] > 0.85
