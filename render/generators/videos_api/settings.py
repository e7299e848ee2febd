"""The settings of ``videos-api``: what film.yaml gives under ``generator``."""

from typing import Annotated, Literal

from pydantic import Field, JsonValue, model_validator

from render.generators.servers.settings import IDLE, ServerSettings
from render.generators.videos_api.dialects import DIALECTS, Dialect, Role, places

Field_ = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_\[\]-]*$")]

_OURS = frozenset(
    {"prompt", "negative_prompt", "model", "size", "width", "height", "num_frames", "seconds", "fps", "seed"}
    | {"num_inference_steps", "guidance_scale", "extra_params", "user", "n", "num_outputs_per_prompt"}
)
"""Fields of the form that the request and other settings fill."""


class VideosSettings(ServerSettings):
    """A server of ``/v1/videos``, and what its model takes."""

    dialect: Literal["vllm-omni", "sglang"] = "vllm-omni"
    model: Annotated[str, Field(min_length=1)] | None = None
    steps: Annotated[int, Field(ge=1, le=1000)] | None = None
    guidance: Annotated[float, Field(ge=0, le=100)] | None = None
    negative: bool = True
    first_frame: bool = False
    references: Annotated[int, Field(ge=0, le=16)] = 0
    strength_as: Field_ | None = None  # the name, among extra_params, of the guide's strength
    parts: dict[Role, Field_] = {}  # where pictures and the guide are put in the form
    fields: dict[Field_, JsonValue] = {}  # other fields of the form
    extra: dict[str, JsonValue] = {}  # extra_params
    idempotent: bool = False  # the server knows a job that comes a second time by its Idempotency-Key
    exclusive: bool = False  # nobody but this film sends jobs to the server

    @model_validator(mode="after")
    def _goes_together(self) -> "VideosSettings":
        dialect = self.spoken
        if self.references > dialect.pictures and "references" not in self.parts:
            raise ValueError(f"references: {dialect.name} takes {dialect.pictures} at most")
        if self.guided_by and not dialect.guided and "control" not in self.parts:
            raise ValueError(
                f"guided_by: {dialect.name} has no part for a guide; if this server has one, name it: "
                "parts: {control: video_reference}"
            )
        if (self.strengths or self.control is not None) and self.strength_as is None:
            raise ValueError("control and strengths need strength_as, the server's name for the guide's strength")
        if ours := sorted(_OURS & self.fields.keys()):
            raise ValueError(f"fields: {', '.join(ours)} cannot be written there, the request fills it")
        used = places(dialect, self.roles, self.references, self.parts)
        for role, field in used.items():
            for other, same in used.items():
                if role < other and field == same:
                    raise ValueError(
                        f"{role} and {other} would both be sent as {field}, and the server could not tell them apart; "
                        "leave one out, or say where each goes under parts"
                    )
        return self

    @property
    def spoken(self) -> Dialect:
        return DIALECTS[self.dialect]

    @property
    def roles(self) -> tuple[Role, ...]:
        """What beside words a request may bring."""
        there = {"first_frame": self.first_frame, "references": self.references > 0, "control": bool(self.guided_by)}
        return tuple(role for role, brought in there.items() if brought)  # type: ignore[misc]


IDLE_VIDEOS = IDLE | {"references", "idempotent", "exclusive"}
"""Settings that change no pixel of a request."""
