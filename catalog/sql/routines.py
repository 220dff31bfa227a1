"""Procedures, functions, triggers and tasks: the definition, and where its body begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from sqlglot.tokenizer_core import TokenType

from .assignments import declare_section
from .blocks import STRINGS, WITHOUT_SEMICOLONS, Script, after_parens, open_block, word_at
from .commands import routine_name
from .edges import GapReason
from .openings import body, expression, missing, silent
from .parsing import Statement
from .positions import CLOSING, OPENING

Reader = Callable[[Script], Iterator[Statement]]

KINDS = {
    "PROCEDURE": "create_procedure", "PROC": "create_procedure", "FUNCTION": "create_function",
    "TRIGGER": "create_trigger", "TASK": "create_task", "ALERT": "create_task", "EVENT": "create_task",
    "PACKAGE": "create_package",
}  # fmt: skip
"""What CREATE can make whose body holds statements of its own → kind of statement."""

HEADER_WORDS = 12
"""Tokens of a CREATE among which it says what it makes."""

SQL_LANGUAGES = frozenset({"", "SQL", "PLPGSQL", "SPSQL", "PLSQL"})

BODY_STARTS = frozenset({"SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE", "CALL", "TRUNCATE"})

OTHER_OBJECTS = frozenset(
    {"VIEW", "SCHEMA", "INDEX", "STREAM", "SEQUENCE", "TYPE", "USER", "ROLE", "DATABASE", "STAGE",
     "PIPE", "MODEL",
     "DOMAIN", "EXTENSION", "POLICY", "RULE", "TAG", "INTO"}
)  # fmt: skip
"""What CREATE makes that has no body."""

MODES = frozenset({"IN", "OUT", "INOUT", "VARIADIC", "IN OUT"})


def creates_routine(script: Script) -> bool:
    """Whether the CREATE here makes something with a body of statements; an ALTER, in T-SQL."""
    if script.word() == "REPLACE" and script.word(1) not in KINDS:
        return False
    if script.word() == "ALTER" and script.name not in WITHOUT_SEMICOLONS:
        return False
    return kind_of(script, script.at) is not None


def kind_of(script: Script, first: int) -> tuple[int, str] | None:
    """The place of the word that says what is made, and the kind of statement."""
    for place in range(first + 1, min(first + HEADER_WORDS, len(script.tokens))):
        word = word_at(script.tokens, place)
        if word in KINDS:
            return place, word
        if word in ("(", ";", "AS", ".") or (word in OTHER_OBJECTS):
            return None
        if word == "TABLE" and word_at(script.tokens, place + 1) != "FUNCTION":
            return None
    return None


def read_routine(script: Script, read: Reader) -> Iterator[Statement]:
    """The definition, then the statements of its body as far as they stand in a string or behind AS."""
    first = script.at
    found = kind_of(script, first)
    if found is None:
        return
    place, word = found
    kind = KINDS[word]
    place += 1
    while word_at(script.tokens, place) in ("IF", "NOT", "EXISTS", "BODY"):
        place += 1
    name = routine_name(script, place, len(script.tokens))
    script.routines.add(name.rpartition(".")[2].lower())
    start = place + 2 * name.count(".") + 1
    body_at = _body(script, start, word)
    script.at = body_at
    language = _language(script, start)
    parameters = _parameters(script, start)
    if any(
        word_at(script.tokens, each) == "TRIGGER" for each in range(first, min(body_at, len(script.tokens)))
    ):
        parameters |= {"new", "old"}
    at_body = script.tokens[body_at].token_type if body_at < len(script.tokens) else TokenType.SEMICOLON
    if at_body in STRINGS or at_body == TokenType.L_PAREN:
        yield from _contained(script, (first, body_at), kind, (language, parameters), read)
        return
    yield silent(script, first, body_at, kind)
    if at_body == TokenType.SEMICOLON:
        return
    open_block(script, "routine", parameters)
    script.next_kind = ""
    if script.name == "oracle" and script.word() not in ("BEGIN", "DECLARE") and word != "PACKAGE":
        yield from declare_section(script)
    elif script.word() != "BEGIN" and script.word() != "DECLARE" and script.name not in WITHOUT_SEMICOLONS:
        yield from _one_statement(script, read)


def _one_statement(script: Script, read: Reader) -> Iterator[Statement]:
    """A body of one statement without BEGIN, up to its semicolon."""
    last = script.at
    while last < len(script.tokens) and script.tokens[last].token_type != TokenType.SEMICOLON:
        last += 1
    alone = replace(script, tokens=script.tokens[:last], blocks=list(script.blocks))
    yield from read(alone)
    script.at = last
    script.blocks.pop()


def _contained(
    script: Script, span: tuple[int, int], kind: str, known: tuple[str, set[str]], read: Reader
) -> Iterator[Statement]:
    """A body in a string or in parentheses, and what stands behind it."""
    first, place = span
    language, parameters = known
    end = place
    while end < len(script.tokens) and script.tokens[end].token_type != TokenType.SEMICOLON:
        end += 1
    script.at = end
    open_block(script, "routine", parameters)
    if script.tokens[place].token_type == TokenType.L_PAREN:
        inner = next(expression(script, place, min(after_parens(script.tokens, place), end)), None)
        yield replace(inner or silent(script, first, end), kind=kind)
    elif language in SQL_LANGUAGES:
        yield silent(script, first, place, kind)
        yield from body(script, place, read)
    elif kind == "create_procedure":
        detail = f"the body is written in `{language.lower()}` and is not opened"
        yield replace(missing(script, first, end, GapReason.UNSUPPORTED, detail), kind=kind)
    else:
        yield silent(script, first, end, kind)
    script.blocks.pop()


def _body(script: Script, start: int, made: str) -> int:
    """The place of the body's first token, or of the semicolon where there is no body."""
    tokens = script.tokens
    depth = 0
    place = start
    while place < len(tokens):
        kind = tokens[place].token_type
        word = word_at(tokens, place)
        depth += (kind in OPENING) - (kind in CLOSING)
        if kind == TokenType.SEMICOLON:
            return place
        if depth <= 0:
            found = _begins_body(script, place, word, made)
            if found is not None:
                return found
        place += 1
    return len(tokens)


