"""The layout keeps its promises on any graph, and draws small known ones as a person would."""

import random
from collections.abc import Sequence
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.layering import into_layers
from generator.layout import BOX_GAP, LAYER_GAP, Box, Drawing, layout

Graph = tuple[list[Box], list[tuple[str, str]]]

bounded = settings(max_examples=120, deadline=None, derandomize=True, database=None)


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Up to 14 boxes of mixed size; any edges, so also cycles, loops, repeats and loose parts."""
    ids = draw(st.lists(st.text(max_size=3), min_size=1, max_size=14, unique=True))
    boxes = [
        Box(name, draw(st.sampled_from((80, 210))), draw(st.sampled_from((24, 47, 48, 131)))) for name in ids
    ]
    ends = st.sampled_from(ids)
    return boxes, draw(st.lists(st.tuples(ends, ends), max_size=30))


def boxes_of(names: str) -> list[Box]:
    return [Box(name, 100, 40) for name in names.split()]


def rectangles(boxes: Sequence[Box], drawing: Drawing) -> dict[str, tuple[int, int, int, int]]:
    sizes = {box.id: box for box in boxes}
    return {
        place.id: (place.x, place.y, place.x + sizes[place.id].width, place.y + sizes[place.id].height)
        for place in drawing.places
    }


@bounded
@given(graphs())
def test_no_two_boxes_overlap_and_all_lie_inside(graph: Graph) -> None:
    drawing = layout(*graph)
    found = rectangles(graph[0], drawing)
    assert sorted(found) == sorted(box.id for box in graph[0])
    for one, other in combinations(found.values(), 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    for left, top, right, bottom in found.values():
        assert 0 <= left < right <= drawing.width
        assert 0 <= top < bottom <= drawing.height


@bounded
@given(graphs())
def test_every_edge_but_a_loop_has_one_route_from_border_to_border(graph: Graph) -> None:
    drawing = layout(*graph)
    found = rectangles(graph[0], drawing)
    routes = [(route.source, route.target) for route in drawing.routes]
    assert routes == sorted({edge for edge in graph[1] if edge[0] != edge[1]})
    for route in drawing.routes:
        left, top, right, bottom = found[route.source]
        assert route.points[0] == (left if route.is_backward else right, top + (bottom - top) // 2)
        left, top, right, bottom = found[route.target]
        assert route.points[-1] == (right if route.is_backward else left, top + (bottom - top) // 2)
        assert all(0 <= x <= drawing.width and 0 <= y <= drawing.height for x, y in route.points)


@bounded
@given(graphs())
def test_routes_run_from_left_to_right_but_those_that_close_a_cycle(graph: Graph) -> None:
    drawing = layout(*graph)
    for route in drawing.routes:
        across = [x for x, _ in route.points]
        assert across == sorted(across, reverse=route.is_backward)
        assert len(across) % 2 == 0
    forward = [(route.source, route.target) for route in drawing.routes if not route.is_backward]
    assert not any(route.is_backward for route in layout(graph[0], forward).routes)


@bounded
@given(graphs())
def test_no_route_runs_through_a_box(graph: Graph) -> None:
    drawing = layout(*graph)
    found = rectangles(graph[0], drawing)
    for route in drawing.routes:
        for (from_x, y), (to_x, _) in list(zip(route.points, route.points[1:], strict=False))[1::2]:
            for left, top, right, bottom in found.values():
                is_apart = right <= min(from_x, to_x) or left >= max(from_x, to_x)
                assert is_apart or not top < y < bottom


@bounded
@given(graphs(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(graph: Graph, shuffle: random.Random) -> None:
    boxes, edges = list(graph[0]), list(graph[1])
    shuffle.shuffle(boxes)
    shuffle.shuffle(edges)
    assert layout(boxes, edges) == layout(*graph)


@bounded
@given(graphs())
def test_a_graph_without_cycles_has_no_backward_route(graph: Graph) -> None:
    edges = [(min(edge), max(edge)) for edge in graph[1]]
    assert not any(route.is_backward for route in layout(graph[0], edges).routes)


def test_one_box_stands_at_the_origin() -> None:
    drawing = layout([Box("a", 100, 40)], [])
    assert [(place.x, place.y) for place in drawing.places] == [(0, 0)]
    assert (drawing.width, drawing.height, drawing.routes) == (100, 40, ())


def test_nothing_gives_an_empty_drawing() -> None:
    drawing = layout([], [])
    assert (drawing.places, drawing.routes, drawing.width, drawing.height) == ((), (), 0, 0)


def test_a_loop_on_one_box_changes_nothing() -> None:
    assert layout(boxes_of("a b"), [("a", "a"), ("a", "b")]) == layout(boxes_of("a b"), [("a", "b")])


def test_boxes_without_edges_stand_in_one_column() -> None:
    drawing = layout(boxes_of("a b c"), [])
    assert {place.x for place in drawing.places} == {0}
    assert len({place.y for place in drawing.places}) == 3


def test_a_chain_is_one_straight_line() -> None:
    drawing = layout(boxes_of("a b c d"), [("a", "b"), ("b", "c"), ("c", "d")])
    assert [(place.x, place.y) for place in drawing.places] == [(n * (100 + LAYER_GAP), 0) for n in range(4)]


def test_a_source_stands_level_with_the_middle_of_its_readers() -> None:
    drawing = layout(boxes_of("a b c d"), [("a", "b"), ("a", "c"), ("a", "d")])
    tops = {place.id: place.y for place in drawing.places}
    assert tops == {"a": 40 + BOX_GAP, "b": 0, "c": 40 + BOX_GAP, "d": 2 * (40 + BOX_GAP)}


def test_a_source_of_a_late_reader_stands_next_to_it() -> None:
    drawing = layout(boxes_of("a b c late"), [("a", "b"), ("b", "c"), ("late", "c")])
    across = {place.id: place.x for place in drawing.places}
    assert across["late"] == across["b"]


def test_a_line_past_a_rank_keeps_to_a_level_lane_beside_the_boxes() -> None:
    drawing = layout(boxes_of("a b c"), [("a", "b"), ("b", "c"), ("a", "c")])
    lane = next(route for route in drawing.routes if route.target == "c" and route.source == "a")
    assert len(lane.points) == 4
    assert lane.points[1][1] == lane.points[2][1]


def test_one_edge_of_a_cycle_runs_back() -> None:
    drawing = layout(boxes_of("a b c"), [("a", "b"), ("b", "c"), ("c", "a")])
    assert [(route.source, route.target) for route in drawing.routes if route.is_backward] == [("c", "a")]


def test_readers_change_places_so_that_their_lines_do_not_cross() -> None:
    drawing = layout(boxes_of("a b p q"), [("a", "p"), ("a", "q"), ("b", "p")])
    tops = {place.id: place.y for place in drawing.places}
    assert tops["a"] < tops["b"]
    assert tops["q"] < tops["p"]


def test_crossed_pairs_are_untangled() -> None:
    arcs = [(0, 5), (1, 4), (2, 3)]  # three lines that all cross in the order of the ids, joined at one end
    part = into_layers(7, sorted([*arcs, (6, 0), (6, 1), (6, 2)]))
    slots = {node: slot for layer in part.layers for slot, node in enumerate(layer)}
    for (source, target), (other_source, other_target) in combinations(arcs, 2):
        assert (slots[source] < slots[other_source]) == (slots[target] < slots[other_target])


def test_a_known_drawing_stays_as_it_is() -> None:
    drawing = layout(
        boxes_of("orders refunds clean daily share weekly board"),
        [
            ("orders", "clean"),
            ("refunds", "clean"),
            ("clean", "daily"),
            ("clean", "weekly"),
            ("daily", "share"),
            ("daily", "weekly"),
            ("share", "board"),
            ("weekly", "board"),
        ],
    )
    assert {place.id: (place.x, place.y) for place in drawing.places} == {
        "board": (624, 28),
        "clean": (156, 47),
        "daily": (312, 26),
        "orders": (0, 19),
        "refunds": (0, 75),
        "share": (468, 0),
        "weekly": (468, 56),
    }
