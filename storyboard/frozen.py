"""The base of every model: frozen, and strict about names."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A value: immutable, comparable, and closed to unknown fields.

    A changed shot is a new shot: use ``value.model_copy(update={...})``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
