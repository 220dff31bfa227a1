"""Files of metrics: the shapes of four tools and of a team's own become metrics whose lineage is traced."""

from __future__ import annotations

from pathlib import Path

import pytest
from dbt_manifest import told, write

from catalog import Metric, Node, NodeKind, Project, open_project

SETTINGS = """\
name: Metrics
dialect: {dialect}
database: acme
sources:
  - importer: metrics
    path: metrics
    mapping: {mapping}
"""

HUB = """\
[metrics]

[metrics.hours]
select_expression = "{{agg_sum('seconds')}} / 3600.0"
data_source = "clients"
friendly_name = "Hours"
description = '''
Time in use.
'''
owner = ["ada@example.com", "grace@example.com"]
category = "engagement"
deprecated = true
bigger_is_better = true

[metrics.days]
data_source = "pings"
select_expression = \"\"\"
  COUNT(DISTINCT day)
\"\"\"

[metrics.hours_per_day]
depends_on = ["hours", "days"]
description = "Computed later."

[data_sources.clients]
from_expression = "acme.telemetry.clients"
submission_date_column = "day"

[data_sources.pings]
from_expression = \"\"\"(
    SELECT p.day, p.client
    FROM `acme.{dataset}.pings` p
    WHERE p.is_bot = FALSE
)\"\"\"
default_dataset = "app"
friendly_name = "Pings"
"""
FUNCTIONS = """\
[functions.agg_sum]
definition = "COALESCE(SUM({select_expr}), 0)"
"""


def opened(folder: Path, mapping: str, files: dict[str, str], dialect: str = "bigquery") -> Project:
    write(folder, "plumbline.yml", SETTINGS.format(mapping=mapping, dialect=dialect))
    for name, text in files.items():
        write(folder, name, text)
    return open_project(folder)


def metric(project: Project, name: str) -> Metric:
    return project.catalog.metrics[name]


def columns_behind(project: Project, name: str) -> set[str]:
    return {str(node) for node in project.lineage.rests_on(Node(NodeKind.METRIC, name))}


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("hub")
    return opened(folder, "metric-hub", {"metrics/app.toml": HUB, "metrics/functions.toml": FUNCTIONS})


def test_a_metric_of_metric_hub_is_its_expression_with_functions_called(hub: Project) -> None:
    hours = metric(hub, "app.hours")
    assert hours.expression == "COALESCE(SUM(seconds), 0) / 3600.0"
    assert (hours.source, hours.time_anchor) == ("telemetry.clients", "day")
    assert (hours.label, hours.description, hours.domain) == ("Hours", "Time in use.", "engagement")
    assert (hours.owner, hours.contact, hours.status) == (
        "ada@example.com",
        "grace@example.com",
        "deprecated",
    )
    assert hours.direction == "higher_is_better"
    assert columns_behind(hub, "app.hours") == {"telemetry.clients.seconds"}
    assert hub.catalog.teams["ada@example.com"].email == "ada@example.com"
    assert told(hub) == []


def test_a_value_of_toml_has_its_line_and_column(hub: Project) -> None:
    hours = metric(hub, "app.hours")
    assert str(hours.at()) == "metrics/app.toml:3:1"
    assert str(hours.at("expression")) == "metrics/app.toml:4:21"
    assert str(hours.at("description")) == "metrics/app.toml:7:15"
    assert hours.origin.sources == ("metric-hub, `metrics`",)


def test_a_data_source_that_is_a_query_is_a_table_whose_lineage_goes_on(hub: Project) -> None:
    assert metric(hub, "app.days").source == "metric_hub.app.pings"
    pings = hub.catalog.tables["metric_hub.app.pings"]
    assert (pings.kind, pings.label) == ("query", "Pings")
    assert columns_behind(hub, "app.days") == {"metric_hub.app.pings.day", "app.pings.day"}
    (production,) = hub.lineage.productions("metric_hub.app.pings")
    lines = {edge.source_column: production.at(edge.line).line for edge in production.statement.columns}
    assert lines == {"day": 31, "client": 31}


