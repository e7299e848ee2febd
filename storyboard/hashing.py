"""Canonical JSON and content keys. Pure: no file is read here."""

import hashlib
import json
from typing import Any

from pydantic_core import to_jsonable_python

ALGORITHM = "shotgraph-1"
"""Prefix of everything hashed; a changed canonical form is a new algorithm and a new name here."""


def _settle(value: Any) -> Any:
    """Make numbers that are equal write alike: 5 and 5.0 are one number to a person."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {str(key): _settle(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_settle(item) for item in value]
    return value


def canonical_json(value: Any) -> str:
    """Sorted, compact JSON of a model, dataclass or plain value; NaN and infinities raise ValueError."""
    plain = _settle(to_jsonable_python(value, inf_nan_mode="constants"))
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), allow_nan=False, ensure_ascii=False)


def digest(kind: str, value: Any) -> str:
    """Hex SHA-256 (64 digits) over algorithm, kind and canonical JSON of ``value``."""
    text = f"{ALGORITHM}:{kind}:{canonical_json(value)}"
    return hashlib.sha256(text.encode()).hexdigest()


def seed_from(*parts: Any) -> int:
    """A seed in 0 … 2³¹−1 that depends on the parts alone, the same on every machine."""
    return int(digest("seed", list(parts))[:8], 16) & 0x7FFF_FFFF
