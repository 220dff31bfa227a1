"""URLs of warehouses in messages: where they lead, and nothing of what opens the door there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from sqlalchemy import URL

SECRET_KEYS = re.compile(r"pass|pwd|secret|token|key|credential|odbc_connect", re.IGNORECASE)
"""Parameters of a URL that may hold what opens the door."""

INSIDE = re.compile(r"(?:pwd|password|token|secret)\s*=\s*(\{[^}]*\}|[^;&]+)", re.IGNORECASE)
"""The same inside of a connection string of ODBC."""

HIDDEN = "***"


def address_of(url: URL) -> str:
    """What messages call a warehouse: its kind, host and database."""
    kind = url.get_backend_name()
    place = "/".join(part for part in (url.host, url.database) if part)
    return f"the {kind} warehouse `{place}`" if place else f"the {kind} warehouse"


def without_secrets(text: str, url: URL) -> str:
    """A text without the password and the other secrets of a URL, in whatever form it repeats them."""
    for secret in sorted(set(_secrets(url)), key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return text


def is_ambiguous(url: str) -> bool:
    """Whether a password may begin or end elsewhere than its writer meant: it is not escaped."""
    rest = url.partition("://")[2]
    before, _, behind = rest.partition("?")
    account, at, _ = before.rpartition("@")
    return bool(re.search(r"[@/]", account)) if at else "@" in behind


def has_password(url: str) -> bool:
    """Whether somebody who reads the URL reads a password."""
    return (
        ":" in url.partition("://")[2].rpartition("@")[0]
        or SECRET_KEYS.search(url.partition("?")[2]) is not None
    )


def _secrets(url: URL) -> Iterator[str]:
    values = [url.password] if url.password else []
    for key, each in url.query.items():
        if SECRET_KEYS.search(key):
            values += [each] if isinstance(each, str) else list(each)
    for value in values:
        for secret in (value, *INSIDE.findall(value)):
            yield from filter(None, (secret, quote(secret), quote(secret, safe=""), quote_plus(secret)))
            yield from filter(None, (repr(secret)[1:-1],))
