"""The plan: every shot of the film with who is seen, its locked prompt, its request and its recipe."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import JsonValue
from pydantic_core import to_jsonable_python

from characters.continuity import Appearance, alternatives, appearances, signature
from characters.names import ages_in, names_with
from characters.prompts import LockedPrompt, lock
from characters.sheets import chosen, stale_sheets
from director.acting import ActedShot, read_actions
from director.faults import Faults, unknown_steps, unpriced
from director.losses import losses, shots_named
from director.planned import PlannedShot
from director.project import Project, frames_of
from director.undrawn import undrawn_notes
from director.voices import Speaker
from render.fit import conformed, fit
from render.generators.base import Capabilities, Generator
from render.generators.registry import open_generator
from render.request import Request, Stage
from storyboard.breakdown import break_down
from storyboard.camera import Camera
from storyboard.coverage import STYLES, known_style
from storyboard.errors import Level, Problem, refuse_errors
from storyboard.hashing import digest, seed_from
from storyboard.names import Names
from storyboard.notes import read_note
from storyboard.screenplay import Screenplay, ShotNote, TransitionKind
from storyboard.shot import Joint, Shot
from storyboard.timing import words_per_minute
from storyboard.yaml_file import YamlFile

if TYPE_CHECKING:
    from storyboard.graph import ShotGraph


@dataclass(frozen=True)
class Plan:
    """A film, planned. Pure: made from the project and the generator, and from nothing else."""

    project: Project
    generator: Generator
    shots: tuple[PlannedShot, ...]
    problems: tuple[Problem, ...]  # warnings and notes; errors were refused
    speaker: Speaker
    names: Names

    @property
    def rate(self) -> Fraction:
        return self.project.film.format.rate

    @property
    def frames(self) -> int:
        return sum(planned.shot.frames for planned in self.shots)

    @property
    def price(self) -> float | None:
        """What a generated second costs: as the film says, or as its generator does."""
        own = self.project.film.budget.price
        return own if own is not None else self.generator.capabilities().price

    @cached_property
    def graph(self) -> "ShotGraph":
        """The shots and what ties them together."""
        return _graph([planned.shot for planned in self.shots], {p.shot.id: p.appearance for p in self.shots})

    def expected(self, planned: PlannedShot) -> Request:
        """The request that a take of a shot is held against: as planned, with the other looks and states told."""
        others = alternatives(self.project.bible, self.project.references, planned.appearance)
        return planned.request.model_copy(update={"alternatives": others})

    def find(self, shot_id: str) -> PlannedShot | None:
        """The shot of this id, whatever its case."""
        wanted = shot_id.strip().upper()
        return next((planned for planned in self.shots if planned.shot.id.upper() == wanted), None)


def plan_film(project: Project, cache: Path, *, all_problems: bool = False) -> Plan:
    """Plan a whole film. Raises InputError with every error found; nothing is rendered before that.

    ``all_problems`` also runs the grammar, which needs the graph; what is refused then names the doubts too.
    """
    from storyboard.grammar import silence

    film, faults = project.film, Faults(project)
    generator: Generator | None = None
    with faults.about("generator"):
        generator = open_generator(film.generator.name, film.generator.params, project.folder)
    with faults.about("checks"):
        _open_eyes(project)
    with faults.about("coverage"):
        known_style(film.coverage)
    with faults.about("voice"):
        # Nobody needs to speak for a film that is refused anyway.
        heard = _NOTHING if faults.found else project.screenplay
        speaker = Speaker(film.voice, project.bible, cache / "voice", heard)
    faults.problems += [*unpriced(film.budget, generator, project.doc), *unknown_steps(film, project.doc)]
    names, invented = names_with(project.bible, project.screenplay)
    breakdown = break_down(
        project.screenplay,
        names=names,
        rate=film.format.rate,
        coverage=film.coverage if film.coverage in STYLES else "classic",
        spoken=words_per_minute if faults.found else speaker.seconds,
        dissolve=film.cut.dissolve,
        fade=film.cut.fade,
        wipe=film.cut.wipe,
    )
    bible_doc, keys = project.bible_place
    seen, doubts = appearances(
        project.bible,
        breakdown.shots,
        project.references,
        ages=ages_in(project.screenplay),
        doc=bible_doc,
        keys=keys,
    )
    if project.bible_read:
        faults.problems += [*invented, *breakdown.problems]
    else:  # whom it names is not known: only what has nothing to do with names is said
        faults.problems += [problem for problem in breakdown.problems if problem.rule != "unknown-subject"]
    faults.problems += doubts
    everything = [each for a in seen.values() for each in (*a.cast, *a.props, a.place)]
    faults.problems += stale_sheets(project.sheets, everything, project.folder)
    acted: dict[str, ActedShot] = {}
    with faults.about("generator"):
        acted, unacted = read_actions(project, breakdown.shots, seen, cache)
        faults.problems += unacted if all_problems else []
    if all_problems and film.generator.name == "previz":
        faults.problems += undrawn_notes(project, breakdown.shots, seen)
    planned: tuple[PlannedShot, ...] = ()
    if generator is not None and not faults.found:
        planned = tuple(_planned(project, generator, breakdown.shots, seen, acted, faults.problems))
        faults.problems += losses(generator, planned, film.generator.allow, project.doc)
        faults.problems += _fit_notes(generator, planned, project.doc)
    if all_problems:
        from storyboard.grammar import objections

        graph = _graph(breakdown.shots, seen)
        faults.problems += objections(project.screenplay, breakdown.shots, graph)
    problems = tuple(silence(faults.problems, film.checks.silence, project.doc))
    faults.refuse(problems, whole=all_problems)
    assert generator is not None
    return Plan(project, generator, planned, problems, speaker, names)


def _open_eyes(project: Project) -> None:
    """Refuse what looks or writes by what the machine lacks, before anything is rendered; no weights are loaded."""
    from director.checks.plugins import open_plugins
    from render.cut.exporters.registry import open_exporters

    open_plugins([{"name": each.name, "params": each.params} for each in project.film.checks.also], project.folder)
    open_exporters([(each.name, each.params) for each in project.film.cut.also])
    for eye in (project.film.checks.likeness, project.film.checks.words):
        if eye is not None:
            from characters.likeness.registry import open_embedder

            open_embedder(eye.name, eye.params, project.folder)
    detector = project.film.checks.detector
    if detector is not None:
        from characters.likeness.detector import open_detector

        open_detector(detector.name, detector.params, project.folder)


_NOTHING = Screenplay(file=None, title_page={}, elements=(), scenes=())


def _graph(shots: Iterable[Shot], seen: dict[str, Appearance]) -> "ShotGraph":
    from storyboard.graph import build_graph

    appearance = {
        shot_id: {each.name: signature(each) for each in (*found.cast, *found.props, found.place)}
        for shot_id, found in seen.items()
    }
    return build_graph(tuple(shots), appearance)


def _planned(
    project: Project,
    generator: Generator,
    shots: tuple[Shot, ...],
    seen: dict[str, Appearance],
    acted: dict[str, ActedShot],
    problems: list[Problem],
) -> Iterable[PlannedShot]:
    recipes: dict[str, str] = {}
    handles = shot_handles(project, shots, generator.capabilities().handles)
    continued = {shot.continues for shot in shots} if "parent" in generator.reads else set()
    for shot in shots:
        parent = recipes.get(shot.continues) if shot.continues else None
        joined = (shot.continues is not None, shot.id in continued)
        planned = complete(project, generator, shot, seen[shot.id], handles[shot.id], parent, acted[shot.id], joined)
        problems += [one.model_copy(update={"file": project.screenplay.file}) for one in planned.prompt.problems]
        recipes[shot.id] = planned.recipe
        yield planned


def complete(
    project: Project,
    generator: Generator,
    shot: Shot,
    appearance: Appearance,
    handles: tuple[int, int],
    parent: str | None,
    acted: ActedShot,
    joined: tuple[bool, bool] = (False, False),
) -> PlannedShot:
    """A shot with its prompt, its request and its recipe; ``parent`` is the recipe it continues from.

    ``joined`` says whether it goes on from the shot before, and whether the next goes on from it.
    """
    capabilities = generator.capabilities()
    prompt = lock(shot, appearance, project.bible, count=generator.count_tokens, window=capabilities.tokens)
    asked = request_for(project, capabilities, shot, appearance, prompt, handles, acted)
    follows = joined[0] and "parent" in generator.reads
    request = fit(asked, capabilities, continued=joined[1], follows=follows)
    if "alternatives" in generator.reads:
        others = alternatives(project.bible, project.references, appearance)
        request = request.model_copy(update={"alternatives": others})
    inputs = recipe_inputs(generator, request, parent)
    recipe = digest("recipe", {"generator": generator.name, "version": generator.version, "inputs": inputs})
    said = tuple(conformed(asked, request, capabilities))
    return PlannedShot(shot, appearance, prompt, request, inputs, recipe, handles, said)


def varied_shot(plan: "Plan", planned: PlannedShot, words: dict[str, str]) -> PlannedShot:
    """The same shot with other camera words, written as in a shot note. Raises InputError.

    It has a fingerprint of its own, so that its takes are no attempts of the film's shot.
    """
    note = ShotNote(text=planned.shot.text, line=planned.shot.line, fields=words)
    reading = read_note(note, plan.names, None)
    refuse_errors(reading.problems)
    unsaid = Camera()
    said = {name: value for name, value in reading.camera if value != getattr(unsaid, name)}
    frames = reading.frames or (frames_of(reading.seconds, plan.rate) if reading.seconds else planned.shot.frames)
    shot = planned.shot.model_copy(
        update={
            "camera": planned.shot.camera.model_copy(update=said),
            "frames": frames,
            "fingerprint": digest("variant", [planned.shot.fingerprint, words]),
        }
    )
    stage = planned.request.stage
    acted = ActedShot(stage.opening, stage.verbs, stage.text_model)
    return complete(plan.project, plan.generator, shot, planned.appearance, planned.handles, None, acted)


_OVERLAPPING = (TransitionKind.DISSOLVE, TransitionKind.WIPE)


def shot_handles(project: Project, shots: tuple[Shot, ...], least: int) -> dict[str, tuple[int, int]]:
    """Frames to shoot before and after what is cut, by shot id.

    Half of a dissolve comes from each side's handle. The first shot of a scene has room for the film's usual
    dissolve whatever stands before it, so that an inserted scene changes no recipe but its own. Where one shot
    continues another there is no handle.
    """
    cut, rate = project.film.cut, project.film.format.rate
    usual = -(-frames_of(max(cut.dissolve, cut.wipe), rate) // 2)
    continued = {shot.continues for shot in shots}
    handles: dict[str, tuple[int, int]] = {}
    before: Shot | None = None
    for shot in shots:
        opens = before is None or before.scene_index != shot.scene_index
        head = max(least, usual if opens else 0, _half(before.joint_out) if before else 0)
        tail = max(least, _half(shot.joint_out))
        handles[shot.id] = (0 if shot.continues else head, 0 if shot.id in continued else tail)
        before = shot
    return handles


def _half(joint: Joint) -> int:
    return -(-joint.frames // 2) if joint.kind in _OVERLAPPING else 0


def request_for(
    project: Project,
    capabilities: Capabilities,
    shot: Shot,
    appearance: Appearance,
    prompt: LockedPrompt,
    handles: tuple[int, int],
    acted: ActedShot,
) -> Request:
    """What the generator is asked for, but for the seed."""
    width, height = project.film.format.size
    head, tail = handles
    return Request(
        prompt=prompt.positive,
        negative=prompt.negative if capabilities.negative else "",
        camera=shot.camera,
        stage=Stage(
            place=appearance.place,
            interior=shot.interior,
            time=shot.time,
            weather=shot.weather,
            cast=appearance.cast,
            props=appearance.props,
            marks=shot.scene_cast,
            side=shot.side,
            beats=shot.beats,
            opening=acted.opening,
            verbs=acted.verbs,
            text_model=acted.text_model,
        ),
        width=width,
        height=height,
        rate=shot.rate,
        frames=head + shot.frames + tail,
        head=head,
        tail=tail,
        seed=0,
        references=chosen([*appearance.cast, *appearance.props, appearance.place], capabilities.max_references),
        params=project.film.generator.params,
    )


def _fit_notes(generator: Generator, shots: Sequence[PlannedShot], doc: YamlFile) -> list[Problem]:
    """A note for each way in which takes are made otherwise than the film asks."""
    shots_of: dict[str, list[str]] = {}
    for planned in shots:
        for words in planned.conformed:
            shots_of.setdefault(words, []).append(planned.shot.id)
    found: list[Problem] = []
    for words, ids in shots_of.items():
        which = "every shot" if len(ids) == len(shots) else shots_named(ids)
        verb = words if len(ids) == 1 or len(ids) == len(shots) else words.replace("is made", "are made", 1)
        told = doc.problem(f"with {generator.name}, {which} {verb}.", "", "generator")
        found.append(told.model_copy(update={"level": Level.NOTE, "rule": "generator-fit"}))
    return found


def recipe_inputs(generator: Generator, request: Request, parent: str | None) -> dict[str, JsonValue]:
    """The request's fields that the generator reads, as plain values: paths and lines of files left out."""
    plain: dict[str, Any] = to_jsonable_python(request.model_dump(mode="python", include=set(generator.reads)))
    _drop_places(plain)
    if isinstance(params := plain.get("params"), dict):
        for idle in getattr(generator, "idle", ()):
            params.pop(idle, None)
    if "parent" in generator.reads and parent is not None:
        plain["parent"] = parent
    return plain


def _drop_places(value: Any) -> None:
    """Remove where things stand on disk: a moved file or a shifted line changes no pixel."""
    if isinstance(value, dict):
        for key in ("line", "path"):
            value.pop(key, None)
        for item in value.values():
            _drop_places(item)
    elif isinstance(value, list):
        for item in value:
            _drop_places(item)


def attempt_seed(film_seed: int, fingerprint: str, attempt: int) -> int:
    """The seed of a shot's attempt: the same on every machine, whatever stands before the shot."""
    return seed_from("take", film_seed, fingerprint, attempt)


def plan_rows(plan: Plan) -> list[dict[str, Any]]:
    """The shot list as ``direct plan --json`` prints it."""
    from storyboard.shot_list import shot_rows

    rows = shot_rows([planned.shot for planned in plan.shots])
    for row, planned in zip(rows, plan.shots, strict=True):
        row["prompt"] = planned.prompt.positive
        row["negative"] = planned.prompt.negative
        row["seed"] = attempt_seed(plan.project.film.seed, planned.shot.fingerprint, 0)
        row["recipe"] = planned.recipe
    return rows


def warnings_of(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that are doubts, not information."""
    return [problem for problem in problems if problem.level is Level.WARNING]
