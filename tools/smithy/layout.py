# Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
"""Lays out C++ text within 128 columns. Items that do not fit on one line continue below their opening bracket."""
import re

WIDTH = 128


class Call:
    """Items between brackets, such as parley::length(1, 32). An item is a string, a Literal or a Call."""

    def __init__(self, head, items, close=")"):
        self.head, self.items, self.close = head, items, close

    def flat(self):
        return self.head + ", ".join(flat(item) for item in self.items) + self.close

    def layout(self, column, reserve):
        lines, inner = [self.head], column + len(self.head)
        at = inner  # the column of the next character
        for i, item in enumerate(self.items):
            last = i + 1 == len(self.items)
            needed = reserve + len(self.close) if last else 1
            if i > 0 and (at + 1 + len(flat(item)) + needed > WIDTH or _has_lines(item) or _has_lines(self.items[i - 1])):
                lines.append(" " * inner)
                at = inner
            elif i > 0:
                lines[-1] += " "
                at += 1
            first, *rest = layout(item, at, needed)
            lines[-1] += first
            lines += rest
            lines[-1] += "" if last else ","
            at = len(lines[-1]) + (column if len(lines) == 1 else 0)
        lines[-1] += self.close
        return lines


class Literal:
    """A string literal. With `lines`, each line of the text becomes a separate literal."""

    def __init__(self, text, lines=False):
        self.text, self.lines = text, lines

    def flat(self):
        return '"' + escape(self.text) + '"'

    def layout(self, column, reserve):
        lines = self.text.splitlines(keepends=True) if self.lines else [self.text]
        width = max(WIDTH - column - 2 - reserve, 24)
        pieces = [piece for line in lines or [""] for piece in _break(escape(line), width)]
        return ['"' + pieces[0] + '"', *(" " * column + '"' + piece + '"' for piece in pieces[1:])]


class Joined:
    """A string and an item on the same line, such as http = parley::http(...)."""

    def __init__(self, text, item):
        self.text, self.item = text, item

    def flat(self):
        return self.text + flat(self.item)

    def layout(self, column, reserve):
        first, *rest = layout(self.item, column + len(self.text), reserve)
        return [self.text + first, *rest]


def flat(item):
    return item if isinstance(item, str) else item.flat()


def layout(item, column=0, reserve=0):
    """Returns the lines of `item`, which begins in `column`. The first line is not indented; `reserve` columns stay free after the last."""
    one = flat(item)
    if isinstance(item, str) or not _has_lines(item) and column + len(one) + reserve <= WIDTH:
        return [one]
    return item.layout(column, reserve)


def _has_lines(item):
    if isinstance(item, Call):
        return any(_has_lines(part) for part in item.items)
    if isinstance(item, Joined):
        return _has_lines(item.item)
    return isinstance(item, Literal) and item.lines and "\n" in item.text


def statement(item, indent=0, end=";"):
    """Returns the indented lines of `item` and `end`. Items that do not fit below their opening bracket are indented by 4 columns instead."""
    lines = _indented(item, indent, end)
    if all(len(line) <= WIDTH for line in lines):
        return lines
    before, call = (item.text, item.item) if isinstance(item, Joined) else ("", item)
    if not isinstance(call, Call):
        return lines
    hanging = _indented(Call(" " * 4, call.items, call.close), indent, end)
    return [" " * indent + before + call.head, *hanging] if max(map(len, hanging)) < max(map(len, lines)) else lines


def _indented(item, indent, end):
    first, *rest = layout(item, indent, len(end))
    lines = [" " * indent + first, *rest]
    lines[-1] += end
    return lines


def comment(text, indent=0):
    """Returns the lines of a comment, wrapped at spaces."""
    lines, start = [], " " * indent + "//"
    current = start
    for word in text.split():
        if len(current) + 1 + len(word) > WIDTH and current != start:
            lines.append(current)
            current = start
        current += " " + word
    return [*lines, current]


_SIMPLE = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def escape(text):
    """Returns the text between the quotes of a literal. Invisible characters and trigraphs are escaped."""
    result = ""
    for c in text:
        if c in _SIMPLE:
            result += _SIMPLE[c]
        elif c == "?" and result.endswith("?"):
            result += "\\?"
        elif c.isprintable():
            result += c
        else:
            result += "".join(f"\\{byte:03o}" for byte in c.encode())
    return result


def bytes_literal(data):
    """Returns bytes as the text between the quotes of a literal."""
    return re.sub(r"[^ -~]|(?<=\?)\?", lambda m: _SIMPLE.get(m[0]) or ("\\?" if m[0] == "?" else f"\\{ord(m[0]):03o}"),
                  data.decode("latin-1").replace("\\", "\\\\").replace('"', '\\"'))


# An escape sequence or one character.
_UNIT = re.compile(r"\\[0-7]{3}|\\.|.", re.S)


def _break(escaped, width):
    """Splits the inside of a literal into pieces of at most `width` columns: before a query parameter or after the last character
    that is not a letter or digit, if one is in the second half of the piece."""
    units = _UNIT.findall(escaped)
    pieces, begin = [], 0
    while sum(map(len, units[begin:])) > width:
        end, length = begin, 0
        while length + len(units[end]) <= width:
            length += len(units[end])
            end += 1
        second_half = range(end - 1, (begin + end) // 2, -1)
        cut = next((i for i in second_half if units[i] == "&"), None)
        cut = cut or next((i + 1 for i in second_half if not units[i].isalnum()), end)
        pieces.append("".join(units[begin:cut]))
        begin = cut
    return [*pieces, "".join(units[begin:])]
