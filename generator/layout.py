"""Where the boxes and lines of a lineage drawing go: layers from left to right, few crossings, short lines.

The method is Sugiyama's: break cycles, rank, order within ranks, then place. It is pure and does not depend
on the order of its input. Reals are touched by `+ - * /` and comparison only, always in the same order, so
that a twin in another language with IEEE doubles lands on the same pixel. Ids sort by code point.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor

LAYER_GAP = 64
BOX_GAP = 16
LANE_GAP = 12
PART_GAP = 32
PULL_PASSES = 6
ORDER_SWEEPS = 12
SWEEPS_WITHOUT_GAIN = 4
PLACE_SWEEPS = 10
SETTLED = 0.25
LANE_TO_LANE = 6.0
LANE_TO_BOX = 2.0

Arc = tuple[int, int]
Point = tuple[int, int]


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


@dataclass(frozen=True, slots=True)
class _Part:
    """A part without cycles, its lines cut into steps of one rank each.

    Nodes below `len(boxes)` are boxes; the others are lanes, places where a long line passes a rank.
    """

    boxes: list[Box]
    ranks: list[int]
    heights: list[int]
    above: list[list[int]]
    below: list[list[int]]
    chains: dict[Arc, list[int]]


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


def _draw(boxes: list[Box], arcs: list[Arc]) -> Drawing:
    """The drawing of one connected part."""
    order, backward = _depth_first(len(boxes), arcs)
    forward = sorted({(arc[1], arc[0]) if arc in backward else arc for arc in arcs}) if backward else arcs
    part = _cut(boxes, forward, _ranks(order, forward))
    layers = _untangled(part)
    centres = _centres(part, layers)
    tops = [floor(centre - height / 2 + 0.5) for centre, height in zip(centres, part.heights, strict=True)]
    highest = min(tops)
    tops = [top - highest for top in tops]
    columns = _columns(part, len(layers))
    places = tuple(
        Place(box.id, columns[rank][0], top) for box, rank, top in zip(boxes, part.ranks, tops, strict=False)
    )
    routes = []
    for source, target in arcs:
        points = _points(part, (source, target), tops, columns)
        route = Route(boxes[source].id, boxes[target].id, points, (source, target) in backward)
        routes.append(route)
    height = max(top + height for top, height in zip(tops, part.heights, strict=True))
    return Drawing(places, tuple(routes), columns[-1][1], height)


def _points(part: _Part, arc: Arc, tops: list[int], columns: list[tuple[int, int]]) -> tuple[Point, ...]:
    chain = part.chains.get(arc)
    if chain is None:
        return _points(part, (arc[1], arc[0]), tops, columns)[::-1]
    first, last = chain[0], chain[-1]
    rank, box = part.ranks[first], part.boxes[first]
    points = [(columns[rank][0] + box.width, tops[first] + box.height // 2)]
    for lane_rank, lane in enumerate(chain[1:-1], rank + 1):
        left, right = columns[lane_rank]
        points += [(left, tops[lane]), (right, tops[lane])]
    points.append((columns[part.ranks[last]][0], tops[last] + part.heights[last] // 2))
    return tuple(points)


def _depth_first(count: int, arcs: list[Arc]) -> tuple[list[int], set[Arc]]:
    """An order in which every arc leads on once the returned arcs, which close cycles, are turned round."""
    below, has_source = _adjacency(count, arcs), [False] * count
    for _, target in arcs:
        has_source[target] = True
    backward: set[Arc] = set()
    finished: list[int] = []
    state = [0] * count  # 0 not seen, 1 on the path, 2 finished
    for root in sorted(range(count), key=has_source.__getitem__):
        path = [] if state[root] else [(root, iter(below[root]))]
        while path:
            node, targets = path[-1]
            state[node] = 1
            for target in targets:
                if state[target] == 0:
                    path.append((target, iter(below[target])))
                    break
                if state[target] == 1:
                    backward.add((node, target))
            else:
                state[node] = 2
                finished.append(node)
                path.pop()
    return finished[::-1], backward


def _adjacency(count: int, arcs: Iterable[Arc]) -> list[list[int]]:
    below: list[list[int]] = [[] for _ in range(count)]
    for source, target in arcs:
        below[source].append(target)
    return below


def _ranks(order: list[int], arcs: list[Arc]) -> list[int]:
    """Longest paths, then each node drawn to the side where it has more edges."""
    below = _adjacency(len(order), arcs)
    above = _adjacency(len(order), [(target, source) for source, target in arcs])
    ranks = [0] * len(order)
    for node in order:
        for target in below[node]:
            ranks[target] = max(ranks[target], ranks[node] + 1)
    for number in range(PULL_PASSES):
        before = ranks.copy()
        for node in order[::-1] if number % 2 == 0 else order:
            if len(below[node]) > len(above[node]):
                ranks[node] = min([ranks[target] for target in below[node]]) - 1
            elif len(below[node]) < len(above[node]):
                ranks[node] = max([ranks[source] for source in above[node]]) + 1
        if ranks == before:
            break
    first = min(ranks)
    return [rank - first for rank in ranks]


def _cut(boxes: list[Box], arcs: list[Arc], ranks: list[int]) -> _Part:
    """The part with a lane at every rank that a line passes."""
    all_ranks, chains = ranks.copy(), dict[Arc, list[int]]()
    steps: list[Arc] = []
    for source, target in arcs:
        lanes = range(len(all_ranks), len(all_ranks) + ranks[target] - ranks[source] - 1)
        all_ranks += range(ranks[source] + 1, ranks[target])
        chain = [source, *lanes, target]
        chains[source, target] = chain
        steps += pairwise(chain)
    heights = [box.height for box in boxes] + [0] * (len(all_ranks) - len(boxes))
    below = _adjacency(len(all_ranks), steps)
    above = _adjacency(len(all_ranks), [(target, source) for source, target in steps])
    return _Part(boxes, all_ranks, heights, above, below, chains)


def _untangled(part: _Part) -> list[list[int]]:
    """The nodes of each rank from top to bottom, in the order with the fewest crossings that was met."""
    layers = _first_order(part)
    slots = [0] * len(part.ranks)
    _number(layers, slots)
    best, fewest, without_gain = layers, _crossings(layers, part.below, slots), 0
    for sweep in range(ORDER_SWEEPS):
        if not fewest or without_gain == SWEEPS_WITHOUT_GAIN:
            break
        layers = _swept(layers, part, slots, leads_right=sweep % 2 == 0)
        crossings = _crossings(layers, part.below, slots)
        without_gain = 0 if crossings < fewest else without_gain + 1
        if crossings < fewest:
            best, fewest = layers, crossings
    return best


def _first_order(part: _Part) -> list[list[int]]:
    layers: list[list[int]] = [[] for _ in range(max(part.ranks) + 1)]
    seen = [False] * len(part.ranks)
    for root in range(len(part.boxes)):
        waiting = [] if part.above[root] else [root]
        while waiting:
            node = waiting.pop()
            if seen[node]:
                continue
            seen[node] = True
            layers[part.ranks[node]].append(node)
            waiting += part.below[node][::-1]
    return layers


def _number(layers: Iterable[list[int]], slots: list[int]) -> None:
    for layer in layers:
        for slot, node in enumerate(layer):
            slots[node] = slot


def _swept(layers: list[list[int]], part: _Part, slots: list[int], *, leads_right: bool) -> list[list[int]]:
    """The layers sorted, one after the other, by the mean slot of the neighbours just passed."""
    around = part.above if leads_right else part.below

    def mean_slot(node: int) -> float:
        neighbours = around[node]
        return sum([slots[other] for other in neighbours]) / len(neighbours) if neighbours else slots[node]

    swept = []
    for layer in layers if leads_right else layers[::-1]:
        swept.append(sorted(layer, key=mean_slot))
        _number(swept[-1:], slots)
    return swept if leads_right else swept[::-1]


def _crossings(layers: list[list[int]], below: list[list[int]], slots: list[int]) -> int:
    crossings = 0
    for layer in layers[:-1]:
        passed: list[int] = []
        for node in layer:
            for slot in sorted([slots[other] for other in below[node]]):
                crossings += len(passed) - bisect_right(passed, slot)
                insort(passed, slot)
    return crossings


def _centres(part: _Part, layers: list[list[int]]) -> list[float]:
    """The vertical centre of each node: weighted least squares, layer by layer, order and gaps kept."""
    pulls = _pulls(part)
    weights = [0.0] * len(part.ranks)
    for node, pull in enumerate(pulls):
        for _, weight in pull:
            weights[node] += weight
    offsets = [_offsets(layer, part) for layer in layers]
    centres = [0.0] * len(part.ranks)
    for layer, layer_offsets in zip(layers, offsets, strict=True):
        for node, offset in zip(layer, layer_offsets, strict=True):
            centres[node] = offset - layer_offsets[-1] / 2
    if len(layers) == 1:
        return centres
    numbers = range(len(layers))
    for sweep in range(PLACE_SWEEPS):
        moved = 0.0
        for number in numbers if sweep % 2 == 0 else numbers[::-1]:
            moved = max(moved, _settle(layers[number], offsets[number], pulls, weights, centres))
        if moved < SETTLED:
            break
    return centres


def _pulls(part: _Part) -> list[list[tuple[int, float]]]:
    first_lane = len(part.boxes)
    pulls = []
    for node, (above, below) in enumerate(zip(part.above, part.below, strict=True)):
        pull = []
        for other in above + below:
            lanes = (node >= first_lane) + (other >= first_lane)
            pull.append((other, LANE_TO_LANE if lanes == 2 else LANE_TO_BOX if lanes else 1.0))
        pulls.append(pull)
    return pulls


def _offsets(layer: list[int], part: _Part) -> list[float]:
    """How far below the first node of the layer each must at least be, centre to centre."""
    offsets, first_lane = [0.0], len(part.boxes)
    for upper, lower in pairwise(layer):
        gap = BOX_GAP if upper < first_lane and lower < first_lane else LANE_GAP
        offsets.append(offsets[-1] + (part.heights[upper] + part.heights[lower]) / 2 + gap)
    return offsets


def _settle(
    layer: list[int],
    offsets: list[float],
    pulls: list[list[tuple[int, float]]],
    weights: list[float],
    centres: list[float],
) -> float:
    """Move one layer to where its neighbours pull it (pool adjacent violators); the longest way gone."""
    blocks: list[tuple[float, float, int]] = []  # mean wish less offset, weight, nodes
    for node, offset in zip(layer, offsets, strict=True):
        pulled = 0.0
        for other, weight in pulls[node]:
            pulled += weight * centres[other]
        wish, weight, count = pulled / weights[node] - offset, weights[node], 1
        while blocks and blocks[-1][0] > wish:
            upper_wish, upper_weight, upper_count = blocks.pop()
            total = upper_weight + weight
            wish = (upper_wish * upper_weight + wish * weight) / total
            weight, count = total, count + upper_count
        blocks.append((wish, weight, count))
    moved, position = 0.0, 0
    for wish, _, count in blocks:
        for node, offset in zip(layer[position : position + count], offsets[position:], strict=False):
            moved = max(moved, abs(wish + offset - centres[node]))
            centres[node] = wish + offset
        position += count
    return moved


def _columns(part: _Part, count: int) -> list[tuple[int, int]]:
    """The left and right border of each rank."""
    widths = [0] * count
    for rank, box in zip(part.ranks, part.boxes, strict=False):
        widths[rank] = max(widths[rank], box.width)
    columns, left = [], 0
    for width in widths:
        columns.append((left, left + width))
        left += width + LAYER_GAP
    return columns
