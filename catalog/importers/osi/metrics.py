"""Metrics of a model → metrics over one table, where one expression over one dataset says them."""

from __future__ import annotations

import re
from typing import Any

from ...model import Metric, Misfit
from ...reading.yaml_values import YamlMapping
from ...semantic_extension import WRITTEN_FOR, digest_of
from ..aggregation import NoExpressionError
from ..building import LEFT_OUT, built
from ..shapes import as_items, as_keys, texts_of
from .datasets import PLAIN, Dataset
from .models import Model, json_object

KEYS = {"name": "name", "description": "description", "expression": "expression", "synonyms": "ai_context"}

COMPUTING = frozenset({"type", "source", "expression", "numerator", "denominator", "filter"})
"""Keys of our extension that say what the expression says, and hold only as long as it is the same."""

WORD = r"[\w$]+|`[^`]+`|\"[^\"]+\""

COLUMN = re.compile(
    r"'(?:[^'\\]|''|\\.)*'|--[^\n]*|/\*.*?\*/"  # in texts and comments no name is one
    rf"|(?<![\w.$`\"])(?P<dataset>{WORD})\s*\.\s*(?P<field>{WORD})"
    r"|\"[^\"]*\"",
    re.DOTALL,
)
"""A name, and another behind a dot."""


def read_metric(
    model: Model, written: YamlMapping, datasets: dict[str, Dataset], misfits: list[Misfit]
) -> Metric | None:
    """The metric. What no single expression says, is said in words."""
    said = model.extension(written, Metric)
    context = as_keys(written.get("ai_context"))
    values: dict[str, Any] = {
        "usage": context.get("instructions"),
        **said,
        "name": written["name"],
        "description": written.get("description"),
        "synonyms": list(texts_of(context.get("synonyms"))),
    }
    is_same = _written_for(model, written)
    if said.keys() & COMPUTING and not is_same:
        values = {key: value for key, value in values.items() if key not in COMPUTING}
        misfits.append(_changed(written))
    if not (said.keys() & COMPUTING and is_same):
        values |= _computed(model, written, datasets)
    return built(Metric, values, model.place(written, KEYS), misfits)


def _computed(model: Model, written: YamlMapping, datasets: dict[str, Dataset]) -> dict[str, Any]:
    """What its expression says."""
    sql = model.sql(written.get("expression"))
    try:
        if sql is None:
            raise NoExpressionError("its expression is in no dialect of SQL")
        dataset = _dataset(sql, datasets)
        return {"source": dataset.table, "expression": _over_table(sql, dataset, model)}
    except NoExpressionError as reason:
        return {
            "formula": sql or _any_expression(written),
            "limitations": [f"No SQL is given here: {reason}."],
        }


def _dataset(sql: str, datasets: dict[str, Dataset]) -> Dataset:
    """The one dataset that an expression is over.

    Raises:
        NoExpressionError: it is over several, or says none.
    """
    before_dots = {_unquoted(found["dataset"]) for found in COLUMN.finditer(sql)}
    named = sorted(before_dots & datasets.keys())
    if len(named) > 1:
        raise NoExpressionError("its parts are computed over different tables")
    if named or len(datasets) == 1:
        return datasets[next(iter(named), next(iter(datasets)))]
    raise NoExpressionError("nothing says over which table it is computed")


def _over_table(sql: str, dataset: Dataset, model: Model) -> str:
    """The expression over the table: fields as what they are made from, without the dataset before them."""
    fields = dataset.columns(model)

    def column(found: re.Match[str]) -> str:
        if _unquoted(found["dataset"]) != dataset.name:
            return found[0]
        name = _unquoted(found["field"])
        made = fields.get(name, name)
        if made == name:
            return found["field"]
        return made if PLAIN.fullmatch(made) else f"({made})"

    return COLUMN.sub(column, sql).strip()


def _unquoted(name: str | None) -> str:
    return (name or "").strip('`"')


def _any_expression(written: YamlMapping) -> str | None:
    """What it says in whatever language."""
    dialects = as_items(as_keys(written.get("expression")).get("dialects"))
    return next((str(each["expression"]) for each in map(as_keys, dialects) if each.get("expression")), None)


def _written_for(model: Model, written: YamlMapping) -> bool:
    """Whether the extension was written for the expression as it stands."""
    sql = model.sql(written.get("expression")) or ""
    extensions = map(as_keys, as_items(written.get("custom_extensions")))
    return any(
        (json_object(each.get("data")) or {}).get(WRITTEN_FOR) == digest_of(sql) for each in extensions
    )


def _changed(written: YamlMapping) -> Misfit:
    name = written["name"]
    return Misfit(
        LEFT_OUT,
        f"metric:{name}:expression",
        f"the expression of `{name}` was changed after Plumbline wrote it: the parts it had are left out",
        written.origin.at("expression"),
        "Write numerator, denominator and filter by hand, where they should be told apart",
    )
