"""The lineage of the example's own SQL: all of it, and every misspelling in it is noticed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from catalog.project import Project, open_project
from catalog.sql import StatementLineage, scan, trace_sql
from catalog.trace import declared_schema

ROOT = Path(__file__).parents[3]
GOLDEN = ROOT / "tests" / "cases" / "example_lineage.txt"


@cache
def example() -> Project:
    return open_project(ROOT)


@cache
def texts() -> dict[str, str]:
    return {sql.table: sql.text for sql in example().catalog.sql if sql.table}


def traced(table: str, text: str | None = None) -> StatementLineage:
    schema = declared_schema(example().catalog)
    (statement,) = trace_sql(
        texts()[table] if text is None else text, dialect="bigquery", schema=schema, infer_types=True
    )
    return statement


def golden() -> dict[str, tuple[str, ...]]:
    pairs = (line.split(" <- ") for line in GOLDEN.read_text(encoding="utf-8").splitlines())
    return {target: tuple(sorted(sources.split(", "))) for target, sources in pairs}


@pytest.mark.parametrize("table", sorted(golden()))
def test_tables_read_and_written_are_those_of_the_golden_list(table: str) -> None:
    statement = traced(table)
    assert statement.reads == golden()[table]
    assert statement.writes == (table,)
    assert scan(texts()[table], dialect="bigquery") == (frozenset(golden()[table]), frozenset({table}))


@pytest.mark.parametrize("table", sorted(golden()))
def test_every_column_has_sources_or_is_known_to_have_none(table: str) -> None:
    statement = traced(table)
    with_sources = {edge.target_column for edge in statement.columns}
    generated = {output.name for output in statement.outputs if output.is_generated}
    assert {output.name for output in statement.outputs} == with_sources | generated
    assert not with_sources & generated
    assert statement.gaps == ()
    assert statement.unknown_columns == ()


@pytest.mark.parametrize("table", sorted(golden()))
def test_columns_and_types_are_those_declared(table: str) -> None:
    declared = example().catalog.tables[table].columns
    found = [(output.name, output.type) for output in traced(table).outputs]
    assert found == [(column.name, column.type) for column in declared if "." not in column.name]


@pytest.mark.parametrize("table", sorted(golden()))
def test_every_edge_starts_at_a_declared_column(table: str) -> None:
    schema = declared_schema(example().catalog)
    for edge in traced(table).columns:
        assert edge.source_column.split(".")[0] in schema[edge.source_table]


def test_expressions_are_cut_out_of_the_text_as_written() -> None:
    for table in golden():
        plain = " ".join(texts()[table].split())
        for output in traced(table).outputs:
            squeezed = output.expression.replace(" ", "")
            assert squeezed in plain.replace(" ", "") or output.expression.startswith("UNPIVOT"), output
            assert 1 <= output.line <= texts()[table].count("\n") + 1


MISSPELT = [
    ("staging.stg_review_task_events", "e.decision.outcome", "e.decision.outcom", "decision.outcom"),
    ("mart_workforce.capacity_weekly", "seg.state", "seg.stat", "segments.stat"),
    ("staging.stg_review_task_events", "l.severity", "l.sevrity", "labels.sevrity"),
    ("staging.stg_moderator_scd2", "l.cefr", "l.cerf", "languages.cerf"),
    ("mart_ops.moderator_daily", "s.idle_minutes", "s.idl_minutes", "idl_minutes"),
    ("mart_ops.moderator_daily", "SUM(minutes)", "SUM(minuts)", "minuts"),
    ("mart_ops.moderator_daily", "FOR state IN", "FOR stat IN", "stat"),
    ("mart_ops.queue_daily", "WHERE decided_at IS", "WHERE decided_t IS", "decided_t"),
    ("mart_transparency.prevalence_monthly", "v.qualified_views", "v.qualified_vews", "qualified_vews"),
    ("mart_appeals.appeal_daily", "a.country,", "a.contry,", "contry"),
    (
        "report.weekly_ops_pack",
        "(tasks_created, cycles_decided",
        "(task_created, cycles_decided",
        "task_created",
    ),
    ("intermediate.int_action_outcomes", "= s.is_proactive", "= s.is_proactiv", "is_proactiv"),
    ("intermediate.int_action_outcomes", "ON t.action_id", "ON t.action_ids", "action_ids"),
    (
        "mart_quality.moderator_qa_weekly",
        "ORDER BY d.week_start ROWS",
        "ORDER BY d.wek_start ROWS",
        "wek_start",
    ),
    ("staging.stg_enforcement_actions", "EXCEPT (version)", "EXCEPT (versions)", "versions"),
]


@pytest.mark.parametrize(("table", "right", "wrong", "column"), MISSPELT)
def test_misspelling_is_told_where_it_stands(table: str, right: str, wrong: str, column: str) -> None:
    text = texts()[table]
    assert right in text
    spoilt = text.replace(right, wrong, 1)
    (miss,) = traced(table, spoilt).unknown_columns
    assert miss.column == column
    start = spoilt.index(wrong)
    line = spoilt.splitlines()[miss.line - 1]
    assert line[miss.char - 1 :].startswith(column.rpartition(".")[2])
    assert spoilt.count("\n", 0, start) + 1 == miss.line
    assert miss.candidates


def test_column_dropped_upstream_is_blamed_on_the_table_that_lost_it() -> None:
    schema = declared_schema(example().catalog)
    upstream = schema["staging.stg_review_task_events"]
    del upstream["handle_minutes"]
    text = texts()["intermediate.int_review_cycle"]
    (statement,) = trace_sql(text, dialect="bigquery", schema=schema)
    assert [(miss.table, miss.column) for miss in statement.unknown_columns] == [
        ("staging.stg_review_task_events", "handle_minutes")
    ]


def test_ambiguous_column_is_a_gap_with_an_edge_for_each_owner() -> None:
    spoilt = texts()["mart_enforcement.removal_daily"].replace("  r.country,", "  country,", 1)
    statement = traced("mart_enforcement.removal_daily", spoilt)
    assert [gap.reason for gap in statement.gaps] == ["ambiguous"]
    owners = {edge.source_table for edge in statement.columns if edge.target_column == "country"}
    assert owners == {"intermediate.int_action_outcomes", "raw_moderation.content_item"}


def test_merge_maps_the_insert_list_and_follows_the_query_inside_using() -> None:
    statement = traced("intermediate.int_action_outcomes")
    assert statement.kind == "merge"
    edges = {(e.target_column, e.source_table, e.source_column, str(e.subtype)) for e in statement.columns}
    assert ("misuse_ground", "staging.stg_enforcement_actions", "misuse_ground", "IDENTITY") in edges
    assert ("is_proactive", "staging.stg_notice_items", "submitted_at", "AGGREGATION") in edges
    assert ("first_appeal_at", "intermediate.int_appeal_outcomes", "submitted_at", "IDENTITY") in edges


def test_two_runs_give_the_same_values() -> None:
    assert [traced(table) for table in golden()] == [traced(table) for table in golden()]
