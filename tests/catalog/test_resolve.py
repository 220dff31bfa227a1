"""Definitions → Catalog: one thing per name, every reference in its canonical form."""

from __future__ import annotations

from catalog.model import (
    Column,
    Definitions,
    Job,
    Location,
    Metric,
    Origin,
    Report,
    ReportField,
    SqlText,
    Table,
    Team,
)
from catalog.naming import Naming
from catalog.resolve import resolve

SNOWFLAKE = Naming("snowflake", "acme", "core")


def test_tables_and_columns_get_the_name_the_dialect_gives_them() -> None:
    table = Table(
        name="acme.ops.Queue", columns=(Column(name="Day"), Column(name="KEY")), primary_key=("day",)
    )
    catalog = resolve(Definitions(tables=(table,)), SNOWFLAKE)
    assert list(catalog.tables) == ["OPS.QUEUE"]
    queue = catalog.tables["OPS.QUEUE"]
    assert (queue.name, queue.primary_key) == ("OPS.QUEUE", ("DAY",))
    assert [column.name for column in queue.columns] == ["DAY", "KEY"]


def test_the_first_of_a_name_keeps_it_and_later_ones_are_repeats() -> None:
    first, second = Table(name="ops.queue", owner="a"), Table(name="OPS.Queue", owner="b")
    teams = (Team(name="b"), Team(name="a", label="first"), Team(name="a", label="second"))
    catalog = resolve(Definitions(tables=(first, second), teams=teams), SNOWFLAKE)
    assert catalog.tables["OPS.QUEUE"].owner == "a"
    assert list(catalog.teams) == ["a", "b"]
    assert catalog.teams["a"].label == "first"
    assert [(thing.name, thing.owner or thing.label) for thing in catalog.repeats] == [
        ("OPS.QUEUE", "b"),
        ("a", "second"),
    ]


def test_a_thing_keeps_its_place_under_its_canonical_name() -> None:
    origin = Origin("a.yml", 3, 5, (("name", 3, 11),))
    table = Table.model_validate({"name": "ops.queue", "__origin__": origin})
    (queue,) = resolve(Definitions(tables=(table,)), SNOWFLAKE).tables.values()
    assert (queue.name, queue.at("name")) == ("OPS.QUEUE", Location("a.yml", 3, 11))


def test_references_follow_the_names_of_what_they_point_to() -> None:
    definitions = Definitions(
        tables=(
            Table(
                name="ops.queue", columns=(Column(name="id", references="queue_list"),), replacement="ops.new"
            ),
            Table(name="core.queue_list"),
        ),
        metrics=(
            Metric(name="backlog", source="acme.ops.queue", dimensions=("day", "Id"), time_anchor="day"),
            Metric(name="plain"),
        ),
        reports=(
            Report(
                name="weekly",
                tables=("ops.queue",),
                fields=(
                    ReportField(name="a", column="ops.queue.id"),
                    ReportField(name="b", column="acme.ops.queue.decision.outcome"),
                    ReportField(name="c", column="ops.missing.id"),
                    ReportField(name="d", column="alone"),
                    ReportField(name="e", metric="backlog"),
                    ReportField(name="f", columns=("ops.queue.id", "ops.missing.id")),
                ),
            ),
        ),
        jobs=(Job(name="nightly", tables=("queue_list",)),),
    )
    catalog = resolve(definitions, SNOWFLAKE)
    queue = catalog.tables["OPS.QUEUE"]
    assert (queue.replacement, queue.columns[0].references) == ("OPS.NEW", "CORE.QUEUE_LIST")
    backlog = catalog.metrics["backlog"]
    assert (backlog.source, backlog.dimensions, backlog.time_anchor) == ("OPS.QUEUE", ("DAY", "ID"), "DAY")
    assert catalog.metrics["plain"].source is None
    weekly = catalog.reports["weekly"]
    assert weekly.tables == ("OPS.QUEUE",)
    assert [field.column for field in weekly.fields] == [
        "OPS.QUEUE.ID",
        "OPS.QUEUE.DECISION.OUTCOME",
        "OPS.MISSING.ID",
        "ALONE",
        None,
        None,
    ]
    assert weekly.fields[-1].columns == ("OPS.QUEUE.ID", "OPS.MISSING.ID")
    assert catalog.jobs["nightly"].tables == ("CORE.QUEUE_LIST",)


def test_a_table_of_another_dialect_is_found_by_its_own_rule() -> None:
    definitions = Definitions(
        tables=(Table(name="raw.Events", dialect="snowflake", columns=(Column(name="At"),)),),
        metrics=(Metric(name="events", source="raw.events", dimensions=("at",)),),
        sql=(SqlText("SELECT 1", Location("a.sql", 1, 1), "snowflake", "raw.Events"),),
    )
    catalog = resolve(definitions, Naming("bigquery"))
    assert list(catalog.tables) == ["RAW.EVENTS"]
    assert catalog.metrics["events"].source == "RAW.EVENTS"
    assert catalog.metrics["events"].dimensions == ("AT",)
    assert catalog.sql[0].table == "RAW.EVENTS"


def test_a_table_has_one_sql_text_and_files_that_stand_alone_stay() -> None:
    def text(name: str, table: str | None) -> SqlText:
        return SqlText(name, Location(f"{name}.sql", 1, 1), "snowflake", table)

    definitions = Definitions(
        tables=(Table(name="ops.a"), Table(name="OPS.A")),
        sql=(text("one", "ops.a"), text("two", "OPS.A"), text("three", None), text("four", None)),
    )
    catalog = resolve(definitions, SNOWFLAKE)
    assert [(sql.text, sql.table) for sql in catalog.sql] == [
        ("one", "OPS.A"),
        ("three", None),
        ("four", None),
    ]


def test_what_is_canonical_already_is_not_copied() -> None:
    table = Table(name="ops.queue", columns=(Column(name="day"),))
    metric = Metric(name="backlog", source="ops.queue")
    catalog = resolve(Definitions(tables=(table,), metrics=(metric,)), Naming("bigquery"))
    assert catalog.tables["ops.queue"] is table
    assert catalog.metrics["backlog"] is metric
