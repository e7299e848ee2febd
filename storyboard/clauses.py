"""Reading camera phrases: "slow dolly in on MARA while panning left, then tilt up"."""

from enum import Enum, auto
from fractions import Fraction

from storyboard.camera import FocusKind, Framing, MoveKind, Speed
from storyboard.gathered import FOLLOWS, Fault, Gathered, Moving
from storyboard.names import Names
from storyboard.phrases import all_phrases, did_you_mean, match
from storyboard.vocabulary import DUTCH, WORDS, JoinWord, Kind, Relative, Term, plain_name
from storyboard.wording import AFTER, ARTICLES, DETERMINERS, FILLERS, PREPOSITIONS, TOGETHER, Wording


class Role(Enum):
    """What a name or a description that comes next is to the camera."""

    SUBJECT = auto()
    TRACKED = auto()
    FOCUS_FROM = auto()
    FOCUS_TO = auto()
    OVER = auto()
    POV = auto()


_TOWARDS = WORDS["towards"]
_REVEALS = WORDS["reveals"]
_WHERE = WORDS["where"]
_MEANWHILE = WORDS["meanwhile"]
_WAYS = {
    "left": ("left", "cw"),
    "right": ("right", "ccw"),
    "up": ("up",),
    "down": ("down",),
    "clockwise": ("cw",),
    "cw": ("cw",),
    "counterclockwise": ("ccw",),
    "anticlockwise": ("ccw",),
    "ccw": ("ccw",),
}
_SHOULDERS = frozenset({"shoulder", "shoulders"})
_LISTED = frozenset({"and", "&", "/", "+", "plus"})
_TRACKING_ONLY = (Kind.TRACKING,)


