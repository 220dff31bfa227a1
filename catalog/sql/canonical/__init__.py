"""What SQL means, as texts that can be compared: the same for two texts that say the same in other words.

Formatting, comments, the case of keywords, aliases, names of WITH queries, parentheses, the order of operands
where it does not count, and a query written inside another or beside it are no difference. Two texts with the
same form compute the same; two with other forms may still. In doubt they differ.

Taken as equal though a machine may round otherwise: the order of additions and multiplications.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...naming import Naming
from .form import FORM, CanonicalColumn, CanonicalStatement, Part, PartKind, Step

__all__ = [
    "FORM",
    "CanonicalColumn",
    "CanonicalStatement",
    "Part",
    "PartKind",
    "Step",
    "canonical_expression",
    "canonical_statements",
]


def canonical_statements(
    sql: str,
    *,
    naming: Naming,
    schema: Mapping[str, Mapping[str, str]] | None = None,
    renamed: Mapping[str, Mapping[str, str]] | None = None,
    is_python: bool = False,
) -> tuple[CanonicalStatement, ...]:
    """The meaning of every statement of a text that fills a table or yields rows, in order.

    Never raises on text: what cannot be read is compared word by word. Temporary tables of the text are seen
    through.

    Args:
        sql: Any number of statements, a template, or a Python text.
        naming: The rule of names, with the dialect.
        schema: Canonical table name → canonical column names; makes stars and bare names exact.
        renamed: Table → column → the name under which it is to be compared.
        is_python: The SQL stands in a Python text.
    """
    from .statements import statements_of

    return statements_of(sql, naming, schema or {}, renamed or {}, is_python=is_python)


def canonical_expression(expression: str, *, naming: Naming) -> str:
    """The canonical text of an expression over one table; itself where it does not parse."""
    from .statements import expression_of

    return expression_of(expression, naming)
