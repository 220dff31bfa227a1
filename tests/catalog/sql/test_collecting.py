"""When Python looks for garbage while texts are traced."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from catalog import trace_sql

STATEMENTS = 3

SQL = ";\n".join(
    f"SELECT {', '.join(f'c{column} + 1 AS c{column}' for column in range(200))} FROM d.t{number}"
    for number in range(STATEMENTS)
)


@contextmanager
def collections() -> Iterator[list[int]]:
    """How many objects each look has freed, as it goes on."""
    freed: list[int] = []

    def note(phase: str, facts: dict[str, int]) -> None:
        if phase == "stop":
            freed.append(facts["collected"])

    gc.collect()
    gc.callbacks.append(note)
    try:
        yield freed
    finally:
        gc.callbacks.remove(note)


def test_each_tree_is_freed_when_its_statement_is_done() -> None:
    with collections() as freed:
        trace_sql(SQL, dialect="bigquery")
        assert len([count for count in freed if count > 1_000]) == STATEMENTS


def test_the_collector_is_left_as_it_was() -> None:
    before = gc.get_threshold()
    trace_sql(SQL, dialect="bigquery")
    assert gc.get_threshold() == before


def test_a_collector_that_is_switched_off_stays_so() -> None:
    gc.disable()
    try:
        with collections() as freed:
            trace_sql(SQL, dialect="bigquery")
            assert not freed
    finally:
        gc.enable()
