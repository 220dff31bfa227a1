import pytest

from catalog.checks.mention import place_of_table
from catalog.model import Location, SqlText


def place(text: str, table: str, from_line: int = 1) -> tuple[int, int]:
    found = place_of_table(SqlText(text, Location("q.sql", 1, 1), "bigquery"), table, from_line)
    return found.line, found.column


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT 1\nFROM ops.queue", (2, 6)),
        ("SELECT 1 FROM `acme.ops.queue`", (1, 15)),
        ("SELECT 1 FROM `ops`.`queue` q", (1, 15)),
        ("SELECT 1 FROM OPS.Queue", (1, 15)),
        ("-- ops.queue\nSELECT 'ops.queue' /* ops.queue\n */ FROM ops.queue", (3, 10)),
        ("SELECT 1 FROM ops.queue_daily, ops.queue", (1, 32)),
        ("SELECT my_ops.queue.x FROM ops.queue", (1, 28)),
        ("SELECT 1 FROM queue", (1, 15)),
        ("SELECT 1 FROM elsewhere", (1, 1)),
    ],
)
def test_a_table_is_found_where_the_sql_names_it(text: str, expected: tuple[int, int]) -> None:
    assert place(text, "ops.queue") == expected


def test_the_search_begins_at_the_statement() -> None:
    assert place("SELECT 1 FROM ops.queue;\nSELECT 2\nFROM ops.queue", "ops.queue", 2) == (3, 6)


def test_a_text_inside_yaml_keeps_its_column() -> None:
    sql = SqlText("SELECT 1\nFROM ops.queue", Location("q.yml", 10, 7), "bigquery")
    assert place_of_table(sql, "ops.queue") == Location("q.yml", 11, 12)
