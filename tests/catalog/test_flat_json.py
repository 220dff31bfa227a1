import json
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import Gap, GapReason, StatementLineage, trace_sql
from catalog.flat_json import decode, encode

SQL = """
CREATE TABLE a.b AS SELECT x.c + y.d AS e, COUNT(*) AS n, 'é' AS f FROM s.x JOIN s.y ON x.k = y.k GROUP BY 1;
DROP TABLE q;
SELECT * FROM (
"""


def values_of(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a field's type: texts with every character, tuples short and empty."""
    if get_origin(hint) is tuple:
        return st.lists(values_of(get_args(hint)[0]), max_size=3).map(tuple)
    if hasattr(hint, "__dataclass_fields__") or hasattr(hint, "_fields"):
        return st.builds(hint, **{name: values_of(each) for name, each in get_type_hints(hint).items()})
    if hint is str:
        return st.text(st.characters(codec=None, categories=None), max_size=5)
    return st.from_type(hint)


@given(st.lists(values_of(StatementLineage), max_size=3).map(tuple))
def test_any_lineage_is_read_back_as_it_was(statements: tuple[StatementLineage, ...]) -> None:
    assert decode(encode(statements, StatementLineage), StatementLineage) == statements


def test_lineage_of_sql_is_read_back_as_it_was_with_its_types() -> None:
    statements = trace_sql(SQL, dialect="bigquery")
    (back, *_) = again = decode(encode(statements, StatementLineage), StatementLineage)
    assert again == statements
    assert repr(again) == repr(statements)
    assert type(back.columns[0].type) is type(statements[0].columns[0].type)


def test_each_text_is_written_once() -> None:
    sql = (
        "SELECT "
        + ", ".join(f"a_rather_long_name + {number} AS c{number}" for number in range(50))
        + " FROM t"
    )
    encoded = encode(trace_sql(sql, dialect="duckdb"), StatementLineage)
    assert encoded.count('"a_rather_long_name"') == 1


GAP = encode((Gap(GapReason.SYNTAX, "it breaks", 1),), Gap)


def changed(path: tuple[int, ...], value: object) -> str:
    """The text of one gap with something else at a place in it."""
    written = json.loads(GAP)
    inner = written
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return json.dumps(written)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "{}",
        "[]",
        '"text"',
        "[" * 100_000,
        GAP[:-1],
        changed((0, 0), 7),
        changed((0, 0), "another reason"),
        changed((1,), 2),
        changed((1,), -1),
        changed((1,), "1"),
        changed((2,), []),
        changed((2, 0), [0]),
        changed((2, 0), [-1]),
        changed((2, 0), [99]),
        changed((2, 2), ["1"]),
        changed((2, 2), [1.5]),
        changed((2, 2), [True]),
        changed((2, 2), {"0": 1}),
        changed((2, 4), [-1]),
    ],
)
def test_another_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (whatever it says, nobody reads it)
        decode(text, Gap)
