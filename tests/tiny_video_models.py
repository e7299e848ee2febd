"""Tiny pipelines with random weights: the real architectures, half a megabyte each. They make coloured noise."""

from pathlib import Path
from typing import Any

import torch

WORDS = (
    "a person in a dark green oilskin coat and a yellow balloon walks along the pier at night, wide shot, static, "
    "close-up, medium shot, slow dolly in, pan left, 35 mm film, soft grain, inside, outside, daylight, dusk, "
    "Picture Image Part of from the left is the layout of the shot: keep its framing, its places and its postures"
)
T5_SPECIAL = ["<pad>", "</s>", "<unk>"]


def unigram() -> Any:
    """A tokenizer of a few hundred pieces, trained on a few words."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    trainer = trainers.UnigramTrainer(vocab_size=300, special_tokens=T5_SPECIAL, unk_token="<unk>", show_progress=False)  # noqa: S106  # a piece of text
    tokenizer.train_from_iterator([WORDS] * 20, trainer)
    usual = {"pad_token": "<pad>", "eos_token": "</s>", "unk_token": "<unk>", "model_max_length": 512}
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, **usual)


def umt5() -> Any:
    from transformers import UMT5Config, UMT5EncoderModel

    return UMT5EncoderModel(UMT5Config(vocab_size=400, d_model=32, d_kv=8, d_ff=37, num_layers=2, num_heads=4)).eval()


def wan_vae(**more: Any) -> Any:
    from diffusers import AutoencoderKLWan

    usual = {"base_dim": 3, "z_dim": 16, "dim_mult": [1, 1, 1, 1], "num_res_blocks": 1}
    return AutoencoderKLWan(**usual | {"temperal_downsample": [False, True, True]} | more).eval()


def wan_transformer(**more: Any) -> Any:
    from diffusers import WanTransformer3DModel

    usual = {
        "patch_size": (1, 2, 2),
        "num_attention_heads": 2,
        "attention_head_dim": 12,
        "in_channels": 36,
        "out_channels": 16,
        "text_dim": 32,
        "freq_dim": 256,
        "ffn_dim": 32,
        "num_layers": 2,
        "cross_attn_norm": True,
        "qk_norm": "rms_norm_across_heads",
        "rope_max_seq_len": 32,
    }
    return WanTransformer3DModel(**usual | more).eval()


def make_wan(folder: Path, kind: str = "2.1") -> Path:
    """Wan: ``2.1`` with an image encoder, ``flf`` of two pictures, ``2.2`` of two transformers, ``ti2v``, ``t2v``."""
    from diffusers import FlowMatchEulerDiscreteScheduler, UniPCMultistepScheduler, WanImageToVideoPipeline, WanPipeline
    from transformers import CLIPImageProcessor, CLIPVisionConfig, CLIPVisionModel

    torch.manual_seed(1)
    parts: dict[str, Any] = {"tokenizer": unigram(), "text_encoder": umt5()}
    euler = FlowMatchEulerDiscreteScheduler(shift=7.0)
    unipc = UniPCMultistepScheduler(prediction_type="flow_prediction", use_flow_sigmas=True, flow_shift=3.0)
    if kind == "t2v":
        WanPipeline(
            **parts, vae=wan_vae(), transformer=wan_transformer(in_channels=16), scheduler=euler
        ).save_pretrained(folder)
        return folder
    if kind in {"2.1", "flf"}:
        side = 4
        vision = CLIPVisionConfig(
            hidden_size=4, projection_dim=4, num_hidden_layers=2, num_attention_heads=2, image_size=side,
            intermediate_size=16, patch_size=1,
        )  # fmt: skip
        parts["image_encoder"] = CLIPVisionModel(vision).eval()
        parts["image_processor"] = CLIPImageProcessor(
            size={"shortest_edge": side}, crop_size={"height": side, "width": side}
        )
        two = {"pos_embed_seq_len": 2 * (side * side + 1)} if kind == "flf" else {}
        parts |= {"transformer": wan_transformer(image_dim=4, **two), "vae": wan_vae(), "scheduler": euler}
    elif kind == "2.2":
        parts |= {"transformer": wan_transformer(), "transformer_2": wan_transformer(), "boundary_ratio": 0.875}
        parts |= {"vae": wan_vae(), "scheduler": unipc}
    else:
        fine = wan_vae(
            z_dim=48, in_channels=12, out_channels=12, is_residual=True, patch_size=2, latents_mean=[0.0] * 48,
            latents_std=[1.0] * 48, scale_factor_spatial=16, scale_factor_temporal=4,
        )  # fmt: skip
        parts |= {"transformer": wan_transformer(in_channels=48, out_channels=48), "vae": fine, "scheduler": unipc}
        parts |= {"expand_timesteps": True}
    WanImageToVideoPipeline(**parts).save_pretrained(folder)
    return folder


def loud(model: Any, *parts: str, by: float = 4.0) -> Any:
    """Random weights hardly hear what they are told: those of these parts are made larger."""
    with torch.no_grad():
        for name, weights in model.named_parameters():
            if name.endswith("weight") and any(part in name for part in parts):
                weights.mul_(by)
    return model


def make_ltx2(folder: Path) -> Path:
    """LTX-2: Gemma 3 as text encoder, connectors, picture and sound, a vocoder. 32 pixels and 8 frames to a latent."""
    from diffusers import (
        AutoencoderKLLTX2Audio,
        AutoencoderKLLTX2Video,
        FlowMatchEulerDiscreteScheduler,
        LTX2ConditionPipeline,
        LTX2VideoTransformer3DModel,
    )
    from diffusers.pipelines.ltx2 import LTX2TextConnectors
    from diffusers.pipelines.ltx2.vocoder import LTX2Vocoder

    torch.manual_seed(2)
    text = gemma3()
    width, layers = text.config.text_config.hidden_size, text.config.text_config.num_hidden_layers
    transformer = LTX2VideoTransformer3DModel(
        in_channels=4, out_channels=4, patch_size=1, patch_size_t=1, num_attention_heads=2, attention_head_dim=8,
        cross_attention_dim=16, audio_in_channels=4, audio_out_channels=4, audio_num_attention_heads=2,
        audio_attention_head_dim=4, audio_cross_attention_dim=8, num_layers=2, qk_norm="rms_norm_across_heads",
        caption_channels=width, rope_double_precision=False, rope_type="split",
        perturbed_attn=True,
    )  # fmt: skip
    connectors = LTX2TextConnectors(
        caption_channels=width, text_proj_in_factor=layers + 1, video_connector_num_attention_heads=4,
        video_connector_attention_head_dim=8, video_connector_num_layers=1,
        video_connector_num_learnable_registers=None,
        audio_connector_num_attention_heads=4, audio_connector_attention_head_dim=8, audio_connector_num_layers=1,
        audio_connector_num_learnable_registers=None, connector_rope_base_seq_len=32, rope_theta=10000.0,
        rope_double_precision=False, causal_temporal_positioning=False, rope_type="split",
    )  # fmt: skip
    vae = AutoencoderKLLTX2Video(
        latent_channels=4, block_out_channels=(8, 8, 8), down_block_types=("LTX2VideoDownBlock3D",) * 3,
        decoder_block_out_channels=(8, 8, 8), layers_per_block=(1, 1, 1, 1), decoder_layers_per_block=(1, 1, 1, 1),
        spatio_temporal_scaling=(True, True, True), decoder_spatio_temporal_scaling=(True, True, True),
        downsample_type=("spatiotemporal",) * 3, upsample_factor=(1, 1, 1), upsample_residual=(False,) * 3,
        patch_size=4, patch_size_t=1,
    )  # fmt: skip
    audio = AutoencoderKLLTX2Audio(
        base_channels=4, output_channels=2, ch_mult=(1,), num_res_blocks=1, attn_resolutions=None, in_channels=2,
        resolution=32, latent_channels=2, norm_type="pixel", causality_axis="height", dropout=0.0,
        mid_block_add_attention=False, sample_rate=16000, mel_hop_length=160, is_causal=True, mel_bins=8,
    )  # fmt: skip
    vocoder = LTX2Vocoder(
        in_channels=16, hidden_channels=32, out_channels=2, upsample_kernel_sizes=[4, 4], upsample_factors=[2, 2],
        resnet_kernel_sizes=[3], resnet_dilations=[[1, 3, 5]], leaky_relu_negative_slope=0.1,
        output_sampling_rate=16000,
    )  # fmt: skip
    parts = {"transformer": transformer, "connectors": connectors, "vae": vae, "audio_vae": audio, "vocoder": vocoder}
    parts |= {"scheduler": FlowMatchEulerDiscreteScheduler(), "text_encoder": text, "tokenizer": unigram()}
    for part in ("transformer", "connectors", "vae", "audio_vae", "vocoder", "text_encoder"):
        parts[part].eval()
    LTX2ConditionPipeline(**parts).save_pretrained(folder)
    return folder


def gemma3() -> Any:
    from transformers import Gemma3Config, Gemma3ForConditionalGeneration

    text = {
        "vocab_size": 400, "hidden_size": 32, "intermediate_size": 16, "num_hidden_layers": 2,
        "num_attention_heads": 2, "num_key_value_heads": 1, "head_dim": 8, "max_position_embeddings": 2048,
        "sliding_window": 512, "pad_token_id": 0, "eos_token_id": 1, "bos_token_id": 1,
    }  # fmt: skip
    vision = {
        "hidden_size": 8, "intermediate_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2,
        "image_size": 16, "patch_size": 8,
    }  # fmt: skip
    return Gemma3ForConditionalGeneration(Gemma3Config(text_config=text, vision_config=vision, mm_tokens_per_image=4))


def make_lora(model: Path, file: Path, *, kind: str = "WanTransformer3DModel", seed: int = 3) -> Path:
    """A LoRA for the transformer of a pipeline that stands in ``model``: random, and strong enough to be seen."""
    import diffusers
    from safetensors.torch import save_file

    transformer = getattr(diffusers, kind).from_pretrained(model / "transformer")
    draw = torch.Generator().manual_seed(seed)
    weights: dict[str, torch.Tensor] = {}
    for name, part in transformer.named_modules():
        if name.endswith(("attn1.to_q", "attn1.to_v", "attn1.to_out.0")):
            out, into = part.weight.shape
            weights[f"transformer.{name}.lora_A.weight"] = torch.randn(4, into, generator=draw) * 0.5
            weights[f"transformer.{name}.lora_B.weight"] = torch.randn(out, 4, generator=draw) * 0.5
    file.parent.mkdir(parents=True, exist_ok=True)
    save_file(weights, file)
    return file


def clip_tokenizer() -> Any:
    """A tokenizer of CLIP: 77 tokens between a beginning and an end."""
    return _byte_pairs(["<|startoftext|>", "<|endoftext|>"], 77, bos="<|startoftext|>", eos="<|endoftext|>")


def chat_tokenizer() -> Any:
    """A tokenizer that knows who speaks in a chat."""
    special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|vision_start|>", "<|image_pad|>"]
    special += ["<|video_pad|>", "<|vision_end|>"]
    tokenizer = _byte_pairs(special, 512, bos=None, eos="<|im_end|>")
    tokenizer.chat_template = (
        "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
        "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
    )
    return tokenizer


def _byte_pairs(special: list[str], longest: int, *, bos: str | None, eos: str) -> Any:
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=400, special_tokens=special, show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    )  # fmt: skip
    tokenizer.train_from_iterator([WORDS] * 20, trainer)
    named = {"eos_token": eos, "pad_token": special[0] if bos is None else eos, "unk_token": eos}
    if bos is not None:
        tokenizer.post_processor = processors.TemplateProcessing(
            single=f"{bos} $A {eos}",
            special_tokens=[(each, tokenizer.token_to_id(each)) for each in (bos, eos)],
        )
        named["bos_token"] = bos
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=longest, **named)


def clip_text(projected: bool = False) -> Any:
    from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

    config = CLIPTextConfig(
        bos_token_id=0, eos_token_id=1, pad_token_id=1, hidden_size=32, intermediate_size=37, num_attention_heads=4,
        num_hidden_layers=3, vocab_size=400, projection_dim=32,
    )  # fmt: skip
    return (CLIPTextModelWithProjection if projected else CLIPTextModel)(config).eval()


def image_vae(**more: Any) -> Any:
    """The VAE of an image model: 8 pixels to a latent."""
    from diffusers import AutoencoderKL

    usual = {
        "block_out_channels": (4, 4, 4, 4), "layers_per_block": 1, "norm_num_groups": 1, "latent_channels": 4,
        "down_block_types": ("DownEncoderBlock2D",) * 4, "up_block_types": ("UpDecoderBlock2D",) * 4,
    }  # fmt: skip
    return AutoencoderKL(**usual | more).eval()


def make_kontext(folder: Path) -> Path:
    from diffusers import FlowMatchEulerDiscreteScheduler, FluxKontextPipeline, FluxTransformer2DModel
    from transformers import T5Config, T5EncoderModel

    torch.manual_seed(4)
    transformer = FluxTransformer2DModel(
        patch_size=1, in_channels=16, num_layers=1, num_single_layers=1, attention_head_dim=16, num_attention_heads=2,
        joint_attention_dim=32, pooled_projection_dim=32, axes_dims_rope=(4, 4, 8), guidance_embeds=True,
    )  # fmt: skip
    loud(transformer, "to_v", "to_out", "add_v", "proj_out", by=2.0)
    vae = image_vae(use_quant_conv=False, use_post_quant_conv=False, shift_factor=0.06, scaling_factor=1.5)
    t5 = T5Config(vocab_size=400, d_model=32, d_kv=8, d_ff=37, num_layers=2, num_heads=4)
    FluxKontextPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(), vae=vae, text_encoder=clip_text(), tokenizer=clip_tokenizer(),
        text_encoder_2=T5EncoderModel(t5).eval(), tokenizer_2=unigram(), transformer=transformer.eval(),
    ).save_pretrained(folder)  # fmt: skip
    return folder


def make_klein(folder: Path) -> Path:
    from diffusers import (
        AutoencoderKLFlux2,
        FlowMatchEulerDiscreteScheduler,
        Flux2KleinPipeline,
        Flux2Transformer2DModel,
    )
    from transformers import Qwen3Config, Qwen3ForCausalLM

    torch.manual_seed(5)
    transformer = Flux2Transformer2DModel(
        patch_size=1, in_channels=16, num_layers=1, num_single_layers=1, attention_head_dim=16, num_attention_heads=2,
        joint_attention_dim=24, timestep_guidance_channels=32, axes_dims_rope=(4, 4, 4, 4), guidance_embeds=False,
    )  # fmt: skip
    loud(transformer, "to_v", "to_out", "add_v", "proj_out")
    text = Qwen3Config(
        intermediate_size=8, hidden_size=8, num_hidden_layers=27, num_attention_heads=2, num_key_value_heads=2,
        head_dim=4, vocab_size=400, max_position_embeddings=512, pad_token_id=0, eos_token_id=2, bos_token_id=0,
    )  # fmt: skip
    vae = AutoencoderKLFlux2(
        block_out_channels=(4, 4, 4, 4), layers_per_block=1, latent_channels=4, norm_num_groups=1,
        down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4,
    )  # fmt: skip
    Flux2KleinPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(), vae=vae.eval(), text_encoder=Qwen3ForCausalLM(text).eval(),
        tokenizer=chat_tokenizer(), transformer=transformer.eval(),
    ).save_pretrained(folder)  # fmt: skip
    return folder


def make_sdxl(folder: Path, adapter: Path) -> Path:
    """SDXL, and beside it an IP-Adapter with the image encoder that it sees with."""
    from diffusers import EulerDiscreteScheduler, StableDiffusionXLPipeline, UNet2DConditionModel
    from safetensors.torch import save_file
    from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection

    torch.manual_seed(6)
    unet = UNet2DConditionModel(
        block_out_channels=(2, 4), layers_per_block=1, sample_size=32, in_channels=4, out_channels=4,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"), up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        attention_head_dim=(2, 4), use_linear_projection=True, addition_embed_type="text_time",
        addition_time_embed_dim=8, transformer_layers_per_block=(1, 1), projection_class_embeddings_input_dim=80,
        cross_attention_dim=64, norm_num_groups=1,
    )  # fmt: skip
    scheduler = EulerDiscreteScheduler(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear")
    StableDiffusionXLPipeline(
        vae=image_vae(), text_encoder=clip_text(), text_encoder_2=clip_text(projected=True), unet=unet.eval(),
        tokenizer=clip_tokenizer(), tokenizer_2=clip_tokenizer(), scheduler=scheduler,
    ).save_pretrained(folder)  # fmt: skip

    draw = torch.Generator().manual_seed(7)

    def random(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=draw)

    weights = {"image_proj.proj.weight": random(4 * 64, 8), "image_proj.proj.bias": random(4 * 64)}
    weights |= {"image_proj.norm.weight": torch.ones(64), "image_proj.norm.bias": torch.zeros(64)}
    for index, name in enumerate(name for name in unet.attn_processors if name.endswith("attn2.processor")):
        wide = unet.get_submodule(name.removesuffix(".processor")).to_k.weight.shape[0]
        weights[f"ip_adapter.{2 * index + 1}.to_k_ip.weight"] = random(wide, 64)
        weights[f"ip_adapter.{2 * index + 1}.to_v_ip.weight"] = random(wide, 64)
    adapter.mkdir(parents=True)
    save_file(weights, adapter / "ip-adapter_sdxl.safetensors")
    vision = CLIPVisionConfig(
        hidden_size=8, projection_dim=8, num_hidden_layers=2, num_attention_heads=2, image_size=32, patch_size=8,
        intermediate_size=16,
    )  # fmt: skip
    CLIPVisionModelWithProjection(vision).eval().save_pretrained(adapter / "image_encoder")
    return folder


def make_qwen(folder: Path) -> Path:
    """Qwen-Image-Edit of several pictures. It looks at each at a megapixel, whatever its size."""
    from diffusers import (
        AutoencoderKLQwenImage,
        FlowMatchEulerDiscreteScheduler,
        QwenImageEditPlusPipeline,
        QwenImageTransformer2DModel,
    )
    from transformers import (
        Qwen2_5_VLConfig,
        Qwen2_5_VLForConditionalGeneration,
        Qwen2VLImageProcessor,
        Qwen2VLProcessor,
        Qwen2VLVideoProcessor,
    )

    torch.manual_seed(8)
    tokenizer = chat_tokenizer()
    ids = dict(zip(tokenizer.all_special_tokens, tokenizer.all_special_ids, strict=True)) | tokenizer.get_added_vocab()
    transformer = QwenImageTransformer2DModel(
        patch_size=2, in_channels=16, out_channels=4, num_layers=1, attention_head_dim=16, num_attention_heads=1,
        joint_attention_dim=16, guidance_embeds=False, axes_dims_rope=(8, 4, 4),
    )  # fmt: skip
    vae = AutoencoderKLQwenImage(
        base_dim=4, z_dim=4, dim_mult=[1, 1, 1, 1], num_res_blocks=1, temperal_downsample=[False, True, True],
        latents_mean=[0.0] * 4, latents_std=[1.0] * 4,
    )  # fmt: skip
    text = {
        "hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2,
        "num_key_value_heads": 2, "vocab_size": 400,
        "rope_parameters": {"mrope_section": [1, 1, 2], "rope_type": "default", "rope_theta": 1e6},
    }  # fmt: skip
    vision = {"depth": 2, "hidden_size": 16, "intermediate_size": 16, "num_heads": 2, "out_hidden_size": 16}
    config = Qwen2_5_VLConfig(
        text_config=text, vision_config=vision, image_token_id=ids["<|image_pad|>"],
        vision_start_token_id=ids["<|vision_start|>"], vision_end_token_id=ids["<|vision_end|>"],
        video_token_id=ids["<|video_pad|>"],
    )  # fmt: skip
    processor = Qwen2VLProcessor(Qwen2VLImageProcessor(), tokenizer, Qwen2VLVideoProcessor())
    QwenImageEditPlusPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(), vae=vae.eval(), transformer=transformer.eval(),
        text_encoder=Qwen2_5_VLForConditionalGeneration(config).eval(), tokenizer=tokenizer, processor=processor,
    ).save_pretrained(folder)  # fmt: skip
    return folder
