"""A live warehouse → `Snapshot`. The only user of SQLAlchemy, and the only place that reaches a network.

SQLAlchemy and the drivers are extras and are imported when a warehouse is asked for. Nothing is ever written,
and no message bears what stands in a URL beside its host and database.
"""

from __future__ import annotations

import logging
import re
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from ..errors import CatalogError
from ..suggest import did_you_mean
from .addresses import address_of, is_ambiguous, without_secrets
from .assembling import assemble_rows
from .duckdb_rows import duckdb_rows
from .reflected import reflected
from .values import Snapshot

if TYPE_CHECKING:
    from sqlalchemy import URL, Engine


class Driver(NamedTuple):
    """SQLAlchemy's dialect and driver, the package they come in, and our extra that brings it."""

    name: str
    package: str
    extra: str


DRIVERS = {
    "bigquery": Driver("bigquery", "sqlalchemy-bigquery", "bigquery"),
    "databricks": Driver("databricks", "databricks-sqlalchemy", "databricks"),
    "duckdb": Driver("duckdb", "duckdb-engine", "warehouse"),
    "mysql": Driver("mysql+pymysql", "pymysql", "mysql"),
    "postgresql": Driver("postgresql+psycopg", "psycopg", "postgresql"),
    "redshift": Driver("redshift+psycopg2", "sqlalchemy-redshift", "redshift"),
    "snowflake": Driver("snowflake", "snowflake-sqlalchemy", "snowflake"),
    "sqlite": Driver("sqlite", "SQLAlchemy", "warehouse"),
    "sqlserver": Driver("mssql+pyodbc", "pyodbc", "sqlserver"),
}
"""Scheme of a URL → what reads it."""

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+_-]*")
"""What may stand before `://`; a text that has more there may begin with a secret, and is not repeated."""

SPELLINGS = {"postgres": "postgresql", "mssql": "sqlserver", "mariadb": "mysql"}
"""Scheme as some write it → as it stands in `DRIVERS`."""

DIALECTS = {"postgresql": "postgres", "sqlserver": "tsql"}
"""Scheme → sqlglot's name of the dialect, where it is another."""

PATIENCE = {
    "databricks": {"_retry_stop_after_attempts_count": 4, "_retry_stop_after_attempts_duration": 120},
    "mysql": {"connect_timeout": 15},
    "postgresql": {"connect_timeout": 15},
    "redshift": {"connect_timeout": 15},
    "snowflake": {"login_timeout": 15},
    "sqlserver": {"timeout": 15},
}
"""Seconds and attempts after which a server that does not answer is given up, as each driver takes them."""

FAULTS_OF_DRIVERS = (
    ("google.auth.exceptions", "GoogleAuthError"),
    ("google.api_core.exceptions", "GoogleAPIError"),
    ("urllib3.exceptions", "HTTPError"),
)
"""Module and exception of what a driver lets through that is no error of a database: where it is loaded."""

LONGEST_REASON = 300
"""Characters of a driver's own words that a message has."""

LOCAL = frozenset({"duckdb", "sqlite"})
"""Schemes of databases that are a file, which is opened for reading only."""


def read_warehouse(url: str, schemas: Sequence[str] = ()) -> Snapshot:
    """The tables of a live warehouse: of these schemas, or of all but its own.

    Raises:
        CatalogError: it is not known, not installed, not reached, or lets nobody in.
    """
    parsed, scheme = _parsed(url)
    with _plain_faults(parsed, scheme), _quiet(), _engine(parsed, scheme).connect() as connection:
        if scheme == "duckdb":
            snapshot = assemble_rows(duckdb_rows(connection, schemas))
        else:
            snapshot = reflected(connection, DIALECTS.get(scheme, scheme), schemas)
    if schemas and not snapshot.schemas:
        wanted = ", ".join(f"`{schema}`" for schema in schemas)
        raise CatalogError(f"{address_of(parsed)} has no schema {wanted}", "Name one that it has")
    return snapshot


