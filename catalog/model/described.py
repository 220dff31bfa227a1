"""What definitions of several kinds are made of, and tables with their columns."""

from __future__ import annotations

import datetime
from typing import Any

from pydantic import Field

from .places import Name, Text, Written
from .vocabulary import Audience, Classification, Layer, Status, TableKind


class KnownIssue(Written):
    """A fault in the data, dated, so that a reader of an old number learns of it."""

    since: datetime.date = Field(description="First day affected.")
    until: datetime.date | None = Field(default=None, description="Last day affected; absent while it lasts.")
    text: Text = Field(description="What happened, in one sentence.")
    effect: Text | None = Field(default=None, description="What it does to the numbers.")
    status: Text | None = Field(default=None, description="What was done about it.")
    audience: Audience | None = Field(
        default=None,
        description="Who may read it where it shows; default: that of the thing it is written at.",
    )
    inherited_from: Name | None = Field(
        default=None, description="Column (`table.column`) or metric upstream that has it."
    )


class Change(Written):
    """An entry of the history of a definition."""

    date: datetime.date
    version: Text | None = None
    text: Text = Field(description="What changed and what readers should expect, in plain words.")
    value_changing: bool = Field(default=False, description="Numbers before and after do not compare.")


class Reference(Written):
    """A public text that a definition follows."""

    title: Text
    url: Text | None = None


class Column(Written):
    """A column of a table. `name` may be dotted for a field of a struct (`decision.outcome`)."""

    name: Name
    label: Text | None = Field(default=None, description="Name in plain words; partners see only this.")
    description: Text | None = None
    type: Text | None = Field(default=None, description="Type in the warehouse's dialect.")
    required: bool | None = Field(default=None, description="Never null.")
    unique: bool | None = None
    unit: Text | None = None
    enum: Name | None = Field(default=None, description="Name of the enumeration its values come from.")
    valid_values: tuple[str | int | float | bool, ...] = Field(
        default=(), description="Values that can occur."
    )
    examples: tuple[str | int | float | bool, ...] = ()
    references: Name | None = Field(default=None, description="Table this is a key of.")
    inherit: bool | None = Field(
        default=None, description="Take what is missing from the column this one is a copy of, or refuse to."
    )
    inherited_from: Name | None = Field(
        default=None,
        description="Column (`table.column`) its text is from, as `plumbline inherit` writes it.",
    )
    audience: Audience | None = Field(default=None, description="Default: the table's.")
    classification: Classification | None = None
    personal_data: bool = False
    known_issues: tuple[KnownIssue, ...] = ()
    tags: tuple[Text, ...] = ()


class Described(Written):
    """What every named thing of the catalog may say about itself."""

    name: Name
    label: Text | None = Field(default=None, max_length=80, description="Name in plain words.")
    summary: Text | None = Field(default=None, max_length=300, description="One plain sentence.")
    description: Text | None = Field(default=None, description="Markdown.")
    owner: Name | None = Field(default=None, description="Name of the team that answers for it.")
    audience: Audience = Audience.INTERNAL
    audience_reason: Text | None = Field(default=None, description="Why this audience is right.")
    status: Status = Status.ACTIVE
    domain: Text | None = Field(default=None, description="Topic it is listed under.")
    tags: tuple[Text, ...] = ()
    custom_properties: dict[str, Any] = Field(
        default_factory=dict, description="Free: not read by Plumbline."
    )

    @property
    def title(self) -> str:
        """What to call it in prose."""
        return self.label or self.name


class Table(Described):
    """A table or view of the warehouse."""

    layer: Layer | None = None
    kind: TableKind | None = Field(default=None, description="Default: read from the SQL.")
    purpose: Text | None = None
    usage: Text | None = Field(default=None, description="How to use it well.")
    limitations: tuple[Text, ...] = ()
    grain: Text | None = Field(default=None, description="What one row is, in a sentence.")
    primary_key: tuple[Name, ...] = ()
    partitioned_by: tuple[Text, ...] = ()
    clustered_by: tuple[Text, ...] = ()
    refresh: Text | None = Field(default=None, description="When it is rebuilt, in words.")
    update_frequency: Text | None = Field(default=None, description="ISO 8601 duration between rebuilds.")
    freshness: Text | None = Field(default=None, description="ISO 8601 duration: greatest age promised.")
    retention: Text | None = Field(default=None, description="How long rows are kept.")
    classification: Classification | None = None
    contact: Text | None = None
    replacement: Name | None = None
    deprecation_date: datetime.date | None = None
    review_by: datetime.date | None = None
    last_reviewed: datetime.date | None = None
    sql: Text | None = Field(
        default=None, description="A file beside this one (ends in .sql), or the SQL itself."
    )
    dialect: Name | None = Field(
        default=None, description="SQL dialect, where it differs from the project's."
    )
    columns: tuple[Column, ...] = ()
    changes: tuple[Change, ...] = ()
    known_issues: tuple[KnownIssue, ...] = ()

    def column(self, name: str) -> Column | None:
        """The column of that name, or None."""
        return next((column for column in self.columns if column.name == name), None)
