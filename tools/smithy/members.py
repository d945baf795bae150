# Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
"""The C++ of a member: its type, default and traits."""
import base64
import datetime
import email.utils
import json

from .layout import Call, Literal, bytes_literal
from .model import BIG, FLOATING, INTEGER_BITS, NUMBERS, PRELUDE, UNIT, epoch_milliseconds, literal_default
from .names import on_the_wire
from .service import PRESENCE_DEFAULTED, PRESENCE_OPTIONAL, TIMESTAMP

_PLAIN = {"boolean": "bool", "byte": "std::int8_t", "short": "std::int16_t", "integer": "std::int32_t", "long": "std::int64_t",
          "float": "float", "double": "double", "string": "std::string", "blob": "parley::blob", "document": "parley::document",
          **{name: "parley::document" for name in BIG}}
EACH_LIMIT = 3  # include/parley/describe/traits.hpp
_FORMATS = {"date-time": "date_time", "http-date": "http_date", "epoch-seconds": "epoch_seconds"}


class Namer:
    """Names types of the namespace from within a struct whose members may hide them."""

    def __init__(self, service, namespace, hidden=()):
        self.service, self.namespace, self.hidden = service, namespace, set(hidden)
        outer = namespace.partition("::")[0]
        named = self.hidden | set(service.names.values())
        self.prefix = ("::" if outer in named else "") + namespace + "::"

    def name(self, name):
        return self.prefix + name if name in self.hidden else name

    def type_of(self, shape):
        if shape.id == UNIT:
            return "parley::unit"
        if shape.type == "timestamp":
            return self.name(TIMESTAMP)
        if shape.type in _PLAIN:
            return _PLAIN[shape.type]
        if shape.type == "enum":
            return f"parley::open_enum<{self.name(self.service.names[shape.id])}>"
        if shape.type == "list":
            return f"std::vector<{self.item_type(shape, 'member')}>"
        if shape.type == "map":
            return f"std::map<{self.type_of(self.service.model.target(shape.members['key']))}, {self.item_type(shape, 'value')}>"
        return self.name(self.service.names[shape.id])

    def item_type(self, shape, member):
        type = self.type_of(self.service.model.target(shape.members[member]))
        return f"std::optional<{type}>" if shape.has("sparse") else type


def declaration(namer, shape, member, boxed, enumerators):
    """Returns the declaration of a structure member without semicolon. `enumerators` returns the enumerators of an enum by value."""
    service = namer.service
    target = service.model.target(member)
    type = namer.type_of(target)
    name = service.member_names(shape)[member.name]
    presence = service.presence(shape, member)
    if presence == PRESENCE_OPTIONAL:
        return f"std::optional<parley::box<{type}>> {name}{{}}" if boxed else f"std::optional<{type}> {name}{{}}"
    if presence == PRESENCE_DEFAULTED:
        return f"{type} {name}{{{default(namer, target, member.trait('default'), enumerators)}}}"
    if service.is_input_only(shape):
        return f"parley::required<{type}> {name}"
    return f"{type} {name}{{}}"


