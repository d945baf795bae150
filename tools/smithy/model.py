# Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
"""Loads a Smithy model from its JSON AST, versions 1.0 and 2.0. https://smithy.io/2.0/spec/json-ast.html

    model = load("model.json")                      # or from_text(text); an invalid model raises ModelError
    shape = model.shapes["com.example#Weather"]     # Shape: id, name, type, members, traits, properties
    member = shape.members["city"]                  # Member: id, name, target, traits
    model.target(member)                            # the Shape that it targets, also in smithy.api
    shape.trait("httpError")                        # its value, or None; the default namespace is smithy.api

Abbreviations are expanded: mixins are flattened, `apply` statements are merged, a set becomes a list with uniqueItems, a string
with @enum becomes an enum, and a member with a zero value by the rules of Smithy 1.0 gets @default.
"""
import base64
import binascii
import calendar
import dataclasses
import datetime
import decimal
import email.utils
import json
import re

from . import traits as trait_forms
from .traits import a

PRELUDE = "smithy.api#"
UNIT = PRELUDE + "Unit"

INTEGER_BITS = {"byte": 8, "short": 16, "integer": 32, "long": 64, "intEnum": 32}
FLOATING = ("float", "double")
BIG = ("bigInteger", "bigDecimal")
NUMBERS = (*INTEGER_BITS, *FLOATING, *BIG)
SIMPLE = ("blob", "boolean", "document", "string", "timestamp", "enum", *NUMBERS)
AGGREGATES = ("list", "set", "map", "structure", "union")
LIFECYCLE = ("create", "put", "read", "update", "delete", "list")

# The properties of a shape that refer to other shapes, to one or to a list.
REFERENCES = {
    "operation": {"input": "structure", "output": "structure", "errors": "structure"},
    "resource": {**{name: "operation" for name in LIFECYCLE}, "operations": "operation", "collectionOperations": "operation",
                 "resources": "resource"},
    "service": {"operations": "operation", "resources": "resource", "errors": "structure"},
}
SINGLE = ("input", "output", *LIFECYCLE)
SHAPE_ID = re.compile(r"([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)#([A-Za-z_]\w*)(?:\$([A-Za-z_]\w*))?", re.ASCII)
NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)


class ModelError(Exception):
    """The problems of a model, one per line. Each begins with the id of its shape."""

    def __init__(self, *problems):
        super().__init__("\n".join(problems))


@dataclasses.dataclass
class Member:
    id: str
    name: str
    target: str
    traits: dict

    def trait(self, name):
        return self.traits.get(name if "#" in name else PRELUDE + name)

    def has(self, name):
        return (name if "#" in name else PRELUDE + name) in self.traits


@dataclasses.dataclass
class Shape:
    id: str
    type: str
    members: dict = dataclasses.field(default_factory=dict)
    traits: dict = dataclasses.field(default_factory=dict)
    properties: dict = dataclasses.field(default_factory=dict)  # the other properties in the AST

    trait = Member.trait
    has = Member.has

    @property
    def name(self):
        return self.id.partition("#")[2]


def _prelude():
    types = ["blob", "boolean", "document", "string", "timestamp", *NUMBERS]
    types.remove("intEnum")
    shapes = {PRELUDE + name[0].upper() + name[1:]: Shape(PRELUDE + name[0].upper() + name[1:], name) for name in types}
    for name in ("boolean", "byte", "short", "integer", "long", "float", "double"):
        id = PRELUDE + "Primitive" + name.capitalize()
        shapes[id] = Shape(id, name)
    shapes[UNIT] = Shape(UNIT, "structure")
    return shapes


@dataclasses.dataclass
class Model:
    version: str
    metadata: dict
    shapes: dict
    prelude: dict = dataclasses.field(default_factory=_prelude)

    def find(self, id):
        return self.shapes.get(id) or self.prelude.get(id)

    def target(self, member):
        return self.find(member.target)

    def of_type(self, type):
        """Returns the shapes of a type, without mixins, sorted by id."""
        return [shape for _, shape in sorted(self.shapes.items()) if shape.type == type and not shape.has("mixin")]


