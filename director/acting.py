"""What the actions of a film's shots say to its rehearsal: read once when the film is planned."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from characters.continuity import Appearance
from director.project import Project
from render.previz.acting.story import ReadShot, read_shots
from storyboard.errors import InputError, Level, Problem
from storyboard.paths import inside
from storyboard.shot import Shot


@dataclass(frozen=True)
class ActedShot:
    """What a stage has of its shot's acting beside the beats: see ``render.request.Stage``."""

    opening: tuple[tuple[str, str], ...] = ()
    verbs: tuple[tuple[str, str], ...] = ()
    text_model: str = ""


def read_actions(
    project: Project, shots: Sequence[Shot], seen: dict[str, Appearance], cache: Path
) -> tuple[dict[str, ActedShot], list[Problem]]:
    """Every shot's acting by its id, and a note for each verb that nobody can act.

    Where film.yaml names a text model it is asked for the verbs that the lexicon does not have, and its answers are
    kept in ``cache``, so that it is loaded once. Raises InputError where it cannot be.
    """
    company = {shot.id: (seen[shot.id].cast, seen[shot.id].props) for shot in shots}
    read = read_shots(shots, company)
    unknown = {verb for shot in read.values() for verb, _ in shot.unknown}
    folder = model_folder(project)
    if folder is None or not unknown:
        acted = {shot_id: ActedShot(shot.opening) for shot_id, shot in read.items()}
        return acted, _unacted(project, read, {})
    from render.previz.acting.text_model import revision_of

    revision = revision_of(folder)
    verbs = _answers(unknown, folder, cache / f"verbs-{revision}.json")
    read = read_shots(shots, company, verbs)  # a verb that is known now can move somebody, or seat them
    acted = {}
    for shot in shots:
        asked = tuple(sorted((v, verbs[v]) for v in _verbs_of(shot, company, unknown) if verbs.get(v)))
        acted[shot.id] = ActedShot(read[shot.id].opening, asked, revision if asked else "")
    return acted, _unacted(project, read, verbs)


def _verbs_of(shot: Shot, company: dict, unknown: set[str]) -> set[str]:
    alone = read_shots([shot], company)
    return {verb for verb, _ in alone[shot.id].unknown} & unknown


def model_folder(project: Project) -> Path | None:
    """The folder of the text model that film.yaml names for the previz: beside the film, or an absolute path."""
    settings = project.film.generator
    written = settings.params.get("text_model") if settings.name == "previz" else None
    if written is None:
        return None
    where = {"file": project.doc.path, "line": project.doc.line("generator", "text_model")}
    todo = "Name the folder that SentenceTransformer.save() wrote, in the film's folder or by its absolute path."
    if not isinstance(written, str):
        raise InputError(Problem(what="text_model: must be the path of a folder.", todo=todo, **where))  # type: ignore[arg-type]
    try:
        folder = Path(written) if Path(written).is_absolute() else inside(project.folder, written)
    except ValueError as error:
        raise InputError(Problem(what=f"text_model: {written} {error}.", todo=todo, **where)) from error  # type: ignore[arg-type]
    if not folder.is_dir():
        raise InputError(Problem(what=f"text_model: there is no folder {written}.", todo=todo, **where))  # type: ignore[arg-type]
    return folder


def _answers(unknown: set[str], folder: Path, kept: Path) -> dict[str, str]:
    """The model's answers, asked for once."""
    from render.previz.acting.text_model import acts_like

    try:
        known = json.loads(kept.read_text(encoding="utf-8"))
        answers = {str(verb): str(act) for verb, act in known.items()}
    except (OSError, ValueError, AttributeError):
        answers = {}
    if missing := unknown - answers.keys():
        answers |= acts_like(missing, folder)
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(".part")
        part.write_text(json.dumps(answers, indent=1, sort_keys=True), encoding="utf-8")
        part.replace(kept)
    return answers


def _unacted(project: Project, read: dict[str, ReadShot], verbs: dict[str, str]) -> list[Problem]:
    found: dict[tuple[str, int], Problem] = {}
    for shot in read.values():
        for verb, line in shot.unknown:
            asked = "; the text model knows nothing like it" if verb in verbs else ""
            found[verb, line] = Problem(
                what=f"nobody here knows how to act “{verb}”{asked}: who does it stands and waits.",
                todo="Say it with a plainer verb, or name a text model: generator: {name: previz, text_model: FOLDER}.",
                file=project.screenplay.file,
                line=line,
                level=Level.NOTE,
                rule="unacted",
            )
    return list(found.values())
