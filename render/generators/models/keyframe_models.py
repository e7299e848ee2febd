"""The image models that draw keyframes: what each is shown and told, one entry a kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from render.generators.models.keyframe_settings import KeyframeSettings
from storyboard.errors import GeneratorError

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True)
class Shown:
    """What a keyframe is drawn from: words, the rehearsal's picture, and pictures of who and what is seen."""

    prompt: str
    negative: str
    width: int
    height: int
    layout: "Image | None"
    references: "tuple[Image, ...]"  # each of the frame's size
    names: tuple[str, ...]  # of whom, or of what, each of them is

    @property
    def pictures(self) -> "list[Image]":
        return [*([self.layout] if self.layout is not None else []), *self.references]

    def told(self, where: Callable[[int], str]) -> str:
        """The prompt, after a sentence for each picture; ``where`` says which is meant."""
        said: list[str] = []
        if self.layout is not None:
            said.append(f"{where(0)} is the layout of the shot: keep its framing, its places and its postures.")
        first = len(said)
        said += [f"{where(first + index)} shows {name}." for index, name in enumerate(self.names)]
        return " ".join([*said, self.prompt])


@dataclass(frozen=True)
class ImageModel:
    """One kind of image model."""

    pipeline_class: str
    steps: int
    guidance: float
    call: Callable[[Any, Shown, KeyframeSettings, float], dict[str, Any]]  # pipeline, what is shown, guidance
    edits: bool = False  # it changes pictures, and must be shown one
    sized: bool = True  # it is told the size
    needs: tuple[str, ...] = ()  # packages beside those of the family


def _qwen(_pipeline: Any, shown: Shown, _settings: KeyframeSettings, guidance: float) -> dict[str, Any]:
    told = {"image": shown.pictures, "prompt": shown.told(lambda index: f"Picture {index + 1}")}
    return told | {"negative_prompt": shown.negative or " ", "true_cfg_scale": guidance}


def _klein(pipeline: Any, shown: Shown, _settings: KeyframeSettings, guidance: float) -> dict[str, Any]:
    prompt = shown.told(lambda index: f"Image {index + 1}")
    chat = [{"role": "user", "content": prompt}]
    written = pipeline.tokenizer.apply_chat_template(
        chat, tokenize=False, add_generation_prompt=True, enable_thinking=False
    )
    _hold_tokens(pipeline.tokenizer, written, 512)
    return {"image": shown.pictures or None, "prompt": prompt, "guidance_scale": guidance}


_KONTEXT_PIXELS = 1024 * 1024
"""What Kontext was trained for; what is stitched is shown no larger."""


def _kontext(pipeline: Any, shown: Shown, _settings: KeyframeSettings, guidance: float) -> dict[str, Any]:
    count = len(shown.pictures)
    prompt = shown.told(lambda index: f"Part {index + 1} of {count}, from the left," if count > 1 else "The picture")
    _hold_tokens(pipeline.tokenizer_2, prompt, 512)
    return {
        "image": stitched(shown.pictures, _KONTEXT_PIXELS),
        "prompt": prompt,
        "guidance_scale": guidance,
        "max_area": shown.width * shown.height,
        "_auto_resize": False,
    }


def _sdxl(pipeline: Any, shown: Shown, settings: KeyframeSettings, guidance: float) -> dict[str, Any]:
    from PIL import Image

    pictures = list(shown.references) or [Image.new("RGB", (shown.width, shown.height), "white")]
    pipeline.set_ip_adapter_scale(settings.likeness if shown.references else 0.0)
    told = _in_pieces(pipeline, shown.prompt, shown.negative, guide=guidance > 1)
    told |= {"ip_adapter_image": [pictures], "guidance_scale": guidance}
    if shown.layout is not None:
        return told | {"image": shown.layout, "strength": settings.strength}
    return told | {"width": shown.width, "height": shown.height}


