"""M text → expressions. Functions, types and operators are kept only as far as they hold names of columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

BLANK = re.compile(r"(?:\s+|//[^\n]*|/\*.*?\*/)+", re.DOTALL)
TEXT = re.compile(r'"((?:[^"]|"")*)"')
NUMBER = re.compile(r"0[xX][0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
QUOTED = re.compile(r'#"((?:[^"]|"")*)"')
NAME = re.compile(r"@?#?[^\W\d]\w*(?:\.[^\W\d]\w*)*")
FIELD = re.compile(r'\[\s*(?:#"((?:[^"]|"")*)"|([^\[\]=,"#{}()]+?))\s*\]\??')
KEY = re.compile(r'\s*(?:#"((?:[^"]|"")*)"|([^\[\]=,"#{}()]+?))\s*=(?!>)')
OPERATOR = re.compile(r"<>|<=|>=|\?\?|\.\.|[+\-*/&=<>]|\b(?:and|or|is|as|meta)\b")
ESCAPE = re.compile(r"#\(([^)]*)\)")

RESERVED = frozenset({"in", "then", "else", "otherwise", "and", "or", "as", "is", "meta", "shared"})
"""Words that are no names, and that no expression begins with."""

CONSTANTS = frozenset({"null", "true", "false"})
CHARACTERS = {"lf": "\n", "cr": "\r", "tab": "\t", "#": "#"}
DEEPEST = 100
"""Expressions inside each other."""


class NotReadableError(Exception):
    """The text is no M that is understood; the text says where."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A piece of M. `kind` tells what `name` and `parts` are.

    text: the words in `name`. name: an identifier. call: a function in `name`, arguments in `parts`. record:
    names joined in `keys`. list. item: the first part, at the key of the second. field: `name` of the first
    part, or of the row where there is none. let: `keys`, and behind their values the body. other: parts only.
    """

    kind: str
    name: str = ""
    parts: tuple[Expression, ...] = ()
    keys: tuple[str, ...] = ()

    def all(self) -> Iterator[Expression]:
        """It, and everything in it."""
        waiting = [self]
        while waiting:
            each = waiting.pop()
            yield each
            waiting.extend(reversed(each.parts))

    def value(self, key: str) -> Expression | None:
        """The value of a record under a key."""
        return next((part for name, part in zip(self.keys, self.parts, strict=False) if name == key), None)


def parse(text: str) -> Expression:
    """The expression that a text is.

    Raises:
        NotReadableError: it is none that is understood.
    """
    found, end = parse_from(text, 0)
    if end < len(text):
        raise _Reading(text, end).fault()
    return found


def parse_from(text: str, at: int) -> tuple[Expression, int]:
    """The expression that begins at a place of a text, and where it ends.

    Raises:
        NotReadableError: none that is understood begins there.
    """
    reading = _Reading(text, at)
    found = reading.expression(0)
    reading.blank()
    return found, reading.at


def _name(found: re.Match[str]) -> str:
    return found[1].replace('""', '"') if found[1] is not None else found[2].strip()


class _Reading:
    """A text and how far it is read. Recursive descent needs a place that moves."""

    def __init__(self, text: str, at: int = 0) -> None:
        self.text = text
        self.at = at

    def fault(self) -> NotReadableError:
        line = self.text.count("\n", 0, self.at) + 1
        return NotReadableError(f"the Power Query is not understood at its line {line}")

    def blank(self) -> None:
        found = BLANK.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def takes(self, word: str) -> bool:
        """Whether a word or mark comes next; then it is taken."""
        self.blank()
        if not self.text.startswith(word, self.at):
            return False
        end = self.at + len(word)
        if word[-1].isalnum() and end < len(self.text) and re.match(r"[\w.]", self.text[end]):
            return False
        self.at = end
        return True

    def require(self, word: str) -> None:
        if not self.takes(word):
            raise self.fault()

    def expression(self, depth: int) -> Expression:
        if depth > DEEPEST:
            raise self.fault()
        if self.takes("let"):
            return self._let(depth)
        if self.takes("each"):
            return Expression("other", parts=(self.expression(depth + 1),))
        if self.takes("if"):
            condition = self.expression(depth + 1)
            self.require("then")
            first = self.expression(depth + 1)
            self.require("else")
            return Expression("if", parts=(first, self.expression(depth + 1), condition))
        if self.takes("try"):
            tried = self.expression(depth + 1)
            other = (self.expression(depth + 1),) if self.takes("otherwise") else ()
            return Expression("if", parts=(tried, *other))
        if self._is_function():
            return Expression("function", parts=(self.expression(depth + 1),))
        return self._operation(depth)

    def _let(self, depth: int) -> Expression:
        keys: list[str] = []
        values: list[Expression] = []
        while True:
            self.blank()
            found = QUOTED.match(self.text, self.at) or re.compile(r"()([^\W\d][\w.]*)").match(
                self.text, self.at
            )
            if found is None:
                raise self.fault()
            keys.append(found[1].replace('""', '"') if self.text[self.at] == "#" else found[2])
            self.at = found.end()
            self.require("=")
            values.append(self.expression(depth + 1))
            if not self.takes(","):
                break
        self.require("in")
        return Expression("let", parts=(*values, self.expression(depth + 1)), keys=tuple(keys))

    def _is_function(self) -> bool:
        """Whether the head of a function comes next, `(a, b as text) =>`; then it is taken."""
        self.blank()
        found = re.compile(r"\([^()]*\)\s*(?:as\s+[\w ]+?\s*)?=>").match(self.text, self.at)
        self.at = found.end() if found else self.at
        return found is not None

    def _operation(self, depth: int) -> Expression:
        parts = [self._unary(depth)]
        operators: list[str] = []
        while True:
            self.blank()
            found = OPERATOR.match(self.text, self.at)
            if found is None or found[0] == ".." or self.text.startswith("=>", self.at):
                break
            self.at = found.end()
            operators.append(found[0])
            if found[0] in ("as", "is"):
                self._type(depth)
            else:
                right = self.expression(depth + 1) if self._begins_word() else self._unary(depth)
                parts.append(right)
        if not operators or set(operators) <= {"as", "meta"}:
            return parts[0]
        kind = "join" if set(operators) == {"&"} else "other"
        return Expression(kind, parts=tuple(parts))

    def _begins_word(self) -> bool:
        self.blank()
        return re.compile(r"(?:let|each|if|try)\b").match(self.text, self.at) is not None

    def _unary(self, depth: int) -> Expression:
        while any(self.takes(each) for each in ("not", "+", "-")):
            pass
        if self.takes("error"):
            return Expression("other", parts=(self.expression(depth + 1),))
        if self.takes("type"):
            self._type(depth)
            return Expression("other")
        return self._behind(self._primary(depth), depth)

    def _type(self, depth: int) -> None:
        """Skips a type, which says nothing about where rows come from."""
        self.takes("nullable")
        self.takes("table")
        self.blank()
        if depth > DEEPEST:
            raise self.fault()
        if self.text[self.at : self.at + 1] in ("[", "{"):
            self._skip_brackets()
            return
        found = NAME.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _skip_brackets(self) -> None:
        depth = 0
        for found in re.compile(r'"(?:[^"]|"")*"|[\[\]{}]').finditer(self.text, self.at):
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
            if depth == 0:
                self.at = found.end()
                return
        raise self.fault()

    def _primary(self, depth: int) -> Expression:
        self.blank()
        here, at = self.text[self.at : self.at + 1], self.at
        if found := TEXT.match(self.text, at):
            self.at = found.end()
            return Expression("text", _unescaped(found[1]))
        if found := QUOTED.match(self.text, at):
            self.at = found.end()
            return Expression("name", found[1].replace('""', '"'))
        if found := NUMBER.match(self.text, at):
            self.at = found.end()
            return Expression("number", found[0])
        if here == "(":
            self.at += 1
            inner = self.expression(depth + 1)
            self.require(")")
            return inner
        if here == "{":
            return Expression("list", parts=self._list("{", "}", depth))
        if here == "[":
            return self._bracket(depth)
        if (found := NAME.match(self.text, at)) and found[0] not in RESERVED:
            self.at = found.end()
            return Expression("other" if found[0] in CONSTANTS else "name", found[0].lstrip("@"))
        if self.takes("..."):
            return Expression("other")
        raise self.fault()

    def _behind(self, found: Expression, depth: int) -> Expression:
        """What is called or taken of an expression, as long as anything is."""
        while True:
            self.blank()
            here = self.text[self.at : self.at + 1]
            if here == "(":
                arguments = self._list("(", ")", depth)
                name = found.name if found.kind == "name" else ""
                found = Expression("call", name, arguments if name else (found, *arguments))
            elif here == "{":
                (*_, key) = (Expression("other"), *self._list("{", "}", depth))
                self.takes("?")
                found = Expression("item", parts=(found, key))
            elif here == "[" and (field := FIELD.match(self.text, self.at)):
                self.at = field.end()
                found = Expression("field", _name(field), (found,))
            elif here == "[":
                found = Expression("other", parts=(found, self._bracket(depth)))
            else:
                return found

    def _bracket(self, depth: int) -> Expression:
        """A field of the row, or a record; `[[a], [b]]` are several fields."""
        if field := FIELD.match(self.text, self.at):
            self.at = field.end()
            return Expression("field", _name(field))
        self.at += 1
        keys: list[str] = []
        values: list[Expression] = []
        while not self.takes("]"):
            key = KEY.match(self.text, self.at)
            if key is not None:
                self.at = key.end()
                keys.append(_name(key))
            values.append(self.expression(depth + 1))
            if not self.takes(","):
                self.require("]")
                break
        return Expression("record" if keys else "other", parts=tuple(values), keys=tuple(keys))

    def _list(self, opening: str, closing: str, depth: int) -> tuple[Expression, ...]:
        self.require(opening)
        found: list[Expression] = []
        while not self.takes(closing):
            found.append(self.expression(depth + 1))
            if self.takes(".."):
                found.append(self.expression(depth + 1))
            if not self.takes(","):
                self.require(closing)
                break
        return tuple(found)


def _unescaped(text: str) -> str:
    """The words of a text literal: doubled quotes, and `#(lf)` and its like."""

    def character(found: re.Match[str]) -> str:
        codes = [each.strip() for each in found[1].split(",")]
        if all(code in CHARACTERS or re.fullmatch(r"[0-9a-fA-F]{4,6}", code) for code in codes):
            return "".join(CHARACTERS.get(code) or _coded(code) for code in codes)
        return found[0]

    return ESCAPE.sub(character, text.replace('""', '"'))


def _coded(code: str) -> str:
    number = int(code, 16)
    return chr(number) if number < 0x110000 else ""
