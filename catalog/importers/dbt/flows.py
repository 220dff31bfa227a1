"""What dbt tells of models whose SQL cannot be read whole: those not compiled, and those made by Python."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Flow
from .manifest import Manifest
from .nodes import Node
from .texts import is_compiled, is_python


def told_flows(manifest: Manifest) -> tuple[Flow, ...]:
    """From each relation that such a model depends on; ephemeral models are seen through."""
    return tuple(
        Flow(source, node.relation or "", "dbt", dialect=manifest.dialect)
        for node in manifest.relations()
        if node.kind in ("model", "snapshot") and (is_python(node) or not is_compiled(node))
        for source in _relations_above(manifest, node)
    )


def _relations_above(manifest: Manifest, node: Node) -> Iterator[str]:
    waiting = list(node.depends_on())
    seen = set(waiting)
    for id in waiting:
        upstream = manifest.nodes.get(id)
        if upstream is None:
            continue
        if upstream.relation and upstream.materialized != "ephemeral":
            yield upstream.relation
            continue
        new = [each for each in upstream.depends_on() if each not in seen]
        waiting += new
        seen.update(new)