def _parsed(url: str) -> tuple[URL, str]:
    """The URL with the driver we use, and its scheme as `DRIVERS` has it."""
    written, separator, _ = url.strip().partition("://")
    name, _, driver = written.partition("+")
    scheme = SPELLINGS.get(name.casefold(), name.casefold())
    if not separator or not SCHEME.fullmatch(written):
        raise CatalogError("this is no URL of a warehouse", "Write it as `postgresql://host/database`")
    if scheme not in DRIVERS:
        known = ", ".join(f"`{each}`" for each in sorted(DRIVERS))
        hint = did_you_mean(scheme, DRIVERS, f"Those that are read are {known}")
        raise CatalogError(f"`{name}` is no warehouse that is known", hint)
    if find_spec("sqlalchemy") is None:
        raise _not_installed(scheme)
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    fault = CatalogError(
        f"the URL of the {scheme} warehouse cannot be read",
        "Escape `@`, `/`, `:`, `?` and `%` in a password as `%40`, `%2F`, `%3A`, `%3F` and `%25`",
    )
    if scheme not in LOCAL and is_ambiguous(url):
        raise fault
    try:
        parsed = make_url(url.strip())
    except (ArgumentError, ValueError):
        raise fault from None
    default = DRIVERS[scheme].name
    own = f"{default.partition('+')[0]}+{driver}" if driver else default
    return parsed.set(drivername=own), scheme


def _engine(url: URL, scheme: str) -> Engine:
    from sqlalchemy import create_engine
    from sqlalchemy.exc import NoSuchModuleError
    from sqlalchemy.pool import NullPool

    arguments: dict[str, Any] = dict(PATIENCE.get(scheme, {}))
    if scheme in LOCAL:
        url = _for_reading_only(url, scheme)
        arguments = {"read_only": True} if scheme == "duckdb" else {}
    try:
        return create_engine(url, connect_args=arguments, poolclass=NullPool, hide_parameters=True)
    except (ModuleNotFoundError, NoSuchModuleError):
        raise _not_installed(scheme) from None
    except ImportError as fault:
        message = f"`{DRIVERS[scheme].package}` is installed, but cannot be loaded: {fault}"
        raise CatalogError(message, "Install the library of the system that it names") from None


def _for_reading_only(url: URL, scheme: str) -> URL:
    """The URL of a file that is there. SQLite and DuckDB would make one that is not."""
    path = Path(url.database or "")
    if not path.is_file():
        hint = "Write it as `{0}:///folder/file`, or `{0}:////folder/file` from the root"
        raise CatalogError(f"there is no file `{path}`", hint.format(scheme))
    if scheme == "duckdb":
        return url
    reading = {"mode": "ro", "uri": "true"}
    return url.set(database=f"file:{quote(path.as_posix())}", query={**url.query, **reading})


def _not_installed(scheme: str) -> CatalogError:
    driver = DRIVERS[scheme]
    return CatalogError(
        f"`{driver.package}` is not installed", f"Run `pip install 'plumbline[{driver.extra}]'`"
    )


@contextmanager
def _plain_faults(url: URL, scheme: str) -> Iterator[None]:
    """What SQLAlchemy and drivers raise, as one sentence without secrets."""
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except _faults() as fault:
        cause = fault.orig if isinstance(fault, DBAPIError) and fault.orig is not None else fault
        reason = " ".join(without_secrets(str(cause), url).split())
        server = "Look whether it runs, and whether user and password are right"
        hint = "Name a file of that kind which nobody is writing" if scheme in LOCAL else server
        raise CatalogError(f"{address_of(url)} cannot be read: {_short(reason)}", hint) from None
    except ModuleNotFoundError:
        raise _not_installed(scheme) from None


def _faults() -> tuple[type[Exception], ...]:
    """What SQLAlchemy, sockets, and the clients behind some drivers raise."""
    from sqlalchemy.exc import SQLAlchemyError

    loaded = (getattr(sys.modules.get(module), name, None) for module, name in FAULTS_OF_DRIVERS)
    return (SQLAlchemyError, OSError, *(each for each in loaded if each is not None))


def _short(reason: str) -> str:
    return reason if len(reason) <= LONGEST_REASON else f"{reason[:LONGEST_REASON]}…"


@contextmanager
def _quiet() -> Iterator[None]:
    """No warnings and no logs of the libraries: what is wrong is raised, and logs might bear a secret."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
