"""Teams that other tools only know as owners of things."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..model import Described, Team
from ..reading.yaml_values import ORIGIN_KEY


def owners_of(things: Iterable[Described]) -> tuple[Team, ...]:
    """A team for each owner that a thing names, at the first one that does."""
    owners = {thing.owner: thing.origin for thing in reversed(list(things)) if thing.owner}
    return tuple(
        Team.model_validate({"name": name, "email": name if "@" in name else None, ORIGIN_KEY: origin})
        for name, origin in sorted(owners.items())
    )


def people_of(owners: Any) -> tuple[str | None, str]:
    """The owner, and whom to ask beside: the first of what is written, and the others."""
    written = owners if isinstance(owners, list) else [owners]
    people = [each.strip() for each in written if isinstance(each, str) and each.strip()]
    return next(iter(people), None), ", ".join(people[1:])
