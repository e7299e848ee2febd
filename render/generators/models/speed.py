"""What makes a model faster and changes its pixels a little: attention, step caches, compilation."""

from typing import Any

from render.generators.models.settings import ModelSettings, StepCache
from storyboard.errors import InputError, Problem


def made_fast(name: str, pipeline: Any, settings: ModelSettings) -> None:
    """Set a pipeline's transformers to what film.yaml asks for. Raises InputError for what they cannot do."""
    models = [
        model for part in ("transformer", "transformer_2") if (model := getattr(pipeline, part, None)) is not None
    ]
    for model in models:
        if settings.attention is not None:
            try:
                model.set_attention_backend(settings.attention)
            except (ValueError, RuntimeError, ImportError) as error:
                what = f"{name}: the attention “{settings.attention}” cannot be used here ({error})."
                raise InputError(Problem(what=what, todo="Leave it out: what torch has is used.")) from error
        if settings.cache is not None:
            _cache(name, pipeline, model, settings.cache, settings.steps)
        if settings.compile:
            model.compile_repeated_blocks(fullgraph=False)


def _cache(name: str, pipeline: Any, model: Any, cache: StepCache, steps: int) -> None:
    from diffusers.hooks.first_block_cache import FirstBlockCacheConfig
    from diffusers.hooks.mag_cache import MagCacheConfig
    from diffusers.hooks.pyramid_attention_broadcast import PyramidAttentionBroadcastConfig

    try:
        if cache.kind == "first-block":
            model.enable_cache(FirstBlockCacheConfig(threshold=cache.threshold))
        elif cache.kind == "mag":
            model.enable_cache(MagCacheConfig(num_inference_steps=steps, mag_ratios=list(cache.ratios)))
        else:
            model.enable_cache(
                PyramidAttentionBroadcastConfig(
                    spatial_attention_block_skip_range=cache.skip,
                    cross_attention_block_skip_range=cache.skip * 2,
                    current_timestep_callback=lambda: pipeline.current_timestep,
                )
            )
    except (ValueError, AttributeError, TypeError) as error:
        what = f"{name}: the cache “{cache.kind}” does not go with this model ({error})."
        raise InputError(Problem(what=what, todo="Leave cache out, or take another.")) from error
