"""Reading an action line: who does what, with whom and with what, in the order of the words.

A shallow reading of the present tense that screenplays are written in. It knows the names of the cast and of the
props, and the lexicon's verbs in all their forms; of everything else it only asks whether it can be a subject.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from characters.seen import Seen
from render.previz.acting.lexicon import Act, Form, Lexicon, lemma_of, lexicon

_TOKEN = re.compile(r"[^\W\d_][\w]*(?:['’-][^\W\d_]+)*|[,.!?;:()—–\n\"“”]")
_END = frozenset('.!?;:()—–\n"“”')
_PREPOSITIONS = frozenset(
    (
        "in", "on", "at", "for", "with", "from", "of", "under", "over", "by", "into", "behind", "beside", "between",
        "to", "toward", "towards", "against", "through", "above", "below", "near", "past", "around", "along",
        "across", "before", "after", "upon", "onto", "inside", "outside", "beneath", "off", "like", "without",
    )
)  # fmt: skip

_AT_ONCE = frozenset(("down", "up", "back", "beside", "into", "onto"))  # sits down: not sitting already


@dataclass(frozen=True)
class Doing:
    """Somebody does something."""

    who: str
    act: Act | None  # None: a verb that the lexicon does not have
    verb: str
    target: str | None = None  # whom or what it is about, by the bible's name
    receiver: str | None = None  # to whom something is given
    state: bool = False  # it is so already when it is first said
    words: tuple[str, ...] = ()  # what follows in the clause


@dataclass(frozen=True)
class _Word:
    text: str
    end: bool = False
    comma: bool = False
    name: str | None = None  # the bible's name, of a person or a prop
    person: bool = False
    owner: bool = False  # MARA's


class Reader:
    """Reads the action lines of one scene or shot; remembers who was spoken of."""

    def __init__(
        self,
        cast: Iterable[Seen],
        props: Iterable[Seen],
        verbs: Mapping[str, str] | None = None,
        subject: tuple[str, ...] = (),
    ) -> None:
        self.lexicon: Lexicon = lexicon()
        self.verbs = dict(verbs or {})  # verbs that the lexicon does not have → names of acts
        self.people = tuple(sorted(cast, key=lambda seen: seen.name not in subject))  # whom the shot is about first
        self.genders = {seen.name: self._gender(seen) for seen in self.people}
        self._names: list[tuple[tuple[str, ...], str, bool]] = []
        for seen in self.people:
            self._add(seen.name, person=True)
        for seen in props:
            self._add(seen.name, person=False)
        self._names.sort(key=lambda entry: -len(entry[0]))
        self.subjects: tuple[str, ...] = ()
        self.spoken_of: list[str] = []  # people, the last one last
        self.thing: str | None = None  # the prop that "it" is

    def _add(self, name: str, *, person: bool) -> None:
        words = tuple(re.findall(r"[^\W_]+", name.casefold()))
        if not words:
            return
        self._names.append((words, name, person))
        if len(words) > 1 and words[0] == "the":
            words = words[1:]
            self._names.append((words, name, person))
        short = next(iter(words if person else words[::-1]))
        common = self.lexicon.words
        if len(words) > 1 and len(short) > 2 and not any(short in common[k] for k in ("determiners", "people")):
            self._names.append(((short,), name, person))

    def _gender(self, seen: Seen) -> str:
        said = re.findall(r"[a-z]+", " ".join([seen.name, seen.descriptor, *(w for _, w in seen.locked)]).lower())
        for gender in ("she", "he"):
            if any(word in self.lexicon.words[gender] for word in said):
                return gender
        return ""

    def read(self, text: str) -> list[Doing]:
        """What is done in a passage of action, in its order."""
        found: list[Doing] = []
        sentence: list[_Word] = []
        for word in self._words(text):
            if word.end:
                found += self._sentence(sentence)
                sentence = []
            else:
                sentence.append(word)
        return found + self._sentence(sentence)

    def _words(self, text: str) -> list[_Word]:
        tokens = _TOKEN.findall(text.casefold().replace("’", "'"))
        bare = [token.removesuffix("'s") for token in tokens]
        words: list[_Word] = []
        index = 0
        while index < len(tokens):
            said = tokens[index]
            if said in _END or said == ",":
                words.append(_Word(said, end=said in _END, comma=said == ","))
                index += 1
                continue
            for name, full, person in self._names:
                if tuple(bare[index : index + len(name)]) == name:
                    last = index + len(name) - 1
                    words.append(_Word(said, name=full, person=person, owner=tokens[last] != bare[last]))
                    index = last + 1
                    break
            else:
                words.append(_Word(said))
                index += 1
        return words

    def _sentence(self, words: list[_Word]) -> list[Doing]:
        return _Sentence(self, words).doings() if words else []

    def resolved(self, pronoun: str, subjects: tuple[str, ...] = ()) -> str | None:
        """Who he, she, him or her is: the last one spoken of whom it fits; ``subjects`` are not meant."""
        gender = {"him": "he", "his": "he", "her": "she"}.get(pronoun, pronoun)
        open_to = [name for name in reversed(self.spoken_of) if name not in subjects]
        open_to += [seen.name for seen in self.people if seen.name not in (*open_to, *subjects)]
        for fits in ((gender,), ("",)):
            for name in open_to:
                if self.genders[name] in fits:
                    return name
        return None

    def mention(self, name: str) -> None:
        """Somebody was spoken of."""
        if name in self.spoken_of:
            self.spoken_of.remove(name)
        self.spoken_of.append(name)


class _Sentence:
    """One sentence on its way from the first word to the last."""

    def __init__(self, reader: Reader, words: list[_Word]) -> None:
        self.reader, self.words, self.table = reader, words, reader.lexicon.words
        self.subjects = reader.subjects
        self.own = False  # a subject stands in this sentence
        self.verb_in_clause = False
        self.last: Form | None = None
        self.found: list[Doing] = []
        self.strange = False  # words that may be a subject of their own

    def doings(self) -> list[Doing]:
        for index, word in enumerate(self.words):
            if word.comma or word.text in self.table["commas"]:
                self.verb_in_clause = False
            elif word.name:
                self._named(index, word)
            elif not self._verb(index):
                self._other(index, word.text)
        if self.own and self.subjects:
            self.reader.subjects = self.subjects
        return self.found

    def _before(self, index: int) -> str:
        return self.words[index - 1].text if index else ""

    def _named(self, index: int, word: _Word) -> None:
        if not word.person:
            self.reader.thing = word.name
            if not self.verb_in_clause and not word.owner and self._before(index) not in _PREPOSITIONS:
                self._subject(())
            return
        assert word.name is not None
        self.reader.mention(word.name)
        if word.owner or self.verb_in_clause or self._before(index) in _PREPOSITIONS:
            return
        joined = index > 1 and self.words[index - 1].text in ("and", ",") and self.words[index - 2].name
        both = joined and self.own and self.last is None and word.name not in self.subjects
        self._subject((*self.subjects, word.name) if both else (word.name,))

    def _subject(self, names: tuple[str, ...]) -> None:
        self.subjects, self.own = names, True

    def _other(self, index: int, text: str) -> None:
        """A word that is no name and no verb: it may be a subject, or begin one."""
        if self.verb_in_clause:
            return
        after = self._before(index) in _PREPOSITIONS
        if text in ("he", "she"):
            fits = [name for name in self.reader.subjects if self.reader.genders[name] in (text, "")]
            who = fits[0] if len(fits) == 1 and self.reader.genders[fits[0]] == text else None
            who = who or self._other_of_gender(text) or (fits[0] if fits else self.reader.resolved(text))
            if who:
                self.reader.mention(who)
                self.reader.genders[who] = self.reader.genders[who] or text
                self._subject((who,))
        elif text in self.table["all"]:
            spoken = self.subjects if len(self.subjects) > 1 else tuple(seen.name for seen in self.reader.people)
            self._subject(spoken)
        elif text in self.table["people"] and not after:
            who = next((n for n in self.reader.genders if self._is(n, text)), None)
            self._subject((who,) if who else ())
        elif text in self.table["others"] or (text in self.table["determiners"] and not after):
            apposed = self.own and self.last is None and index and self.words[index - 1].comma
            if not apposed:
                self._subject(())
        elif not text.endswith("ly") and text not in self.table["adverbs"] and text not in _PREPOSITIONS:
            self.strange = True

    def _other_of_gender(self, pronoun: str) -> str | None:
        exact = [name for name in reversed(self.reader.spoken_of) if self.reader.genders[name] == pronoun]
        return exact[0] if exact else None

    def _is(self, name: str, noun: str) -> bool:
        gender = next((g for g in ("she", "he") if noun in self.table[g]), "")
        only = len(self.reader.people) == 1
        return only or (bool(gender) and self.reader.genders[name] == gender)

    def _verb(self, index: int) -> bool:
        """Whether the word is a verb; if it is, what is done is noted."""
        word = self.words[index].text
        if "n't" in word or word == "cannot":
            self.verb_in_clause, self.last = True, Form.BASE
            return True
        known = [entry for entry in self.reader.lexicon.forms.get(word, ()) if self._fits(entry[1], index)]
        if known:
            base, form = known[0]
            after = self._clause(index)
            act = self.reader.lexicon.act_of(base, [w.text for w in after])
            auxiliary = base in ("be", "have", "do", "can", "will", "could", "would", "must", "may", "might", "shall")
            if not self._denied(index) and not auxiliary:
                self._note(act, base, form, after)
            elif base == "be" and self.subjects:
                self._note(self.reader.lexicon.acts["still"], base, form, after)
            self.verb_in_clause, self.last = not auxiliary or base in ("be", "have"), form
            return True
        if word in self.reader.lexicon.forms or not self._unknown(word, index):
            return False
        base = lemma_of(word)
        act = self.reader.lexicon.acts.get(self.reader.verbs.get(base, ""))
        if not self._denied(index):
            self._note(act, base, Form.THIRD, self._clause(index))
        self.verb_in_clause, self.last = True, Form.THIRD
        return True

    def _fits(self, form: Form, index: int) -> bool:
        """Whether a word that has a verb's form is a verb here."""
        before, earlier = self._before(index), self.words[:index]
        if not self.own and self.strange:
            return False
        if before in self.table["determiners"] or (index and self.words[index - 1].owner):
            return False
        if form is Form.ING:
            return before not in _PREPOSITIONS or before in ("by", "without", "after", "before")
        if before in _PREPOSITIONS and not (before == "to" and form is Form.BASE):
            return False
        if form is Form.BASE:
            joined = before in ("and", "or", "then", ",")
            if joined:
                return self.last is Form.BASE
            plural = len(self.subjects) > 1 and not self.verb_in_clause and bool(earlier)
            return before in self.table["before_base"] or (plural and bool(self.own))
        if form is Form.PAST:
            helped = before in ("is", "are", "was", "were", "has", "have", "had", "'s", "been", "being")
            named = index > 0 and (self.words[index - 1].name is not None or before in ("he", "she", "they"))
            return helped or named or (self.last is Form.PAST and not self.verb_in_clause)
        return not self.verb_in_clause

    def _unknown(self, word: str, index: int) -> bool:
        """Whether a word that the lexicon lacks stands where a verb does: MARA juggles; IVO slowly crumbles."""
        if not self.subjects or self.verb_in_clause or word in self.table["common"] or len(word) < 4:
            return False
        if not word.endswith("s") or word.endswith(("ss", "us", "is", "'s")):
            return False
        if index == 0:
            return False
        step = index - 1
        while step > 0 and (self.words[step].text.endswith("ly") or self.words[step].text in self.table["adverbs"]):
            step -= 1
        prior = self.words[step]
        follows = bool(prior.person and not prior.owner) or prior.text in ("he", "she", "who")
        joined = prior.comma or prior.text in ("and", "then", "but")
        return follows or (joined and self.last is Form.THIRD and self.own)

    def _denied(self, index: int) -> bool:
        near = [word.text for word in self.words[max(index - 3, 0) : index] if not word.comma]
        return any(word in self.table["negations"] or word.endswith("n't") for word in near)

    def _clause(self, index: int) -> list[_Word]:
        """What follows a verb, up to the next clause."""
        found: list[_Word] = []
        for word in self.words[index + 1 : index + 12]:
            joins = word.text in self.table["commas"] and word.text not in ("as", "or", "before", "after")
            if word.comma or (joins and not (word.text == "and" and found and found[-1].name)):
                break
            if any(form is Form.ING for _, form in self.reader.lexicon.forms.get(word.text, ())):
                break  # stands looking at her
            found.append(word)
        return found

    def _note(self, act: Act | None, verb: str, form: Form, after: list[_Word]) -> None:
        if not self.subjects:
            return
        people, things = self._objects(after)
        self.reader.thing = things[0] if things else self.reader.thing
        prop = act.prop if act else ""
        named = [word.name for word in after if word.name in (*people, *things)]
        about = (
            things or ([] if prop in ("give", "offer", "put", "throw") else people)
            if prop
            else named or people or things
        )
        target = about[0] if about else None
        for who in self.subjects:
            others = [name for name in people if name != who]
            self.found.append(
                Doing(
                    who=who,
                    act=act,
                    verb=verb,
                    target=target if target != who else None,
                    receiver=others[0] if others and prop in ("give", "offer", "take", "throw") else None,
                    state=form is Form.ING or bool(act and act.state and not (after and after[0].text in _AT_ONCE)),
                    words=tuple(word.text for word in after),
                )
            )

    def _objects(self, after: list[_Word]) -> tuple[list[str], list[str]]:
        """Whom and what the words after a verb name."""
        people: list[str] = []
        things: list[str] = []
        for index, word in enumerate(after):
            following = after[index + 1].text if index + 1 < len(after) else ""
            if word.name:
                (people if word.person else things).append(word.name)
            elif word.text in ("him", "her", "them"):
                owns = word.text == "her" and following not in (
                    "",
                    "a",
                    "an",
                    "the",
                    *_PREPOSITIONS,
                    *self.table["adverbs"],
                )
                who = None if owns else self.reader.resolved(word.text, self.subjects)
                if who:
                    people.append(who)
                    gender = {"him": "he", "her": "she"}.get(word.text, "")
                    self.reader.genders[who] = self.reader.genders[who] or gender
            elif word.text == "it" and self.reader.thing:
                things.append(self.reader.thing)
        return people, things
