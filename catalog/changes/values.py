"""The values that a comparison of two projects is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from ..model import Location


class ChangeClass(StrEnum):
    """What a change does to those who use the thing."""

    MODEL_WIDE = "model_wide"
    COLUMN = "column"
    REMOVED = "removed"
    TYPE = "type"
    UNKNOWN = "unknown"
    ADDITIVE = "additive"
    WORDING = "wording"


HARMLESS = frozenset({ChangeClass.ADDITIVE, ChangeClass.WORDING})
"""Classes of changes after which every number is what it was."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What a change reaches by column lineage, sorted. `partner_pages` are `metric:name`, `table:name` …"""

    metrics: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    partner_pages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alteration:
    """One difference between two projects.

    `subject` is what differs (`table`, `table.column`, `metric:name`), `aspect` what about it (`filter`,
    `unit`). `before` and `after` are as written, empty where there is none. `sentence` says it to people, as
    Markdown with code in backticks. `location` is in the later project, of what is gone in the earlier one.
    """

    kind: ChangeClass
    subject: str
    aspect: str
    sentence: str
    location: Location
    before: str = ""
    after: str = ""
    reach: Reach = field(default_factory=Reach)

    @property
    def is_harmless(self) -> bool:
        """Whether no number changes by it."""
        return self.kind in HARMLESS


@dataclass(frozen=True, slots=True)
class Alterations:
    """All differences, those that change numbers first."""

    all: tuple[Alteration, ...] = ()

    @property
    def value_changing(self) -> dict[str, tuple[Alteration, ...]]:
        """Metric → the changes after which its values may be others, sorted by name."""
        found: dict[str, list[Alteration]] = {}
        for each in self.all:
            for metric in () if each.is_harmless else each.reach.metrics:
                found.setdefault(metric, []).append(each)
        return {metric: tuple(found[metric]) for metric in sorted(found)}
