"""Tables kept in one piece for each day or month, and the wildcard that reads many: one documented table."""

from __future__ import annotations

import re
from collections.abc import Container

SHARD_ENDS = frozenset("*0123456789")
"""How the name of a piece, or of many, can end."""

SHARD = re.compile(r"(?P<start>.*[^.\d*])(?:\d{8}|\d{6}|\d{0,8}\*)")
"""`events_20240131`, `events_202401`, `events_*`, `events_2024*`."""

WRITTEN = ("*", "yyyymmdd", "YYYYMMDD", "yyyymm", "YYYYMM")
"""What stands for the day or month where all pieces are documented as one table."""


def sharded(name: str, tables: Container[str]) -> str:
    """The documented table that a piece, or a wildcard over pieces, belongs to; else the name itself."""
    found = SHARD.fullmatch(name) if name not in tables else None
    if found is None:
        return name
    wholes = (found["start"] + written for written in WRITTEN)
    return next((whole for whole in wholes if whole in tables), name)
