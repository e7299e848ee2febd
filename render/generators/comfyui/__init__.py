"""ComfyUI: any workflow that it runs, as a generator."""

from render.generators.comfyui.generator import ComfyUI

__all__ = ["ComfyUI"]