def default(namer, target, value, enumerators):
    """Returns the text between the braces of an initializer."""
    type = target.type
    if type == "boolean":
        return "true" if value else "false"
    if type in INTEGER_BITS:
        if type == "intEnum":
            name = namer.name(namer.service.names[target.id])
            known = enumerators(target).get(value)
            return f"{name}::{known}" if known else f"static_cast<{name}>({value})"
        return integer(value)
    if type in FLOATING:
        return floating(value, type)
    if type in BIG:
        return '"' + json.dumps(value) + '"'
    if type == "string":
        return text(value.encode())
    if type == "enum":
        name = namer.name(namer.service.names[target.id])
        known = enumerators(target).get(value)
        return f"{name}::{known}" if known else f"parley::open_enum<{name}>::unknown({text(value.encode())})"
    if type == "blob":
        data = base64.b64decode(value)
        return "{" + text(data) + "}" if b"\0" in data else text(data)
    if type == "timestamp":
        milliseconds = epoch_milliseconds(value)
        unit, count = ("milliseconds", milliseconds) if milliseconds % 1000 else ("seconds", milliseconds // 1000)
        return f"std::chrono::{unit}({integer(count)})" if count else ""
    if type == "document":
        return text(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
    return ""  # the default of a list or map is empty


def default_json(target, value, format):
    """Returns the default as JSON in a request."""
    if target.type == "timestamp":
        milliseconds = epoch_milliseconds(value)
        when = datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=milliseconds)
        if format == "date-time":
            value = when.isoformat(timespec="milliseconds" if milliseconds % 1000 else "seconds") + "Z"
        elif format == "http-date":
            value = email.utils.format_datetime(when.replace(tzinfo=datetime.timezone.utc), usegmt=True)
        else:
            value = milliseconds / 1000 if milliseconds % 1000 else milliseconds // 1000
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def integer(value):
    # C++ has no literal for the smallest integer: it would be the negation of a number that is too large.
    return str(value) if value != -2**63 else "std::numeric_limits<std::int64_t>::min()"


def floating(value, type="double"):
    special = {"NaN": "quiet_NaN()", "Infinity": "infinity()"}
    if isinstance(value, str):
        return ("-" if value.startswith("-") else "") + f"std::numeric_limits<{type}>::{special[value.lstrip('-')]}"
    result = repr(float(value))
    return result + "f" if type == "float" else result


def text(data):
    """Returns the initializer of a std::string. A text with null characters needs a length."""
    literal = '"' + bytes_literal(data) + '"' if not data.isascii() and not _is_utf8(data) else Literal(data.decode()).flat()
    if b"\0" in data:
        return f"{literal}, {len(data)}"
    return literal if data else ""


def _is_utf8(data):
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


class MemberTraits:
    """The arguments of parley::on for a member, and the constraints that are dropped, as texts such as "pattern dropped: REASON"."""

    def __init__(self, service, member, wire_name, name):
        self.service = service
        self.parts, self.dropped = [], []
        target = service.model.target(member)
        if wire_name != on_the_wire(name):
            self.parts.append(Call("parley::wire_name(", [Literal(wire_name)]))
        self.parts += self.constraints(member, target)
        if format := self.timestamp_format(member, target):
            self.parts.append(f"parley::written_as(parley::timestamp_format::{_FORMATS[format]})")
        if target.has("mediaType"):
            self.parts.append(Call("parley::media_type(", [Literal(target.trait("mediaType"))]))
        if self.is_sensitive(member, target):
            self.parts.append("parley::sensitive()")
        if member.has("idempotencyToken"):
            self.parts.append("parley::idempotency_token()")
        presence = service.presence(service.model.find(member.id.partition("$")[0]), member)
        if presence == PRESENCE_DEFAULTED:
            self.parts.append("parley::defaulted()")
        elif presence == PRESENCE_OPTIONAL and member.has("default") and literal_default(member.trait("default")):
            json_text = default_json(target, member.trait("default"), self.timestamp_format(member, target))
            self.parts.append(Call("parley::defaulted(", [Literal(json_text)]))

    # A trait of the member overrides that of its target. https://smithy.io/2.0/spec/constraint-traits.html
    def constraints(self, member, target, level=0):
        def trait(name):
            return member.trait(name) if member.has(name) else target.trait(name)

        parts, type = [], target.type
        if (length := trait("length")) and type in ("string", "enum", "blob", "list", "map"):
            parts.append(bounds("length", length.get("min"), length.get("max"), str))
        if (expression := trait("pattern")) and type in ("string", "enum"):
            if reason := self.service.unsupported_patterns.get(expression):
                self.dropped.append(f"pattern dropped: {reason}")
            else:
                parts.append(Call("parley::pattern(", [Literal(expression)]))
        if (range := trait("range")) and type in NUMBERS:
            if type in BIG:
                self.dropped.append(f"range dropped: not supported for {type}")
            else:
                parts.append(number_range(range.get("min"), range.get("max"), type))
        if type == "list" and target.has("uniqueItems"):
            parts.append("parley::unique_items()")
        for name, wrapper in (("key", "keys"), ("member", "each"), ("value", "each")):
            if type in ("list", "map") and name in target.members:
                inner = target.members[name]
                inner_parts = self.constraints(inner, self.service.model.target(inner), level + (wrapper == "each"))
                if inner_parts and wrapper == "each" and level == EACH_LIMIT:
                    self.dropped.append(f"constraints of items dropped: nested more than {EACH_LIMIT} levels deep")
                elif inner_parts:
                    parts.append(Call(f"parley::{wrapper}(", inner_parts))
        return parts

    def timestamp_format(self, member, target):
        if target.type in ("list", "map"):
            inner = target.members["member" if target.type == "list" else "value"]
            return self.timestamp_format(inner, self.service.model.target(inner))
        if target.type != "timestamp":
            return None
        return member.trait("timestampFormat") or target.trait("timestampFormat")

    def is_sensitive(self, member, target):
        if member.has("sensitive") or target.has("sensitive"):
            return True
        return target.type in ("list", "map") and any(self.is_sensitive(inner, self.service.model.target(inner))
                                                      for inner in target.members.values())


def bounds(name, low, high, write):
    if high is None:
        return f"parley::min_{name}({write(low)})"
    if low is None:
        return f"parley::max_{name}({write(high)})"
    return f"parley::{name}({write(low)}, {write(high)})"


def number_range(low, high, type):
    if type not in FLOATING and all(value is None or value == int(value) for value in (low, high)):
        low, high = (None if value is None else int(value) for value in (low, high))
        exact = 2**53  # the limit up to which a double represents every integer
        if all(value is None or -2**63 <= value < 2**63 for value in (low, high)):
            if None not in (low, high) or all(value is None or abs(value) <= exact for value in (low, high)):
                return range_of(low, high, integer)
            return range_of(-2**63 if low is None else low, 2**63 - 1 if high is None else high, integer)
    return range_of(low, high, floating)


def range_of(low, high, write):
    return bounds("value", low, high, write) if None in (low, high) else f"parley::range({write(low)}, {write(high)})"
