"""A folder per table: metadata, schema and SQL become a table, wherever and however they are written."""

from __future__ import annotations

from pathlib import Path

import pytest
from dbt_manifest import told, upstream_tables, write

from catalog import Audience, Project, open_project

SETTINGS = """\
name: Telemetry
dialect: bigquery
database: acme
sources:
  - importer: folders
    path: sql
"""
EVENTS = "sql/acme/live/events"
DAILY = "sql/acme/mart/daily"


def opened(folder: Path, files: dict[str, str], settings: str = SETTINGS) -> Project:
    """The project of some files below it."""
    write(folder, "plumbline.yml", settings)
    for name, text in files.items():
        write(folder, name, text)
    return open_project(folder)


def columns(project: Project, table: str) -> list[tuple[str, str | None, str | None]]:
    return [(each.name, each.type, each.description) for each in project.catalog.tables[table].columns]


def test_metadata_schema_and_sql_are_one_table(tmp_path: Path) -> None:
    metadata = """\
friendly_name: Events by day
description: Events of a day, counted.
owners:
  - ada@example.com
  - grace@example.com
labels: {incremental: true, level: gold}
scheduling: {dag_name: nightly}
bigquery:
  time_partitioning: {field: day}
  clustering: {fields: [country]}
deprecated: true
deletion_date: 2027-01-31
"""
    project = opened(
        tmp_path,
        {
            f"{DAILY}/metadata.yaml": metadata,
            f"{DAILY}/schema.yaml": "fields:\n- {name: day, type: DATE, mode: REQUIRED}\n",
            f"{DAILY}/query.sql": "SELECT day FROM acme.live.events WHERE day = @day",
            f"{EVENTS}/schema.yaml": "fields: [{name: day, type: DATE}]\n",
        },
    )
    table = project.catalog.tables["mart.daily"]
    assert (table.label, table.description, table.owner) == (
        "Events by day",
        "Events of a day, counted.",
        "ada@example.com",
    )
    assert (table.contact, table.refresh, table.status) == ("grace@example.com", "nightly", "deprecated")
    assert (table.partitioned_by, table.clustered_by) == (("day",), ("country",))
    assert table.custom_properties == {"incremental": True, "level": "gold"}
    assert (table.columns[0].required, table.audience) == (True, Audience.INTERNAL)
    assert str(table.at("owner")) == f"{DAILY}/metadata.yaml:4:3"
    assert str(table.columns[0].at("name")) == f"{DAILY}/schema.yaml:2:3"
    assert table.origin.sources == ("folders in `sql`",)
    assert upstream_tables(project) == {"mart.daily": {"live.events"}}
    assert project.catalog.teams["ada@example.com"].email == "ada@example.com"
    assert told(project) == []


def test_fields_of_structs_are_columns_to_any_depth(tmp_path: Path) -> None:
    depth = 9
    lines = [
        f"{'  ' * level}- name: f{level}\n{'  ' * level}  type: RECORD\n{'  ' * level}  fields:\n"
        for level in range(depth)
    ]
    schema = "".join(["fields:\n", *lines, f"{'  ' * depth}- {{name: leaf, type: INT64, mode: REPEATED}}\n"])
    project = opened(
        tmp_path,
        {
            f"{EVENTS}/schema.yaml": schema,
            f"{DAILY}/view.sql": "CREATE VIEW acme.mart.daily AS SELECT f0.f1.f2 AS n FROM live.events",
        },
    )
    found = columns(project, "live.events")
    assert len(found) == depth + 1
    assert found[-1] == ("f0.f1.f2.f3.f4.f5.f6.f7.f8.leaf", "ARRAY<INT64>", None)
    assert found[0] == ("f0", "STRUCT", None)
    edges = {(edge.source.column, edge.target.column) for edge in project.lineage.edges}
    assert ("f0.f1.f2", "n") in edges


def test_a_template_is_read_as_it_runs_every_day(tmp_path: Path) -> None:
    sql = """\
{% if is_init() %}
SELECT day FROM acme.live.history
{% else %}
SELECT day FROM acme.live.events
{% endif %}
"""
    project = opened(tmp_path, {f"{DAILY}/query.sql": sql, f"{EVENTS}/schema.yaml": "fields: []\n"})
    assert upstream_tables(project)["mart.daily"] == {"live.events"}
    assert str(project.lineage.traced.texts[0].sql.at(4)) == f"{DAILY}/query.sql:4:1"


INCLUDED = """\
fields:
- {name: id, type: INT64, description: Which event.}
- {name: day, type: DATE, description: When it came.}
- name: device
  type: RECORD
  fields:
  - {name: model, type: STRING, description: What it is called.}
"""


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (
            "fields: !include-fields\n  table: acme.live.events\n  exclude_field_names: [device, day]\n",
            [("id", "INT64", "Which event.")],
        ),
        (
            "fields: !include-fields\n  table: acme.live.events\n  field_names: [id, [day]]\n"
            "  field_replacements:\n  - {name: [id], type: STRING}\n",
            [("id", "INT64", "Which event.")],
        ),
        (
            "fields: !flatten-lists\n- {name: n, type: INT64}\n"
            "- !include-fields\n  table: acme.live.events\n  parent_field: device\n",
            [("n", "INT64", None), ("model", "STRING", "What it is called.")],
        ),
        (
            "fields:\n- !include-field\n  table: acme.live.events\n  field: day\n  new_type: TIMESTAMP\n"
            "  append_description: In UTC.\n",
            [("day", "TIMESTAMP", "When it came. In UTC.")],
        ),
        (
            "fields:\n- name: model\n  type: STRING\n  description: !include-field-description\n"
            "    file: /sql/acme/live/events/schema.yaml\n    field: device.model\n"
            "    prepend: Of a phone.\n",
            [("model", "STRING", "Of a phone. What it is called.")],
        ),
        (
            "!include\nfile: /sql/acme/live/events/schema.yaml\n",
            [
                ("id", "INT64", "Which event."),
                ("day", "DATE", "When it came."),
                ("device", "STRUCT", None),
                ("device.model", "STRING", "What it is called."),
            ],
        ),
    ],
    ids=["fields", "odd names", "flattened", "field", "description", "whole file"],
)
def test_tags_take_over_what_other_files_say(
    tmp_path: Path, schema: str, expected: list[tuple[str, str, str]]
) -> None:
    project = opened(tmp_path, {f"{EVENTS}/schema.yaml": INCLUDED, f"{DAILY}/schema.yaml": schema})
    assert columns(project, "mart.daily") == expected
    assert told(project) == []


