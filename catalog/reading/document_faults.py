"""What can be wrong with a file as a whole, in our own words."""

from __future__ import annotations

import re

from ..model import Location, Misfit

CONTROL_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""What YAML allows nowhere in a file."""

LEADING_TAB = re.compile(r"[ ]*\t")

# How libyaml begins its sentence → our message and hint. `{}` is the text at the place.
_SYNTAX: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "a `:` stands where no value can begin",
        "Quote text that contains `: `, or mend the indentation",
    ),
    (
        "did not find expected key",
        "this line does not fit the mapping it stands in",
        "Indent it like the keys above it",
    ),
    (
        "did not find expected '-' indicator",
        "this line does not fit the list it stands in",
        "Begin it with `- `, or indent it like the item above it",
    ),
    (
        "did not find expected ',' or ']'",
        "the list opened here with `[` is not closed",
        "Put a `]` at its end, and a `,` between its items",
    ),
    (
        "did not find expected ',' or '}'",
        "the mapping opened here with `{` is not closed",
        "Put a `}` at its end, and a `,` between its keys",
    ),
    (
        "did not find expected node content",
        "a value is missing here",
        "Close the bracket opened before it, or take out a `,`",
    ),
    ("found unexpected end of stream", "the quote opened here is not closed", "Close it"),
    ("found unexpected document indicator", "the quote opened here is not closed", "Close it"),
    ("could not find expected ':'", "a key has no `:` behind it", "Write `key: value`"),
    (
        "found character that cannot start any token",
        "`{}` cannot begin a value",
        "Put quotes round the value",
    ),
    (
        "did not find expected alphabetic or numeric character",
        "`{}` cannot begin a value without quotes",
        "Put quotes round the value",
    ),
    (
        "found unknown escape character",
        "a `\\` in double quotes is followed by a character that it cannot escape",
        "Use single quotes, or write `\\\\`",
    ),
    (
        "block sequence entries are not allowed",
        "a list item cannot begin here",
        "Begin the list on a line of its own",
    ),
    ("found undefined tag handle", "an unknown tag stands here", "Remove it, or put quotes round the value"),
    ("found duplicate anchor", "this anchor is defined twice", "Give it another name"),
)
_PLACE_IS_THE_BEGINNING = ("',' or ']'", "',' or '}'", "unexpected end of stream", "document indicator")


class UnreadableError(Exception):
    """A file cannot be read as a whole. Caught at the door of each reader, where it becomes a misfit."""

    def __init__(
        self,
        message: str,
        place: tuple[int, int] = (0, 0),
        hint: str | None = None,
        location: Location | None = None,
    ) -> None:
        """`place` is in the file that was asked for, `location` in another one that it led to."""
        super().__init__(message)
        self.message = message
        self.place = place
        self.hint = hint
        self.location = location

    def misfit(self, file: str) -> Misfit:
        """The finding of the file."""
        return Misfit("FL001", file, self.message, Location(file, *self.place), self.hint)


def syntax_fault(
    problem: str, place: tuple[int, int], context: tuple[int, int], line: str
) -> UnreadableError:
    """The fault behind a parser's complaint about `line` at `place`, in something begun at `context`."""
    if tab := LEADING_TAB.match(line):
        return UnreadableError("a tab indents this line", (place[0], tab.end()), "Indent with spaces")
    if any(phrase in problem for phrase in _PLACE_IS_THE_BEGINNING):
        place = context
    for phrase, message, hint in _SYNTAX:
        if phrase in problem:
            character = line[place[1] - 1 : place[1]]
            return UnreadableError(message.replace("{}", character), place, hint)
    return UnreadableError(
        "the YAML is not well formed here", place, "Check indentation, quotes and brackets"
    )


def control_character_fault(text: str) -> UnreadableError:
    """The fault of a text that holds a character YAML does not allow."""
    found = CONTROL_CHARACTER.search(text)
    if found is None:
        return UnreadableError("the file holds a character that YAML does not allow", hint="Remove it")
    start = found.start()
    place = (text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))
    return UnreadableError(f"control character U+{ord(found[0]):04X} stands in the text", place, "Remove it")
