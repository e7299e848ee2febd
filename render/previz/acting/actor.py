"""What a person does in a shot, as a function of its time: where they are, and how they stand, look and reach."""

from dataclasses import dataclass, field, replace

import numpy as np

from characters.seen import Seen
from render.previz.acting.company import Company
from render.previz.acting.limbs import arm_angles, leg_angles, reach_of
from render.previz.acting.motion import Track, Way, ease, wrapped
from render.previz.acting.perches import Perch
from render.previz.acting.postures import Stance
from render.previz.acting.prop_places import Hand
from render.previz.acting.reaching import (
    along,
    goal_weight,
    offset,
    on_its_way,
    outside,
    plateau,
    seen_from_shoulder,
    sunk,
)
from render.previz.acting.score import Carry, Deed, Gaze, Point, Seat
from render.previz.acting.steps import Foot, ankle_of, step_length
from render.previz.figures.skeleton import HIP, REST, Pose, angles_of, bone_matrices, point, trunk_matrices, turned

_HEAD, _EYES = 0.5, 0.16  # seconds that the head and the eyes take to turn to something new
_NECK = (1.25, 0.60)  # radians that a head turns and nods at most
_BASE_HINGE = np.array((0.0, 1.0, 0.0))


@dataclass(frozen=True, eq=False)
class Actor:
    """One person's acting for the whole shot."""

    seen: Seen
    mark: np.ndarray  # float64[2], metres
    track: Track
    feet: tuple[Foot, Foot]
    company: Company
    speaks: tuple[tuple[float, float], ...] = ()  # seconds
    gazes: tuple[Gaze, ...] = ()
    deeds: tuple[Deed, ...] = ()
    carries: tuple[Carry, ...] = ()
    heads: tuple[tuple[float, float, float, float], ...] = ()  # from, until, turn, nod
    seats: tuple[Seat, ...] = ()
    perch: Perch | None = None  # their seat or bed in the set
    off: tuple[tuple[float, float], ...] = ()  # seconds in which the person is off stage
    phase: float = 0.0  # a person's own rhythm
    middle: float = 0.0  # of the shot, seconds
    _poses: dict[float, Pose] = field(default_factory=dict, repr=False)

    @property
    def height(self) -> float:
        return self.seen.figure.height if self.seen.figure else 1.70

    @property
    def facing(self) -> float:
        """Which way the person faces before anything happens."""
        return self.track.facing

    @property
    def posture(self) -> str:
        """The posture before anything happens: stand, sit, crouch, kneel, lie."""
        return self.track.posture

    def place(self, time: float) -> np.ndarray:
        """Where the person is, float64[2]."""
        return np.array(self.track.place(time))

    def is_off(self, time: float) -> bool:
        """Whether the person is off stage, and not to be drawn."""
        return any(begins <= time < ends for begins, ends in self.off)

    def hand(self, time: float, side: int = 1) -> np.ndarray:
        """Where a palm is, float64[3]; side 0 is the left hand, 1 the right."""
        bones = bone_matrices(self.height, self.pose(time))
        return point(self.height, bones, "forearm-r" if side else "forearm-l", "palm", left=not side)

    def spot(self, time: float) -> np.ndarray:
        """Where the picture counts on them, float64[2]: where they are, or their mark while they are off stage."""
        if self.is_off(time):
            return np.asarray(self.mark, float)
        return self.place(time)

    def heading(self, time: float) -> float:
        """Which way the body faces."""
        return self.track.heading(time)

    def eyes(self, time: float) -> np.ndarray:
        """About where the eyes are, float64[3]."""
        return self.track.eyes(time)

    def eye_height(self, time: float | None = None) -> float:
        """Height of the eyes above the ground, metres; in the middle of the shot if no time is given."""
        return float(self.track.eyes(self.middle if time is None else time)[2])

    def pose(self, time: float) -> Pose:
        """How the person stands at this time in seconds."""
        if (pose := self._poses.get(time)) is None:
            if len(self._poses) > 32:
                self._poses.clear()
            pose = self._poses[time] = self._posed(time)
        return pose

    def _posed(self, time: float) -> Pose:
        held, h = self.track.stance(time), self.height
        way = self.track.way(time)
        pose = self._trunk(time, held, way)
        pose = self._leaning(time, pose)
        pose = self._looking(time, pose, held)
        pose = self._legs(time, pose, held)
        pose = self._arms(time, pose, held, way)
        if held.free > 0.0:
            pose = replace(pose, z=pose.z + sunk(h, pose))
        return pose

    # The trunk.

    def _trunk(self, time: float, held: Stance, way: Way | None) -> Pose:
        h = self.height
        x, y = self.track.place(time)
        facing = self.track.heading(time)
        calm = 1.0 - held.free
        breath = 0.008 * np.sin(1.4 * time + self.phase)
        hips, lean, twist = held.hips, held.lean + calm * breath, 0.015 * calm * np.sin(0.53 * time + 2 * self.phase)
        aside = 0.010 * h * calm * np.sin(0.37 * time + self.phase) if held.hips > 0.45 else 0.0
        change = next((c for c in self.track.changes if c.begins <= time < c.ends), None)
        if change is not None and {change.before, change.after} & {"sit"} and held.free == 0.0:
            share = (time - change.begins) / (change.ends - change.begins)
            lean += 0.55 * float(np.sin(np.pi * ease(share)))
        if way is not None and way.length > 0.02:
            gait = ease(min(time - way.begins, way.ends - time) / 0.3)
            turn = np.pi * way.gone(time) / step_length(h, way)
            if way.running:
                hips += gait * (0.487 - 0.018 * np.cos(2 * turn) - hips)
                lean += gait * 0.20
                twist += gait * -0.16 * np.sin(turn)
            else:
                hips += gait * (0.497 + 0.010 * np.cos(2 * turn) - hips)
                lean += gait * 0.045
                twist += gait * -0.07 * np.sin(turn)
            aside += gait * ((0.004 if way.running else 0.010) * h * np.cos(turn) - aside)
        x, y = x - aside * np.sin(facing), y + aside * np.cos(facing)
        nods = tilt = 0.0
        for deed in self.deeds:
            share = (time - deed.begins) / max(deed.ends - deed.begins, 1e-6)
            if 0 <= share < 1:
                lean += deed.gesture.lean * plateau(share)
                nods += deed.gesture.head_nod * plateau(share)
                tilt += deed.gesture.head_tilt * plateau(share)
        return Pose(
            x=float(x), y=float(y), z=float(hips - HIP) * h + self._hop(time), facing=facing, flat=held.flat,
            lean=float(lean), twist=float(twist), nod=float(nods), tilt=float(tilt),
        )  # fmt: skip

    def _hop(self, time: float) -> float:
        for deed in self.deeds:
            if deed.gesture.hop and deed.begins <= time < deed.ends:
                share = (time - deed.begins) / (deed.ends - deed.begins)
                up = (share - 0.35) / 0.35
                if 0 < up < 1:
                    return deed.gesture.hop * 4 * up * (1 - up)
                dip = np.sin(np.pi * min(max(share / 0.35 if share < 0.35 else (share - 0.7) / 0.3, 0.0), 1.0))
                return -0.06 * self.height * float(dip)
        return 0.0

    def _leaning(self, time: float, pose: Pose) -> Pose:
        """Lean so far that the hand reaches its goal."""
        for deed in self.deeds:
            weight = goal_weight(deed, time)
            if weight <= 0 or deed.goal is None or deed.gesture.far:
                continue
            reach, goal = 0.97 * reach_of(self.height), np.array(deed.goal)
            lean = low = pose.lean
            for lean in np.arange(low, low + 1.0, 0.04):
                torso = trunk_matrices(self.height, replace(pose, lean=float(lean)))[1]
                if np.linalg.norm(seen_from_shoulder(torso, goal, deed.side, self.height)) <= reach:
                    break
            pose = replace(pose, lean=low + (float(lean) - low) * weight)
        return pose

    # The head and the eyes.

    def _looking(self, time: float, pose: Pose, held: Stance) -> Pose:
        torso = trunk_matrices(self.height, pose)[1]
        head = self._gaze(time, torso, pose, held, _HEAD, 0.08)
        eyes = self._gaze(time, torso, pose, held, _EYES, 0.0)
        more = float(np.clip(0.4 * max(abs(head[0]) - 0.5, 0.0), 0.0, 0.4)) * float(np.sign(head[0]))
        turn, nod = head[0] - more, head[1]
        for begins, ends, extra_turn, extra_nod in self.heads:
            weight = ease((time - begins) / 0.4) * (1 - ease((time - ends) / 0.4))
            turn, nod = turn + weight * (extra_turn - turn * (extra_turn != 0)), nod + weight * extra_nod
        for deed in self.deeds:
            share = (time - deed.begins) / max(deed.ends - deed.begins, 1e-6)
            if 0 <= share < 1:
                weight, t = plateau(share), time - deed.begins
                nod += weight * deed.gesture.nods[0] * float(np.sin(2 * np.pi * deed.gesture.nods[1] * t))
                turn += weight * deed.gesture.turns[0] * float(np.sin(2 * np.pi * deed.gesture.turns[1] * t))
        talk = self._talk(time)
        nod += 0.045 * talk * float(np.sin(5.1 * time + self.phase)) + 0.012 * float(np.sin(0.9 * time + self.phase))
        turn += 0.03 * talk * float(np.sin(2.3 * time + self.phase))
        mouth = talk * (0.25 + 0.45 * abs(float(np.sin(8.7 * time + self.phase)))) * (0.6 + 0.4 * np.sin(2.9 * time))
        blink = 1.0 if (time * 0.31 + self.phase) % 1.0 < 0.035 else 0.0
        turn, nod = float(np.clip(turn, -_NECK[0], _NECK[0])), float(np.clip(pose.nod + nod, -_NECK[1], _NECK[1]))
        return replace(
            pose,
            twist=pose.twist + more,
            head_turn=turn,
            nod=nod,
            eyes_turn=float(np.clip(eyes[0] - more - turn, -0.5, 0.5)),
            eyes_nod=float(np.clip(eyes[1] - head[1], -0.3, 0.3)),
            mouth=float(np.clip(mouth, 0.0, 1.0)),
            blink=blink,
        )

    def _gaze(
        self, time: float, torso: np.ndarray, pose: Pose, held: Stance, spell: float, late: float
    ) -> tuple[float, float]:
        """Turn and nod, in the torso's axes, that look where the person looks."""
        begun = [gaze for gaze in self.gazes if gaze.begins + late <= time] or list(self.gazes[:1])
        turn, nod = self._towards(begun[0].at if begun else None, time, torso, pose, held)
        for gaze in begun[-3:]:
            weight = ease((time - late - gaze.begins) / spell)
            if gaze is begun[0]:
                continue
            there = self._towards(gaze.at, time, torso, pose, held)
            turn, nod = turn + (there[0] - turn) * weight, nod + (there[1] - nod) * weight
        return turn, nod

    def _towards(
        self, at: str | Point | None, time: float, torso: np.ndarray, pose: Pose, held: Stance
    ) -> tuple[float, float]:
        where = self.company.where(at, time) if isinstance(at, str) else None if at is None else np.array(at)
        if where is None:
            return 0.0, held.nod - 0.8 * pose.lean
        eyes = (torso @ np.array((0.05 * self.height, 0.0, 0.936 * self.height, 1.0)))[:3]
        way = torso[:3, :3].T @ (where - eyes)
        turn = wrapped(float(np.arctan2(way[1], way[0])))
        if abs(turn) > 2.4:  # right behind: nobody looks through themselves
            turn = float(np.sign(turn)) * 1.1
        return turn, float(-np.arctan2(way[2], np.hypot(way[0], way[1])))

    # The legs.

    def _legs(self, time: float, pose: Pose, held: Stance) -> Pose:
        h = self.height
        prints = [foot.at(time) for foot in self.feet]
        hop = max(self._hop(time), 0.0)
        ankles = [ankle_of(h, spot, lift + hop) for spot, lift in prints]
        if held.free < 0.5:
            pose = replace(pose, z=min(pose.z, self._highest(pose, ankles)))
        root = trunk_matrices(h, pose)[0]
        solved: list[tuple[float, ...]] = []
        for side in (0, 1):
            sign, spot = (1.0 if side == 0 else -1.0), prints[side][0]
            hip = np.array(REST["hip"]) * (h, sign * h, h)
            goal = root[:3, :3].T @ (ankles[side] - root[:3, 3]) - hip
            aim = 0.5 * wrapped(spot.yaw - pose.facing) + sign * 0.06
            fore, splay, spin, knee = leg_angles(h, side, goal, np.array((np.cos(aim), np.sin(aim), 0.0)))
            shin = root[:3, :3] @ turned(fore, sign * splay, -sign * spin) @ turned(-knee, 0.0, 0.0)
            c, s = np.cos(spot.yaw), np.sin(spot.yaw)
            foot = np.array(((c, -s, 0.0), (s, c, 0.0), (0.0, 0.0, 1.0))) @ turned(spot.pitch, 0.0, 0.0)
            toes, roll, turn = angles_of(shin.T @ foot)
            legs = (fore, splay, spin, knee, toes, sign * roll, sign * turn)
            free = (held.thighs[side], 0.06, 0.0, held.knees[side], -0.45, 0.0, 0.0)
            solved.append(tuple(a + (b - a) * held.free for a, b in zip(legs, free, strict=True)))
        names = ("thighs", "splay", "spins", "knees", "ankles", "foot_rolls", "foot_turns")
        return replace(pose, **{name: (solved[0][i], solved[1][i]) for i, name in enumerate(names)})  # type: ignore[arg-type]

    def _highest(self, pose: Pose, ankles: list[np.ndarray]) -> float:
        """How high the body can be with both feet where they are."""
        h = self.height
        leg = 0.9985 * reach_of(h, "hip", "knee", "ankle")
        c, s = np.cos(pose.facing), np.sin(pose.facing)
        limits = []
        for side, ankle in enumerate(ankles):
            out = (1 if side == 0 else -1) * REST["hip"][1] * h
            away = float(np.hypot(ankle[0] - pose.x + out * s, ankle[1] - pose.y - out * c))
            limits.append(ankle[2] + float(np.sqrt(max(leg**2 - away**2, (0.25 * h) ** 2))))
        return min(limits) - HIP * h

    # The arms.

    def _talk(self, time: float) -> float:
        """How much somebody is speaking, 0 to 1."""
        return max(
            (ease((time - begins) / 0.3) * (1 - ease((time - ends + 0.25) / 0.3)) for begins, ends in self.speaks),
            default=0.0,
        )

    def _arms(self, time: float, pose: Pose, held: Stance, way: Way | None) -> Pose:
        h = self.height
        sway = 0.012 * float(np.sin(1.3 * time + self.phase)) * (1.0 - held.free)
        fore = [held.arms[0] + sway, held.arms[1] - sway]
        elbows = list(held.elbows)
        if way is not None and way.length > 0.02:
            gait = ease(min(time - way.begins, way.ends - time) / 0.3)
            turn = np.pi * way.gone(time) / step_length(h, way)
            swing = (0.75 if way.running else 0.36) * float(np.sin(turn)) * gait
            bent = gait * (1.35 if way.running else 0.12)
            fore = [fore[0] + swing + 0.06 * gait, fore[1] - swing + 0.06 * gait]
            elbows = [elbows[0] + bent + 0.3 * max(swing, 0), elbows[1] + bent + 0.3 * max(-swing, 0)]
        torso = trunk_matrices(h, pose)[1]
        rolls, spread = [0.12, 0.12], list(held.spread)
        fingers = [0.25 + 0.5 * (way is not None and way.running)] * 2
        for side in (0, 1):
            sign = 1.0 if side == 0 else -1.0
            layers = self._layers(time, side, torso, way)
            if not layers:
                continue
            upper = turned(fore[side], sign * spread[side], -sign * rolls[side])
            goal = upper @ offset(h, sign, "shoulder", "elbow") + upper @ turned(elbows[side], 0.0, 0.0) @ offset(
                h, sign, "elbow", "palm"
            )
            hinge = upper @ _BASE_HINGE
            for weight, wanted, closed in layers:
                goal = on_its_way(goal, wanted, weight, h)
                away = goal / max(float(np.linalg.norm(goal)), 1e-9)
                wish = np.cross(away, np.array((-0.45, sign * (0.45 + 0.8 * max(away[2] - 0.55, 0.0)), -0.8)))
                wish /= max(float(np.linalg.norm(wish)), 1e-9)
                hinge = hinge + (wish - hinge) * weight
                fingers[side] += (closed - fingers[side]) * weight
            goal = outside(goal, sign, h)
            fore[side], spread[side], rolls[side], elbows[side] = arm_angles(h, side, goal, hinge)
        return replace(
            pose,
            arms=(float(fore[0]), float(fore[1])),
            spread=(float(spread[0]), float(spread[1])),
            rolls=(float(rolls[0]), float(rolls[1])),
            elbows=(float(elbows[0]), float(elbows[1])),
            hands=(float(fingers[0]), float(fingers[1])),
        )

    def _layers(
        self, time: float, side: int, torso: np.ndarray, way: Way | None
    ) -> list[tuple[float, np.ndarray, float]]:
        """What a hand does beside hanging: weight, where the palm goes as seen from the shoulder, fingers."""
        h, sign = self.height, 1.0 if side == 0 else -1.0
        found: list[tuple[float, np.ndarray, float]] = []
        shoulder = np.array(REST["shoulder"]) * (h, sign * h, h)
        full = False
        for carry in self.carries:
            if carry.side == side:
                weight = ease((time - carry.begins) / 0.6) * (1 - ease((time - carry.ends) / 0.5))
                full = full or weight > 0
                if weight > 0:
                    x, y, z = carry.grip.at
                    bob = 0.012 * float(np.sin(1.1 * time + self.phase))
                    if way is not None and way.length > 0.02:
                        bob += 0.02 * float(np.sin(2 * np.pi * way.gone(time) / step_length(h, way)))
                    found.append((weight, np.array((x + bob * 0.4, sign * y, z + bob)) * h - shoulder, 0.8))
        talk = self._talk(time)
        if talk > 0 and not full:
            found.append(self._talking(time, side, talk))
        doing = (self._deed(deed, time, side, torso) for deed in self.deeds if deed.begins <= time < deed.ends)
        return [*found, *(layer for layer in doing if layer is not None)]

    def _talking(self, time: float, side: int, talk: float) -> tuple[float, np.ndarray, float]:
        """A speaker's hand: it rises to a stroke and sinks again, now one hand and now the other."""
        h, sign = self.height, 1.0 if side == 0 else -1.0
        slow = 0.5 + 0.5 * np.sin(1.15 * time + self.phase + (0.0 if side else 2.4))
        beat = np.sin(3.3 * time + 1.7 * self.phase + side)
        x = 0.165 + 0.035 * slow + 0.018 * beat
        y = 0.105 + 0.045 * slow
        z = 0.590 + 0.075 * slow + 0.020 * np.sin(3.3 * time + 1.7 * self.phase + side + 0.9)
        up = talk * (0.20 + 0.80 * ease(1.6 * slow - 0.25)) * (1.0 if side else 0.8)
        shoulder = np.array(REST["shoulder"]) * (h, sign * h, h)
        return float(up), np.array((x, sign * y, z)) * h - shoulder, 0.15

    def _deed(self, deed: Deed, time: float, side: int, torso: np.ndarray) -> tuple[float, np.ndarray, float] | None:
        h, sign, gesture = self.height, 1.0 if side == 0 else -1.0, deed.gesture
        goal = self.company.where(deed.toward, time) if deed.toward else None
        goal = goal if goal is not None else None if deed.goal is None else np.array(deed.goal)
        if gesture.target:
            if side != deed.side:
                return None
            weight = goal_weight(deed, time)
            if goal is None:
                goal = (torso @ np.array((0.30 * h, sign * 0.08 * h, 0.70 * h, 1.0)))[:3]
            wanted = seen_from_shoulder(torso, goal, side, h)
            if gesture.far:
                wanted = wanted / max(float(np.linalg.norm(wanted)), 1e-9) * 0.97 * reach_of(h)
            return weight, wanted, gesture.fingers
        path = gesture.right if side == deed.side else gesture.left
        if not path:
            return None
        spell = max(deed.ends - deed.begins, 1e-6)
        share, least = (time - deed.begins) / spell, min(0.35 / spell, 0.4)  # nobody snatches the hand back
        up, down = max(path[0][0], least), min(path[-1][0], 1 - least)
        weight = ease(share / up) * (1 - ease((share - down) / (1 - down)))
        x, y, z = along(path, share)
        if gesture.shake[3]:
            wave = float(np.sin(2 * np.pi * gesture.shake[3] * (time - deed.begins)))
            x, y, z = (value + wave * by for value, by in zip((x, y, z), gesture.shake[:3], strict=True))
        shoulder = np.array(REST["shoulder"]) * (h, sign * h, h)
        return weight, np.array((x, sign * y, z)) * h - shoulder, gesture.fingers


def hands_of(actors: tuple[Actor, ...], time: float) -> Hand:
    """Where everybody's palms are at a time, for what they carry."""
    by_name = {actor.seen.name: actor for actor in actors}

    def hand(name: str, side: int) -> tuple[np.ndarray, float]:
        return by_name[name].hand(time, side), by_name[name].pose(time).facing

    return hand
