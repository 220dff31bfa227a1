"""`plumbline scaffold`: drafts of tables that nobody has described."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from catalog import CHECKS, CatalogError, Naming, Plan, open_project, run_checks, scaffolding, write_all
from catalog.sql import keys_of_rows

ORDERS = """\
CREATE OR REPLACE TABLE stg.orders AS
SELECT o.id, CAST(o.day AS DATE) AS day, o.amount * 2 AS doubled FROM raw.orders AS o
QUALIFY ROW_NUMBER() OVER (PARTITION BY o.id ORDER BY o.day DESC) = 1
"""
DAILY = "CREATE TABLE mart.daily AS\nSELECT day, COUNT(*) AS orders FROM stg.orders GROUP BY day\n"

WRITTEN = """\
# What we know.
tables:
  - name: ref.currency   # of the bank
    description: 'Rates of a day.'
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "plumbline.yml").write_text("dialect: bigquery\ndefinitions: [etl]\n", "utf-8")
    for file, text in {
        "etl/staging/orders.sql": ORDERS,
        "etl/daily.sql": DAILY,
        "etl/daily.yml": WRITTEN,
        "etl/weekly.sql": "SELECT day, SUM(orders) AS orders FROM mart.daily GROUP BY day\n",
    }.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text, "utf-8")
    return tmp_path


def scaffolded(root: Path, *wanted: str) -> Plan:
    plan = scaffolding(root, open_project(root), wanted)
    write_all(root, plan.rewrites)
    return plan


def found(root: Path) -> set[tuple[str, str]]:
    findings = run_checks(open_project(root), CHECKS, today=datetime.date(2026, 1, 1))
    return {(each.code, each.subject) for each in findings}


def test_each_table_is_drafted_beside_its_sql_and_behind_what_is_there(root: Path) -> None:
    plan = scaffolded(root)
    assert [mend.message for mend in plan.made] == [
        "`mart.daily` is drafted",
        "`raw.orders` is drafted",
        "`stg.orders` is drafted",
    ]
    assert (root / "etl/daily.yml").read_text("utf-8") == WRITTEN + (
        "  # Made from stg.orders by etl/daily.sql.\n"
        "  - name: mart.daily\n"
        "    primary_key:\n"
        "      - day\n"
        "    columns:\n"
        "      - name: day\n"
        "        type: DATE\n"
        "      - name: orders\n"
        "        type: INT64\n"
    )
    assert (root / "etl/raw.yml").read_text("utf-8") == (
        "tables:\n"
        "  # Read by etl/staging/orders.sql.\n"
        "  - name: raw.orders\n"
        "    layer: source\n"
        "    columns:\n"
        "      - name: amount\n"
        "      - name: day\n"
        "      - name: id\n"
    )
    table = open_project(root).catalog.tables["stg.orders"]
    assert table.origin.file == "etl/staging/orders.yml"
    assert table.primary_key == ("id",)


def test_the_checks_go_on_asking_for_words_and_for_nothing_else(root: Path) -> None:
    assert ("TB001", "mart.daily") in found(root)
    scaffolded(root)
    asked = found(root)
    assert {("TB002", "mart.daily"), ("TB003", "mart.daily"), ("CL001", "mart.daily.day")} <= asked
    assert not {code for code, _ in asked} & {"TB001", "CL003", "CL004", "CL005", "TB007", "FL001", "FL002"}
    assert scaffolded(root).made == ()


def test_a_query_in_a_file_is_drafted_under_the_name_that_is_asked_for(root: Path) -> None:
    scaffolded(root, "mart.weekly")
    assert (root / "etl/weekly.yml").read_text("utf-8").splitlines()[:4] == [
        "tables:",
        "  - name: mart.weekly",
        "    sql: weekly.sql",
        "    columns:",
    ]
    assert "mart.daily" in {edge.source.name for edge in open_project(root).lineage.edges}


def test_a_query_over_a_table_does_not_fill_it_for_its_name(root: Path) -> None:
    (root / "etl/visits.sql").write_text("SELECT day FROM raw.visits", "utf-8")
    scaffolded(root, "raw.visits")
    assert "sql:" not in (root / "etl/raw.yml").read_text("utf-8")


def test_only_what_is_asked_for_is_drafted(root: Path) -> None:
    assert [mend.message for mend in scaffolded(root, "stg.*").made] == ["`stg.orders` is drafted"]
    plan = scaffolded(root, "stg.orders")
    assert (plan.rewrites, plan.left[0].message) == ((), "`stg.orders` has an entry already")
    with pytest.raises(CatalogError, match=r"no SQL has a table `stg.order`"):
        scaffolded(root, "stg.order")


def test_nothing_is_drafted_while_a_file_may_hide_what_is_written(root: Path) -> None:
    (root / "etl/daily.yml").write_text("tables:\n\t- name: mart.daily\n", "utf-8")
    with pytest.raises(CatalogError, match=r"^etl/daily.yml:2:1: a tab indents this line, which may hide"):
        scaffolded(root)
    assert not (root / "etl/raw.yml").exists()


def test_a_file_that_may_not_be_edited_is_left_and_the_others_are_written(root: Path) -> None:
    text = "terms: []\nterms: []\ntables: [{name: ref.currency}]\n"
    (root / "etl/daily.yml").write_text(text, "utf-8")
    plan = scaffolded(root)
    assert (root / "etl/daily.yml").read_text("utf-8") == text
    assert [left.message for left in plan.left] == ["`terms` is written twice in one mapping"]
    assert (root / "etl/raw.yml").exists()


@pytest.mark.parametrize(
    ("sql", "key"),
    [
        ("SELECT day, UPPER(q) AS queue, COUNT(*) AS n FROM t GROUP BY 1, queue", ("day", "queue")),
        ("SELECT DATE(at) AS day, SUM(x) AS x FROM t GROUP BY DATE(at)", ("day",)),
        ("SELECT id, ROW_NUMBER() OVER (PARTITION BY id ORDER BY d) AS n FROM t QUALIFY n = 1", ("id",)),
        ("SELECT a, SUM(x) AS s FROM t GROUP BY ALL", ("a",)),
        ("SELECT COUNT(*) AS n FROM t GROUP BY a", None),
        ("SELECT a, b, SUM(x) AS s FROM t GROUP BY ROLLUP (a, b)", None),
        ("SELECT a FROM t QUALIFY ROW_NUMBER() OVER (PARTITION BY a ORDER BY b) = 2", None),
        ("SELECT a FROM (SELECT a FROM t GROUP BY a)", None),
        ("SELECT a FROM t GROUP BY a UNION ALL SELECT a FROM u GROUP BY a", None),
        ("SELECT (", None),
    ],
)
def test_a_key_is_told_only_where_the_query_makes_it_one(sql: str, key: tuple[str, ...] | None) -> None:
    assert keys_of_rows(sql, Naming("bigquery")).get(1) == key
