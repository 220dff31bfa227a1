"""The SQL of the example runs, and the definitions say what it gives."""

from dataclasses import replace

import duckdb
import pytest
from checking import Warehouse, column_faults, faults, key_faults, metric_faults, metric_value, value_faults
from clock import RUN_DATE
from duckdb_sql import statements
from measurement import TRUE_PREVALENCE
from seeds import Row
from warehouse import build_order, feeds

from catalog import Node, NodeKind, Project

pytestmark = pytest.mark.xdist_group("warehouse")


@pytest.fixture
def built(warehouse: duckdb.DuckDBPyConnection, example: Project) -> Warehouse:
    return Warehouse(warehouse, example)


def test_the_definitions_say_what_the_warehouse_holds(built: Warehouse) -> None:
    assert list(faults(built.connection, built.project)) == []


@pytest.fixture(scope="module")
def rows(example: Project) -> dict[str, list[Row]]:
    """Name of each table that is not derived → the rows it is filled with."""
    return {name: list(rows) for name, rows in feeds(example)}


def test_every_source_is_filled_and_every_other_table_has_sql(
    example: Project, rows: dict[str, list[Row]]
) -> None:
    filled = set(rows)
    derived = {text.table for text in example.catalog.sql}
    assert filled | derived == set(example.catalog.tables)
    assert not filled & derived


def test_a_table_is_built_after_all_it_is_made_from(example: Project) -> None:
    order = build_order(example)
    for place, name in enumerate(order):
        upstream = {node.name for node in example.lineage.upstream(Node(NodeKind.TABLE, name))}
        assert not upstream & set(order[place + 1 :]), name


def test_the_same_seed_gives_the_same_rows(example: Project, rows: dict[str, list[Row]]) -> None:
    for name, again in feeds(example):
        assert rows[name] == list(again), name


def test_a_column_with_another_name_or_type_is_a_fault(built: Warehouse) -> None:
    table = built.project.catalog.tables["mart_ops.queue_daily"]
    renamed = tuple(
        column.model_copy(update={"name": "backlog"}) if column.name == "backlog_eod" else column
        for column in table.columns
    )
    retyped = tuple(
        column.model_copy(update={"type": "STRING"}) if column.name == "backlog_eod" else column
        for column in table.columns
    )
    (fault,) = column_faults(built, table.model_copy(update={"columns": renamed}))
    assert "declares" in fault
    assert list(column_faults(built, table.model_copy(update={"columns": retyped}))) == [
        "mart_ops.queue_daily.backlog_eod: is HUGEINT, declared as STRING"
    ]


def test_a_key_that_repeats_and_a_null_where_none_may_be_are_faults(built: Warehouse) -> None:
    table = built.project.catalog.tables["mart_ops.queue_daily"]
    found = list(key_faults(built, table.model_copy(update={"primary_key": ("queue_id",)})))
    assert [fault.partition(" (")[0] for fault in found] == ["mart_ops.queue_daily: the key"]
    required = tuple(column.model_copy(update={"required": True}) for column in table.columns)
    found = list(key_faults(built, table.model_copy(update={"columns": required})))
    assert {fault.partition(":")[0].rpartition(".")[2] for fault in found} == {
        "tat_p50_minutes",
        "tat_p90_minutes",
    }


def test_a_value_outside_its_enumeration_is_a_fault(built: Warehouse) -> None:
    enums = built.project.catalog.enums
    fewer = enums["harm-area"].model_copy(update={"values": enums["harm-area"].values[:1]})
    catalog = replace(built.project.catalog, enums={**enums, "harm-area": fewer})
    cut = Warehouse(built.connection, replace(built.project, catalog=catalog))
    found = list(value_faults(cut, catalog.tables["ref.queue"]))
    assert "ref.queue.harm_area: holds `ADULT`, which is not among its values" not in found
    assert "ref.queue.harm_area: holds `GENERAL`, which is not among its values" in found


def test_a_metric_that_gives_something_absurd_is_a_fault(built: Warehouse) -> None:
    metric = built.project.catalog.metrics["occupancy_rate"]
    wrong = metric.model_copy(update={"expression": "SUM(handling_minutes)"})
    assert any("gives" in fault for fault in metric_faults(built, wrong))
    empty = metric.model_copy(update={"filter": "FALSE"})
    assert any("gives None" in fault for fault in metric_faults(built, empty))


def test_occupancy_times_what_is_not_shrinkage_is_utilization(built: Warehouse) -> None:
    metrics = built.project.catalog.metrics
    occupancy, shrinkage, utilization = (
        metric_value(built, metrics[name])
        for name in ("occupancy_rate", "shrinkage_rate", "utilization_rate")
    )
    assert occupancy is not None
    assert shrinkage is not None
    assert utilization == pytest.approx(occupancy * (1 - shrinkage), abs=1e-12)


def test_prevalence_is_found_within_its_interval(built: Warehouse) -> None:
    value = metric_value(built, built.project.catalog.metrics["violative_view_rate"])
    assert value == pytest.approx(TRUE_PREVALENCE, rel=0.25)


def test_each_notice_has_one_first_item(built: Warehouse) -> None:
    ((notices, first),) = built.rows(
        "SELECT COUNT(DISTINCT report_id), COUNT(*) FILTER (is_first_item) FROM staging.stg_notice_items"
    )
    assert notices == first


@pytest.mark.parametrize(
    ("bigquery", "gives"),
    [
        ("SELECT o FROM UNNEST(['a', 'b']) AS v WITH OFFSET AS o ORDER BY o", [(0,), (1,)]),
        ("SELECT CAST(TIMESTAMP(DATE '2026-07-01', 'Asia/Kuala_Lumpur') AS STRING)", "2026-06-30 16:00:00"),
        ("SELECT DATE_TRUNC(DATE '2026-11-20', ISOWEEK) = DATE '2026-11-16'", [(True,)]),
        ("SELECT COUNTIF(x) FROM (SELECT CAST(NULL AS BOOL) AS x)", [(0,)]),
        ("SELECT CURRENT_DATE() - 3 = DATE_SUB(@run_date, INTERVAL 3 DAY)", [(True,)]),
    ],
)
def test_where_the_translation_means_something_else_it_is_mended(bigquery: str, gives: object) -> None:
    (translated,) = statements(bigquery, RUN_DATE)
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        rows = connection.execute(translated).fetchall()
    assert str(rows[0][0]).startswith(gives) if isinstance(gives, str) else rows == gives
