"""`wan-vace`: identity images, the rehearsal as control video and a first frame, in one call (Jiang et al. 2025)."""

from typing import Any

from render.fit import shown_twice
from render.generators.base import Capabilities
from render.generators.models.base import DiffusersGenerator
from render.generators.models.pictures import control_video, first_frame_of, references_of
from render.generators.models.settings import GuidedSettings
from render.generators.models.wan import capable
from render.request import Request

GUIDES = (0.4, 0.6, 0.8, 1.0, 1.25, 1.5)
"""Strengths of the guide that a reroll may climb to."""


class WanVace(DiffusersGenerator):
    """WanVACEPipeline: `Wan-AI/Wan2.1-VACE-1.3B-diffusers`, `-14B-`, or a folder of that kind."""

    name = "wan-vace"
    pipeline_class = "WanVACEPipeline"
    settings_class = GuidedSettings

    @property
    def guided(self) -> bool:
        return self.settings.guide != "none"

    def capabilities(self) -> Capabilities:
        share, scale = self._draft
        guided = self.guided
        own = {
            "max_references": self.settings.references,
            "last_frame": True,
            "guided_by": self.settings.guide if guided else None,
            "control": tuple(each for each in GUIDES if each > self.settings.control) if guided else (),
            "draft": share,
            "draft_scale": scale,
        }
        return capable(self.settings, self.weights.folder, own)

    def inputs(self, request: Request, frames: int) -> dict[str, Any]:
        """A control video with an all-white mask; a first frame in its place, masked black; references on white."""
        from PIL import Image

        size = (request.width, request.height)
        white, black = Image.new("L", size, 255), Image.new("L", size, 0)
        ahead = shown_twice(request, self.capabilities())
        video = control_video(request, self.settings.guide, frames, ahead, self.film) if self.guided else None
        first = first_frame_of(request)
        if video is None and first is not None:
            video = [Image.new("RGB", size, (128, 128, 128))] * frames  # grey: nothing is said
        told: dict[str, Any] = {}
        if video is not None:
            masks = [white] * frames
            if first is not None:
                video[0], masks[0] = first, black
            told |= {"video": video, "mask": masks}
        if request.references:  # an empty list is refused by the pipeline, in words that nobody understands
            told["reference_images"] = [references_of(request.references, *size)]
        strength = request.params.get("control", self.settings.control)
        return told | {"conditioning_scale": float(str(strength))}
