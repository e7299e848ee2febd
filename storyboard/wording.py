"""What the words of a note name: known names, descriptions, and names that nobody knows."""

import re
from collections.abc import Sequence

from storyboard.gathered import Fault, Gathered
from storyboard.names import Names
from storyboard.phrases import Token, did_you_mean, match, tokens
from storyboard.vocabulary import WORDS, Kind

ARTICLES = frozenset({"the", "a", "an"})
DETERMINERS = WORDS["determiners"]
PREPOSITIONS = WORDS["prepositions"]
FILLERS = WORDS["fillers"]
TOGETHER = frozenset({"while", "whilst"})
AFTER = frozenset({"then", "before"})


class Wording:
    """The words of a text and what they name. ``lenient``: a line of the script, in which nothing is a fault."""

    def __init__(
        self, text: str, names: Names, into: Gathered, *, lenient: bool = False, kinds: tuple[Kind, ...] | None = None
    ) -> None:
        self.text = text
        self.words: Sequence[Token] = tokens(text)
        self.names = names
        self.into = into
        self.lenient = lenient
        self.kinds = kinds  # the only kinds that a field takes; None takes all
        self.shouted = text.upper() == text  # all in capitals: capitals say nothing
        self.toward = kinds == ()  # a preposition stands right before

    def _key(self, at: int) -> str:
        return self.words[at].key if at < len(self.words) else ""

    def _loud(self, at: int) -> bool:
        """Whether a word stands in capitals among others that do not."""
        token = self.words[at]
        written = self.text[token.start : token.end]
        if token.owner is not None:
            written = written[: len(token.owner)]
        return not self.shouted and len(written) > 1 and written.upper() == written != written.lower()

    def _is_name(self, at: int) -> bool:
        """Whether a known name is meant here, though its word may also be a term: close on PAN."""
        start = at + 1 if self._key(at) in ARTICLES else at
        if not (self.toward or self._loud(at)) or start >= len(self.words):
            return False
        return self._longest_is_name(start)

    def _longest_is_name(self, at: int) -> bool:
        """Whether a known name begins here that is no part of a longer phrase, as PAN is in ``pan left``."""
        name = self.names.at(self.words, at)
        if name is None:
            return False
        term = match(self.words, at, self.kinds)
        return term is None or term[0] < name.end or (term[0] == name.end and (self._loud(at) or self.shouted))

    def _is_article_of_term(self, at: int) -> bool:
        """``a close-up of``, but not ``the wide river``."""
        found = match(self.words, at + 1, self.kinds)
        if found is None or self._key(at) not in ARTICLES:
            return False
        after = found[0]
        return (
            after >= len(self.words)
            or self.words[after].kind != "word"
            or self._key(after) in PREPOSITIONS | FILLERS | TOGETHER | AFTER
            or match(self.words, after, self.kinds) is not None
        )

    def _thing_follows(self, at: int) -> bool:
        """Whether a name or a determiner comes next, so that a word before it was a preposition."""
        return at < len(self.words) and (self._key(at) in DETERMINERS or self.names.at(self.words, at) is not None)

    def _resolve(self, start: int, stop: int) -> str:
        """The bible's name for some words, or the words as a description."""
        begin = start + 1 if self._key(start) in ARTICLES and start + 1 < stop else start
        found = self.names.at(self.words, begin)
        if found is not None and found.end == stop:
            self.into.mention(found)
            return found.name
        self._note_names(begin, stop)
        return self._describe(start, stop).removesuffix("'s").removesuffix("’s").rstrip("'’")

    def _describe(self, start: int, stop: int) -> str:
        """Words as written; out of an all-capitals line in lower case, with the known names kept."""
        if not (self.lenient and self.shouted):
            return " ".join(self.text[self.words[start].start : self.words[stop - 1].end].split())
        parts: list[str] = []
        at = start
        while at < stop:
            found = self.names.at(self.words, at)
            end = found.end if found is not None and found.end <= stop else at + 1
            written = self.text[self.words[at].start : self.words[end - 1].end]
            parts.append(written.lower() if found is None else re.sub("(['’])S$", r"\1s", written))
            at = end
        return " ".join(parts)

    def _note_names(self, start: int, stop: int) -> None:
        """Everyone named within a description is seen; capitals that name nobody are a fault."""
        if self._is_unknown_person(start, stop):
            start = self._unknown_name(start, stop)
        at = start
        while at < stop:
            found = self.names.at(self.words, at)
            token = self.words[at]
            written = self.text[token.start : token.end]
            if found is not None and (written.isupper() or found.kind != "character" or written[:1].isupper()):
                self.into.mention(found)
                at = found.end
            elif token.kind == "word" and self._loud(at) and not self.lenient:
                at = self._unknown_name(at, stop)
            else:
                at += 1

    def _written(self, at: int) -> str:
        return self.text[self.words[at].start : self.words[at].end]

    def _is_titled(self, at: int) -> bool:
        """Whether a word is written as names are: Bob."""
        written = self._written(at)
        return self.words[at].kind == "word" and written[:1].isupper() and written[1:].islower()

    def _is_unknown_person(self, start: int, stop: int) -> bool:
        """Whether a description is a mere name (Bob, Bob Marsh), or what somebody unknown owns (Bob's hands).

        A note's first word says nothing by its capital, nor does one after a determiner: the Eiffel Tower.
        """
        if self.lenient or start >= stop or not self._is_titled(start) or self.names.at(self.words, start):
            return False
        owns = self.words[start].owner is not None
        begins = start == 0 or self.words[start - 1].kind == "sep"
        if (begins and not owns and self.kinds != ()) or (start and self._key(start - 1) in DETERMINERS):
            return False
        end = next((at for at in range(start, stop) if self._key(at) in ("and", "with")), stop)
        return owns or all(self._is_titled(at) for at in range(start, end))

    def _unknown_name(self, at: int, stop: int) -> int:
        end = at
        while end < stop and (
            self._written(end).isupper() or (end > at and self._is_titled(at) and self._is_titled(end))
        ):
            end += 1
        end = max(end, at + 1)
        written = re.sub(r"['’][sS]?$", "", self.text[self.words[at].start : self.words[end - 1].end])
        guess = did_you_mean(written, self.names.known)
        self.into.faults.append(
            Fault(
                f'Nobody and nothing is called "{written}".',
                f"{guess} Add it to the bible, or write a mere detail in lower case.".strip(),
                "unknown-subject",
            )
        )
        return end

    def _check_shouted(self, at: int, end: int) -> None:
        """In a note all in capitals, a few words where a name belongs must be a known name."""
        start = at + 1 if self._key(at) in ARTICLES and at + 1 < end else at
        if end - start <= 3:
            self._unknown_name(start, end)
