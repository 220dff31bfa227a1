"""JSON files of other tools, read whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..model import Location
from .document_faults import UnreadableError

MAX_BYTES = 500_000_000
"""A greater file is not read."""


def read_json(path: Path, file: str) -> dict[str, Any]:
    """The object that a JSON file holds.

    Raises:
        UnreadableError: it cannot be opened, is too large, or holds something else.
    """
    value = json_value(read_whole(path, file), file)
    if not isinstance(value, dict):
        raise UnreadableError("the JSON holds no object", location=Location(file, 1, 1))
    return value


def read_whole(path: Path, file: str) -> bytes:
    """The bytes of a file that another tool wrote.

    Raises:
        UnreadableError: it cannot be opened or is too large.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            limit = f"{MAX_BYTES / 1e6:.0f} MB are allowed"
            raise UnreadableError(f"`{file}` has {size / 1e6:.0f} MB, {limit}", location=Location(file))
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"`{file}` cannot be read: {error.strerror}") from None


def json_value(content: bytes, file: str, line: int = 1) -> Any:
    """The value of a JSON text that begins at a line of a file.

    Raises:
        UnreadableError: it is no JSON.
    """
    try:
        return json.loads(content)
    except json.JSONDecodeError as fault:
        place = Location(file, line + fault.lineno - 1, fault.colno)
        ends = fault.pos >= len(fault.doc.rstrip()) or fault.msg.startswith("Unterminated")
        message = "the JSON breaks off" if ends else "this is no JSON"
        raise UnreadableError(message, hint="Let its tool write it again", location=place) from None
    except (ValueError, RecursionError):  # no text, a number of thousands of digits, too deep
        raise UnreadableError("this is no JSON that can be read", location=Location(file)) from None
