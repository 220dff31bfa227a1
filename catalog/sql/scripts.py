"""Scripts: blocks, branches and loops are opened, and the statements within are read one by one.

A reader goes from word to word and looks at the first of each statement. Whatever follows no rule of
a script goes to the parser, up to the next semicolon, so that a block without an end swallows nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from sqlglot.tokenizer_core import TokenType

from .assignments import declare, declare_section, is_assignment, let, read_assignment, set_variables
from .blocks import (
    WITHOUT_SEMICOLONS,
    Script,
    close_all,
    close_block,
    find,
    is_on_new_line,
    open_block,
    stands_alone,
    word_at,
)
from .boundaries import ALWAYS_STARTS, MAYBE_STARTS, end_of_statement
from .commands import call, execute, perform, prepare, return_value, routine_name, run_block, run_open, unload
from .edges import GapReason
from .into import without_into
from .openings import ahead, expression, missing, plain_statement, silent_or_read
from .parsing import Statement
from .routines import creates_routine, read_routine

Handler = Callable[[Script], Iterator[Statement]]

SECTIONED = frozenset({"postgres", "redshift", "materialize", "risingwave", "snowflake", "oracle"})
"""Dialects in which DECLARE opens a section of declarations that ends at BEGIN."""

TRANSACTION_WORDS = frozenset(
    {"TRANSACTION", "TRAN", "WORK", "DEFERRED", "IMMEDIATE", "EXCLUSIVE", "DISTRIBUTED", "ISOLATION", "READ"}
)
"""What BEGIN may be followed by where it opens no block."""

LOOP_WORDS = frozenset({"LOOP", "WHILE", "FOR", "REPEAT"})

LABELLED = LOOP_WORDS | {"BEGIN"}
"""What a label may stand before."""

SILENT = (
    "NULL", "EXIT", "CONTINUE", "LEAVE", "ITERATE", "BREAK", "RAISE", "RAISERROR", "THROW", "SIGNAL",
    "RESIGNAL", "PRINT", "GOTO", "WAITFOR", "GET", "CLOSE", "FETCH", "DEALLOCATE", "COMMIT", "ROLLBACK",
    "SAVEPOINT", "SAVE", "RELEASE", "AWAIT", "REVERT", "PRAGMA",
)  # fmt: skip
"""First words of statements of scripts that fill no column."""


def read_script(script: Script) -> Iterator[Statement]:
    """The statements of a text in order."""
    while script.at < len(script.tokens):
        before, kind = script.at, script.next_kind
        yield from _next(script)
        script.at = max(script.at, before + 1)
        if script.next_kind == kind:
            script.next_kind = ""


def _next(script: Script) -> Iterator[Statement]:
    """What begins here; a lone semicolon is nothing."""
    if script.tokens[script.at].token_type == TokenType.SEMICOLON:
        script.at += 1
        return
    _skip_label(script)
    handler = HANDLERS.get(script.word())
    if handler is not None:
        yield from handler(script)
    elif is_assignment(script):
        yield from read_assignment(script)
    else:
        yield from _plain(script)


def _skip_label(script: Script) -> None:
    """`<<label>>`, and `label:` before a loop or block."""
    if [script.word(ahead) for ahead in (0, 1, 3, 4)] == ["<", "<", ">", ">"]:
        script.at += 5
    elif script.word(1) == ":" and script.word(2) in LABELLED:
        script.at += 2


def _plain(script: Script) -> Iterator[Statement]:
    """A statement for the parser; variables that its result goes into are cut out of it."""
    first = script.at
    script.at = end_of_statement(script, first)
    called = find(script.tokens[: script.at], first, ("EXEC", "EXECUTE"))
    if script.name in WITHOUT_SEMICOLONS and word_at(script.tokens, first) == "INSERT" and called is not None:
        name = routine_name(script, called + 1, script.at)
        detail = f"the rows that `{name}` gives are not known here"
        yield missing(script, first, script.at, GapReason.UNSUPPORTED, detail)
        return
    cut = without_into(script, first, script.at)
    yield plain_statement(script, first, script.at) if cut is None else cut


def _silent(script: Script) -> Iterator[Statement]:
    first = script.at
    script.at = end_of_statement(script, first)
    has_select = any(script.word(place - script.at) == "SELECT" for place in range(first, script.at))
    yield silent_or_read(script, first, script.at, first + 1 if has_select else script.at)


def _begin(script: Script) -> Iterator[Statement]:
    following = script.word(1)
    is_alone = following in ("", ";") and not script.is_in_routine
    if following in TRANSACTION_WORDS or (is_alone and script.next_kind != "declared"):
        yield from _silent(script)
        return
    kind = {"TRY": "try", "CATCH": "catch"}.get(following, "block")
    script.at += 2 if kind != "block" else 1
    while script.word() in ("NOT", "ATOMIC"):
        script.at += 1
    if script.next_kind == "declared":
        script.next_kind = ""
        return
    open_block(script, script.next_kind or kind)
    script.next_kind = ""


def _end(script: Script) -> Iterator[Statement]:
    """The end of whatever is open; where nothing is, a transaction ends."""
    if len(script.blocks) < 2:
        yield from _silent(script)
        return
    following = script.word(1)
    script.at += 1
    if script.name in WITHOUT_SEMICOLONS and following not in ("TRY", "CATCH"):
        close_block(script)
        return
    if following == "IF":
        close_block(script, "if")
    elif following in LOOP_WORDS:
        close_block(script, "loop")
    elif following in ("CASE", "TRY", "CATCH"):
        close_block(script, following.lower())
    else:
        close_block(script)
        _skip_name_of_block(script)
        return
    script.at += 1
    _skip_name_of_block(script)


def _skip_name_of_block(script: Script) -> None:
    """`END name;`, and the end of the routine whose block that was."""
    if (
        script.word() not in ("", ";")
        and script.word(1) in ("", ";")
        and script.name not in WITHOUT_SEMICOLONS
    ):
        script.at += 1
    if script.blocks[-1].kind == "routine" and script.name not in WITHOUT_SEMICOLONS:
        close_block(script)


def _if(script: Script) -> Iterator[Statement]:
    if script.name in WITHOUT_SEMICOLONS:
        yield from _bare_condition(script, "if")
    else:
        yield from _condition(script, "if", "THEN")


def _while(script: Script) -> Iterator[Statement]:
    if script.name in WITHOUT_SEMICOLONS:
        yield from _bare_condition(script, "loop")
    else:
        yield from _condition(script, "loop", "DO", "LOOP")


def _condition(script: Script, kind: str, *words: str) -> Iterator[Statement]:
    """A condition up to a word, and the block it decides."""
    end = ahead(script, *words)
    if end is None:
        yield from _plain(script)
        return
    yield from expression(script, script.at + 1, end)
    script.at = end + 1
    open_block(script, kind)


def _bare_condition(script: Script, kind: str) -> Iterator[Statement]:
    """T-SQL: a condition ends where a statement begins."""
    first = script.at + 1
    end = first
    while True:
        found = find(script.tokens, end, ALWAYS_STARTS | MAYBE_STARTS)
        if found is None or word_at(script.tokens, found + 1) != "(" or word_at(script.tokens, found) in (
            "SELECT", "EXEC", "EXECUTE", "IF", "WHILE", "PRINT", "RAISERROR", "RETURN",
        ):  # fmt: skip
            break
        end = found + 1
    if found is None:
        found = end_of_statement(script, first) if first < len(script.tokens) else first
    yield from expression(script, first, found)
    script.at = found
    script.next_kind = kind


def _else(script: Script) -> Iterator[Statement]:
    """`ELSE`, `ELSEIF condition THEN`."""
    is_open = len(script.blocks) > 1
    if script.name in WITHOUT_SEMICOLONS:
        script.at += 1
        script.next_kind = "if"
    elif not is_open:
        yield from _plain(script)
    elif script.word() == "ELSE":
        script.at += 1
    else:
        yield from _branch(script)


def _branch(script: Script) -> Iterator[Statement]:
    """`ELSEIF condition THEN`, `WHEN condition THEN`: the block around is that of all branches."""
    end = ahead(script, "THEN")
    if end is None:
        yield from _plain(script)
        return
    yield from expression(script, script.at + 1, end)
    script.at = end + 1


def _when(script: Script) -> Iterator[Statement]:
    yield from _branch(script) if len(script.blocks) > 1 else _plain(script)


def _exception(script: Script) -> Iterator[Statement]:
    """`EXCEPTION WHEN …`: what follows runs instead of the rest of the block."""
    if script.word(1) != "WHEN" or len(script.blocks) < 2:
        yield from _silent(script)
        return
    script.at += 1


def _case(script: Script) -> Iterator[Statement]:
    when = ahead(script, "WHEN")
    if when is None or find(script.tokens, when, ("THEN",)) is None:
        yield from _plain(script)
        return
    yield from expression(script, script.at + 1, when)
    script.at = when
    open_block(script, "case")


def _loop(script: Script) -> Iterator[Statement]:
    script.at += 1
    open_block(script, "loop")
    yield from ()


def _until(script: Script) -> Iterator[Statement]:
    first = script.at
    script.at = end_of_statement(script, first)
    yield from expression(script, first + 1, script.at)


def _for(script: Script) -> Iterator[Statement]:
    """`FOR row IN query DO`: the row's columns are those of the query."""
    tokens = script.tokens
    end = ahead(script, "DO", "LOOP")
    start = ahead(script, "IN", "AS")
    if end is None or start is None or start > end:
        yield from _plain(script)
        return
    names = [token.text for token in tokens[script.at + 1 : start] if token.token_type != TokenType.COMMA]
    if word_at(tokens, start + 1) == "EXECUTE":
        script.at = start + 1
        for statement in execute(script, read_script, end):
            yield replace(statement, only_reads=True)
    else:
        row = names[0] if len(names) == 1 else ""
        for statement in expression(script, start + 1, end):
            yield replace(statement, row=row)
    script.at = end + 1
    open_block(script, "loop", names)
    if len(names) == 1 and (end == start + 2 or word_at(tokens, start + 2) == "("):
        script.blocks[-1].rows[names[0]] = tokens[start + 1].text


