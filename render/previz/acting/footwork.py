"""Footwork: how players get about on the floor of a set, and turn to each other."""

from dataclasses import dataclass

import numpy as np

from render.previz.acting.company import Company
from render.previz.acting.cues import Cue
from render.previz.acting.doings import Doing
from render.previz.acting.floor import Floor
from render.previz.acting.motion import RUN, WALK, wrapped
from render.previz.acting.player import ALWAYS, Player
from render.previz.acting.prop_places import PropPlace
from render.previz.acting.score import Point
from render.previz.sets.design import Spot

NEAR, CLOSE = 0.95, 0.50  # metres at which one talks or gives, and at which one takes a thing
_QUICK = 2.1  # metres a second that somebody walks at most
_SILL = 0.42  # metres inside a door at which one has just come in
_FAST = 3.6  # metres a second that somebody runs at most to be out of frame in time


@dataclass(eq=False)
class Footwork:
    """The players of a shot on their floor. Times in seconds, lengths in metres."""

    players: dict[str, Player]
    props: dict[str, PropPlace]
    company: Company
    floor: Floor
    side: int
    length: float
    out: float  # how far from the middle of the frame one is out of it
    inside: bool
    about: tuple[str, ...] = ()  # who and what the picture is about
    doors: tuple[Spot, ...] = ()  # of a room

    def partner(self, name: str, but: str | None = None) -> str | None:
        """Whom somebody has to do with: whoever is nearest of the others in the scene."""
        here = self.players[name].feet if name in self.players else np.zeros(2)
        others = {other: player.feet for other, player in self.players.items() if other not in (name, but)}
        others |= {other: np.array(at[:2]) for other, at in self.company.points.items() if other != but}
        return min(others, key=lambda other: float(np.hypot(*(others[other] - here))), default=None)

    def face(self, player: Player, name: str, time: float, *, least: float) -> None:
        """Look at somebody or something: the eyes first, then the head, then, if it is far round, the body."""
        on_the_way = time < player.busy and bool(player.ways) and player.ways[-1].ends > time
        player.look(name, time)
        where = self.place(name)
        if where is None or on_the_way or float(np.hypot(*(where - player.feet))) < 0.25:
            return
        heading = float(np.arctan2(*(where - player.feet)[::-1]))
        if abs(wrapped(heading - player.heading)) > least:
            player.turn(heading, time + 0.2)

    def place(self, name: str | None, time: float = ALWAYS) -> np.ndarray | None:
        """Where somebody or something is on the floor, float64[2]."""
        if name is None:
            return None
        if name in self.players:
            return self.players[name].feet
        if name in self.props:
            keep = self.props[name].keeper(time)
            if keep.holder in self.players:
                return self.players[keep.holder].feet
            return np.array(keep.at[:2])
        return np.array(self.company.points[name][:2]) if name in self.company.points else None

    def yonder(self, player: Player, words: tuple[str, ...]) -> Point:
        """Where somebody looks who looks at nothing that is there: past the camera, or where the words say."""
        heading = -self.side * np.pi / 2
        off = wrapped(heading - player.heading)
        aim = player.heading + float(np.clip(off, -0.75, 0.75))
        up = 0.0
        if {"up", "sky", "stars", "ceiling", "moon", "roof", "sun"} & set(words):
            up = 3.0
        elif {"down", "floor", "ground", "feet", "hands", "watch"} & set(words):
            up = -1.6
        far = 4.0
        x, y = player.feet + far * np.array((np.cos(aim), np.sin(aim)))
        return float(x), float(y), max(0.94 * player.height + up, 0.05)

    def through(
        self, player: Player, way: np.ndarray, begins: float, ends: float, speed: float, *, running: bool
    ) -> None:
        half = np.asarray(way, float) * speed * (ends - begins - 0.35) / 2
        start, end = (
            self.floor.reached(player.mark, player.mark - half),
            self.floor.reached(player.mark, player.mark + half),
        )
        if float(np.hypot(*(end - start))) < 0.6:
            return
        far, time = float(np.hypot(*(end - start))), ends - begins - 0.35
        pace = max(far / time, 0.4)
        if running and pace < RUN:  # where there is little room a run is short, not slow
            begins, pace = begins + (time - far / RUN) / 2, RUN
        player.begin_at(start, float(np.arctan2(*(end - start)[::-1])))
        player.busy = min(player.busy, begins)
        player.walk(end, begins, speed=pace, running=running)

    def turned(self, player: Player, words: tuple[str, ...]) -> float:
        camera = -self.side * np.pi / 2
        if "away" in words or "back" in words:
            return player.heading + np.pi * 0.8
        off = wrapped(camera - player.heading)
        return player.heading + (off if abs(off) > 0.5 else 1.4)

    def way_out(self, player: Player, wanted: float, way: np.ndarray) -> np.ndarray:
        """How far one gets off stage: the nearest to the wanted direction that leads so far."""
        best = player.mark
        for off in (0.0, 0.3, -0.3, 0.6, -0.6):
            c, s = np.cos(off * self.side), np.sin(off * self.side)
            turned = np.array((c * way[0] - s * way[1], s * way[0] + c * way[1]))
            end = self.floor.reached(player.feet, player.feet + turned * wanted)
            if float(np.hypot(*(end - player.feet))) > float(np.hypot(*(best - player.feet))) + 0.3:
                best = end
            if float(np.hypot(*(best - player.feet))) >= wanted - 0.1:
                break
        return best

    def door(self, here: np.ndarray, outward: np.ndarray, most: float) -> np.ndarray | None:
        """Where one stands at the nearest door to one's own side that is straight ahead, at most so far, float64[2]."""
        best, least = None, most
        for spot in self.doors:
            ahead = np.array((np.cos(spot.facing), np.sin(spot.facing)))
            at = np.array(spot.at[:2]) + _SILL * ahead
            far = float(np.hypot(*(at - here)))
            behind_lens = ahead[1] * self.side > 0.7  # in the wall that the camera looks through
            if behind_lens or not 0.4 <= far <= least or float((at - here) @ outward) < 0.6 * far:
                continue
            if float(np.hypot(*(self.floor.reached(here, at) - at))) < 0.05 and self.floor.room(at) > 0.0:
                best, least = at, far
        return best

    def enter(self, player: Player, cue: Cue, *, running: bool) -> float:
        """Come in from one's own side of the frame, so as to be on the mark by the middle of the shot.

        In a room by its door, where that is out of the frame or one stands at it as the shot begins.
        """
        outward = -player.outward if player.alone else player.outward
        start = self.way_out(player, self.out, outward)
        in_time = max(0.5 * self.length - cue.begins - 0.35, 0.3) * (_FAST if running else _QUICK)
        door = self.door(player.mark, outward, in_time)
        if door is not None and (cue.begins < 0.3 or float(np.hypot(*(door - player.mark))) >= self.out):
            start = door
        far = float(np.hypot(*(start - player.mark)))
        if far < 0.4:
            return cue.ends
        to_key = max(0.5 * self.length - cue.begins - 0.35, 0.3)
        pace = float(np.clip(far / to_key, RUN if running else WALK, _FAST if running else _QUICK))
        heading = float(np.arctan2(*(player.mark - start)[::-1]))
        player.begin_at(start, heading)
        player.gazes = [gaze for gaze in player.gazes if gaze.begins > -9.5]
        player.look(None, -10.0)
        arrived = player.walk(player.mark, cue.begins, speed=pace, running=running or pace > 2.0)
        player.off.append((-ALWAYS, cue.begins))
        faced = self.partner(player.seen.name)
        if faced is not None:
            self.face(player, faced, arrived - 0.4, least=0.5)
            where = self.place(faced)
            assert where is not None
            return player.turn(float(np.arctan2(*(where - player.mark)[::-1])), arrived, least=0.4)
        return player.turn(float(np.arctan2(-self.side, 0.6)), arrived)

    def leave(self, player: Player, cue: Cue, *, running: bool) -> float:
        """Go off to one's own side, out of the frame by the end of the shot; by the door, where it is out of it."""
        outward = player.outward
        begins = max(cue.begins, player.busy)
        if player.posture != "stand":
            begins = player.rise(begins)
        slow, fast = (RUN, _FAST) if running else (WALK, _QUICK)
        if begins > 0.5 * self.length:
            begins = max(player.busy, min(begins, self.length - self.out / fast - 0.4))
        left = max(self.length - 0.1 - max(begins, 0.5 * self.length) - 0.2, 0.2)
        pace = float(np.clip(self.out / left, slow, fast))
        wanted = max(self.out + 0.5, pace * (self.length + 1.2 - begins))
        end = self.way_out(player, wanted, outward)
        door = self.door(player.feet, outward, wanted)
        if door is not None:
            far = float(np.hypot(*(door - player.feet)))
            if far >= self.out or begins + far / pace + 0.35 > self.length:
                end = door
        if float(np.hypot(*(end - player.feet))) < 0.4:
            return cue.ends
        player.look(None, begins)
        arrived = player.walk(end, begins, speed=pace, running=running or pace > 2.0)
        if float(np.hypot(*(end - player.mark))) < wanted - 0.2:
            player.off.append((arrived, ALWAYS))  # through a door
        return arrived

    def walk(self, player: Player, cue: Cue, doing: Doing, *, running: bool, touch: bool = False) -> float:
        if player.ways and player.ways[-1].begins <= cue.begins < player.ways[-1].ends:
            return player.ways[-1].ends  # already on the way
        where = self.place(doing.target)
        if where is not None and doing.target in self.players:
            return self.approach(player, where, cue, 0.62 if touch else NEAR, running=running)
        if where is not None:
            return self.reach(player, where, cue.begins, running=running)
        if player.single and not player.started and player.posture == "stand":
            speed = RUN if running else WALK
            ends = max(cue.ends, min(cue.beat_ends, self.length + 1.0))
            ends = self.length + 1.0 if ends > 0.7 * self.length else ends
            player.look(None, -9.0)
            self.through(player, player.across, -1.0 if cue.begins < 0.3 else cue.begins, ends, speed, running=running)
            return player.busy
        far = min((RUN if running else WALK) * max(cue.ends - cue.begins, 1.0), 1.7)
        behind = np.array((0.35 * player.outward[0], 0.8 * self.side)) * far
        end = self.floor.reached(player.feet, player.feet + behind)
        player.look(None, cue.begins)
        return player.walk(end, cue.begins, running=running)

    def approach(self, player: Player, where: np.ndarray, cue: Cue, gap: float, *, running: bool = False) -> float:
        """Go up to somebody. Who is there already comes from a little way off, if it is the first thing they do."""
        off = player.feet - where
        away = float(np.hypot(*off))
        if away <= gap + 0.45 and not player.started and gap > 0.7:
            start = self.way_out(player, 2.0, player.outward)
            player.begin_at(start, float(np.arctan2(*(where - start)[::-1])))
            return player.walk(player.mark, cue.begins, running=running)
        if away <= gap + 0.1:
            return cue.ends
        return player.walk(where + off / max(away, 1e-6) * gap, cue.begins, running=running)

    def reach(self, player: Player, where: np.ndarray, time: float, *, running: bool = False) -> float:
        """Go so near to a thing that it can be taken, and face it."""
        off = player.feet - where
        away = float(np.hypot(*off))
        heading = float(np.arctan2(*(-off)[::-1]))
        if away > CLOSE + 0.12:
            return player.walk(where + off / away * CLOSE, time, running=running)
        return player.turn(heading, time, least=0.6)


def unit(way: np.ndarray) -> np.ndarray:
    """The same way, one metre long."""
    return way / max(float(np.hypot(*way)), 1e-6)
