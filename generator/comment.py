"""One comment on a pull or merge request, kept up to date: the only place that speaks to a code host.

GitHub: REST API 2022-11-28, comments of issues. GitLab: REST API v4, notes of merge requests.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus
from pathlib import Path
from typing import Any

from catalog import CatalogError

PATIENCE = 30
"""Seconds to wait for an answer."""

AT_ONCE = 100
"""Comments asked for in one request; the most that both hosts give."""

STRANGERS = frozenset({"NONE", "CONTRIBUTOR", "FIRST_TIMER", "FIRST_TIME_CONTRIBUTOR", "MANNEQUIN"})
"""GitHub's words for people whose comment is not ours, whatever it begins with."""

REFUSED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)
"""How a host answers a token that may not write here, as on a pull request from a fork."""


class Posted(StrEnum):
    """What became of a comment."""

    WRITTEN = "written"
    RENEWED = "renewed"
    NOT_NEEDED = "not needed: there is nothing to tell"
    REFUSED = "not written: the token may not, as on a pull request from a fork"


@dataclass(frozen=True, slots=True)
class Thread:
    """Where comments of a request are listed and added, and below which address each is renewed."""

    comments: str
    comment: str
    renew_by: str
    headers: Mapping[str, str] = field(repr=False)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Follows no redirect, so that the token goes to no other host."""

    def redirect_request(self, *_: Any) -> None:
        return None


def thread_of(environment: Mapping[str, str]) -> Thread:
    """The request that a run of GitHub Actions or GitLab CI is about.

    Raises:
        CatalogError: it is about none, or there is no token.
    """
    if environment.get("GITHUB_REPOSITORY"):
        return _on_github(environment)
    if environment.get("CI_MERGE_REQUEST_IID"):
        return _on_gitlab(environment)
    raise CatalogError("this is no run for a pull or merge request", "Run it in GitHub Actions or GitLab CI")


def post(thread: Thread, body: str) -> Posted:
    """Renews the comment that begins with the same line as `body`; else adds one, if it tells anything.

    Raises:
        CatalogError: the host cannot be reached, or does not do it.
    """
    marker, heading = [*body.splitlines(), "", ""][:2]
    try:
        known = next((each for each in _comments(thread) if _is_ours(each, marker)), None)
        if known:
            _ask(thread, thread.renew_by, f"{thread.comment}/{known['id']}", body)
            return Posted.RENEWED
        if heading.startswith("### Plumbline: nothing"):
            return Posted.NOT_NEEDED
        _ask(thread, "POST", thread.comments, body)
    except urllib.error.HTTPError as error:
        if error.code in REFUSED:
            return Posted.REFUSED
        raise CatalogError(
            f"the comment was not written: the host answers {error.code}", "Try again"
        ) from None
    except OSError as error:
        raise CatalogError(f"the host of the comment cannot be reached: {error}", "Try again") from None
    return Posted.WRITTEN


def _on_github(environment: Mapping[str, str]) -> Thread:
    number = _pull_request(environment.get("GITHUB_EVENT_PATH", ""))
    api = environment.get("GITHUB_API_URL") or "https://api.github.com"
    issues = f"{api}/repos/{environment['GITHUB_REPOSITORY']}/issues"
    headers = {
        "Authorization": f"Bearer {_token(environment, 'GITHUB_TOKEN')}",
        "Accept": "application/vnd.github+json",
        "X-GitHub-Api-Version": "2022-11-28",
    }
    return Thread(f"{issues}/{number}/comments", f"{issues}/comments", "PATCH", headers)


def _on_gitlab(environment: Mapping[str, str]) -> Thread:
    names = ("CI_API_V4_URL", "CI_PROJECT_ID", "CI_MERGE_REQUEST_IID")
    missing = next((name for name in names if not environment.get(name)), None)
    if missing:
        raise CatalogError(f"`{missing}` is not set", "Leave the variables of the runner as they are")
    api, project, request = (environment[name] for name in names)
    notes = f"{api}/projects/{project}/merge_requests/{request}/notes"
    return Thread(notes, notes, "PUT", {"PRIVATE-TOKEN": _token(environment, "GITLAB_TOKEN")})


def _pull_request(event: str) -> int:
    """The number of the pull request that an event of GitHub is about."""
    try:
        number = json.loads(Path(event).read_text("utf-8"))["pull_request"]["number"] if event else None
    except (ValueError, TypeError, LookupError):
        number = None
    if not isinstance(number, int):
        raise CatalogError("this run is for no pull request", "Run it `on: pull_request`")
    return number


def _token(environment: Mapping[str, str], name: str) -> str:
    token = environment.get(name)
    if not token:
        raise CatalogError(f"`{name}` is not set", "Hand it to the step: it is what may write the comment")
    return token


def _is_ours(comment: Mapping[str, Any], marker: str) -> bool:
    return (
        str(comment.get("body", "")).startswith(marker) and comment.get("author_association") not in STRANGERS
    )


def _comments(thread: Thread) -> Iterator[Mapping[str, Any]]:
    page = 1
    while some := _ask(thread, "GET", f"{thread.comments}?per_page={AT_ONCE}&page={page}"):
        yield from some
        page += 1
        if len(some) < AT_ONCE:
            break


def _ask(thread: Thread, method: str, address: str, body: str | None = None) -> Any:
    if not address.startswith(("https://", "http://")):
        raise CatalogError(
            f"`{address}` is no address of a host", "Leave the variables of the runner as they are"
        )
    content = None if body is None else json.dumps({"body": body}).encode()
    headers = {**thread.headers, "Content-Type": "application/json", "User-Agent": "plumbline"}
    request = urllib.request.Request(address, content, headers, method=method)  # noqa: S310 - checked above
    with urllib.request.build_opener(_NoRedirects).open(request, timeout=PATIENCE) as answer:
        try:
            return json.load(answer)
        except ValueError:
            raise CatalogError(
                "the comment was not written: the host does not answer in JSON", "Look whether it is up"
            ) from None
