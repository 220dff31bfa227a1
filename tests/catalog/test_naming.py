import pytest

from catalog.naming import Naming, split_name


@pytest.mark.parametrize(
    ("dialect", "written", "canonical"),
    [
        ("bigquery", "acme.ops.Queue", "ops.Queue"),
        ("bigquery", "`acme.ops.Queue`", "ops.Queue"),
        ("bigquery", "`acme`.ops.Queue", "ops.Queue"),
        ("bigquery", "Queue", "core.Queue"),
        ("bigquery", "other.ops.Queue", "other.ops.Queue"),
        ("snowflake", "ops.queue", "OPS.QUEUE"),
        ("snowflake", 'ops."queue"', "OPS.queue"),
        ("snowflake", "acme.ops.queue", "OPS.QUEUE"),
        ("postgres", "Ops.Queue", "ops.queue"),
        ("postgres", '"Ops"."Queue"', "Ops.Queue"),
        ("duckdb", '"Ops"."Queue"', "ops.queue"),
        ("tsql", "[Ops].[Queue]", "ops.queue"),
    ],
)
def test_a_written_table_name_has_one_canonical_form(dialect: str, written: str, canonical: str) -> None:
    assert Naming(dialect, "acme", "core").written(written) == canonical


def test_without_defaults_nothing_is_added_or_dropped() -> None:
    assert Naming("bigquery").written("a.b.c") == "a.b.c"
    assert Naming("bigquery").written("c") == "c"


def test_column_names_fold_by_the_rule_of_the_dialect() -> None:
    assert Naming("bigquery").column("Event_At") == "event_at"
    assert Naming("snowflake").column("event_at") == "EVENT_AT"
    assert Naming("snowflake").column("event_at", quoted=True) == "event_at"
    assert Naming("clickhouse").column("Event_At") == "Event_At"


def test_an_unclosed_quote_is_a_part_of_the_name() -> None:
    assert split_name('a."b') == [("a", False), ('"b', False)]
