"""Where new text goes into a YAML text, so that nothing else of it moves. Pure.

Each function gives the splices of one edit; None where the layout leaves no room for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from .yaml_nodes import Indents, Remarked, YamlNode, rendered


class Splice(NamedTuple):
    """Characters from `start` to `end` become `text`."""

    start: int
    end: int
    text: str


Splices = tuple[Splice, ...]


def spliced(text: str, splices: Iterable[Splice]) -> str | None:
    """The text with all splices made; None where two of them are about the same characters."""
    parts: list[str] = []
    done = 0
    for splice in sorted(splices, key=lambda splice: (splice.start, splice.end)):
        if splice.start < done:
            return None
        parts += [text[done : splice.start], splice.text]
        done = splice.end
    return "".join([*parts, text[done:]])


def keys_set(
    text: str, node: YamlNode, values: Mapping[str, object], order: Sequence[str], indents: Indents
) -> Splices | None:
    """Values of keys: in the place of old ones, new keys behind the nearest that comes before them."""
    splices = []
    for key, value in values.items():
        pair = node.pair(key)
        if pair:
            entry = _entry(text, node, {key: value}, indents)
            splices.append(Splice(pair[1].start, pair[1].end, _value_of(entry, pair, text)))
        elif (
            place := _room_for(text, node, key, order, _entry(text, node, {key: value}, indents))
        ) is not None:
            splices.append(place)
        else:
            return None
    return tuple(splices)


def name_changed(node: YamlNode, key: str, new: str, indents: Indents) -> Splices | None:
    """Another name of a key; none where the mapping has that already."""
    pair = node.pair(key)
    if pair is None or node.pair(new):
        return None
    return (Splice(pair[0].start, pair[0].end, rendered({new: 0}, indents).rpartition(":")[0]),)


def list_changed(
    text: str, node: YamlNode, key: str, removed: Set[int], inserted: Mapping[int, tuple[object, ...]]
) -> Splices | None:
    """Items of the list under a key taken out, and others put in behind the items of those indices."""
    pair = node.pair(key)
    if pair is None or not pair[1].is_list:
        return None
    values = pair[1]
    if removed >= set(range(len(values.items))) and not inserted:
        return _entry_removed(text, node, pair)
    if values.is_flow:
        return _flow_changed(values, removed, inserted)
    splices = []
    for index, item in enumerate(values.items):
        begin, end = _line_start(text, item.start), _line_end(text, item.end)
        coming = inserted.get(index, ())
        if index == 0 and 0 in removed:
            coming = (*inserted.get(-1, ()), *coming)
        new = "".join(_item(text, values, each) for each in coming)
        if index in removed:
            splices.append(_gone(text, begin, end, new))
        elif new:
            splices.append(Splice(end, end, new))
    if (first := inserted.get(-1)) and 0 not in removed:
        begin = _line_start(text, values.items[0].start)
        new = "".join(_item(text, values, each) for each in first)
        splices.append(Splice(begin, begin, new.removeprefix(newline_of(text)) + newline_of(text)))
    return tuple(splices)


def keys_ordered(text: str, node: YamlNode, order: Sequence[str]) -> Splices | None:
    """The entries of a mapping in another order, each with the comments above it; none if they are in order.

    None too where one with comments above it would become the first, where they have no place.
    """
    ranks = {key: rank for rank, key in enumerate(order)}
    wanted = sorted(range(len(node.pairs)), key=lambda at: ranks.get(node.pairs[at][0].text, len(ranks)))
    if wanted == sorted(wanted):
        return ()
    ends = [_line_end(text, value.end) for _, value in node.pairs]
    begins = [node.first.start, *(_next_line(text, end) for end in ends[:-1])]
    if node.is_flow or not _on_lines_of_their_own(text, node):
        return _flow_ordered(text, node, wanted)
    chunks = [text[begin:end] for begin, end in zip(begins, ends, strict=True)]
    indent = _indent(node)
    if wanted[0] != 0:
        if not chunks[wanted[0]].startswith(indent + node.pairs[wanted[0]][0].text):
            return None
        chunks[0] = indent + chunks[0]
        chunks[wanted[0]] = chunks[wanted[0]].removeprefix(indent)
    return (Splice(node.first.start, ends[-1], newline_of(text).join(chunks[at] for at in wanted)),)


def newline_of(text: str) -> str:
    """The line end of a text: that of its first line."""
    end = text.find("\n")
    return "\r\n" if end > 0 and text[end - 1] == "\r" else "\n"


def _entry(text: str, node: YamlNode, values: Mapping[str, object], indents: Indents) -> str:
    """An entry of a mapping as it is written there, without its own indentation."""
    if node.is_flow:
        return rendered(values, indents, is_flow=True)[1:-1]
    return _shifted(rendered(values, indents), node.first.place[1] - 1, text)


def _value_of(entry: str, pair: tuple[YamlNode, YamlNode], text: str) -> str:
    """The part of an entry that stands behind its key, without the blank that is there already."""
    value = entry.partition(":")[2]
    has_blank = text[pair[1].start - 1 : pair[1].start] == " "
    return value.removeprefix(" ") if has_blank else value


def _room_for(text: str, node: YamlNode, key: str, order: Sequence[str], entry: str) -> Splice | None:
    """A new entry behind the last one that comes before it in the order; at the end without an order."""
    ranks = {each: rank for rank, each in enumerate(order)}
    rank = ranks.get(key, len(ranks))
    before = [value for name, value in node.pairs if ranks.get(name.text, len(ranks)) <= rank]
    if node.is_flow:
        if not node.pairs:
            return Splice(node.start, node.end, f"{{{entry}}}")
        last = before[-1] if before else None
        return Splice(last.end, last.end, f", {entry}") if last else _at(node.pairs[0][0].start, f"{entry}, ")
    indent = _indent(node)
    if before:
        return _at(_line_end(text, before[-1].end), f"{newline_of(text)}{indent}{entry}")
    return _at(node.first.start, f"{entry}{newline_of(text)}{indent}")


def _item(text: str, values: YamlNode, item: object) -> str:
    """A new item of a list, with the line end before it, as the items that are there are laid out."""
    first = values.items[0]
    begin = _line_start(text, first.start)
    dash, column = text.rfind("-", begin, first.start) - begin, first.start - begin
    indents = Indents(2, max(column - dash, 2) + 2, 2)
    is_flow = first.is_flow and first.is_mapping
    body = _shifted(rendered(item, indents, is_flow=is_flow), column, text)
    remark = item.remark if isinstance(item, Remarked) and not is_flow else ""
    above = "".join(f"{newline_of(text)}{' ' * dash}# {line}" for line in remark.splitlines())
    return f"{above}{newline_of(text)}{' ' * dash}-{' ' * (column - dash - 1)}{body}"


def _flow_changed(
    values: YamlNode, removed: Set[int], inserted: Mapping[int, tuple[object, ...]]
) -> Splices | None:
    """The same for a list between brackets."""
    kept = [item for index, item in enumerate(values.items) if index not in removed]
    if removed and (inserted or not kept):
        return None
    splices = []
    for index in sorted(removed):
        items = values.items
        has_next = index + 1 < len(items)
        begin = items[index].start if has_next else items[index - 1].end
        end = items[index + 1].start if has_next else items[index].end
        splices.append(Splice(begin, end, ""))
    for index, new in inserted.items():
        body = ", ".join(rendered([each], Indents(), is_flow=True)[1:-1] for each in new)
        if not values.items:
            splices.append(Splice(values.start, values.end, f"[{body}]"))
        elif index < 0:
            splices.append(_at(values.items[0].start, f"{body}, "))
        else:
            splices.append(_at(values.items[index].end, f", {body}"))
    return tuple(splices)


def _entry_removed(text: str, node: YamlNode, pair: tuple[YamlNode, YamlNode]) -> Splices | None:
    """A whole entry taken out; the first of a mapping, which a dash may stand before, stays."""
    if node.is_flow or pair == node.pairs[0]:
        return None
    return (_gone(text, _line_start(text, pair[0].start), _line_end(text, pair[1].end), ""),)


def _gone(text: str, begin: int, end: int, new: str) -> Splice:
    """Whole lines taken out with their line end, and new ones, with a line end before each, put there."""
    after = _next_line(text, end)
    if after > end:
        return Splice(begin, after, new.removeprefix(newline_of(text)) + text[end:after] if new else "")
    line_end = 2 if text[:begin].endswith("\r\n") else 1
    return Splice(begin - line_end, end, new)


def _flow_ordered(text: str, node: YamlNode, wanted: Sequence[int]) -> Splices:
    """Entries between braces trade places; what stands between them stays."""
    entries = [(key.start, value.end) for key, value in node.pairs]
    texts = [text[begin:end] for begin, end in entries]
    return tuple(Splice(*entries[at], texts[new]) for at, new in enumerate(wanted) if at != new)


def _on_lines_of_their_own(text: str, node: YamlNode) -> bool:
    """Whether each entry but the first begins its line, and none stands behind a `? `."""
    return all(text[_line_start(text, key.start) : key.start].strip() == "" for key, _ in node.pairs[1:])


def _indent(node: YamlNode) -> str:
    """What stands before each key of a block mapping."""
    return " " * (node.first.place[1] - 1)


def _shifted(text: str, columns: int, around: str) -> str:
    """Lines indented, but for the first, with the line ends of the text they go into."""
    first, *rest = text.split("\n")
    lines = [first, *(" " * columns + line if line else line for line in rest)]
    return newline_of(around).join(lines)


def _at(place: int, text: str) -> Splice:
    return Splice(place, place, text)


def _line_start(text: str, index: int) -> int:
    return text.rfind("\n", 0, index) + 1


def _line_end(text: str, index: int) -> int:
    """Where the line of an index ends, before its line end."""
    end = text.find("\n", index)
    if end < 0:
        return len(text)
    return end - 1 if end > index and text[end - 1] == "\r" else end


def _next_line(text: str, end: int) -> int:
    """The beginning of the next line; the end of the text on the last one."""
    return end + len("\r\n") if text.startswith("\r\n", end) else min(end + 1, len(text))
