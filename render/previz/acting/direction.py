"""Direction: what each cue of a shot makes the players do, in the order of the cues."""

from dataclasses import dataclass, replace

import numpy as np

from render.previz.acting.cues import Cue
from render.previz.acting.doings import Doing
from render.previz.acting.footwork import NEAR, Footwork, unit
from render.previz.acting.lexicon import Act, Gesture, lexicon
from render.previz.acting.motion import RUN, WALK, wrapped
from render.previz.acting.player import ALWAYS, Player
from render.previz.acting.prop_places import Keeping, PropPlace
from render.previz.acting.score import Carry, Point
from render.previz.acting.seats import BED, SEAT, seat_of
from render.previz.sets.design import LOW

_TAKE = Gesture(target=True, fingers=0.8)


@dataclass(eq=False)
class Director(Footwork):
    """Blocks a shot cue by cue."""

    def opening(self, cued: list[Cue], opening: dict[str, str]) -> None:
        """How everybody is when the shot begins: as they were, as the first words say, looking at whom they face."""
        for name, player in self.players.items():
            mine = [
                cue.doing for cue in cued if cue.who == name and cue.doing is not None and cue.doing.act is not None
            ]
            acts = [doing for doing in mine if doing.act is not None and doing.act.name != "still"]
            first = acts[0] if acts else None
            posture, low = (*opening.get(name, "stand").split(), "")[:2]
            seat = 0.0 if low == "low" or posture not in ("sit", "lie") else SEAT if posture == "sit" else BED
            if first is not None and first.act is not None and first.state and first.act.posture:
                posture, seat = first.act.posture, seat_of(first.act.posture, first.words, self.inside)
            elif first is not None and first.act is not None and first.act.move == "enter":
                posture = "stand"
            if posture != "stand":
                player.begin_as(posture, player.perch.height if player.perch and seat else seat)
            elif player.perch is not None:
                player.mark = player.perch.beside
                player.begin_at(player.perch.beside, player.facing)
            player.look(self.partner(name), -10.0)

    # Tracking shots.

    def follow(self, player: Player, way: np.ndarray, cued: list[Cue]) -> None:
        """Whom the camera tracks walks through the whole shot, over the mark in its middle."""
        mine = [cue.doing.act for cue in cued if cue.who == player.seen.name and cue.doing and cue.doing.act]
        if player.posture != "stand" or any(act.move in ("leave", "enter") for act in mine):
            return
        running = any(act.move == "run" for act in mine)
        self.through(player, way, -1.0, self.length + 1.0, RUN if running else WALK, running=running)
        player.look(None, -9.0)

    # Cues.

    def take(self, cue: Cue) -> None:
        """Act one cue."""
        if cue.doing is None:
            self._speech(cue)
        elif (player := self.players.get(cue.who)) is not None:
            act = cue.doing.act or lexicon().acts["still"]
            self._doing(player, cue, cue.doing, act)

    def _speech(self, cue: Cue) -> None:
        """Who speaks looks at whom they speak to, and turns to them; everybody else looks at who speaks."""
        speaker = self.players.get(cue.who)
        heard_by = self.partner(cue.who) if cue.who in self.players else None
        if speaker is not None:
            speaker.speaks.append((cue.begins, cue.ends))
            if heard_by is not None:
                self.face(speaker, heard_by, cue.begins - 0.15, least=0.9)
        for order, (name, player) in enumerate(self.players.items()):
            if name != cue.who and (cue.who in self.players or cue.who in self.company.points):
                self.face(player, cue.who, cue.begins + 0.12 + 0.07 * order, least=1.1)

    def _doing(self, player: Player, cue: Cue, doing: Doing, act: Act) -> None:
        begins, ends = cue.begins, cue.ends
        target = doing.target
        if act.look:
            self._look(player, doing, begins)
        if act.move:
            ends = max(ends, self._move(player, cue, doing, act))
            begins = min(max(begins, player.busy - 0.3), ends) if act.gesture else begins
        if act.posture:
            self._posture(player, doing, act, begins, ends)
        if act.prop in ("take", "give", "put", "throw"):
            self._prop(player, doing, act, begins, ends)
            return
        if act.head != (0.0, 0.0):
            player.heads.append((begins, ends, *act.head))
        if act.gesture:
            self._gesture(player, doing, act, begins, ends)
        elif act.name not in ("still", "look"):
            player.started = True
        if target in self.players and act.name in ("hug", "shake_hands") and target != player.seen.name:
            other = self.players[target]
            self.face(other, player.seen.name, begins, least=0.5)
            gesture = lexicon().gestures[act.gesture]
            other.gesture(
                gesture, max(begins, player.busy - 0.3) + 0.2, max(ends, player.busy + 1.0), side=other.free_side()
            )

    # Looking.

    def _look(self, player: Player, doing: Doing, time: float) -> None:
        name = doing.receiver or doing.target
        if doing.act is not None and doing.act.prop == "offer":  # one looks at whom it is for
            name = doing.receiver or self.partner(player.seen.name)
        if name is not None and name != player.seen.name:
            self.face(player, name, time, least=1.0)
        elif doing.act is not None and doing.act.name.startswith("look"):
            player.look(self.yonder(player, doing.words), time)

    # On foot.

    def _move(self, player: Player, cue: Cue, doing: Doing, act: Act) -> float:
        running = act.running or act.move == "run"
        if act.move == "turn_away":
            camera = -self.side * np.pi / 2
            player.look(None, cue.begins)
            away = player.heading + (2.2 if wrapped(camera - player.heading) > 0 else -2.2)
            return player.turn(away, cue.begins)
        if act.move == "turn":
            if doing.target is None:
                player.look(None, cue.begins)
                return player.turn(self.turned(player, doing.words), cue.begins + 0.15)
            where = self.place(doing.target)
            if where is None:
                return cue.ends
            return player.turn(float(np.arctan2(*(where - player.feet)[::-1])), cue.begins + 0.2)
        if act.move == "enter" and not player.moved and not player.started:
            return self.enter(player, cue, running=running)
        if act.move == "leave":
            return self.leave(player, cue, running=running)
        if act.move == "enter" and player.ways and player.ways[-1].ends > cue.begins:
            return cue.ends
        return self.walk(player, cue, doing, running=running, touch=act.move == "approach")

    # Postures.

    def _posture(self, player: Player, doing: Doing, act: Act, begins: float, ends: float) -> None:
        seat = 0.0 if act.name == "fall" else seat_of(act.posture, doing.words, self.inside)
        if player.perch is not None and seat:
            begins = self._to_perch(player, begins)
            seat = player.perch.height if player.takes_perch(act.posture) else seat
        if act.posture == player.posture and not player.started:
            player.started = True
            return
        if act.name == "stand_by" and player.posture == "stand":
            return
        player.started = True
        if act.name == "wake" and player.posture == "lie":
            seat = player.seat if player.seat > 0.2 else 0.0
        natural = act.seconds * (1.0 if act.name == "fall" else 1.3)
        player.change(act.posture, begins, min(max(ends, begins + 0.6 * act.seconds), begins + natural), seat)

    def _to_perch(self, player: Player, time: float) -> float:
        """Go to one's seat, if there is the time, and turn one's back to it; returns from when on one can sit."""
        assert player.perch is not None
        if player.posture != "stand":
            return time
        way = player.perch.beside - player.feet
        far = float(np.hypot(*way))
        if far > 0.15:
            there = self.floor.reached(player.feet, player.perch.beside)
            in_time = max(time, player.busy) + far / WALK + 1.5 < self.length
            if not in_time or float(np.hypot(*(there - player.perch.beside))) > 0.1:
                return time
            time = player.walk(player.perch.beside, time)
        return player.turn(player.perch.facing, time)

    # Gestures and props.

    def _goal(self, name: str | None, time: float) -> Point | None:
        """The point of a thing that a hand goes to."""
        if name in self.props:
            prop = self.props[name]
            keep = prop.keeper(time)
            if keep.holder is None:
                return keep.at[0], keep.at[1], keep.at[2] + prop.hangs
        return None

    def _gesture(self, player: Player, doing: Doing, act: Act, begins: float, ends: float) -> None:
        gesture = lexicon().gestures[act.gesture]
        carried = player.carry_of(doing.target) if act.prop else None
        carried = carried or (player.carry_of(None) if act.prop and doing.target is None else None)
        side = carried.side if carried else player.free_side()
        goal, toward = None, None
        if gesture.target and doing.target is not None and doing.target != player.seen.name:
            goal = self._goal(doing.target, begins)
            if goal is None or gesture.far:
                toward = doing.target
            elif player.posture == "stand":
                begins = max(begins, self.reach(player, np.array(goal[:2]), begins) - 0.35)
                ends = max(ends, begins + 1.1)
        elif gesture.far:
            yonder = self.yonder(player, doing.words)
            player.look(yonder, begins)
            goal = yonder
        if toward in self.players and not gesture.far:
            if player.posture == "stand":
                begins = max(begins, self.approach(player, self.players[toward].feet, Cue("", begins, ends), 0.7) - 0.3)
            ends = max(ends, begins + 1.1)
            other = self.players[toward]
            x, y = other.feet + 0.12 * unit(player.feet - other.feet)
            goal, toward = (float(x), float(y), other.shoulder_height() - 0.06), None
        if carried is not None and carried.prop in self.about and begins < 0.3:
            begins, ends = -1.5, self.length + 1.5  # an insert is of what is shown, not of its being fetched
        player.gesture(gesture, begins, max(ends, begins + 0.6), side=side, goal=goal, toward=toward)

    def _prop(self, player: Player, doing: Doing, act: Act, begins: float, ends: float) -> None:
        prop = self.props.get(doing.target or "")
        ends = max(ends, begins + 1.0)
        if act.prop == "take" and prop is not None:
            holder = prop.keeper(ALWAYS).holder
            if holder == player.seen.name:
                return
            if holder in self.players:
                self._hand_over(self.players[holder], player, prop, begins, ends)
            else:
                self._pick_up(player, prop, begins, ends)
        elif act.prop == "give" and doing.receiver in self.players:
            self._hand_over(player, self.players[doing.receiver], prop, begins, ends)
        elif act.prop == "give" and prop is not None and (other := self.partner(player.seen.name)) in self.players:
            self._hand_over(player, self.players[other], prop, begins, ends)
        elif act.prop in ("put", "throw") and prop is not None and player.carry_of(prop.seen.name):
            self._put_down(player, doing, act, prop, begins, ends)
        else:
            name = "throw" if act.prop == "throw" else "offer" if act.prop == "give" else "reach"
            gesture = lexicon().gestures[name]
            player.gesture(gesture, begins, ends, side=player.free_side())

    def _keep(self, prop: PropPlace, keep: Keeping) -> None:
        self.props[prop.seen.name] = replace(prop, keepings=(*prop.keepings, keep))

    def _low(self, player: Player, height: float, time: float) -> float:
        """Go down for what is low; returns from when on it can be reached."""
        if height < 0.38 * player.height and player.posture == "stand":
            return player.change("crouch", time, time + 0.6)
        return time

    def _pick_up(self, player: Player, prop: PropPlace, begins: float, ends: float) -> None:
        keep = prop.keeper(ALWAYS)
        goal = (keep.at[0], keep.at[1], keep.at[2] + prop.hangs)
        player.look(prop.seen.name, begins)
        there = self.reach(player, np.array(goal[:2]), begins) if player.posture == "stand" else begins
        down = self._low(player, goal[2], there)
        start = max(begins, min(down, there) - 0.3, down - 0.4)
        spell = max(ends - begins, 1.2)
        side = player.free_side()
        player.gesture(_TAKE, start, start + spell, side=side, goal=goal)
        taken = start + 0.5 * spell
        player.carries.append(Carry(taken, ALWAYS, side, prop.grip, prop.seen.name))
        self._keep(prop, Keeping(taken, player.seen.name, side))
        if player.posture == "crouch":
            player.change("stand", taken + 0.15, taken + 0.9)

    def _hand_over(self, giver: Player, taker: Player, prop: PropPlace | None, begins: float, ends: float) -> None:
        """Both reach out to one point between them; there the prop changes hands."""
        giver.look(taker.seen.name, begins)
        self.face(taker, prop.seen.name if prop else giver.seen.name, begins + 0.15, least=0.6)
        gap = float(np.hypot(*(giver.feet - taker.feet)))
        start = begins
        if gap > NEAR + 0.1:
            mover = giver if giver.posture == "stand" else taker
            other = taker if mover is giver else giver
            if mover.posture == "stand":
                start = mover.walk(other.feet + unit(mover.feet - other.feet) * NEAR, begins) - 0.3
        for one, two in ((giver, taker), (taker, giver)):
            heading = float(np.arctan2(*(two.feet - one.feet)[::-1]))
            start = max(start, one.turn(heading, start, least=0.5) - 0.3)
        spell = max(ends - begins, 1.3)
        x, y = (giver.feet + taker.feet) / 2
        z = 0.79 * min(giver.shoulder_height(), taker.shoulder_height())
        meeting = (float(x), float(y), float(z))
        moment = start + 0.5 * spell
        carried = giver.carry_of(prop.seen.name) if prop else None
        side = carried.side if carried else giver.free_side()
        taking = taker.free_side()
        giver.gesture(_TAKE, start, start + spell, side=side, goal=meeting)
        taker.gesture(_TAKE, start + 0.05, start + spell + 0.05, side=taking, goal=meeting)
        if prop is None:
            return
        giver.release(prop.seen.name, moment)
        taker.carries.append(Carry(moment, ALWAYS, taking, prop.grip, prop.seen.name))
        self._keep(prop, Keeping(moment, taker.seen.name, taking))
        giver.look(taker.seen.name, moment + 0.5)
        taker.look(giver.seen.name, moment + 0.7)

    def _put_down(self, player: Player, doing: Doing, act: Act, prop: PropPlace, begins: float, ends: float) -> None:
        carried = player.carry_of(prop.seen.name)
        assert carried is not None
        ahead = np.array((np.cos(player.heading), np.sin(player.heading)))
        if act.prop == "throw":
            far = self.place(doing.receiver) if doing.receiver else None
            spot = player.feet + 3.0 * ahead if far is None else far
            moment = begins + 0.58 * (ends - begins)
            player.gesture(lexicon().gestures["throw"], begins, ends, side=carried.side)
            at = (float(spot[0]), float(spot[1]), 0.0)
        else:
            before = player.feet + 0.42 * ahead
            at = prop.at if prop.table or prop.at[2] > LOW else (float(before[0]), float(before[1]), 0.0)
            there = self.reach(player, np.array(at[:2]), begins) if player.posture == "stand" else begins
            down = self._low(player, at[2] + prop.hangs, there)
            start = max(begins, down - 0.4)
            spell = max(ends - begins, 1.2)
            moment = start + 0.5 * spell
            goal = (at[0], at[1], at[2] + prop.hangs)
            player.gesture(_TAKE, start, start + spell, side=carried.side, goal=goal)
            if player.posture == "crouch":
                player.change("stand", moment + 0.15, moment + 0.9)
        player.release(prop.seen.name, moment)
        self._keep(prop, Keeping(moment, None, at=at))
