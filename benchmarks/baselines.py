"""What takes are commonly measured by, as baselines: how unlike a whole frame is, with no look at who is in it."""

import itertools
import json
from pathlib import Path

import drifting
import numpy as np
from drifting import Shown

from characters.likeness.appearance import Appearance
from characters.likeness.base import Crop
from director.checks.base import Showing
from director.judging import Judging, expectation_key, showing_of

BASELINES = {
    "steady": "whole frame, to the first frame and the one before, as VBench's subject consistency",
    "rehearsal": "whole frame, to the rehearsal's",
    "reference": "whole frame, to a reference picture of each subject",
    "pixels": "pixel difference to the rehearsal",
}
_VERSION = "2"
_LOOKS = 5  # spread over the take
_known: dict[str, tuple[np.ndarray, np.ndarray]] = {}


def baselines(take: Shown, cache: Path) -> dict[str, float]:
    """What each baseline makes of a take, kept in the cache: it hangs on no check."""
    path = cache / f"baselines-{_VERSION}" / f"{take.take.key}.json"
    if path.is_file():
        return json.loads(path.read_text(encoding="utf-8"))
    found = unlike(drifting.judging(take, cache))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found), encoding="utf-8")
    return found


def unlike(job: Judging) -> dict[str, float]:
    """How unlike a take is by each baseline, at five looks of the rehearsal."""
    showing = showing_of(job)
    assert showing.expected is not None
    assert job.rehearsed is not None
    every = showing.expected.looks
    looks = [every[place] for place in sorted({round(i * (len(every) - 1) / (_LOOKS - 1)) for i in range(_LOOKS)})]
    frames = list(showing.read([look.frame for look in looks]))
    embedder = Appearance()
    key = expectation_key(job.rehearsed)
    if key not in _known:
        references = embedder.embed(_references(showing))
        told = references[~np.isnan(references).any(axis=1)]
        _known[key] = embedder.embed([_whole(look.rgb) for look in looks]), told
    wanted, told = _known[key]
    shown = embedder.embed([_whole(frame) for frame in frames])
    steady = [(max(float(shown[0] @ v), 0.0) + max(float(u @ v), 0.0)) / 2 for u, v in itertools.pairwise(shown)]
    difference = [np.abs(one.astype(np.int16) - look.rgb).mean() / 255 for one, look in zip(frames, looks, strict=True)]
    return {
        "steady": 1 - float(np.mean(steady)),
        "rehearsal": 1 - float(np.mean(np.sum(shown * wanted, axis=1))),
        "reference": 1 - float(np.mean(shown @ told.T)) if len(told) else 1.0,
        "pixels": float(np.mean(difference)),
    }


def _whole(frame: np.ndarray) -> Crop:
    return Crop(np.ascontiguousarray(frame), np.ones(frame.shape[:2], np.float32))


def _references(showing: Showing) -> list[Crop]:
    """The rehearsal's best picture of everybody and everything: what a reference image would show."""
    assert showing.expected is not None
    crops: list[Crop] = []
    for entity in range(1, len(showing.expected.seen) + 1):
        best = max(showing.expected.looks, key=lambda look: int((look.ids == entity).sum()))
        box = best.box(entity)
        if box is not None:
            x, y, across, down = box
            cut = slice(y, y + down), slice(x, x + across)
            crops.append(Crop(np.ascontiguousarray(best.rgb[cut]), (best.ids[cut] == entity).astype(np.float32)))
    return crops
