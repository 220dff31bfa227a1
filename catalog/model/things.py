"""Reports, jobs, teams, terms and enumerations, and the list of all kinds."""

from __future__ import annotations

from pydantic import Field

from .described import Described, KnownIssue, Table
from .metrics import Metric
from .places import Name, Text, Written
from .vocabulary import JobType, ReportType


class ReportField(Written):
    """A field of a report and what it shows: a metric, a column (`table.column`), or what it computes."""

    name: Name
    metric: Name | None = None
    column: Name | None = None
    columns: tuple[Name, ...] = Field(
        default=(), description="Columns (`table.column`) that it is computed from, in the report itself."
    )
    expression: Text | None = Field(default=None, description="How, in the language of the tool.")
    filter: Text | None = Field(default=None, description="How it differs from the standard definition.")

    @property
    def reads(self) -> tuple[tuple[str, str], ...]:
        """The columns behind it, each with the key at which it is written."""
        computed = ((f"columns.{index}", name) for index, name in enumerate(self.columns))
        return (("column", self.column), *computed) if self.column else tuple(computed)


class Report(Described):
    """A dashboard, workbook, file or script that shows numbers to people."""

    type: ReportType = ReportType.DASHBOARD
    tool: Text | None = None
    url: Text | None = None
    refresh: Text | None = None
    access: Text | None = Field(default=None, description="Who may open it, and how to ask.")
    metrics: tuple[Name, ...] = ()
    tables: tuple[Name, ...] = Field(default=(), description="Tables it reads as a whole.")
    fields: tuple[ReportField, ...] = ()
    known_issues: tuple[KnownIssue, ...] = ()


class Job(Described):
    """A scheduled query or script."""

    type: JobType = JobType.SCHEDULED_QUERY
    path: Text | None = Field(default=None, description="File it runs.")
    schedule: Text | None = Field(default=None, description="Cron expression.")
    timezone: Text = "UTC"
    tables: tuple[Name, ...] = Field(default=(), description="Tables it writes.")
    depends_on: tuple[Name, ...] = Field(default=(), description="Jobs that run before it.")
    on_failure: Text | None = None


class Team(Described):
    """A team that owns things and answers questions."""

    email: Text | None = None
    channel: Text | None = None
    response_time: Text | None = None
    code_owner: Text | None = Field(
        default=None, description="What it is called in CODEOWNERS (`@org/team`)."
    )


class Term(Described):
    """A word of the glossary."""

    definition: Text
    synonyms: tuple[Text, ...] = ()
    related: tuple[Name, ...] = Field(default=(), description="Other terms.")
    not_the_same_as: tuple[Text, ...] = ()
    source: Text | None = None


class EnumValue(Written):
    """One value of an enumeration."""

    value: str | int | float | bool
    label: Text | None = None
    description: Text | None = None


class Enum(Described):
    """A shared list of values that columns point to."""

    values: tuple[EnumValue, ...] = ()
    source: Text | None = None


KINDS: dict[str, type[Described]] = {
    "tables": Table,
    "metrics": Metric,
    "reports": Report,
    "jobs": Job,
    "teams": Team,
    "terms": Term,
    "enums": Enum,
}
"""Name of a list in a definition file → what its items are."""
