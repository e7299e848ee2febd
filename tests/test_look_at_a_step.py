"""What a model expects to make, read from its scheduler at a step."""

from typing import Any

import pytest
import torch

from render.generators.models.steps import Steps, expected
from storyboard.errors import GeneratorError


def schedulers() -> dict[str, Any]:
    from diffusers import DPMSolverMultistepScheduler, FlowMatchEulerDiscreteScheduler, UniPCMultistepScheduler

    flow = {"prediction_type": "flow_prediction", "use_flow_sigmas": True}
    return {
        "euler": FlowMatchEulerDiscreteScheduler(shift=7.0),
        "unipc": UniPCMultistepScheduler(**flow, flow_shift=3.0),
        "unipc of the third order": UniPCMultistepScheduler(**flow, flow_shift=5.0, solver_order=3),
        "dpm": DPMSolverMultistepScheduler(**flow, flow_shift=3.0, algorithm_type="dpmsolver++"),
    }


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # DPM's tables, with NumPy 2
@pytest.mark.parametrize("kind", ["euler", "unipc", "unipc of the third order", "dpm"])
@pytest.mark.parametrize("look", [2, 3, 5])
def test_the_picture_is_found_from_any_noise(kind: str, look: int) -> None:
    """A model that knows the picture x₀ says v = (x − x₀)/σ; what is expected at each step is x₀ itself."""
    scheduler = schedulers()[kind]
    scheduler.set_timesteps(8)
    draw = torch.Generator().manual_seed(1)
    picture, latents = torch.randn(1, 4, 2, 3, 3, generator=draw), torch.randn(1, 4, 2, 3, 3, generator=draw)
    for index, time in enumerate(scheduler.timesteps[:look]):
        before, sigma = latents, scheduler.sigmas[index]
        latents = scheduler.step((before - picture) / sigma, time, before, return_dict=False)[0]
    assert torch.allclose(expected(scheduler, before, latents, look - 1), picture, atol=1e-4)


@pytest.mark.parametrize("kind", ["euler", "unipc"])
def test_what_is_expected_is_what_the_model_says_at_that_step(kind: str) -> None:
    """By hand: x − σ·v, for a model that changes its mind at each step."""
    scheduler = schedulers()[kind]
    scheduler.set_timesteps(6)
    draw = torch.Generator().manual_seed(2)
    latents = torch.randn(1, 4, 8, generator=draw)
    for index, time in enumerate(scheduler.timesteps[:4]):
        before, velocity = latents, torch.randn(1, 4, 8, generator=draw)
        latents = scheduler.step(velocity, time, before, return_dict=False)[0]
        by_hand = before - scheduler.sigmas[index] * velocity
        assert torch.allclose(expected(scheduler, before, latents, index), by_hand, atol=1e-4)


def test_a_look_leaves_no_grain_where_latents_are_rounded() -> None:
    """In bfloat16 the difference of two steps is mostly rounding; the pipeline's own velocity is not."""
    scheduler = schedulers()["euler"]
    scheduler.set_timesteps(50)
    draw = torch.Generator().manual_seed(3)
    picture, latents = torch.randn(1, 16, 64, generator=draw), torch.randn(1, 16, 64, generator=draw)
    for index, time in enumerate(scheduler.timesteps[:8]):
        before = latents
        velocity = ((before - picture) / scheduler.sigmas[index]).bfloat16()
        latents = scheduler.step(velocity, time, before, return_dict=False)[0]
    assert latents.dtype == torch.bfloat16
    by_difference = (expected(scheduler, before, latents, 7) - picture).std()
    by_velocity = (expected(scheduler, before, latents, 7, velocity) - picture).std()
    assert by_velocity < 0.02 < by_difference


def test_nobody_looks_where_the_scheduler_tells_too_little() -> None:
    """Noise that is drawn anew, and steps of another kind, hide what is expected."""
    from diffusers import DDIMScheduler, FlowMatchEulerDiscreteScheduler

    latents = torch.zeros(1, 4, 8)
    fresh = FlowMatchEulerDiscreteScheduler(stochastic_sampling=True)
    fresh.set_timesteps(6)
    assert torch.equal(expected(fresh, latents, latents + 1, 2, latents), latents)  # a velocity is enough
    for scheduler in (fresh, DDIMScheduler()):
        scheduler.set_timesteps(6)
        with pytest.raises(GeneratorError, match="look"):
            expected(scheduler, latents, latents, 2)


def test_progress_is_told_in_frames_and_ends_with_all() -> None:
    """Steps are dealt over the frames of the request, or those of a look."""
    told: list[int] = []
    steps = Steps(told.append, frames=12, steps=6)
    for index in range(6):
        assert steps(None, index, None, {"latents": None}) == {}
    assert told == [2, 4, 6, 8, 10, 12]
