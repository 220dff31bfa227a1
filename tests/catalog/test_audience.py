from catalog.audience import HIDDEN_STEP, LEAVES, publishable
from catalog.lineage import Lineage, Node, NodeKind, build_lineage
from catalog.model import KINDS, Audience, Catalog, Definitions, Location, SqlText
from catalog.project import Project
from catalog.resolve import resolve
from catalog.settings import Settings
from catalog.trace import Traced
from catalog.visibility import internal_identifiers

TABLES = [
    {
        "name": "mart.queue_daily",
        "label": "Queue flow by day",
        "audience": "partner",
        "sql": "queue_daily.sql",
        "owner": "ops",
        "columns": [
            {"name": "queue_id", "label": "Queue", "type": "STRING"},
            {"name": "staff_id", "label": "Person", "audience": "internal"},
            {"name": "no_label"},
        ],
    },
    {"name": "raw.events", "label": "Events", "columns": [{"name": "event_id", "label": "Event"}]},
]
METRICS = [
    {
        "name": "open_backlog",
        "label": "Open backlog",
        "audience": "partner",
        "owner": "ops",
        "source": "mart.queue_daily",
        "type": "ratio",
        "expression": "SUM(backlog_eod)",
        "filter": "queue_id <> 'q9'",
        "numerator": {"expression": "SUM(backlog_eod)", "label": "items waiting"},
        "dimensions": ["queue_id", "staff_id"],
        "related_metrics": [{"name": "secret_rate"}, {"name": "draft_rate"}],
        "custom_properties": {"ticket": "ABC-1"},
    },
    {"name": "secret_rate", "label": "Secret rate"},
    {"name": "draft_rate", "label": "Draft rate", "audience": "partner", "status": "draft"},
]


def project() -> Project:
    definitions = Definitions(
        tables=tuple(KINDS["tables"].model_validate(table) for table in TABLES),  # type: ignore[arg-type]
        metrics=tuple(KINDS["metrics"].model_validate(metric) for metric in METRICS),  # type: ignore[arg-type]
        teams=(KINDS["teams"].model_validate({"name": "ops"}),),  # type: ignore[arg-type]
        sql=(SqlText("SELECT 1", Location("definitions/queue_daily.sql", 1, 1), "bigquery"),),
    )
    settings = Settings.model_validate({"name": "Catalog"})
    catalog = resolve(definitions, settings.naming)
    return Project(settings, catalog, build_lineage(catalog, Traced()))


def test_the_internal_audience_gets_the_project_as_it_is() -> None:
    whole = project()
    assert publishable(whole, Audience.INTERNAL) is whole


def test_only_things_that_say_partner_and_are_ready_leave() -> None:
    catalog = publishable(project(), Audience.PARTNER).catalog
    assert list(catalog.metrics) == ["open_backlog"]
    assert list(catalog.tables) == ["queue-flow-by-day"]
    assert not catalog.teams


def test_tables_and_columns_leave_under_their_labels_only() -> None:
    (table,) = publishable(project(), Audience.PARTNER).catalog.tables.values()
    assert table.name == "queue-flow-by-day"
    assert [column.name for column in table.columns] == ["Queue"]
    assert table.columns[0].type is None
    assert table.sql is None


def test_a_metric_leaves_without_sql_and_with_its_dimensions_in_words() -> None:
    metric = publishable(project(), Audience.PARTNER).catalog.metrics["open_backlog"]
    assert metric.expression is None
    assert metric.filter is None
    assert metric.numerator is not None
    assert metric.numerator.expression == ""
    assert metric.numerator.label == "items waiting"
    assert metric.dimensions == ("Queue",)
    assert metric.related_metrics == ()
    assert metric.custom_properties == {}
    assert metric.owner is None
    assert metric.source == "queue-flow-by-day"


def test_two_tables_with_one_label_get_two_names() -> None:
    twins = [{"name": f"mart.t{number}", "label": "Same", "audience": "partner"} for number in range(3)]
    tables = tuple(KINDS["tables"].model_validate(table) for table in twins)
    catalog = resolve(Definitions(tables=tables), Settings().naming)  # type: ignore[arg-type]
    cut = publishable(Project(Settings(), catalog, Lineage()), Audience.PARTNER)
    assert list(cut.catalog.tables) == ["same", "same-2", "same-3"]


def test_lineage_keeps_visible_things_and_unnamed_steps() -> None:
    cut = publishable(project(), Audience.PARTNER)
    table, metric = Node(NodeKind.TABLE, "queue-flow-by-day"), Node(NodeKind.METRIC, "open_backlog")
    assert cut.lineage.links == ((table, metric),)
    hidden = project().lineage.links
    assert hidden == ((Node(NodeKind.TABLE, "mart.queue_daily"), metric),)


def test_an_internal_source_becomes_an_unnamed_step() -> None:
    metric = KINDS["metrics"].model_validate({"name": "m", "audience": "partner", "source": "raw.events"})
    catalog = resolve(Definitions(metrics=(metric,)), Settings().naming)  # type: ignore[arg-type]
    cut = publishable(Project(Settings(), catalog, build_lineage(catalog, Traced())), Audience.PARTNER)
    assert cut.lineage.links == ((HIDDEN_STEP, Node(NodeKind.METRIC, "m")),)


def test_every_listed_field_exists() -> None:
    for model, names in LEAVES.items():
        assert names <= set(model.model_fields), model.__name__


def test_internal_identifiers_are_names_and_not_plain_words() -> None:
    names = internal_identifiers(project().catalog)
    assert {
        "mart.queue_daily",
        "queue_daily",
        "raw.events",
        "event_id",
        "secret_rate",
        "queue_daily.sql",
    } <= names
    assert "open_backlog" not in names
    assert "events" not in names


def test_numbers_and_openly_said_values_are_no_internal_identifiers() -> None:
    enums = [
        {"name": "severity", "values": [{"value": 5}, {"value": "B2"}]},
        {"name": "restriction", "audience": "partner", "values": [{"value": "VISIBILITY_OTHER"}]},
    ]
    table = {"name": "raw.sor", "columns": [{"name": "visibility_other"}]}
    definitions = Definitions(
        tables=(KINDS["tables"].model_validate(table),),  # type: ignore[arg-type]
        enums=tuple(KINDS["enums"].model_validate(enum) for enum in enums),  # type: ignore[arg-type]
    )
    names = internal_identifiers(resolve(definitions, Settings().naming))
    assert names.isdisjoint({"5", "B2", "visibility_other"})


def test_the_partner_catalog_has_no_sql_text_and_no_place() -> None:
    catalog: Catalog = publishable(project(), Audience.PARTNER).catalog
    assert catalog.sql == ()
    assert {thing.origin.file for thing in catalog.things()} == {""}
