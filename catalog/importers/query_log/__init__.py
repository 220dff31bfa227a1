"""Exports of query logs → which table flowed into which, and how often.

Of BigQuery's INFORMATION_SCHEMA.JOBS, and of Snowflake's ACCESS_HISTORY and OBJECT_DEPENDENCIES. Who ran a
query, and the query itself, are not even looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path

from ...cache import key_of
from ...model import Definitions, Flow, Location, Misfit
from ...reading.tabular import files_in, read_rows
from ..asked import Asked
from ..building import LEFT_OUT
from ..tally import Run, Tally, flows_of, flows_text
from . import bigquery, snowflake
from .values import LogRow, UnreadableRowError

FORM = "query log 1"
"""Changes whenever what is kept of a log does."""

Reader = Callable[[LogRow], Iterator[Run]]

READERS: tuple[tuple[frozenset[str], str, Reader], ...] = (
    (bigquery.KEYS, "bigquery", bigquery.runs_of),
    (snowflake.KEYS, "snowflake", snowflake.runs_of),
    (snowflake.DEPENDENCIES, "snowflake", snowflake.dependencies_of),
)
"""Columns of which a log has at least one, its dialect, and what reads its rows."""

VIA = "query log"


def read_query_log(asked: Asked) -> Definitions:
    """The flows that a log, or a folder of them, shows.

    Raises:
        UnreadableError: there is none, or a file that is none.
    """
    misfits: list[Misfit] = []
    flows: list[Flow] = []
    for path in files_in(asked.path()):
        flows += _flows(asked, path, misfits)
    return Definitions(flows=tuple(flows), misfits=tuple(misfits))


def _flows(asked: Asked, path: Path, misfits: list[Misfit]) -> tuple[Flow, ...]:
    """What a file shows; from the cache if the same was made of the same content before."""
    file = asked.file(path)
    reader = _reader(path, file)
    if reader is None:
        hint = "Export INFORMATION_SCHEMA.JOBS, ACCESS_HISTORY or OBJECT_DEPENDENCIES with headings"
        misfits.append(Misfit(LEFT_OUT, file, "this is no query log that is known", Location(file), hint))
        return ()
    dialect, runs_of = reader
    key = key_of(FORM, dialect, _digest(path))
    known = asked.kept.get([key]).get(key)
    if known is not None:
        return flows_of(known, VIA, dialect)
    tally, unreadable = Tally(), 0
    for _, values in read_rows(path, file):
        try:
            for run in runs_of(LogRow({name.casefold(): value for name, value in values.items()})):
                tally.note(run)
        except UnreadableRowError:
            unreadable += 1
    flows = tally.flows(VIA, dialect)
    if unreadable:
        message = f"{unreadable:,} {'row' if unreadable == 1 else 'rows'} of the log cannot be read"
        misfits.append(Misfit(LEFT_OUT, file, message, Location(file), "Export them as JSON"))
    else:
        asked.kept.put({key: flows_text(flows)})
    return flows


def _reader(path: Path, file: str) -> tuple[str, Reader] | None:
    """What reads a file, told by its first row; None for what is no log."""
    first = next((values for _, values in read_rows(path, file)), {})
    keys = {name.casefold() for name in first}
    return next(((dialect, read) for known, dialect, read in READERS if keys & known), None)


def _digest(path: Path) -> str:
    with path.open("rb") as opened:
        digest = blake2b(digest_size=20)
        while part := opened.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()
