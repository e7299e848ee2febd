"""Which checks a take goes through."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from director.checks.attributes import Attributes
from director.checks.base import Check
from director.checks.black import Black
from director.checks.camera import CameraMoves
from director.checks.cast import Cast
from director.checks.continuity import Continuity
from director.checks.cuts import Cuts
from director.checks.exposure import Exposure
from director.checks.eyes import eye_of, finder_of
from director.checks.flicker import Flicker
from director.checks.framing import Framing
from director.checks.identity import Identity
from director.checks.limits import limits_version
from director.checks.never import Never
from director.checks.plugins import needs_rehearsal, open_plugins
from director.checks.state import State
from director.checks.tempo import Tempo
from director.checks.usable import Usable


def open_checks(
    compared: bool = True, settings: Mapping[str, Any] | None = None, folder: Path | None = None
) -> tuple[Check, ...]:
    """Every check, in the order of their cost; what can be used at all comes first.

    Where takes are not ``compared`` with a rehearsal, it is all that can be asked. ``settings`` as film.yaml has
    them under ``checks``; ``skip`` names checks that are not asked; ``likeness`` and ``words`` name
    embedders, ``detector`` a detector, whose models may stand in the film's ``folder``; ``also`` checks of other
    packages.
    """
    skipped = (settings or {}).get("skip", ())
    checks: tuple[Check, ...] = (
        Usable(),
        Black(),
        Flicker(),
        Cuts(),
        Exposure(),
        Tempo(),
        CameraMoves(),
        Continuity(),
        Framing(),
        Attributes(),
        State(),
        Cast(),
        Never(eye_of(settings, "words", folder)),
        Identity(eye_of(settings, "likeness", folder), finder_of(settings, folder)),
    )
    also = open_plugins((settings or {}).get("also", ()), folder)
    kept = tuple(check for check in checks if check.name not in skipped) if compared else checks[:1]
    return (*kept, *(check for check in also if check.name not in skipped and (compared or not needs_rehearsal(check))))


def checks_version(compared: bool, settings: Mapping[str, Any] | None = None) -> str:
    """The versions of the checks that a take goes through, and of their limits: verdicts of others are not theirs."""
    versions = [f"{check.name}-{check.version}" for check in open_checks(compared, settings)]
    return " ".join([*versions, limits_version()] if compared else versions)
