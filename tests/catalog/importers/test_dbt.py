"""A dbt project, read where it lies: what its manifest says becomes tables, reports and metrics."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from dbt_manifest import manifest, node, opened, told, upstream_tables, write

from catalog import Audience, CatalogError, Project, open_project
from catalog.model import Layer, TableKind

ORDERS = node("model.shop.orders", compiled_code="select 1 as id")


def columns(project: Project, table: str) -> list[tuple[str, str | None]]:
    return [(column.name, column.type) for column in project.catalog.tables[table].columns]


def promise(name: str, column: str, **kwargs: Any) -> dict[str, Any]:
    return {
        "unique_id": f"test.shop.{name}_{column}",
        "resource_type": "test",
        "attached_node": "model.shop.orders",
        "column_name": column,
        "test_metadata": {"name": name, "kwargs": {"column_name": column, **kwargs}},
    }


def test_models_seeds_snapshots_and_sources_are_tables(tmp_path: Path) -> None:
    project = opened(
        tmp_path,
        manifest(
            node("model.shop.orders", "source.shop.raw.order", config={"materialized": "view"}),
            node("seed.shop.countries"),
            node("snapshot.shop.customers"),
            node("source.shop.raw.order", source_name="raw"),
        ),
    )
    tables = project.catalog.tables
    assert {name: (table.kind, table.layer) for name, table in tables.items()} == {
        "shop.countries": (TableKind.TABLE, None),
        "shop.customers": (TableKind.TABLE, None),
        "shop.order": (None, Layer.SOURCE),
        "shop.orders": (TableKind.VIEW, None),
    }


def test_everything_imported_is_internal(tmp_path: Path) -> None:
    said = {"audience": "partner", "meta": {"audience": "partner"}}
    project = opened(
        tmp_path,
        manifest(
            node("model.shop.orders", columns={"id": {"name": "id", **said}}, **said),
            {"unique_id": "exposure.shop.weekly", "name": "weekly", "type": "dashboard", **said},
        ),
    )
    assert {thing.audience for thing in project.catalog.things()} == {Audience.INTERNAL}


def test_a_seed_and_a_source_of_one_relation_are_one_table(tmp_path: Path) -> None:
    project = opened(
        tmp_path,
        manifest(
            node("source.shop.raw.raw_orders", description="As they come."),
            node("source.shop.copy.raw_orders"),
            node("seed.shop.raw_orders", columns={"id": {"name": "id"}}),
            node("model.shop.orders", "source.shop.raw.raw_orders", "source.shop.copy.raw_orders"),
        ),
    )
    table = project.catalog.tables["shop.raw_orders"]
    assert (table.description, [column.name for column in table.columns]) == ("As they come.", ["id"])
    assert project.catalog.repeats == ()


def test_a_source_that_nothing_reads_is_left_out_unless_asked_for(tmp_path: Path) -> None:
    content = manifest(ORDERS, *(node(f"source.shop.raw.unused_{index}") for index in range(100)))
    assert list(opened(tmp_path, content).catalog.tables) == ["shop.orders"]
    settings = (tmp_path / "plumbline.yml").read_text("utf-8")
    (tmp_path / "plumbline.yml").write_text(f"{settings}    unused_sources: true\n", "utf-8")
    assert len(open_project(tmp_path).catalog.tables) == 101


def test_an_alias_of_a_database_leads_to_the_same_table(tmp_path: Path) -> None:
    settings = (
        "name: Shop\ndialect: duckdb\naliases: {presented: warehouse}\n"
        "sources: [{importer: dbt, path: target}]\n"
    )
    write(tmp_path, "plumbline.yml", settings)
    upper = node("model.shop.report", compiled_code="select id from presented.shop.orders")
    write(tmp_path, "target/manifest.json", json.dumps(manifest(ORDERS, upper)))
    project = open_project(tmp_path)
    assert upstream_tables(project) == {
        "warehouse.shop.orders": set(),
        "warehouse.shop.report": {"warehouse.shop.orders"},
    }


def test_columns_are_those_of_the_warehouse_in_its_order_whatever_their_case(tmp_path: Path) -> None:
    relation = "ANALYTICS.SHOP.ORDERS"
    orders = node("model.shop.orders", relation_name=relation)
    orders["columns"] = {"amount": {"name": "amount", "description": "In euros."}, "gone": {"name": "gone"}}
    seen = {
        "AMOUNT": {"type": "NUMBER(38,0)", "index": 2, "name": "AMOUNT"},
        "ID": {"type": "TEXT", "index": 1, "name": "ID", "comment": "Number of the order."},
    }
    project = opened(
        tmp_path,
        manifest(orders, metadata={"adapter_type": "snowflake"}),
        {"nodes": {"model.shop.orders": {"columns": seen}}},
        dialect="snowflake",
    )
    assert columns(project, relation) == [("ID", "TEXT"), ("AMOUNT", "NUMBER(38,0)"), ("GONE", None)]
    table = project.catalog.tables[relation]
    assert [column.description for column in table.columns[:2]] == ["Number of the order.", "In euros."]


def test_tests_become_keys_and_values(tmp_path: Path) -> None:
    key_of = promise("relationships", "customer_id", to="ref('customers')", field="id")
    key_of["depends_on"] = {"nodes": ["model.shop.customers", "model.shop.orders"]}
    project = opened(
        tmp_path,
        manifest(
            node(
                "model.shop.orders", columns={name: {"name": name} for name in ("id", "customer_id", "state")}
            ),
            node("model.shop.customers"),
            promise("unique", "id"),
            promise("not_null", "id"),
            promise("accepted_values", "state", arguments={"values": ["open", "paid"]}),
            key_of,
            {**promise("not_null", "state"), "config": {"where": "ordered_on > '2026-01-01'"}},
        ),
    )
    table = project.catalog.tables["shop.orders"]
    number, customer, state = table.columns
    assert (table.primary_key, number.unique, number.required) == (("id",), True, True)
    assert customer.references == "shop.customers"
    assert (state.valid_values, state.required) == (("open", "paid"), None)


def test_an_ephemeral_model_is_no_table_and_lineage_goes_through_it(tmp_path: Path) -> None:
    compiled = (
        'with __dbt__cte__paid as (select * from "warehouse"."shop"."raw") select id from __dbt__cte__paid'
    )
    project = opened(
        tmp_path,
        manifest(
            node("seed.shop.raw", columns={"id": {"name": "id"}}),
            node(
                "model.shop.paid", "seed.shop.raw", relation_name=None, config={"materialized": "ephemeral"}
            ),
            node("model.shop.orders", "model.shop.paid", compiled_code=compiled),
        ),
    )
    assert set(project.catalog.tables) == {"shop.orders", "shop.raw"}
    assert upstream_tables(project) == {"shop.orders": {"shop.raw"}}


def test_without_compiled_sql_names_still_lead_on_and_the_finding_says_what_is_missing(
    tmp_path: Path,
) -> None:
    raw = """\
{{ config(materialized='table') }}
select o.id, {{ cents('amount') }} as amount
from {{ ref('paid') }} as o
join {{ source("raw", "customer") }} using (customer_id)
{% if is_incremental() %} where id > (select max(id) from {{ this }}) {% endif %}
"""
    project = opened(
        tmp_path,
        manifest(
            node("seed.shop.raw"),
            node("source.shop.raw.customer", source_name="raw"),
            node(
                "model.shop.paid",
                "seed.shop.raw",
                relation_name=None,
                config={"materialized": "ephemeral"},
                raw_code="select *\nfrom {{ ref('raw') }}",
            ),
            node("model.shop.orders", "model.shop.paid", "source.shop.raw.customer", raw_code=raw),
        ),
    )
    assert upstream_tables(project) == {"shop.orders": {"shop.raw", "shop.customer"}}
    message = "1 of its models are not compiled, so that macros stay unknown: `warehouse.shop.orders`"
    assert told(project) == [("FL007", "target/manifest.json", message)]
    gaps = [
        gap.detail for text in project.lineage.traced.texts for each in text.statements for gap in each.gaps
    ]
    assert any("cents" in gap for gap in gaps)


def test_keys_that_dbt_2_leaves_out_are_not_missed(tmp_path: Path) -> None:
    bare = {
        "unique_id": "model.shop.orders",
        "relation_name": '"warehouse"."shop"."orders"',
        "raw_code": "select 1 as id",
    }
    project = opened(tmp_path, manifest(bare, dbt="2.0.0"))
    assert list(project.catalog.tables) == ["shop.orders"]


def test_metrics_that_dbt_2_dropped_are_a_finding(tmp_path: Path) -> None:
    project = opened(
        tmp_path,
        manifest(ORDERS, dbt="2.0.0-alpha.4"),
        dbt_project_yml="name: shop\n",
        models__metrics_yml="version: 2\nsemantic_models:\n  - name: orders\n",
    )
    message = "metrics are written here, but dbt 2 left them out of `target/manifest.json`"
    assert told(project) == [("FL007", "models/metrics.yml", message)]


def test_an_empty_catalog_is_a_finding(tmp_path: Path) -> None:
    project = opened(tmp_path, manifest(ORDERS), {"nodes": {}, "sources": {}, "errors": ["no"]})
    assert told(project) == [("FL007", "target/catalog.json", "`catalog.json` describes no table")]


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        ('{"metadata": {"dbt_', "target/manifest.json:1:15", "the JSON breaks off"),
        ('{"metadata": {}}\n}', "target/manifest.json:2:1", "this is no JSON"),
        ("[]", "target/manifest.json:1:1", "the JSON holds no object"),
        ('{"nodes": {}}', "target/manifest.json:1:1", "this is no manifest of dbt"),
        (
            json.dumps(manifest(version=99)),
            "target/manifest.json:1:1",
            "version v99 of dbt's manifest is not known",
        ),
    ],
)
def test_a_manifest_that_cannot_be_read_is_one_finding(
    tmp_path: Path, content: str, place: str, message: str
) -> None:
    assert told(opened(tmp_path, content)) == [("FL001", place, message)]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("../elsewhere", "`../elsewhere` leads out of the project"),
        ("nowhere", "there is nothing at `nowhere`"),
        ("empty", "there is no `manifest.json` in `empty` or its `target`"),
    ],
)
def test_a_source_that_is_not_there_is_one_finding(tmp_path: Path, path: str, message: str) -> None:
    (tmp_path / "empty").mkdir()
    write(tmp_path, "plumbline.yml", f"name: Shop\nsources:\n  - importer: dbt\n    path: {path}\n")
    assert told(open_project(tmp_path)) == [("FL001", "plumbline.yml:4:11", message)]


def test_keys_and_importers_that_do_not_exist_are_findings_with_a_guess(tmp_path: Path) -> None:
    write(tmp_path, "definitions/teams.yml", "teams: [{name: ops}]\n")
    sources = "  - {importer: dtb, path: target}\n  - {importer: dbt, path: target, unused_source: true}\n"
    write(tmp_path, "plumbline.yml", f"name: Shop\nsources:\n{sources}")
    misfits = open_project(tmp_path).catalog.misfits
    assert [(each.code, each.hint) for each in misfits if each.code in ("FL002", "FL003")] == [
        ("FL003", "Did you mean `dbt`?"),
        ("FL002", "Did you mean `unused_sources`?"),
    ]


@pytest.mark.parametrize("version", [10, 11, 12])
def test_every_version_since_dbt_1_8_is_read(tmp_path: Path, version: int) -> None:
    assert list(opened(tmp_path, manifest(ORDERS, version=version)).catalog.tables) == ["shop.orders"]


def test_things_stand_where_they_are_described(tmp_path: Path) -> None:
    described = """\
