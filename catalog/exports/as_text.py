"""Lineage for people: statement by statement, column by column, each with what it is made from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from ..sql.edges import ColumnEdge, IndirectEdge, StatementLineage
from ..trace import TracedText

LONGEST = 60
"""Characters of an expression that are shown."""


def as_text(texts: tuple[TracedText, ...], _now: datetime) -> str:
    """One paragraph for each statement with data flow, and a last line that counts all."""
    paragraphs = [
        "\n".join(_lines(text, statement))
        for text in texts
        for statement in text.statements
        if statement.kind != "other" or statement.reads or statement.gaps
    ]
    return "\n\n".join([*paragraphs, _summary(texts)]) + "\n"


def _lines(text: TracedText, statement: StatementLineage) -> Iterator[str]:
    kind = statement.kind.replace("_", " ")
    yield f"{text.sql.at(statement.line)}: {' '.join([kind, *statement.writes])}"
    sources: dict[str, list[ColumnEdge]] = {output.name: [] for output in statement.outputs}
    for edge in statement.columns:
        sources.setdefault(edge.target_column, []).append(edge)
    for column, edges in sources.items():
        yield f"  {column}" if edges else f"  {column}  (no source column)"
        yield from (f"      {_made_from(edge)}" for edge in edges)
    if statement.indirect:
        yield "  rows are decided by"
        yield from (f"      {_decided_by(edge)}" for edge in statement.indirect)
    for gap in statement.gaps:
        yield f"  not traced, line {gap.line}: {gap.detail}"


def _made_from(edge: ColumnEdge) -> str:
    source = f"{edge.source_table}.{edge.source_column}"
    facts = [edge.subtype.lower().replace("_", " ")]
    facts += ["masked"] if edge.masking else []
    facts += ["one of several candidates"] if edge.ambiguous else []
    shown = "" if edge.subtype == "IDENTITY" else f"  {_short(edge.expression)}"
    return f"{source}  ({', '.join(facts)}){shown}"


def _decided_by(edge: IndirectEdge) -> str:
    subtype = edge.subtype.lower().replace("_", " ")
    return f"{edge.source_table}.{edge.source_column}  ({subtype})  {_short(edge.expression)}"


def _short(expression: str) -> str:
    line = " ".join(expression.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _summary(texts: tuple[TracedText, ...]) -> str:
    statements = [statement for text in texts for statement in text.statements]
    edges = sum(len(statement.columns) for statement in statements)
    gaps = sum(len(statement.gaps) for statement in statements)
    return f"{_counted(len(statements), 'statement')}, {_counted(edges, 'edge')}, {_counted(gaps, 'gap')}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
