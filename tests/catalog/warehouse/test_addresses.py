"""URLs in messages: where they lead, and nothing that opens the door there."""

from __future__ import annotations

import pytest
from sqlalchemy import make_url

from catalog import has_password
from catalog.warehouse.addresses import address_of, is_ambiguous, without_secrets

URL = make_url(
    "mssql+pyodbc://app:p%40ss%2Fword@host/shop?access_token=tok%3Den"
    "&odbc_connect=DRIVER%3Dx%3BPWD%3Dinner&driver=ODBC+Driver"
)


def test_an_address_is_kind_host_and_database() -> None:
    assert address_of(URL) == "the mssql warehouse `host/shop`"
    assert address_of(make_url("bigquery://")) == "the bigquery warehouse"


@pytest.mark.parametrize(
    "secret",
    ["p@ss/word", "p%40ss%2Fword", "p%40ss/word", "tok=en", "tok%3Den", "inner", "DRIVER=x;PWD=inner"],
)
def test_a_secret_is_hidden_however_it_is_written(secret: str) -> None:
    assert without_secrets(f"login of app failed with <{secret}>", URL) == "login of app failed with <***>"


def test_a_secret_in_braces_is_hidden_with_what_stands_in_it() -> None:
    url = make_url("mssql+pyodbc:///?odbc_connect=DRIVER%3Dx%3BPWD%3D%7Bin%3Bner%7D%3B")
    assert without_secrets("refused {in;ner}", url) == "refused ***"


def test_what_is_no_secret_stays() -> None:
    assert without_secrets("no ODBC Driver on host", URL) == "no ODBC Driver on host"


@pytest.mark.parametrize(
    ("url", "is_so"),
    [
        ("postgresql://app:word@host/shop", False),
        ("postgresql://app:w%40rd@host/shop?user=a", False),
        ("postgresql://app@host/shop", False),
        ("postgresql:///shop?host=/run/postgresql", False),
        ("postgresql://app:w@rd@host/shop", True),
        ("postgresql://app:w/rd@host/shop", True),
        ("postgresql://app:w?rd@host/shop", True),
    ],
)
def test_a_password_that_is_not_escaped_is_not_guessed_at(url: str, *, is_so: bool) -> None:
    assert is_ambiguous(url) is is_so


@pytest.mark.parametrize(
    ("url", "is_so"),
    [
        ("postgresql://app:word@host/shop", True),
        ("snowflake://app@account/shop?token=x", True),
        ("postgresql://app@host/shop", False),
        ("sqlite:////folder/a:b.db", False),
    ],
)
def test_a_url_may_show_a_password(url: str, *, is_so: bool) -> None:
    assert has_password(url) is is_so
