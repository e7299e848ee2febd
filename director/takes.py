"""The store of takes: content-addressed files with a sidecar each, and an index that they can rebuild.

Layout, beside the film file::

    .shotgraph/takes/ab/ab12…/0.mkv, 1.mkv, take.json     a take: its segments in order, and what it is
    .shotgraph/decisions.jsonl                            what a person decided, a line for each
    .shotgraph/early/ab12…                                a mark: this take was shot before anybody asked for it
    .shotgraph/anchors/ab12….png                          crops that stand for who has no reference image
    .shotgraph/index.db                                   SQLite: takes, verdicts, plans, decisions
    .shotgraph/cache/                                     pieces of the cut and voices: may be deleted
    .shotgraph/locks/

A take is *done* when its sidecar stands: segments are written first, the sidecar last, each through a
``.part`` file that is synced and renamed. What lacks a sidecar is swept.
"""

import contextlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import JsonValue, ValidationError

from director.locks import held
from storyboard.errors import DiskError, MachineError
from storyboard.frozen import Frozen
from storyboard.hashing import digest

SIDECAR = "take.json"


class Segment(Frozen):
    """One file of a take."""

    file: str  # name within the take's folder
    key: str  # what it was made from: the take's key, its place, and the frame it continues from
    sha256: str
    bytes: int
    frames: int


class Take(Frozen):
    """A take that was made, as its sidecar tells it."""

    format: int = 1  # of the sidecar
    key: str
    recipe: str
    shot: str  # id for people, when it was made
    fingerprint: str
    attempt: int  # 0 for the first
    seed: int
    changes: tuple[str, ...] = ()
    generator: str
    version: str
    inputs: dict[str, JsonValue]  # the recipe's fields, as they were
    resolved: dict[str, str] = {}  # content hashes of what the take grew from
    width: int
    height: int
    rate: str
    frames: int  # handles included
    head: int
    tail: int
    segments: tuple[Segment, ...]
    provenance: JsonValue = None  # how and on what it was made, where the generator tells; part of no key
    truth: JsonValue = None  # what the generator did to the take, where it can say so; for benchmarks only
    seconds: float  # how long the making took
    made: str  # when, ISO 8601; never part of a key


def take_key(recipe: str, seed: int, changes: Iterable[str], resolved: dict[str, str]) -> str:
    """The content address of a take: same key, same pixels."""
    return digest("take", {"recipe": recipe, "seed": seed, "changes": list(changes), "resolved": resolved})


def write_atomic(path: Path, text: str) -> None:
    """Write a file so that it is whole or absent, whatever happens. Raises DiskError."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise DiskError.from_os(error, "cannot write") from error


def sync_folder(folder: Path) -> None:
    """Make renames in ``folder`` survive a power cut, where the system allows it."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


_SCHEMA = """
CREATE TABLE IF NOT EXISTS takes (
    key TEXT PRIMARY KEY, recipe TEXT NOT NULL, fingerprint TEXT NOT NULL, shot TEXT NOT NULL,
    attempt INTEGER NOT NULL, seed INTEGER NOT NULL, frames INTEGER NOT NULL, bytes INTEGER NOT NULL,
    seconds REAL NOT NULL, made TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS takes_fingerprint ON takes (fingerprint);
CREATE TABLE IF NOT EXISTS judged (
    take TEXT NOT NULL, eye TEXT NOT NULL, verdicts TEXT NOT NULL, PRIMARY KEY (take, eye));
CREATE TABLE IF NOT EXISTS plans (
    film TEXT NOT NULL, fingerprint TEXT NOT NULL, place INTEGER NOT NULL, plan TEXT NOT NULL,
    PRIMARY KEY (film, fingerprint));
CREATE TABLE IF NOT EXISTS runs (
    film TEXT PRIMARY KEY, report TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS decisions (
    number INTEGER PRIMARY KEY, decision TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS facts (
    key TEXT PRIMARY KEY, fact TEXT NOT NULL);
"""


def standing_take(folder: Path) -> Take | None:
    """The finished take in this folder, its files all there at their full length, or None."""
    try:
        take = Take.model_validate_json((folder / SIDECAR).read_text(encoding="utf-8"))
        whole = all((folder / one.file).stat().st_size == one.bytes for one in take.segments)
    except (OSError, ValidationError):
        return None
    return take if whole else None