def load(path):
    try:
        with open(path, "rb") as file:
            text = file.read().decode("utf-8-sig")
    except OSError as error:
        raise ModelError(f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ModelError("invalid JSON: not UTF-8") from None
    return from_text(text)


def from_text(text):
    try:
        ast = json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
    except RecursionError:
        raise ModelError("nested too deeply") from None
    except ValueError as error:
        raise ModelError(f"invalid JSON: {error}") from None
    return _Loader().load(ast)


class _Repeated(dict):
    """An object with several entries of the same name: a shape and `apply` statements."""


def _object(pairs):
    values = dict(pairs)
    if len(values) == len(pairs):
        return values
    defined = set()
    for name, value in pairs:
        if not (isinstance(value, dict) and value.get("type") == "apply"):
            if name in defined:
                raise ValueError(f'duplicate key "{name}"')
            defined.add(name)
    repeated = _Repeated(values)
    repeated.pairs = pairs
    return repeated


def _constant(text):
    raise ValueError(f"{text} is not a number")


def literal_default(value):
    """Returns whether the value of @default sets a default. null does not."""
    return value is not None


def epoch_milliseconds(value):
    """Converts the default of a timestamp, epoch seconds or a string in one of the formats, to milliseconds since the epoch.
    Raises ValueError for any other value."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise ValueError
    if isinstance(value, str):
        if match := re.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)", value, re.ASCII):
            offset = match[3].replace("Z", "+00:00")
            when = datetime.datetime.fromisoformat(match[1] + offset)
            fraction = decimal.Decimal(match[2] or 0)
        elif re.match(r"[A-Z][a-z][a-z], ", value):
            when, fraction = email.utils.parsedate_to_datetime(value), 0
        else:
            raise ValueError
        seconds = calendar.timegm(when.utctimetuple()) + fraction
    else:
        seconds = decimal.Decimal(str(value))
    milliseconds = seconds * 1000
    if milliseconds != int(milliseconds) or not -2**63 <= milliseconds < 2**63:
        raise ValueError
    return int(milliseconds)


class _Loader:
    def __init__(self):
        self.problems = []
        self.applied = {}  # shape id -> member name or None -> traits
        self.raw = {}
        self.shapes = {}

    def problem(self, where, text):
        self.problems.append(f"{where}: {text}")

    def stop_on_problems(self):
        if self.problems:
            raise ModelError(*self.problems)

    def load(self, ast):
        if not isinstance(ast, dict) or "smithy" not in ast:
            raise ModelError('not a Smithy model: the member "smithy" is missing')
        version = ast["smithy"]
        if not isinstance(version, str) or not re.fullmatch(r"[12](\.0)?", version):
            raise ModelError(f"unsupported Smithy version {version!r}; supported are 1.0 and 2.0")
        shapes = ast.get("shapes", {})
        if not isinstance(shapes, dict):
            raise ModelError("shapes is not an object")
        for id, raw in shapes.pairs if isinstance(shapes, _Repeated) else shapes.items():
            self.read_raw(id, raw)
        self.stop_on_problems()
        for id in self.raw:
            self.flatten(id, ())
        self.apply_the_rest()
        self.stop_on_problems()
        metadata = ast.get("metadata", {})
        model = Model(version, metadata if isinstance(metadata, dict) else {}, self.shapes)
        _Normalizer(model, self.problem).run()
        self.stop_on_problems()
        _Checker(model, self.problem).run()
        self.stop_on_problems()
        return model

    # Reading shape by shape.

    def read_raw(self, id, raw):
        match = SHAPE_ID.fullmatch(id)
        if not match:
            return self.problem(id, "is not a shape id")
        if not isinstance(raw, dict):
            return self.problem(id, "is not an object")
        type = raw.get("type")
        if type == "apply":
            traits = self.read_traits(id, raw)
            return self.applied.setdefault(id.partition("$")[0], []).append((match[3], traits))
        if not isinstance(type, str) or type not in (*SIMPLE, *AGGREGATES, *REFERENCES):
            return self.problem(id, f"unknown type {type!r}" if "type" in raw else "has no type")
        if match[3]:
            return self.problem(id, "a member can have its own entry only to apply traits")
        self.raw[id] = raw

    def read_traits(self, where, raw):
        traits = raw.get("traits", {})
        if not isinstance(traits, dict):
            self.problem(where, "traits is not an object")
            return {}
        return traits

    def read_reference(self, where, raw, role):
        target = raw.get("target") if isinstance(raw, dict) else None
        if isinstance(target, str):
            return target
        self.problem(where, f"{role} has no target")
        return ""

    def read_members(self, id, raw):
        type = raw["type"]
        if type in ("list", "set", "map"):
            names = ("key", "value") if type == "map" else ("member",)
            members = {name: raw[name] for name in names if name in raw}
        else:
            members = raw.get("members", {})
        if not isinstance(members, dict):
            self.problem(id, "members is not an object")
            return {}
        result = {}
        for name, value in members.items():
            where = f"{id}${name}"
            if not NAME.fullmatch(name):
                self.problem(where, "is not a member name")
            elif not isinstance(value, dict):
                self.problem(where, "is not an object")
            else:
                result[name] = Member(where, name, self.read_reference(where, value, "the member"), self.read_traits(where, value))
        return result

    def read_properties(self, id, raw):
        references = REFERENCES.get(raw["type"], {})
        properties = {}
        for name, value in raw.items():
            if name in ("type", "traits", "members", "member", "key", "value", "mixins"):
                continue
            if name not in references:
                properties[name] = value
            elif name in SINGLE:
                properties[name] = self.read_reference(id, value, name)
            elif isinstance(value, list):
                properties[name] = [self.read_reference(id, item, f"an item of {name}") for item in value]
            else:
                self.problem(id, f"{name} is not a list")
        return properties

    # Mixins. https://smithy.io/2.0/spec/mixins.html

    def flatten(self, id, users):
        if id in self.shapes:
            return self.shapes[id]
        raw = self.raw[id]
        shape = Shape(id, raw["type"])
        mixins = raw.get("mixins", [])
        if not isinstance(mixins, list):
            self.problem(id, "mixins is not a list")
            mixins = []
        for reference in mixins:
            target = self.read_reference(id, reference, "a mixin")
            if target == id or target in users:
                self.problem(id, f"the mixin {target} is circular")
            elif target not in self.raw:
                if target:
                    self.problem(id, f"unknown mixin {target}")
            else:
                self.mix_in(shape, self.flatten(target, (*users, id)))
        for name, member in self.read_members(id, raw).items():
            inherited = shape.members.get(name)
            if inherited and inherited.target != member.target:
                self.problem(member.id, f"its target differs from that in the mixin, {inherited.target}")
            elif inherited:
                member.traits = inherited.traits | member.traits
            shape.members[name] = member
        _merge(shape.properties, self.read_properties(id, raw))
        shape.traits.update(self.read_traits(id, raw))
        for member_name, traits in self.applied.pop(id, []):
            if member_name is None:
                shape.traits.update(traits)
            elif member_name in shape.members:
                shape.members[member_name].traits.update(traits)
            else:
                self.problem(f"{id}${member_name}", "traits are applied to an unknown member")
        self.shapes[id] = shape
        return shape

    def mix_in(self, shape, mixin):
        definition = mixin.trait("mixin")
        if definition is None:
            return self.problem(shape.id, f"the mixin {mixin.id} has no trait mixin")
        if mixin.type != shape.type:
            return self.problem(shape.id, f"the mixin {mixin.id} is {a(mixin.type)}, not {a(shape.type)}")
        if problem := trait_forms.problem(PRELUDE + "mixin", definition):
            return self.problem(mixin.id, problem)
        local = {PRELUDE + "mixin", *definition.get("localTraits", [])}
        for name, member in mixin.members.items():
            inherited = shape.members.get(name)
            if inherited and inherited.target != member.target:
                self.problem(f"{shape.id}${name}", "has different targets in two mixins")
            traits = (inherited.traits if inherited else {}) | member.traits
            shape.members[name] = Member(f"{shape.id}${name}", name, member.target, traits)
        _merge(shape.properties, mixin.properties)
        shape.traits.update({name: value for name, value in mixin.traits.items() if name not in local})

    def apply_the_rest(self):
        for id in self.applied:
            if not id.startswith(PRELUDE):
                self.problem(id, "traits are applied to an unknown shape")


def _merge(into, properties):
    for name, value in properties.items():
        if isinstance(value, list) and isinstance(into.get(name), list):
            into[name] = into[name] + [item for item in value if item not in into[name]]
        elif isinstance(value, dict) and isinstance(into.get(name), dict):
            into[name] = into[name] | value
        else:
            into[name] = value


class _Normalizer:
    """Converts Smithy 1.0 to 2.0."""

    def __init__(self, model, problem):
        self.model = model
        self.problem = problem

    def run(self):
        for shape in self.model.shapes.values():
            if shape.type == "set":
                shape.type = "list"
                shape.traits[PRELUDE + "uniqueItems"] = {}
            if shape.type == "string" and shape.has("enum"):
                self.make_enum(shape)
            if shape.type == "structure" and self.model.version.startswith("1"):
                for member in shape.members.values():
                    self.add_zero(member)

    def make_enum(self, shape):
        values = shape.trait("enum")
        if problem := trait_forms.problem(PRELUDE + "enum", values):
            return self.problem(shape.id, problem)
        shape.type = "enum"
        for entry in values:
            name = entry.get("name") or made_name(entry["value"])
            while name in shape.members:
                name += "_"
            internal = {PRELUDE + "internal": {}} if "internal" in entry.get("tags", []) else {}
            shape.members[name] = Member(f"{shape.id}${name}", name, UNIT, {PRELUDE + "enumValue": entry["value"], **internal})

    # https://smithy.io/1.0/spec/core/type-refinement-traits.html#box-trait
    def add_zero(self, member):
        target = self.model.target(member)
        if not target or target.type not in ("boolean", *INTEGER_BITS, *FLOATING):
            return
        boxed = target.has("box") or target.id.startswith(PRELUDE) and "Primitive" not in target.id
        if boxed or member.has("box") or member.has("required") or member.has("default"):
            return
        range = member.trait("range") or target.trait("range")
        if isinstance(range, dict):
            if not trait_forms.problem(PRELUDE + "range", range) and not range.get("min", 0) <= 0 <= range.get("max", 0):
                return  # zero is out of range
        member.traits[PRELUDE + "default"] = False if target.type == "boolean" else 0


def made_name(text):
    """Derives a name from the value of an enumerator without a name."""
    name = re.sub(r"[\W_]+", "_", text, flags=re.ASCII).strip("_")
    return name if re.match("[A-Za-z]", name) else f"value_{name}".rstrip("_")


class _Checker:
    """Finds errors in a model."""

    def __init__(self, model, problem):
        self.model = model
        self.problem = problem

    def run(self):
        for shape in self.model.shapes.values():
            self.check_traits(shape.id, shape)
            self.check_form(shape)
            self.check_references(shape)
            for member in shape.members.values():
                self.check_traits(member.id, member)
                self.check_target(shape, member)
            if shape.type in ("enum", "intEnum"):
                self.check_values(shape)
        self.check_nesting()

    def check_traits(self, where, subject):
        for id, value in subject.traits.items():
            if problem := trait_forms.problem(id, value):
                self.problem(where, problem)

    def check_form(self, shape):
        for name in {"list": ["member"], "map": ["key", "value"]}.get(shape.type, []):
            if name not in shape.members:
                self.problem(shape.id, f"the {shape.type} has no {name}")
        if shape.type == "union" and not shape.members:
            self.problem(shape.id, "the union has no members")
        if shape.type == "map" and "key" in shape.members:
            key = self.model.target(shape.members["key"])
            if key and key.type not in ("string", "enum"):
                self.problem(shape.members["key"].id, f"a map key must be a string, not {a(key.type)}")
        if shape.type in SIMPLE and shape.type not in ("enum", "intEnum") and shape.members:
            self.problem(shape.id, f"{a(shape.type)} cannot have members")
        rename = shape.properties.get("rename", {})
        if shape.type == "service" and (problem := trait_forms.structure()(rename)
                                        or next((p for name in rename.values() if (p := trait_forms.matching(NAME, "name")(name))), None)):
            self.problem(shape.id, f"rename {problem}")

    def check_references(self, shape):
        for name, type in REFERENCES.get(shape.type, {}).items():
            value = shape.properties.get(name, [])
            for id in value if isinstance(value, list) else [value]:
                target = self.model.find(id)
                if not target:
                    self.problem(shape.id, f"{name} is {id}, which is unknown")
                elif target.type != type:
                    self.problem(shape.id, f"{name} is {id}, which is {a(target.type)}, not {a(type)}")
                elif name == "errors" and not target.has("error"):
                    self.problem(shape.id, f"the error {id} has no trait error")

    def check_target(self, shape, member):
        target = self.model.target(member)
        if not target:
            self.problem(member.id, f"unknown target {member.target}")
        elif target.type in REFERENCES:
            self.problem(member.id, f"the target {member.target} is {a(target.type)}")
        elif target.id == UNIT and shape.type not in ("union", "enum", "intEnum"):
            self.problem(member.id, "only members of unions and enumerations may target smithy.api#Unit")
        elif literal_default(member.trait("default")):
            if problem := self.default_problem(target, member.trait("default")):
                self.problem(member.id, f"the default {json.dumps(member.trait('default'))} {problem}")

    def default_problem(self, target, value):
        type = target.type
        if type == "boolean":
            return trait_forms.boolean(value)
        if type == "intEnum" or type in INTEGER_BITS:
            limit = 2 ** (INTEGER_BITS[type] - 1)
            return trait_forms.within(-limit, limit - 1)(value)
        if type in FLOATING:
            return None if value in ("NaN", "Infinity", "-Infinity") else trait_forms.number(value)
        if type in BIG:
            return trait_forms.number(value)
        if type in ("string", "enum"):
            return trait_forms.text(value)
        if type == "blob":
            try:
                base64.b64decode(value, validate=True)
            except (TypeError, ValueError, binascii.Error):
                return "is not base64"
            return None
        if type == "timestamp":
            try:
                epoch_milliseconds(value)
            except (TypeError, ValueError, ArithmeticError):
                return "is not a timestamp of whole milliseconds"
            return None
        if type == "list":
            return None if value == [] else "is not an empty list"
        if type == "map":
            return None if value == {} else "is not an empty map"
        if type == "document":
            return None if not isinstance(value, (list, dict)) or not value else "is a non-empty list or map"
        return f"is not allowed for {a(type)}"

    def check_values(self, shape):
        for member in shape.members.values():
            value = member.trait("enumValue")
            if shape.type == "enum":
                if member.has("enumValue") and not isinstance(value, str):
                    self.problem(member.id, "the value of the enum is not a string")
            elif problem := trait_forms.within(-2**31, 2**31 - 1)(value):
                self.problem(member.id, "has no enumValue" if value is None else f"the value of the intEnum {problem}")

    # Lists and maps have no names in C++, so they cannot contain themselves.
    def check_nesting(self):
        done = set()

        def visit(shape, path):
            if shape is None or shape.type not in ("list", "map") or shape.id in done:
                return
            if shape.id in path:
                self.problem(shape.id, f"the {shape.type} contains itself without a structure or union in between")
            elif len(path) >= 64:
                self.problem(shape.id, "lists and maps are nested more than 64 deep")
            else:
                for member in shape.members.values():
                    visit(self.model.target(member), (*path, shape.id))
            done.add(shape.id)

        for shape in self.model.shapes.values():
            visit(shape, ())
