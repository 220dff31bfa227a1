"""Where a statement ends: at a semicolon, at the end of its block, or where the next one begins."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot.tokenizer_core import TokenType

from .blocks import QUOTED, WITHOUT_SEMICOLONS, Script, Words, is_on_new_line, stands_alone, word_at
from .positions import CLOSING, OPENING

BLOCK_ENDS = frozenset({"END", "ELSE", "ELSEIF", "ELSIF"})
"""Words that end a statement inside a block, semicolon or not."""

ALWAYS_STARTS = frozenset(
    {"BEGIN", "BREAK", "BULK", "CLOSE", "COMMIT", "CONTINUE", "CREATE", "DEALLOCATE", "DECLARE", "ELSE",
     "END", "GO", "GOTO", "MERGE", "OPEN", "PRINT", "RAISERROR", "RETURN", "ROLLBACK", "SAVE", "THROW",
     "TRUNCATE", "USE", "WAITFOR", "WHILE", "DENY", "GRANT", "REVOKE"}
)  # fmt: skip
"""T-SQL: reserved words that begin a statement wherever they stand outside parentheses."""

MAYBE_STARTS = frozenset(
    {"ALTER", "DELETE", "DROP", "EXEC", "EXECUTE", "FETCH", "IF", "INSERT", "SELECT", "SET", "UPDATE", "WITH"}
)
"""T-SQL: words that begin a statement unless the one before needs them."""

CHANGES = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE", "MERGE"})
"""What can follow the named queries of a WITH."""

PERMISSIONS = frozenset({"GRANT", "DENY", "REVOKE"})

CONTINUES_SELECT = frozenset({"UNION", "ALL", "EXCEPT", "INTERSECT", "AS", "FOR", "EXPLAIN", "("})

OBJECTS = frozenset(
    {"TABLE", "VIEW", "PROCEDURE", "PROC", "FUNCTION", "INDEX", "TRIGGER", "SCHEMA", "DATABASE", "TYPE",
     "SEQUENCE", "SYNONYM", "COLUMN", "CONSTRAINT", "USER", "ROLE"}
)  # fmt: skip


def end_of_statement(script: Script, start: int) -> int:
    """The place behind the last token of the statement that begins at a token."""
    tokens = script.tokens
    has_semicolons = script.name not in WITHOUT_SEMICOLONS
    in_block = len(script.blocks) > 1
    depth = cases = 0
    for place in range(start, len(tokens)):
        kind = tokens[place].token_type
        if kind == TokenType.SEMICOLON:
            return place
        if kind in OPENING:
            depth += 1
            continue
        if kind in CLOSING:
            depth = max(depth - 1, 0)
            continue
        word = word_at(tokens, place)
        if word == "END" and cases:
            cases -= 1
        elif word == "CASE":
            cases += 1
        elif depth or cases or place == start:
            continue
        elif has_semicolons:
            if (in_block and word in BLOCK_ENDS) or (word == "/" and _ends_batch(script, place)):
                return place
        elif _begins(tokens, start, place):
            return place
    return len(tokens)


def _ends_batch(script: Script, place: int) -> bool:
    """Oracle: a slash alone on its line runs what stands before it."""
    return script.name == "oracle" and stands_alone(script.tokens, place)


def _begins(tokens: Words, start: int, place: int) -> bool:
    """T-SQL: does a new statement begin here."""
    word, before, first = word_at(tokens, place), word_at(tokens, place - 1), word_at(tokens, start)
    if before in (".", "@", "#") or tokens[place].token_type in QUOTED:
        return False
    if word == "GO":
        return is_on_new_line(tokens, place)
    if first in PERMISSIONS:
        return is_on_new_line(tokens, place) and word in ALWAYS_STARTS | MAYBE_STARTS
    if word == "MERGE" and first == "WITH":
        return bool(Here(tokens, start, place).seen & CHANGES)
    if word in ALWAYS_STARTS:
        return not _is_clause(word, before, first)
    return word in MAYBE_STARTS and not _continues(tokens, start, place)


def _is_clause(word: str, before: str, first: str) -> bool:
    """Words of ALWAYS_STARTS inside a statement: `MERGE JOIN` hints, `FOR … OPEN`, `ELSE` of nothing."""
    if word == "MERGE":
        return before in ("OPTION", "INNER", "LEFT", "RIGHT", "FULL")
    if word in ("OPEN", "CLOSE", "SAVE", "USE"):
        return before in ("AS", ",", "=", "SELECT", "OPTION")
    return word == "RETURN" and first == "CREATE"


@dataclass(frozen=True, slots=True)
class Here:
    """A word of a statement that might begin the next one."""

    tokens: Words
    start: int
    place: int

    @property
    def before(self) -> str:
        """The word before."""
        return word_at(self.tokens, self.place - 1)

    @property
    def following(self) -> str:
        """The word behind."""
        return word_at(self.tokens, self.place + 1)

    @property
    def first(self) -> str:
        """The word that the statement began with."""
        return word_at(self.tokens, self.start)

    @property
    def seen(self) -> set[str]:
        """The words of the statement up to here, outside parentheses."""
        found = set()
        depth = 0
        for token_place in range(self.start, self.place):
            kind = self.tokens[token_place].token_type
            depth += (kind in OPENING) - (kind in CLOSING)
            if depth <= 0:
                found.add(word_at(self.tokens, token_place))
        return found


def _continues(tokens: Words, start: int, place: int) -> bool:
    rule = CONTINUED.get(word_at(tokens, place))
    return rule is not None and rule(Here(tokens, start, place))


def _select(here: Here) -> bool:
    if here.before in CONTINUES_SELECT or _is_before_the_query_of_a_view(here):
        return True
    seen = here.seen
    if here.first == "WITH":
        is_first = not seen & CHANGES
        return is_first or ("INSERT" in seen and not seen & {"SELECT", "VALUES"})
    return here.first == "INSERT" and not seen & {"SELECT", "VALUES", "EXEC", "EXECUTE", "DEFAULT"}


def _is_before_the_query_of_a_view(here: Here) -> bool:
    """Behind `CREATE VIEW v`, options (`WITH SCHEMABINDING`) and named queries come before its SELECT."""
    if here.first not in ("CREATE", "ALTER"):
        return False
    seen = here.seen
    return "VIEW" in seen and "SELECT" not in seen


def _change(here: Here) -> bool:
    if here.before in ("THEN", "FOR") or here.following == "(":
        return True
    if here.before == "ON":
        return here.first in ("CREATE", "ALTER")
    return here.first == "WITH" and not here.seen & {"SELECT", "INSERT", "UPDATE", "DELETE"}


def _set(here: Here) -> bool:
    if here.before in ("UPDATE", "DELETE"):
        return True
    if here.first == "ALTER":
        return not is_on_new_line(here.tokens, here.place)
    seen = here.seen
    return (here.first == "UPDATE" or (here.first == "WITH" and "UPDATE" in seen)) and "SET" not in seen


def _with(here: Here) -> bool:
    """A hint or an option is in parentheses or a bare word; a named query is `name AS (` or `name (…) AS`."""
    if _is_before_the_query_of_a_view(here):
        return True
    behind = word_at(here.tokens, here.place + 2)
    return here.following == "(" or behind not in ("AS", "(") or here.before == "AS"


def _drop(here: Here) -> bool:
    return here.first == "ALTER" and not is_on_new_line(here.tokens, here.place)


def _alter(here: Here) -> bool:
    return here.following == "COLUMN" or here.before == "OR"


def _fetch(here: Here) -> bool:
    return here.before in ("ROWS", "ROW")


def _execute(here: Here) -> bool:
    if here.before == "WITH" or here.following == "AS":
        return True
    return here.first == "INSERT" and not here.seen & {"SELECT", "VALUES"}


def _if(here: Here) -> bool:
    return here.first in ("DROP", "CREATE", "ALTER") and here.before in OBJECTS


CONTINUED = {
    "SELECT": _select, "INSERT": _change, "UPDATE": _change, "DELETE": _change, "SET": _set, "WITH": _with,
    "DROP": _drop, "ALTER": _alter, "FETCH": _fetch, "EXEC": _execute, "EXECUTE": _execute, "IF": _if,
}  # fmt: skip
"""Word → whether the statement before goes on with it."""
