"""SQL in Python texts: found where it is run, with its holes, at its own lines."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.sql import GapReason, StatementLineage, trace_python


def traced(text: str, dialect: str = "bigquery") -> tuple[StatementLineage, ...]:
    return trace_python(dedent(text), dialect=dialect)


def flows(text: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [(statement.reads, statement.writes) for statement in traced(text)]


RUN = [
    'cursor.execute("SELECT a FROM s.t")',
    'pd.read_sql("SELECT a FROM s.t", connection)',
    'pandas.read_gbq(query="SELECT a FROM s.t")',
    'client.query("SELECT a FROM s.t").result()',
    'frame = spark.sql("SELECT a FROM s.t")',
    'connection.execute(text("SELECT a FROM s.t"))',
    'BigQueryOperator(task_id="x", sql="SELECT a FROM s.t")',
    'cursor.execute("SELECT a " + "FROM s.t")',
    'cursor.execute("SELECT a "\n    "FROM s.t")',
    'SQL = "SELECT a FROM s.t"\ncursor.execute(SQL)',
    'TABLE = "s.t"\ncursor.execute(f"SELECT a FROM {TABLE}")',
    'TABLE = "s.t"\ncursor.execute("SELECT a FROM {}".format(TABLE))',
    'cursor.execute("SELECT a FROM {table}".format(table="s.t"))',
    'cursor.execute("SELECT a FROM %s" % "s.t")',
    'cursor.execute("SELECT a FROM %(table)s" % {"table": "s.t"})',
    'q = "SELECT a"\nq += " FROM s.t"\ncursor.execute(q)',
    'cursor.execute(textwrap.dedent("""\n    SELECT a\n    FROM s.t\n"""))',
    'cursor.execute(" ".join(["SELECT a", "FROM s.t"]))',
    'class A:\n    async def b(self):\n        await self.db.execute("SELECT a FROM s.t")',
    'QUERY = """\nSELECT a\nFROM s.t\n"""',
    'def f(query="""\n    SELECT a\n    FROM s.t\n"""):\n    pass\nf(query="SELECT a FROM s.t")',
]


@pytest.mark.parametrize("text", RUN)
def test_sql_is_found_where_it_is_run(text: str) -> None:
    assert [edge.source_table for edge in traced(text)[-1].columns] == ["s.t"]


@pytest.mark.parametrize(
    "text",
    [
        '"""SELECT a FROM s.t is what this does."""',
        'def f():\n    """\n    SELECT a FROM s.t\n    """',
        'frame.query("a > 1")',
        'print("select a file")',
        'NOTE = """\nSelect a room from\nthe list\n"""'.replace("Select a", "Pick a"),
        "x = 1",
        "",
    ],
)
def test_what_is_no_sql_is_left_alone(text: str) -> None:
    assert traced(text) == ()


def test_lines_are_those_of_the_file() -> None:
    statements = traced(
        '''\
        import os

        QUERY = f"""
            SELECT a,
                   b
            FROM s.t
            WHERE c = '{os.environ["C"]}'
        """
        cursor.execute(
            "INSERT INTO m.u (x) "
            "SELECT y "
            "FROM s.v"
        )
        cursor.execute("SELECT 1 AS one; SELECT (")
        '''
    )
    assert [edge.line for edge in statements[0].columns] == [4, 5]
    assert [(statements[1].line, edge.line) for edge in statements[1].columns] == [(10, 11)]
    assert [gap.line for statement in statements for gap in statement.gaps] == [14]


def test_hole_in_a_literal_is_harmless_and_one_for_a_table_is_a_gap() -> None:
    text = """
        cursor.execute(f"SELECT a FROM s.t WHERE day = '{day}' AND n = {n} LIMIT {limit}")
        cursor.execute(f"SELECT a FROM {table} WHERE b = 1")
        cursor.execute("SELECT %s FROM s.t" % columns)
        cursor.execute(f"SELECT a FROM s.t {where}")
    """
    harmless, table, column, clause = traced(text)
    assert harmless.gaps == ()
    assert {edge.source_column for edge in harmless.indirect} == {"day", "n"}
    assert table.reads == ()
    assert [gap.detail for gap in table.gaps] == ["`{table}` is a table whose name is not known here"]
    assert [gap.detail for gap in column.gaps] == ["`{columns}` stands for SQL that is not known here"]
    assert [edge.source_column for edge in clause.columns] == ["a"]
    assert [gap.detail for gap in clause.gaps] == ["`{where}` stands for SQL that is not known here"]


def test_values_given_beside_the_text_are_no_holes() -> None:
    (statement,) = traced('cursor.execute("SELECT a FROM s.t WHERE b = %s AND c = %(c)s", values)')
    assert statement.gaps == ()
    assert {edge.source_column for edge in statement.indirect} == {"b", "c"}


def test_every_text_that_a_name_may_hold_is_traced() -> None:
    text = """
        if full:
            q = "SELECT a FROM s.t"
        else:
            q = "SELECT a FROM s.u"
        cursor.execute(q)
    """
    assert flows(text) == [(("s.t",), ()), (("s.u",), ())]


def test_sql_that_is_made_elsewhere_is_a_gap() -> None:
    (statement,) = traced("cursor.execute(build_query(1))\ncursor.execute(self.sql)")
    assert [(gap.reason, gap.line) for gap in statement.gaps] == [(GapReason.DYNAMIC_SQL, 2)]


def test_temporary_tables_are_seen_through_from_call_to_call() -> None:
    text = """
        client.query("CREATE TEMP TABLE x AS SELECT a FROM s.t")
        client.query("INSERT INTO m.u (b) SELECT a FROM x")
    """
    assert flows(text) == [(("s.t",), ()), (("s.t",), ("m.u",))]


def test_templates_in_python_are_rendered() -> None:
    text = '''
        Operator(sql="""
            SELECT a
            FROM {{ params.table }}
            WHERE day = '{{ ds }}'
        """)
    '''
    (statement,) = traced(text)
    (gap,) = statement.gaps
    assert (gap.line, gap.detail) == (4, "`{{ params.table }}` is a table whose name is not known here")


@pytest.mark.parametrize("text", ["def f(:", "x = (", "\x00", "  indented"])
def test_text_that_is_no_python_is_one_gap(text: str) -> None:
    (statement,) = trace_python(text, dialect="bigquery")
    assert [gap.reason for gap in statement.gaps] == [GapReason.SYNTAX]


def test_unknown_dialect_is_a_gap() -> None:
    (statement,) = trace_python("x = 1", dialect="klingon")
    assert statement.gaps


WORDS = st.sampled_from(
    [
        "cursor.execute(",
        ")",
        'f"',
        '"',
        '"""',
        "SELECT",
        "a",
        "FROM",
        "s.t",
        "{x}",
        "%",
        ".format(",
        "+",
        "q",
        "=",
        ",",
        "if",
        "x:",
        "\n",
        "else:",
        "def",
        "f():",
        "{",
        "}",
        "1",
        "\\",
    ]
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(WORDS, max_size=25))
def test_python_soup_never_raises(words: list[str]) -> None:
    statements = trace_python(" ".join(words), dialect="bigquery")
    assert [statement.index for statement in statements] == list(range(len(statements)))
