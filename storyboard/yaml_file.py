"""YAML from people: safe, plain data, with the line of every key, and models built from it."""

import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from storyboard.errors import DiskError, InputError, Level, Problem

LIMIT = 5_000_000  # bytes of a file
NODE_LIMIT = 500_000  # values after aliases are followed
DEPTH_LIMIT = 40

Key = str | int
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class YamlFile:
    """A parsed YAML file: ``data`` is dicts, lists, strings, numbers, booleans and None."""

    path: Path | None
    data: Any
    lines: dict[tuple[Key, ...], int] = field(repr=False)

    def line(self, *keys: Key) -> int | None:
        """The 1-based line of the value under ``keys``, or of its nearest ancestor that has one."""
        for end in range(len(keys), -1, -1):
            if (line := self.lines.get(tuple(keys[:end]))) is not None:
                return line
        return None

    def problem(self, what: str, todo: str, *keys: Key, level: Level = Level.ERROR, rule: str = "") -> Problem:
        """A problem at the line of ``keys``."""
        return Problem(what=what, todo=todo, file=self.path, line=self.line(*keys), level=level, rule=rule)

    def get(self, *keys: Key) -> Any:
        """The value under ``keys``, or None."""
        value = self.data
        for key in keys:
            try:
                value = value[key]
            except (KeyError, IndexError, TypeError):
                return None
        return value


def read_yaml(path: Path, limit: int = LIMIT) -> YamlFile:
    """Read a YAML file of a person. Raises InputError for all that is wrong with it."""

    def refuse(what: str, todo: str) -> InputError:
        return InputError(Problem(what=what, todo=todo, file=path))

    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise refuse("is not a regular file.", "Name a YAML file.")
        with path.open("rb") as file:
            raw = file.read(limit + 1)
    except FileNotFoundError:
        raise refuse("there is no such file.", "Check the path.") from None
    except IsADirectoryError:
        raise refuse("is a folder, not a file.", "Name the YAML file in it.") from None
    except PermissionError:
        raise refuse("cannot be read.", "Change its permissions.") from None
    except OSError as error:
        raise DiskError.from_os(error, "cannot read") from error
    if len(raw) > limit:
        raise refuse(f"is larger than {limit:,} bytes.", "A film file holds words, not media; split it.")
    if b"\0" in raw and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refuse("is a binary file, not YAML.", "Name a text file.")
    encoding = "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise InputError(Problem(what="is not UTF-8 text.", todo="Save it as UTF-8.", file=path, line=line)) from None
    return parse_yaml(text, path)


