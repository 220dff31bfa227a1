"""The projections of a query: what each output means, and the steps that lead to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlglot import exp

from ..scope import ALIASES_IN_PROJECTIONS
from .expressions import normal
from .form import Step
from .names import Joined, Meaning, Sight, line_of
from .texts import compact


@dataclass(slots=True)
class Shape:
    """What a SELECT is made of while it is read."""

    query: exp.Expr
    sight: Sight
    joined: Joined = field(default_factory=Joined)
    columns: dict[str, Meaning] = field(default_factory=dict)
    positions: list[Meaning] = field(default_factory=list)
    opens: list[str] = field(default_factory=list)
    clauses: list[str] = field(default_factory=list)
    is_simple: bool = True

    @property
    def tag(self) -> str:
        """What the query reads."""
        return f"[{','.join(sorted(self.joined.tags))}]"

    def clause(self, text: str) -> None:
        """Something beyond picking and filtering rows."""
        self.is_simple = False
        self.clauses.append(text)


def project(shape: Shape) -> None:
    """The columns in order; a star is opened as far as columns are known."""
    aliases_count = shape.sight.dialect in ALIASES_IN_PROJECTIONS
    for index, projection in enumerate(shape.query.expressions):
        if isinstance(projection, exp.Aliases):
            meaning = _meaning(projection.this, shape.sight)
            for position, name in enumerate(projection.expressions):
                _add(
                    shape, shape.sight.identifier(name), Meaning(f"{meaning.text}@{position}", meaning.steps)
                )
        elif projection.is_star and not isinstance(projection.unalias(), exp.AggFunc):
            _star(projection, shape)
        else:
            inner = projection.unalias()
            name = _name_of(projection, index, shape.sight)
            _add(shape, name, _meaning(inner, shape.sight))
            if aliases_count and inner is not projection:
                shape.sight.aliases.setdefault(name, shape.columns[name])


def _add(shape: Shape, name: str, meaning: Meaning) -> None:
    """A column; a second one of the same name is kept apart."""
    while name in shape.columns:
        name = f"{name} again"
    shape.columns[name] = meaning
    shape.positions.append(meaning)


def _name_of(projection: exp.Expr, index: int, sight: Sight) -> str:
    if isinstance(projection, exp.Alias):
        return sight.identifier(projection.args["alias"])
    named = projection.this if isinstance(projection, exp.Column) else None
    if isinstance(projection, exp.Dot):
        named = projection.expression
    return sight.identifier(named) if isinstance(named, exp.Identifier) else f"_col_{index}"


def _meaning(node: exp.Expr, sight: Sight) -> Meaning:
    """What a projection means, and the steps that lead to it."""
    sight.seen.clear()
    text = normal(node, sight)
    met = list(sight.seen)
    sight.is_local = True
    local = normal(node, sight)
    sight.is_local = False
    own = Step(compact(local), sight.walk.written(node), line_of(node), sight.within)
    return Meaning(compact(text), tuple(dict.fromkeys([own, *(step for one in met for step in one.steps)])))


def _star(projection: exp.Expr, shape: Shape) -> None:
    """The columns of `*`, of one source or all."""
    sight = shape.sight
    star = projection.this if isinstance(projection, exp.Column) else projection
    wanted = projection.table.lower() if isinstance(projection, exp.Column) else ""
    sources = (
        sight.sources.values() if not wanted else [sight.sources[wanted]] if wanted in sight.sources else []
    )
    if not isinstance(star, exp.Star) or not sources or sight.merged or any(one.element for one in sources):
        text = compact(normal(projection, sight)) + "".join(sorted(source.tag for source in sources))
        shape.opens.append(text)
        shape.clause(f"star {text}")
        return
    left_out = {sight.identifier(name) for name in _listed(star, "except_")}
    replaced = {each.alias: each for each in star.args.get("replace") or [] if isinstance(each, exp.Alias)}
    replaced = {sight.walk.naming.column(name): each for name, each in replaced.items()}
    renamed = {sight.identifier(each.this): sight.identifier(each.args["alias"])
               for each in star.args.get("rename") or [] if isinstance(each, exp.Alias)}  # fmt: skip
    for source in dict.fromkeys(map(id, sources)):
        found = next(each for each in sources if id(each) == source)
        hidden = f"-{','.join(sorted(left_out))}" if left_out else ""
        shape.opens += [f"{opened}{hidden}" for opened in found.opens]
        for name, meaning in found.columns.items():
            if name not in left_out:
                new = _meaning(replaced[name].this, sight) if name in replaced else meaning
                _add(shape, renamed.get(name, name), new)


def _listed(star: exp.Star, role: str) -> Iterator[exp.Expr]:
    for each in star.args.get(role) or []:
        named = each.this if isinstance(each, exp.Column) else each
        if isinstance(named, exp.Identifier):
            yield named
