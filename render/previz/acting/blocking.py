"""Blocking: who stands where and does what in a shot, as a function of its time, from the beats of its stage."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from characters.seen import Seen
from render.previz.acting.actor import Actor
from render.previz.acting.company import Company
from render.previz.acting.cues import Cue, cues
from render.previz.acting.direction import Director
from render.previz.acting.doings import Doing, Reader
from render.previz.acting.floor import floor_of
from render.previz.acting.lexicon import lexicon
from render.previz.acting.player import ALWAYS, Player
from render.previz.acting.prop_places import Ground, Keeping, PropPlace, bulk_of
from render.previz.acting.prop_places import holder_of as named_with
from render.previz.acting.score import Carry
from render.previz.acting.seats import seat_of, seat_word
from render.previz.acting.staging import Mark, Rest, staged, travel
from render.previz.sets.build import build_set
from render.previz.sets.design import Spot, SpotKind
from render.request import Request, Stage
from storyboard.camera import Framing, MoveKind, ShotSize
from storyboard.hashing import seed_from
from storyboard.screenplay import Interior

_TRACKING = {kind for kind in MoveKind if kind.value.startswith("track-")}
_TALL = {  # how high the frame is at the person, in heights of the person
    ShotSize.EWS: 3.4,
    ShotSize.WS: 1.8,
    ShotSize.FS: 1.2,
    ShotSize.MFS: 0.75,
    ShotSize.MS: 0.57,
    ShotSize.MCU: 0.40,
    ShotSize.CU: 0.30,
    ShotSize.ECU: 0.25,
}


@dataclass(frozen=True)
class Performance:
    """Everyone who is seen and every prop, with what they do over the shot."""

    actors: tuple[Actor, ...]
    props: tuple[PropPlace, ...]
    marks: dict[str, Mark]  # of everybody in the scene


def block(request: Request) -> list[Actor]:
    """Everyone who is seen, on their marks, with what they do."""
    return list(perform(request).actors)


def place_props(request: Request) -> list[PropPlace]:
    """Every prop, with where it is over the shot."""
    return list(perform(request).props)


def perform(request: Request) -> Performance:
    """Block a shot. A function of the request alone: its stage, its camera and its length."""
    stage = request.stage
    rate = Fraction(request.rate)
    length = float(max(request.frames_of_shot, 1) / rate)
    company = Company()
    reader = Reader(stage.cast, stage.props, dict(stage.verbs), request.camera.subject)
    cued = cues(stage.beats, rate, length, reader)
    marks = staged(stage, _rests(stage, cued))
    players = _players(request, company, marks)
    props = _props(stage, [cue.doing for cue in cued if cue.doing is not None], players)
    director = Director(
        players=players,
        props=props,
        company=company,
        floor=floor_of(stage.place, stage.interior),  # type: ignore[arg-type]
        side=stage.side,
        length=length,
        out=_out_of_frame(request),
        inside=stage.interior is Interior.INT,
        about=request.camera.subject,
        doors=_doors(stage),
    )
    director.opening(cued, {name: how for name, how in stage.opening if not how.startswith("holds ")})
    followed = _followed(request)
    for name in followed & set(players):
        director.follow(players[name], travel(request.camera, stage.side), cued)
    for cue in cued:
        director.take(cue)
    company.tracks |= {name: player.track() for name, player in players.items()}
    company.props |= director.props
    actors = tuple(players[seen.name].actor(company, 0.5 * length) for seen in stage.cast)
    return Performance(actors, tuple(director.props[seen.name] for seen in stage.props), marks)


def _doors(stage: Stage) -> tuple[Spot, ...]:
    """The doors of a room."""
    if stage.interior is not Interior.INT:
        return ()
    design = build_set(stage.place, stage.interior)  # type: ignore[arg-type]
    return tuple(spot for spot in design.spots if spot.kind is SpotKind.DOOR)


def _rests(stage: Stage, cued: list[Cue]) -> dict[str, Rest]:
    """Who sits or lies in the shot on something that the set may have."""
    inside, rests = stage.interior is Interior.INT, dict[str, Rest]()
    first: set[str] = set()
    for name, how in stage.opening:
        posture, on = (*how.split(), "")[:2]
        if posture in ("sit", "lie") and on != "low" and (posture == "sit" or on):
            rests[name] = Rest(posture, on, already=True)
    for cue in cued:
        act = cue.doing.act if cue.doing is not None else None
        if cue.doing is None or act is None or act.name == "still":
            continue
        begins = cue.who not in first and cue.doing.state
        first.add(cue.who)
        if cue.who in rests or act.name == "fall" or seat_of(act.posture, cue.doing.words, inside) <= 0:
            continue
        rests[cue.who] = Rest(act.posture, seat_word(act.posture, cue.doing.words), already=begins)
    return rests


def _players(request: Request, company: Company, marks: dict[str, Mark]) -> dict[str, Player]:
    stage = request.stage
    everyone = list(marks)
    seen_by_name: dict[str, Seen] = {seen.name: seen for seen in stage.cast}
    middle = float(np.mean([marks[name].at[0] for name in everyone])) if everyone else 0.0
    players: dict[str, Player] = {}
    for name in everyone:
        mark = marks[name]
        if name not in seen_by_name:
            company.points[name] = (float(mark.at[0]), float(mark.at[1]), 1.15 if mark.perch else 1.6)
            continue
        # Alone, one comes from the left of the frame and leaves to its right; in company, to one's own side.
        aside = float(np.sign(mark.at[0] - middle)) or (-1.0 if everyone.index(name) % 2 == 0 else 1.0)
        alone = len(everyone) == 1
        players[name] = Player(
            seen=seen_by_name[name],
            mark=np.asarray(mark.at, float),
            facing=float(mark.facing),
            outward=np.array((float(stage.side) if alone else aside, 0.0)),
            alone=alone,
            single=len(stage.cast) == 1,
            across=_across(request),
            phase=(seed_from("rhythm", name, request.seed) % 628) / 100,
            perch=mark.perch,
        )
        if mark.seat:
            players[name].begin_as("sit", mark.seat)
            players[name].seats.clear()  # the set has one
    return players


def _across(request: Request) -> np.ndarray:
    """Which way somebody goes through the picture: as the camera goes along, else to the right of the frame."""
    kinds = {move.kind for phase in request.camera.moves for move in phase}
    if kinds & {MoveKind.TRUCK_LEFT, MoveKind.PAN_LEFT, MoveKind.WHIP_PAN_LEFT} and not kinds & _TRACKING:
        return np.array((-float(request.stage.side), 0.0))
    return travel(request.camera, request.stage.side)


def _followed(request: Request) -> set[str]:
    """Whom the camera tracks."""
    camera = request.camera
    moves = [move for phase in camera.moves for move in phase if move.kind in _TRACKING]
    if not moves:
        return set()
    named = {move.subject for move in moves if move.subject} or set(camera.subject)
    return named or {seen.name for seen in request.stage.cast}


def _out_of_frame(request: Request) -> float:
    """How far from the middle of the frame one is out of it, metres."""
    camera, stage = request.camera, request.stage
    aspect = request.width / request.height
    half = 0.5 * 1.75 * _TALL[camera.size or ShotSize.MS] * aspect
    several = len(stage.cast) > 1 and (len(camera.subject) != 1 or camera.framing in (Framing.TWO_SHOT, Framing.GROUP))
    return 1.15 * half + 0.45 + (0.6 if several else 0.0)


def _laid(stage: Stage, players: dict[str, Player]) -> tuple[float, float, float] | None:
    """Where on the set's table things lie for those who sit at it; None where nobody does."""
    perches = [player.perch.at for player in players.values() if player.perch is not None]
    if not perches:
        return None
    design = build_set(stage.place, stage.interior)  # type: ignore[arg-type]
    middle = np.mean(perches, axis=0)
    tables = [spot.at for spot in design.spots if spot.kind is SpotKind.TABLE]
    near = min(tables, key=lambda at: float(np.hypot(at[0] - middle[0], at[1] - middle[1])), default=None)
    if near is None or float(np.hypot(near[0] - middle[0], near[1] - middle[1])) > 1.3:
        return None
    off = np.clip(middle - near[:2], -0.3, 0.3)  # towards them
    return float(near[0] + off[0]), float(near[1] + off[1]), float(near[2])


