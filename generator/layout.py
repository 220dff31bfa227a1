"""Where the boxes and lines of a lineage drawing go: layers from left to right, few crossings, short lines.

The method is Sugiyama's: break cycles, rank, order within ranks, then place. It is pure and does not depend
on the order of its input. Reals are touched by `+ - * /` and comparison only, always in the same order, so
that a twin in another language with IEEE doubles lands on the same pixel. Ids sort by code point.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import floor

from generator.layering import Arc, Layered, into_layers

LAYER_GAP = 56
BOX_GAP = 16
LANE_GAP = 12
PART_GAP = 32
PLACE_SWEEPS = 20
SETTLED = 0.25
LANE_TO_LANE = 6.0
LANE_TO_BOX = 2.0
CACHED_SHAPES = 1024

Point = tuple[int, int]
_Pull = tuple[list[tuple[int, float]], float]  # neighbours with weights, sum of the weights


@dataclass(frozen=True, slots=True)
class Box:
    """One thing to draw; sizes in pixels."""

    id: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where the upper left corner of a box is, in pixels."""

    id: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Route:
    """The line of one edge.

    `points` come in pairs: a curve leads from the first to the second, a straight line to the third, a curve
    to the fourth, and so on. A route with `is_backward` closes a cycle and runs from right to left.
    """

    source: str
    target: str
    points: tuple[Point, ...]
    is_backward: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished layout: places by id, routes by source and target, the outer size in pixels."""

    places: tuple[Place, ...]
    routes: tuple[Route, ...]
    width: int
    height: int


def layout(boxes: Sequence[Box], edges: Iterable[tuple[str, str]]) -> Drawing:
    """The drawing of the boxes and of the edges between them.

    An edge may stand twice; one from a box to itself has no route. Both ends must be among the boxes, else
    `KeyError`. Parts that nothing joins are stacked, the largest first.
    """
    ordered = sorted(boxes, key=lambda box: box.id)
    numbers = {box.id: number for number, box in enumerate(ordered)}
    arcs = sorted({(numbers[source], numbers[target]) for source, target in edges if source != target})
    drawings = [_draw(part_boxes, part_arcs) for part_boxes, part_arcs in _parts(ordered, arcs)]
    return drawings[0] if len(drawings) == 1 else _stacked(drawings)


def _stacked(parts: Sequence[Drawing]) -> Drawing:
    places: list[Place] = []
    routes: list[Route] = []
    top = 0
    for part in parts:
        places += [Place(place.id, place.x, place.y + top) for place in part.places]
        for route in part.routes:
            points = tuple((x, y + top) for x, y in route.points)
            routes.append(Route(route.source, route.target, points, route.is_backward))
        top += part.height + PART_GAP
    places.sort(key=lambda place: place.id)
    routes.sort(key=lambda route: (route.source, route.target))
    width = max((part.width for part in parts), default=0)
    return Drawing(tuple(places), tuple(routes), width, max(top - PART_GAP, 0))


def _parts(boxes: list[Box], arcs: list[Arc]) -> list[tuple[list[Box], list[Arc]]]:
    """The connected parts, each with its own numbers from 0."""
    part_of = _part_numbers(len(boxes), arcs)
    members: dict[int, list[int]] = {}
    for node, part in enumerate(part_of):
        members.setdefault(part, []).append(node)
    if len(members) == 1:
        return [(boxes, arcs)]
    own_number = {node: number for nodes in members.values() for number, node in enumerate(nodes)}
    own_arcs: dict[int, list[Arc]] = {part: [] for part in members}
    for source, target in arcs:
        own_arcs[part_of[source]].append((own_number[source], own_number[target]))
    parts = [([boxes[node] for node in nodes], own_arcs[part]) for part, nodes in members.items()]
    return sorted(parts, key=lambda part: (-len(part[0]), part[0][0].id))


def _part_numbers(count: int, arcs: list[Arc]) -> list[int]:
    around: list[list[int]] = [[] for _ in range(count)]
    for source, target in arcs:
        around[source].append(target)
        around[target].append(source)
    part_of = [-1] * count
    for start in range(count):
        waiting = [start] if part_of[start] < 0 else []
        while waiting:
            node = waiting.pop()
            part_of[node] = start
            waiting += [other for other in around[node] if part_of[other] < 0]
    return part_of


@lru_cache(maxsize=CACHED_SHAPES)
def _shape(box_heights: tuple[int, ...], arcs: tuple[Arc, ...]) -> tuple[Layered, list[int], list[int]]:
    """The layers of a connected part, and height and upper edge of each node. Most pages of a site share one.

    Who reads it must not change it.
    """
    part = into_layers(len(box_heights), [*arcs])
    heights = [*box_heights, *([0] * (len(part.ranks) - len(box_heights)))]
    return part, heights, _tops(part, heights)


def _draw(boxes: list[Box], arcs: list[Arc]) -> Drawing:
    """The drawing of one connected part."""
    part, heights, tops = _shape(tuple(box.height for box in boxes), tuple(arcs))
    columns = _columns(boxes, part)
    lefts = [columns[rank][0] for rank in part.ranks]
    rights = [columns[rank][1] for rank in part.ranks]
    for node, box in enumerate(boxes):
        rights[node] = lefts[node] + box.width
    middles = [top + height // 2 for top, height in zip(tops, heights, strict=True)]
    routes = []
    for arc in arcs:
        is_backward = arc in part.backward
        points: list[Point] = []
        for node in part.chains[(arc[1], arc[0]) if is_backward else arc]:
            points += [(lefts[node], middles[node]), (rights[node], middles[node])]
        points = points[-2:0:-1] if is_backward else points[1:-1]
        routes.append(Route(boxes[arc[0]].id, boxes[arc[1]].id, tuple(points), is_backward))
    places = tuple(Place(box.id, left, top) for box, left, top in zip(boxes, lefts, tops, strict=False))
    height = max([top + height for top, height in zip(tops, heights, strict=True)])
    return Drawing(places, tuple(routes), columns[-1][1], height)


def _tops(part: Layered, heights: list[int]) -> list[int]:
    """The upper edge of each node in whole pixels, the highest at 0."""
    centres = _centres(part, heights)
    tops = [floor(centre - height / 2 + 0.5) for centre, height in zip(centres, heights, strict=True)]
    highest = min(tops)
    return [top - highest for top in tops]


def _columns(boxes: list[Box], part: Layered) -> list[tuple[int, int]]:
    """The left and right border of each rank."""
    widths = [0] * len(part.layers)
    for rank, box in zip(part.ranks, boxes, strict=False):
        widths[rank] = max(widths[rank], box.width)
    columns, left = [], 0
    for width in widths:
        columns.append((left, left + width))
        left += width + LAYER_GAP
    return columns


def _centres(part: Layered, heights: list[int]) -> list[float]:
    """The vertical centre of each node: weighted least squares, layer by layer, order and gaps kept."""
    pulls = _pulls(part)
    offsets = [_offsets(layer, heights, part.box_count) for layer in part.layers]
    centres = [0.0] * len(part.ranks)
    for layer, layer_offsets in zip(part.layers, offsets, strict=True):
        for node, offset in zip(layer, layer_offsets, strict=True):
            centres[node] = offset - layer_offsets[-1] / 2
    if len(part.layers) == 1:
        return centres
    numbers = range(len(part.layers))
    for sweep in range(PLACE_SWEEPS):
        moved = 0.0
        for number in numbers if sweep % 2 == 0 else numbers[::-1]:
            moved = max(moved, _settle(part.layers[number], offsets[number], pulls, centres))
        if moved < SETTLED:
            break
    return centres


def _pulls(part: Layered) -> list[_Pull]:
    pulls = []
    for node, (above, below) in enumerate(zip(part.above, part.below, strict=True)):
        others, total = [], 0.0
        for other in above + below:
            lanes = (node >= part.box_count) + (other >= part.box_count)
            weight = LANE_TO_LANE if lanes == 2 else LANE_TO_BOX if lanes else 1.0
            others.append((other, weight))
            total += weight
        pulls.append((others, total))
    return pulls


def _offsets(layer: list[int], heights: list[int], box_count: int) -> list[float]:
    """How far below the first node of the layer each must at least be, centre to centre."""
    offsets = [0.0]
    for upper, lower in pairwise(layer):
        gap = BOX_GAP if upper < box_count and lower < box_count else LANE_GAP
        offsets.append(offsets[-1] + (heights[upper] + heights[lower]) / 2 + gap)
    return offsets


def _settle(layer: list[int], offsets: list[float], pulls: list[_Pull], centres: list[float]) -> float:
    """Move one layer to where its neighbours pull it (pool adjacent violators); the longest way gone."""
    blocks: list[tuple[float, float, int]] = []  # mean wish less offset, weight, nodes
    for node, offset in zip(layer, offsets, strict=True):
        others, weight = pulls[node]
        pulled = 0.0
        for other, other_weight in others:
            pulled += other_weight * centres[other]
        wish, count = pulled / weight - offset, 1
        while blocks and blocks[-1][0] > wish:
            upper_wish, upper_weight, upper_count = blocks.pop()
            total = upper_weight + weight
            wish = (upper_wish * upper_weight + wish * weight) / total
            weight, count = total, count + upper_count
        blocks.append((wish, weight, count))
    wishes = [wish for wish, _, count in blocks for _ in range(count)]
    moved = 0.0
    for node, offset, wish in zip(layer, offsets, wishes, strict=True):
        moved = max(moved, abs(wish + offset - centres[node]))
        centres[node] = wish + offset
    return moved
