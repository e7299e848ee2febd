"""film.json: which frames of the film show which take, for other programs."""

from itertools import pairwise

from render.cut.edit import Clip, Edit
from render.cut.pieces import blend_halves, blends
from storyboard.frozen import Frozen


class Share(Frozen):
    """The frames of the film that a clip contributes to, those it shares with its neighbours included."""

    start: int
    frames: int


def shares(edit: Edit) -> tuple[Share, ...]:
    """Where every clip is seen, in order: its own frames and what a dissolve or wipe adds on either side."""
    before = [0, *(_halves(clip)[0] for clip, _ in pairwise(edit.clips))]
    after = [*(_halves(clip)[1] for clip, _ in pairwise(edit.clips)), 0]
    found: list[Share] = []
    now = 0
    for clip, ahead, behind in zip(edit.clips, before, after, strict=True):
        found.append(Share(start=now - ahead, frames=clip.frames + ahead + behind))
        now += clip.frames
    return tuple(found)


def _halves(clip: Clip) -> tuple[int, int]:
    return blend_halves(clip.joint_out.frames) if blends(clip) else (0, 0)


def film_json(edit: Edit) -> dict[str, object]:
    """The film as plain data: ``fps``, and of each shot ``id``, ``start``, ``frames`` and ``key``."""
    rate = edit.rate
    return {
        "title": edit.title,
        "fps": rate.numerator if rate.denominator == 1 else float(rate),
        "rate": str(rate),
        "width": edit.width,
        "height": edit.height,
        "frames": edit.frames,
        "shots": [
            {
                "id": clip.shot,
                "scene": clip.scene,
                "start": share.start,
                "frames": share.frames,
                "key": clip.key,
                "failing": clip.failing,
            }
            for clip, share in zip(edit.clips, shares(edit), strict=True)
        ],
    }
