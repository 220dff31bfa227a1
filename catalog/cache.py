"""Results of pure functions by content hash, in one SQLite file. Texts only: nothing in it is ever executed.

Runs may share the file at the same time and be ended at any moment. It is never needed: what is damaged,
foreign or of another form is dropped with a note, and where nothing can be kept the run does without.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Protocol

APPLICATION = 0x504C4D42
"""Marks a SQLite file as one of ours (`PRAGMA application_id`)."""

FORM = 1
"""Number of the file's form; a file of another form is dropped."""

LAYOUT = (
    "CREATE TABLE result (key BLOB NOT NULL, value TEXT NOT NULL, seal BLOB NOT NULL)",
    "CREATE UNIQUE INDEX result_key ON result (key)",
)

LARGEST = 256_000_000
"""Bytes beyond which the oldest results go that this run did not use."""

AT_ONCE = 500
"""Keys asked for in one query."""

PATIENCE = 20.0
"""Seconds to wait for another run that is writing."""

Key = bytes


class Kept(Protocol):
    """What keeps results: a text for a key."""

    def get(self, keys: Iterable[Key]) -> dict[Key, str]:
        """The results that are known."""

    def put(self, results: Mapping[Key, str]) -> None:
        """Keeps results."""


class Passing:
    """Keeps results as long as it lives."""

    def __init__(self) -> None:
        self._results: dict[Key, str] = {}

    def get(self, keys: Iterable[Key]) -> dict[Key, str]:
        """The results that are known."""
        return {key: self._results[key] for key in keys if key in self._results}

    def put(self, results: Mapping[Key, str]) -> None:
        """Keeps results."""
        self._results |= results


class Cache:
    """An open cache. `notes` say what was wrong with it; that is no fault of the project."""

    def __init__(self, path: Path, *, largest: int = LARGEST) -> None:
        self.notes: tuple[str, ...] = ()
        self._path = path
        self._largest = largest
        self._used: set[Key] = set()
        self._file = self._opened()

    def get(self, keys: Iterable[Key]) -> dict[Key, str]:
        """The results that are known. One whose seal is broken is not."""
        found: dict[Key, str] = {}
        wanted = iter(dict.fromkeys(keys))
        while some := list(islice(wanted, AT_ONCE)):
            for key, value, seal in self._rows(some):
                if isinstance(value, str) and seal == seal_of(key, value):
                    found[key] = value
                else:
                    self._note("holds damaged results, which are made anew")
        self._used |= found.keys()
        return found

    def put(self, results: Mapping[Key, str]) -> None:
        """Keeps results. They outlive the run from now on."""
        self._used |= results.keys()
        rows = [(key, value, seal_of(key, value)) for key, value in results.items()]
        with self._troubles():
            if self._file is not None and rows:
                with transaction(self._file):
                    self._file.executemany("INSERT OR REPLACE INTO result VALUES (?, ?, ?)", rows)

    def close(self) -> None:
        """Lets old results go if there are too many, and closes the file."""
        with self._troubles():
            if self._file is not None and size_of(self._file) > self._largest:
                forget_oldest(self._file, self._used, self._largest * 3 // 4)
        self._let_go()

    def _opened(self) -> sqlite3.Connection | None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            return self._sound() or self._anew()
        except (sqlite3.DatabaseError, OSError) as fault:
            self._without(fault)
        return None

    def _sound(self) -> sqlite3.Connection | None:
        """The file if it is ours and whole, or new; None if it has to go."""
        file = connect(self._path)
        try:
            if prepare(file):
                return file
            self._note("was of another form and is begun anew")
        except sqlite3.OperationalError:  # Locked, or not ours to write: no reason to drop it.
            file.close()
            raise
        except sqlite3.DatabaseError as fault:
            self._note(f"was damaged ({fault}) and is begun anew")
        file.close()
        return None

    def _without(self, fault: Exception) -> None:
        self._note(f"cannot be used ({fault}), so that nothing is kept")

    def _anew(self) -> sqlite3.Connection:
        for suffix in ("", "-journal", "-wal", "-shm"):
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
        file = connect(self._path)
        prepare(file)
        return file

    def _rows(self, keys: list[Key]) -> list[tuple[Key, object, object]]:
        with self._troubles():
            if self._file is not None:
                places = ",".join("?" * len(keys))
                query = f"SELECT key, value, seal FROM result WHERE key IN ({places})"  # noqa: S608
                return self._file.execute(query, keys).fetchall()
        return []

    @contextmanager
    def _troubles(self) -> Iterator[None]:
        """What the file does not let us do is left undone; a damaged file goes."""
        try:
            yield
        except sqlite3.OperationalError as fault:
            self._note(f"cannot be read or written ({fault}), so that some results are not kept")
        except sqlite3.DatabaseError as fault:
            self._note(f"was damaged ({fault}) and is begun anew")
            self._let_go()
            try:
                self._file = self._anew()
            except (sqlite3.DatabaseError, OSError) as another:
                self._without(another)

    def _let_go(self) -> None:
        if self._file is not None:
            self._file.close()
        self._file = None

    def _note(self, what: str) -> None:
        note = f"the cache `{self._path}` {what}"
        self.notes = (*self.notes, note) if note not in self.notes else self.notes


def key_of(*parts: str) -> Key:
    """The hash of some texts; other parts have another one, wherever they are cut."""
    digest = blake2b(digest_size=20)
    for part in parts:
        content = part.encode("utf-8", "surrogatepass")
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.digest()


def seal_of(key: Key, value: str) -> bytes:
    """A hash that tells whether a result is what was kept under its key."""
    return blake2b(value.encode("utf-8", "surrogatepass"), key=key, digest_size=16).digest()


def connect(path: Path) -> sqlite3.Connection:
    """The file, not looked into yet."""
    return sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)


