"""`plumbline init` in repositories of three shapes, each checked afterwards as it is."""

from __future__ import annotations

import datetime
import json
import shutil
import sqlite3
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

import pytest
from dbt_manifest import manifest, node, write

from catalog import CHECKS, Project, open_project, run_checks
from catalog.reading.document import read_documents
from generator.cli import main

SHOP = Path(__file__).parents[1] / "dbt_shop"


def run(*arguments: str) -> int:
    """The exit code of the command."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return int(ended.value.code or 0)


def begun(folder: Path) -> Project:
    """The project after `init` and a `check` that finds no error."""
    assert run("init", str(folder)) == 0
    assert run("check", str(folder)) == 0
    project = open_project(folder)
    assert project.catalog.misfits == ()
    return project


def test_a_dbt_project(tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    shutil.copytree(SHOP, folder)
    (folder / "plumbline.yml").unlink()
    orders = node("model.shop.orders", compiled_code="select 1 as id", database="warehouse")
    content = manifest(orders, metadata={"adapter_type": "duckdb"})
    write(folder, "target/manifest.json", json.dumps(content))
    project = begun(folder)
    assert (project.settings.dialect, project.settings.database) == ("duckdb", "warehouse")
    assert [(source.importer, source.path) for source in project.settings.sources] == [("dbt", ".")]
    assert list(project.catalog.tables) == ["shop.orders"]
    assert "dbt parse" in (folder / ".github/workflows/plumbline.yml").read_text("utf-8")


def test_a_folder_per_table(tmp_path: Path) -> None:
    view = "CREATE VIEW `acme.mart.daily` AS SELECT COUNTIF(id > 1) AS n FROM `acme.live.events`"
    write(tmp_path, "sql/acme/mart/daily/metadata.yaml", "friendly_name: Events by day\n")
    write(tmp_path, "sql/acme/mart/daily/view.sql", view)
    write(tmp_path, "sql/acme/live/events/schema.yaml", "fields: [{name: id, type: INT64}]\n")
    write(tmp_path, "sql/acme/live/events/query.sql", "SELECT 1 AS id")
    project = begun(tmp_path)
    assert (project.settings.dialect, project.settings.database) == ("bigquery", "acme")
    assert [(source.importer, source.path) for source in project.settings.sources] == [("folders", "sql")]
    assert list(project.catalog.tables) == ["live.events", "mart.daily"]


def test_folders_of_sql(tmp_path: Path) -> None:
    write(
        tmp_path,
        "etl/staging/orders.sql",
        "CREATE OR REPLACE TABLE staging.orders AS\n"
        "SELECT o.id, IFF(o.state = 'paid', 1, 0) AS is_paid, o.payload:amount::NUMBER AS amount\n"
        "FROM raw.orders o;\n",
    )
    write(
        tmp_path,
        "etl/daily.sql",
        "INSERT INTO mart.daily SELECT SUM(amount) AS amount FROM staging.orders;\n",
    )
    project = begun(tmp_path)
    assert project.settings.dialect == "snowflake"
    assert {
        name: [each.name for each in table.columns] for name, table in project.catalog.tables.items()
    } == {
        "MART.DAILY": ["AMOUNT"],
        "RAW.ORDERS": ["ID", "PAYLOAD", "STATE"],
        "STAGING.ORDERS": ["ID", "IS_PAID", "AMOUNT"],
    }


def test_yaml_of_other_tools_beside_sql_is_no_definition(tmp_path: Path) -> None:
    write(tmp_path, "dags/sql/daily.sql", "SELECT day, COUNT(*) AS n FROM raw.visits GROUP BY day")
    write(tmp_path, "dags/sql/config.yaml", "dag: {schedule: '0 3 * * *'}\n")
    write(tmp_path, "views/day.sql", "CREATE VIEW mart.day AS SELECT day FROM raw.visits")
    project = begun(tmp_path)
    assert (project.settings.definitions, project.settings.sql) == (("definitions", "views"), ("dags/sql",))
    visits = project.catalog.tables["raw.visits"]
    assert [column.name for column in visits.columns] == ["day"]
    found = run_checks(project, CHECKS, today=datetime.date(2026, 1, 1))
    assert {finding.code for finding in found} == {"TB002", "TB003", "CL001"}


def test_a_dbt_project_without_a_manifest_is_told_to_make_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "shop/dbt_project.yml", "name: shop\n")
    assert run("init", str(tmp_path)) == 0
    assert "Next:\n  dbt parse --project-dir shop\n  plumbline check " in capsys.readouterr().out


def test_the_workflow_runs_the_version_that_wrote_it(tmp_path: Path) -> None:
    begun(tmp_path)
    workflow = (tmp_path / ".github/workflows/plumbline.yml").read_text("utf-8")
    assert f"- run: uvx plumbline@{version('plumbline')} check --format github\n" in workflow
    (tmp_path / ".gitlab-ci.yml").write_text("", "utf-8")
    assert run("init", str(tmp_path)) == 0
    job = (tmp_path / "plumbline.gitlab-ci.yml").read_text("utf-8")
    assert f"- pip install --quiet plumbline=={version('plumbline')}\n" in job
    for text in (workflow, job):
        assert read_documents(text.encode("utf-8"), "ci.yml").misfits == ()


def test_an_empty_repository(tmp_path: Path) -> None:
    assert list(begun(tmp_path).catalog.teams) == ["data"]


def test_a_database_in_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(tmp_path / "shop.db")) as database:
        database.execute("CREATE TABLE sale (id INTEGER)")
    write(tmp_path, "notes.db", "no database")
    assert begun(tmp_path).settings.dialect == "sqlite"
    assert "  plumbline snapshot sqlite:///shop.db --into shop.json\n" in capsys.readouterr().out


def test_a_file_that_is_there_is_never_touched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, "plumbline.yml", "name: Mine\n")
    assert run("init", str(tmp_path)) == 0
    assert (tmp_path / "plumbline.yml").read_text("utf-8") == "name: Mine\n"
    assert "kept    plumbline.yml" in capsys.readouterr().out


def test_a_dry_run_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("init", str(tmp_path), "--dry-run") == 0
    assert list(tmp_path.iterdir()) == []
    assert "--- plumbline.yml" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("dialect", "sql"),
    [
        ("bigquery", "SELECT SAFE_CAST(a AS INT64) AS a FROM `p.d.t`"),
        ("postgres", "SELECT a::int, b ->> 'x' AS x FROM s.t WHERE b ILIKE 'y%'"),
        ("tsql", "SELECT TOP 10 [a], GETDATE() AS now FROM [dbo].[t]"),
        ("clickhouse", "SELECT toDate(a) AS day, uniqExact(b) AS n FROM d.t GROUP BY day"),
        ("databricks", "CREATE TABLE s.t USING DELTA AS SELECT a FROM s.u"),
        ("duckdb", "SELECT a::DATE AS day, list_distinct(list(b)) AS b FROM s.t GROUP BY ALL"),
        ("duckdb", "CREATE VIEW s.v AS SELECT * EXCLUDE (b), c::INT AS d FROM read_csv('t.csv')"),
        ("snowflake", "SELECT e:id::string AS id, IFF(e:paid::boolean, 1, 0) AS paid FROM s.t GROUP BY ALL"),
    ],
)
def test_the_dialect_is_found_by_reading(tmp_path: Path, dialect: str, sql: str) -> None:
    write(tmp_path, "queries/one.sql", sql)
    assert run("init", str(tmp_path)) == 0
    assert open_project(tmp_path).settings.dialect == dialect