def _in_pieces(pipeline: Any, prompt: str, negative: str, *, guide: bool) -> dict[str, Any]:
    """The prompt's embedding, of as many pieces as its text encoders need: they read 77 tokens at once."""
    import torch

    pieces, against = (_pieces(pipeline.tokenizer, text) for text in (prompt, negative))
    count = max(len(pieces), len(against)) if guide else len(pieces)
    made = [
        pipeline.encode_prompt(prompt=one, negative_prompt=other, do_classifier_free_guidance=guide)
        for one, other in zip(_padded(pieces, count), _padded(against, count), strict=True)
    ]
    embeds = {"prompt_embeds": torch.cat([each[0] for each in made], 1), "pooled_prompt_embeds": made[0][2]}
    if not guide:
        return embeds
    return embeds | {
        "negative_prompt_embeds": torch.cat([each[1] for each in made], 1),
        "negative_pooled_prompt_embeds": made[0][3],
    }


def _padded(pieces: list[str], count: int) -> list[str]:
    return (pieces + [""] * count)[:count]


def _pieces(tokenizer: Any, text: str) -> list[str]:
    """The text in pieces that the tokenizer's window holds, cut between words."""
    pieces: list[str] = []
    room = tokenizer.model_max_length
    for word in text.split():
        longer = f"{pieces[-1]} {word}" if pieces else word
        if pieces and len(tokenizer(longer).input_ids) <= room:
            pieces[-1] = longer
        else:
            pieces.append(word)
    return pieces or [""]


def _hold_tokens(tokenizer: Any, prompt: str, window: int) -> None:
    count = len(tokenizer(prompt).input_ids)
    if count > window:
        raise GeneratorError(f"the keyframe's model reads {window} tokens, and the prompt has {count}. Shorten it.")


def stitched(pictures: "list[Image]", most: int) -> "Image":
    """Pictures of one size side by side on white, of so many pixels at most."""
    from PIL import Image

    width, height = pictures[0].size
    scale = min(1.0, (most / (width * height * len(pictures))) ** 0.5)
    wide, tall = max(1, int(width * scale)), max(1, int(height * scale))
    laid = Image.new("RGB", (wide * len(pictures), tall), "white")
    for index, picture in enumerate(pictures):
        small = picture if picture.size == (wide, tall) else picture.resize((wide, tall), Image.Resampling.LANCZOS)
        laid.paste(small, (index * wide, 0))
    return laid


_SDXL = ImageModel("StableDiffusionXLPipeline", 30, 5.0, _sdxl, sized=False)
_KINDS: Mapping[str, ImageModel] = {
    "qwen-image-edit": ImageModel("QwenImageEditPlusPipeline", 40, 4.0, _qwen, edits=True, needs=("torchvision",)),
    "flux2-klein": ImageModel("Flux2KleinPipeline", 4, 1.0, _klein),
    "flux-kontext": ImageModel("FluxKontextPipeline", 28, 2.5, _kontext, edits=True),
    "sdxl-ip": _SDXL,
}


def image_model(settings: KeyframeSettings) -> ImageModel:
    """The image model of a kind; with a layout, SDXL begins with it."""
    if settings.kind == "sdxl-ip" and settings.layout:
        return ImageModel("StableDiffusionXLImg2ImgPipeline", _SDXL.steps, _SDXL.guidance, _sdxl, sized=False)
    return _KINDS[settings.kind]


ACCEPTED: Mapping[str, frozenset[str]] = {
    "qwen-image-edit": frozenset({"QwenImageEditPlusPipeline"}),
    "flux2-klein": frozenset({"Flux2KleinPipeline"}),
    "flux-kontext": frozenset({"FluxKontextPipeline"}),
    "sdxl-ip": frozenset({"StableDiffusionXLPipeline", "StableDiffusionXLImg2ImgPipeline"}),
}
"""The classes of diffusers that a folder of each kind may say it holds."""
