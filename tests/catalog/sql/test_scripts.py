"""What holds for every text: nothing raises, nothing is swallowed, and every statement is in the ledger."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lineage_cases import CASES, Case, read_case

from catalog.sql import StatementLineage, trace_sql

PATHS = sorted(CASES.rglob("*.sql"))
TEXTS = [(path, read_case(path)) for path in PATHS]


def name_of(path: Path) -> str:
    return str(path.relative_to(CASES).with_suffix(""))


def traced(sql: str, case: Case) -> tuple[StatementLineage, ...]:
    return trace_sql(sql, dialect=case.dialect, schema=case.schema, default_schema=case.default)


def is_accounted_for(statement: StatementLineage) -> bool:
    """Lineage, or a gap, or known to move nothing: an unparsed one without a gap would be none of them."""
    return statement.kind != "unparsed" or bool(statement.gaps)


@pytest.mark.parametrize(
    ("path", "case"), TEXTS, ids=lambda value: name_of(value) if isinstance(value, Path) else ""
)
def test_nothing_swallows_the_statement_behind_it(path: Path, case: Case) -> None:
    separator = "\nGO\n" if case.dialect == "tsql" else "\n;\n"
    separator = "\n/\n" if case.dialect == "oracle" else separator
    statements = traced(f"{case.sql}{separator}SELECT zz FROM behind.it", case)
    tables = {table.lower() for table in statements[-1].reads}
    assert any(table.endswith("behind.it") for table in tables), name_of(path)


@pytest.mark.parametrize(
    ("path", "case"), TEXTS, ids=lambda value: name_of(value) if isinstance(value, Path) else ""
)
def test_a_statement_before_changes_no_other(path: Path, case: Case) -> None:
    before = traced(case.sql, case)
    separator = "\nGO\n" if case.dialect == "tsql" else ";"
    after = traced(f"SELECT zz FROM before.it{separator}{case.sql}", case)
    assert [statement.kind for statement in after[1:]] == [statement.kind for statement in before], name_of(
        path
    )
    assert [statement.reads for statement in after[1:]] == [statement.reads for statement in before]


def mutated(sql: str, seed: int) -> str:
    """The text with pieces dropped, doubled or swapped."""
    choose = random.Random(seed)
    words = sql.split(" ")
    for _ in range(choose.randint(1, 4)):
        first, second = choose.randrange(len(words)), choose.randrange(len(words))
        match choose.randrange(4):
            case 0:
                words[first] = ""
            case 1:
                words[first], words[second] = words[second], words[first]
            case 2:
                words.insert(first, words[second])
            case _:
                words[first] = words[first][: len(words[first]) // 2]
    return " ".join(words)


@pytest.mark.parametrize("seed", range(3))
def test_mutated_cases_never_raise_and_are_accounted_for(seed: int) -> None:
    for number, (_, case) in enumerate(TEXTS):
        statements = traced(mutated(case.sql, seed * 10_000 + number), case)
        assert [statement.index for statement in statements] == list(range(len(statements)))
        assert all(is_accounted_for(statement) for statement in statements)


SCRIPT_WORDS = """
BEGIN END IF THEN ELSE ELSEIF ELSIF END_IF WHILE DO LOOP FOR r IN ( ) SELECT a FROM t INSERT INTO u ; := = x
@x DECLARE CASE WHEN REPEAT EXCEPTION CREATE PROCEDURE p FUNCTION f TRIGGER TASK AS $$ LANGUAGE SQL RETURN
UNTIL EXECUTE IMMEDIATE 'SELECT 1' || CALL EXEC TRY CATCH GO / DELIMITER // SET LET CURSOR OPEN FETCH PERFORM
TABLE
RETURNS UPDATE DELETE WITH MERGE USING PREPARE HANDLER , . : << >> ATOMIC USE {{ }} {% %} if
"""
DIALECTS = ["bigquery", "snowflake", "postgres", "tsql", "mysql", "oracle", "databricks"]


@settings(max_examples=400, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from([*SCRIPT_WORDS.split(), "\n"]), max_size=40), st.sampled_from(DIALECTS))
def test_script_soup_never_raises_and_is_accounted_for(words: list[str], dialect: str) -> None:
    statements = trace_sql(" ".join(words).replace("END_IF", "END IF"), dialect=dialect)
    assert [statement.index for statement in statements] == list(range(len(statements)))
    assert all(is_accounted_for(statement) for statement in statements)


@pytest.mark.parametrize(
    "sql",
    [
        "BEGIN " * 20_000,
        "IF x THEN " * 10_000 + "SELECT a FROM t;",
        "EXECUTE IMMEDIATE " + "'" * 20_000,
        "DECLARE q STRING DEFAULT 'SELECT 1'; " + "LOOP SET q = q || q; EXECUTE IMMEDIATE q; END LOOP;" * 300,
        "CREATE PROCEDURE p() BEGIN " * 3_000,
        "DECLARE q STRING DEFAULT 'a'; " + "SET q = CONCAT(q, q); " * 200 + "EXECUTE IMMEDIATE q;",
        "CASE WHEN " * 5_000,
        "EXECUTE IMMEDIATE " + "REPLACE(" * 500 + "'a'" + ", 'a', 'aa')" * 500,
    ],
    ids=["blocks", "ifs", "quotes", "loops", "procedures", "doubling", "cases", "replacing"],
)
@pytest.mark.parametrize("dialect", ["bigquery", "tsql", "postgres"])
def test_long_and_deep_scripts_come_to_an_end(sql: str, dialect: str) -> None:
    assert all(is_accounted_for(statement) for statement in trace_sql(sql, dialect=dialect))


def test_every_nested_text_is_opened_up_to_a_depth() -> None:
    sql = "SELECT a FROM s.t"
    for _ in range(3):
        sql = "EXECUTE IMMEDIATE '" + sql.replace("'", "''") + "'"
    assert [statement.reads for statement in trace_sql(sql, dialect="postgres")] == [("s.t",)]
    for _ in range(4):
        sql = "EXECUTE IMMEDIATE '" + sql.replace("'", "''") + "'"
    assert [str(gap.reason) for each in trace_sql(sql, dialect="postgres") for gap in each.gaps] == [
        "dynamic_sql"
    ]
