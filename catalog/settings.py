"""`plumbline.yml`: the settings of a project, read once at the edge."""

from __future__ import annotations

import datetime
import posixpath
from enum import StrEnum

from pydantic import Field

from .mapping import MetricMapping
from .model import Name, Text, Written
from .naming import Naming


class Severity(StrEnum):
    """How much a finding weighs. Only errors make a run fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"


class Waiver(Written):
    """A finding that is accepted for a while."""

    check: Name = Field(description="Code of the check.")
    subject: Name = Field(description="Subject of the finding, as `plumbline check` prints it.")
    reason: Text
    until: datetime.date = Field(description="Last day on which it holds.")
    owner: Name | None = None


class LayerNames(Written):
    """Patterns (`stg_*`, `mart_*.*`) for the names of tables; a table of the layer matches one of them."""

    source: tuple[Text, ...] = ()
    reference: tuple[Text, ...] = ()
    staging: tuple[Text, ...] = ()
    intermediate: tuple[Text, ...] = ()
    mart: tuple[Text, ...] = ()
    report: tuple[Text, ...] = ()


class Importer(StrEnum):
    """What a source is read with."""

    DBT = "dbt"
    FOLDERS = "folders"
    METRICS = "metrics"
    ODCS = "odcs"
    TABLEAU = "tableau"
    SNAPSHOT = "snapshot"
    POWERBI = "powerbi"
    OSI = "osi"
    EXCEL = "excel"
    QUERY_LOG = "query_log"
    OPENLINEAGE = "openlineage"


class MetadataKeys(Written):
    """Where the metadata of a table says what; dotted where it stands in other keys."""

    label: Text | None = "friendly_name"
    description: Text | None = "description"
    owner: Text | None = Field(default="owners", description="Of a list, the first is the owner.")
    tags: Text | None = "tags"
    refresh: Text | None = "scheduling.dag_name"
    partitioned_by: Text | None = "bigquery.time_partitioning.field"
    clustered_by: Text | None = "bigquery.clustering.fields"
    deprecated: Text | None = Field(default="deprecated", description="`true` there makes it deprecated.")
    deprecation_date: Text | None = "deletion_date"
    custom_properties: Text | None = Field(default="labels", description="Free keys.")


class ColumnKeys(Written):
    """Where the schema of a table says what of its columns."""

    columns: Text = Field(default="fields", description="The list of columns, and of what is in a struct.")
    name: Text = "name"
    type: Text = "type"
    mode: Text = Field(default="mode", description="`REQUIRED` is never null, `REPEATED` is a list.")
    description: Text = "description"


class FolderLayout(Written):
    """How a folder per table is laid out. Of several file names the first that is there counts."""

    tables: Text = Field(
        default="{database}/{schema}/{table}",
        description="The folder of a table; `{database}`, `{schema}` and `{table}` name it, `*` does not.",
    )
    metadata: tuple[Text, ...] = ("metadata.yaml", "metadata.yml")
    columns: tuple[Text, ...] = ("schema.yaml", "schema.yml")
    sql: tuple[Text, ...] = ("query.sql", "view.sql", "materialized_view.sql", "script.sql", "query.py")
    routines: tuple[Text, ...] = Field(
        default=("udf.sql", "stored_procedure.sql"), description="A folder with one of these is no table."
    )
    untrue: tuple[Text, ...] = Field(
        default=("is_init()",), description="Conditions of templates that do not hold in everyday runs."
    )
    metadata_keys: MetadataKeys = MetadataKeys()
    column_keys: ColumnKeys = ColumnKeys()
    placeholders: tuple[Text, ...] = Field(
        default=("Please provide a description",), description="Descriptions that begin so say nothing."
    )


class Source(Written):
    """Definitions of another tool, read where they lie."""

    importer: Importer
    path: Text = Field(description="File or folder, relative to `plumbline.yml`.")
    dialect: Name | None = Field(
        default=None,
        description="SQL dialect of the source. Default: its own, else the project's.",
    )
    unused_sources: bool = Field(
        default=False, description="dbt: take over sources that no model, metric or exposure reads."
    )
    layout: FolderLayout = Field(default=FolderLayout(), description="folders: how they are laid out.")
    files: tuple[Text, ...] = Field(
        default=(),
        description="Which files in the folder, as in a `.gitignore`: `emea/**`, `!*_old.twb`. Default: all.",
    )
    mapping: Name | None = Field(
        default=None,
        description="metrics: `metric-hub`, `metricflow`, `cube`, `lightdash`, or one of `mappings:`.",
    )

    @property
    def watched(self) -> str:
        """The folder or file that changes with the source; never the whole project, which we write into."""
        path = posixpath.normpath(self.path)
        return posixpath.join(path, "target") if self.importer is Importer.DBT and path == "." else path


class Warehouse(Written):
    """The warehouse that the catalog describes, and where it is read."""

    url_from: Text | None = Field(
        default=None,
        pattern=r"^[A-Za-z_][A-Za-z0-9_]*$",
        description="Environment variable with its URL, which never stands in a file.",
    )
    schemas: tuple[Text, ...] = Field(default=(), description="Those to read. Default: all but its own.")
    ignore: tuple[Text, ...] = Field(
        default=(), description="Patterns (`tmp_*`, `scratch.*`) for tables that may drift."
    )


OPTIONS: dict[str, tuple[Importer, ...]] = {
    "unused_sources": (Importer.DBT,),
    "layout": (Importer.FOLDERS,),
    "mapping": (Importer.METRICS,),
    "files": (Importer.METRICS, Importer.TABLEAU, Importer.POWERBI, Importer.EXCEL),
}
"""Key of a source → the only importers to which it means something."""


class Settings(Written):
    """What `plumbline.yml` says. Paths are relative to its folder."""

    name: Text = Field(default="Data catalog", description="Title of both sites.")
    dialect: Name = Field(default="bigquery", description="SQL dialect, by sqlglot's name.")
    database: Name | None = Field(
        default=None, description="Database (BigQuery: project) of names without one."
    )
    schema_: Name | None = Field(
        default=None, alias="schema", description="Schema (BigQuery: dataset) of names without one."
    )
    definitions: tuple[Text, ...] = Field(default=("definitions",), description="Folders with YAML and SQL.")
    sql: tuple[Text, ...] = Field(
        default=(), description="Folders whose SQL is read, and nothing else: YAML there is of another tool."
    )
    sources: tuple[Source, ...] = Field(
        default=(),
        description="Where other tools keep definitions; those by hand go before them.",
    )
    mappings: tuple[MetricMapping, ...] = Field(
        default=(), description="How files of metrics are laid out that `sources:` lead to."
    )
    warehouse: Warehouse = Field(
        default=Warehouse(), description="The live warehouse, for `plumbline drift`."
    )
    aliases: dict[str, str] = Field(
        default_factory=dict, description="Other name of a database (or `database.schema`) → the one meant."
    )
    repository: Text | None = Field(default=None, description="Address of the repository, for edit links.")
    edit_path: Text = Field(default="edit/main", description="What goes between repository and file path.")
    severity: dict[str, Severity] = Field(default_factory=dict, description="Check code → its severity here.")
    min_completeness: int = Field(
        default=0,
        ge=0,
        le=100,
        description="Percent of its lineage that must be seen of every table and metric.",
    )
    jargon: tuple[Text, ...] = Field(
        default=(), description="Words that texts for partners must not have: names of systems, shop talk."
    )
    layer_names: LayerNames = Field(default=LayerNames(), description="How tables of a layer are called.")
    waivers: tuple[Waiver, ...] = ()
    checks: tuple[Text, ...] = Field(
        default=(), description="Checks of your own: `checks.py`, or `checks.py:one_of_them`."
    )
    min_coverage: int | None = Field(
        default=None, ge=0, le=100, description="Least percentage of things that have to be described."
    )

    @property
    def folders(self) -> tuple[str, ...]:
        """What to watch for changes, relative to `plumbline.yml`: definitions, SQL, then sources."""
        return (*self.definitions, *self.sql, *(source.watched for source in self.sources))

    @property
    def naming(self) -> Naming:
        """The rule that makes names canonical."""
        longest_first = sorted(self.aliases.items(), key=lambda pair: (-pair[0].count("."), pair))
        return Naming(self.dialect, self.database, self.schema_, tuple(longest_first))
