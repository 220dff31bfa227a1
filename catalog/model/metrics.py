"""What a definition may say of a metric."""

from __future__ import annotations

import datetime

from pydantic import Field

from .described import Change, Described, KnownIssue, Reference
from .places import Name, Text, Written
from .vocabulary import Additivity, Certification, Direction, MetricType, Relation


class MetricPart(Written):
    """Numerator or denominator: the SQL, and the same in words."""

    expression: Text
    label: Text | None = Field(default=None, description="In plain words, as it stands in the fraction.")
    note: Text | None = Field(default=None, description="A condition worth saying beside it.")
    dated_by: Name | None = Field(
        default=None,
        description="Column (`table.column`) that dates its rows, where that of the other part is another.",
    )


class MetricExample(Written):
    """A few rows of the source and the value they give. They are run through the metric's SQL."""

    title: Text | None = Field(default=None, description="What it shows, in a few words.")
    columns: tuple[Name, ...] = Field(
        min_length=1, description="Those columns of the source that the SQL reads."
    )
    rows: tuple[tuple[str | int | float | bool | datetime.date | None, ...], ...] = Field(
        default=(), description="A list of values for each row, in the order of the columns."
    )
    expected: str | int | float | bool | datetime.date | None = Field(
        description="The value; a number is compared to the decimals it is written with."
    )
    note: Text | None = Field(default=None, description="What to see in it.")


class ComputedBy(Written):
    """SQL that computes a metric too, and is held to its definition."""

    column: Name | None = Field(
        default=None,
        description="The output: `table.column`; with `sql:`, a column of it, or `query.column` of its WITH.",
    )
    sql: Text | None = Field(
        default=None,
        description="A file of the project beside this one (ends in .sql or .py), or the query itself.",
    )
    filter: Text | None = Field(
        default=None,
        description="SQL over the source: what it leaves out on purpose, beyond the metric's filter.",
    )
    grouped_by: tuple[Text, ...] = Field(
        default=(), description="SQL over the source: what exactly one value of it stands for."
    )
    differs_because: Text | None = Field(
        default=None,
        description="Why it may compute something else; then a difference is shown, and no finding.",
    )


class RelatedMetric(Written):
    """Another metric worth knowing, and why."""

    name: Name
    relation: Relation = Relation.COMPANION
    text: Text | None = Field(default=None, description="The question it answers.")


class Metric(Described):
    """A number that people quote."""

    abbreviation: Text | None = None
    synonyms: tuple[Text, ...] = ()
    purpose: Text | None = Field(default=None, description="The decision it serves.")
    usage: Text | None = None
    limitations: tuple[Text, ...] = ()
    do_not_use_for: tuple[Text, ...] = ()
    includes: tuple[Text, ...] = Field(default=(), description="What counts, in words.")
    excludes: tuple[Text, ...] = Field(default=(), description="What does not count, in words.")
    type: MetricType = MetricType.SIMPLE
    formula: Text | None = Field(default=None, description="The computation in words.")
    source: Name | None = Field(default=None, description="Table the expression reads.")
    expression: Text | None = Field(default=None, description="SQL over the source.")
    numerator: MetricPart | None = None
    denominator: MetricPart | None = None
    filter: Text | None = Field(default=None, description="SQL condition on the rows that are read.")
    unit: Text | None = None
    statistic: Text | None = None
    additivity: Additivity | None = None
    direction: Direction | None = None
    grain: Text | None = Field(default=None, description="What one value stands for.")
    dimensions: tuple[Name, ...] = Field(default=(), description="Columns of the source it may be split by.")
    time_anchor: Name | None = Field(default=None, description="Column that places a row in time.")
    timezone: Text | None = None
    matures_after: Text | None = Field(default=None, description="ISO 8601 duration after which it is final.")
    late_data: Text | None = Field(
        default=None, description="ISO 8601 duration by which rows may arrive late."
    )
    population: Text | None = None
    target: Text | None = None
    worked_example: Text | None = Field(default=None, description="Markdown, with numbers.")
    examples: tuple[MetricExample, ...] = Field(
        default=(), description="Rows and the value they give, run at every check."
    )
    computed_by: tuple[ComputedBy, ...] = Field(
        default=(), description="Other SQL that computes it, held to this definition at every check."
    )
    related_metrics: tuple[RelatedMetric, ...] = ()
    certification: Certification | None = None
    version: Text | None = None
    effective_from: datetime.date | None = None
    last_reviewed: datetime.date | None = None
    review_by: datetime.date | None = None
    deprecation_date: datetime.date | None = None
    replacement: Name | None = None
    contact: Text | None = None
    changes: tuple[Change, ...] = ()
    known_issues: tuple[KnownIssue, ...] = ()
    authoritative_definitions: tuple[Reference, ...] = ()
