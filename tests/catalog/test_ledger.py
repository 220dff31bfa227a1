"""The ledger: every statement is in one account, and a thing's lineage is as complete as what it rests on."""

from __future__ import annotations

from pathlib import Path

import pytest
from lineage_cases import CASES, read_case, trace_case

from catalog.ledger import Accounts, Seen, Standing, accounts_of, completeness, standing_of
from catalog.lineage import Lineage, Node, NodeKind, build_lineage
from catalog.model import Catalog, Location, SqlText
from catalog.naming import Naming
from catalog.remembering import for_one_run
from catalog.sql import trace_sql
from catalog.trace import Traced, trace_texts


def lineage_of(*texts: str) -> Lineage:
    sql = [SqlText(text, Location(f"{index}.sql", 1, 1), "bigquery") for index, text in enumerate(texts)]
    traced = trace_texts(sql, {"d.t": {"a": "INT64", "b": "INT64"}}, Naming("bigquery"), for_one_run())
    return build_lineage(Catalog({}, {}, {}, {}, {}, {}, {}), Traced(traced))


def table(name: str) -> Node:
    return Node(NodeKind.TABLE, name)


@pytest.mark.parametrize("path", sorted(CASES.rglob("*.sql")), ids=lambda path: path.stem)
def test_every_statement_of_a_case_is_in_one_account(path: Path) -> None:
    statements = trace_case(read_case(path))
    assert accounts_of(statements).total == len(statements)
    for statement in statements:
        if standing_of(statement) is Standing.NO_DATA_FLOW:
            assert not statement.columns
            assert not statement.indirect


def test_accounts_of_a_script() -> None:
    sql = "DROP TABLE x; SELECT a FROM d.t; SELECT (; CALL p(); INSERT INTO u (a) SELECT a FROM d.t"
    assert accounts_of(trace_sql(sql, dialect="bigquery")) == Accounts(lineage=2, gap=2, no_data_flow=1)


def test_what_is_seen_whole_is_complete() -> None:
    lineage = lineage_of("CREATE TABLE m.x AS SELECT a, 1 AS one FROM d.t")
    assert completeness(lineage, table("m.x")).own == Seen(1, 1, 2, 2)
    assert completeness(lineage, table("m.x")).own.share == 1


def test_a_gap_upstream_is_felt_downstream_and_not_counted_as_own() -> None:
    lineage = lineage_of(
        "CREATE TABLE m.x AS SELECT a, b FROM d.t, e.u, f.v WHERE g = 1",
        "CREATE TABLE m.y AS SELECT a FROM m.x",
    )
    own = completeness(lineage, table("m.y"))
    assert own.own.share == 1
    assert own.upstream.statements == 2
    assert own.upstream.share == 0.5


def test_a_column_is_seen_only_if_every_way_into_it_is() -> None:
    lineage = lineage_of(
        "INSERT INTO m.x (a, b) SELECT a, b FROM d.t; INSERT INTO m.x (a, b) SELECT c, 1 FROM e.u, f.v"
    )
    assert completeness(lineage, table("m.x")).own == Seen(2, 1, 2, 1)


def test_a_source_has_nothing_to_see() -> None:
    lineage = lineage_of("CREATE TABLE m.x AS SELECT a FROM d.t")
    assert completeness(lineage, table("d.t")).upstream.share is None