def test_a_metric_without_sql_says_so_and_keeps_what_it_is_made_from(hub: Project) -> None:
    later = metric(hub, "app.hours_per_day")
    assert later.expression is None
    assert later.limitations == ("No SQL is given here: the file says none.",)
    assert [each.name for each in later.related_metrics] == ["app.hours", "app.days"]


def test_metrics_of_one_name_in_two_files_are_two(tmp_path: Path) -> None:
    other = HUB.replace("Hours", "Hours there").replace("acme.telemetry.clients", "acme.phone.clients")
    files = {"metrics/app.toml": HUB, "metrics/phone.toml": other, "metrics/functions.toml": FUNCTIONS}
    project = opened(tmp_path, "metric-hub", files)
    assert metric(project, "phone.hours").source == "phone.clients"
    related = metric(project, "phone.hours_per_day").related_metrics
    assert [each.name for each in related] == ["phone.hours", "phone.days"]
    assert told(project) == []


CUBE = """\
cubes:
  - name: orders
    sql_table: acme.shop.orders
    joins:
      - {name: customers, sql: "{CUBE}.customer_id = {customers.id}", relationship: many_to_one}
    dimensions:
      - {name: id, sql: id, type: number, primary_key: true}
      - {name: status, sql: "{CUBE}.state", type: string}
      - {name: is_paid, sql: "{CUBE}.paid_at IS NOT NULL", type: boolean}
    measures:
      - {name: count, type: count, title: Orders}
      - name: paid
        type: count
        filters:
          - {sql: "{is_paid}"}
          - {sql: "{CUBE.status} = 'done'"}
      - {name: share_paid, type: number, sql: "1.0 * {paid} / {count}"}
      - {name: revenue, type: sum, sql: "{CUBE}.amount"}
      - {name: by_city, type: max, sql: "{customers.city}"}
      - {name: running, type: sum, sql: amount, rolling_window: {trailing: unbounded}}
      - {name: odd, type: mode, sql: amount}
  - name: big_orders
    sql: >
      SELECT id, amount FROM acme.shop.orders WHERE amount > 100
    measures:
      - {name: total, type: sum, sql: amount}
"""


def test_measures_of_a_cube_are_metrics_over_its_table(tmp_path: Path) -> None:
    project = opened(tmp_path, "cube", {"metrics/orders.yml": CUBE})
    assert metric(project, "orders.count").expression == "COUNT(*)"
    assert metric(project, "orders.count").dimensions == ("id", "state")
    assert metric(project, "orders.paid").filter == "((paid_at IS NOT NULL)) AND (state = 'done')"
    assert metric(project, "orders.share_paid").expression == (
        "1.0 * (COUNT(CASE WHEN ((paid_at IS NOT NULL)) AND (state = 'done') THEN 1 END)) / (COUNT(*))"
    )
    assert columns_behind(project, "orders.revenue") == {"shop.orders.amount"}
    assert columns_behind(project, "big_orders.total") == {"cube.big_orders.amount", "shop.orders.amount"}
    reasons = {name: metric(project, f"orders.{name}").limitations for name in ("by_city", "running")}
    assert reasons == {
        "by_city": ("No SQL is given here: it reads `customers.city`, which is of another relation.",),
        "running": ("No SQL is given here: it adds up over a window of time.",),
    }
    assert told(project) == [
        ("FL007", "metrics/orders.yml:21:9",
         "the SQL of the metric `odd` is not known: the aggregation `mode` is not known"),
    ]  # fmt: skip


LIGHTDASH = """\
version: 2
models:
  - name: orders
    meta:
      metrics:
        revenue_per_order: {type: number, sql: "${revenue} / ${orders}"}
    columns:
      - name: id
        config:
          meta:
            metrics:
              orders: {type: count_distinct, label: Orders}
      - name: amount
        meta:
          dimension: {sql: "${TABLE}.amount_in_cents / 100"}
          metrics:
            revenue: {type: sum, description: What customers paid.}
            paid: {type: sum, filters: [{status: paid}]}
"""


