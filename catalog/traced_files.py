"""SQL files outside of any project → their lineage, traced together as if they were one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

from .batches import seldom_collecting
from .cache import Passing
from .errors import CatalogError
from .model import Location, SqlText
from .naming import Naming
from .reading.document_faults import UnreadableError
from .reading.files import read_text
from .remembering import Memory, remembering
from .sql import SQL_DIALECTS, StatementLineage
from .suggest import did_you_mean
from .trace import TracedText, trace_texts

Schema = dict[str, dict[str, str]]


def trace_files(
    paths: Iterable[Path], naming: Naming, schema: Path | None = None, executor: Executor | None = None
) -> tuple[TracedText, ...]:
    """The lineage of SQL files and of those in folders, each over the columns that the others produce.

    The result of a bare query bears the name of its file, with the line where a file has several.

    Args:
        paths: Files, and folders with files that end in `.sql`.
        naming: The dialect, and what to assume where a name states no database or schema.
        schema: A JSON file: table → column → type.
        executor: Where many files are traced, as in `tracing_processes`; in this process unless told.

    Raises:
        CatalogError: a file cannot be read, the schema has another form, or the dialect is not known.
    """
    if naming.dialect not in SQL_DIALECTS:
        guess = did_you_mean(naming.dialect, SQL_DIALECTS, f"One of {', '.join(sorted(SQL_DIALECTS))}")
        raise CatalogError(f"`{naming.dialect}` is no SQL dialect that is known", guess)
    known = read_schema(schema, naming) if schema else {}
    texts = [
        SqlText(_text_of(path), Location(path.as_posix(), 1, 1), naming.dialect) for path in sql_files(paths)
    ]
    with seldom_collecting():
        traced = trace_texts(texts, known, naming, remembering(Memory(Passing()), executor))
    return tuple(_with_results_named(text) for text in traced)


def sql_files(paths: Iterable[Path]) -> list[Path]:
    """The files, and all `.sql` files in the folders, each once and in the order of their names."""
    found = (sorted(path.rglob("*.sql")) if path.is_dir() else [path] for path in paths)
    return sorted({file for files in found for file in files})


def read_schema(path: Path, naming: Naming) -> Schema:
    """Table → column → type from a JSON file, with canonical names.

    Raises:
        CatalogError: it cannot be read, or has another form.
    """
    try:
        tables = json.loads(_text_of(path))
    except ValueError as fault:
        raise CatalogError(f"{path}: this is no JSON: {fault}") from None
    if not isinstance(tables, dict) or not all(map(_is_columns, tables.values())):
        hint = 'Write `{"schema.table": {"column": "TYPE"}}`; a type may be empty'
        raise CatalogError(f"{path}: the schema is not table → column → type", hint)
    return {
        naming.written(table): {naming.column(name): kind for name, kind in columns.items()}
        for table, columns in tables.items()
    }


def result_name(text: TracedText, statement: StatementLineage) -> str:
    """What the result of a bare query is called: by its file, and its line where the file has several."""
    bare = [each for each in text.statements if each.kind == "select"]
    file = text.sql.start.file
    return f"{file}:{statement.line}" if len(bare) > 1 else file


def _text_of(path: Path) -> str:
    try:
        return read_text(path.parent, path.name)
    except UnreadableError as fault:
        misfit = fault.misfit(path.as_posix())
        raise CatalogError(f"{misfit.location}: {misfit.message}", misfit.hint) from None


def _is_columns(columns: object) -> bool:
    return isinstance(columns, dict) and all(isinstance(kind, str) for kind in columns.values())


def _with_results_named(text: TracedText) -> TracedText:
    named = [_named(text, each) if _is_bare(each) else each for each in text.statements]
    return replace(text, statements=tuple(named))


def _is_bare(statement: StatementLineage) -> bool:
    return statement.kind == "select" and not statement.writes


def _named(text: TracedText, statement: StatementLineage) -> StatementLineage:
    name = result_name(text, statement)
    return replace(
        statement,
        writes=(name,),
        columns=tuple(edge._replace(target_table=name) for edge in statement.columns),
        indirect=tuple(edge._replace(target_table=name) for edge in statement.indirect),
    )


def names_of(texts: Sequence[TracedText]) -> set[tuple[str, str]]:
    """Table and column, of all columns that the texts read or produce."""
    names: set[tuple[str, str]] = set()
    for statement in (statement for text in texts for statement in text.statements):
        names |= {(table, output.name) for table in statement.writes for output in statement.outputs}
        names |= {(edge.source_table, edge.source_column) for edge in statement.columns}
        names |= {(edge.source_table, edge.source_column) for edge in statement.indirect}
    return names