class Store:
    """The takes of one folder. Open it for reading at any time; nobody waits for readers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / ".shotgraph"
        self.takes = self.folder / "takes"
        self.cache = self.folder / "cache"
        self.locks = self.folder / "locks"
        self.anchors = self.folder / "anchors"
        self.early = self.folder / "early"
        self.decided = self.folder / "decisions.jsonl"
        self._connection: sqlite3.Connection | None = None

    @property
    def exists(self) -> bool:
        """Whether anything was ever made here."""
        return self.folder.is_dir()

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                path = self.folder / "index.db"
                fresh = not path.exists()
                self._connection = _connect(path)
            except OSError as error:
                raise DiskError.from_os(error, "cannot write") from error
            except sqlite3.DatabaseError:
                self._connection, fresh = self._replace_index(), True
            if fresh:
                self.rebuild()
        return self._connection

    def _replace_index(self) -> sqlite3.Connection:
        """A damaged index is only an index: set it aside and read the sidecars again."""
        for suffix in ("", "-wal", "-shm"):
            path = self.folder / f"index.db{suffix}"
            with contextlib.suppress(OSError):
                path.replace(path.with_name(f"{path.name}.damaged"))
        try:
            return _connect(self.folder / "index.db")
        except sqlite3.Error as error:
            raise DiskError(
                f"cannot write the index in {self.folder}: {error}. Free some space or check its rights, and "
                "run the same command again: it goes on."
            ) from error

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        connection = self._open()
        try:
            with connection:
                yield connection
        except sqlite3.Error as error:
            raise DiskError(
                f"cannot write the index in {self.folder}: {error}. Free some space or check its rights, "
                "and run the same command again: it goes on."
            ) from error

    def _rows(self, query: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        if not self.exists:
            return []
        try:
            return self._open().execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise DiskError(
                f"cannot read the index in {self.folder}: {error}. Delete index.db: it is rebuilt."
            ) from error

    def take_folder(self, key: str) -> Path:
        """Where the take of this key stands or would stand."""
        return self.takes / key[:2] / key

    def find(self, key: str) -> Take | None:
        """The finished take of this key, its files all there at their full length, or None."""
        return standing_take(self.take_folder(key))

    def has(self, keys: Iterable[str]) -> set[str]:
        """Which of these keys the index holds as finished. Quick: no sidecar is read."""
        wanted = list(keys)
        found: set[str] = set()
        for start in range(0, len(wanted), 500):
            some = tuple(wanted[start : start + 500])
            marks = ",".join("?" * len(some))
            found.update(row[0] for row in self._rows(f"SELECT key FROM takes WHERE key IN ({marks})", some))  # noqa: S608
        return found

    def files(self, take: Take) -> tuple[Path, ...]:
        """The take's segments in order."""
        return tuple(self.take_folder(take.key) / segment.file for segment in take.segments)

    def add(self, take: Take) -> None:
        """Record a take whose segments are on disk: sidecar first, then the index."""
        text = json.dumps(take.model_dump(mode="json"), indent=1, ensure_ascii=False, sort_keys=True)
        write_atomic(self.take_folder(take.key) / SIDECAR, text + "\n")
        self.index([take])

    def index(self, takes: Iterable[Take]) -> None:
        """Enter takes into the index: from now on they are seen, also those that were shot early."""
        takes = list(takes)
        if self.early.is_dir():
            for take in takes:
                self.mark_early(take.key, early=False)
        rows = [
            (
                take.key,
                take.recipe,
                take.fingerprint,
                take.shot,
                take.attempt,
                take.seed,
                take.frames,
                sum(segment.bytes for segment in take.segments),
                take.seconds,
                take.made,
            )
            for take in takes
        ]
        with self._writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO takes VALUES (?,?,?,?,?,?,?,?,?,?)", rows)

    def forget(self, key: str) -> None:
        """Remove a take: its sidecar first, so that a half-removed take is no take."""
        folder = self.take_folder(key)
        try:
            (folder / SIDECAR).unlink(missing_ok=True)
            shutil.rmtree(folder, ignore_errors=True)
            self.mark_early(key, early=False)
        except OSError as error:
            raise DiskError.from_os(error, "cannot remove") from error
        with self._writing() as connection:
            connection.execute("DELETE FROM takes WHERE key = ?", (key,))
            connection.execute("DELETE FROM judged WHERE take = ?", (key,))

    def all_takes(self, fingerprint: str | None = None) -> list[Take]:
        """Every finished take, or those of one shot, in the order of their making."""
        where, values = ("", ()) if fingerprint is None else ("WHERE fingerprint = ?", (fingerprint,))
        rows = self._rows(f"SELECT key FROM takes {where} ORDER BY made, key", values)  # noqa: S608
        return [take for row in rows if (take := self.find(row[0])) is not None]

    def rebuild(self) -> int:
        """Read every sidecar into the index, but for takes that nobody asked for; returns how many there are."""
        early = self._early_keys()
        keys = [path.parent.name for path in self.takes.glob("*/*/" + SIDECAR)]
        takes = [take for key in keys if key not in early and (take := self.find(key))]
        if takes:
            self.index(takes)
        return len(takes)

    def mark_early(self, key: str, *, early: bool = True) -> None:
        """Mark a take as one that nobody asked for yet, before it is shot, or take the mark away."""
        try:
            if early:
                self.early.mkdir(parents=True, exist_ok=True)
                (self.early / key).touch()
            else:
                (self.early / key).unlink(missing_ok=True)
        except OSError as error:
            raise DiskError.from_os(error, "cannot write") from error

    def made_early(self) -> list[Take]:
        """The finished takes that nobody has asked for."""
        return [take for key in sorted(self._early_keys()) if (take := self.find(key)) is not None]

    def _early_keys(self) -> set[str]:
        return {path.name for path in self.early.iterdir()} if self.early.is_dir() else set()

    def leavings(self) -> list[Path]:
        """Folders of takes that no sidecar vouches for: being written, or left by a killed run."""
        return [folder for folder in self.takes.glob("*/*") if not (folder / SIDECAR).exists()]

    def sweep(self) -> None:
        """Remove what no sidecar vouches for and nobody is writing."""
        for folder in self.leavings():
            try:
                with held(self.locks / f"{folder.name}.lock", wait=0):
                    if not (folder / SIDECAR).exists():
                        shutil.rmtree(folder, ignore_errors=True)
            except MachineError:
                continue  # somebody is shooting it right now
        for key in self._early_keys():
            if not (self.take_folder(key) / SIDECAR).exists():
                self.mark_early(key, early=False)

    def verdicts(self, wanted: Iterable[tuple[str, str]]) -> dict[str, str]:
        """Take key → its verdicts as JSON, for each (take, eye) that was judged."""
        found: dict[str, str] = {}
        eyes = dict(wanted)
        keys = list(eyes)
        for start in range(0, len(keys), 500):
            some = tuple(keys[start : start + 500])
            marks = ",".join("?" * len(some))
            query = f"SELECT take, eye, verdicts FROM judged WHERE take IN ({marks})"  # noqa: S608
            found |= {take: text for take, eye, text in self._rows(query, some) if eyes[take] == eye}
        return found

    def last_verdicts(self, take: str) -> str | None:
        """What was said of a take last, by whatever eye, as JSON."""
        rows = self._rows("SELECT verdicts FROM judged WHERE take = ? ORDER BY rowid DESC LIMIT 1", (take,))
        return rows[0][0] if rows else None

    def add_verdicts(self, take: str, eye: str, verdicts: str) -> None:
        """Record what an eye (checks of certain versions, told certain things) said of a take, as JSON."""
        with self._writing() as connection:
            connection.execute("INSERT OR REPLACE INTO judged VALUES (?,?,?)", (take, eye, verdicts))

    def decisions(self) -> list[str]:
        """What a person decided, as JSON, in order: from the file, or from the index where there is none."""
        try:
            text = self.decided.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return [row[0] for row in self._rows("SELECT decision FROM decisions ORDER BY number")]
        except OSError as error:
            raise DiskError.from_os(error, "cannot read") from error
        return [line for line in text.splitlines() if line.strip()]

    def add_decision(self, decision: str) -> None:
        """Keep a decision, JSON in one line, after all the others."""
        with held(self.locks / "decisions.lock"):
            lines = [*self.decisions(), decision]
            write_atomic(self.decided, "".join(f"{line}\n" for line in lines))
            with self._writing() as connection:
                connection.execute("DELETE FROM decisions")
                connection.executemany("INSERT OR IGNORE INTO decisions (decision) VALUES (?)", [(x,) for x in lines])

    def fact(self, key: str) -> str | None:
        """What was worked out once under this key."""
        rows = self._rows("SELECT fact FROM facts WHERE key = ?", (key,))
        return rows[0][0] if rows else None

    def add_fact(self, key: str, fact: str) -> None:
        """Keep what was worked out; it can be worked out again."""
        with self._writing() as connection:
            connection.execute("INSERT OR REPLACE INTO facts VALUES (?,?)", (key, fact))

    def last_plan(self, film: str) -> list[dict[str, Any]]:
        """What the film's last run planned, shot by shot, in film order."""
        query = "SELECT plan FROM plans WHERE film = ? ORDER BY place"
        return [json.loads(row[0]) for row in self._rows(query, (film,))]

    def save_plan(self, film: str, plan: Iterable[tuple[str, str]]) -> None:
        """Record (fingerprint, plan JSON) of every shot, in film order."""
        rows = [(film, fingerprint, place, text) for place, (fingerprint, text) in enumerate(plan)]
        with self._writing() as connection:
            connection.execute("DELETE FROM plans WHERE film = ?", (film,))
            connection.executemany("INSERT OR REPLACE INTO plans VALUES (?,?,?,?)", rows)

    def last_run(self, film: str) -> dict[str, Any] | None:
        """The report of the film's last finished run."""
        rows = self._rows("SELECT report FROM runs WHERE film = ?", (film,))
        return json.loads(rows[0][0]) if rows else None

    def save_run(self, film: str, report: dict[str, Any]) -> None:
        """Record the report of a finished run."""
        with self._writing() as connection:
            connection.execute("INSERT OR REPLACE INTO runs VALUES (?,?)", (film, json.dumps(report)))

    def close(self) -> None:
        """Close the index."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=60, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.executescript(_SCHEMA)
    return connection