class Clauses(Wording):
    """Reads one text into what has been gathered. A shot line is read leniently: nothing in it is a fault."""

    def __init__(
        self,
        text: str,
        names: Names,
        into: Gathered,
        *,
        lenient: bool = False,
        kinds: tuple[Kind, ...] | None = None,
    ) -> None:
        super().__init__(text, names, into, lenient=lenient, kinds=kinds)
        self.role = Role.SUBJECT
        self.pace: Speed | None = None
        self.phase: list[Moving] | None = None  # the moves that run now
        self.fresh: list[Moving] = []  # the moves of this clause
        self.tracked: Moving | None = None  # the tracking move of this clause
        self.placed = False  # a subject stands in this clause: what follows in, at, … is where it is
        self.where: int | None = None  # the preposition that says where it is
        self.leaving = False  # "from" stands before: "to" ends what is left

    def read(self) -> None:
        """Read all of the text."""
        at = 0
        while at < len(self.words):
            at = self._step(at)
        self._end_clause()
        if self.pace is not None:
            self.into.paces.append(self.pace)

    def _step(self, at: int) -> int:
        """Read what stands at a word; the place after it."""
        token = self.words[at]
        if token.kind == "sep":
            return self._separator(at)
        if token.kind == "number" and match(self.words, at, self.kinds) is None:
            return self._number(at)
        if token.key in ("over", "past") and (after := self._shoulder(at)):
            return after
        if self.tracked is not None and (after := self._tracking(at, self.tracked)):
            return after
        if token.key in _REVEALS:
            self.toward = True
            return at + 1
        if token.key in _WAYS and self.fresh and self._turn(self.fresh[-1], token.key):
            return at + 1
        if token.key == "followed" and self._key(at + 1) == "by":
            self._end_clause()
            self.phase = None
            return at + 2
        if self._is_name(at):
            return self._subject(at)
        found = match(self.words, at, self.kinds)
        if found is not None:
            return self._term(found[1], found[0])
        if token.key in DETERMINERS:
            return at + 1 if self._is_article_of_term(at) else self._subject(at)
        if token.key in _MEANWHILE and self.kinds is None and match(self.words, at + 1) is None:
            return self._meanwhile(at)
        if self.toward and token.key not in PREPOSITIONS:
            return self._subject(at)
        if token.key == "and":
            self._end_clause()
            return at + 1
        if token.key in TOGETHER or token.key in AFTER or token.kind == "plus":
            self._end_clause()
            if token.key in AFTER:
                self.phase = None
            return at + 1
        if token.key in PREPOSITIONS or (token.key in _WHERE and self.placed):
            return self._preposition(at)
        if token.key in FILLERS and self.names.at(self.words, at) is None:
            return at + 1
        return self._subject(at)

    def _tracking(self, at: int, move: Moving) -> int | None:
        """``from behind`` after a tracking move: where the camera goes; the place after it."""
        found = match(self.words, at, _TRACKING_ONLY)
        if found is None or (found[0] - at == 1 and self._thing_follows(found[0])):
            return None
        move.kind = MoveKind(found[1].value)
        self.role = Role.SUBJECT if move.subject else Role.TRACKED
        return found[0]

    def _turn(self, move: Moving, way: str) -> bool:
        """``orbit MARA clockwise``: give a direction to a move that has none; whether it could be given."""
        base = move.kind.value.rpartition("-")[0]
        kind = next((kind for kind in MoveKind if kind.value in [f"{base}-{end}" for end in _WAYS[way]]), None)
        if move.unsaid is None or kind is None:
            return False
        self.into.faults.remove(move.unsaid)
        move.kind, move.unsaid = kind, None
        return True

    def _meanwhile(self, at: int) -> int:
        """``as MARA walks``: what happens is kept as a description, up to the end of the clause."""
        self._end_clause()
        self.toward = False
        ends = (n for n, word in enumerate(self.words) if word.kind in ("sep", "number") or word.key in AFTER)
        end = next((n for n in ends if n > at), len(self.words))
        self._note_names(at, end)
        self.into.described.append(self._describe(at, end))
        return max(end, at + 1)

    def _separator(self, at: int) -> int:
        mark = self.words[at].upper
        self._end_clause()
        self.placed, self.where, self.leaving = False, None, False
        if mark in (",", ";", ".", "\n") and self.role is not Role.OVER and self.tracked is None:
            self.role = Role.SUBJECT
        if self.lenient and mark in (".", "\n") and at + 1 < len(self.words) and match(self.words, at + 1) is None:
            self.into.described.append(" ".join(self.text[self.words[at + 1].start :].split()))
            return len(self.words)
        self.toward = self.kinds == () or mark in (":", "-", "–", "—") or mark.startswith("--")
        return at + 1

    def _end_clause(self) -> None:
        """A speed that stands behind its moves belongs to the last of them."""
        moves = self.fresh[-1:] if self.fresh else [m for m in self.phase or () if m.speed is None]
        if self.pace is not None and moves:
            for move in moves:
                if move.speed is not None and move.speed is not self.pace:
                    self.into.conflict("speed for a move", move.speed, self.pace)
                move.speed = move.speed or self.pace
            self.pace = None
        self.fresh = []
        if self.tracked is not None and self.tracked.subject is not None:
            self.tracked = None

    def _number(self, at: int) -> int:
        token = self.words[at]
        self.toward = False
        value = token.value or Fraction(0)
        written = self.text[token.start : token.end]
        if token.key in ("seconds", "frames"):
            self.into.time(token.key, value, written)
        elif token.key == "mm":
            self.into.focal(float(value), written)
        elif token.key in ("degrees", "") and self._beside_dutch(at):
            self.into.lean(float(value) * (-1 if self.into.dutch < 0 else 1), written)
            after = match(self.words, at + 1, (Kind.DUTCH,))
            return after[0] if after else at + 1
        elif self.lenient:
            self.into.described.append(written)
        else:
            self.into.faults.append(
                Fault(
                    f'"{written}" is a number without a meaning here.',
                    "Write 4s, 96 frames, 35mm or dutch 10 degrees.",
                )
            )
        return at + 1

    def _beside_dutch(self, at: int) -> bool:
        if self.words[at].key and match(self.words, at + 1, (Kind.DUTCH,)):
            return True
        return any(
            match(self.words, start, (Kind.DUTCH,)) == (at, term)
            for start in range(max(0, at - 3), at)
            for term in DUTCH
        )

    # Names and descriptions

    def _preposition(self, at: int) -> int:
        key = self.words[at].key
        if self.role in (Role.FOCUS_FROM, Role.FOCUS_TO):
            self.role = Role.FOCUS_FROM if key in ("from", "between") else Role.FOCUS_TO
        elif (self.role in (Role.POV, Role.OVER) and key in _TOWARDS) or (
            self.role is Role.TRACKED and key in ("on", "to", "at", "toward", "towards")
        ):
            self.role = Role.SUBJECT
        self.where = at if self.placed and key in _WHERE else None
        self.leaving = key == "from"
        vague = self.where is None and key in ("with", "in", "at", "by", "for", "as")
        self.toward = not vague or self._thing_follows(at + 1)
        return at + 1

    def _shoulder(self, at: int) -> int | None:
        """``over MARA's shoulder``: the place after it, or None if no shoulder follows."""
        end = next((n for n in range(at + 1, min(at + 8, len(self.words))) if self._key(n) in _SHOULDERS), None)
        if end is None or any(self.words[n].kind != "word" for n in range(at + 1, end)):
            return None
        start, stop = at + 1, end
        if self._key(stop - 1) in ("left", "right"):
            stop -= 1
        if self.kinds is None or Kind.FRAMING in self.kinds:
            self.into.once(Kind.FRAMING, Framing.OTS)
        self.toward = False
        if start >= stop or (stop - start == 1 and self._key(start) in ARTICLES):
            self.role = Role.OVER
            return end + 1
        self._place(self._resolve(start, stop), Role.OVER)
        self.role = Role.SUBJECT
        return end + 1

    def _subject(self, at: int) -> int:
        """Read a list of names, or one description, and give it to the role that waits for it."""
        role, toward = self.role, self.toward
        self.toward = False
        start = at + 1 if self._key(at) in ARTICLES and at + 1 < len(self.words) else at
        found = self.names.at(self.words, start)
        if (
            found is not None
            and start > at
            and found.end == start + 1
            and found.kind == "character"
            and self.words[start].key == self.text[self.words[start].start : self.words[start].end]
        ):
            found = None  # "on the rose": a flower, not ROSE
        if found is None:
            return self._description(at, role, toward)
        after = match(self.words, found.end, self.kinds)
        if after is not None and after[1].value is Framing.POV:
            return self._eyes(found.name, after[0])
        if found.owns and after is None and found.end < len(self.words) and self.words[found.end].kind == "word":
            return self._description(at, role, toward=True)
        self.into.mention(found)
        end = found.end
        if self.where is not None and found.kind == "place":
            self.into.described.append(self._describe(self.where, end))
            self.where = None
            return end
        if role is Role.FOCUS_TO and self._key(end) == "to":
            role = Role.FOCUS_FROM
        self._place(found.name, role)
        if role is Role.FOCUS_FROM and self._key(end) == "and":
            self.role, self.toward = Role.FOCUS_TO, True
            return end + 1
        if self._key(end) in _LISTED or (end < len(self.words) and self.words[end].upper in _LISTED):
            following = end + 2 if self._key(end + 1) in ARTICLES else end + 1
            more = following < len(self.words) and (
                self._longest_is_name(following)
                or (match(self.words, following, self.kinds) is None and self.words[following].kind == "word")
            )
            if more:
                if role is Role.TRACKED:
                    self.into.subject(found.name)
                    self.role = Role.SUBJECT
                self.toward = True
                return end + 1
        return end

    def _eyes(self, who: str, end: int) -> int:
        """``MARA's POV``: whose eyes, and what comes next is what they see."""
        self.into.once(Kind.FRAMING, Framing.POV)
        self._place(who, Role.POV)
        self.role = Role.SUBJECT
        return end

    def _description(self, at: int, role: Role, toward: bool) -> int:
        """Words that are no known name: what the picture is about, or a phrase that nobody knows."""
        end = at + 1
        while end < len(self.words) and not self._stops(end, role):
            if self._key(end - 1) in DETERMINERS or match(self.words, end, self.kinds) is None:
                end += 1
            else:
                break
        after = match(self.words, end, self.kinds)
        if after is not None and after[1].value is Framing.POV:
            return self._eyes(self._resolve(at, end), after[0])
        waits = (
            toward
            or role in (Role.TRACKED, Role.OVER, Role.POV, Role.FOCUS_FROM, Role.FOCUS_TO)
            or self._key(at) in DETERMINERS
        )
        if self.words[at].kind != "word" or not (waits or self._loud(at) or self.lenient):
            return self._unknown_phrase(at, end)
        if end - at == 1 and self._key(at) in DETERMINERS:
            return end
        text = self._describe(at, end)
        if role is Role.FOCUS_TO and self._key(end) == "to":
            role = Role.FOCUS_FROM
        if (self.lenient and not waits and self.into.subjects) or self.where is not None:
            self._note_names(at, end)
            text = text if self.where is None else self._describe(self.where, end)
            self.where = None
            self.into.described.append(text)
            return end
        self._note_names(at, end)
        if self.shouted and not self.lenient and waits:
            self._check_shouted(at, end)
        self._place(text, role)
        return end

    def _stops(self, at: int, role: Role) -> bool:
        token = self.words[at]
        if self.kinds == ():
            return token.kind == "sep"
        if token.kind in ("sep", "number", "plus") or token.key in AFTER:
            return True
        if token.key == "to":
            return self.leaving or role in (Role.FOCUS_FROM, Role.FOCUS_TO)
        if token.key in _MEANWHILE and match(self.words, at + 1, self.kinds) is None:
            return True
        if token.key in _WAYS and self.fresh and self.fresh[-1].unsaid is not None:
            after = at + 1  # "pan the room left", but not "pan the left wall"
            return after >= len(self.words) or self.words[after].kind != "word" or self._key(after) in AFTER
        if token.key in TOGETHER or token.key == "and":
            return match(self.words, at + 1, self.kinds) is not None
        return role is Role.TRACKED and match(self.words, at, _TRACKING_ONLY) is not None

    def _unknown_phrase(self, at: int, end: int) -> int:
        written = self.text[self.words[at].start : self.words[end - 1].end]
        if self.lenient:
            self.into.described.append(written)
            return end
        known = (*all_phrases(self.kinds), *self.names.known)
        after = match(self.words, end, self.kinds)  # "extrem close up": the phrase may go on
        longer = self.text[self.words[at].start : self.words[after[0] - 1].end] if after else written
        guess = did_you_mean(longer, known)
        self.into.faults.append(
            Fault(
                f'"{written}" is no camera phrase and no known name.',
                guess or "docs/camera.md lists every phrase.",
                "unknown-phrase",
            )
        )
        return end

    def _place(self, name: str, role: Role) -> None:
        """Give a name to its role."""
        into = self.into
        self.placed, self.where, self.leaving = role is not Role.POV, None, False
        if role is Role.TRACKED and self.fresh and self.fresh[-1].subject is None:
            self.fresh[-1].subject = name
        elif role is Role.OVER:
            into.over = into.one_name("shoulder", into.over, name)
            self.role = Role.SUBJECT
        elif role is Role.POV:
            into.pov_of = into.one_name("POV", into.pov_of, name)
            if name in into.cast:
                into.cast.remove(name)  # whose eyes the camera is, is not seen
            self.role = Role.SUBJECT
        elif role is Role.FOCUS_FROM:
            into.focus_from = into.one_name("start of the focus", into.focus_from, name)
        elif role is Role.FOCUS_TO:
            into.focus_to = into.one_name("end of the focus", into.focus_to, name)
        else:
            into.subject(name)

    # Terms

    def _term(self, term: Term, end: int) -> int:
        self.toward = False
        kind, value = term.kind, term.value
        if kind is Kind.MOVE:
            return self._move(term, end)
        if kind is Kind.SPEED:
            speed = Speed(value)
            if self.pace is not None and self.pace is not speed:
                self.into.conflict("speed for a move", self.pace, speed)
            self.pace = speed
            return end
        if kind is Kind.DUTCH:
            if self.into.dutch * float(value) < 0:
                self.into.conflict("dutch angle", f"{self.into.dutch:g}°", f"{float(value):g}°")
            self.into.dutch = self.into.dutch or float(value)
        elif kind is Kind.LENS and isinstance(value, float):
            self.into.focal(value, term.plain)
        elif kind is Kind.RELATIVE:
            if value not in self.into.relative:
                self.into.relative.append(Relative(value))
        elif kind is Kind.JOIN:
            self.into.joins.add(JoinWord(value))
        else:
            self.into.once(kind, value)
        self._next_role(term)
        return end

    def _next_role(self, term: Term) -> None:
        if term.value is Framing.POV:
            self.role = Role.SUBJECT if self.into.pov_of else Role.POV
        elif term.value is Framing.OTS:
            self.role = Role.SUBJECT if self.into.over else Role.OVER
        elif term.value in (FocusKind.RACK, FocusKind.PULL):
            self.role = Role.FOCUS_TO
        elif term.kind not in (Kind.STEADINESS, Kind.LENS, Kind.PLAYBACK):
            self.role, self.tracked = Role.SUBJECT, None
        self.toward = term.value is Framing.INSERT  # "insert letter"

    def _move(self, term: Term, end: int) -> int:
        move = Moving(MoveKind(term.value), self.pace)
        self.pace = None
        if self.phase is None:
            self.phase = []
            self.into.phases.append(self.phase)
        if all(known.kind is not move.kind or known.subject != move.subject for known in self.phase):
            self.phase.append(move)
        self.fresh.append(move)
        self.tracked = move if move.kind in FOLLOWS else None
        self.role = Role.TRACKED if move.kind in FOLLOWS else Role.SUBJECT
        if term.unsaid:
            usual = plain_name(Kind.MOVE, term.value)
            move.unsaid = Fault(
                f'"{term.plain}" does not say which way: read as "{usual}".',
                "Write the direction.",
                "unsaid-direction",
                warning=True,
            )
            self.into.faults.append(move.unsaid)
        return end
