"""Semantic models of Apache Ossie (OSI; 0.1, 0.2) → `Definitions`: datasets as tables, and the metrics.

Where dbt has made the document, its manifest says more: offsets, windows and filters are lost in it.
"""

from __future__ import annotations

from ...model import Definitions, Location, Metric, Misfit, SqlText, Table
from ..asked import Asked
from ..building import LEFT_OUT
from ..teams import owners_of
from .datasets import datasets_of, keys_of, read_table, text_of
from .metrics import read_metric
from .models import Model, open_models


def read_osi(asked: Asked) -> Definitions:
    """The tables behind all datasets, and the metrics of all models.

    Raises:
        UnreadableError: there is no model.
    """
    misfits: list[Misfit] = []
    tables: list[Table] = []
    texts: list[SqlText] = []
    metrics: list[Metric] = []
    for model in open_models(asked, misfits):
        datasets = datasets_of(model)
        keys = keys_of(model, datasets)
        for dataset in datasets.values():
            table = read_table(model, dataset, keys.get(dataset.name, {}), misfits)
            text = text_of(model, dataset, table) if table else None
            tables += [table] if table else []
            texts += [text] if text else []
        read = (read_metric(model, each, datasets, misfits) for each in model.metrics)
        metrics += [metric for metric in read if metric is not None]
        misfits += [_lost(model)] if model.lost else []
    return Definitions(
        tables=tuple(tables),
        metrics=tuple(metrics),
        teams=owners_of([*tables, *metrics]),
        sql=tuple(texts),
        misfits=tuple(misfits),
    )


def _lost(model: Model) -> Misfit:
    """One finding for all that a model says and nothing here can."""
    return Misfit(
        LEFT_OUT,
        f"{model.file}:keys",
        f"of the model `{model.root.get('name')}` this is left out: {', '.join(sorted(model.lost))}",
        Location(model.file, model.root.origin.line, model.root.origin.column),
        "Write what readers should know of it in words of the tables",
    )
