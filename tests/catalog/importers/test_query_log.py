"""Exports of query logs: what flowed into what, how often, and nothing of who asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from dbt_manifest import write

from catalog import Audience, Project, open_project, publishable

SETTINGS = "name: T\ndialect: {}\ndatabase: acme\nsources: [{{importer: query_log, path: log}}]\n"
TABLES = """\
tables:
- {name: raw.a}
- {name: stg.b, sql: SELECT x FROM raw.a}
- {name: mart.c, sql: SELECT x FROM stg.b}
- {name: "raw.events_*"}
"""


def opened(folder: Path, name: str, log: str, dialect: str = "bigquery", tables: str = TABLES) -> Project:
    """The project of some tables and a log."""
    write(folder, "plumbline.yml", SETTINGS.format(dialect))
    write(folder, "definitions/all.yml", tables)
    write(folder, f"log/{name}", log)
    return open_project(folder)


def told(project: Project) -> list[tuple[str, str, int, str]]:
    return [
        (each.flow.source, each.flow.target, each.flow.count, str(each.standing))
        for each in project.lineage.told
    ]


def table(name: str) -> dict[str, str]:
    dataset, _, table_id = name.rpartition(".")
    return {"project_id": "acme", "dataset_id": dataset, "table_id": table_id}


def job(target: str, *sources: str, **more: Any) -> dict[str, Any]:
    """A row of INFORMATION_SCHEMA.JOBS."""
    return {
        "creation_time": "2026-11-01 10:00:00.123 UTC",
        "user_email": "ada@example.com",
        "query": "SELECT 'canary' AS x",
        "state": "DONE",
        "statement_type": "SELECT",
        "destination_table": table(target),
        "referenced_tables": [table(source) for source in sources],
        **more,
    }


def lines(*rows: dict[str, Any]) -> str:
    return "".join(f"{json.dumps(row)}\n" for row in rows)


def test_jobs_are_counted_and_held_against_the_sql(tmp_path: Path) -> None:
    log = lines(
        job("stg.b", "raw.a"),
        job("stg.b", "raw.a", creation_time="1793700000000"),
        job("mart.c", "stg.b", "raw.a", "mart.c"),
        job("raw.a", "ext.z"),
        job("far.away", "far.off"),
    )
    project = opened(tmp_path, "jobs.jsonl", log)
    assert told(project) == [
        ("raw.a", "stg.b", 2, "in_sql"),
        ("ext.z", "raw.a", 1, "only_told"),
        ("raw.a", "mart.c", 1, "through_others"),
        ("stg.b", "mart.c", 1, "in_sql"),
    ]
    assert str(project.lineage.told[0].flow.last) == "2026-11-03"
    assert [each.flow.source for each in project.lineage.told_into("mart.c")] == ["raw.a", "stg.b"]


def test_logs_are_no_part_of_the_graph(tmp_path: Path) -> None:
    project = opened(tmp_path, "jobs.jsonl", lines(job("raw.a", "ext.z"), job("raw.a", "mart.c")))
    assert {source.name for source, _ in project.lineage.links} == {"raw.a", "stg.b"}


def test_what_is_no_flow_is_not_counted(tmp_path: Path) -> None:
    log = lines(
        job("stg.b", "raw.a", error_result={"reason": "invalidQuery"}),
        job("stg.b", "raw.a", state="RUNNING"),
        job("stg.b", "raw.a", statement_type="SCRIPT"),
        job("_0d2f.anon42", "raw.a"),
        job("_0d2f.anon43", "raw.a", "mart.INFORMATION_SCHEMA.TABLES"),
        job("stg.b", "raw.events_20260101", "raw.events_20260102"),
        job("stg.b$20260101", "raw.events_*"),
    )
    assert told(opened(tmp_path, "jobs.jsonl", log)) == [
        ("raw.events_*", "stg.b", 3, "only_told"),
        ("raw.a", "", 2, "only_told"),
    ]


def test_jobs_as_csv_and_added_up_by_their_own_query(tmp_path: Path) -> None:
    nested = json.dumps([table("raw.a")]).replace('"', '""')
    log = (
        "destination_table.dataset_id,destination_table.table_id,referenced_tables,runs\n"
        f'stg,b,"{nested}",412\n'
        'stg,b,"[{",1\n'
    )
    project = opened(tmp_path, "jobs.csv", log)
    assert told(project) == [("raw.a", "stg.b", 412, "in_sql")]
    assert [(each.code, each.message) for each in project.catalog.misfits] == [
        ("FL007", "1 row of the log cannot be read")
    ]


def test_access_history_of_snowflake_tells_columns(tmp_path: Path) -> None:
    source = {"objectDomain": "Table", "objectName": "ACME.RAW.A", "columnName": "X"}
    row = {
        "QUERY_ID": "1",
        "USER_NAME": "ADA",
        "QUERY_START_TIME": "2026-11-02 10:00:00.000 +0000",
        "DIRECT_OBJECTS_ACCESSED": json.dumps(
            [
                {"objectDomain": "Table", "objectName": "ACME.RAW.A"},
                {"objectDomain": "Stage", "objectName": "S"},
            ]
        ),
        "OBJECTS_MODIFIED": json.dumps(
            [
                {
                    "objectDomain": "Table",
                    "objectName": "ACME.STG.B",
                    "columns": [{"columnName": "Y", "directSources": [source]}],
                }
            ]
        ),
    }
    dependency = {
        "REFERENCED_DATABASE": "ACME",
        "REFERENCED_SCHEMA": "STG",
        "REFERENCED_OBJECT_NAME": "B",
        "REFERENCED_OBJECT_DOMAIN": "TABLE",
        "REFERENCING_DATABASE": "ACME",
        "REFERENCING_SCHEMA": "MART",
        "REFERENCING_OBJECT_NAME": "C",
        "REFERENCING_OBJECT_DOMAIN": "VIEW",
    }
    write(tmp_path, "log/dependencies.jsonl", lines(dependency, dependency))
    project = opened(tmp_path, "history.jsonl", lines(row, row), "snowflake")
    assert told(project) == [
        ("RAW.A", "STG.B", 2, "in_sql"),
        ("STG.B", "MART.C", 0, "in_sql"),
    ]
    assert project.lineage.told[0].flow.columns == (("X", "Y"),)


def test_no_name_of_a_person_and_no_query_leaves_the_importer(tmp_path: Path) -> None:
    project = opened(tmp_path, "jobs.jsonl", lines(job("stg.b", "raw.a")))
    kept = (tmp_path / ".plumbline/cache/results.sqlite").read_bytes()
    for secret in ("ada@example.com", "canary"):
        assert secret not in repr(project.catalog) + repr(project.lineage.told)
        assert secret.encode() not in kept


def test_partners_learn_nothing_of_logs(tmp_path: Path) -> None:
    project = publishable(opened(tmp_path, "jobs.jsonl", lines(job("stg.b", "raw.a"))), Audience.PARTNER)
    assert (project.catalog.flows, project.lineage.told) == ((), ())


def test_a_log_is_remembered_by_its_content(tmp_path: Path) -> None:
    log = lines(job("stg.b", "raw.a"))
    first = opened(tmp_path, "jobs.jsonl", log)
    assert open_project(tmp_path).lineage.told == first.lineage.told
    assert told(opened(tmp_path, "jobs.jsonl", log + log)) == [("raw.a", "stg.b", 2, "in_sql")]


@pytest.mark.parametrize(
    ("log", "message"),
    [
        ('{"a": 1}\n{"a": 2}\n', "this is no query log that is known"),
        ('{"referenced_tables": []}\n{"referenced_tables": [}\n', "this is no JSON"),
        ("", "the JSON breaks off"),
    ],
)
def test_what_is_no_log_is_one_finding(tmp_path: Path, log: str, message: str) -> None:
    project = opened(tmp_path, "x.jsonl", log)
    assert [each.message for each in project.catalog.misfits] == [message]