def test_metrics_under_meta_of_dbt_models_are_metrics_of_lightdash(tmp_path: Path) -> None:
    settings = SETTINGS.format(mapping="ours", dialect="bigquery")
    own = "mappings:\n  - {name: ours, like: lightdash, table_name: 'shop.{name}'}\n"
    write(tmp_path, "plumbline.yml", settings + own)
    write(tmp_path, "metrics/orders.yml", LIGHTDASH)
    project = open_project(tmp_path)
    assert metric(project, "orders.orders").expression == "COUNT(DISTINCT id)"
    assert metric(project, "orders.orders").source == "shop.orders"
    assert metric(project, "orders.revenue").expression == "SUM(amount_in_cents / 100)"
    assert metric(project, "orders.revenue_per_order").expression == (
        "(SUM(amount_in_cents / 100)) / (COUNT(DISTINCT id))"
    )
    assert metric(project, "orders.paid").limitations == (
        "No SQL is given here: its filters are not written in SQL.",
    )
    assert told(project) == []


METRICFLOW = """\
semantic_models:
  - name: orders
    model: ref('orders')
    defaults: {agg_time_dimension: ordered_on}
    entities:
      - {name: order, type: primary, expr: id}
      - {name: customer, type: foreign, expr: customer_id}
    dimensions:
      - {name: ordered_on, type: time, type_params: {time_granularity: day}}
      - {name: is_food, type: categorical, expr: kind = 'food'}
    measures:
      - {name: order_total, agg: sum, expr: amount}
      - {name: order_count, agg: count, expr: "1", create_metric: true}
metrics:
  - name: revenue
    label: Revenue
    type: simple
    type_params: {measure: order_total}
  - name: food_revenue
    type: simple
    type_params: {measure: {name: order_total}}
    filter: "{{ Dimension('order__is_food') }}"
  - name: elsewhere
    type: simple
    type_params: {measure: order_total}
    filter: "{{ Dimension('customer__region') }} = 'EU'"
  - {name: food_share, type: ratio, type_params: {numerator: food_revenue, denominator: revenue}}
  - name: plain_revenue
    type: derived
    type_params:
      expr: revenue - food
      metrics: [{name: revenue}, {name: food_revenue, alias: food}]
  - {name: to_date, type: cumulative, type_params: {measure: order_total}}
"""


def test_metrics_of_metricflow_are_followed_to_the_measures_they_name(tmp_path: Path) -> None:
    project = opened(tmp_path, "metricflow", {"metrics/orders.yml": METRICFLOW}, "duckdb")
    revenue = metric(project, "revenue")
    assert (revenue.expression, revenue.source, revenue.time_anchor) == (
        "SUM(amount)",
        "orders",
        "ordered_on",
    )
    assert metric(project, "order_count").expression == "COUNT(1)"
    assert metric(project, "food_revenue").filter == "(kind = 'food')"
    share = metric(project, "food_share")
    assert share.numerator is not None
    assert share.numerator.expression == "SUM(CASE WHEN (kind = 'food') THEN amount END)"
    assert share.denominator is not None
    assert (share.type, share.denominator.expression) == ("ratio", "SUM(amount)")
    assert [each.name for each in share.related_metrics] == ["food_revenue", "revenue"]
    assert metric(project, "plain_revenue").expression == (
        "(SUM(amount)) - (SUM(CASE WHEN (kind = 'food') THEN amount END))"
    )
    assert metric(project, "to_date").limitations == (
        "No SQL is given here: it adds up over a window of time.",
    )
    assert metric(project, "elsewhere").limitations == (
        "No SQL is given here: it reads `customer__region`, which is of another relation.",
    )
    assert told(project) == []


IN_MODELS = """\
models:
  - name: orders
    semantic_model: {enabled: true}
    agg_time_dimension: ordered_on
    columns:
      - {name: id, entity: {name: order, type: primary}}
      - {name: ordered_on, granularity: day, dimension: {type: time}}
      - {name: kind, dimension: {type: categorical}}
    metrics:
      - {name: revenue, type: simple, agg: sum, expr: amount}
      - {name: food, type: simple, agg: sum, expr: amount, filter: "{{ Dimension('order__kind') }} = 'food'"}
      - {name: food_share, type: ratio, numerator: food, denominator: {name: revenue}}
      - {name: rest, type: derived, expr: revenue - food, input_metrics: [{name: revenue}, {name: food}]}
      - {name: growth, type: derived, expr: a - b, input_metrics:
          [{name: revenue, alias: a}, {name: revenue, alias: b, offset_window: 1 month}]}
"""