_HAS = ("give", "offer", "put", "hold", "throw")


def _props(stage: Stage, doings: list[Doing], players: dict[str, Player]) -> dict[str, PropPlace]:
    """Where every prop is when the shot begins: with whom the words give it, else behind the people.

    What a table takes is on one there; what is larger stands on the floor.
    """
    from render.previz.figures.props import build_prop, prop_text

    placed: dict[str, PropPlace] = {}
    middle = np.mean([p.mark for p in players.values()], axis=0) if players else np.zeros(2)
    laid = _laid(stage, players)
    behind = middle + (0.0, 0.62 * stage.side if players else 0.0)
    if any(player.perch is not None for player in players.values()):  # there the sofa may be
        floor = floor_of(stage.place, stage.interior)  # type: ignore[arg-type]
        behind = floor.nearest(behind, [player.mark for player in players.values()])
    free, ground = 0, Ground(middle.tolist(), stage.side)
    for prop in stage.props:
        grip = lexicon().grip(prop_text(prop))
        bulk = bulk_of(build_prop(prop, 0)[0])
        holder, at, table = _holder(stage, prop, doings), (0.0, 0.0, 0.0), False
        if not (bulk.handy or grip.up):
            holder = None
        if (holder is None or holder not in players) and not bulk.on_table:
            at = ground.place(bulk)
        elif holder is None or holder not in players:
            x = (0.0, 0.38, -0.38, 0.7)[free % 4]
            at, table, free = (float(behind[0]) + x, float(behind[1]), 0.76), True, free + 1
            if laid is not None:
                at, table = (laid[0] + 0.6 * x, laid[1], laid[2]), False
        keepings: tuple[Keeping, ...] = ()
        if holder is not None and holder in players:
            side = players[holder].free_side()
            keepings = (Keeping(-ALWAYS, holder, side),)
            players[holder].carries.append(Carry(-ALWAYS, ALWAYS, side, grip, prop.name))
        placed[prop.name] = PropPlace(prop, holder, at, table, grip, bulk.tall, keepings)
    return placed


def _holder(stage: Stage, prop: Seen, doings: list[Doing]) -> str | None:
    """Who has a prop when the shot begins: who first does something with it that needs it in hand."""
    for name, what in stage.opening:
        if what == f"holds {prop.name}":
            return name
    for doing in doings:
        if doing.target == prop.name and doing.act is not None:
            if doing.act.prop == "take":
                return None
            return doing.who if doing.act.prop in _HAS else None
    return named_with(stage, prop)
