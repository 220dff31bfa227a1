"""What SQL texts mean, remembered by content: the canonical form of each, made once.

A form depends on the text, the rule of names, and the columns of the tables that the text asks for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .cache import Kept, Key, Passing, key_of
from .engine import EVERYTHING, Asked, Question, Schema
from .flat_json import decode, encode
from .remembering import version_of
from .sql.canonical import CanonicalStatement, canonical_statements

SOURCES = ("sql/**/*.py", "naming.py", "flat_json.py")
"""Files of which a form is a function."""

Meaning = tuple[CanonicalStatement, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """How texts are read: with which columns of tables, under which names, and from where if known."""

    schema: Schema
    renamed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    cache: Kept = field(default_factory=Passing)
    made_by: str = ""

    def read(self, question: Question) -> Meaning:
        """What a text means."""
        text = key_of("form of", self.made_by, repr(question), _written(self.renamed))
        asked = json.loads(self.cache.get([text]).get(text, "null"))
        if isinstance(asked, list):
            key = self._key(text, asked)
            known = _read(self.cache.get([key]).get(key, ""))
            if known is not None:
                return known
        schema = Asked(self.schema)
        made = _made(question, schema, self.renamed)
        names = sorted(schema.names)
        self.cache.put({text: json.dumps(names), self._key(text, names): encode(made, CanonicalStatement)})
        return made

    def _key(self, text: Key, asked: Iterable[str]) -> Key:
        names = self.schema if EVERYTHING in asked else asked
        columns = (f"{name}({','.join(self.schema.get(name, ()))})" for name in names)
        return key_of("form", text.hex(), *columns)


def reading_version() -> str:
    """A text that changes whenever a form could."""
    return version_of(*SOURCES)


def _made(question: Question, schema: Schema, renamed: Mapping[str, Mapping[str, str]]) -> Meaning:
    return canonical_statements(
        question.sql, naming=question.naming, schema=schema, renamed=renamed, is_python=question.is_python
    )


def _written(renamed: Mapping[str, Mapping[str, str]]) -> str:
    return json.dumps({table: dict(names) for table, names in renamed.items()}, sort_keys=True)


def _read(written: str) -> Meaning | None:
    """A form that was kept; None where it does not have our shape."""
    try:
        return decode(written, CanonicalStatement)
    except ValueError:
        return None