def parse_yaml(text: str, path: Path | None = None) -> YamlFile:
    """Parse YAML 1.2 text into plain data, building nothing that a tag asks for. Raises InputError."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    def refuse(what: str, todo: str, line: int | None = None) -> InputError:
        return InputError(Problem(what=what, todo=todo, file=path, line=line))

    loader = YAML(typ="safe", pure=True)
    try:
        node = loader.compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = " ".join(str(part) for part in (error.context, error.problem) if part)
        raise refuse(
            f"is not valid YAML: {what}.",
            "Check indentation, colons and quotes there.",
            mark.line + 1 if mark else None,
        ) from None
    except YAMLError as error:
        first = str(error).strip().splitlines()
        what = f"is not valid YAML: {first[0] if first else 'unreadable'}."
        raise refuse(what, "Remove what cannot be printed.") from None
    except RecursionError:
        raise refuse("nests too deeply.", f"Keep to {DEPTH_LIMIT} levels.") from None
    except (ValueError, IndexError, AttributeError, KeyError, TypeError, NotImplementedError) as error:
        # ruamel.yaml lets a few of these out on malformed directives and escapes.
        raise refuse(f"is not valid YAML: {error}.", "Check the first lines for stray % or tags.") from None
    if node is None:
        return YamlFile(path, None, {(): 1})
    walker = _Walker(loader.constructor, path)
    data = walker.value(node, (), 0)
    if walker.problems:
        raise InputError(walker.problems)
    return YamlFile(path, data, walker.lines)


_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null"))


class _Walker:
    """Turns composed nodes into plain data, counting as it goes so that aliases cannot blow up."""

    def __init__(self, constructor: Any, path: Path | None) -> None:
        self.constructor = constructor
        self.path = path
        self.lines: dict[tuple[Key, ...], int] = {}
        self.problems: list[Problem] = []
        self.count = 0

    def refuse(self, what: str, todo: str, node: Any) -> InputError:
        return InputError(Problem(what=what, todo=todo, file=self.path, line=node.start_mark.line + 1))

    def value(self, node: Any, keys: tuple[Key, ...], depth: int) -> Any:
        self.count += 1
        if self.count > NODE_LIMIT:
            raise self.refuse("grows too large when its aliases are followed.", "Write it out plainly.", node)
        if depth > DEPTH_LIMIT:
            raise self.refuse("nests too deeply.", f"Keep to {DEPTH_LIMIT} levels.", node)
        self.lines[keys] = node.start_mark.line + 1
        if node.id == "mapping":
            return self.mapping(node, keys, depth)
        if node.id == "sequence":
            return [self.value(item, (*keys, index), depth + 1) for index, item in enumerate(node.value)]
        return self.scalar(node)

    def mapping(self, node: Any, keys: tuple[Key, ...], depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if key_node.id != "scalar":
                raise self.refuse("a key is not a word.", "Use plain words as keys.", key_node)
            key = str(key_node.value)
            line = key_node.start_mark.line + 1
            if key in found:
                self.problems.append(
                    Problem(
                        what=f"“{key}” stands twice.",
                        todo=f"Keep one (the first is on line {self.lines[(*keys, key)]}).",
                        file=self.path,
                        line=line,
                    )
                )
                continue
            found[key] = self.value(value_node, (*keys, key), depth + 1)
            self.lines[(*keys, key)] = line
        return found

    def scalar(self, node: Any) -> Any:
        tag = str(node.tag)
        if tag not in _PLAIN_TAGS:
            if tag == "tag:yaml.org,2002:timestamp":
                return str(node.value)
            raise self.refuse(f"the tag {tag} is not allowed here.", "Write plain text, numbers or lists.", node)
        try:
            return self.constructor.construct_object(node)
        except (ValueError, OverflowError):
            raise self.refuse(f"“{node.value[:40]}” is not a number.", "Put text in quotes.", node) from None


def nearest(word: str, known: list[str] | tuple[str, ...]) -> list[str]:
    """Up to three known words near to ``word``, best first: what "did you mean" offers."""
    from rapidfuzz import fuzz, process, utils

    hits = process.extract(word, known, scorer=fuzz.WRatio, processor=utils.default_process, limit=3, score_cutoff=55)
    return [hit[0] for hit in hits]


def did_you_mean(word: str, known: list[str] | tuple[str, ...]) -> str:
    """What to do about an unknown word: the nearest known ones, or all of them when they are few."""
    if near := nearest(word, known):
        return f"Did you mean {' or '.join(near)}?"
    return f"Known here: {', '.join(known)}." if known and len(known) <= 20 else ""


def build(model: type[M], doc: YamlFile, *keys: Key) -> M:
    """Validate the data under ``keys`` as ``model``. Raises InputError that holds every fault, with lines."""
    data = doc.get(*keys)
    try:
        return model.model_validate({} if data is None else data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        raise InputError(_problems(model, doc, keys, details)) from None


def _problems(
    model: type[BaseModel], doc: YamlFile, keys: tuple[Key, ...], details: list[ErrorDetails]
) -> list[Problem]:
    problems: list[Problem] = []
    seen: set[tuple[int | None, str]] = set()
    for detail in details:
        location = _real_location(doc, keys, detail["loc"])
        what, todo = _explain(model, detail, location[len(keys) :])
        problem = doc.problem(what, todo, *location)
        if (problem.line, problem.what) not in seen:
            seen.add((problem.line, problem.what))
            problems.append(problem)
    return problems


def _real_location(doc: YamlFile, keys: tuple[Key, ...], loc: tuple[Key, ...]) -> tuple[Key, ...]:
    """Drop what pydantic adds to a location (union branches, validators) and the file does not hold."""
    at = list(keys)
    for index, part in enumerate(loc):
        if (*at, part) in doc.lines or (index == len(loc) - 1 and isinstance(doc.get(*at), dict)):
            at.append(part)
    return tuple(at)


def _explain(model: type[BaseModel], detail: ErrorDetails, location: tuple[Key, ...]) -> tuple[str, str]:
    """What is wrong, in the words of somebody who writes YAML, and what to do."""
    last = location[-1] if location else None
    name = f"entry {last + 1}" if isinstance(last, int) else f"“{last}”" if location else "the file"
    inside = f" under {_dotted(location[:-1])}" if len(location) > 1 else ""
    kind = detail["type"]
    if kind == "extra_forbidden":
        known = _fields_at(model, location[:-1])
        return f"unknown key {name}{inside}.", did_you_mean(str(last), known)
    if kind == "missing":
        return f"{name} is missing{inside}.", "Add it."
    given = detail.get("input")
    context = detail.get("ctx", {})
    if kind == "value_error":
        message = re.sub(r"^Value error, ", "", detail["msg"]).rstrip(".")
    else:
        message = _PLAINLY.get(kind, "").format(**context) or detail["msg"].rstrip(".")
    if kind in _NEEDS_KEYS:
        known = [] if kind == "dict_type" else _fields_at(model, location)
        todo = f"Its keys are {', '.join(known)}." if known else "Write “name: words” below it, a line each."
    else:
        todo = "Begin each entry with a dash, or write [one, another]." if kind in _NEEDS_LIST else ""
    shown = "" if "not " in message or isinstance(given, dict | list) else f", not {_shown(given)}"
    if not location:
        return f"{message}{shown if given is not None else ''}.", todo
    colon = ":" if kind == "value_error" and not message.startswith("must") else ""
    return f"{name}{inside}{colon} {message}{shown}.", todo


_NEEDS_KEYS = ("model_type", "model_attributes_type", "dict_type")
_NEEDS_LIST = ("list_type", "tuple_type")
_PLAINLY = {
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float", "int_parsing_size"), "must be a whole number"),
    **dict.fromkeys(("float_type", "float_parsing", "finite_number"), "must be a number"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "must be true or false"),
    **dict.fromkeys(_NEEDS_LIST, "must be a list"),
    **dict.fromkeys(_NEEDS_KEYS, "must have keys of its own"),
    "string_type": "must be text",
    "string_pattern_mismatch": "must be of the form {pattern}",
    "literal_error": "must be {expected}",
    "greater_than_equal": "must be at least {ge}",
    "greater_than": "must be more than {gt}",
    "less_than_equal": "must be at most {le}",
    "less_than": "must be less than {lt}",
}
"""What pydantic says in the terms of Python, in the terms of YAML."""


def _dotted(location: tuple[Key, ...]) -> str:
    return ".".join(str(key + 1 if isinstance(key, int) else key) for key in location)


def _shown(value: Any) -> str:
    words = {None: "nothing", True: "true", False: "false"}
    if value is None or isinstance(value, bool):
        return words[value]
    return f"“{value}”" if isinstance(value, str) else str(value)


def _fields_at(model: Any, location: tuple[Key, ...]) -> list[str]:
    """The keys that a model allows at a place within it."""
    models = _models_in(model)
    for part in location:
        deeper: list[type[BaseModel]] = []
        for candidate in models:
            fields = {(info.alias or name): info for name, info in candidate.model_fields.items()}
            if isinstance(part, str) and part in fields:
                deeper += _models_in(fields[part].annotation)
        models = deeper or models
    return sorted({info.alias or name for each in models for name, info in each.model_fields.items()})


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    """Every model class that an annotation mentions, also within unions, lists and mappings."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if get_origin(annotation) in (Union, UnionType, list, tuple, dict) or get_args(annotation):
        return [found for part in get_args(annotation) for found in _models_in(part)]
    return []