version: 2
models:
  - name: orders
    description: All orders.
    columns:
      - name: id
"""
    project = opened(
        tmp_path,
        manifest(
            node(
                "model.shop.orders",
                description="All orders.",
                columns={"id": {"name": "id"}},
                original_file_path="models/orders.sql",
                patch_path="shop://models/schema.yml",
                package_name="shop",
                raw_code="select\n  1 as id",
                compiled_code="select\n  1 as id",
            )
        ),
        dbt_project_yml="name: shop\n",
        models__schema_yml=described,
        models__orders_sql="select\n  1 as id",
    )
    table = project.catalog.tables["shop.orders"]
    assert str(table.at("description")) == "models/schema.yml:4:18"
    assert str(table.columns[0].at("name")) == "models/schema.yml:6:15"
    assert str(project.catalog.sql[0].at(2, 3)) == "models/orders.sql:2:3"
    assert table.origin.sources == ("dbt, `target/manifest.json`",)


def test_compiled_sql_with_other_lines_stands_in_the_compiled_file(tmp_path: Path) -> None:
    compiled = "target/compiled/shop/models/orders.sql"
    project = opened(
        tmp_path,
        manifest(
            node(
                "model.shop.orders",
                original_file_path="models/orders.sql",
                package_name="shop",
                raw_code="{% for x in [1, 2] %}\n{% endfor %}select 1 as id",
                compiled_code="\n\n\n\nselect 1 as id",
            )
        ),
        dbt_project_yml="name: shop\n",
        models__orders_sql="select",
        target__compiled__shop__models__orders_sql="select",
    )
    assert str(project.catalog.sql[0].at(5)) == f"{compiled}:5:1"


def test_exposures_are_reports_with_tables_metrics_and_owner(tmp_path: Path) -> None:
    exposure = {
        "unique_id": "exposure.shop.weekly",
        "name": "weekly",
        "label": "Weekly revenue",
        "type": "notebook",
        "owner": {"name": "Finance", "email": "finance@example.com"},
        "depends_on": {"nodes": ["model.shop.orders", "metric.shop.revenue"]},
    }
    metric = {"unique_id": "metric.shop.revenue", "name": "revenue", "type": "cumulative"}
    report = opened(tmp_path, manifest(ORDERS, exposure, metric)).catalog.reports["weekly"]
    assert (report.label, report.type, report.owner) == ("Weekly revenue", "notebook", "Finance")
    assert (report.tables, report.metrics) == (("shop.orders",), ("revenue",))


def test_a_group_owns_what_its_owner_is_named_for(tmp_path: Path) -> None:
    owner = {"name": "Finance team", "email": "finance@example.com"}
    project = opened(
        tmp_path,
        manifest(
            node("model.shop.orders", group="finance"),
            node("model.shop.customers", config={"meta": {"owner": "@crm"}}),
            {"unique_id": "exposure.shop.weekly", "name": "weekly", "owner": owner},
            groups={"group.shop.finance": {"name": "finance", "owner": owner}},
        ),
    )
    assert {thing.name: thing.owner for thing in project.catalog.things() if thing.owner} == {
        "shop.customers": "@crm",
        "shop.orders": "finance",
        "weekly": "finance",
    }
    assert [(team.name, team.label, team.email) for team in project.catalog.teams.values()] == [
        ("@crm", None, "@crm"),
        ("finance", "Finance team", "finance@example.com"),
    ]


def test_a_source_never_raises(tmp_path: Path) -> None:
    """Every value of a manifest replaced by one of another kind."""
    odd: list[Any] = [None, 7, "x", [1], {"x": 1}, True]
    full = manifest(
        node("model.shop.orders", config={}, columns={"id": {}}, group="g", raw_code="x", meta={}),
        promise("unique", "id"),
        {"unique_id": "exposure.shop.weekly", "name": "weekly", "owner": {}},
        {"unique_id": "metric.shop.m", "name": "m", "type": "simple", "type_params": {"measure": {}}},
        {"unique_id": "semantic_model.shop.s", "name": "s", "measures": [{}], "entities": [{}]},
        groups={"group.shop.g": {"name": "g", "owner": {}}},
    )
    for kind, entries in full.items():
        for id, entry in entries.items() if kind != "metadata" else ():
            for key in entry:
                for value in odd:
                    changed = {**full, kind: {**entries, id: {**entry, key: value}}}
                    opened(tmp_path, changed)


def test_without_definitions_of_its_own_a_project_needs_no_folder_for_them(tmp_path: Path) -> None:
    assert opened(tmp_path, manifest(ORDERS)).catalog.tables
    write(tmp_path, "plumbline.yml", "name: Shop\n")
    with pytest.raises(CatalogError):
        open_project(tmp_path)


def test_models_that_no_sql_tells_of_keep_what_dbt_says_they_depend_on(tmp_path: Path) -> None:
    content = manifest(
        node("model.shop.macros", "model.shop.inner", raw_code="{{ union_all_tables() }}"),
        node(
            "model.shop.inner",
            "seed.shop.countries",
            config={"materialized": "ephemeral"},
            relation_name=None,
        ),
        node("model.shop.forest", "model.shop.macros", language="python"),
        node("model.shop.plain", "model.shop.macros", compiled_code="select 1 as id"),
        node("seed.shop.countries"),
    )
    told = opened(tmp_path, content).lineage.told
    assert [(each.flow.source, each.flow.target, each.flow.via, each.standing) for each in told] == [
        ("shop.countries", "shop.macros", "dbt", "only_told"),
        ("shop.macros", "shop.forest", "dbt", "only_told"),
    ]
