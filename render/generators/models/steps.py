"""What happens at each step of a model: progress is told, and a look may be taken at what it expects to make."""

from collections.abc import Callable
from typing import Any

from storyboard.errors import GeneratorError


class Steps:
    """The callback of a pipeline. What ``progress`` raises ends the take within that step.

    With ``look``, after so many steps what the model then expects the picture to become is decoded instead of going
    on: x₀ = x − σ·v (Lipman et al. 2023, rectified flow), from the scheduler's own prediction where it keeps one.
    """

    def __init__(self, progress: Callable[[int], None], frames: int, steps: int, look: int | None = None) -> None:
        self._progress, self._frames, self._steps = progress, frames, steps
        self._look = look
        self._before: Any = None
        self.taken = 0

    def __call__(self, pipeline: Any, index: int, _timestep: Any, tensors: dict[str, Any]) -> dict[str, Any]:
        self.taken = index + 1
        self._progress(self.taken * self._frames // (self._look or self._steps))
        if self._look is None:
            return {}
        latents = tensors["latents"]
        if self.taken < self._look:
            self._before = latents
            return {}
        pipeline._interrupt = True  # noqa: SLF001  # the pipelines' own way to leave the rest of the steps out
        return {"latents": expected(pipeline.scheduler, self._before, latents, index)}


def expected(scheduler: Any, before: Any, after: Any, index: int) -> Any:
    """What a flow model expects the picture to become, from the latents before and after step ``index``.

    Raises GeneratorError for a scheduler that tells too little.
    """
    from diffusers.schedulers.scheduling_flow_match_euler_discrete import FlowMatchEulerDiscreteScheduler

    config = scheduler.config
    foresees = getattr(config, "predict_x0", False) or getattr(config, "algorithm_type", "") in _FORESEEING
    if foresees and getattr(scheduler, "model_outputs", None):
        return scheduler.model_outputs[-1].to(after.dtype)
    sigmas: Any = getattr(scheduler, "sigmas", ())
    straight = isinstance(scheduler, FlowMatchEulerDiscreteScheduler) and not config.stochastic_sampling
    if not straight or len(sigmas) <= index + 1:
        raise GeneratorError(
            f"nobody can look into a take that is made with {type(scheduler).__name__}. "
            "Write draft: {steps: 10, scale: 0.5} instead of look."
        )
    start, end = float(sigmas[index]), float(sigmas[index + 1])
    velocity = (after.double() - before.double()) / (end - start)
    return (after.double() - end * velocity).to(after.dtype)


_FORESEEING = frozenset({"dpmsolver++", "sde-dpmsolver++"})
"""Kinds of DPM-Solver that keep what they expect, as UniPC does, and not the noise."""