@pytest.mark.parametrize(
    ("schema", "place", "message"),
    [
        (
            "fields: !include-fields\n  table: acme.stable.ping\n",
            "1:9",
            "1 tables whose fields are included have no schema here: `acme.stable.ping`",
        ),
        ("fields: !secret [{name: id}]\n", "1:9", "the tag `!secret` is unknown, and is left out"),
        (
            "fields: !include ../../../../../outside.yaml\n",
            "1:9",
            "there is no file `../../../../../outside.yaml` in the project to include",
        ),
        (
            "fields: !include schema.yaml\n",
            "1:9",
            f"files include each other in a circle: {DAILY}/schema.yaml → {DAILY}/schema.yaml",
        ),
    ],
    ids=["table that is elsewhere", "unknown tag", "outside", "circle"],
)
def test_a_tag_that_leads_nowhere_is_a_finding(tmp_path: Path, schema: str, place: str, message: str) -> None:
    (tmp_path / "outside.yaml").write_text("fields: []\n", "utf-8")
    project = opened(tmp_path / "project", {f"{DAILY}/schema.yaml": schema})
    assert told(project) == [("FL007", f"{DAILY}/schema.yaml:{place}", message)]


def test_broken_yaml_of_one_table_leaves_the_others(tmp_path: Path) -> None:
    project = opened(
        tmp_path,
        {
            f"{DAILY}/schema.yaml": "fields: [\n",
            f"{DAILY}/metadata.yaml": "description: A.\n",
            f"{EVENTS}/schema.yaml": "fields: [{name: id, type: INT64}]\n",
        },
    )
    assert sorted(project.catalog.tables) == ["live.events", "mart.daily"]
    assert [(code, place.partition(":")[0]) for code, place, _ in told(project)] == [
        ("FL001", f"{DAILY}/schema.yaml")
    ]


def test_a_description_that_asks_for_one_says_nothing(tmp_path: Path) -> None:
    project = opened(
        tmp_path, {f"{DAILY}/metadata.yaml": "description: Please provide a description for the query\n"}
    )
    assert project.catalog.tables["mart.daily"].description is None


def test_a_routine_is_no_table_and_a_procedure_is_traced(tmp_path: Path) -> None:
    procedure = "CREATE PROCEDURE acme.mart.fill() BEGIN INSERT INTO acme.mart.daily SELECT 1 AS n; END"
    project = opened(
        tmp_path,
        {
            "sql/acme/mart/fill/metadata.yaml": "description: Fills.\n",
            "sql/acme/mart/fill/stored_procedure.sql": procedure,
            f"{DAILY}/schema.yaml": "fields: [{name: n, type: INT64}]\n",
        },
    )
    assert list(project.catalog.tables) == ["mart.daily"]
    assert list(upstream_tables(project)) == ["mart.daily"]


def test_layout_and_keys_are_those_of_the_settings(tmp_path: Path) -> None:
    settings = """\
name: Other
dialect: snowflake
sources:
  - importer: folders
    path: models
    layout:
      tables: "{schema}/tables_{table}"
      metadata: [about.yml]
      columns: [columns.yml]
      sql: [make.sql]
      metadata_keys: {description: doc.text, owner: team}
      column_keys: {columns: cols, name: col, type: kind, description: doc}
"""
    folder = "models/shop/tables_orders"
    project = opened(
        tmp_path,
        {
            f"{folder}/about.yml": "doc: {text: All orders.}\nteam: sales\n",
            f"{folder}/columns.yml": "cols: [{col: id, kind: NUMBER, doc: Which one.}]\n",
            f"{folder}/make.sql": "SELECT id FROM shop.raw",
        },
        settings,
    )
    table = project.catalog.tables["SHOP.ORDERS"]
    assert (table.description, table.owner) == ("All orders.", "sales")
    assert columns(project, "SHOP.ORDERS") == [("ID", "NUMBER", "Which one.")]
    assert upstream_tables(project) == {"SHOP.ORDERS": {"SHOP.RAW"}}


def test_a_layout_that_fits_no_folder_is_a_finding(tmp_path: Path) -> None:
    project = opened(tmp_path, {"sql/readme.md": "Nothing."})
    assert told(project) == [("FL001", "plumbline.yml:6:11", "no folder in `sql` is that of a table")]


def test_a_second_run_remembers_and_sees_what_changed(tmp_path: Path) -> None:
    files = {f"{DAILY}/schema.yaml": "fields: [{name: id, type: INT64, description: Which one.}]\n"}
    first, second = opened(tmp_path, files), open_project(tmp_path)
    assert first.catalog == second.catalog
    changed = opened(tmp_path, {f"{DAILY}/schema.yaml": "fields: [{name: other, type: DATE}]\n"})
    assert columns(changed, "mart.daily") == [("other", "DATE", None)]
