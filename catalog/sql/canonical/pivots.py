"""PIVOT and UNPIVOT in canonical form."""

from __future__ import annotations

from sqlglot import exp

from .expressions import normal
from .form import PartKind
from .names import Meaning, Relation, Sight, add_part, derived_source
from .texts import compact, digest


def pivoted(pivots: list[exp.Expr], relation: Relation, sight: Sight) -> Relation:
    """Rows made columns, or columns made rows: known by all that goes into it."""
    for pivot in pivots:
        inside = sight.beside()
        inside.sources = {"": derived_source(relation, relation.tag)}
        bare = pivot.copy()
        bare.set("alias", None)
        text = normal(bare, inside)
        values = [f"{name}={meaning.text}" for name, meaning in sorted(relation.columns.items())]
        add_part(sight, PartKind.OTHER, digest(text, *values), pivot)
        tag = f"pivot[{relation.tag}]"
        rows = digest(relation.rows, text, *values)
        made = _unpivoted(pivot, relation, text, sight)
        opens = () if made else (f"{tag}<{digest(text, *values)}>",)
        relation = Relation(tag, rows, made or {}, opens)
    return relation


def _unpivoted(pivot: exp.Expr, relation: Relation, text: str, sight: Sight) -> dict[str, Meaning]:
    """The columns after UNPIVOT, where all columns before it are known; else none."""
    if not pivot.args.get("unpivot") or relation.opens:
        return {}
    fields = [field for field in pivot.args.get("fields") or [] if isinstance(field, exp.In)]
    inside = {column.name for field in fields for column in field.find_all(exp.Column)}
    used = {sight.walk.naming.column(name) for name in inside}
    found = {name: meaning for name, meaning in relation.columns.items() if name not in used}
    going_in = [relation.columns[name] for name in sorted(used & relation.columns.keys())]
    steps = tuple(dict.fromkeys(step for meaning in going_in for step in meaning.steps))
    value = Meaning(compact(f"unpivot({text}:{','.join(meaning.text for meaning in going_in)})"), steps)
    names = [*pivot.expressions, *(field.this for field in fields)]
    return found | {sight.identifier(each): value for name in names for each in name.find_all(exp.Identifier)}
