"""What happens at each step of a model: progress is told, and a look may be taken at what it expects to make."""

from collections.abc import Callable
from typing import Any

from storyboard.errors import GeneratorError


class Steps:
    """The callback of a pipeline. What ``progress`` raises ends the take within that step.

    With ``look``, after so many steps what the model then expects the picture to become is decoded instead of going
    on: x₀ = x − σ·v (Lipman et al. 2023, rectified flow), from the scheduler's own prediction where it keeps one.
    """

    def __init__(
        self,
        progress: Callable[[int], None],
        frames: int,
        steps: int,
        look: int | None = None,
        velocity: str | None = None,
    ) -> None:
        self._progress, self._frames, self._steps = progress, frames, steps
        self._look, self._velocity = look, velocity
        self._before: Any = None
        self.taken = 0

    @property
    def tensors(self) -> list[str]:
        """What the pipeline hands over at each step."""
        looks_at = self._velocity if self._look is not None else None
        return ["latents", *([looks_at] if looks_at is not None else [])]

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
        velocity = tensors.get(self._velocity) if self._velocity is not None else None
        return {"latents": expected(pipeline.scheduler, self._before, latents, index, velocity)}


def allow(pipeline: Any, tensor: str | None) -> None:
    """Let a pipeline hand over one of its tensors more."""
    if tensor is not None:
        pipeline._callback_tensor_inputs = [*pipeline._callback_tensor_inputs, tensor]  # noqa: SLF001


def expected(scheduler: Any, before: Any, after: Any, index: int, velocity: Any = None) -> Any:
    """What a flow model expects the picture to become, from the latents before and after step ``index``.

    Where the pipeline does not tell its ``velocity`` at that step it is taken from the difference, which needs latents
    in float32: rounded to bfloat16 they would leave grain.

    Raises GeneratorError for a scheduler that tells too little.
    """
    from diffusers.schedulers.scheduling_flow_match_euler_discrete import FlowMatchEulerDiscreteScheduler

    config = scheduler.config
    foresees = getattr(config, "predict_x0", False) or getattr(config, "algorithm_type", "") in _FORESEEING
    if foresees and getattr(scheduler, "model_outputs", None):
        return scheduler.model_outputs[-1].to(after.dtype)
    sigmas: Any = getattr(scheduler, "sigmas", ())
    straight = isinstance(scheduler, FlowMatchEulerDiscreteScheduler) and not config.stochastic_sampling
    told = velocity is not None and isinstance(scheduler, FlowMatchEulerDiscreteScheduler)
    if not (straight or told) or len(sigmas) <= index + 1:
        raise GeneratorError(
            f"nobody can look into a take that is made with {type(scheduler).__name__}. "
            "Write draft: {steps: 10, scale: 0.5} instead of look."
        )
    start, end = float(sigmas[index]), float(sigmas[index + 1])
    if velocity is not None:
        return (before.double() - start * velocity.double()).to(after.dtype)
    return (after.double() - end * (after.double() - before.double()) / (end - start)).to(after.dtype)


_FORESEEING = frozenset({"dpmsolver++", "sde-dpmsolver++"})
"""Kinds of DPM-Solver that keep what they expect, as UniPC does, and not the noise."""
