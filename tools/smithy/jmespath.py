# Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
"""Checks JMESPath expressions against shapes. Supported is what include/parley/describe/jmespath.hpp supports.

    translate(service, shape, "services[].status")      # the expression with C++ names; raises ModelError if it is invalid
"""
import re

from .model import ModelError
from .names import on_the_wire

_TOKEN = re.compile(r"""\s*(?:(?P<name>[A-Za-z_][A-Za-z0-9_]*|"[^"\\]*")|(?P<text>'[^'\\]*')|(?P<literal>`[^`]*`)"""
                    r"""|(?P<sign>\[\?|\[\]|\[\*\]|&&|\|\||[!=<>]=|[<>!().@\]])|(?P<end>$))""", re.ASCII)
_LITERAL = re.compile(r'`(true|false|null|[0-9]+|"[^"\\]*")`')
FUNCTIONS = ("length", "keys")


def translate(service, shape, path):
    return _Reader(service, shape, path).read()


class _Reader:
    def __init__(self, service, shape, text):
        self.service, self.model = service, service.model
        self.root, self.text, self.at = shape, text, 0
        self.changes = []  # begin, end and C++ name
        self.next()

    def next(self):
        match = _TOKEN.match(self.text, self.at)
        if not match:
            raise ModelError(f"{self.text}: invalid or unsupported syntax at {self.text[self.at:]!r}")
        self.kind, self.token = match.lastgroup, match[match.lastgroup]
        self.begin, self.at = match.start(match.lastgroup), match.end()

    def take(self, *signs):
        if self.kind != "sign" or self.token not in signs:
            return None
        taken = self.token
        self.next()
        return taken

    def expect(self, sign):
        if not self.take(sign):
            raise ModelError(f"{self.text}: missing {sign}")

    def read(self):
        self.either(self.root)
        if self.kind != "end":
            raise ModelError(f"{self.text}: invalid or unsupported syntax at {self.text[self.begin:]!r}")
        result, last = "", 0
        for begin, end, name in self.changes:
            result, last = result + self.text[last:begin] + name, end
        return result + self.text[last:]

    # Each of these returns the shape of the parsed expression, or None if it has no shape of the model.

    def either(self, at):
        return self.chain(at, self.both, "||")

    def both(self, at):
        return self.chain(at, self.comparison, "&&")

    def comparison(self, at):
        left = self.negation(at)
        if self.take("==", "!=", "<=", ">=", "<", ">"):
            self.negation(at)
            return None
        return left

    def chain(self, at, operand, sign):
        left = operand(at)
        while self.take(sign):
            operand(at)
            left = None
        return left

    def negation(self, at):
        if self.take("!"):
            self.negation(at)
            return None
        return self.suffixes(self.primary(at))

    def primary(self, at):
        if self.take("("):
            inside = self.either(at)
            self.expect(")")
            return inside
        if self.take("@"):
            return at
        if self.kind in ("text", "literal"):
            if self.kind == "literal" and not _LITERAL.fullmatch(self.token):
                raise ModelError(f"{self.text}: unsupported literal {self.token}")
            self.next()
            return None
        name, begin, end = self.name()
        if not self.take("("):
            return self.field(at, name, begin, end)
        if name not in FUNCTIONS:
            raise ModelError(f"{self.text}: unsupported function {name}; supported are {' and '.join(FUNCTIONS)}")
        argument = self.either(at)
        self.expect(")")
        if name == "keys" and (argument is None or argument.type != "map"):
            raise ModelError(f"{self.text}: the argument of keys is not a map")
        return None

    def name(self):
        if self.kind != "name":
            raise ModelError(f"{self.text}: missing name")
        token = self.token.strip('"'), self.begin, self.at
        self.next()
        return token

    def field(self, of, name, begin, end):
        if of is None or of.type not in ("structure", "union"):
            raise ModelError(f"{self.text}: {name} is a member of something that has no members")
        if name not in of.members:
            raise ModelError(f"{self.text}: {of.id} has no member {name}")
        member = of.members[name]
        cpp = self.service.member_names(of)[name] if of.type == "structure" else self.service.wire_name(member)
        if name not in (cpp, on_the_wire(cpp)):
            self.changes.append((begin, end, cpp))
        return self.model.target(member)

    def suffixes(self, left):
        while True:
            if self.take("."):
                left = self.field(left, *self.name())
            elif sign := self.take("[]", "[*]", "[?"):
                self.project(left, sign)
                return None
            else:
                return left

    def project(self, of, sign):
        if of is None or of.type != "list":
            raise ModelError(f"{self.text}: projects something that is not a list")
        item = self.model.target(of.members["member"])
        if sign == "[?":
            self.either(item)
            self.expect("]")
        if sign == "[]" and item.type == "list":
            item = self.model.target(item.members["member"])
        self.suffixes(item)
