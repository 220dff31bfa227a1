import pytest

from catalog.sql import Observation, ObservationKind, trace_sql

STAR, OPEN, JOIN, DAY = ObservationKind


def seen(sql: str, kind: ObservationKind, dialect: str = "bigquery") -> list[tuple[str, str, int, int]]:
    found = observed(sql, dialect)
    return [(each.table, each.detail, each.line, each.char) for each in found if each.kind is kind]


def observed(sql: str, dialect: str) -> list[Observation]:
    statements = trace_sql(sql, dialect=dialect, observes=True)
    return [each for statement in statements for each in statement.observations]


@pytest.mark.parametrize(
    ("sql", "tables"),
    [
        ("SELECT * FROM a.t", ["a.t"]),
        ("SELECT t.*, u.x FROM a.t AS t JOIN a.u AS u USING (id)", ["a.t"]),
        ("SELECT * EXCEPT (x) FROM a.t", ["a.t"]),
        ("CREATE TABLE b.c AS SELECT * FROM a.t", ["a.t"]),
        ("INSERT INTO b.c SELECT * FROM a.t", ["a.t"]),
        ("WITH q AS (SELECT * FROM a.t) SELECT * FROM q", ["a.t"]),
        ("SELECT * FROM (SELECT * FROM a.t)", ["a.t"]),
        ("SELECT x FROM a.t UNION ALL SELECT * FROM a.u", ["a.u"]),
        # The columns are listed somewhere on the way.
        ("WITH q AS (SELECT * FROM a.t) SELECT x FROM q", []),
        ("WITH q AS (SELECT x FROM a.t) SELECT * FROM q", []),
        ("SELECT COUNT(*) FROM a.t", []),
        ("SELECT x FROM a.t WHERE EXISTS (SELECT * FROM a.u)", []),
        ("WITH RECURSIVE q AS (SELECT x FROM a.t UNION ALL SELECT * FROM q) SELECT * FROM q", []),
    ],
)
def test_a_star_counts_where_the_columns_of_a_table_come_out_at_the_end(sql: str, tables: list[str]) -> None:
    assert [table for table, *_ in seen(sql, STAR)] == tables


@pytest.mark.parametrize(
    ("sql", "tables"),
    [
        ("SELECT 1 FROM a.t, a.u", ["a.u"]),
        ("SELECT 1 FROM a.t AS t, a.u AS u WHERE t.x = 1", ["a.u"]),
        ("SELECT 1 FROM a.t AS t, (SELECT x FROM a.v) AS u", ["u"]),
        ("SELECT 1 FROM a.t AS t CROSS JOIN (SELECT x FROM a.v) AS u", []),
        ("SELECT 1 FROM a.t JOIN a.u ON TRUE", ["a.u"]),
        ("SELECT 1 FROM a.t JOIN a.u ON t.x = 1", ["a.u"]),
        ("SELECT 1 FROM a.t AS t, a.u AS u WHERE t.id = u.id", []),
        ("SELECT 1 FROM a.t, a.u WHERE id = uid", []),
        ("SELECT 1 FROM a.t CROSS JOIN a.u", []),
        ("SELECT 1 FROM a.t JOIN a.u USING (id)", []),
        ("SELECT 1 FROM a.t NATURAL JOIN a.u", []),
        ("SELECT 1 FROM a.t, UNNEST(t.xs) AS x", []),
        ("SELECT 1 FROM a.t LEFT JOIN a.u ON u.id = t.id", []),
    ],
)
def test_a_join_that_says_nothing_of_what_it_joins_is_seen(sql: str, tables: list[str]) -> None:
    assert [table for table, *_ in seen(sql, OPEN)] == tables


@pytest.mark.parametrize(
    ("sql", "held"),
    [
        ("SELECT SUM(t.n) FROM a.t AS t JOIN a.u AS u ON u.id = t.id", [("a.u", "id")]),
        ("SELECT SUM(t.n) FROM a.t AS t JOIN a.u AS u USING (id, day)", [("a.u", "day,id")]),
        ("SELECT COUNT(t.n) FROM a.t AS t LEFT JOIN a.u u ON u.id = t.id AND u.k = 'x'", [("a.u", "id,k")]),
        # Nothing of another table is added up, or the condition says more than what is equal.
        ("SELECT SUM(u.n) FROM a.t AS t JOIN a.u AS u ON u.id = t.id", []),
        ("SELECT MAX(t.n) FROM a.t AS t JOIN a.u AS u ON u.id = t.id", []),
        ("SELECT COUNT(DISTINCT t.n) FROM a.t AS t JOIN a.u AS u ON u.id = t.id", []),
        ("SELECT SUM(t.n) FROM a.t AS t JOIN a.u AS u ON u.id = t.id AND t.d BETWEEN u.a AND u.b", []),
        ("WITH u AS (SELECT 1 AS id) SELECT SUM(t.n) FROM a.t AS t JOIN u ON u.id = t.id", []),
    ],
)
def test_a_join_beside_sums_tells_which_columns_it_holds(sql: str, held: list[tuple[str, str]]) -> None:
    assert [(table, columns) for table, columns, *_ in seen(sql, JOIN)] == held


@pytest.mark.parametrize(
    ("sql", "days"),
    [
        ("SELECT x FROM a.t WHERE d >= '2026-01-31'", ["2026-01-31"]),
        ("SELECT x FROM a.t WHERE d >= DATE '2026-01-31'", ["2026-01-31"]),
        ("SELECT x FROM a.t JOIN a.u ON u.d = TIMESTAMP('2026-01-31 10:00')", ["2026-01-31 10:00"]),
        ("SELECT x FROM a.t WHERE d < '9999-12-31'", []),
        ("SELECT DATE '2026-01-31' AS d FROM a.t", []),
        ("SELECT x FROM a.t WHERE v = '2026-1'", []),
    ],
)
def test_days_count_in_conditions_but_for_those_that_mean_always_or_never(sql: str, days: list[str]) -> None:
    assert [day for _, day, *_ in seen(sql, DAY)] == days


def test_a_place_is_the_line_and_character_of_what_is_seen() -> None:
    sql = "SELECT x\nFROM a.t\nWHERE d >=\n  '2026-01-31'"
    assert seen(sql, DAY) == [("", "2026-01-31", 4, 3)]


def test_names_follow_the_rule_of_the_dialect() -> None:
    assert seen('SELECT * FROM A.t JOIN "b".u USING (id)', STAR, "snowflake") == [
        ("A.T", "", 1, 8),
        ("b.U", "", 1, 8),
    ]


@pytest.mark.parametrize("sql", ["", "SELECT", "SELECT * FROM (", "GRANT x TO y", "\x00", "{{ macro() }}"])
def test_what_is_no_query_shows_nothing(sql: str) -> None:
    assert observed(sql, "bigquery") == []
