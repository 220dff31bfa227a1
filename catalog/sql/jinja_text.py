"""Templates of SQL: rendered in a sandbox with stand-ins, so that the text can be read.

A template runs nothing but expressions over constants. What is not known (a macro, a variable) becomes a
hole; a branch or loop that hangs on one is a gap. Each line of the result knows its line in the template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from jinja2 import StrictUndefined, TemplateError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from .jinja_limits import Budget, limited
from .rewritten import SELF, Hole, Rewritten, hole_of, marker
from .syntax import shortened

LINE = re.compile("\ue000(\\d+)\ue001")
"""A sign that does not occur in SQL, with the line of the template that begins there."""

FOREIGN_TAGS = re.compile(
    r"\{%-?\s*(?:end)?(?:snapshot|materialization|docs|test|call\s+statement)\b.*?%\}"
    r"|\{%-?\s*endcall\b.*?%\}",
    re.DOTALL,
)
"""Tags of other tools around SQL; they are left out and their content stays."""

TAGS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)

ASKED_BY_SANDBOX = frozenset({"jinja_pass_arg", "unsafe_callable", "alters_data"})
"""Attributes that tell the sandbox what it must not call."""

DEPENDS = "of the template depends on what is not known here"

TEMPLATE_FAULTS = (
    TemplateError, RecursionError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError,
)  # fmt: skip
"""What rendering can end in."""


@dataclass(slots=True)
class Found:
    """The holes of a rendering, in the order in which they were printed."""

    holes: list[str] = field(default_factory=list)
    first: int = 0


class Unknown:
    """Something that a template uses and that is not known: whatever is done with it is not known either."""

    __slots__ = ("_found", "_written")

    def __init__(self, written: str, found: Found) -> None:
        """`written` is how the template calls it."""
        self._written = written
        self._found = found

    def __call__(self, *args: object, **named: object) -> Unknown:
        """The result of calling it."""
        listed = [*map(_argument, args), *(f"{key}={_argument(value)}" for key, value in named.items())]
        return Unknown(f"{self._written}({', '.join(listed)})", self._found)

    def __getattr__(self, name: str) -> Unknown:
        """A part of it; names of the language itself have none."""
        if name.startswith("_") or name in ASKED_BY_SANDBOX:
            raise AttributeError(name)
        return Unknown(f"{self._written}.{name}", self._found)

    def __getitem__(self, key: object) -> Unknown:
        """An item of it."""
        return Unknown(f"{self._written}[{_argument(key)}]", self._found)

    def __iter__(self) -> Iterator[Unknown]:
        """One unknown item, so that the body of a loop is seen once."""
        yield Unknown(f"{self._written}[…]", self._found)

    def __len__(self) -> int:
        """As many as are gone through."""
        return 1

    def __bool__(self) -> bool:
        """The first branch is seen."""
        return True

    def __add__(self, other: object) -> str:
        """Joined to a text."""
        return f"{self}{other}"

    def __radd__(self, other: object) -> str:
        """A text joined to it."""
        return f"{other}{self}"

    def __str__(self) -> str:
        """The marker of a new hole."""
        self._found.holes.append(self._written)
        return marker(self._found.first + len(self._found.holes) - 1)


def _argument(value: object) -> str:
    return value._written if isinstance(value, Unknown) else repr(value)


def rendered(sql: str, first: int = 0) -> Rewritten:
    """The text of a template, its holes numbered from `first`; of a broken one, what is around its tags."""
    source = FOREIGN_TAGS.sub(lambda match: "\n" * match[0].count("\n"), sql)
    budget, found = Budget(), Found(first=first)
    env = limited(
        ImmutableSandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=True), budget
    )
    env.add_extension("jinja2.ext.do")
    env.add_extension("jinja2.ext.loopcontrols")
    try:
        tree = env.parse(_with_lines(env, source))
        names = meta.find_undeclared_variables(tree)
        conditions = tuple(_decisions(tree, names - STAND_INS))
        _bound_loops(tree)
        template = env.from_string(tree)
        given = {name: Unknown(name, found) for name in names} | _stand_ins(found)
        text = "".join(budget.chunks(template.generate(given)))
    except TEMPLATE_FAULTS as fault:
        line = getattr(fault, "lineno", None)
        detail = f"the template cannot be rendered: {shortened(LINE.sub('', str(fault)))}"
        return _masked(sql, first, (line if isinstance(line, int) else 1, detail))
    return _without_signs(text, found, conditions)


def _masked(sql: str, first: int, fault: tuple[int, str]) -> Rewritten:
    """The template with each of its expressions a hole, for it cannot be rendered."""
    holes: list[Hole] = []

    def hole(match: re.Match[str]) -> str:
        lines = "\n" * match[0].count("\n")
        if not match[0].startswith("{{"):
            return lines
        holes.append(Hole(shortened(match[0]), sql.count("\n", 0, match.start()) + 1))
        return marker(first + len(holes) - 1) + lines

    text = TAGS.sub(hole, sql)
    lines = tuple(range(1, text.count("\n") + 2))
    return Rewritten(text, lines, tuple(holes), (fault,), first)


def _with_lines(env: ImmutableSandboxedEnvironment, source: str) -> str:
    """The template with a sign before each line of its SQL."""
    parts = []
    for line, kind, value in env.lex(source):
        if kind == "data":
            lines = value.split("\n")
            parts.append("\n".join(f"\ue000{line + index}\ue001{text}" for index, text in enumerate(lines)))
        else:
            parts.append(value)
    return "".join(parts)


def _bound_loops(tree: nodes.Template) -> None:
    """Every loop goes through a filter that counts."""
    for loop in tree.find_all(nodes.For):
        loop.iter = nodes.Filter(loop.iter, "counted", [], [], None, None)
    for block in tree.find_all(nodes.AssignBlock):
        block.filter = nodes.Filter(block.filter, "sized", [], [], None, None)
    for joined in tree.find_all(nodes.Concat):
        joined.nodes = [nodes.Filter(part, "sized", [], [], None, None) for part in joined.nodes]


def _decisions(tree: nodes.Template, unknown: set[str]) -> Iterator[tuple[int, str]]:
    """The line of each branch and loop that hangs on something unknown, in words."""
    tests = [(branch.lineno, branch.test) for branch in tree.find_all(nodes.If)]
    tests += [(choice.lineno, choice.test) for choice in tree.find_all(nodes.CondExpr)]
    for line, test in tests:
        if _names(test) & unknown:
            yield line, f"a branch {DEPENDS}"
    for loop in tree.find_all(nodes.For):
        if _names(loop.iter) & unknown:
            yield loop.lineno, f"a loop {DEPENDS}"


def _names(node: nodes.Node) -> set[str]:
    found = {name.name for name in node.find_all(nodes.Name)}
    return found | ({node.name} if isinstance(node, nodes.Name) else set())


def _stand_ins(found: Found) -> dict[str, object]:
    """What the tools that run such templates give them."""

    def ref(*names: object, **_: object) -> str:
        return str(names[-1]) if names else str(Unknown("ref()", found))

    def source(*names: object) -> str:
        return ".".join(str(name) for name in names)

    def var(name: object = "", *default: object, **named: object) -> object:
        given = (*default, *named.values())
        return given[0] if given else Unknown(f"var({name!r})", found)

    def nothing(*_: object, **__: object) -> str:
        return ""

    return {
        "ref": ref, "source": source, "var": var, "env_var": var, "config": nothing, "log": nothing,
        "is_incremental": lambda: True, "execute": True, "this": Unknown("this", found),
        "none": None, "return": lambda value: value,
    }  # fmt: skip


STAND_INS = frozenset(_stand_ins(Found()))


def _without_signs(text: str, found: Found, conditions: tuple[tuple[int, str], ...]) -> Rewritten:
    """The rendered text without its signs, and the line of the template for each of its lines."""
    pieces = LINE.split(text)
    parts = [pieces[0]]
    lines = [1]
    is_blank = True
    for number, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        if is_blank:
            lines[-1] = int(number)
        first, *rest = piece.split("\n")
        is_blank = is_blank and not first.strip()
        for offset, each in enumerate(rest, 1):
            lines.append(int(number) + offset)
            is_blank = not each.strip()
        parts.append(piece)
    made = "".join(parts)
    holes = _holes(made, lines, found)
    return Rewritten(made, tuple(lines), holes, conditions, found.first)


def _holes(made: str, lines: list[int], found: Found) -> tuple[Hole, ...]:
    places = [1] * len(found.holes)
    for number, line in enumerate(made.split("\n")):
        for word in re.findall(r"\w+", line):
            number_of_hole = hole_of(word)
            index = -1 if number_of_hole is None else number_of_hole - found.first
            if 0 <= index < len(places):
                places[index] = lines[min(number, len(lines) - 1)]
    return tuple(
        Hole(SELF if written == "this" else f"{{{{ {written} }}}}", line)
        for written, line in zip(found.holes, places, strict=True)
    )