def test_metrics_of_metricflow_that_stand_in_models_are_read_too(tmp_path: Path) -> None:
    project = opened(tmp_path, "metricflow", {"metrics/orders.yml": IN_MODELS}, "duckdb")
    revenue, rest = metric(project, "revenue"), metric(project, "rest")
    assert (revenue.expression, revenue.source, revenue.time_anchor) == (
        "SUM(amount)",
        "orders",
        "ordered_on",
    )
    assert metric(project, "food").filter == "kind = 'food'"
    share = metric(project, "food_share").numerator
    assert share is not None
    assert share.expression == "SUM(CASE WHEN kind = 'food' THEN amount END)"
    assert rest.expression == "(SUM(amount)) - (SUM(CASE WHEN kind = 'food' THEN amount END))"
    assert metric(project, "growth").limitations == (
        "No SQL is given here: a part of it is taken from an earlier time.",
    )
    assert told(project) == []


OWN = """\
name: Metrics
dialect: duckdb
sources: [{importer: metrics, path: numbers, mapping: ours}]
mappings:
  - name: ours
    files: ["*.toml"]
    metrics: [number]
    metric_keys: {name: id, label: title, expression: calc.sql, relation: calc.table}
    relations: [place]
    relation_keys: {source: relation}
"""


def test_a_shape_of_ones_own_is_read_by_a_mapping_of_ones_own(tmp_path: Path) -> None:
    write(tmp_path, "plumbline.yml", OWN)
    write(
        tmp_path,
        "numbers/sales.toml",
        "[[number]]\nid = 'revenue'\ntitle = 'Revenue'\ncalc = {sql = 'SUM(amount)', table = 'orders'}\n"
        "[place.orders]\nrelation = 'shop.orders'\n",
    )
    project = open_project(tmp_path)
    assert metric(project, "revenue").label == "Revenue"
    assert columns_behind(project, "revenue") == {"shop.orders.amount"}
    assert told(project) == []


@pytest.mark.parametrize(
    ("settings", "place", "message", "hint"),
    [
        ("mapping: metric-hup", "plumbline.yml:4:49", "there is no mapping `metric-hup`",
         "Did you mean `metric-hub`?"),
        ("mapping: cube, layout: {}", "plumbline.yml:4:63",
         "`layout` means nothing to the importer `metrics`",
         "Remove it; it belongs to `folders`"),
    ],
)  # fmt: skip
def test_a_source_that_says_something_unknown_is_told_where(
    tmp_path: Path, settings: str, place: str, message: str, hint: str
) -> None:
    head = "name: Metrics\ndialect: duckdb\nsources:\n  - {importer: metrics, path: metrics, "
    write(tmp_path, "plumbline.yml", f"{head}{settings}}}\n")
    write(
        tmp_path, "metrics/a.yml", "cubes: [{name: a, sql_table: a.b, measures: [{name: n, type: count}]}]\n"
    )
    (misfit,) = open_project(tmp_path).catalog.misfits
    assert (str(misfit.location), misfit.message, misfit.hint) == (place, message, hint)


def test_an_unknown_key_of_a_mapping_has_its_near_name(tmp_path: Path) -> None:
    settings = OWN.replace("expression: calc.sql", "expresion: calc.sql")
    write(tmp_path, "plumbline.yml", settings)
    write(tmp_path, "numbers/sales.toml", "[[number]]\nid = 'revenue'\n")
    misfits = {each.message: each.hint for each in open_project(tmp_path).catalog.misfits}
    assert misfits["unknown key `expresion` in metric keys"] == "Did you mean `expression`?"


