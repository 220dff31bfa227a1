"""An engine that answers from the cache what it has answered before, and lets processes answer the rest.

An answer depends on the text, the dialect, the defaults, and the columns of those tables that tracing asks
the schema for. So two results are kept: text → names of the tables asked for; text and the columns of these
tables → lineage. That is exact whatever the engine does with the schema, since it has seen nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from itertools import chain
from pathlib import Path

from .batches import Executors, answers
from .cache import Cache, Key, key_of
from .engine import Engine, Question, Schema, Statements, TypePair, compare_each
from .flat_json import decode
from .sql.edges import StatementLineage

ENGINE_SOURCES = ("sql/*.py", "naming.py", "flat_json.py")
"""Files of which an answer is a function."""


def remembering(cache: Cache, executor: Executors | None = None) -> Engine:
    """An engine with a memory. With `executor`, many unknown texts are traced there."""
    made_by = engine_version()
    return Engine(partial(_trace, _Memory(cache, made_by), executor), partial(_compare, cache, made_by))


def engine_version() -> str:
    """A text that changes whenever an answer could: a digest of our sources, and sqlglot's version."""
    folder = Path(__file__).parent
    sources = sorted(chain.from_iterable(folder.glob(pattern) for pattern in ENGINE_SOURCES))
    digest = key_of(*chain.from_iterable((file.name, file.read_text("utf-8")) for file in sources))
    return f"{digest.hex()} {version('sqlglot')}"


@dataclass(frozen=True, slots=True)
class _Memory:
    """What is known of texts. `made_by` is part of every key."""

    cache: Cache
    made_by: str

    def key(self, question: Question) -> Key:
        """What is asked, without the schema."""
        defaults = json.dumps([question.dialect, question.database, question.schema])
        return key_of("trace", self.made_by, defaults, question.sql)

    def recall(self, keys: Sequence[Key], columns: _Columns) -> tuple[dict[int, Statements], list[set[str]]]:
        """Index → lineage of what is known; and of each text the tables that it has ever asked for."""
        noted = self.cache.get(keys)
        asked = [_names(noted.get(key)) for key in keys]
        with_columns = [columns.key(key, names) for key, names in zip(keys, asked, strict=True)]
        lineages = self.cache.get(with_columns)
        found = {}
        for index, key in enumerate(with_columns):
            statements = _decoded(lineages.get(key))
            if statements is not None:
                found[index] = statements
        return found, asked

    def keep(self, answers: Iterable[tuple[Key, set[str], str]], columns: _Columns) -> None:
        """Notes lineages under the texts and the columns of the tables asked for."""
        results = {}
        for key, names, lineage in answers:
            results[key] = json.dumps(sorted(names))
            results[columns.key(key, names)] = lineage
        self.cache.put(results)


class _Columns:
    """Digests of the columns of tables, each made once."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._digests: dict[str, str] = {}

    def key(self, text: Key, names: Iterable[str]) -> Key:
        """The key of a text over these tables as they are."""
        digests = chain.from_iterable((name, self._digest(name)) for name in sorted(names))
        return key_of("columns", text.hex(), *digests)

    def _digest(self, name: str) -> str:
        if name not in self._digests:
            columns = self._schema.get(name)
            found = "" if columns is None else key_of(*chain.from_iterable(columns.items())).hex()
            self._digests[name] = found
        return self._digests[name]


def _trace(
    memory: _Memory, executor: Executors | None, questions: Sequence[Question], schema: Schema
) -> list[Statements]:
    """The lineage of each text. What is new is kept as it comes: an interrupted run is not lost."""
    keys = [memory.key(question) for question in questions]
    columns = _Columns(schema)
    found, asked = memory.recall(keys, columns)
    unknown = [index for index in range(len(questions)) if index not in found]
    for chunk, given in answers(executor, questions, unknown, schema):
        known = []
        for index, each in zip(chunk, given, strict=True):
            asked[index] |= schema.keys() if each.is_schema_read_whole else set(each.asked)
            known.append((keys[index], asked[index], each.lineage))
            found[index] = decode(each.lineage, StatementLineage)
        memory.keep(known, columns)
    return [found[index] for index in range(len(questions))]


def _names(noted: str | None) -> set[str]:
    """The tables of a note; none where it is missing or is no list of texts."""
    try:
        names = json.loads(noted or "[]")
    except ValueError:
        return set()
    return {name for name in names if isinstance(name, str)} if isinstance(names, list) else set()


def _decoded(lineage: str | None) -> Statements | None:
    """The lineage that was kept; None where there is none, or it does not have our form."""
    try:
        return None if lineage is None else decode(lineage, StatementLineage)
    except ValueError:
        return None


def _compare(cache: Cache, made_by: str, pairs: Sequence[TypePair]) -> list[bool]:
    keys = [key_of("types", made_by, pair.dialect, pair.declared, pair.inferred) for pair in pairs]
    found = {key: value == "true" for key, value in cache.get(keys).items()}
    unknown = [(key, pair) for key, pair in zip(keys, pairs, strict=True) if key not in found]
    answers = compare_each([pair for _, pair in unknown])
    new = {key: is_same for (key, _), is_same in zip(unknown, answers, strict=True)}
    cache.put({key: json.dumps(is_same) for key, is_same in new.items()})
    return [(found | new)[key] for key in keys]
