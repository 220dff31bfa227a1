"""Rows of files that other tools export: CSV, lines of JSON, or a JSON list.

Lines are read one by one, since a log may be large.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from ..model import Location
from .document_faults import UnreadableError
from .json_files import json_value, read_whole

SUFFIXES = (".csv", ".json", ".jsonl", ".ndjson", ".tsv")
"""Files that are read, from a folder."""

Values = dict[str, Any]


def read_rows(path: Path, file: str) -> Iterator[tuple[int, Values]]:
    """Line (0 where a file has no row on each line) and values of each row.

    Raises:
        UnreadableError: it cannot be opened, is too large, or is neither CSV nor JSON.
    """
    if path.suffix.lower() in (".csv", ".tsv"):
        yield from _rows_of_csv(path, file)
        return
    for line, record in _records(path, file):
        if isinstance(record, dict):
            yield line, record


def files_in(path: Path) -> Iterator[Path]:
    """The file itself, or those of a folder that may hold rows, by name."""
    if not path.is_dir():
        yield path
        return
    for each in sorted(path.iterdir()):
        if each.suffix.lower() in SUFFIXES and each.is_file() and not each.is_symlink():
            yield each


def _records(path: Path, file: str) -> Iterator[tuple[int, Any]]:
    """Line and value: of each line, of each item of a list, or of the one value there is."""
    try:
        with path.open("rb") as opened:
            if _has_objects_on_lines(opened):
                for number, line in enumerate(opened, 1):
                    if line.strip():
                        yield number, json_value(line, file, number)
                return
    except OSError as error:
        raise UnreadableError(f"`{file}` cannot be read: {error.strerror}") from None
    value = json_value(read_whole(path, file), file)
    yield from ((0, each) for each in (value if isinstance(value, list) else [value]))


def _has_objects_on_lines(opened: BinaryIO) -> bool:
    """Whether the first two lines that say something are objects; goes back to the beginning."""
    first = list(islice((line.strip() for line in opened if line.strip()), 2))
    opened.seek(0)
    return len(first) == 2 and all(line[:1] == b"{" and line[-1:] == b"}" for line in first)


def _rows_of_csv(path: Path, file: str) -> Iterator[tuple[int, Values]]:
    line = 1
    try:
        with path.open(encoding=_encoding(path), newline="") as opened:
            head = opened.readline()
            opened.seek(0)
            rows = csv.DictReader(opened, delimiter=max(",;\t|", key=head.count), strict=True)
            line = 2
            for row in rows:
                yield line, {key: value for key, value in row.items() if isinstance(key, str)}
                line = rows.line_num + 1
    except OSError as error:
        raise UnreadableError(f"`{file}` cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        hint = "Export it as UTF-8"
        raise UnreadableError("the CSV is not UTF-8", hint=hint, location=Location(file)) from None
    except csv.Error as fault:
        hint = "Export it again; a value of more than 131,072 characters needs JSON"
        place = Location(file, line, 1)
        raise UnreadableError(f"the CSV cannot be read: {fault}", hint=hint, location=place) from None


def _encoding(path: Path) -> str:
    with path.open("rb") as opened:
        return "utf-16" if opened.read(2) in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