def _create(script: Script) -> Iterator[Statement]:
    """A routine's body is read; anything else that is created goes to the parser."""
    yield from read_routine(script, read_script) if creates_routine(script) else _plain(script)


def _batch(script: Script) -> Iterator[Statement]:
    """`GO`, or Oracle's `/`, alone on a line: the batch ends, and with it every variable."""
    is_go = script.word() == "GO" and script.name in WITHOUT_SEMICOLONS
    is_alone = is_on_new_line(script.tokens, script.at) if is_go else stands_alone(script.tokens, script.at)
    if not is_alone or not (is_go or script.name == "oracle"):
        yield from _plain(script)
        return
    script.at += 1
    if is_go and script.at < len(script.tokens) and script.tokens[script.at].token_type == TokenType.NUMBER:
        script.at += 1
    close_all(script)
    script.blocks[0].variables.clear()
    script.blocks[0].constants.clear()


def _declare(script: Script) -> Iterator[Statement]:
    is_own_cursor = script.name == "postgres" and script.word(2) == "CURSOR" and not script.is_in_routine
    is_section = script.name in SECTIONED and not is_own_cursor
    if is_section and (script.is_in_routine or ahead_has_begin(script)):
        yield from declare_section(script)
    else:
        yield from declare(script)


def ahead_has_begin(script: Script) -> bool:
    """Whether the declarations that begin here belong to a block."""
    return any(word_at(script.tokens, place) == "BEGIN" for place in range(script.at + 1, len(script.tokens)))


def _with_reader(opening: Callable[[Script, Handler], Iterator[Statement]]) -> Handler:
    def handler(script: Script) -> Iterator[Statement]:
        yield from opening(script, read_script)

    return handler


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(SILENT, _silent),
    "BEGIN": _begin, "END": _end, "IF": _if, "ELSE": _else, "ELSEIF": _else, "ELSIF": _else, "WHILE": _while,
    "LOOP": _loop, "REPEAT": _loop, "UNTIL": _until, "FOR": _for, "FOREACH": _for, "CASE": _case,
    "WHEN": _when, "EXCEPTION": _exception, "DECLARE": _declare, "SET": set_variables, "LET": let,
    "CREATE": _create, "ALTER": _create, "REPLACE": _create, "GO": _batch, "/": _batch,
    "CALL": call, "PERFORM": perform,
    "EXECUTE": _with_reader(execute), "EXEC": _with_reader(execute), "PREPARE": _with_reader(prepare),
    "DO": _with_reader(run_block), "RETURN": _with_reader(return_value), "OPEN": _with_reader(run_open),
    "UNLOAD": _with_reader(unload),
}  # fmt: skip
"""First word of a statement → how it is read."""
