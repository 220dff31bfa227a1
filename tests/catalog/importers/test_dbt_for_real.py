"""A small shop, built and documented by dbt itself: its own artifacts against what is read from them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from dbt_manifest import told, upstream_tables

from catalog import Project, open_project

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("dbt")]

SHOP = Path(__file__).parents[2] / "dbt_shop"
DBT = (
    "uv",
    "run",
    "--no-project",
    "--quiet",
    "--with",
    "dbt-core==1.11.16",
    "--with",
    "dbt-duckdb==1.11.1",
    "dbt",
)
"""dbt pins other versions of what our own tools need, and so runs in an environment of its own."""

STEPS = (("seed",), ("build", "--exclude-resource-type", "seed"), ("docs", "generate"))
"""Sources do not wait for the seeds that fill them, so seeds come first."""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the shop after dbt has built and documented it."""
    folder = tmp_path_factory.mktemp("shop") / "shop"
    shutil.copytree(SHOP, folder)
    quiet = {"DBT_PROFILES_DIR": str(folder), "DBT_SEND_ANONYMOUS_USAGE_STATS": "0"}
    for step in STEPS:
        run = subprocess.run(
            [*DBT, "--quiet", *step],
            cwd=folder,
            env=os.environ | quiet,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stdout + run.stderr
    return folder


@pytest.fixture(scope="module")
def project(shop: Path) -> Project:
    return open_project(shop)


def artifact(shop: Path, name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((shop / "target" / name).read_text("utf-8"))
    return content


def named(relation: str) -> str:
    """A relation as the catalog calls it."""
    return relation.replace('"', "").removeprefix("warehouse.")


def test_nothing_is_left_out(project: Project) -> None:
    assert told(project) == []
    assert [
        gap for text in project.lineage.traced.texts for each in text.statements for gap in each.gaps
    ] == []


def test_table_lineage_is_what_dbt_depends_on(shop: Path, project: Project) -> None:
    manifest = artifact(shop, "manifest.json")
    nodes = manifest["nodes"] | manifest["sources"]

    def relations(id: str) -> set[str]:
        """A node's relation; what an ephemeral one is made from."""
        if nodes[id].get("relation_name"):
            return {named(nodes[id]["relation_name"])}
        return {name for upstream in nodes[id]["depends_on"]["nodes"] for name in relations(upstream)}

    expected = {
        named(node["relation_name"]): {name for id in node["depends_on"]["nodes"] for name in relations(id)}
        for node in manifest["nodes"].values()
        if node["resource_type"] in ("model", "snapshot") and node["relation_name"]
    }
    assert len(expected) == 6
    assert upstream_tables(project) == expected


def test_columns_are_those_that_dbt_saw_in_the_warehouse(shop: Path, project: Project) -> None:
    catalog, manifest = artifact(shop, "catalog.json"), artifact(shop, "manifest.json")
    relations = {
        id: named(node["relation_name"])
        for id, node in (manifest["nodes"] | manifest["sources"]).items()
        if node.get("relation_name")
    }
    expected = {
        relations[id]: [(name, column["type"]) for name, column in entry["columns"].items()]
        for id, entry in (catalog["nodes"] | catalog["sources"]).items()
    }
    assert len(expected) == 9
    assert {
        name: [(column.name, column.type) for column in table.columns]
        for name, table in project.catalog.tables.items()
    } == expected


def test_the_sql_makes_the_columns_that_dbt_saw(project: Project) -> None:
    """The snapshot's own columns, and those of an ephemeral model, too."""
    for text in project.lineage.traced.texts:
        for statement in text.statements:
            table = project.catalog.tables[statement.writes[0]]
            assert [each.name for each in statement.outputs] == [column.name for column in table.columns]


def test_reports_metrics_and_promises_of_tests_are_there(project: Project) -> None:
    catalog = project.catalog
    assert catalog.reports["weekly_revenue"].tables == ("shop.revenue_by_country", "shop.orders")
    orders = catalog.tables["shop.orders"]
    assert (orders.primary_key, orders.owner, orders.description) == (
        ("order_id",),
        "finance",
        "All orders that count.",
    )
    assert [(column.name, column.references) for column in orders.columns if column.references] == [
        ("customer_id", "shop.stg_customers")
    ]
    assert {name: (metric.expression, metric.formula) for name, metric in catalog.metrics.items()} == {
        "average_order": (None, None),
        "doubled": ("(SUM(amount)) * 2", None),
        "growth": (None, "`now - before`, where `before` is `order_total` 1 month before"),
        "known_order_total": ("SUM(amount)", None),
        "number_of_orders": ("COUNT(order_id)", None),
        "order_total": ("SUM(amount)", None),
        "running_total": (None, "`amount_total`, added up over all time"),
    }
