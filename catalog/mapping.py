"""How files of metrics are laid out: the words of a mapping. No work here.

A place is a dotted way through keys; lists on it are gone through. A key says where a thing has a value:

- `type_params.expr`: in other keys
- `^.name`: of the thing around it; `^^.name` of the one around that
- `entities[type=primary].name`: of those items only that have that value
- `title | name | 'none'`: the first that says something; in quotes, the words themselves
"""

from __future__ import annotations

from pydantic import Field

from .model import Name, Text, Written


class MetricKeys(Written):
    """Where a metric has what. A key that is left out is not read."""

    name: Text = "name"
    label: Text | None = None
    description: Text | None = None
    owner: Text | None = Field(default=None, description="Of a list, the first is the owner.")
    domain: Text | None = None
    tags: Text | None = None
    type: Text | None = None
    unit: Text | None = None
    related_metrics: Text | None = None
    deprecated: Text | None = Field(default=None, description="`true` there makes it deprecated.")
    bigger_is_better: Text | None = None
    custom_properties: Text | None = Field(default=None, description="Free keys.")
    relation: Text | None = Field(default=None, description="Name of what it is computed over.")
    measure: Text | None = Field(default=None, description="Name of the measure that it is.")
    aggregation: Text | None = Field(default=None, description="A key of `aggregations:`.")
    expression: Text | None = Field(default=None, description="Its SQL, or what is aggregated.")
    filter: Text | None = Field(default=None, description="Conditions in SQL; all of them hold.")
    numerator: Text | None = Field(default=None, description="Name of a metric or measure.")
    denominator: Text | None = None
    inputs: Text | None = Field(
        default=None, description="Metrics that `expression` names as words: names, or keys `name`, `alias`."
    )


class RelationKeys(Written):
    """Where a relation that metrics are computed over (a data source, a semantic model, a cube) has what."""

    name: Text = "name"
    label: Text | None = None
    description: Text | None = None
    source: Text | None = Field(default=None, description="The table, or SQL that stands behind FROM.")
    fields: Text | None = Field(default=None, description="Its dimensions, which SQL may name.")
    field_sql: Text = Field(default="name", description="Where a dimension has its SQL.")
    time_anchor: Text | None = None
    prefixes: Text | None = Field(default=None, description="What may stand before the name of a dimension.")


class Refusal(Written):
    """What makes a metric one that no SQL expression over one relation says."""

    key: Text
    value: Text | None = Field(default=None, description="With that value only.")
    because: Text = Field(description="Why, as part of a sentence that begins with `No SQL is given here:`.")


class MetricMapping(Written):
    """How files of metrics are laid out."""

    name: Name
    like: Name | None = Field(default=None, description="Mapping that holds where this one says nothing.")
    files: tuple[Text, ...] = Field(
        default=("*.toml", "*.yml", "*.yaml"), description="Names of files, in any folder of the source."
    )
    passed_over: tuple[Text, ...] = Field(
        default=(), description="Keys at the top of a file that is about something else."
    )
    metrics: tuple[Text, ...] = Field(default=(), description="Places of metrics.")
    measures: tuple[Text, ...] = Field(
        default=(), description="Places of aggregations that are no metrics, but that metrics name."
    )
    relations: tuple[Text, ...] = Field(default=(), description="Places of what metrics are computed over.")
    functions: Text | None = Field(default=None, description="Place of functions that SQL calls in `{{ }}`.")
    function_sql: Text = Field(default="sql", description="Where a function has its SQL, `{…}` the argument.")
    metric_keys: MetricKeys = MetricKeys()
    measure_keys: MetricKeys = MetricKeys()
    relation_keys: RelationKeys = RelationKeys()
    metric_name: Text = Field(
        default="{name}", description="What a metric is called here: of `{file}`, `{relation}` and `{name}`."
    )
    query_name: Text = Field(
        default="queries.{file}.{name}", description="What a relation is called that is a query."
    )
    table_name: Text = Field(default="{name}", description="The table behind a name without a dot.")
    aggregations: dict[str, str] = Field(
        default_factory=dict, description="Name of an aggregation → SQL, `{}` what is aggregated."
    )
    references: tuple[Text, ...] = Field(
        default=(), description="How SQL names a metric or dimension, `*` the name."
    )
    own_words: tuple[Text, ...] = Field(default=(), description="Names there for the metric's own relation.")
    separator: Text = Field(default=".", description="What stands between a prefix and a name.")
    placeholders: dict[str, str] = Field(
        default_factory=dict, description="Text in the SQL of a relation → key of the relation that has it."
    )
    refusals: tuple[Refusal, ...] = ()


def over(mapping: MetricMapping, base: MetricMapping) -> MetricMapping:
    """The mapping, with what only the one that it is like says."""
    update = {key: getattr(base, key) for key in base.model_fields_set - mapping.model_fields_set}
    for key in ("metric_keys", "measure_keys", "relation_keys"):
        own, other = getattr(mapping, key), getattr(base, key)
        update[key] = other.model_copy(update={each: getattr(own, each) for each in own.model_fields_set})
    return mapping.model_copy(update=update)
