"""Values of other tools' files, taken for what they should be: whatever has another shape is nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Json = Mapping[str, Any]


def as_keys(value: object) -> Json:
    """A mapping, empty for anything else."""
    return value if isinstance(value, dict) else {}


def as_items(value: object) -> list[Any]:
    """A list, empty for anything else."""
    return value if isinstance(value, list) else []


def texts_of(value: object) -> tuple[str, ...]:
    """Texts that dbt lets people write as one or as a list."""
    items = value if isinstance(value, list) else [value]
    return tuple(each for each in items if isinstance(each, str) and each.strip())
