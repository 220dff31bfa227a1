"""One comment on a request: made once, renewed in place, never somebody else's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from code_host import CodeHost, code_host

from catalog import CatalogError
from generator.comment import Posted, post, thread_of

MARKER = "<!-- plumbline check data -->"
BODY = f"{MARKER}\n### Plumbline: 1 error\n"
QUIET = f"{MARKER}\n### Plumbline: nothing new\n"


@pytest.fixture
def host() -> Iterator[CodeHost]:
    with code_host() as running:
        yield running


@pytest.fixture
def github(host: CodeHost, tmp_path: Path) -> dict[str, str]:
    """What GitHub Actions sets."""
    (tmp_path / "event.json").write_text(json.dumps({"pull_request": {"number": 7}}))
    return {
        "GITHUB_REPOSITORY": "acme/warehouse",
        "GITHUB_EVENT_PATH": str(tmp_path / "event.json"),
        "GITHUB_API_URL": host.url,
        "GITHUB_TOKEN": "token-of-github",
    }


@pytest.fixture
def gitlab(host: CodeHost) -> dict[str, str]:
    """What GitLab CI sets, and the token."""
    return {
        "CI_PROJECT_ID": "12",
        "CI_MERGE_REQUEST_IID": "7",
        "CI_API_V4_URL": host.url,
        "GITLAB_TOKEN": "token-of-gitlab",
    }


@pytest.mark.parametrize("runner", ["github", "gitlab"])
def test_comment_is_made_once_and_renewed_in_place(
    host: CodeHost, runner: str, request: pytest.FixtureRequest
) -> None:
    thread = thread_of(request.getfixturevalue(runner))
    host.comments.append({"id": 1, "body": "Looks good"})
    assert post(thread, BODY) is Posted.WRITTEN
    assert post(thread, BODY + "more") is Posted.RENEWED
    assert post(thread, QUIET) is Posted.RENEWED
    assert host.bodies == ["Looks good", QUIET]
    assert host.tokens == {{"github": "Bearer token-of-github", "gitlab": "token-of-gitlab"}[runner]}


def test_where_nothing_is_found_no_comment_is_begun(host: CodeHost, github: dict[str, str]) -> None:
    assert post(thread_of(github), QUIET) is Posted.NOT_NEEDED
    assert host.comments == []


def test_comment_is_found_behind_many_others(host: CodeHost, github: dict[str, str]) -> None:
    host.comments += [{"id": number, "body": f"Comment {number}"} for number in range(250)]
    host.comments.append({"id": 999, "body": BODY})
    assert post(thread_of(github), QUIET) is Posted.RENEWED
    assert host.comments[-1] == {"id": 999, "body": QUIET}


def test_comment_of_another_project_is_left_alone(host: CodeHost, github: dict[str, str]) -> None:
    other = BODY.replace("check data", "check data/other")
    host.comments.append({"id": 1, "body": other})
    assert post(thread_of(github), BODY) is Posted.WRITTEN
    assert host.bodies == [other, BODY]


def test_comment_of_a_stranger_with_our_marker_is_left_alone(host: CodeHost, github: dict[str, str]) -> None:
    host.comments.append({"id": 1, "body": QUIET, "author_association": "NONE"})
    assert post(thread_of(github), BODY) is Posted.WRITTEN
    assert host.bodies == [QUIET, BODY]


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_token_that_may_not_write_is_no_failure(
    host: CodeHost, github: dict[str, str], status: int
) -> None:
    host.refuses = status
    assert post(thread_of(github), BODY) is Posted.REFUSED


def test_a_host_out_of_order_is_told(host: CodeHost, github: dict[str, str]) -> None:
    host.refuses = 502
    with pytest.raises(CatalogError, match="the host answers 502"):
        post(thread_of(github), BODY)


def test_a_host_that_answers_with_a_page_is_told(host: CodeHost, github: dict[str, str]) -> None:
    host.only_says = "<html>Back soon</html>"
    with pytest.raises(CatalogError, match="the host does not answer in JSON"):
        post(thread_of(github), BODY)


def test_a_host_that_is_not_there_is_told(github: dict[str, str]) -> None:
    with pytest.raises(CatalogError, match="the host of the comment cannot be reached"):
        post(thread_of({**github, "GITHUB_API_URL": "http://127.0.0.1:1"}), BODY)


def test_token_goes_to_no_other_host(host: CodeHost, github: dict[str, str]) -> None:
    with code_host() as other:
        host.redirects_to = other.url
        with pytest.raises(CatalogError, match="answers 302"):
            post(thread_of(github), BODY)
    assert other.asked == []


def test_token_is_not_shown(github: dict[str, str]) -> None:
    assert "token-of" not in repr(thread_of(github))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"GITHUB_REPOSITORY": ""}, "this is no run for a pull or merge request"),
        ({"GITHUB_EVENT_PATH": ""}, "this run is for no pull request"),
        ({"GITHUB_TOKEN": ""}, "`GITHUB_TOKEN` is not set"),
    ],
)
def test_what_is_missing_is_told(github: dict[str, str], changed: dict[str, str], told: str) -> None:
    with pytest.raises(CatalogError, match=told):
        thread_of(github | changed)


@pytest.mark.parametrize(
    "event", ["", "{", "[]", '{"pull_request": null}', '{"pull_request": {"number": "7"}}']
)
def test_an_event_without_a_pull_request_is_told(github: dict[str, str], event: str) -> None:
    Path(github["GITHUB_EVENT_PATH"]).write_text(event)
    with pytest.raises(CatalogError, match="this run is for no pull request"):
        thread_of(github)


@pytest.mark.parametrize("name", ["CI_PROJECT_ID", "CI_API_V4_URL"])
def test_a_variable_of_gitlab_that_is_missing_is_told(gitlab: dict[str, str], name: str) -> None:
    del gitlab[name]
    with pytest.raises(CatalogError, match=f"`{name}` is not set"):
        thread_of(gitlab)


def test_only_web_addresses_are_asked(github: dict[str, str]) -> None:
    with pytest.raises(CatalogError, match="is no address of a host"):
        post(thread_of({**github, "GITHUB_API_URL": "file:///etc"}), BODY)
