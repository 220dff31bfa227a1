"""Relations that metrics are computed over → the table behind each, or a query that is a table of its own."""

from __future__ import annotations

import re
from typing import Any

from ...model import Location, Misfit, SqlText, Table
from ..building import built
from ..paths import Item, place_of, text_at
from .source import Entry, MappedSource, filled

REF = re.compile(r"(?:\{\{\s*)?ref\(\s*(?:['\"][^'\"]*['\"]\s*,\s*)?['\"]([^'\"]+)['\"]\s*\)(?:\s*\}\})?")
SOURCE = re.compile(r"(?:\{\{\s*)?source\(\s*['\"]([^'\"]+)['\"]\s*,\s*['\"]([^'\"]+)['\"]\s*\)(?:\s*\}\})?")
TABLE = re.compile(
    r"(?:[\w$-]+|\"[^\"]+\"|`[^`]+`|\[[^\]]+\])(?:\.(?:[\w$-]+|\"[^\"]+\"|`[^`]+`|\[[^\]]+\]))*"
)


def table_behind(source: MappedSource, relation: Entry) -> str | None:
    """The table that a relation is; the name of its query where it is one; None where it says neither."""
    written = source_of(source, relation)
    if written is None:
        return None
    if ref := REF.fullmatch(written):
        return filled(source.mapping.table_name, {"name": ref[1]})
    if named := SOURCE.fullmatch(written):
        return f"{named[1]}.{named[2]}"
    if TABLE.fullmatch(written):
        is_bare = re.fullmatch(r"[\w$]+", written) is not None
        return filled(source.mapping.table_name, {"name": written}) if is_bare else written
    return filled(source.mapping.query_name, {"file": relation.file.stem, "name": relation.name})


def source_of(source: MappedSource, relation: Entry) -> str | None:
    """What is written of where a relation's rows come from, its placeholders filled."""
    keys = source.mapping.relation_keys
    written = text_at(relation.item, keys.source)
    return written and _with_values(source, relation.item, written)


def read_queries(source: MappedSource, misfits: list[Misfit]) -> tuple[list[Table], list[SqlText]]:
    """The relations that are queries, each as a table with its SQL."""
    tables: list[Table] = []
    texts: list[SqlText] = []
    for relation in source.relations:
        written, name = source_of(source, relation), table_behind(source, relation)
        if written is None or name is None or _is_table(written):
            continue
        table = built(Table, _values(source, relation, name), _origin(source, relation), misfits)
        if table is not None:
            tables.append(table)
            texts.append(_text(source, relation, table.name))
    return tables, texts


def _is_table(written: str) -> bool:
    return any(pattern.fullmatch(written) for pattern in (REF, SOURCE, TABLE))


def _values(source: MappedSource, relation: Entry, name: str) -> dict[str, Any]:
    keys = source.mapping.relation_keys
    own = source.dialect if source.dialect != source.asked.settings.dialect else None
    return {
        "name": name,
        "label": (text_at(relation.item, keys.label) or "")[:80],
        "description": text_at(relation.item, keys.description)
        or f"Query that metrics are computed over, `{relation.name}` in `{relation.file.file}`.",
        "kind": "query",
        "dialect": own,
    }


def _origin(source: MappedSource, relation: Entry) -> Any:
    keys = source.mapping.relation_keys
    named = {"name": keys.name, "label": keys.label, "description": keys.description, "sql": keys.source}
    return relation.origin(named, source.source)


def _text(source: MappedSource, relation: Entry, name: str) -> SqlText:
    """The query of a relation, at its place in the file."""
    keys = source.mapping.relation_keys.source
    value = str(text_at(relation.item, keys))
    place = place_of(relation.item, keys) or Location(relation.file.file, 1, 1)
    text, start = relation.file.written(_raw(relation.item, keys) or value, place)
    text = _with_values(source, relation.item, text)
    is_query = re.match(r"\s*(?:SELECT|WITH)\b", text, re.IGNORECASE) is not None
    before = "" if is_query else "SELECT * FROM "
    start = Location(start.file, start.line, start.column - len(before))
    return SqlText(f"{before}{text}", start, source.dialect, name)


def _raw(item: Item, keys: str | None) -> str | None:
    """The value as it is written, blanks and all, where it stands in the thing itself."""
    for key in (keys or "").split("|"):
        value = item.value.get(key.strip())
        if isinstance(value, str) and value.strip():
            return value
    return None


def _with_values(source: MappedSource, item: Item, text: str) -> str:
    for placeholder, key in source.mapping.placeholders.items():
        value = text_at(item, key)
        text = text.replace(placeholder, value) if value is not None else text
    return text
