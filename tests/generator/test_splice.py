"""Shells, and which pages share one."""

from dataclasses import replace

import pytest

from generator.site import Heading, Page
from generator.splice import Slot, cut, digest, fill, shell_key

PAGE = Page(
    "metrics/backlog_open/", "Open backlog", "Cases that wait.", "metrics", "<h1>x</h1>", (Heading("a", "A"),)
)


def test_pages_of_one_folder_share_a_shell_whatever_they_say() -> None:
    other = replace(
        PAGE,
        path="metrics/other/",
        title="Other",
        description="y",
        body="",
        toc=(Heading("b", "B"), Heading("c", "C")),
    )
    assert shell_key(PAGE, is_editable=True) == shell_key(other, is_editable=True)


@pytest.mark.parametrize(
    "other",
    [
        replace(PAGE, section="tables"),
        replace(PAGE, hide=("toc",)),
        replace(PAGE, toc=()),
        replace(PAGE, path="metrics/archive/backlog_open/"),
        replace(PAGE, path="tables/backlog_open/"),
        replace(PAGE, path="backlog_open/"),
    ],
    ids=["section", "hidden parts", "no contents", "deeper", "other folder", "in the navigation"],
)
def test_pages_around_which_the_theme_differs_have_different_shells(other: Page) -> None:
    assert shell_key(PAGE, is_editable=True) != shell_key(other, is_editable=True)


def test_a_page_that_can_be_edited_has_another_shell_than_one_that_cannot() -> None:
    assert shell_key(PAGE, is_editable=True) != shell_key(PAGE, is_editable=False)


def test_each_page_of_the_navigation_has_a_shell_of_its_own() -> None:
    pages = [replace(PAGE, path=path) for path in ("", "metrics/", "tables/")]
    assert len({shell_key(page, is_editable=True) for page in pages}) == 3


def test_every_slot_is_filled_wherever_it_stands() -> None:
    shell = cut(f"<title>{Slot.TITLE}</title><b>{Slot.TITLE}</b>{Slot.BODY}<nav>{Slot.TOC}</nav>")
    values = dict.fromkeys(Slot, "") | {
        Slot.TITLE: "A",
        Slot.BODY: f"<h1>{Slot.TITLE}</h1>",
        Slot.TOC: "<ul></ul>",
    }
    page = fill(shell, values)
    assert page == f"<title>A</title><b>A</b><h1>{Slot.TITLE}</h1><nav><ul></ul></nav>"


def test_a_digest_tells_texts_apart_however_they_are_divided() -> None:
    assert digest("ab", "c") != digest("a", "bc") != digest("abc")
    assert digest("é") == digest("é".encode())
