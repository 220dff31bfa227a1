"""The first files of a project, made from what its repository holds."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

from ..project import assemble
from ..reading.load import SETTINGS_FILE, load_definitions
from ..settings import Settings
from ..sql import SQL_DIALECTS
from .dialects import dialect_of
from .drafts import file_of_drafts
from .found import Found, look_into
from .scaffolding import undocumented
from .table_drafts import reading_of, table_draft

ADAPTERS = {"sqlserver": "tsql", "synapse": "tsql"}

Files = dict[str, str]
"""Path, relative to the folder of the project, → text."""

WORKFLOW_FILE, GITLAB_FILE = ".github/workflows/plumbline.yml", "plumbline.gitlab-ci.yml"

TABLES = "definitions/tables.yml"

TABLES_HEAD = """\
# Tables that the SQL names. Drafted once, yours from now on: write what they hold and who owns them.
"""

LEVELS = {1: "{table}", 2: "{schema}/{table}", 3: "{database}/{schema}/{table}"}

TEAM = """\
# The first definition: a team. All keys are on the page of definitions of the technical site.
teams:
  - name: data
    label: Data team
    description: Answers for what is documented here.
"""

WORKFLOW = """\
# Holds every change to what it does to the data catalog.
name: plumbline
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with: {{fetch-depth: 0}}
      - uses: astral-sh/setup-uv@v5
{steps}      # The version that wrote this file: later ones may find more, so raise it in its own change.
      # What no package index has is named by its file: `uvx --from wheels/plumbline.whl plumbline check`.
      - run: uvx plumbline@{version} check --format github
"""

DBT_STEP = """\
      # What dbt knows is read from `target/manifest.json`; `dbt compile` instead adds the SQL of macros.
      - run: uvx --with dbt-{adapter} --from dbt-core dbt parse --project-dir {path} --profiles-dir {path}
"""

GITLAB = """\
# Include it in .gitlab-ci.yml: `include: [{{local: plumbline.gitlab-ci.yml}}]`
plumbline:
  image: python:3.13
  script:
    # The version that wrote this file: a later one may find more, so raise it in a change of its own.
    # What no package index has is named by its file: `pip install wheels/plumbline.whl`.
    - pip install --quiet plumbline=={version}
    - plumbline check
"""


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first files of a project, and the commands of other tools that have to be run before a check."""

    files: Files
    first: tuple[str, ...] = ()


def beginning_of(root: Path, version: str) -> Beginning:
    """`plumbline.yml`, first definitions and a CI workflow for a repository; reads, and writes nothing.

    The workflow runs the `version` of Plumbline that is named.
    """
    found = look_into(root)
    dialect = _dialect(found)
    files = {SETTINGS_FILE: _settings(root, found, dialect), "definitions/teams.yml": TEAM}
    if tables := _tables(root, found, dialect):
        files[TABLES] = tables
    first = tuple(f"dbt parse --project-dir {path}" for path in found.unread) + _snapshots(found)
    if (root / ".gitlab-ci.yml").is_file():
        return Beginning({**files, GITLAB_FILE: GITLAB.format(version=version)}, first)
    steps = [DBT_STEP.format(adapter=found.adapter or dialect, path=path) for path in found.dbt]
    return Beginning({**files, WORKFLOW_FILE: WORKFLOW.format(steps="".join(steps), version=version)}, first)


def _tables(root: Path, found: Found, dialect: str) -> str:
    """A draft of every table that the SQL of the folders names; empty where it names none."""
    folders = (*found.folders, *found.mixed)
    if not folders:
        return ""
    settings = Settings(dialect=dialect, database=found.database, definitions=(), sql=folders)
    project = assemble(load_definitions(root, settings), settings)
    names = undocumented(project)
    reading = reading_of(project, names)
    drafts = [table_draft(reading, name, file=TABLES) for name in names]
    return file_of_drafts(drafts, TABLES_HEAD) if drafts else ""


def _dialect(found: Found) -> str:
    adapter = ADAPTERS.get(found.adapter or "", found.adapter)
    of_files = next((dialect for _, dialect in found.warehouses), "bigquery")
    return adapter if adapter in SQL_DIALECTS else dialect_of(found.sql) or of_files


def _snapshots(found: Found) -> tuple[str, ...]:
    """What reads the databases that lie in the repository, where nothing else says what is in them."""
    if found.dbt or found.tables or found.sql:
        return ()
    return tuple(
        f"plumbline snapshot {quote(f'{dialect}:///{path}')} --into {quote(f'{Path(path).stem}.json')}"
        for path, dialect in found.warehouses
    )


def _settings(root: Path, found: Found, dialect: str) -> str:
    title = root.resolve().name.replace("_", " ").replace("-", " ").strip().capitalize() or "Data"
    lines = [f'name: "{title} catalog"', f"dialect: {dialect}"]
    lines += [f"database: {_quoted(found.database)}"] if found.database else []
    lines += ["definitions:", "  - definitions"]
    lines += [f"  - {_quoted(folder)}" for folder in found.folders]
    lines += ["sql: # whose YAML is of other tools"] if found.mixed else []
    lines += [f"  - {_quoted(folder)}" for folder in found.mixed]
    if found.dbt or found.tables:
        lines.append("sources:")
    for path in found.dbt:
        lines += ["  - importer: dbt", f"    path: {_quoted(path)}"]
    for path, levels in found.tables:
        lines += ["  - importer: folders", f"    path: {_quoted(path)}"]
        if levels != 3:
            lines += ["    layout:", f'      tables: "{LEVELS[levels]}"']
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    is_plain = re.fullmatch(r"[A-Za-z][\w./-]*", text) is not None
    return text if is_plain else json.dumps(text)
