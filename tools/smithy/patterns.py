# Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
"""Which regular expressions parley compiles: says of a text what include/parley/pattern/pattern.hpp would, in the same order
of rules, so that the generator leaves out what would not compile."""

MAX_INSTRUCTIONS = 20000
MAX_CLASS_PARTS = 160
UNBOUNDED = None


class _Unsupported(Exception):
    pass


def unsupported(text):
    """Why parley does not take the pattern, or None if it does."""
    try:
        if any(0xd800 <= ord(c) < 0xe000 for c in text):
            raise _Unsupported("it has half a surrogate pair")
        _Compiler(text).compile()
    except _Unsupported as reason:
        return str(reason)
    return None


# WhiteSpace and LineTerminator of ECMA 262, digits and word characters.
_SHORTHANDS = {
    "d": [(0x30, 0x39)],
    "w": [(0x30, 0x39), (0x41, 0x5a), (0x5f, 0x5f), (0x61, 0x7a)],
    "s": [(9, 13), (0x20, 0x20), (0xa0, 0xa0), (0x1680, 0x1680), (0x2000, 0x200a), (0x2028, 0x2029), (0x202f, 0x202f),
          (0x205f, 0x205f), (0x3000, 0x3000), (0xfeff, 0xfeff)],
}

# Names that \p{...} can have: General_Category by letters and by name, and binary properties.
_CATEGORIES = {"L": "ultmo", "M": "nce", "N": "dlo", "P": "cdseifo", "S": "mcko", "Z": "slp", "C": "cfson"}
_PROPERTIES = {first + second for first, seconds in _CATEGORIES.items() for second in ["", *seconds]} | set("""
    LC Cased_Letter Close_Punctuation Connector_Punctuation Control Currency_Symbol Dash_Punctuation Decimal_Number Enclosing_Mark
    Final_Punctuation Format Initial_Punctuation Letter Letter_Number Line_Separator Lowercase_Letter Mark Combining_Mark
    Math_Symbol Modifier_Letter Modifier_Symbol Nonspacing_Mark Number Open_Punctuation Other Other_Letter Other_Number
    Other_Punctuation Other_Symbol Paragraph_Separator Private_Use Punctuation Separator Space_Separator Spacing_Mark Surrogate
    Symbol Titlecase_Letter Unassigned Uppercase_Letter
    ASCII ASCII_Hex_Digit Alphabetic Any Assigned Lowercase Uppercase White_Space""".split())


