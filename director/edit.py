"""From chosen takes to the edit: what is cut, what is said when, and what sounds under it."""

from fractions import Fraction
from itertools import accumulate, pairwise
from pathlib import Path

from director.attempts import Attempt, ShotState
from director.film import SoundCue
from director.plan import Plan
from director.project import frames_of
from director.takes import Store
from render.cut.edit import Clip, Edit, SoundFile, SpokenLine
from render.fit import cropped
from storyboard.dialect import slate_words
from storyboard.shot import BeatKind


def build_edit(plan: Plan, store: Store, chosen: list[tuple[ShotState, Attempt]]) -> Edit:
    """The edit of these shots in this order, with their lines placed in the film's time."""
    headings = {scene.number: scene.heading.text for scene in plan.project.screenplay.scenes}
    clips: list[Clip] = []
    lines: list[SpokenLine] = []
    scene_starts: dict[str, int] = {}
    now = 0
    settings, size = plan.project.film.cut, plan.project.film.format.size
    for state, attempt in chosen:
        shot, take = state.planned.shot, attempt.take
        first, made = attempt.window.first if attempt.window is not None else take.head, Fraction(take.rate)
        scene_starts.setdefault(shot.scene, now)
        clips.append(
            Clip(
                shot=shot.id,
                key=take.key,
                segments=store.files(take),
                segment_frames=_lengths([segment.frames for segment in take.segments], made, plan.rate),
                head=round(first * plan.rate / made),
                rate=made if made != plan.rate else None,
                crop=(take.width, take.height) != size and cropped((take.width, take.height), size),
                frames=shot.frames,
                scene=shot.scene,
                heading=headings.get(shot.scene, ""),
                joint_in=shot.joint_in,
                joint_out=shot.joint_out,
                note=_note(state),
                slate=f"{shot.id}   {slate_words(shot.camera)}" if settings.slate else "",
                failing=not state.passing,
            )
        )
        lines += [
            SpokenLine(
                character=beat.character or "",
                text=beat.text,
                start=now + beat.start,
                frames=beat.frames,
                sound=plan.speaker.sound(beat),
                seen=beat.seen,
            )
            for beat in shot.beats
            if beat.kind is BeatKind.SPEECH
        ]
        now += shot.frames
    return Edit(
        title=plan.project.title,
        width=size[0],
        height=size[1],
        rate=plan.rate,
        clips=tuple(clips),
        lines=tuple(lines),
        music=_sounds(plan, settings.music, scene_starts),
        effects=_sounds(plan, settings.effects, scene_starts),
        loudness=settings.loudness,
        motion=settings.motion,
        exports=tuple((exporter.name, exporter.params) for exporter in settings.also),
    )


def _lengths(frames: list[int], made: Fraction, film: Fraction) -> tuple[int, ...]:
    """Lengths of files at one rate as frames at another; together they are as long as before."""
    ends = [round(end * film / made) for end in accumulate(frames, initial=0)]
    return tuple(end - start for start, end in pairwise(ends))


def _note(state: ShotState) -> str:
    camera = state.planned.shot.camera
    size = camera.size.value if camera.size else ""
    return ", ".join(word for word in (size, *camera.move_words) if word)


def _sounds(plan: Plan, cues: tuple[SoundCue, ...], starts: dict[str, int]) -> tuple[SoundFile, ...]:
    sounds: list[SoundFile] = []
    for cue in cues:
        if cue.scene is not None and cue.scene not in starts:
            continue  # a cut of some shots only: an unknown scene was refused before
        start = starts[cue.scene] if cue.scene is not None else 0
        sounds.append(
            SoundFile(
                path=Path(plan.project.folder / cue.file),
                start=start + frames_of(cue.at, plan.rate),
                gain_db=cue.gain,
                fade_in=cue.fade_in,
                fade_out=cue.fade_out,
                loop=cue.loop,
            )
        )
    return tuple(sounds)
