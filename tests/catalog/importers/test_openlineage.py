"""Events of OpenLineage: runs become flows with columns, and what we write ourselves comes back."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

from dbt_manifest import write

from catalog import LINEAGE_FORMATS, EdgeType, Project, open_project
from catalog.lineage import NodeKind

SETTINGS = "name: T\ndialect: postgres\ndatabase: shop\nsources: [{importer: openlineage, path: events}]\n"
TABLES = "tables: [{name: raw.a}, {name: stg.b}, {name: mart.c}]"
POSTGRES = "postgres://db.example.com:5432"


def opened(folder: Path, *events: dict[str, Any], settings: str = SETTINGS, tables: str = TABLES) -> Project:
    """The project of some tables and events."""
    write(folder, "plumbline.yml", settings)
    write(folder, "definitions/all.yml", tables)
    write(folder, "events/all.jsonl", "".join(f"{json.dumps(event)}\n" for event in events))
    return open_project(folder)


def told(project: Project) -> list[tuple[str, str, int, tuple[tuple[str, str], ...]]]:
    flows = [each.flow for each in project.lineage.told]
    return [(flow.source, flow.target, flow.count, flow.columns) for flow in flows]


def dataset(name: str, namespace: str = POSTGRES, **facets: Any) -> dict[str, Any]:
    return {"namespace": namespace, "name": name, "facets": facets}


def event(run: str, inputs: list[Any], outputs: list[Any], kind: str = "COMPLETE") -> dict[str, Any]:
    """An event of a run."""
    return {
        "eventType": kind,
        "eventTime": "2026-11-01T10:00:00Z",
        "run": {"runId": run},
        "job": {"namespace": "airflow", "name": "daily"},
        "inputs": inputs,
        "outputs": outputs,
    }


def column_lineage(**fields: list[tuple[str, str]]) -> dict[str, Any]:
    """The facet, by column: tables and columns that it is made from."""
    return {
        "fields": {
            name: {"inputFields": [{"namespace": POSTGRES, "name": a, "field": b} for a, b in sources]}
            for name, sources in fields.items()
        }
    }


def test_inputs_of_the_start_and_outputs_of_the_end_are_one_run(tmp_path: Path) -> None:
    start = event("1", [dataset("shop.raw.a")], [], "START")
    end = event("1", [], [dataset("shop.stg.b")])
    again = event("2", [dataset("shop.raw.a")], [dataset("shop.stg.b")])
    failed = event("3", [dataset("shop.raw.a")], [dataset("shop.mart.c")], "FAIL")
    project = opened(tmp_path, start, end, again, failed)
    assert told(project) == [("raw.a", "stg.b", 2, ())]
    assert project.lineage.told[0].flow.via == "OpenLineage"


def test_the_facet_tells_which_input_fills_which_output(tmp_path: Path) -> None:
    b = dataset("shop.stg.b", columnLineage=column_lineage(y=[("shop.raw.a", "x")]))
    c = dataset("shop.mart.c", columnLineage=column_lineage(z=[("shop.stg.b", "y")]))
    project = opened(tmp_path, event("1", [dataset("shop.raw.a"), dataset("shop.ref.r")], [b, c]))
    assert told(project) == [
        ("raw.a", "stg.b", 1, (("x", "y"),)),
        ("stg.b", "mart.c", 1, (("y", "z"),)),
    ]
    alone = opened(tmp_path, event("1", [dataset("shop.raw.a"), dataset("shop.ref.r")], [b]))
    assert told(alone) == [("raw.a", "stg.b", 1, (("x", "y"),)), ("ref.r", "stg.b", 1, ())]


def test_columns_that_only_decide_are_no_pair(tmp_path: Path) -> None:
    facet = column_lineage(y=[("shop.raw.a", "x")])
    facet["fields"]["y"]["inputFields"][0]["transformations"] = [{"type": "INDIRECT", "subtype": "SORT"}]
    facet["dataset"] = [{"namespace": POSTGRES, "name": "shop.mart.c", "field": "k"}]
    project = opened(tmp_path, event("1", [], [dataset("shop.stg.b", columnLineage=facet)]))
    assert told(project) == [("mart.c", "stg.b", 1, ()), ("raw.a", "stg.b", 1, ())]


def test_files_go_by_the_table_that_a_symlink_names_and_others_are_told(tmp_path: Path) -> None:
    link = {"identifiers": [{"namespace": "hive://metastore", "name": "shop.stg.b", "type": "TABLE"}]}
    glue = {"identifiers": [{"namespace": "shop", "name": "table/raw/a", "type": "TABLE"}]}
    events = [
        event(
            "1", [dataset("x/raw", "s3://lake", symlinks=glue)], [dataset("x/b", "s3://lake", symlinks=link)]
        ),
        event("2", [dataset("topic", "kafka://broker")], [dataset("shop.stg.b")]),
    ]
    project = opened(tmp_path, *events)
    assert told(project) == [("raw.a", "stg.b", 1, ())]
    assert [each.message for each in project.catalog.misfits] == [
        "datasets in `kafka://broker` are no tables of a warehouse, and are left out"
    ]


def test_names_lead_to_tables_by_aliases(tmp_path: Path) -> None:
    settings = SETTINGS + "aliases: {copy: shop}\n"
    project = opened(
        tmp_path, event("1", [dataset("copy.raw.a")], [dataset("shop.stg.b")]), settings=settings
    )
    assert told(project) == [("raw.a", "stg.b", 1, ())]


def test_what_we_write_comes_back(tmp_path: Path) -> None:
    tables = """\
