"""The canonical form of SQL: what is written otherwise is the same, what computes otherwise is not."""

import pytest

from catalog.naming import Naming
from catalog.sql.canonical import CanonicalStatement, canonical_expression, canonical_statements

SCHEMA = {
    "d.t": {"id": "INT64", "a": "INT64", "b": "INT64", "s": "STRING", "p": "BOOL", "parent": "INT64"},
    "d.u": {"id": "INT64", "x": "INT64", "y": "STRING", "xs": "ARRAY<INT64>"},
}

SAME = [
    # Format, case, comments, names.
    ("SELECT a FROM d.t WHERE b = 1", "select\n  A -- it\nfrom d.t as q /* here */ where q.b=1"),
    ("SELECT a FROM d.t", "SELECT `t`.`a` FROM `d`.`t`"),
    (
        "WITH one AS (SELECT a FROM d.t) SELECT a FROM one",
        "WITH two AS (SELECT a FROM d.t) SELECT two.a FROM two",
    ),
    (
        "SELECT t.a, u.x FROM d.t JOIN d.u ON t.id = u.id",
        "SELECT p.a, q.x FROM d.t p INNER JOIN d.u q ON q.id = p.id",
    ),
    ("SELECT a, b FROM d.t", "SELECT b, a FROM d.t"),
    ("SELECT * FROM d.u", "SELECT xs, y, x, id FROM d.u"),
    ("SELECT * EXCEPT (p, s) FROM d.t", "SELECT id, a, b, parent FROM d.t"),
    # A query within another, beside it, or none.
    (
        "WITH q AS (SELECT a, b FROM d.t WHERE p) SELECT a FROM q WHERE b > 1",
        "SELECT a FROM d.t WHERE p AND 1 < b",
    ),
    ("SELECT n FROM (SELECT a + b AS n FROM d.t) WHERE n > 3", "SELECT b + a AS n FROM d.t WHERE a + b > 3"),
    (
        "SELECT SUM(n) AS n FROM (SELECT a * 2 AS n FROM d.t WHERE p)",
        "SELECT SUM(2 * a) AS n FROM d.t WHERE p",
    ),
    (
        "SELECT t.a, u.x FROM d.t LEFT JOIN (SELECT id, x FROM d.u WHERE y = 'k') u ON t.id = u.id",
        "SELECT t.a, u.x FROM d.t LEFT JOIN d.u ON t.id = u.id AND u.y = 'k'",
    ),
    ("WITH unused AS (SELECT 1 AS z) SELECT a FROM d.t", "SELECT a FROM d.t"),
    ("(SELECT a FROM d.t)", "SELECT a FROM d.t"),
    (
        "SELECT a FROM d.t UNION ALL (SELECT x FROM d.u UNION ALL SELECT id FROM d.u)",
        "SELECT a FROM d.t UNION ALL (SELECT u.x FROM d.u UNION ALL SELECT u.id FROM d.u)",
    ),
    # Conditions.
    ("SELECT a FROM d.t WHERE a = 1 AND b = 2", "SELECT a FROM d.t WHERE (2 = b) AND (a = 1)"),
    ("SELECT a FROM d.t WHERE NOT (p OR a = 1)", "SELECT a FROM d.t WHERE NOT p AND a <> 1"),
    ("SELECT a FROM d.t WHERE a BETWEEN 1 AND 5", "SELECT a FROM d.t WHERE a >= 1 AND a <= 5"),
    ("SELECT a FROM d.t WHERE a NOT BETWEEN 1 AND 5", "SELECT a FROM d.t WHERE NOT a BETWEEN 1 AND 5"),
    ("SELECT a FROM d.t WHERE s IN ('x', 'y')", "SELECT a FROM d.t WHERE s = 'y' OR s = 'x'"),
    ("SELECT a FROM d.t WHERE s NOT IN ('x', 'y')", "SELECT a FROM d.t WHERE s <> 'y' AND s != 'x'"),
    ("SELECT a FROM d.t WHERE NOT NOT p", "SELECT a FROM d.t WHERE p"),
    ("SELECT a FROM d.t WHERE p AND p", "SELECT a FROM d.t WHERE p"),
    (
        "SELECT t.a FROM d.t JOIN d.u ON t.id = u.id AND p",
        "SELECT t.a FROM d.t JOIN d.u ON t.id = u.id WHERE t.p",
    ),
    ("SELECT t.a FROM d.t, d.u WHERE t.id = u.id", "SELECT t.a FROM d.u JOIN d.t ON t.id = u.id"),
    (
        "SELECT 1 AS n FROM d.t WHERE EXISTS (SELECT 1 FROM d.u WHERE u.id = t.id)",
        "SELECT 1 AS n FROM d.t q WHERE EXISTS (SELECT r.x FROM d.u r WHERE q.id = r.id)",
    ),
    # Expressions.
    ("SELECT a + b + 1 AS n FROM d.t", "SELECT 1 + (b + a) AS n FROM d.t"),
    ("SELECT IF(p, a, b) AS n FROM d.t", "SELECT CASE WHEN p THEN a ELSE b END AS n FROM d.t"),
    (
        "SELECT CASE s WHEN 'x' THEN 1 END AS n FROM d.t",
        "SELECT CASE WHEN s = 'x' THEN 1 ELSE NULL END AS n FROM d.t",
    ),
    ("SELECT IFNULL(a, 0) AS n FROM d.t", "SELECT COALESCE(a, 0) AS n FROM d.t"),
    ("SELECT COUNT(*) AS n FROM d.t", "SELECT COUNT(1) AS n FROM d.t"),
    (
        "SELECT SUM(a) OVER (PARTITION BY s, p ORDER BY b) AS n FROM d.t",
        "SELECT SUM(a) OVER w AS n FROM d.t WINDOW w AS (PARTITION BY p, s ORDER BY b ASC)",
    ),
    ("SELECT a, SUM(b) AS n FROM d.t GROUP BY a", "SELECT a, SUM(b) AS n FROM d.t GROUP BY 1"),
    ("SELECT a, SUM(b) AS n FROM d.t GROUP BY a", "SELECT a, SUM(b) AS n FROM d.t GROUP BY ALL"),
    ("SELECT a, s, SUM(b) AS n FROM d.t GROUP BY a, s", "SELECT a, s, SUM(b) AS n FROM d.t GROUP BY s, a"),
    (
        "SELECT a + 1 AS n, SUM(b) AS m FROM d.t GROUP BY n",
        "SELECT a + 1 AS n, SUM(b) AS m FROM d.t GROUP BY 1 + a",
    ),
    ("SELECT v FROM d.u, UNNEST(xs) AS v", "SELECT w AS v FROM d.u AS k CROSS JOIN UNNEST(k.xs) AS w"),
    ("SELECT a FROM d.t ORDER BY b", "SELECT a FROM d.t"),
    # Statements.
    (
        "CREATE TABLE d.n AS SELECT a FROM d.t",
        "CREATE OR REPLACE TABLE d.n PARTITION BY a CLUSTER BY a AS SELECT a FROM d.t",
    ),
    (
        "CREATE TEMP TABLE h AS SELECT a FROM d.t; CREATE TABLE d.n AS SELECT a FROM h",
        "CREATE TABLE d.n AS SELECT a FROM d.t",
    ),
    (
        "MERGE d.t t USING d.u u ON t.id = u.id WHEN MATCHED AND u.x > 1 THEN UPDATE SET a = u.x, b = 2",
        "MERGE INTO d.t q USING d.u r ON r.id = q.id WHEN MATCHED AND 1 < r.x THEN UPDATE SET b = 2, a = r.x",
    ),
    (
        "DECLARE n INT64; SET n = 3; CREATE TABLE d.n AS SELECT a FROM d.t",
        "DECLARE n INT64;\nSET n = 3; -- three\nCREATE TABLE d.n AS\nSELECT a FROM d.t",
    ),
]

