"""Models of a few kilobytes with random weights, built as their libraries build the real ones."""

from pathlib import Path
from typing import Any

SIDE = {"hidden_size": 32, "intermediate_size": 37, "num_hidden_layers": 2, "num_attention_heads": 2}
PHRASES = ["a balloon with a face drawn on it .", "a plain balloon ."]


def build(kind: str, folder: Path) -> Path:
    """Write a tiny ``kind`` into ``folder``; returns the folder."""
    import torch
    from transformers.utils import logging

    torch.set_num_threads(1)
    torch.manual_seed(0)
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    for part in _PARTS[kind]():
        part.save_pretrained(folder)
    return folder


def tokenizer(length: int, special: tuple[str, str, str] = ("<pad>", "<bos>", "<eos>")) -> Any:
    """Words of the phrases, one token each, between the first and the last special token."""
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers
    from tokenizers.processors import TemplateProcessing
    from transformers import PreTrainedTokenizerFast

    pad, first, last = special
    words = Tokenizer(models.WordLevel(unk_token="<unk>"))  # noqa: S106
    words.pre_tokenizer = pre_tokenizers.Whitespace()
    words.train_from_iterator(PHRASES, trainers.WordLevelTrainer(special_tokens=[pad, "<unk>", first, last]))
    words.post_processor = TemplateProcessing(single=f"{first} $A {last}", special_tokens=[(first, 2), (last, 3)])
    names = {"pad_token": pad, "unk_token": "<unk>", "bos_token": first, "eos_token": last}
    return PreTrainedTokenizerFast(
        tokenizer_object=words, **names, cls_token=first, sep_token=last, model_max_length=length
    )


def _text(length: int) -> dict[str, Any]:
    special = {"bos_token_id": 2, "eos_token_id": 3, "pad_token_id": 0}
    return {**SIDE, **special, "vocab_size": len(tokenizer(length)), "max_position_embeddings": length}


def _dino() -> list[Any]:
    from transformers import BitImageProcessorPil, Dinov2Config, Dinov2Model

    side = {key: value for key, value in SIDE.items() if key != "intermediate_size"}
    model = Dinov2Model(Dinov2Config(**side, image_size=28, patch_size=14, mlp_ratio=2))
    return [model, BitImageProcessorPil(size={"shortest_edge": 28}, crop_size={"height": 28, "width": 28})]


def _clip() -> list[Any]:
    from transformers import CLIPConfig, CLIPImageProcessorPil, CLIPModel

    vision = {**SIDE, "image_size": 32, "patch_size": 8, "projection_dim": 24}
    config = CLIPConfig(text_config={**_text(16), "projection_dim": 24}, vision_config=vision, projection_dim=24)
    pictures = CLIPImageProcessorPil(size={"shortest_edge": 32}, crop_size={"height": 32, "width": 32})
    return [CLIPModel(config), tokenizer(16), pictures]


def _siglip() -> list[Any]:
    from transformers import SiglipConfig, SiglipImageProcessorPil, SiglipModel

    config = SiglipConfig(text_config=_text(64), vision_config={**SIDE, "image_size": 32, "patch_size": 8})
    return [SiglipModel(config), tokenizer(64), SiglipImageProcessorPil(size={"height": 32, "width": 32})]


def _owl() -> list[Any]:
    from transformers import Owlv2Config, Owlv2ForObjectDetection, Owlv2ImageProcessorPil, Owlv2Processor

    vision = {**SIDE, "image_size": 32, "patch_size": 8}
    config = Owlv2Config(text_config=_text(16), vision_config=vision, projection_dim=32)
    pictures = Owlv2ImageProcessorPil(size={"height": 32, "width": 32})
    return [Owlv2ForObjectDetection(config), Owlv2Processor(image_processor=pictures, tokenizer=tokenizer(16))]


def _grounding_dino() -> list[Any]:
    from transformers import (
        BertConfig,
        GroundingDinoConfig,
        GroundingDinoForObjectDetection,
        GroundingDinoImageProcessorPil,
        GroundingDinoProcessor,
        SwinConfig,
    )

    words = tokenizer(32, ("[PAD]", "[CLS]", "[SEP]"))
    depths = {"depths": [1, 1, 1, 1], "num_heads": [1, 1, 1, 1], "window_size": 2, "patch_size": 4}
    stages = ["stage2", "stage3", "stage4"]
    swin = SwinConfig(image_size=32, embed_dim=8, **depths, out_features=stages, out_indices=None)
    bert = BertConfig(**SIDE, vocab_size=len(words), max_position_embeddings=32)
    sizes = {f"{side}_{what}": 2 for side in ("encoder", "decoder") for what in ("layers", "attention_heads")}
    config = GroundingDinoConfig(
        backbone_config=swin,
        text_config=bert,
        d_model=32,
        **sizes,
        encoder_ffn_dim=32,
        decoder_ffn_dim=32,
        num_queries=8,
        max_text_len=32,
    )
    pictures = GroundingDinoImageProcessorPil(size={"shortest_edge": 96, "longest_edge": 160})
    processor = GroundingDinoProcessor(image_processor=pictures, tokenizer=words)
    return [GroundingDinoForObjectDetection(config), processor]


_PARTS = {"dino": _dino, "clip": _clip, "siglip": _siglip, "owl": _owl, "grounding-dino": _grounding_dino}
