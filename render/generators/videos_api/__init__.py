"""Video servers that speak ``/v1/videos``: vLLM-Omni, SGLang-Diffusion and what is like them."""

from render.generators.videos_api.generator import VideosApi

__all__ = ["VideosApi"]