DIFFERENT = [
    # Rows.
    ("SELECT a FROM d.t WHERE s = 'x'", "SELECT a FROM d.t WHERE s = 'X'"),
    ("SELECT a FROM d.t WHERE b < 1", "SELECT a FROM d.t WHERE NOT b >= 1"),
    (
        "SELECT t.a FROM d.t LEFT JOIN d.u ON t.id = u.id AND u.x = 1",
        "SELECT t.a FROM d.t LEFT JOIN d.u ON t.id = u.id WHERE u.x = 1",
    ),
    ("SELECT t.a FROM d.t LEFT JOIN d.u ON t.id = u.id", "SELECT t.a FROM d.u LEFT JOIN d.t ON t.id = u.id"),
    ("SELECT t.a FROM d.t LEFT JOIN d.u ON t.id = u.id", "SELECT t.a FROM d.t RIGHT JOIN d.u ON t.id = u.id"),
    ("SELECT DISTINCT a FROM d.t", "SELECT a FROM d.t"),
    ("SELECT a FROM d.t UNION ALL SELECT x FROM d.u", "SELECT a FROM d.t UNION DISTINCT SELECT x FROM d.u"),
    (
        "SELECT a FROM d.t EXCEPT DISTINCT SELECT x FROM d.u",
        "SELECT x AS a FROM d.u EXCEPT DISTINCT SELECT a FROM d.t",
    ),
    ("SELECT a FROM d.t ORDER BY b LIMIT 5", "SELECT a FROM d.t ORDER BY b DESC LIMIT 5"),
    ("SELECT COUNT(*) AS n FROM d.t", "SELECT COUNT(*) AS n FROM d.t GROUP BY a"),
    ("SELECT COUNT(*) AS n FROM d.t GROUP BY a", "SELECT COUNT(*) AS n FROM d.t GROUP BY b"),
    ("SELECT a FROM d.t", "SELECT a FROM d.t, d.u"),
    ("SELECT a FROM d.t", "SELECT a FROM d.t TABLESAMPLE SYSTEM (10 PERCENT)"),
    (
        "SELECT 1 AS n FROM d.t WHERE EXISTS (SELECT 1 FROM d.t q WHERE q.id = t.parent)",
        "SELECT 1 AS n FROM d.t WHERE EXISTS (SELECT 1 FROM d.t q WHERE q.parent = t.id)",
    ),
    (
        "SELECT 1 AS n FROM d.t WHERE a IN (SELECT x FROM d.u)",
        "SELECT 1 AS n FROM d.t WHERE a IN (SELECT id FROM d.u)",
    ),
    (
        "SELECT 1 AS n FROM d.t WHERE EXISTS (SELECT 1 FROM d.u)",
        "SELECT 1 AS n FROM d.t WHERE EXISTS (SELECT COUNT(*) FROM d.u)",
    ),
    ("SELECT v FROM d.u, UNNEST(xs) AS v", "SELECT v FROM d.u LEFT JOIN UNNEST(xs) AS v"),
    (
        "SELECT n FROM (SELECT DISTINCT a AS n, b FROM d.t)",
        "SELECT n FROM (SELECT DISTINCT a AS n, s FROM d.t)",
    ),
    (
        "SELECT n FROM (SELECT a AS n, ROW_NUMBER() OVER (ORDER BY b) AS r FROM d.t) WHERE r = 1 AND n > 1",
        "SELECT n FROM (SELECT a AS n, ROW_NUMBER() OVER (ORDER BY b) AS r FROM d.t WHERE a > 1) WHERE r = 1",
    ),
    ("SELECT a FROM d.t WHERE RAND() < 0.5", "SELECT a FROM d.t WHERE RAND() < 0.5 AND RAND() < 0.5"),
    (
        "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 9) SELECT n FROM r",
        "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 8) SELECT n FROM r",
    ),
    ("WITH t AS (SELECT * FROM d.t) SELECT a FROM t", "WITH t AS (SELECT * FROM d.t) SELECT a FROM d.u, t"),
    ("SELECT a FROM d.t FOR SYSTEM_TIME AS OF TIMESTAMP '2026-01-01'", "SELECT a FROM d.t"),
    # Outputs.
    (
        "SELECT one.a FROM d.t one JOIN d.t two ON one.id = two.parent",
        "SELECT two.a FROM d.t one JOIN d.t two ON one.id = two.parent",
    ),
    (
        "SELECT p.n FROM (SELECT a AS n FROM d.t WHERE p) p JOIN (SELECT a AS n FROM d.t WHERE b = 1) q ON b",
        "SELECT q.n FROM (SELECT a AS n FROM d.t WHERE p) p JOIN (SELECT a AS n FROM d.t WHERE b = 1) q ON b",
    ),
    (
        "SELECT q.n FROM d.t LEFT JOIN (SELECT id, COALESCE(x, 0) AS n FROM d.u) q ON q.id = t.id",
        "SELECT COALESCE(u.x, 0) AS n FROM d.t LEFT JOIN d.u ON u.id = t.id",
    ),
    ("SELECT n, n AS m FROM (SELECT RAND() AS n FROM d.t)", "SELECT RAND() AS n, RAND() AS m FROM d.t"),
    (
        "SELECT CASE RAND() WHEN 1 THEN 1 WHEN 2 THEN 2 END AS n FROM d.t",
        "SELECT CASE WHEN RAND() = 1 THEN 1 WHEN RAND() = 2 THEN 2 END AS n FROM d.t",
    ),
    (
        "SELECT a FROM d.t JOIN d.u USING (id)",
        "SELECT a FROM d.t LEFT JOIN d.u USING (id)",
    ),
    (
        "SELECT t.a FROM d.t JOIN d.u ON t.id = u.id RIGHT JOIN d.u w ON w.id = t.id",
        "SELECT t.a FROM d.t JOIN d.u ON TRUE RIGHT JOIN d.u w ON w.id = t.id WHERE t.id = u.id",
    ),
    (
        "SELECT q.n FROM (SELECT COALESCE(a, 0) AS n FROM d.t) q RIGHT JOIN d.u ON q.n = u.id",
        "SELECT COALESCE(t.a, 0) AS n FROM d.t RIGHT JOIN d.u ON COALESCE(t.a, 0) = u.id",
    ),
    (
        "SELECT SUM(n) AS n FROM (SELECT SUM(a) AS n FROM d.t GROUP BY s)",
        "SELECT SUM(n) AS n FROM (SELECT SUM(a) AS n FROM d.t GROUP BY p)",
    ),
    ("SELECT a FROM d.t QUALIFY ROW_NUMBER() OVER (ORDER BY b) = 1", "SELECT a FROM d.t"),
    ("SELECT a FROM d.t UNPIVOT (v FOR n IN (a, b))", "SELECT a FROM d.t UNPIVOT (v FOR n IN (b, a, id))"),
    ("SELECT a - b AS n FROM d.t", "SELECT b - a AS n FROM d.t"),
    ("SELECT a / b AS n FROM d.t", "SELECT b / a AS n FROM d.t"),
    ("SELECT CONCAT(s, y) AS n FROM d.t, d.u", "SELECT CONCAT(y, s) AS n FROM d.t, d.u"),
    ("SELECT COUNT(a) AS n FROM d.t", "SELECT COUNT(*) AS n FROM d.t"),
    ("SELECT COUNT(a) AS n FROM d.t", "SELECT COUNT(DISTINCT a) AS n FROM d.t"),
    ("SELECT xs[OFFSET(0)] AS n FROM d.u", "SELECT xs[ORDINAL(1)] AS n FROM d.u"),
    ("SELECT xs[OFFSET(0)] AS n FROM d.u", "SELECT xs[SAFE_OFFSET(0)] AS n FROM d.u"),
    (
        "SELECT CASE WHEN p THEN 1 WHEN a > 1 THEN 2 END AS n FROM d.t",
        "SELECT CASE WHEN a > 1 THEN 2 WHEN p THEN 1 END AS n FROM d.t",
    ),
    ("SELECT 1 AS n", "SELECT 1.0 AS n"),
    ("SELECT 'a' AS n", "SELECT 'A' AS n"),
    ("SELECT 'a' AS n", "SELECT b'a' AS n"),
    ("SELECT CAST(a AS STRING) AS n FROM d.t", "SELECT CAST(a AS INT64) AS n FROM d.t"),
    ("SELECT CAST(s AS INT64) AS n FROM d.t", "SELECT SAFE_CAST(s AS INT64) AS n FROM d.t"),
    ("SELECT DATE_TRUNC(d, WEEK) AS n FROM d.w", "SELECT DATE_TRUNC(d, ISOWEEK) AS n FROM d.w"),
    (
        "SELECT SUM(a) OVER (ORDER BY b) AS n FROM d.t",
        "SELECT SUM(a) OVER (ORDER BY b ROWS UNBOUNDED PRECEDING) AS n FROM d.t",
    ),
    ("SELECT SUM(a) OVER (ORDER BY b) AS n FROM d.t", "SELECT SUM(a) OVER (ORDER BY b DESC) AS n FROM d.t"),
    ("SELECT ARRAY_AGG(a ORDER BY b) AS n FROM d.t", "SELECT ARRAY_AGG(a ORDER BY id) AS n FROM d.t"),
    ("SELECT ARRAY(SELECT x FROM d.u ORDER BY x) AS n", "SELECT ARRAY(SELECT x FROM d.u ORDER BY id) AS n"),
    ("SELECT STRUCT(a AS k) AS n FROM d.t", "SELECT STRUCT(a AS l) AS n FROM d.t"),
    ("SELECT d.f(a) AS n FROM d.t", "SELECT d.F(a) AS n FROM d.t"),
    ("SELECT JSON_VALUE(s, '$.a') AS n FROM d.t", "SELECT JSON_VALUE(s, '$.A') AS n FROM d.t"),
    (
        "SELECT a AS n FROM d.t UNION ALL SELECT x FROM d.u",
        "SELECT a AS n FROM d.t UNION ALL SELECT id FROM d.u",
    ),
    ("SELECT a FROM D.t", "SELECT a FROM d.t"),
    (
        "SELECT (SELECT MAX(u.x) FROM d.u WHERE u.id = t.id) AS n FROM d.t",
        "SELECT (SELECT MAX(u.x) FROM d.u WHERE u.id = t.parent) AS n FROM d.t",
    ),
    # Statements.
    ("CREATE TABLE d.n AS SELECT 1 AS a", "CREATE TABLE d.m AS SELECT 1 AS a"),
    ("INSERT INTO d.n (a, b) SELECT a, b FROM d.t", "INSERT INTO d.n (b, a) SELECT a, b FROM d.t"),
    ("INSERT INTO d.n SELECT a FROM d.t", "CREATE TABLE d.n AS SELECT a FROM d.t"),
    ("DELETE FROM d.t WHERE a = 1", "DELETE FROM d.t WHERE a = 2"),
    ("UPDATE d.t SET a = 1 WHERE p", "UPDATE d.t SET b = 1 WHERE p"),
    (
        "DECLARE n INT64; SET n = 3; CREATE TABLE d.n AS SELECT a FROM d.t WHERE a > n",
        "DECLARE n INT64; SET n = 4; CREATE TABLE d.n AS SELECT a FROM d.t WHERE a > n",
    ),
    (
        "CREATE TEMP TABLE h AS SELECT a FROM d.t; CREATE TABLE d.n AS SELECT a FROM h",
        "CREATE TEMP TABLE h AS SELECT a FROM d.t WHERE p; CREATE TABLE d.n AS SELECT a FROM h",
    ),
    (
        "MERGE d.t AS t USING d.u AS u ON t.id = u.id WHEN MATCHED THEN DELETE",
        "MERGE d.t AS t USING d.u AS u ON t.id = u.id WHEN NOT MATCHED BY SOURCE THEN DELETE",
    ),
    (
        "MERGE d.t AS t USING d.u AS u ON t.id = u.id WHEN MATCHED THEN UPDATE SET a = u.x",
        "MERGE d.t AS t USING d.u AS u ON t.id = u.id WHEN MATCHED THEN UPDATE SET a = u.id",
    ),
    ("SELECT FROM WHERE 1", "SELECT FROM WHERE 2"),
]


