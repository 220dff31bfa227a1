"""`plumbline.yml`: the settings of a project, read once at the edge."""

from __future__ import annotations

import datetime
from enum import StrEnum

from pydantic import Field

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
    repository: Text | None = Field(default=None, description="Address of the repository, for edit links.")
    edit_path: Text = Field(default="edit/main", description="What goes between repository and file path.")
    severity: dict[str, Severity] = Field(default_factory=dict, description="Check code → its severity here.")
    min_completeness: int = Field(
        default=0,
        ge=0,
        le=100,
        description="Percent of its lineage that must be seen of every table and metric.",
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
    def naming(self) -> Naming:
        """The rule that makes names canonical."""
        return Naming(self.dialect, self.database, self.schema_)
