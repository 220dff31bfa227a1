"""Many texts traced at once, in processes where they are many. Text goes out and flat JSON comes back."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import ParamSpec, TypeVar

from .engine import EVERYTHING, Asked, Question, Schema, answer
from .errors import CatalogError
from .flat_json import encode
from .sql.edges import StatementLineage

P = ParamSpec("P")
T = TypeVar("T")

START = "spawn"
"""Clean processes: a fork of one with threads may hang."""

FEW = 300_000
"""Characters of SQL that are traced here sooner than processes have started."""

CHUNK = 60_000
"""Characters of SQL that a process is handed at once: enough to be worth the way, few enough to share out."""

OBJECTS = 100_000
"""Objects made between two looks of the garbage collector while texts are parsed into many small ones."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back for a text: its lineage as flat JSON, and the tables that the schema was asked for."""

    lineage: str
    asked: tuple[str, ...]


def answers(
    executor: Executor | None, questions: Sequence[Question], wanted: Sequence[int], schema: Schema
) -> Iterator[tuple[list[int], list[Answer]]]:
    """Indexes of the wanted questions and their answers, chunk by chunk, in the order in which they are done.

    Raises:
        CatalogError: a process that was working on them was ended from outside.
    """
    chunks = list(_chunks(questions, wanted))
    if executor is None or sum(len(questions[index].sql) for index in wanted) < FEW:
        for chunk in chunks:
            yield chunk, answer_batch([questions[index] for index in chunk], schema)
        return
    tables = _tables_by_word(schema)
    running = {}
    for chunk in chunks:
        batch = [questions[index] for index in chunk]
        sent = {name: schema[name] for name in _mentioned(batch, tables)}
        running[executor.submit(answer_batch, batch, sent)] = (chunk, sent)
    try:
        for future in as_completed(running):
            chunk, sent = running[future]
            batch = [questions[index] for index in chunk]
            yield (
                chunk,
                [
                    _completed(given, question, sent, schema)
                    for given, question in zip(future.result(), batch, strict=True)
                ],
            )
    except BrokenExecutor as fault:
        raise CatalogError("a process that was tracing SQL was ended from outside") from fault


def answer_batch(questions: Sequence[Question], schema: Schema) -> list[Answer]:
    """The answer to each question. Runs in any process: text in, text out, trees stay."""
    with seldom_collecting():
        return [answered(question, schema) for question in questions]


def tracing_processes() -> Executor:
    """A process for each processor. Nothing of them is there before the first text is sent.

    They read the program that was started, which therefore has to keep its work under
    `if __name__ == "__main__"`, as for every pool of clean processes.
    """
    return _Processes()


class _Processes(Executor):
    """A pool made when it is first needed: one takes a tenth of a second and a process."""

    @cached_property
    def _pool(self) -> Executor:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        return ProcessPoolExecutor(processors(), get_context(START))

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        if "_pool" in vars(self):
            self._pool.shutdown(wait, cancel_futures=cancel_futures)


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def answered(question: Question, schema: Schema) -> Answer:
    """The answer to one question, with what the schema was asked for."""
    asked = Asked(schema)
    statements = answer(question, asked)
    return Answer(encode(statements, StatementLineage), tuple(sorted(asked.names)))


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Spares the garbage collector from going through everything again and again while trees are built."""
    before = gc.get_threshold()
    if before[0] >= OBJECTS:
        yield
        return
    gc.freeze()
    gc.set_threshold(OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _chunks(questions: Sequence[Question], wanted: Sequence[int]) -> Iterator[list[int]]:
    chunk: list[int] = []
    size = 0
    for index in wanted:
        chunk.append(index)
        size += len(questions[index].sql)
        if size >= CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _completed(given: Answer, question: Question, sent: Schema, schema: Schema) -> Answer:
    """The answer, asked for anew where a table was wanted that was not sent along."""
    asked = schema if EVERYTHING in given.asked else given.asked
    was_wanted = any(name in schema and name not in sent for name in asked)
    return answered(question, schema) if was_wanted else given


def _tables_by_word(schema: Schema) -> dict[str, list[str]]:
    """Last word of a table's name → tables."""
    tables: dict[str, list[str]] = {}
    for name in schema:
        for word in re.findall(r"\w+", name.casefold())[-1:]:
            tables.setdefault(word, []).append(name)
    return tables


def _mentioned(questions: Iterable[Question], tables: Mapping[str, list[str]]) -> list[str]:
    """Tables that the texts may well read, so that not all of a large schema goes to every process."""
    words = {word for question in questions for word in re.findall(r"\w+", question.sql.casefold())}
    return [name for word in sorted(words & tables.keys()) for name in tables[word]]
