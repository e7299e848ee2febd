"""A request at another size, length or frame rate: a video model's own, of the same shot."""

from fractions import Fraction

from render.request import Request


def fitted(
    request: Request,
    *,
    size: tuple[int, int] | None = None,
    frames: int | None = None,
    rate: Fraction | None = None,
) -> Request:
    """The same shot at this size (width, height), this many frames and this rate.

    Time stays what it is: at another rate the shot lasts as long and moves as fast, in other steps. ``frames`` is
    counted from the first frame, handle included: fewer end before the shot does, more run on past it. What is not
    said stays as it is, but for the frames, which follow the rate.
    """
    changes: dict[str, object] = {}
    if size is not None:
        changes["width"], changes["height"] = size
    rated = _at_rate(request, rate) if rate is not None and rate != request.rate else request
    if frames is not None and frames != rated.frames:
        changes["frames"] = frames
        over = rated.offset + frames - rated.total
        if over > 0:
            changes["tail"] = rated.tail + over
            changes["whole"] = rated.total + over if rated.whole else 0
        else:
            changes["whole"] = rated.total
    return rated.model_copy(update=changes)


def _at_rate(request: Request, rate: Fraction) -> Request:
    def counted(count: int) -> int:
        return round(count * rate / request.rate)

    beats = tuple(
        beat.model_copy(
            update={"start": counted(beat.start), "frames": counted(beat.start + beat.frames) - counted(beat.start)}
        )
        for beat in request.stage.beats
    )
    head, tail = counted(request.head), counted(request.tail)
    total = head + max(counted(request.frames_of_shot), 1) + tail
    offset = counted(request.offset)
    frames = max(counted(request.offset + request.frames) - offset, 1) if request.whole else total
    return request.model_copy(
        update={
            "stage": request.stage.model_copy(update={"beats": beats}),
            "rate": rate,
            "frames": frames,
            "head": head,
            "tail": tail,
            "offset": offset,
            "whole": total if request.whole else 0,
        }
    )