def prepare(file: sqlite3.Connection) -> bool:
    """Makes a file ready, which is laid out if empty. False: it is not empty, and not of our form.

    A run that is killed leaves it whole. A power cut may damage it (`synchronous`), which seals and SQLite
    find out; to wait for the disk would cost more than that.
    """
    file.execute("PRAGMA trusted_schema = OFF")
    file.execute("PRAGMA synchronous = OFF")
    if is_ours(file):
        return True
    with transaction(file):
        if is_ours(file):  # Another run was quicker.
            return True
        if file.execute("SELECT count(*) FROM sqlite_master").fetchone() != (0,):
            return False
        for statement in LAYOUT:
            file.execute(statement)
        file.execute(f"PRAGMA application_id = {APPLICATION}")
        file.execute(f"PRAGMA user_version = {FORM}")
    return True


def is_ours(file: sqlite3.Connection) -> bool:
    """Does the file have our mark, our form, and nothing else in it."""
    marks = tuple(file.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    layout = file.execute("SELECT sql FROM sqlite_master ORDER BY rowid").fetchall()
    return marks == (APPLICATION, FORM) and tuple(sql for (sql,) in layout) == LAYOUT


@contextmanager
def transaction(file: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; takes the right to write at once, so that two runs wait and never block each other."""
    with file:
        file.execute("BEGIN IMMEDIATE")
        yield


def size_of(file: sqlite3.Connection) -> int:
    """Bytes that are in use."""
    pages, free, size = (
        file.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * size)


def forget_oldest(file: sqlite3.Connection, used: set[Key], enough: int) -> None:
    """Deletes the results kept longest, but none of `used`, until no more than `enough` bytes are left."""
    surplus = size_of(file) - enough
    old = []
    for row, key, length in file.execute("SELECT rowid, key, length(value) FROM result ORDER BY rowid"):
        if surplus <= 0:
            break
        if key not in used:
            old.append((row,))
            surplus -= length
    with transaction(file):
        file.executemany("DELETE FROM result WHERE rowid = ?", old)
