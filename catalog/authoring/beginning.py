"""The first files of a project, made from what its repository holds."""

from __future__ import annotations

import json
import re
from pathlib import Path

from ..reading.load import SETTINGS_FILE
from ..sql import SQL_DIALECTS
from .dialects import dialect_of
from .drafts import drafted_tables
from .found import Found, look_into

ADAPTERS = {"sqlserver": "tsql", "synapse": "tsql"}

Files = dict[str, str]
"""Path, relative to the folder of the project, → text."""

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
{steps}      - run: uvx plumbline check --format github
"""

DBT_STEP = """\
      # What dbt knows is read from `target/manifest.json`; `dbt compile` instead adds the SQL of macros.
      - run: uvx --with dbt-{adapter} --from dbt-core dbt parse --project-dir {path} --profiles-dir {path}
"""

GITLAB = """\
# Include it in .gitlab-ci.yml: `include: [{local: plumbline.gitlab-ci.yml}]`
plumbline:
  image: python:3.13
  script:
    - pip install --quiet plumbline
    - plumbline check
"""


def beginning_of(root: Path) -> Files:
    """`plumbline.yml`, first definitions and a CI workflow for a repository; reads, and writes nothing."""
    found = look_into(root)
    dialect = _dialect(found)
    files = {SETTINGS_FILE: _settings(root, found, dialect), "definitions/teams.yml": TEAM}
    tables = drafted_tables(root, found.folders, dialect) if found.folders else None
    if tables:
        files["definitions/tables.yml"] = tables
    if (root / ".gitlab-ci.yml").is_file():
        return {**files, "plumbline.gitlab-ci.yml": GITLAB}
    steps = [DBT_STEP.format(adapter=found.adapter or dialect, path=path) for path in found.dbt]
    return {**files, ".github/workflows/plumbline.yml": WORKFLOW.format(steps="".join(steps))}


def _dialect(found: Found) -> str:
    adapter = ADAPTERS.get(found.adapter or "", found.adapter)
    return adapter if adapter in SQL_DIALECTS else dialect_of(found.sql) or "bigquery"


def _settings(root: Path, found: Found, dialect: str) -> str:
    title = root.resolve().name.replace("_", " ").replace("-", " ").strip().capitalize() or "Data"
    lines = [f'name: "{title} catalog"', f"dialect: {dialect}"]
    lines += [f"database: {_quoted(found.database)}"] if found.database else []
    lines += ["definitions:", "  - definitions"]
    lines += [f"  - {_quoted(folder)}" for folder in found.folders]
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
