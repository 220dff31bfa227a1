"""Every thing has one address, and no two things share one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import Job, Metric, Node, NodeKind, Table, Term
from generator.links import check_path, column_path, href, node_path, path_of, segment

ODD = (
    "..", ".", "/", "a/b", "../../etc", "a b", "Été", "CON", "con.sql", "index.html", "a..b", "a.",
    ".hidden", "_x", "日本", "x" * 300, "a~", "A", "a", "Ab", "%2e%2e", "a?b#c", "<b>", '"', "a:b", "\\",
)  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_an_odd_name_makes_one_harmless_folder(name):
    made = segment(name)
    assert "/" not in made
    assert made.isascii()
    assert made.lower() == made
    assert not made.startswith(".")
    assert not made.endswith(".")
    assert len(made) <= 110
    assert not set(made) & set('\\ <>:"|?*#%&')


def test_odd_names_get_different_folders_even_where_case_is_not_told_apart():
    assert len({segment(name).casefold() for name in ODD}) == len(ODD)


@given(st.text(min_size=1), st.text(min_size=1))
def test_different_names_get_different_folders(one, other):
    assert (segment(one) == segment(other)) == (one == other)


def test_plain_names_stay_as_they_are():
    assert segment("mart_ops.queue_daily") == "mart_ops.queue_daily"
    assert segment("MART_OPS.QUEUE_DAILY") == "mart_ops.queue_daily~"


def test_things_have_their_section():
    assert path_of(Metric(name="sla")) == "metrics/sla/"
    assert path_of(Table(name="ops.q")) == "tables/ops.q/"
    assert path_of(Term(name="SLA", definition="x")) == "glossary/#sla~"
    assert path_of(Job(name="j", tables=("ops.q",))) == "jobs/j/"
    assert check_path("TB002") == "checks/tb002/"


def test_a_step_of_the_lineage_has_no_page():
    assert node_path(Node(NodeKind.STEP, "an internal step")) is None
    assert node_path(Node(NodeKind.COLUMN, "ops.q", "day")) == column_path("ops.q", "day")


@pytest.mark.parametrize(
    ("path", "start", "expected"),
    [
        ("metrics/sla/", "tables/ops.q/", "../../metrics/sla/"),
        ("metrics/sla/", "", "metrics/sla/"),
        ("metrics/sla/", "metrics/", "../metrics/sla/"),
        ("", "metrics/sla/", "../../"),
        ("", "", "./"),
        ("metrics/", "metrics/sla/", "../../metrics/"),
        ("#title", "", "#title"),
        ("glossary/#cycle", "metrics/sla/", "../../glossary/#cycle"),
        ("tables/q/#column-day", "tables/q/", "#column-day"),
        ("assets/plumbline.css", "tables/q/", "../../assets/plumbline.css"),
    ],
)
def test_addresses_are_relative(path, start, expected):
    assert href(path, start=start) == expected
