from catalog.audience import publishable
from catalog.model import KINDS, Audience, Column, Definitions, Location, SqlText
from catalog.project import Project, assemble
from catalog.settings import Settings

STAGING = "CREATE TABLE stg.t AS SELECT id AS item_id, UPPER(kind) AS kind, level FROM raw.t"
MART = (
    """CREATE TABLE mart.t AS SELECT item_id AS item, kind, COUNT(level) AS level FROM stg.t GROUP BY 1, 2"""
)


def project(**mart: object) -> Project:
    raw = [
        {"name": "id", "description": "Item under review.", "unit": "item", "type": "STRING"},
        {"name": "kind", "description": "Kind as sent.", "enum": "kinds", "type": "STRING"},
        {"name": "level", "description": "Level as sent.", "type": "INT64"},
    ]
    staging = [{"name": name, "inherit": True} for name in ("item_id", "kind", "level")]
    written = [{"name": name, "inherit": True, "label": name} for name in ("item", "kind", "level")]
    tables = [
        {"name": "raw.t", "columns": raw},
        {"name": "stg.t", "columns": staging},
        {"name": "mart.t", "label": "Mart", "columns": written, **mart},
    ]
    return assemble(
        Definitions(
            tables=tuple(KINDS["tables"].model_validate(table) for table in tables),  # type: ignore[arg-type]
            sql=tuple(
                SqlText(text, Location(f"{name}.sql", 1, 1), "bigquery", f"{name}.t")
                for name, text in (("stg", STAGING), ("mart", MART))
            ),
        ),
        Settings(),
    )


def column(project: Project, table: str, name: str) -> Column:
    found = project.catalog.tables[table].column(name)
    assert found is not None
    return found


def test_a_copy_takes_its_text_through_renames_and_says_where_from() -> None:
    item = column(project(), "mart.t", "item")
    assert (item.description, item.unit, item.inherited_from) == ("Item under review.", "item", "raw.t.id")


def test_a_calculated_or_counted_value_inherits_nothing() -> None:
    found = project()
    assert column(found, "stg.t", "kind").description is None
    assert column(found, "mart.t", "level").description is None
    assert column(found, "stg.t", "level").description == "Level as sent."


def test_written_text_is_never_replaced() -> None:
    written = [{"name": "item", "inherit": True, "description": "Own words."}]
    item = column(project(columns=written), "mart.t", "item")
    assert (item.description, item.unit, item.inherited_from) == ("Own words.", None, None)


def test_without_the_key_nothing_is_inherited() -> None:
    item = column(project(columns=[{"name": "item"}]), "mart.t", "item")
    assert (item.description, item.inherited_from) == (None, None)


def test_text_of_an_internal_column_does_not_reach_partners_by_inheritance() -> None:
    cut = publishable(project(audience="partner"), Audience.PARTNER)
    (table,) = cut.catalog.tables.values()
    assert [(column.name, column.description, column.unit) for column in table.columns] == [
        ("item", None, None),
        ("kind", None, None),
        ("level", None, None),
    ]


def test_a_column_made_from_itself_inherits_nothing() -> None:
    definitions = Definitions(
        tables=(
            KINDS["tables"].model_validate({"name": "a.t", "columns": [{"name": "x", "inherit": True}]}),
        ),  # type: ignore[arg-type]
        sql=(SqlText("SELECT x FROM a.t", Location("t.sql", 1, 1), "bigquery", "a.t"),),
    )
    assert column(assemble(definitions, Settings()), "a.t", "x").description is None
