"""Nodes into layers: cycles broken, ranked, long lines cut into steps, ordered for few crossings.

The first half of `layout`, without sizes. Works on numbers; who numbers by sorted id gets an answer that does
not depend on the order of the input.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

ORDER_SWEEPS = 12
SWEEPS_WITHOUT_GAIN = 4

Arc = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Layered:
    """Nodes in layers, each line cut into steps of one rank.

    Nodes below `box_count` are boxes, the others are lanes: places where a long line passes a rank. `chains`
    gives for each arc all nodes on its way; arcs in `backward` are on it the other way round.
    """

    box_count: int
    layers: list[list[int]]
    ranks: list[int]
    above: list[list[int]]
    below: list[list[int]]
    chains: dict[Arc, list[int]]
    backward: set[Arc]


def into_layers(box_count: int, arcs: list[Arc]) -> Layered:
    """The layers of a graph, which is connected and without loops on one node; `arcs` are sorted."""
    order, backward = _depth_first(box_count, arcs)
    forward = sorted({(arc[1], arc[0]) if arc in backward else arc for arc in arcs}) if backward else arcs
    ranks = _ranks(order, forward)
    chains = _chains(ranks, forward)
    steps = [step for chain in chains.values() for step in pairwise(chain)]
    below = _adjacency(len(ranks), steps)
    above = _adjacency(len(ranks), [(target, source) for source, target in steps])
    first = _first_order(ranks, above, below)
    layers = _untangled(first, above, below)
    return Layered(box_count, layers, ranks, above, below, chains, backward)


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
    """Longest paths; then nodes that have more readers than sources are drawn to the nearest reader.

    One pass is enough: targets come before their sources, and the others stand next to a source already.
    """
    below = _adjacency(len(order), arcs)
    source_counts = [0] * len(order)
    ranks = [0] * len(order)
    for node in order:
        for target in below[node]:
            source_counts[target] += 1
            ranks[target] = max(ranks[target], ranks[node] + 1)
    for node in order[::-1]:
        if len(below[node]) > source_counts[node]:
            ranks[node] = min([ranks[target] for target in below[node]]) - 1
    first = min(ranks)
    return [rank - first for rank in ranks]


def _chains(ranks: list[int], arcs: list[Arc]) -> dict[Arc, list[int]]:
    """All nodes on the way of each arc; appends the ranks of the lanes it needs to `ranks`."""
    chains = {}
    for source, target in arcs:
        passed = range(ranks[source] + 1, ranks[target])
        chains[source, target] = [source, *range(len(ranks), len(ranks) + len(passed)), target]
        ranks += passed
    return chains


def _untangled(layers: list[list[int]], above: list[list[int]], below: list[list[int]]) -> list[list[int]]:
    """The nodes of each rank from top to bottom, in the order with the fewest crossings that was met."""
    slots = [0] * len(above)
    _number(layers, slots)
    best, fewest, without_gain = layers, _crossings(layers, below, slots), 0
    for sweep in range(ORDER_SWEEPS):
        if not fewest or without_gain == SWEEPS_WITHOUT_GAIN:
            break
        is_rightward = sweep % 2 == 0
        layers = _swept(layers, above, slots) if is_rightward else _swept(layers[::-1], below, slots)[::-1]
        crossings = _crossings(layers, below, slots)
        without_gain = 0 if crossings < fewest else without_gain + 1
        if crossings < fewest:
            best, fewest = layers, crossings
    return best


def _first_order(ranks: list[int], above: list[list[int]], below: list[list[int]]) -> list[list[int]]:
    layers: list[list[int]] = [[] for _ in range(max(ranks) + 1)]
    seen = [False] * len(ranks)
    for root, sources in enumerate(above):
        waiting = [] if sources else [root]
        while waiting:
            node = waiting.pop()
            if seen[node]:
                continue
            seen[node] = True
            layers[ranks[node]].append(node)
            waiting += below[node][::-1]
    return layers


def _number(layers: Iterable[list[int]], slots: list[int]) -> None:
    for layer in layers:
        for slot, node in enumerate(layer):
            slots[node] = slot


def _swept(layers: Iterable[list[int]], around: list[list[int]], slots: list[int]) -> list[list[int]]:
    """The layers sorted, one after the other, by the mean slot of the neighbours in the layer before."""

    def mean_slot(node: int) -> float:
        neighbours = around[node]
        return sum([slots[other] for other in neighbours]) / len(neighbours) if neighbours else slots[node]

    swept = []
    for layer in layers:
        swept.append(sorted(layer, key=mean_slot))
        _number(swept[-1:], slots)
    return swept


def _crossings(layers: list[list[int]], below: list[list[int]], slots: list[int]) -> int:
    crossings = 0
    for layer in layers[:-1]:
        passed: list[int] = []
        for node in layer:
            for slot in sorted([slots[other] for other in below[node]]):
                crossings += len(passed) - bisect_right(passed, slot)
                insort(passed, slot)
    return crossings
