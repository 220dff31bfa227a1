"""A dbt project → `Definitions`: its `manifest.json` (v10 to v12: dbt 1.8 to 2.0), and `catalog.json`.

The two formats are those of schemas.getdbt.com. Every key is taken as optional, since dbt 2 leaves out what
dbt 1 writes as null. A table is its relation in the warehouse, never dbt's own id of it.
"""

from __future__ import annotations

from ...model import Definitions, Misfit, SqlText, Table
from ..asked import Asked
from .flows import told_flows
from .manifest import Manifest, open_manifest
from .metrics import read_metrics
from .missing import find_missing
from .owners import read_teams
from .reports import read_report
from .tables import read_table
from .tested import promises
from .texts import sql_of


def read_dbt(asked: Asked) -> Definitions:
    """Models, seeds, snapshots and sources as tables, exposures as reports, and the metrics.

    Raises:
        UnreadableError: there is no manifest, or none that can be read.
    """
    manifest, misfits = open_manifest(asked)
    tables, texts = _tables(manifest, misfits)
    metrics = read_metrics(manifest, misfits)
    reports = [read_report(manifest, exposure, misfits) for exposure in manifest.list_of("exposures")]
    teams = read_teams(manifest, misfits)
    misfits += find_missing(manifest)
    return Definitions(
        tables=tables,
        metrics=metrics,
        reports=tuple(filter(None, reports)),
        teams=teams,
        sql=texts,
        flows=told_flows(manifest),
        misfits=tuple(misfits),
    )


def _tables(manifest: Manifest, misfits: list[Misfit]) -> tuple[tuple[Table, ...], tuple[SqlText, ...]]:
    """The relations, models before the sources that may name the same, and their SQL."""
    promised = promises(manifest)
    tables: list[Table] = []
    texts: list[SqlText] = []
    for node in manifest.relations():
        table = read_table(manifest, node, promised.get(node.id, {}), misfits)
        if table is not None:
            tables.append(table)
            text = sql_of(manifest, node) if node.kind in ("model", "snapshot") else None
            texts += [text] if text else []
    return tuple(tables), tuple(texts)
