"""An engine that answers from the cache what it has answered before, and lets processes answer the rest.

An answer depends on the text, the dialect, the defaults, and the columns of those tables that tracing asks
the schema for. So two results are kept: text → names of the tables asked for; text and the columns of these
tables → lineage. That is exact whatever the engine does with the schema, since it has seen nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import asdict, astuple, dataclass
from functools import partial
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import TypeVar

from .batches import Answer, answers
from .cache import Kept, Key, Passing, key_of
from .engine import (
    EVERYTHING,
    Engine,
    Question,
    Schema,
    Statements,
    Tables,
    TypePair,
    is_same,
    tables_of,
)
from .executing import Ending, ExampleOutcome, ExampleQuestion, run_example
from .flat_json import decode, encode
from .sql.composition import Composition, CompositionQuestion, composition
from .sql.conforming import Computation, ComputationQuestion, computation
from .sql.edges import StatementLineage
from .sql.timing import Timing, TimingQuestion, timing

ENGINE_SOURCES = ("sql/**/*.py", "naming.py", "flat_json.py", "executing.py")
"""Files of which an answer is a function."""

ENGINE_LIBRARIES = ("sqlglot", "jinja2")
"""What parses SQL, and what renders templates."""

Value = TypeVar("Value")
Record = TypeVar("Record")
Asked = TypeVar("Asked")


@dataclass(frozen=True, slots=True)
class Memory:
    """Where results are kept, and what made them: part of every key."""

    cache: Kept
    made_by: str = ""


def remembering(memory: Memory, executor: Executor | None = None) -> Engine:
    """An engine with a memory. With `executor`, many unknown texts are traced there."""
    return Engine(
        partial(_tables, memory, executor),
        partial(_trace, memory, executor),
        partial(_compare, memory),
        partial(_run, memory),
        partial(_compute, memory),
        partial(_time, memory),
        partial(_compose, memory),
    )


def for_one_run() -> Engine:
    """An engine that touches nothing outside and forgets with the run."""
    return remembering(Memory(Passing()))


def engine_version() -> str:
    """A text that changes whenever an answer could."""
    return version_of(*ENGINE_SOURCES)


def version_of(*patterns: str) -> str:
    """A digest of those of our sources, and the versions of what they stand on."""
    folder = Path(__file__).parent
    sources = sorted(chain.from_iterable(folder.glob(pattern) for pattern in patterns))
    digest = key_of(*chain.from_iterable((file.name, file.read_text("utf-8")) for file in sources))
    return " ".join((digest.hex(), *(f"{name} {version(name)}" for name in ENGINE_LIBRARIES)))


def _tables(
    memory: Memory, executor: Executor | None, questions: Sequence[Question], schema: Schema
) -> list[Tables]:
    """What each text reads and writes. A text that is not known is traced, and its lineage kept as well."""
    asking = _Asking(memory, questions, schema)
    found = asking.recalled("tables", _tables_of)
    for index, statements in _new(asking, executor, found):
        found[index] = tables_of(statements)
    return [found[index] for index in range(len(questions))]


def _trace(
    memory: Memory, executor: Executor | None, questions: Sequence[Question], schema: Schema
) -> list[Statements]:
    asking = _Asking(memory, questions, schema)
    found = asking.recalled("lineage", partial(_records_of, kind=StatementLineage))
    found.update(_new(asking, executor, found))
    return [found[index] for index in range(len(questions))]


def _new(
    asking: _Asking, executor: Executor | None, found: Collection[int]
) -> Iterator[tuple[int, Statements]]:
    """Index and lineage of the texts not found. Kept as they come, so that an interrupted run is not lost."""
    unknown = [index for index in range(len(asking.questions)) if index not in found]
    for chunk, given in answers(executor, asking.questions, unknown, asking.schema):
        statements = [decode(each.lineage, StatementLineage) for each in given]
        asking.keep(zip(chunk, given, statements, strict=True))
        yield from zip(chunk, statements, strict=True)


class _Asking:
    """Questions over a schema, and what is known of them."""

    def __init__(self, memory: Memory, questions: Sequence[Question], schema: Schema) -> None:
        self.questions = questions
        self.schema = schema
        self._cache = memory.cache
        self._texts = [_text_key(memory.made_by, question) for question in questions]
        noted = self._cache.get(self._texts)
        self._asked = [set(_names_of(noted.get(text, "[]")) or ()) for text in self._texts]
        self._columns = _Columns(schema)

    def recalled(self, what: str, read: Callable[[str], Value | None]) -> dict[int, Value]:
        """Index → what is known of that sort."""
        keys = [self._key(what, index) for index in range(len(self.questions))]
        written = self._cache.get(keys)
        found = {}
        for index, key in enumerate(keys):
            value = read(written[key]) if key in written else None
            if value is not None:
                found[index] = value
        return found

    def keep(self, answers: Iterable[tuple[int, Answer, Statements]]) -> None:
        """Notes new answers under their texts, and under the columns of the tables asked for."""
        results = {}
        for index, answer, statements in answers:
            self._asked[index] |= set(answer.asked)
            results[self._texts[index]] = json.dumps(sorted(self._asked[index]))
            results[self._key("tables", index)] = json.dumps(tables_of(statements))
            results[self._key("lineage", index)] = answer.lineage
        self._cache.put(results)

    def _key(self, what: str, index: int) -> Key:
        return key_of(what, self._texts[index].hex(), *self._columns.digests(self._asked[index]))


def _text_key(made_by: str, question: Question) -> Key:
    names = [question.dialect, [question.database, question.schema, question.aliases, question.home]]
    asked = json.dumps([*names, question.is_python, question.observes])
    return key_of("asked", made_by, asked, question.sql)


class _Columns:
    """Digests of the columns of tables, each made once."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._digests: dict[str, str] = {}

    def digests(self, names: Iterable[str]) -> Iterator[str]:
        """Names and digests of these tables as they are; no digest for one that is not known."""
        return chain.from_iterable((name, self._digest(name)) for name in sorted(names))

    def _digest(self, name: str) -> str:
        if name not in self._digests:
            self._digests[name] = self._digest_of_all() if name == EVERYTHING else self._made(name)
        return self._digests[name]

    def _digest_of_all(self) -> str:
        return key_of(*chain.from_iterable((name, self._digest(name)) for name in self._schema)).hex()

    def _made(self, name: str) -> str:
        columns = self._schema.get(name)
        return "" if columns is None else key_of(*chain.from_iterable(columns.items())).hex()