class _Compiler:
    def __init__(self, text):
        self.text = text
        self.instructions = 0

    def compile(self):
        self.alternatives(0, len(self.text))

    def emit(self, count=1):
        self.instructions += count
        if self.instructions > MAX_INSTRUCTIONS:
            raise _Unsupported("a group is repeated too often")

    def at(self, i):
        return self.text[i] if i < len(self.text) else ""

    def atom_end(self, i, end):
        c = self.text[i]
        if c == "\\":
            return self.escape_end(i, end)
        if c == "[":
            i += 1
            while i < end and self.text[i] != "]":
                i += 2 if self.text[i] == "\\" else 1
            if i >= end:
                raise _Unsupported("a class is not closed")
            return i + 1
        if c == "(":
            depth = 0
            while i < end:
                c = self.text[i]
                if c == "[":
                    i = self.atom_end(i, end)
                    continue
                if c == "\\":
                    i += 1
                elif c == "(":
                    depth += 1
                elif c == ")":
                    depth -= 1
                    if depth == 0:
                        return i + 1
                i += 1
            raise _Unsupported("a group is not closed")
        if c == ")":
            raise _Unsupported("a group is closed that was not opened")
        if c in "*+?":
            raise _Unsupported("there is nothing to repeat")
        return i + 1

    def escape_end(self, i, end):
        if i + 1 >= end:
            raise _Unsupported("an escape is not complete")
        c = self.text[i + 1]
        if c in "pP":
            if i + 2 < end and self.text[i + 2] == "{":
                close = self.text.find("}", i, end)
                if close < 0:
                    raise _Unsupported("an escape is not complete")
                return close + 1
            return i + 3
        if c == "x":
            return i + 4
        if c == "u" and i + 2 < end and self.text[i + 2] == "{":
            close = self.text.find("}", i, end)
            if close < 0:
                raise _Unsupported("an escape is not complete")
            return close + 1
        if c == "u":
            return i + (12 if self.is_surrogate_pair(i, end) else 6)
        return i + 2

    def is_surrogate_pair(self, i, end):
        if i + 12 > end or self.text[i + 6:i + 8] != "\\u" or self.text[i + 8] == "{":
            return False
        return 0xd800 <= self.hex(i + 2, i + 6) < 0xdc00 <= self.hex(i + 8, i + 12) < 0xe000

    def alternatives(self, begin, end):
        bar = begin
        while bar < end and self.text[bar] != "|":
            bar = bar + 1 if self.text[bar] in "^$*+?" else self.atom_end(bar, end)
        if bar >= end:
            return self.sequence(begin, end)
        self.emit()
        self.sequence(begin, bar)
        self.emit()
        self.alternatives(bar + 1, end)

    def sequence(self, i, end):
        while i < end:
            if self.text[i] in "^$":
                self.emit()
                i += 1
                continue
            if self.text[i] == "\\" and i + 1 < end and self.text[i + 1] in "bB":
                self.emit()
                i += 2
                continue
            if self.text[i] in "{]":
                raise _Unsupported(f"a {self.text[i]} that stands alone is written as \\{self.text[i]}")
            next = self.atom_end(i, end)
            low, high, after = self.quantifier(next, end)
            if self.text[i] == "(":
                self.repeat_group(i, next, low, high)
            elif high != 0:
                self.check_class(i, next)
                self.emit()
            i = after

    def quantifier(self, i, end):
        """How often at least, at most, and where the expression goes on."""
        c = self.at(i) if i < end else ""
        if c == "*":
            low, high, i = 0, UNBOUNDED, i + 1
        elif c == "+":
            low, high, i = 1, UNBOUNDED, i + 1
        elif c == "?":
            low, high, i = 0, 1, i + 1
        elif c == "{":
            low, i = self.number(i + 1, end)
            high = low
            if i < end and self.text[i] == ",":
                i += 1
                if i < end and self.text[i] == "}":
                    high = UNBOUNDED
                else:
                    high, i = self.number(i, end)
            if i >= end or self.text[i] != "}":
                raise _Unsupported("a count is not written as {n}, {n,} or {n,m}")
            if high is not UNBOUNDED and low > high:
                raise _Unsupported("the bounds of a count are in the wrong order")
            i += 1
        else:
            return 1, 1, i
        return low, high, i + 1 if i < end and self.text[i] == "?" else i

    def number(self, i, end):
        begin = i
        while i < end and self.text[i] in "0123456789":
            if i - begin > 8:
                raise _Unsupported("a count is too large")
            i += 1
        if i == begin:
            raise _Unsupported("a count is not written as {n}, {n,} or {n,m}")
        return int(self.text[begin:i]), i

    def group(self, begin, end):
        if self.text[begin + 1] == "?":
            if self.text[begin + 2] == ":":
                return self.alternatives(begin + 3, end - 1)
            if self.text[begin + 2] == "<" and self.text[begin + 3] not in "=!":
                close = self.text.find(">", begin, end)
                if close >= 0:
                    return self.alternatives(close + 1, end - 1)
            for begins in ("(?=", "(?!", "(?<=", "(?<!"):
                if self.text.startswith(begins, begin):
                    self.emit(2)
                    return self.alternatives(begin + len(begins), end - 1)
            raise _Unsupported("this kind of group is not supported")
        self.alternatives(begin + 1, end - 1)

    def repeat_group(self, begin, end, low, high):
        before = self.instructions
        self.group(begin, end)  # its mistakes count even if it occurs never
        each = self.instructions - before
        self.instructions = before
        copies = low + 1 if high is UNBOUNDED else high
        self.emit(copies * each + (2 if high is UNBOUNDED else high - low))

    def check_class(self, begin, end):
        c = self.text[begin]
        if c == "[":
            self.check_bracket(begin + 1, end - 1)
        elif c != "." and not (c == "\\" and self.shorthand(begin + 1, end)):
            self.character(begin, end)

    def check_bracket(self, i, end):
        parts = 0
        if i < end and self.text[i] == "^":
            i += 1
        while i < end:
            ranges = self.shorthand(i + 1, end) if self.text[i] == "\\" and i + 1 < end else None
            if ranges:
                parts += len(ranges)
                i = self.escape_end(i, end)
            else:
                first, i = self.character(i, end)
                last = first
                if i + 1 < end and self.text[i] == "-":
                    if self.text[i + 1] == "\\" and i + 2 < end and self.shorthand(i + 2, end):
                        raise _Unsupported("a range in a class ends with a class")
                    last, i = self.character(i + 1, end)
                if first > last:
                    raise _Unsupported("a range in a class goes backwards")
                parts += 1
            if parts > MAX_CLASS_PARTS:
                raise _Unsupported("a class has too many parts")

    def shorthand(self, i, end):
        """The ranges of \\d and its like, or None."""
        c = self.at(i)
        if c in ("p", "P"):
            name = self.text[i + 1:self.escape_end(i - 1, end)].strip("{}")
            if name not in _PROPERTIES:
                raise _Unsupported("this property of characters is not known or not supported")
            return [None]
        if c and c in "dws":
            return _SHORTHANDS[c]
        if c and c in "DWS":
            return _SHORTHANDS[c.lower()] + [None]  # what is between them, and before and after
        return None

    def hex(self, begin, end):
        digits = self.text[begin:end]
        if begin >= end or end > len(self.text):
            raise _Unsupported("an escape is not complete")
        if any(c not in "0123456789abcdefABCDEF" for c in digits):
            raise _Unsupported("an escape has digits that are none")
        value = int(digits, 16)
        if value > 0x10ffff:
            raise _Unsupported("an escape is above U+10FFFF")
        return value

    def character(self, i, end):
        """The character at `i`, escapes resolved, and where the next one is."""
        c = self.text[i]
        if c != "\\":
            return ord(c), i + 1
        begin, i = i, self.escape_end(i, end)
        if i > end:
            raise _Unsupported("an escape is not complete")
        c = self.text[begin + 1]
        if c in "tnrfv0":
            return ord("\t\n\r\f\v\0"["tnrfv0".index(c)]), i
        if c == "x":
            return self.hex(begin + 2, i), i
        if c == "u":
            if self.text[begin + 2] == "{":
                return self.hex(begin + 3, i - 1), i
            if self.is_surrogate_pair(begin, end):
                high, low = self.hex(begin + 2, begin + 6) - 0xd800, self.hex(begin + 8, begin + 12) - 0xdc00
                return 0x10000 + (high << 10) + low, i
            return self.hex(begin + 2, i), i
        if c in "123456789":
            raise _Unsupported("back references are not supported")
        if c.isascii() and c.isalpha():
            raise _Unsupported("an escape is not known")
        return ord(c), i
