"""What the definition files may say: one frozen model per kind of thing.

Fields carry the field's standard terms (Open Data Contract Standard 3.1, dbt,
Ossie, OpenLineage). Adding a key to a definition file means adding a field here;
the unknown-key finding and the JSON Schema follow from it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema


class Location(NamedTuple):
    """A place in a file. `line` and `column` count from 1; line 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one mapping stands, and where the values of its own keys stand.

    `marks` holds `(path, line, column)`; the path of a key is its name, the path of
    an item of a list of scalars is `name.index`. `source` says what it was imported from, and is empty for
    what is written by hand. `behind` are the origins of what was merged into it, strongest first.
    """

    file: str = ""
    line: int = 0
    column: int = 0
    marks: tuple[tuple[str, int, int], ...] = ()
    source: str = ""
    behind: tuple[Origin, ...] = ()

    def at(self, path: str = "") -> Location:
        """The place of a value, or of the whole mapping where it has no such key."""
        for name, line, column in self.marks:
            if name == path:
                return Location(self.file, line, column)
        for origin in self.behind:
            for name, line, column in origin.marks:
                if name == path:
                    return Location(origin.file, line, column)
        return Location(self.file, self.line, self.column)

    @property
    def sources(self) -> tuple[str, ...]:
        """What it was imported from, in whole or in part; each once."""
        return tuple(dict.fromkeys(each.source for each in (self, *self.behind) if each.source))


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class Written(BaseModel):
    """Anything written in a definition file: frozen, strict about keys, and it knows where it stands."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=False)

    origin: SkipJsonSchema[Origin] = Field(default=Origin(), alias="__origin__", exclude=True, repr=False)

    def at(self, path: str = "") -> Location:
        """The place of one of its values (`"owner"`, `"synonyms.2"`), or of the thing itself."""
        return self.origin.at(path)


class Audience(StrEnum):
    """Who may see a thing. What says nothing is internal."""

    PARTNER = "partner"
    INTERNAL = "internal"
    RESTRICTED = "restricted"


class Status(StrEnum):
    """Life cycle of a definition (ODCS 3.1 `status`)."""

    PROPOSED = "proposed"
    DRAFT = "draft"
    ACTIVE = "active"
    DEPRECATED = "deprecated"
    RETIRED = "retired"


class Certification(StrEnum):
    """How far a metric may be relied on, as its owner declares it."""

    CERTIFIED = "certified"
    GOVERNED = "governed"
    EXPLORATORY = "exploratory"


class Layer(StrEnum):
    """Place of a table on the way from source to reader."""

    SOURCE = "source"
    REFERENCE = "reference"
    STAGING = "staging"
    INTERMEDIATE = "intermediate"
    MART = "mart"
    REPORT = "report"


class TableKind(StrEnum):
    """What a table is in the warehouse (OpenLineage `datasetType`).

    A query is in no warehouse: a tool that shows numbers keeps it, and reads it like a table.
    """

    TABLE = "table"
    VIEW = "view"
    MATERIALIZED_VIEW = "materialized_view"
    EXTERNAL = "external"
    SHEET = "sheet"
    FILE = "file"
    QUERY = "query"


class Classification(StrEnum):
    """Sensitivity of content (ODCS `classification`)."""

    PUBLIC = "public"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"
    RESTRICTED = "restricted"


class MetricType(StrEnum):
    """How a metric is made (dbt semantic layer)."""

    SIMPLE = "simple"
    RATIO = "ratio"
    CUMULATIVE = "cumulative"
    DERIVED = "derived"
    CONVERSION = "conversion"


class Additivity(StrEnum):
    """Whether values may be added up (Kimball)."""

    ADDITIVE = "additive"
    SEMI_ADDITIVE = "semi_additive"
    NON_ADDITIVE = "non_additive"


class Direction(StrEnum):
    """Which way is good."""

    HIGHER_IS_BETTER = "higher_is_better"
    LOWER_IS_BETTER = "lower_is_better"
    NEUTRAL = "neutral"


class Relation(StrEnum):
    """How two metrics stand to each other."""

    COMPANION = "companion"
    GUARDRAIL = "guardrail"
    SAME_AS = "same_as"
    DIFFERS_FROM = "differs_from"


