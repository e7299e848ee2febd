"""What is wrong with a film, collected while it is planned, so that all of it is refused at once."""

import contextlib
from collections.abc import Iterator

from director.film import Budget, FilmFile
from director.ladder import DEFAULT
from director.project import Project
from render.generators.base import Generator
from storyboard.errors import InputError, Level, Problem
from storyboard.yaml_file import YamlFile, did_you_mean


class Faults:
    """Collects what is wrong with a film while it is planned, so that all of it is refused at once."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.problems: list[Problem] = list(project.problems)
        self.kind: type[InputError] = InputError

    @property
    def found(self) -> bool:
        """Whether anything is wrong, not merely doubtful."""
        return any(problem.level is Level.ERROR for problem in self.problems)

    @contextlib.contextmanager
    def about(self, key: str) -> Iterator[None]:
        """What is refused within is about this key of film.yaml: it gets its file and line."""
        try:
            yield
        except InputError as error:
            doc = self.project.doc
            where = {"file": doc.path, "line": doc.line(key)}
            self.problems += [one if one.file else one.model_copy(update=where) for one in error.problems]
            self.kind = type(error)

    def refuse(self, problems: tuple[Problem, ...], *, whole: bool) -> None:
        """Raise what was found if anything is wrong, with the doubts if ``whole``."""
        wrong = [problem for problem in problems if problem.level is Level.ERROR]
        if wrong:
            kind = self.kind if len(wrong) == 1 else InputError
            doubts = [problem for problem in problems if problem.level is not Level.ERROR]
            raise kind([*wrong, *(doubts if whole else ())])


def unpriced(budget: Budget, generator: Generator | None, doc: YamlFile) -> list[Problem]:
    """An error where a film has money and nobody says what a second costs."""
    if generator is None or budget.money is None or budget.price is not None:
        return []
    if generator.capabilities().price is not None:
        return []
    todo = "Say what a generated second costs: price: 0.05."
    return [doc.problem("has money and no price, and its generator has none either.", todo, "budget")]


def unknown_steps(film: FilmFile, doc: YamlFile) -> list[Problem]:
    """An error for each entry of the ladder that is about no check."""
    known = [*DEFAULT, *(check.name for check in film.checks.also)]
    unknown = [name for name in film.reroll.ladder if name.partition(".")[0] not in known]
    return [
        doc.problem(f"names the check “{name}”.", did_you_mean(name, known), "reroll", "ladder", name)
        for name in unknown
    ]
