"""Column types as people and as the SQL write them: when two of them mean the same."""

from __future__ import annotations

from functools import lru_cache, partial

from sqlglot import exp
from sqlglot.errors import SqlglotError

Kind = exp.DType

NAIVE = frozenset({Kind.TIMESTAMP, Kind.TIMESTAMPNTZ, Kind.DATETIME, Kind.DATETIME2, Kind.SMALLDATETIME})
ZONED = frozenset({Kind.TIMESTAMPTZ, Kind.TIMESTAMPLTZ})
DECIMAL = frozenset(
    {Kind.DECIMAL, Kind.DECIMAL32, Kind.DECIMAL64, Kind.DECIMAL128, Kind.DECIMAL256, Kind.MONEY}
)
SERIAL = frozenset({Kind.SERIAL, Kind.BIGSERIAL, Kind.SMALLSERIAL})
TEXT = frozenset({*exp.DataType.TEXT_TYPES, Kind.BPCHAR, Kind.TINYTEXT, Kind.MEDIUMTEXT, Kind.LONGTEXT})
INTEGER = frozenset({*exp.DataType.INTEGER_TYPES, *SERIAL})
FLOAT = frozenset({Kind.FLOAT, Kind.DOUBLE})
OPEN = frozenset({Kind.UNKNOWN, Kind.NULL, Kind.USERDEFINED, Kind.VARIANT, Kind.ENUM})
"""Kinds that say too little to be held against another."""

ZONES_MATTER = frozenset({"bigquery"})
"""Dialects in which the inferred type tells reliably whether a timestamp has a zone."""

INTEGERS_ARE_DECIMALS = frozenset({"snowflake", "oracle"})

NUMBERS_ARE_BOOLEANS = frozenset({"doris", "mysql", "sqlite", "starrocks", "tsql"})

Family = str | tuple["Family", ...] | None
"""What a type comes down to: a word; words for a nested type; None where it cannot be judged."""


def is_alike(declared: str, inferred: str, dialect: str) -> bool:
    """Do two types mean the same, lengths and widths aside? True where one cannot be judged."""
    one, other = (
        _family(text, dialect, zones_matter=dialect in ZONES_MATTER) for text in (declared, inferred)
    )
    return _agree(one, other)


def is_alike_in_warehouse(documented: tuple[str, str], stored: tuple[str, str]) -> bool:
    """Do two types, each with its dialect, mean the same in a warehouse? True where one cannot be judged.

    Where a dialect has no booleans of its own, a small number is one.
    """
    dialects = {documented[1], stored[1]}
    numbers = "decimal" if dialects & INTEGERS_ARE_DECIMALS else "integer"
    families = [_family(text, dialect, zones_matter=True) for text, dialect in (documented, stored)]
    plain = [_replaced(each, "integer", numbers) for each in families]
    if dialects & NUMBERS_ARE_BOOLEANS:
        plain = [_replaced(_replaced(each, "BIT", numbers), "BOOLEAN", numbers) for each in plain]
    return _agree(plain[0], plain[1])


def _replaced(family: Family, word: str, other: str) -> Family:
    if isinstance(family, tuple):
        return tuple(_replaced(part, word, other) for part in family)
    return other if family == word else family


@lru_cache(maxsize=4096)
def _family(text: str, dialect: str, *, zones_matter: bool) -> Family:
    try:
        built = exp.DataType.build(text, dialect=dialect or None, udt=True)
    except (SqlglotError, TypeError, ValueError):  # A type that is no type of the dialect: not ours to judge.
        return None
    return _family_of(built, dialect, zones_matter=zones_matter)


def _family_of(built: exp.Expr, dialect: str, *, zones_matter: bool) -> Family:
    inner = partial(_family_of, dialect=dialect, zones_matter=zones_matter)
    if isinstance(built, exp.ColumnDef):
        return (built.name.casefold(), inner(built.args.get("kind") or exp.Null()))
    if not isinstance(built, exp.DataType) or built.this in OPEN:
        return None
    if built.this in (Kind.ARRAY, Kind.STRUCT, Kind.MAP, Kind.RANGE, Kind.LIST):
        return (str(built.this.value), *map(inner, built.expressions))
    return _word(built.this, dialect, zones_matter=zones_matter)


def _word(kind: exp.DType, dialect: str, *, zones_matter: bool) -> str:
    if kind in TEXT:
        return "text"
    if kind in DECIMAL or (kind in INTEGER and dialect in INTEGERS_ARE_DECIMALS):
        return "decimal"
    if kind in INTEGER:
        return "integer"
    if kind in FLOAT:
        return "float"
    if kind in NAIVE or (kind in ZONED and not zones_matter):
        return "timestamp"
    return "zoned timestamp" if kind in ZONED else str(kind.value)


def _agree(one: Family, other: Family) -> bool:
    if one is None or other is None:
        return True
    if not isinstance(one, tuple) or not isinstance(other, tuple):
        return one == other
    if one[0] != other[0]:
        return False
    if len(one) == 1 or len(other) == 1:  # `STRUCT` without its fields
        return True
    return len(one) == len(other) and all(map(_agree, one[1:], other[1:]))