tables:
- {name: raw.a, columns: [{name: id}, {name: n}]}
- {name: ref.r, columns: [{name: id}, {name: label}]}
- name: stg.b
  sql: SELECT a.id, r.label, SUM(a.n) AS n FROM raw.a a JOIN ref.r r ON r.id = a.id GROUP BY 1, 2
- {name: mart.c, sql: "SELECT label, n + 1 AS more FROM stg.b WHERE id > 0"}
"""
    settings = "name: T\ndialect: duckdb\n"
    write(tmp_path, "ours/plumbline.yml", settings)
    write(tmp_path, "ours/definitions/all.yml", tables)
    ours = open_project(tmp_path / "ours")
    events = LINEAGE_FORMATS["openlineage"](
        ours.lineage.traced.texts, datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
    )
    write(
        tmp_path, "theirs/plumbline.yml", f"{settings}sources: [{{importer: openlineage, path: all.jsonl}}]\n"
    )
    write(tmp_path, "theirs/all.jsonl", events)
    write(tmp_path, "theirs/definitions/all.yml", "tables: [{name: stg.b}, {name: mart.c}]")
    theirs = open_project(tmp_path / "theirs")
    assert theirs.catalog.misfits == ()
    assert {(flow.flow.source, flow.flow.target) for flow in theirs.lineage.told} == {
        (source.name, target.name) for source, target in ours.lineage.links if target.kind is NodeKind.TABLE
    }
    assert {
        (each.flow.source, a, each.flow.target, b)
        for each in theirs.lineage.told
        for a, b in each.flow.columns
    } == {
        (edge.source.name, edge.source.column, edge.target.name, edge.target.column)
        for edge in ours.lineage.edges
        if edge.type is EdgeType.DIRECT
    }


def test_a_file_without_events_is_one_finding(tmp_path: Path) -> None:
    project = opened(tmp_path, {"a": 1}, {"a": 2})
    assert [each.message for each in project.catalog.misfits] == ["there is no event of OpenLineage in it"]


def test_an_event_of_an_odd_form_harms_no_other(tmp_path: Path) -> None:
    odd = event("1", [dataset("x", "http://[x")], [dataset("shop.stg.b")])
    sound = event("2", [dataset("shop.raw.a")], [dataset("shop.stg.b")])
    project = opened(tmp_path, {**odd, "eventType": ["COMPLETE"]}, sound)
    assert told(project) == [("raw.a", "stg.b", 1, ())]