BAD_FILES = {
    "typo.toml": ("[metric.hours]\nselect_expression = 'SUM(a)'\n", "FL007", "typo.toml:1:1",
                  "nothing in `metrics/typo.toml` is where the mapping `metric-hub` looks "
                  "(`data_sources`, `functions`, `metrics`)"),
    "broken.toml": ("[metrics.hours]\nselect_expression = SUM(a)\n", "FL001", "broken.toml:2:21",
                    "the TOML is not well formed here"),
    "cut.toml": ('[metrics.hours]\ndescription = """\nTime in', "FL001", "cut.toml:3:8",
                 "the TOML breaks off"),
}  # fmt: skip


def test_a_file_that_cannot_be_taken_is_one_finding_and_the_others_are_read(tmp_path: Path) -> None:
    files = {f"metrics/{name}": text for name, (text, *_) in BAD_FILES.items()}
    project = opened(tmp_path, "metric-hub", {**files, "metrics/app.toml": HUB, "metrics/f.toml": FUNCTIONS})
    expected = sorted((code, f"metrics/{place}", message) for _, code, place, message in BAD_FILES.values())
    assert sorted(told(project)) == expected
    assert "app.hours" in project.catalog.metrics


def test_a_file_in_another_encoding_is_one_finding(tmp_path: Path) -> None:
    write(tmp_path, "metrics/app.toml", "")
    (tmp_path / "metrics/app.toml").write_bytes(b"[metrics.a]\ndescription = 'caf\xe9'\n")
    project = opened(tmp_path, "metric-hub", {})
    assert told(project) == [("FL001", "metrics/app.toml:2:19", "byte 30 (0xE9) is not UTF-8")]


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("{{agg_mean('a')}}", "what `{{agg_mean('a')}}` stands for is not known"),
        ("{{agg_sum()}}", "`agg_sum` is called with too few values"),
        ("{% if x %}SUM(a){% endif %}", "what `{% if x %}` stands for is not known"),
    ],
)
def test_a_template_that_is_not_known_is_told_and_never_guessed(
    tmp_path: Path, expression: str, reason: str
) -> None:
    text = f'[metrics.a]\nselect_expression = "{expression}"\ndata_source = "t"\n'
    text += '[data_sources.t]\nfrom_expression = "acme.d.t"\n'
    project = opened(tmp_path, "metric-hub", {"metrics/app.toml": text, "metrics/f.toml": FUNCTIONS})
    assert metric(project, "app.a").expression is None
    assert [message for _, _, message in told(project)] == [
        f"the SQL of the metric `a` is not known: {reason}"
    ]


def test_metrics_made_of_each_other_in_a_circle_are_told(tmp_path: Path) -> None:
    cube = """\
cubes:
  - name: c
    sql_table: d.t
    dimensions: [{name: x, sql: "{y}", type: number}, {name: y, sql: "{x}", type: number}]
    measures:
      - {name: a, type: number, sql: "{b} + 1"}
      - {name: b, type: number, sql: "{a} + 1"}
      - {name: m, type: max, sql: "{x}"}
"""
    project = opened(tmp_path, "cube", {"metrics/c.yml": cube})
    assert metric(project, "c.a").limitations == ("No SQL is given here: `a` is made of itself.",)
    assert metric(project, "c.m").limitations == ("No SQL is given here: `x` is made of itself.",)


def test_a_filter_around_aggregates_is_said_in_words_and_no_sql_is_made_up(tmp_path: Path) -> None:
    cube = """\
cubes:
  - name: orders
    sql_table: shop.orders
    measures:
      - {name: paid, type: sum, sql: paid}
      - {name: back, type: sum, sql: back}
      - {name: net, type: number, sql: "{paid} - {back}", filters: [{sql: "{CUBE}.area = 'EU'"}]}
      - {name: net_twice, type: number, sql: "2 * {net}"}
"""
    project = opened(tmp_path, "cube", {"metrics/orders.yml": cube})
    twice = metric(project, "orders.net_twice")
    assert twice.expression is None
    assert twice.limitations == (
        "No SQL is given here: a filter stands around parts that are aggregated already.",
    )
    net = metric(project, "orders.net")
    assert (net.expression, net.filter) == ("(SUM(paid)) - (SUM(back))", "area = 'EU'")
