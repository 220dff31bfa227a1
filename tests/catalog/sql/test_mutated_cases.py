"""Every case of lineage, with words of its SQL taken out, repeated, swapped and cut off."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lineage_cases import CASES, Case, read_case
from sqlglot.dialects.dialect import Dialect
from sqlglot.errors import SqlglotError

from catalog.ledger import accounts_of
from catalog.sql import GapReason, StatementLineage, scan, trace_sql

MUTANTS = 6
"""Texts made of each case."""

PATHS = sorted(CASES.rglob("*.sql"))


def deleted(words: list[str], place: int, _: random.Random) -> list[str]:
    return words[:place] + words[place + 1 :]


def repeated(words: list[str], place: int, _: random.Random) -> list[str]:
    return words[: place + 1] + words[place:]


def swapped(words: list[str], place: int, chosen: random.Random) -> list[str]:
    other = chosen.randrange(len(words))
    changed = list(words)
    changed[place], changed[other] = changed[other], changed[place]
    return changed


def cut_off(words: list[str], place: int, _: random.Random) -> list[str]:
    return words[: place + 1]


MUTATIONS: tuple[Callable[[list[str], int, random.Random], list[str]], ...] = (
    deleted,
    repeated,
    swapped,
    cut_off,
)


def mutants(path: Path, case: Case) -> Iterator[str]:
    """The same texts in every run: chance is seeded with the name of the case."""
    chosen = random.Random(f"{path.parent.name} {path.stem}")
    words = words_of(case)
    for _ in range(MUTANTS if words else 0):
        changed = words
        for _ in range(chosen.choice((1, 1, 2, 4))):
            if changed:
                changed = chosen.choice(MUTATIONS)(changed, chosen.randrange(len(changed)), chosen)
        yield " ".join(changed)


def words_of(case: Case) -> list[str]:
    """The words as they are written, quotes and all; split at blanks where the text cannot be read."""
    try:
        tokens = Dialect.get_or_raise(case.dialect).tokenize(case.sql)
    except SqlglotError:
        return case.sql.split()
    return [case.sql[token.start : token.end + 1] for token in tokens]


def hold_up(statements: tuple[StatementLineage, ...]) -> None:
    """The ledger balances: each statement in one account, each edge of a column that the statement has."""
    assert [statement.index for statement in statements] == list(range(len(statements)))
    assert accounts_of(statements).total == len(statements)
    for statement in statements:
        assert statement.kind != "unparsed" or statement.gaps
        names = {output.name for output in statement.outputs}
        assert {edge.target_column for edge in statement.columns} <= names
        assert all(edge.source_table and edge.source_column for edge in statement.columns)
        assert all(gap.line >= 1 and gap.detail for gap in statement.gaps)
        faults = [gap.detail for gap in statement.gaps if gap.reason is GapReason.UNSUPPORTED]
        assert not [detail for detail in faults if "cannot be traced" in detail]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: str(path.relative_to(CASES).with_suffix("")))
def test_a_spoilt_case_is_traced_or_told(path: Path) -> None:
    case = read_case(path)
    for sql in mutants(path, case):
        hold_up(trace_sql(sql, dialect=case.dialect, schema=case.schema, default_schema=case.default))
        scan(sql, dialect=case.dialect)