class JobType(StrEnum):
    """What kind of process a job is."""

    SCHEDULED_QUERY = "scheduled_query"
    PYTHON_SCRIPT = "python_script"
    NOTEBOOK = "notebook"
    EXTRACT = "extract"
    MANUAL_UPLOAD = "manual_upload"


class ReportType(StrEnum):
    """What kind of thing a report is (dbt exposure `type`)."""

    DASHBOARD = "dashboard"
    WORKBOOK = "workbook"
    SPREADSHEET = "spreadsheet"
    DATA_SOURCE = "data_source"
    NOTEBOOK = "notebook"
    DOCUMENT = "document"
    FILE = "file"
    APPLICATION = "application"


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


@dataclass(frozen=True, slots=True)
class Misfit:
    """Something in a file that could not be read as a definition; a check reports it.

    `code` names the check that owns it (`FL001` …); `subject` is the thing or file concerned.
    """

    code: str
    subject: str
    message: str
    location: Location
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class SqlText:
    """One SQL text of the project.

    `table` is the table whose definition names it, None for a file that stands alone. `start`
    is the place of the text's first character, so that a line of the text has a place in a file; its column
    is below 1 where something was put before the first line. A text that has no lines of its own in a file
    starts at line 0. `home` are the database and schema in which names that state none are found first.
    """

    text: str
    start: Location
    dialect: str
    table: str | None = None
    home: tuple[str, ...] = ()

    @property
    def is_python(self) -> bool:
        """Whether the SQL stands in a Python file."""
        return self.start.file.lower().endswith(".py")

    def at(self, line: int, column: int = 1) -> Location:
        """The place in the file of a line and column of the text, both counted from 1."""
        if not self.start.line:
            return self.start
        if line <= 1:
            return Location(self.start.file, self.start.line, max(self.start.column + column - 1, 1))
        return Location(self.start.file, self.start.line + line - 1, self.start.column - 1 + column)


@dataclass(frozen=True, slots=True)
class Flow:
    """Lineage that another tool tells of, and that was not read from SQL.

    Without a `target`, the source was read and nothing was written. `columns` are pairs of a column of the
    source and one of the target. `via` says who tells of it. `count` is the number of runs in which it was
    seen, 0 where nobody counts, and `last` the day of the latest. `dialect` is that of the names, of the
    target's too unless that has its own.
    """

    source: str
    target: str
    via: str
    count: int = 0
    last: datetime.date | None = None
    columns: tuple[tuple[str, str], ...] = ()
    dialect: str = ""
    target_dialect: str = ""

    def joined(self, other: Flow) -> Flow:
        """This and another one of the same tables: runs added up, the later day, the columns of both."""
        days = [day for day in (self.last, other.last) if day]
        columns = tuple(sorted({*self.columns, *other.columns}))
        return replace(self, count=self.count + other.count, last=max(days, default=None), columns=columns)


@dataclass(frozen=True, slots=True)
class Definitions:
    """Everything as it is written: names may repeat, references may dangle."""

    tables: tuple[Table, ...] = ()
    metrics: tuple[Metric, ...] = ()
    reports: tuple[Report, ...] = ()
    jobs: tuple[Job, ...] = ()
    teams: tuple[Team, ...] = ()
    terms: tuple[Term, ...] = ()
    enums: tuple[Enum, ...] = ()
    sql: tuple[SqlText, ...] = ()
    flows: tuple[Flow, ...] = ()
    misfits: tuple[Misfit, ...] = ()

    def things(self) -> Iterator[Described]:
        """All things, kind by kind, in the order they were read."""
        for kind in KINDS:
            yield from getattr(self, kind)


@dataclass(frozen=True, slots=True)
class Catalog:
    """One thing per name. Table and column names are canonical; all mappings are sorted by name.

    `repeats` are the things whose name an earlier one had already taken.
    """

    tables: dict[str, Table]
    metrics: dict[str, Metric]
    reports: dict[str, Report]
    jobs: dict[str, Job]
    teams: dict[str, Team]
    terms: dict[str, Term]
    enums: dict[str, Enum]
    sql: tuple[SqlText, ...] = ()
    flows: tuple[Flow, ...] = ()
    misfits: tuple[Misfit, ...] = ()
    repeats: tuple[Described, ...] = ()

    def things(self) -> Iterator[Described]:
        """All things, kind by kind, by name."""
        for kind in KINDS:
            yield from getattr(self, kind).values()
