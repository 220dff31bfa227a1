"""What a thing is made from and what is made from it, as static SVG and as a nested list.

The drawing needs no JavaScript and no inline style: `assets/graph.css` gives every colour.
"""

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from markupsafe import Markup

from generator.layout import Box, Drawing, Place, Point, Route, layout

BOX_HEIGHT = 48
NARROWEST_BOX = 140
WIDEST_BOX = 224
WIDEST_BY_KIND = 200  # a long team name alone makes no box wider
TEXT_LEFT = 14
BADGE_WIDTH = 30
MARGIN = 18
LABEL_ADVANCE = 7.4  # mean pixels per character at 13 px bold; wide East Asian ones count twice
KIND_ADVANCE = 5.6  # the same at 11 px
SCALE_STEP = 200  # graph.css holds a least width for each step, so that text never shrinks beyond reading
LAST_STEP = 12
CACHED_TEXTS = 16_384

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6"
    "\U0001f300-\U0001faff\U00020000-\U0003fffd]"
)
_NOT_IN_CLASS = re.compile("[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class GraphNode:
    """One box: a table, metric or report.

    `kind_words` is the small line above the name, such as "mart · Moderation Operations". The hidden counts
    tell how many more neighbours the catalog knows than the drawing shows.
    """

    id: str
    label: str
    kind_words: str
    layer_class: str
    href: str | None = None
    is_focus: bool = False
    hidden_upstream: int = 0
    hidden_downstream: int = 0


@dataclass(frozen=True, slots=True)
class GraphEdge:
    """One line, from the thing that is read to the thing that reads it."""

    source: str
    target: str
    is_indirect: bool = False
    tooltip: str = ""


def neighbourhood_svg(
    focus: str, nodes: Sequence[GraphNode], edges: Sequence[GraphEdge], *, title: str
) -> Markup:
    """The drawing in a container that scrolls sideways; empty if there is no node.

    Edges with an end outside `nodes` are left out. Colours, dashes and dark scheme are in `graph.css`.
    """
    by_id = {node.id: node for node in nodes}
    if not by_id:
        return Markup("")
    lines = _lines(by_id, edges)
    width = _box_width(by_id.values())
    drawing = layout([Box(node.id, width, BOX_HEIGHT) for node in by_id.values()], lines)
    parts = [
        *(_line_svg(route, lines[route.source, route.target], by_id) for route in drawing.routes),
        *(
            _box_svg(place, by_id[place.id], width, is_read_by_itself=(place.id, place.id) in lines)
            for place in drawing.places
        ),
    ]
    return Markup(_frame(focus, title, drawing, by_id, lines) + "".join(parts) + "</svg></div>")  # noqa: S704


def neighbourhood_list_html(focus: str, nodes: Sequence[GraphNode], edges: Sequence[GraphEdge]) -> Markup:
    """The same as nested lists, upstream and downstream; what has been told already is not told again."""
    by_id = {node.id: node for node in sorted(nodes, key=lambda node: node.id)}
    lines = dict(sorted(_lines(by_id, edges).items()))
    above: dict[str, list[tuple[str, GraphEdge]]] = {}
    below: dict[str, list[tuple[str, GraphEdge]]] = {}
    for (source, target), line in lines.items():
        above.setdefault(target, []).append((source, line))
        below.setdefault(source, []).append((target, line))
    shown = {focus}
    upstream = _branches(focus, above, by_id, shown)
    downstream = _branches(focus, below, by_id, shown)
    others = "".join(f"<li>{_item(node)}</li>" for node in by_id.values() if node.id not in shown)
    sections = (("Made from", upstream), ("Used by", downstream), ("Also shown", others))
    body = "".join(
        f'<p class="pl-lineage-list__head">{head}</p><ul>{items}</ul>' for head, items in sections if items
    )
    return Markup(f'<div class="pl-lineage-list">{body or "<p>Nothing is known.</p>"}</div>')  # noqa: S704


def _lines(by_id: Mapping[str, GraphNode], edges: Iterable[GraphEdge]) -> dict[tuple[str, str], GraphEdge]:
    """One edge for each pair of boxes; a direct one hides an indirect one."""
    lines: dict[tuple[str, str], GraphEdge] = {}
    for edge in edges:
        ends = (edge.source, edge.target)
        if edge.source not in by_id or edge.target not in by_id:
            continue
        known = lines.get(ends)
        if known is None or (edge.is_indirect, edge.tooltip) < (known.is_indirect, known.tooltip):
            lines[ends] = edge
    return lines


def _frame(
    focus: str,
    title: str,
    drawing: Drawing,
    by_id: Mapping[str, GraphNode],
    lines: Mapping[tuple[str, str], GraphEdge],
) -> str:
    """The container and the head of the SVG."""
    width, height = drawing.width + 2 * MARGIN, drawing.height + 2 * MARGIN
    number = f"{zlib.crc32(f'{focus} {title}'.encode('utf-8', 'replace')):08x}"
    # A link inside `role="img"` is a tab stop that no screen reader names.
    role = "group" if any(node.href for node in by_id.values()) else "img"
    step = min(-(-width // SCALE_STEP), LAST_STEP)
    description = _described(len(by_id), len(lines))
    return (
        f'<div class="pl-graph" tabindex="0" role="group" aria-label="{_text(title)}">'
        f'<svg class="pl-graph__svg pl-graph__svg--{step}" xmlns="http://www.w3.org/2000/svg"'
        f' xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="{-MARGIN} {-MARGIN} {width} {height}"'
        f' width="{width}" height="{height}" role="{role}"'
        f' aria-labelledby="pl-graph-title-{number} pl-graph-desc-{number}">'
        f'<title id="pl-graph-title-{number}">{_text(title)}</title>'
        f'<desc id="pl-graph-desc-{number}">{description}</desc>'
    )


def _described(boxes: int, lines: int) -> str:
    box_words = "1 box" if boxes == 1 else f"{boxes} boxes"
    line_words = "1 line" if lines == 1 else f"{lines} lines"
    return f"{box_words} and {line_words}, sources on the left. The list after the drawing says the same."


def _line_svg(route: Route, edge: GraphEdge, by_id: Mapping[str, GraphNode]) -> str:
    classes = "pl-graph__line"
    if edge.is_indirect:
        classes += " pl-graph__line--indirect"
    ends = f"{by_id[edge.source].label} → {by_id[edge.target].label}"
    words = f"{ends}: {edge.tooltip}" if edge.tooltip else ends
    path = _path(route.points)
    if route.is_backward:
        x, y = route.points[-1]
        path += f"m7 -4L{x} {y}l7 4"
    return f'<path class="{classes}" d="{path}"><title>{_text(words)}</title></path>'


def _path(points: Sequence[Point]) -> str:
    """Bezier curves between ranks, level at both ends, and straight lines along lanes."""
    x, y = points[0]
    path = [f"M{x} {y}"]
    for number, (to_x, to_y) in enumerate(points[1:]):
        if y == to_y:
            path.append(f"H{to_x}")
        elif number % 2 == 0:
            middle = (x + to_x) // 2
            path.append(f"C{middle} {y} {middle} {to_y} {to_x} {to_y}")
        else:
            path.append(f"L{to_x} {to_y}")
        x, y = to_x, to_y
    return "".join(path)


def _box_svg(place: Place, node: GraphNode, width: int, *, is_read_by_itself: bool) -> str:
    x, y = place.x, place.y
    layer = _NOT_IN_CLASS.sub("-", node.layer_class.lower())
    focus = " pl-graph__box--focus" if node.is_focus else ""
    room = width - TEXT_LEFT - 10
    label = _without_middle(node.label, int(room / LABEL_ADVANCE))
    kind = _without_end(node.kind_words, int(room / KIND_ADVANCE))
    box = (
        f'<g class="pl-graph__box{focus} pl-layer--{layer}"><title>{_text(_told(node))}</title>'
        f'<rect class="pl-graph__card" x="{x}" y="{y}" width="{width}" height="{BOX_HEIGHT}" rx="6"/>'
        f'<path class="pl-graph__bar" d="{_bar(x, y)}"/>'
        f'<text class="pl-graph__kind" x="{x + TEXT_LEFT}" y="{y + 17}">{_text(kind)}</text>'
        f'<text class="pl-graph__label" x="{x + TEXT_LEFT}" y="{y + 34}">{_text(label)}</text></g>'
    )
    if node.href is not None:
        # Plain `href` on an SVG link breaks the instant navigation of the theme.
        box = f'<a xlink:href="{_text(node.href)}">{box}</a>'
    if node.hidden_upstream:
        box += _badge(x, y + BOX_HEIGHT, f"+{node.hidden_upstream}", f"{node.hidden_upstream} more upstream")
    if node.hidden_downstream:
        words = f"{node.hidden_downstream} more downstream"
        box += _badge(x + width, y + BOX_HEIGHT, f"+{node.hidden_downstream}", words)
    if is_read_by_itself:
        box += _badge(x + width - 8, y, "↻", f"{node.label} reads itself")
    return box


def _bar(x: int, y: int) -> str:
    return f"M{x + 6} {y}a6 6 0 0 0 -6 6V{y + BOX_HEIGHT - 6}a6 6 0 0 0 6 6Z"


def _badge(x: int, y: int, sign: str, words: str) -> str:
    """A small pill centred on a corner of a box."""
    left = x - BADGE_WIDTH // 2
    return (
        f'<g class="pl-graph__more"><title>{_text(words)}</title>'
        f'<rect x="{left}" y="{y - 9}" width="{BADGE_WIDTH}" height="18" rx="9"/>'
        f'<text x="{x}" y="{y + 4}">{sign}</text></g>'
    )


def _branches(
    focus: str,
    around: Mapping[str, list[tuple[str, GraphEdge]]],
    by_id: Mapping[str, GraphNode],
    shown: set[str],
) -> str:
    """List items of all that is reached from `focus`; adds to `shown`."""
    items: list[str] = []
    # Closing tags wait on the same stack, so that depth costs no recursion.
    waiting: list[str | tuple[str, GraphEdge]] = list(reversed(around.get(focus, [])))
    while waiting:
        step = waiting.pop()
        if isinstance(step, str):
            items.append(step)
            continue
        other, edge = step
        how = f' <span class="pl-lineage-list__how">{_text(edge.tooltip)}</span>' if edge.tooltip else ""
        items.append(f"<li>{_item(by_id[other])}{how}")
        if other in shown:
            items.append(f" ({'the thing itself' if other == focus else 'shown above'})</li>")
            continue
        shown.add(other)
        further = around.get(other, [])
        items.append("<ul>" if further else "</li>")
        if further:
            waiting += ["</ul></li>", *reversed(further)]
    return "".join(items)


def _item(node: GraphNode) -> str:
    name = _text(node.label)
    linked = f'<a href="{_text(node.href)}">{name}</a>' if node.href is not None else name
    hidden = [
        f"{count} more {side}"
        for count, side in ((node.hidden_upstream, "upstream"), (node.hidden_downstream, "downstream"))
        if count
    ]
    more = f" ({', '.join(hidden)})" if hidden else ""
    return f'{linked} <span class="pl-lineage-list__kind">{_text(node.kind_words)}</span>{more}'


def _told(node: GraphNode) -> str:
    return f"{node.label} ({node.kind_words})" if node.kind_words else node.label


def _box_width(nodes: Iterable[GraphNode]) -> int:
    widest = NARROWEST_BOX
    for node in nodes:
        by_label = TEXT_LEFT + 12 + int(_advances(node.label) * LABEL_ADVANCE)
        by_kind = TEXT_LEFT + 12 + int(_advances(node.kind_words) * KIND_ADVANCE)
        widest = max(widest, min(by_label, WIDEST_BOX), min(by_kind, WIDEST_BY_KIND))
    return widest


def _advances(text: str) -> int:
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def _without_middle(text: str, room: int) -> str:
    """The text within `room` advances; of a longer one the beginning and the end.

    A table's own name, after the last dot, is kept whole before anything of its schema is.
    """
    if _advances(text) <= room:
        return text
    own = f".{text.rpartition('.')[2]}"
    is_kept = "." in text and _advances(own) < room
    tail = own if is_kept else _beginning(text[::-1], (room - 1) // 2)[::-1]
    return f"{_beginning(text, room - 1 - _advances(tail))}…{tail}"


def _without_end(text: str, room: int) -> str:
    return text if _advances(text) <= room else f"{_beginning(text, room - 1)}…"


def _beginning(text: str, room: int) -> str:
    for end, character in enumerate(text[: room + 1]):
        room -= _advances(character)
        if room < 0:
            return text[:end]
    return text


@lru_cache(maxsize=CACHED_TEXTS)
def _text(text: str) -> str:
    return escape(_NOT_IN_XML.sub("", text))
