"""Types of warehouses and the few kinds of values that data contracts and semantic models know.

Pure text: the first word of a type decides, in whatever dialect it is written.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache


class Kind(StrEnum):
    """Kinds of values, in the words of ODCS 3.1 (`logicalType`)."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    TIMESTAMP = "timestamp"
    ARRAY = "array"
    OBJECT = "object"


_PATTERNS = (
    (Kind.ARRAY, r"ARRAY|LIST|.*\[\d*\]"),
    (Kind.OBJECT, r"STRUCT|RECORD|ROW|MAP|OBJECT"),
    (Kind.INTEGER, r"U?(?:TINY|SMALL|MEDIUM|BIG|HUGE|BYTE)?INT\d*|INTEGER|(?:BIG|SMALL)?SERIAL|LONG|SHORT"),
    (Kind.NUMBER, r"(?:BIG)?(?:NUMERIC|DECIMAL)|NUMBER|DEC|FLOAT\d*|DOUBLE|REAL|(?:SMALL)?MONEY"),
    (Kind.BOOLEAN, r"BOOL|BOOLEAN"),
    (Kind.DATE, r"DATE"),
    (Kind.TIMESTAMP, r"(?:SMALL)?DATETIME\w*|TIMESTAMP\w*"),
    (Kind.TIME, r"TIME"),
    (Kind.STRING, r"STRING|N?VARCHAR2?|N?CHAR|CHARACTER|(?:TINY|MEDIUM|LONG|N)?TEXT|CLOB|UUID|BPCHAR"),
)

UNAMBIGUOUS = {Kind.STRING: "STRING", Kind.INTEGER: "INTEGER", Kind.BOOLEAN: "BOOLEAN", Kind.DATE: "DATE"}
"""Kinds that mean one type in each dialect; what a number or a timestamp is, differs."""


@lru_cache(maxsize=4096)
def kind_of(type_: str | None) -> Kind | None:
    """The kind of values that a type of a warehouse holds; None where that is not known."""
    written = re.sub(r"\s*[(<].*", "", (type_ or "").upper().strip(), flags=re.DOTALL)
    word = written if written.endswith("]") else written.partition(" ")[0]
    return next((kind for kind, pattern in _PATTERNS if re.fullmatch(pattern, word)), None)
