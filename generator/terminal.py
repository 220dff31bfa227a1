"""Text to the terminal: colours only where someone watches, UTF-8 always, no fuss about a closed pipe."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

THEME = Theme(
    {
        "finding.place": "bold",
        "finding.error": "bold red",
        "finding.warning": "yellow",
        "finding.info": "cyan",
        "finding.thing": "bold",
    }
)

FINDING_PATTERNS = (
    r"(?m)^(?P<place>\S+): (?:(?P<error>error)|(?P<warning>warning)|(?P<info>info))\[\w+\]",
    r"(?P<thing>`[^`\n]+`)",
)

NATURAL_WIDTH = 10_000
"""Wide enough for any table: where nobody watches, lines are not folded."""


def speak_utf8() -> None:
    """Makes output UTF-8 whatever the locale says, and unprintable characters visible instead of fatal."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def write(text: str) -> None:
    """The text to standard output, as it is."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_output()


def tell(text: str) -> None:
    """One line to standard output."""
    write(f"{text}\n")


def write_report(text: str) -> None:
    """A report for people, with places and severities coloured; one for machines goes through `write`."""
    if not _console().is_terminal:
        write(text)
        return
    styled = Text(text.removesuffix("\n"))
    for pattern in FINDING_PATTERNS:
        styled.highlight_regex(pattern, style_prefix="finding.")
    _write_styled(styled)


def write_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Rows under headings, in aligned columns."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(heading)
    for row in rows:
        table.add_row(*map(Text, row))
    _write_styled(table)


def write_markdown(text: str) -> None:
    """Markdown set for reading where someone watches; as it is elsewhere."""
    if not _console().is_terminal:
        write(text)
        return
    from rich.markdown import Markdown  # Few need it.

    _write_styled(Markdown(text))


def complain(message: str, hint: str | None) -> None:
    """What went wrong and what to do about it, to standard error."""
    console = Console(stderr=True, theme=THEME, highlight=False, soft_wrap=True)
    console.print(Text.assemble(("error", "finding.error"), f": {message}"))
    if hint:
        console.print(Text(f"    {hint}"))


def remark(text: str) -> None:
    """Something worth knowing that is no fault, to standard error."""
    console = Console(stderr=True, theme=THEME, highlight=False, soft_wrap=True)
    console.print(Text.assemble(("note", "finding.info"), f": {text}"))


def progress(step: str) -> AbstractContextManager[object]:
    """Shows on standard error that a step is under way; nothing where nobody watches."""
    console = Console(stderr=True)
    return console.status(step) if console.is_terminal else nullcontext()


def _console() -> Console:
    return Console(theme=THEME, highlight=False)


def _write_styled(content: RenderableType) -> None:
    console = _console()
    if not console.is_terminal:
        console.width = NATURAL_WIDTH
    with console.capture() as captured:
        console.print(content, soft_wrap=isinstance(content, Text))
    lines = (line.rstrip() for line in captured.get().splitlines())
    write("".join(f"{line}\n" for line in lines))


def _forget_output() -> None:
    """Nobody reads any more (`| head`): what follows goes nowhere, and the exit code stays true."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
