"""`plumbline import --write`: what a source says becomes definitions of ours, and the catalog stays."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from dbt_manifest import manifest, node, write

from catalog import CatalogError, Edge, Plan, Project, open_project, owning, source_named, write_all
from catalog.authoring.drafts import written_form
from catalog.reading.load import settings_of

DBT = """\
name: Shop
dialect: duckdb
database: warehouse
sources: # of others
  - importer: dbt
    path: transform
    unused_sources: true
"""

TESTS: list[dict[str, Any]] = [
    {
        "unique_id": f"test.shop.{name}",
        "resource_type": "test",
        "attached_node": "model.shop.orders",
        "column_name": "id",
        "test_metadata": {"name": name, "kwargs": {"column_name": "id"}},
    }
    for name in ("unique", "not_null")
]

SHOP = manifest(
    node(
        "model.shop.orders",
        "source.shop.raw.order",
        description="All orders.\n\nWith: everything.",
        compiled_code='select id, amount * 2 as "Amount" from warehouse.shop."order"',
        config={"materialized": "view", "meta": {"owner": "shop-team", "level": 3}},
        columns={"id": {"name": "id", "description": "Which: one.", "data_type": "INTEGER"}},
        tags=["daily", "no"],
    ),
    node("source.shop.raw.order", columns={name: {"name": name} for name in ("id", "amount")}),
    node("model.shop.daily", "model.shop.orders", compiled_code="select count(id) as n from shop.orders"),
    {
        "unique_id": "exposure.shop.weekly",
        "name": "weekly",
        "type": "dashboard",
        "depends_on": {"nodes": ["model.shop.daily"]},
        "owner": {"name": "Shop team", "email": "shop@example.com"},
    },
    *TESTS,
)  # fmt: skip

PYTHON = (
    node("model.shop.forest", "seed.shop.days", language="python"),
    node("seed.shop.days"),
)

FOLDERS = """\
name: Telemetry
dialect: bigquery
database: acme
sources:
- {importer: folders, path: sql}
"""

TREE = {
    "sql/acme/live/events/schema.yaml": "fields: [{name: id, type: INT64}, {name: a, type: RECORD, fields: "
    "[{name: b, type: STRING, description: Inner.}]}]\n",
    "sql/acme/mart/daily/metadata.yaml": "friendly_name: Events by day\ndescription: 'Of a day: all.'\n"
    "owners: [ada@example.com]\nlabels: {level: gold}\nscheduling: {dag_name: nightly}\n",
    "sql/acme/mart/daily/query.sql": "SELECT COUNT(id) AS n, ANY_VALUE(a.b) AS b FROM `acme.live.events`\n",
    "sql/acme/mart/first/query.sql": "SELECT id FROM live.events{% if is_init() %} WHERE x{% endif %}\n",
}


def shop(root: Path) -> Path:
    write(root, "plumbline.yml", DBT)
    write(root, "transform/target/manifest.json", json.dumps(SHOP))
    return root


def tree(root: Path) -> Path:
    write(root, "plumbline.yml", FOLDERS)
    for file, text in TREE.items():
        write(root, file, text)
    return root


def owned(root: Path, source: str, into: str | None = None) -> Plan:
    settings = settings_of(root)
    plan = owning(root, settings, source_named(settings, source), into, drops=True)
    write_all(root, plan.rewrites)
    return plan


def known(project: Project) -> tuple[list[Any], set[Any]]:
    """All that the catalog says and all that its SQL does, but for where it stands."""
    catalog = project.catalog
    things = [(type(thing).__name__, written_form(thing)) for thing in catalog.things()]
    for _, values in things:
        values.pop("sql", None)
    return things, {_moved(edge) for edge in project.lineage.edges}


def _moved(edge: Edge) -> tuple[Any, ...]:
    return (edge.source, edge.target, edge.type, edge.subtype, edge.expression)


@pytest.mark.parametrize(("build", "source"), [(shop, "dbt"), (tree, "sql")])
def test_the_catalog_is_the_same_without_the_source(tmp_path: Path, build: Any, source: str) -> None:
    root = build(tmp_path)
    before = known(open_project(root))
    plan = owned(root, source)
    project = open_project(root)
    assert plan.left == ()
    assert project.settings.sources == ()
    assert project.catalog.misfits == ()
    assert known(project)[1] == before[1] != set()
    assert known(project)[0] == before[0] != []
    assert {thing.origin.source for thing in project.catalog.things()} == {""}


def test_a_table_has_a_file_of_its_own_with_its_sql_beside(tmp_path: Path) -> None:
    owned(shop(tmp_path), "transform")
    files = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.glob("definitions/**/*.*"))
    assert files == [
        "definitions/reports.yml",
        "definitions/shop/daily.sql",
        "definitions/shop/daily.yml",
        "definitions/shop/order.yml",
        "definitions/shop/orders.sql",
        "definitions/shop/orders.yml",
        "definitions/teams.yml",
    ]
    text = (tmp_path / "definitions/shop/orders.yml").read_text("utf-8")
    assert text.startswith(
        "tables:\n  - name: shop.orders\n    description: |-\n      All orders.\n\n      With: everything.\n"
    )
    assert "tags:\n      - daily\n      - 'no'\n" in text
    assert (tmp_path / "plumbline.yml").read_text(
        "utf-8"
    ) == "name: Shop\ndialect: duckdb\ndatabase: warehouse\n"


def test_sql_that_stays_is_named_where_it_lies(tmp_path: Path) -> None:
    owned(tree(tmp_path), "folders")
    assert "sql: ../../sql/acme/mart/daily/query.sql\n" in (
        tmp_path / "definitions/mart/daily.yml"
    ).read_text("utf-8")
    assert "sql: first.sql\n" in (tmp_path / "definitions/mart/first.yml").read_text("utf-8")


def test_entries_by_hand_get_what_only_the_source_says(tmp_path: Path) -> None:
    root = shop(tmp_path)
    own = (
        "tables:\n  - name: shop.orders # mine\n    label: Orders\n    description: My words.\n"
        "    tags: [ours]\n    custom_properties:\n      team: red # paint\n"
        "    columns:\n      - name: extra\n      - name: id # key\n        description: Mine.\n"
    )
    write(root, "definitions/mine.yml", own)
    before = known(open_project(root))
    assert owned(root, "dbt").left == ()
    text = (root / "definitions/mine.yml").read_text("utf-8")
    kept = own.replace("tags: [ours]", "tags: [ours, daily, 'no']")
    assert [line for line in kept.splitlines() if line not in text.splitlines()] == []
    assert "sql: orders.sql\n" in text
    assert (root / "definitions/orders.sql").exists()
    table = open_project(root).catalog.tables["shop.orders"]
    assert (table.description, table.owner, table.column("id").type) == ("My words.", "shop-team", "INTEGER")  # type: ignore[union-attr]
    assert (table.tags, table.custom_properties) == (("ours", "daily", "no"), {"team": "red", "level": 3})
    assert known(open_project(root))[1] == before[1]


def test_what_cannot_be_owned_is_told_before_anything_is_written(tmp_path: Path) -> None:
    root = shop(tmp_path)
    with pytest.raises(CatalogError, match="no definitions are read from `docs`"):
        owned(root, "dbt", "docs")
    with pytest.raises(CatalogError, match=r"no source in `plumbline.yml` has the path `transfrom`") as told:
        owned(root, "transfrom")
    assert told.value.hint == "Did you mean `transform`?"
    write(root, "transform/target/manifest.json", json.dumps(manifest(*PYTHON)))
    flows = "what the source tells of flows between tables (1) is no definition"
    settings = settings_of(root)
    plan = owning(root, settings, source_named(settings, "dbt"), None, drops=True)
    assert flows in [left.message for left in plan.left]
    write(root, "transform/target/manifest.json", json.dumps(SHOP))
    write(root, "definitions/shop/orders.sql", "select 1\n")
    message = "the SQL of `shop.orders` has no place: `definitions/shop/orders.sql` is there already"
    assert [left.message for left in owned(root, "dbt").left] == [message]
    assert "sql:" not in (root / "definitions/shop/orders.yml").read_text("utf-8")
    assert (root / "definitions/shop/orders.sql").read_text("utf-8") == "select 1\n"