def _names_of(written: str) -> tuple[str, ...] | None:
    """Names that were kept; None where it is no list of names."""
    try:
        return _checked_names(json.loads(written))
    except ValueError:
        return None


def _checked_names(names: object) -> tuple[str, ...]:
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ValueError("this is no list of names")
    return tuple(names)


def _tables_of(written: str) -> Tables | None:
    """Tables that were kept; None where they do not have our form."""
    try:
        reads, writes = (_checked_names(names) for names in json.loads(written))
    except (TypeError, ValueError):
        return None
    return Tables(reads, writes)


def _records_of(written: str, kind: type[Record]) -> tuple[Record, ...] | None:
    """The records that were kept; None where they do not have our form."""
    try:
        return decode(written, kind)
    except ValueError:
        return None


def _compare(memory: Memory, pairs: Sequence[TypePair]) -> list[bool]:
    keys = [key_of("types", memory.made_by, *astuple(pair)) for pair in pairs]
    found = {key: value == "true" for key, value in memory.cache.get(keys).items()}
    unknown = [(key, pair) for key, pair in zip(keys, pairs, strict=True) if key not in found]
    new = {key: is_same(pair) for key, pair in unknown}
    memory.cache.put({key: json.dumps(same) for key, same in new.items()})
    return [(found | new)[key] for key in keys]


def _run(memory: Memory, questions: Sequence[ExampleQuestion]) -> list[ExampleOutcome]:
    """What each example gives. One that could not be run for want of DuckDB is asked again the next time."""
    keys = [
        key_of("example", memory.made_by, json.dumps(astuple(question), default=str))
        for question in questions
    ]
    written = memory.cache.get(keys)
    found = {key: outcome for key, text in written.items() if (outcome := _outcome_of(text))}
    new = {
        key: run_example(question) for key, question in zip(keys, questions, strict=True) if key not in found
    }
    memory.cache.put({key: json.dumps(asdict(outcome)) for key, outcome in new.items() if outcome.is_lasting})
    return [(found | new)[key] for key in keys]


def _outcome_of(written: str) -> ExampleOutcome | None:
    """The outcome that was kept; None where it does not have our form."""
    try:
        kept = json.loads(written)
        return ExampleOutcome(Ending(kept["ending"]), kept["value"], tuple(kept["counted"]), kept["reason"])
    except (KeyError, TypeError, ValueError):
        return None


def _compute(memory: Memory, questions: Sequence[ComputationQuestion]) -> list[Computation]:
    return [only for (only,) in _told(memory, questions, _computed, Computation)]


def _computed(question: ComputationQuestion) -> tuple[Computation, ...]:
    return (computation(question),)


def _compose(memory: Memory, questions: Sequence[CompositionQuestion]) -> list[Composition]:
    return [only for (only,) in _told(memory, questions, _composed, Composition)]


def _composed(question: CompositionQuestion) -> tuple[Composition, ...]:
    return (composition(question),)


def _time(memory: Memory, questions: Sequence[TimingQuestion]) -> list[tuple[Timing, ...]]:
    return _told(memory, questions, timing, Timing)


def _told(
    memory: Memory, asked: Sequence[Asked], answer: Callable[[Asked], tuple[Record, ...]], kind: type[Record]
) -> list[tuple[Record, ...]]:
    """The answer to each question about a text, from what is kept or new."""
    keys = [key_of(kind.__name__, memory.made_by, repr(question)) for question in asked]
    written = memory.cache.get(keys)
    kept = ((key, _records_of(text, kind)) for key, text in written.items())
    found = {key: records for key, records in kept if records is not None}
    new = {key: answer(question) for key, question in zip(keys, asked, strict=True) if key not in found}
    memory.cache.put({key: encode(records, kind) for key, records in new.items()})
    return [(found | new)[key] for key in keys]