def _begins_body(script: Script, place: int, word: str, made: str) -> int | None:
    """The place of the body if this word is, or is followed by, its beginning."""
    tokens = script.tokens
    before, following = word_at(tokens, place - 1), word_at(tokens, place + 1)
    if word in ("AS", "IS"):
        is_other = before in ("EXECUTE", "EXEC", "TABLE", "ROW") and made in ("TRIGGER", "PROCEDURE", "PROC")
        is_name_of_rows = before in ("OLD", "NEW") or word_at(tokens, place - 2) in ("OLD", "NEW")
        if (is_other and following != "BEGIN") or is_name_of_rows or following in ("OWNER", "CALLER", "SELF"):
            return None
        return place + 1
    if word in ("BEGIN", "RETURN", "DECLARE"):
        return place
    if made == "TRIGGER":
        is_body = (
            before == "ROW"
            and following not in ("AS",)
            and word not in ("EXECUTE", "WHEN", "FOLLOWS", "PRECEDES")
        )
        return place if is_body and word not in ("REFERENCING",) else None
    if made == "EVENT" and word == "DO":
        return place + 1
    has_parameters = any(word_at(tokens, each) == ")" for each in range(max(place - 200, 0), place))
    return place if word in BODY_STARTS and has_parameters else None


def _language(script: Script, start: int) -> str:
    """The language of the body, wherever it stands; empty where it is not said."""
    for place in range(start, len(script.tokens)):
        word = word_at(script.tokens, place)
        if script.tokens[place].token_type == TokenType.SEMICOLON:
            break
        if word == "LANGUAGE" and place + 1 < len(script.tokens):
            return script.tokens[place + 1].text.upper()
        if word == "BEGIN":
            break
    return ""


def _parameters(script: Script, start: int) -> set[str]:
    """The names of the parameters, modes aside."""
    tokens = script.tokens
    if word_at(tokens, start) != "(":
        return set()
    end = after_parens(tokens, start)
    names: set[str] = set()
    depth = 0
    is_first = True
    for place in range(start, end):
        kind = tokens[place].token_type
        depth += (kind in OPENING) - (kind in CLOSING)
        if kind in OPENING or (kind == TokenType.COMMA and depth == 1):
            is_first = depth == 1
        elif is_first and word_at(tokens, place) not in MODES and kind not in CLOSING:
            names.add(tokens[place].text)
            is_first = False
    return names
