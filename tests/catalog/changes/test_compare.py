"""What is different between two projects, of which class, and on which side its reach is looked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog import Alteration, Compared, Versions, compare_versions, open_project

RAW = """
tables:
  - name: raw.item
    columns: [{name: id, type: INT64}, {name: kind, type: STRING, description: Sort of item.}]
  - name: mart.day
    columns: [{name: items}]
metrics:
  - {name: items, source: mart.day, expression: SUM(items), owner: ops, dimensions: [items]}
reports:
  - {name: weekly, metrics: [items]}
"""
BASE = {
    "all.yml": RAW,
    "item.sql": "CREATE TABLE stg.item AS SELECT id, kind FROM raw.item",
    "day.sql": "CREATE TABLE mart.day AS SELECT COUNT(i.id) AS items FROM stg.item AS i WHERE i.kind = 'A'",
}

Files = dict[str, str | None]


def opened(folder: Path, files: Files, settings: str = "") -> Path:
    for name, text in files.items():
        path = folder / "definitions" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is not None:
            path.write_text(text, "utf-8")
    (folder / "plumbline.yml").write_text(f"name: Example\n{settings}", "utf-8")
    return folder


def compared(folder: Path, changed: Files, base: Files | None = None) -> Compared:
    before = base or dict(BASE)
    versions = Versions(
        open_project(opened(folder / "base", before)),
        open_project(opened(folder / "head", {**before, **changed})),
    )
    return compare_versions(versions)


def told(found: Compared) -> list[tuple[str, str, str]]:
    return [(change.kind.value, change.subject, change.aspect) for change in found.changes.all]


def of(found: Compared, subject: str) -> Alteration:
    return next(change for change in found.changes.all if change.subject == subject)


def test_nothing_is_nothing(tmp_path: Path) -> None:
    assert told(compared(tmp_path, {})) == []


def test_a_renamed_column_is_followed_downstream(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        {
            "item.sql": "CREATE TABLE stg.item AS SELECT id AS item_id, kind FROM raw.item",
            "day.sql": BASE["day.sql"].replace("i.id", "i.item_id"),
        },
    )
    assert told(found) == [
        ("removed", "stg.item.id", "renamed"),
        ("additive", "stg.item.item_id", "column"),
    ]
    assert of(found, "stg.item.id").sentence == "the column `id` of `stg.item` is renamed to `item_id`"


def test_a_renamed_column_of_a_source_is_followed_too(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        {
            "all.yml": RAW.replace("name: kind,", "name: sort,"),
            "item.sql": "CREATE TABLE stg.item AS SELECT id, sort AS kind FROM raw.item",
        },
    )
    assert told(found) == [
        ("removed", "raw.item.kind", "renamed"),
        ("additive", "raw.item.sort", "column"),
    ]


def test_what_a_removed_column_reached_is_looked_for_before(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        {
            "item.sql": "CREATE TABLE stg.item AS SELECT id FROM raw.item",
            "day.sql": "CREATE TABLE mart.day AS SELECT COUNT(i.id) AS items FROM stg.item AS i",
        },
    )
    assert of(found, "stg.item.kind").reach.metrics == ("items",)


def test_a_star_that_lets_a_new_column_through_is_an_added_column(tmp_path: Path) -> None:
    base: Files = {**BASE, "item.sql": "CREATE TABLE stg.item AS SELECT * FROM raw.item"}
    wider = RAW.replace("{name: id, type: INT64}", "{name: id, type: INT64}, {name: late, type: BOOL}")
    found = compared(tmp_path, {"all.yml": wider}, base)
    assert told(found) == [("additive", "raw.item.late", "column"), ("additive", "stg.item.late", "column")]


def test_a_condition_moved_to_a_query_of_with_is_nothing(tmp_path: Path) -> None:
    moved = """CREATE TABLE mart.day AS
    WITH chosen AS (SELECT * FROM stg.item WHERE kind = 'A') SELECT COUNT(id) AS items FROM chosen"""
    assert told(compared(tmp_path, {"day.sql": moved})) == []


def test_a_query_that_cannot_be_read_is_unknown(tmp_path: Path) -> None:
    found = compared(tmp_path, {"day.sql": "CREATE TABLE mart.day AS SELECT COUNT( FROM stg.item"})
    assert ("unknown", "mart.day") in [(kind, subject) for kind, subject, _ in told(found)]
    assert list(found.changes.value_changing) == ["items"]


def test_a_second_statement_that_fills_a_table_changes_its_rows(tmp_path: Path) -> None:
    found = compared(tmp_path, {"more.sql": "INSERT INTO mart.day SELECT COUNT(id) AS items FROM raw.item"})
    assert told(found) == [("model_wide", "mart.day", "statement")]
    assert of(found, "mart.day").reach.reports == ("weekly",)


def test_a_script_that_sets_another_value_is_seen(tmp_path: Path) -> None:
    filled = "CREATE TABLE mart.day AS SELECT COUNT(id) AS items FROM raw.item WHERE id > least;"
    script = f"DECLARE least INT64 DEFAULT 3;\n{filled}"
    base: Files = {**BASE, "day.sql": script}
    assert told(compared(tmp_path / "same", {"day.sql": script.replace("\n", "\n\n-- why\n")}, base)) == []
    found = compared(tmp_path / "other", {"day.sql": script.replace("3", "4")}, base)
    assert list(found.changes.value_changing) == ["items"]


def test_a_template_is_compared_as_rendered(tmp_path: Path) -> None:
    template = "{% set sort = 'A' %}" + BASE["day.sql"].replace("'A'", "'{{ sort }}'")
    assert told(compared(tmp_path / "same", {"day.sql": template})) == []
    other = template.replace("= 'A' %", "= 'B' %")
    assert told(compared(tmp_path / "other", {"day.sql": other})) == [("model_wide", "mart.day", "filter")]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("owner: ops", "owner: qa", ("wording", "metric:items", "owner")),
        ("dimensions: [items]", "dimensions: []", ("removed", "metric:items", "dimensions")),
        ("source: mart.day", "source: raw.item", ("model_wide", "metric:items", "source")),
        ("SUM(items)", "MAX(items)", ("column", "metric:items", "expression")),
        ("metrics: [items]}", "metrics: []}", ("removed", "report:weekly", "metrics")),
        ("name: weekly", "name: daily", ("removed", "report:weekly", "report")),
        ("Sort of item.", "Kind of item.", ("wording", "raw.item.kind", "description")),
        ("kind, type: STRING", "kind, type: BYTES", ("type", "raw.item.kind", "type")),
    ],
)
def test_what_is_written_has_its_class(
    old: str, new: str, expected: tuple[str, str, str], tmp_path: Path
) -> None:
    found = told(compared(tmp_path, {"all.yml": RAW.replace(old, new)}))
    assert expected in found
    assert [each for each in found if each[0] not in (expected[0], "additive")] == []


def test_words_reach_the_thing_alone(tmp_path: Path) -> None:
    found = compared(tmp_path, {"all.yml": RAW.replace("Sort of item.", "Kind of item.")})
    reach = of(found, "raw.item.kind").reach
    assert (reach.metrics, reach.reports, reach.tables) == ((), (), ("raw.item",))
    assert found.changes.value_changing == {}


def test_another_dialect_is_read_by_its_own_rules(tmp_path: Path) -> None:
    files: Files = {"t.sql": 'CREATE TABLE mart.day AS SELECT "a" AS n FROM raw.item'}
    other: Files = {"t.sql": "CREATE TABLE mart.day AS SELECT a AS n FROM raw.item"}
    versions = Versions(
        open_project(opened(tmp_path / "base", files, "dialect: snowflake\n")),
        open_project(opened(tmp_path / "head", other, "dialect: snowflake\n")),
    )
    kinds = [change.kind.value for change in compare_versions(versions).changes.all]
    assert kinds == ["column"]


def test_a_name_in_capitals_is_spoken_of_in_small_letters(tmp_path: Path) -> None:
    select = "CREATE TABLE mart.day AS SELECT id FROM raw.item"
    versions = Versions(
        open_project(opened(tmp_path / "base", {"t.sql": select}, "dialect: snowflake\n")),
        open_project(
            opened(tmp_path / "head", {"t.sql": f"{select} WHERE made_by > 0"}, "dialect: snowflake\n")
        ),
    )
    (change,) = compare_versions(versions).changes.all
    assert "with made by above `0`" in change.sentence
