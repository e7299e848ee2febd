"""Which voice a character speaks with, and what a parenthetical does to it."""

import re
import unicodedata
from collections import Counter

from render.cut.voice.base import Utterance
from storyboard.frozen import Frozen
from storyboard.hashing import seed_from

RATE = 165  # words a minute, an unhurried reading
SLOWEST, FASTEST = 80, 450  # words a minute that eSpeak can do

VARIANTS = (  # of all that speak plainly at one pace, those whose timbre and pitch lie farthest apart
    *("m3", "steph", "belinda", "david", "Lee", "shelby", "edward", "f5", "grandma", "travis"),
    *("Nguyen", "Gene2", "Diogo", "norbert", "aunty", "m7", "f3", "Annie", "boris"),
)
_PITCHES = (50, 42, 58, 36, 64, 46, 54)
LANGUAGES = {  # first word of a letter's Unicode name → eSpeak's language
    "LATIN": "en-us",
    "CYRILLIC": "ru",
    "GREEK": "el",
    "ARABIC": "ar",
    "HEBREW": "he",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "cmn",
    "DEVANAGARI": "hi",
    "BENGALI": "bn",
    "TAMIL": "ta",
    "THAI": "th",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
}


class Job(Frozen):
    """An utterance with everything decided."""

    text: str  # one line, without controls
    voice: str  # language and variant: en-us+f3
    rate: int  # words a minute
    pitch: int  # 0 to 99
    volume: int = 100  # per cent


class _Manner(Frozen):
    """What a parenthetical asks for: ``words`` are patterns of how its words begin."""

    words: str
    pace: float = 1.0
    pitch: int = 0
    volume: int = 100
    whisper: bool = False

    def named(self, parenthetical: str) -> bool:
        return re.search(rf"\b(?:{self.words})", parenthetical, re.IGNORECASE) is not None


_MANNERS = (  # of each group, the first that the parenthetical names
    (
        _Manner(words="slow|drawl|haltingly|hesita|tired|weary|wearily", pace=0.8),
        _Manner(words=r"quick|fast\b|hurr|rapid|breathless|urgent", pace=1.25),
    ),
    (
        _Manner(words="whisper|under (?:his|her|their|my) breath|sotto voce", pace=0.92, volume=65, whisper=True),
        _Manner(words="quiet|soft|murmur|mutter|gentl|low voice", pace=0.94, pitch=-5, volume=70),
        _Manner(words=r"shout|yell(?!ow)|call(?:s|ing) out|bellow|loud", pace=1.05, pitch=14),
        _Manner(words="scream|shriek", pace=1.08, pitch=22),
        _Manner(words="excited|laugh|delighted", pace=1.08, pitch=8),
    ),
)


def cast(utterance: Utterance) -> Job:
    """Decide what the writer left open: a voice by the character's name, changed by the manner."""
    text = said(utterance.text)
    chosen = seed_from("voice", unicodedata.normalize("NFC", " ".join(utterance.character.split())).casefold())
    variant = utterance.variant or f"{language(text)}+{VARIANTS[chosen % len(VARIANTS)]}"
    pitch = _PITCHES[chosen // len(VARIANTS) % len(_PITCHES)] if utterance.pitch is None else utterance.pitch
    pace, volume = 1.0, 100
    for group in _MANNERS:
        if manner := next((manner for manner in group if manner.named(utterance.manner)), None):
            pace, pitch, volume = pace * manner.pace, pitch + manner.pitch, min(volume, manner.volume)
            if manner.whisper and utterance.variant is None:
                variant = f"{language(text)}+whisper"
    rate = round((utterance.rate or RATE) * pace)
    return Job(
        text=text,
        voice=variant,
        rate=min(max(rate, SLOWEST), FASTEST),
        pitch=min(max(pitch, 0), 99),
        volume=volume,
    )


def said(text: str) -> str:
    """What an actor would say of ``text``: one line, without controls and pictures; empty without a word."""
    line = " ".join("".join(map(_heard, text)).split())
    return line if any(letter.isalnum() for letter in line) else ""


def _heard(letter: str) -> str:
    category = unicodedata.category(letter)
    if category == "Cf" and letter != "\u200b":  # joiners and soft hyphens stand within a word
        return ""
    picture = category == "So" and letter >= "\U0001f000"  # eSpeak would read out its name
    return " " if picture or category.startswith("C") else letter


def language(text: str) -> str:
    """The language of the script that most letters are in; English where nothing tells."""
    names = (unicodedata.name(letter, "").replace("-", " ").split(" ", 1)[0] for letter in text if letter.isalpha())
    scripts = Counter(name for name in names if name in LANGUAGES)
    if scripts["HIRAGANA"] or scripts["KATAKANA"]:  # Chinese characters among kana are Japanese
        scripts["HIRAGANA"] += scripts.pop("CJK", 0)
    return LANGUAGES[max(scripts, key=lambda name: scripts[name])] if scripts else "en-us"
