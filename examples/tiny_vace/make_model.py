"""Make a tiny Wan VACE with random weights: the real architecture, half a megabyte, in a second or two.

    python examples/tiny_vace/make_model.py [FOLDER]

It makes coloured noise. What it is for: a film can be shot through the true pipeline, with references, control video,
checks and rerolls, on a machine without a GPU.
"""

import sys
from pathlib import Path

WORDS = (
    "a person in a dark green oilskin coat and a yellow balloon walks along the pier at night, wide shot, static, "
    "close-up, medium shot, slow dolly in, pan left, 35 mm film, soft grain, inside, outside, daylight, dusk"
)

GAIN = 1.3


def make_model(folder: Path, *, seed: int = 0) -> None:
    """Write the pipeline into ``folder``, as ``save_pretrained`` does. The same seed gives the same bytes."""
    import torch
    from diffusers import AutoencoderKLWan, FlowMatchEulerDiscreteScheduler, WanVACEPipeline, WanVACETransformer3DModel
    from transformers import UMT5Config, UMT5EncoderModel

    torch.manual_seed(seed)
    transformer = WanVACETransformer3DModel(
        patch_size=(1, 2, 2),
        num_attention_heads=2,
        attention_head_dim=12,
        in_channels=16,
        out_channels=16,
        text_dim=32,
        freq_dim=256,
        ffn_dim=32,
        num_layers=3,
        cross_attn_norm=True,
        qk_norm="rms_norm_across_heads",
        rope_max_seq_len=32,
        vace_layers=[0, 2],
        vace_in_channels=96,
    )
    vae = AutoencoderKLWan(
        base_dim=3, z_dim=16, dim_mult=[1, 1, 1, 1], num_res_blocks=1, temperal_downsample=[False, True, True]
    )
    text = UMT5Config(vocab_size=400, d_model=32, d_kv=8, d_ff=37, num_layers=2, num_heads=4)
    pipeline = WanVACEPipeline(
        tokenizer=tiny_tokenizer(),
        text_encoder=UMT5EncoderModel(text).eval(),
        vae=vae.eval(),
        scheduler=FlowMatchEulerDiscreteScheduler(shift=7.0),
        transformer=transformer.eval(),
    )
    with torch.no_grad():  # torch's usual beginnings lose what they are shown from layer to layer
        for part in (transformer, vae):
            for weight in part.parameters():
                if weight.ndim > 1:
                    torch.nn.init.normal_(weight, std=GAIN / weight[0].numel() ** 0.5)
    pipeline.save_pretrained(folder)


def tiny_tokenizer():
    """A tokenizer of a few hundred pieces, trained on a few words."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    special = ["<pad>", "</s>", "<unk>"]
    trainer = trainers.UnigramTrainer(vocab_size=300, special_tokens=special, unk_token="<unk>", show_progress=False)
    tokenizer.train_from_iterator([WORDS] * 20, trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="<pad>", eos_token="</s>", unk_token="<unk>", model_max_length=512
    )


if __name__ == "__main__":
    make_model(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "model")