def meaning(sql: str, dialect: str = "bigquery") -> list[tuple[str, str, str, frozenset[tuple[str, str]]]]:
    return [statement.meaning for statement in statements(sql, dialect)]


def statements(sql: str, dialect: str = "bigquery") -> tuple[CanonicalStatement, ...]:
    return canonical_statements(sql, naming=Naming(dialect), schema=SCHEMA)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_is_written_otherwise_is_the_same(one: str, other: str) -> None:
    assert meaning(one) == meaning(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_computes_otherwise_is_not_the_same(one: str, other: str) -> None:
    assert meaning(one) != meaning(other)


def test_a_text_means_what_it_means_itself() -> None:
    for one, other in DIFFERENT:
        assert meaning(one) == meaning(f"{one} ")
        assert meaning(other) == meaning(f"\n{other}")


def test_quotes_make_a_name_another_where_the_dialect_says_so() -> None:
    assert meaning("SELECT a FROM d.t", "snowflake") == meaning('SELECT A FROM d."T"', "snowflake")
    assert meaning("SELECT a FROM d.t", "snowflake") != meaning('SELECT "a" FROM d.t', "snowflake")
    assert meaning("SELECT a FROM d.t", "duckdb") == meaning('SELECT "A" FROM d.t', "duckdb")


def test_plus_keeps_its_order_where_it_may_join_texts() -> None:
    assert meaning("SELECT a + b AS n FROM d.t", "tsql") != meaning("SELECT b + a AS n FROM d.t", "tsql")


def test_a_template_is_rendered_and_keeps_its_lines() -> None:
    sql = "{% set low = 3 %}\nSELECT\n  a\nFROM d.t\nWHERE a > {{ low }}"
    (found,) = statements(sql)
    assert found.rows == statements("SELECT a FROM d.t WHERE a > 3")[0].rows
    assert [part.line for part in found.parts if part.kind == "filter"] == [5]


def test_sql_in_python_means_what_it_means_alone() -> None:
    text = 'client.query("CREATE TABLE d.n AS SELECT a FROM d.t")\n'
    found = canonical_statements(text, naming=Naming("bigquery"), schema=SCHEMA, is_python=True)
    assert [each.meaning for each in found] == meaning("CREATE TABLE d.n AS SELECT a FROM d.t")


def test_a_column_tells_the_steps_that_made_it() -> None:
    (found,) = statements(
        "WITH q AS (\n  SELECT id, SUM(a) AS n\n  FROM d.t GROUP BY id)\nSELECT n / 2 AS h FROM q"
    )
    (column,) = found.columns
    assert [(step.written, step.line, step.within) for step in column.steps] == [
        ("n / 2", 4, ""),
        ("SUM(a)", 2, "q"),
    ]


def test_a_part_tells_where_it_stands_and_in_what_words() -> None:
    (found,) = statements("SELECT t.a\nFROM d.t\nLEFT JOIN d.u ON t.id = u.id\nWHERE t.s <> 'SPAM'")
    told = [(part.kind.value, part.of, part.how, part.written, part.line) for part in found.parts]
    assert told == [
        ("source", "d.t", "", "d.t", 2),
        ("join", "d.u", "LEFT", "t.id = u.id", 3),
        ("filter", "", "where", "t.s <> 'SPAM'", 4),
    ]


def test_a_query_nested_out_of_bounds_is_compared_by_its_words() -> None:
    deep = f"SELECT {'(' * 300}1{')' * 300} AS n"
    assert not statements(deep)[0].is_whole
    assert meaning(deep) == meaning(f"{deep}\n-- a comment")
    assert meaning(deep) != meaning(deep.replace("1", "2"))


def test_texts_in_texts_do_not_grow_without_bounds() -> None:
    steps = ", ".join(f"q{n + 1} AS (SELECT n + n AS n FROM q{n})" for n in range(60))
    (found,) = statements(f"WITH q0 AS (SELECT a AS n FROM d.t), {steps} SELECT n FROM q60")
    assert len(found.columns[0].text) < 1000


def test_an_expression_has_one_text_however_it_is_written() -> None:
    naming = Naming("bigquery")
    assert canonical_expression("SUM(a) / COUNT(*)", naming=naming) == canonical_expression(
        "sum( A )/count(1)", naming=naming
    )
    assert canonical_expression("SUM(a)", naming=naming) != canonical_expression("SUM(b)", naming=naming)
    assert canonical_expression("SUM(", naming=naming) == "SUM("
