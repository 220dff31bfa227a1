"""Queries that are called the same give the same rows: thousands of small ones, run in DuckDB.

They are made at random from few words, so that many mean the same in other words; columns hold NULL, zero and
repeats. The seed is fixed.
"""

from __future__ import annotations

import random
from collections import defaultdict

import duckdb
import pytest

from catalog.naming import Naming
from catalog.sql.canonical import canonical_statements

SCHEMA = {"main.t": {"a": "INT", "b": "INT", "p": "BOOLEAN"}, "main.u": {"a": "INT", "x": "INT"}}
QUERIES = 1_000
TABLES = """
CREATE TABLE t (a INT, b INT, p BOOLEAN);
CREATE TABLE u (a INT, x INT);
INSERT INTO t VALUES (1, 1, TRUE), (1, 2, FALSE), (2, 0, NULL), (NULL, 1, TRUE), (2, 2, TRUE);
INSERT INTO t VALUES (3, NULL, FALSE);
INSERT INTO u VALUES (1, 0), (1, 2), (2, NULL), (NULL, 1), (4, 1);
"""


class Maker:
    """Makes queries with two outputs, `v` and `w`."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def pick(self, *choices: str) -> str:
        return self.random.choice(choices)

    def condition(self, columns: list[str], depth: int = 2) -> str:
        if depth and self.random.random() < 0.4:
            one, other = self.condition(columns, depth - 1), self.condition(columns, depth - 1)
            return self.pick(f"({one}) AND ({other})", f"({one}) OR ({other})", f"NOT ({one})")
        one, other = self.pick(*columns), self.pick(*columns, "1", "2")
        sign = self.pick("=", "<>", "<", "<=", ">", ">=")
        listed = self.pick("(1, 2)", "(2, 1)", "(2)")
        between = f"{one} BETWEEN 1 AND 2"
        return self.pick(f"{one} {sign} {other}", f"{one} {sign} {other}", f"{one} IN {listed}",
                         f"{one} NOT IN {listed}", f"{one} IS NULL", between)  # fmt: skip

    def value(self, columns: list[str]) -> str:
        one, other = self.pick(*columns), self.pick(*columns, "1")
        return self.pick(one, one, f"{one} + {other}", f"{other} - {one}", f"COALESCE({one}, 0)",
                         f"CASE WHEN {self.condition(columns, 0)} THEN {one} ELSE {other} END")  # fmt: skip

    def source(self, depth: int) -> tuple[str, list[str]]:
        """Something to read, without an alias, and its columns."""
        if not depth or self.random.random() < 0.5:
            return self.random.choice([("t", ["a", "b"]), ("u", ["a", "x"])])
        return f"({self.query(depth - 1)})", ["v", "w"]

    def query(self, depth: int = 2) -> str:
        text, names = self.source(depth)
        columns = [f"q.{name}" for name in names]
        from_ = f"{text} AS q"
        if self.random.random() < 0.35:
            other, more = self.source(depth - 1 if depth else 0)
            on = self.condition([*columns, *(f"r.{name}" for name in more)], 1)
            from_ += f" {self.pick('JOIN', 'LEFT JOIN', 'LEFT JOIN', 'RIGHT JOIN')} {other} AS r ON {on}"
            columns += [f"r.{name}" for name in more]
        where = f" WHERE {self.condition(columns)}" if self.random.random() < 0.5 else ""
        if self.random.random() < 0.25:
            key = self.pick(*columns)
            summed, counted = f"SUM({self.pick(*columns)})", f"COUNT({self.pick(*columns)})"
            some = f"{summed} FILTER (WHERE {self.condition(columns, 0)})"
            made = self.pick(summed, counted, "COUNT(*)", some)
            return f"SELECT {key} AS v, {made} AS w FROM {from_}{where} GROUP BY {key}"
        distinct = self.pick("", "", "", "DISTINCT ")
        plain = f"SELECT {distinct}{self.value(columns)} AS v, {self.value(columns)} AS w FROM {from_}{where}"
        if not depth or self.random.random() < 0.85:
            return plain
        return f"{plain} {self.pick('UNION ALL', 'UNION', 'EXCEPT', 'INTERSECT')} {self.query(depth - 1)}"


@pytest.mark.slow
def test_queries_that_are_called_the_same_give_the_same_rows() -> None:
    maker = Maker(seed=1)
    same = defaultdict(set)
    for _ in range(QUERIES):
        # Small ones meet more often, large ones meet where parts of them are written in two ways.
        sql = maker.query(maker.random.randrange(3))
        for written in (sql, f"WITH whole AS ({sql}) SELECT w, v FROM whole"):
            (found,) = canonical_statements(written, naming=Naming("duckdb", None, "main"), schema=SCHEMA)
            same[found.meaning].add(written)
    database = duckdb.connect()
    database.execute(TABLES)
    compared = 0
    for texts in same.values():
        results = [database.execute(f"SELECT v, w FROM ({text})").fetchall() for text in sorted(texts)]
        assert len({tuple(sorted(rows, key=repr)) for rows in results}) == 1, sorted(texts)
        compared += len(texts) - 1
    assert compared > QUERIES // 3
