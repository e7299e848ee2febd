"""What the hub would send for a pipeline, asked before anything is fetched; and fetching it, when a person says so."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from storyboard.errors import MachineError

PATTERNS = ("*.json", "*.safetensors", "*.txt", "*.model", "*.jinja")
"""What is fetched of a pipeline: never a pickle, never code."""

_SECONDS = 20


@dataclass(frozen=True)
class Offer:
    """What the hub has of a model at a commit."""

    model: str
    commit: str
    files: dict[str, int]  # name → bytes, those that would be fetched

    @property
    def bytes(self) -> int:
        return sum(self.files.values())

    @property
    def weights(self) -> dict[str, int]:
        """Bytes of the weights of each part."""
        found: dict[str, int] = {}
        for name, size in self.files.items():
            path = PurePosixPath(name)
            if path.suffix == ".safetensors":
                found[path.parts[0]] = found.get(path.parts[0], 0) + size
        return found


def offered(model: str, revision: str | None) -> Offer:
    """What the hub has. Raises MachineError where it cannot be asked, or has no such model."""
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError

    try:
        told = HfApi().model_info(model, revision=revision, files_metadata=True, timeout=_SECONDS)
    except HfHubHTTPError as error:
        reason = str(error).strip().splitlines()[0]
        where = f"“{model}” at {revision or 'main'}"
        raise MachineError(f"the hub has no {where}, or does not show it: {reason}") from error
    except Exception as error:  # whatever its transport raises, there is no answer
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise MachineError(f"the hub does not answer ({reason})") from error
    files = {one.rfilename: one.size or 0 for one in told.siblings or () if _wanted(one.rfilename)}
    return Offer(model, told.sha or revision or "", files)


def _wanted(name: str) -> bool:
    path = PurePosixPath(name)
    if len(path.parts) > 2:
        return False
    if path.suffix == ".safetensors" and len(path.parts) == 1:
        return False  # the whole model once more, for other programs
    return any(path.match(pattern) for pattern in PATTERNS)


def fetch(offer: Offer) -> Path:
    """Bring a model to this machine; what is there already is not sent again. Raises MachineError."""
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(offer.model, revision=offer.commit, allow_patterns=list(offer.files)))
    except Exception as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise MachineError(f"“{offer.model}” could not be fetched ({reason}). The same command goes on.") from error
