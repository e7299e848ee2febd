"""film.yaml: what a person can set for a film."""

import re
from fractions import Fraction
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, JsonValue, field_validator, model_validator

from director.ladder import DEFAULT, MEASURES, Ladder, Steps
from render.cut.edit import MOTIONS
from storyboard.frozen import Frozen
from storyboard.yaml_file import did_you_mean

MAX_SIDE = 8192  # pixels; beyond it x264 and most players give up


def _seconds(value: Any) -> Any:
    """Read ``1.5``, ``1.5 s`` or ``1/2 s`` as an exact number of seconds."""
    if isinstance(value, bool):
        raise ValueError("must be a time such as 1 s")
    if isinstance(value, str):
        match = re.fullmatch(r"\s*([0-9]+(?:[./][0-9]+)?)\s*(?:s|sec|seconds?)?\s*", value)
        if not match or match[1].endswith("/0"):
            raise ValueError("must be a time such as 1 s")
        value = match[1]
    try:
        return Fraction(str(value))
    except ValueError:
        raise ValueError("must be a time such as 1 s") from None


Seconds = Annotated[Fraction, BeforeValidator(_seconds), Field(ge=0, le=3600)]


def _rate(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("must be a frame rate such as 24 or 24000/1001")
    named = {"23.976": Fraction(24000, 1001), "23.98": Fraction(24000, 1001), "29.97": Fraction(30000, 1001)}
    named["59.94"] = Fraction(60000, 1001)
    if str(value).strip() in named:
        return named[str(value).strip()]
    try:
        return Fraction(str(value).strip())
    except (ValueError, ZeroDivisionError):
        raise ValueError("must be a frame rate such as 24 or 24000/1001") from None


Rate = Annotated[Fraction, BeforeValidator(_rate), Field(ge=1, le=240)]


def _whole(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("must be a whole number")
    return value


def _listed(value: Any) -> Any:
    """One word is a list of itself."""
    return [value] if isinstance(value, str) else value


def _named_off(value: Any) -> Any:
    """``off``, ``no`` and nothing at all turn a thing off: its name for that is ``none``."""
    off = value is None or value is False or (isinstance(value, str) and value.strip().lower() in ("off", "no"))
    return "none" if off else value


Whole = Annotated[int, BeforeValidator(_whole)]
Choice = Annotated[str, BeforeValidator(_named_off)]


def _even(value: int) -> int:
    if value % 2:
        raise ValueError(f"must be even, not {value}: video stores colour for pairs of pixels")
    return value


Side = Annotated[Whole, Field(ge=32, le=MAX_SIDE), AfterValidator(_even)]


class Format(Frozen):
    """The picture: its height, shape and frame rate."""

    height: Side = 480
    width: Side | None = Field(default=None, description="Wins over aspect.")
    aspect: str = Field(default="16:9", description="Width to height, such as 16:9, 2.39:1 or 9:16.")
    rate: Rate = Fraction(24)

    @field_validator("aspect", mode="before")
    @classmethod
    def _aspect(cls, value: Any) -> str:
        text = str(value).strip()
        match = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)\s*[:/x]\s*([0-9]+(?:\.[0-9]+)?)", text)
        parts = [Fraction(part) for part in match.groups()] if match else []
        if not parts or 0 in parts or not Fraction(1, 5) <= parts[0] / parts[1] <= 5:
            raise ValueError("must be a shape such as 16:9, 2.39:1 or 9:16")
        return text

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels; the width of a shape is its nearest multiple of 16, as models want."""
        if self.width is not None:
            return self.width, self.height
        across, down = (Fraction(part) for part in re.split(r"\s*[:/x]\s*", self.aspect))
        return max(32, round(self.height * across / down / 16) * 16), self.height


LOSSES = ("seed", "references", "negative", "continues", "length")
"""What a film may ask for and a generator may be unable to honour; film.yaml may ``allow`` it."""


class _Named(Frozen):
    """What film.yaml names, with settings that are its own affair."""

    model_config = {**Frozen.model_config, "extra": "allow"}
    __pydantic_extra__: dict[str, Any] = Field(init=False)  # type: ignore[assignment]

    @property
    def params(self) -> dict[str, JsonValue]:
        return dict(self.__pydantic_extra__)


class GeneratorSettings(_Named):
    """Which generator shoots, and its own settings."""

    name: str = "previz"
    allow: Annotated[tuple[str, ...], BeforeValidator(_listed)] = Field(
        default=(), description="What may be lost because the generator cannot do it: " + ", ".join(LOSSES) + "."
    )

    @field_validator("allow")
    @classmethod
    def _known(cls, allow: tuple[str, ...]) -> tuple[str, ...]:
        for word in allow:
            if word not in LOSSES:
                raise ValueError(f"allows “{word}”. {did_you_mean(word, LOSSES)}")
        return allow


class EyeSettings(_Named):
    """Which embedder looks, and its own settings."""

    name: str = "appearance"


class DetectorChoice(EyeSettings):
    """Which detector looks for people and props, and its own settings."""

    name: str = "owl"


def _eye(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


class PluginSettings(_Named):
    """A check or an exporter from another package, and its own settings."""

    name: str


def _plugins(value: Any) -> Any:
    listed = value if isinstance(value, list | tuple) else [value]
    return [_eye(each) for each in listed]


Plugins = Annotated[tuple[PluginSettings, ...], BeforeValidator(_plugins)]


class CheckSettings(Frozen):
    """What the grammar and the checks may stay silent about, and who looks."""

    silence: Annotated[tuple[str, ...], BeforeValidator(_listed)] = Field(
        default=(), description="Names of warnings that are meant."
    )
    skip: Annotated[tuple[str, ...], BeforeValidator(_listed)] = Field(
        default=(), description="Names of checks that no take goes through."
    )
    likeness: Annotated[EyeSettings | None, BeforeValidator(_eye)] = Field(
        default=None, description="The embedder that tells who is who: appearance, dino, siglip, clip or face."
    )
    words: Annotated[EyeSettings | None, BeforeValidator(_eye)] = Field(
        default=None, description="The embedder that tells what words fit a picture: clip or siglip."
    )
    detector: Annotated[DetectorChoice | None, BeforeValidator(_eye)] = Field(
        default=None, description="Looks for everybody by their descriptor: owl (OWLv2) or grounding-dino."
    )

    also: Plugins = Field(default=(), description="Checks from other packages that takes go through too.")

    @field_validator("skip")
    @classmethod
    def _known(cls, skip: tuple[str, ...]) -> tuple[str, ...]:
        known = [name for name in DEFAULT if name not in ("usable", "person")]
        for name in skip:
            if name not in known:
                raise ValueError(f"skips the check “{name}”. {did_you_mean(name, known)}")
        return skip


class Budget(Frozen):
    """How much may be spent. Pool, seconds and money are the whole film's; one take of each shot is always shot."""

    takes: Whole = Field(default=6, ge=1, le=1000, description="Takes of one shot at most.")
    pool: Whole | None = Field(default=None, ge=1, description="Takes of all shots together at most.")
    seconds: float | None = Field(default=None, gt=0, description="Generated seconds of all shots together at most.")
    money: float | None = Field(default=None, gt=0, description="Money for all shots together at most; needs a price.")
    price: float | None = Field(default=None, ge=0, description="Money for a generated second.")


class RerollSettings(Frozen):
    """What is changed where a take fails, and what is done before and after."""

    ladder: dict[str, Steps] = Field(
        default_factory=dict, description="Steps by the name of a check or measure, instead of its usual ones."
    )
    drafts: bool = Field(default=False, description="Judge a cheap draft before a take is paid for, where one can be.")
    anchors: bool = Field(default=True, description="Who has no reference image takes one from the first good take.")
    wait: Whole = Field(default=2, ge=0, le=1000, description="Takes that later shots wait for an anchor.")
    passing: Whole = Field(default=1, ge=1, le=100, description="Takes of a shot that must pass: more to choose from.")

    @property
    def steps(self) -> Ladder:
        """The whole ladder: the usual one, and what the film puts in its place."""
        usual = {name: steps for name, steps in MEASURES.items() if name.partition(".")[0] not in self.ladder}
        return {**DEFAULT, **usual, **self.ladder}


class SoundCue(Frozen):
    """A music or effects file laid under the film."""

    file: str
    at: Seconds = Field(default=Fraction(0), description="When it starts, in the film.")
    scene: str | None = Field(default=None, description="Start with this scene instead.")
    gain: float = Field(default=0.0, ge=-90, le=30, description="Decibels.")
    fade_in: Seconds = Fraction(0)
    fade_out: Seconds = Fraction(0)
    loop: bool = False


class CutSettings(Frozen):
    """How the takes become a film."""

    motion: Choice = Field(
        default="repeat",
        description="How takes of another frame rate are shown at the film's: repeat, blend or interpolate.",
    )
    dissolve: Seconds = Fraction(1)
    fade: Seconds = Fraction(1)
    wipe: Seconds = Fraction(1)
    slate: bool = Field(default=False, description="Burn shot, size, lens, move and frame into the picture.")
    loudness: float = Field(default=-16.0, ge=-40, le=-5, description="Integrated loudness in LUFS.")
    music: tuple[SoundCue, ...] = ()
    effects: tuple[SoundCue, ...] = ()
    also: Plugins = Field(default=(), description="Exporters from other packages that write beside the film.")

    @field_validator("motion")
    @classmethod
    def _moved(cls, motion: str) -> str:
        if motion not in MOTIONS:
            raise ValueError(f"must be {', '.join(MOTIONS[:-1])} or {MOTIONS[-1]}")
        return motion


FARMS = ("local", "inline", "ray")
"""Where takes can be shot: in processes of this machine, in this process, or on a Ray cluster."""


class FarmSettings(Frozen):
    """Where takes are shot and judged. None of it changes a pixel or a key."""

    name: str | None = Field(default=None, description="local, inline or ray; local where more than one worker is.")
    workers: Whole | None = Field(default=None, ge=1, le=4096, description="Takes that are shot at once.")
    stuck: float | None = Field(
        default=1800.0, gt=0, description="Seconds without news after which a worker is replaced; null: never."
    )
    speculate: bool | None = Field(
        default=None, description="Shoot likely next takes on idle workers; as it is, where the generator has a GPU."
    )
    cores: float = Field(default=1.0, gt=0, le=1024, description="ray: cores of a worker.")
    gpus: float = Field(default=1.0, gt=0, le=64, description="ray: GPUs of a worker that needs one; 0.5 shares it.")

    @field_validator("name")
    @classmethod
    def _known(cls, name: str | None) -> str | None:
        if name is not None and name not in FARMS:
            raise ValueError(f"must be {', '.join(FARMS[:-1])} or {FARMS[-1]}")
        return name


class FilmFile(Frozen):
    """A film: its screenplay, its bible, and how it is shot and cut."""

    title: str | None = None
    screenplay: str | None = Field(default=None, description="A .fountain file beside this one.")
    scenes: list[Any] | None = Field(default=None, description="Scenes written here, instead of a screenplay.")
    bible: str | dict[str, Any] | None = Field(default=None, description="A YAML file, or the bible itself.")
    format: Format = Format()
    generator: GeneratorSettings = GeneratorSettings()
    seed: Whole = Field(default=0, ge=0, lt=2**31)
    voice: Choice = Field(default="none", description="none counts words; espeak speaks scratch voices.")
    coverage: Choice = Field(
        default="classic", description="How scenes without shot notes are covered: classic, minimal, or off."
    )
    checks: CheckSettings = CheckSettings()
    budget: Budget = Budget()
    reroll: RerollSettings = RerollSettings()
    farm: FarmSettings = FarmSettings()
    cut: CutSettings = CutSettings()

    @field_validator("generator", "farm", mode="before")
    @classmethod
    def _named(cls, value: Any) -> Any:
        return {"name": value} if isinstance(value, str) else value

    @model_validator(mode="before")
    @classmethod
    def _begun(cls, value: Any) -> Any:
        """A section with nothing below it yet says nothing."""
        sections = ("format", "generator", "checks", "budget", "reroll", "farm", "cut")
        if isinstance(value, dict):
            return {key: item for key, item in value.items() if item is not None or key not in sections}
        return value

    @model_validator(mode="after")
    def _one_script(self) -> "FilmFile":
        if self.screenplay is not None and self.scenes is not None:
            raise ValueError("has both a screenplay and scenes; keep one of them")
        if self.screenplay is None and self.scenes is None:
            raise ValueError("has neither a screenplay nor scenes; name a .fountain file under screenplay:")
        return self
