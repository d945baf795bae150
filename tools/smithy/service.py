# Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
"""A service of a model: its operations, the shapes that they use, and their C++ names.

    service = Service(model, "com.example#Weather")
    service.operations                      # the shapes of the supported operations, sorted by name
    service.names["com.example#City"]       # "City"
    service.member_names(shape)["operator"] # "operator_"
"""
import functools
import re

from . import jmespath, names, patterns
from .model import LIFECYCLE, PRELUDE, UNIT, ModelError, literal_default
from .traits import a

PROTOCOLS = {"aws.protocols#restJson1": "rest_json", "aws.protocols#awsJson1_0": "aws_json_1_0",
             "aws.protocols#awsJson1_1": "aws_json_1_1"}

# Names that a description uses in its namespace and in the structs of operations, waiters and services.
TIMESTAMP = "timestamp"
IN_NAMESPACE = {TIMESTAMP, "parley_traits", "parley_members", "parley_enumerators"}
IN_OPERATION = {"input", "output", "errors", "service", "name", "http", "traits", "pagination", "endpoint"}
IN_WAITER = {"operation", "acceptors", "policy"}
IN_SERVICE = {"protocol", "operations", "errors", "error_scheme", "aws"}

MEMBER_LIMIT = 254  # include/parley/describe/structure.hpp
BINDINGS = ("httpLabel", "httpQuery", "httpQueryParams", "httpHeader", "httpPrefixHeaders", "httpPayload", "httpResponseCode")
PRESENCE_REQUIRED, PRESENCE_DEFAULTED, PRESENCE_OPTIONAL = "required", "defaulted", "optional"


def protocol_of(shape):
    """Returns the C++ name of the protocol of a service, or None if it is not supported."""
    return next((name for trait, name in PROTOCOLS.items() if shape.has(trait)), None)


def choose(model, id=None):
    """Returns the id of the service to describe: `id`, or the only service of the model."""
    services = model.of_type("service")
    if not services:
        raise ModelError("the model has no service")
    if id is None and len(services) > 1:
        raise ModelError("the model has several services; choose one with --service:", *(shape.id for shape in services))
    if id is None:
        return services[0].id
    if id not in (shape.id for shape in services):
        raise ModelError(f"{id}: not a service of this model; it has", *(shape.id for shape in services))
    return id


def _sdk_id(shape):
    return (shape.trait("aws.api#service") or {}).get("sdkId")


def namespace_of(shape):
    """Returns the default namespace of the description of a service."""
    return names.namespace_name(_sdk_id(shape), shape.name)


class Service:
    def __init__(self, model, id):
        self.model, self.shape = model, model.shapes[id]
        self.protocol = protocol_of(self.shape)
        if not self.protocol:
            raise ModelError(f"{id}: no supported protocol; supported are {', '.join(PROTOCOLS)}")
        self.problems = []
        all_operations = self.collect_operations()
        self.operations = [o for o in all_operations if not self.is_streaming(o)]
        self.left_out = [o for o in all_operations if self.is_streaming(o)]
        self.error_ids = self.collect_errors()
        self.shapes = self.collect_shapes()
        self.inputs = {self.input_of(o).id for o in self.operations}
        self.outputs = {self.output_of(o).id for o in self.operations}
        self.targets = {m.target for shape in self.shapes.values() for m in shape.members.values()}
        self.targets |= {m.target for shape in model.shapes.values() if shape.type in ("list", "map")
                         for m in shape.members.values()}
        self.give_names()
        self.check()
        if self.problems:
            raise ModelError(*self.problems)

    @functools.cached_property
    def unsupported_patterns(self):
        """The reasons why patterns of the model are not supported, by pattern."""
        shapes = self.model.shapes.values()
        return patterns.unsupported([subject.trait("pattern") for shape in shapes for subject in (shape, *shape.members.values())
                                     if subject.has("pattern")])

    def problem(self, where, text):
        self.problems.append(f"{where}: {text}")

    # Collecting shapes.

    def collect_operations(self):
        found, seen = {}, set()

        def visit(shape):
            properties = shape.properties
            ids = properties.get("operations", []) + properties.get("collectionOperations", [])
            if shape.type == "resource":
                ids = ids + [properties[name] for name in LIFECYCLE if name in properties]
            found.update({id: self.model.shapes[id] for id in ids})
            for id in properties.get("resources", []):
                if id not in seen:
                    seen.add(id)
                    pending.append(self.model.shapes[id])

        pending = [self.shape]
        while pending:
            visit(pending.pop())
        return sorted(found.values(), key=lambda shape: (shape.name, shape.id))

    def input_of(self, operation):
        return self.model.find(operation.properties.get("input", UNIT))

    def output_of(self, operation):
        return self.model.find(operation.properties.get("output", UNIT))

    def is_streaming(self, operation):
        """Returns whether the input or the output of the operation has an event stream."""
        members = [*self.input_of(operation).members.values(), *self.output_of(operation).members.values()]
        return any(self.is_event_stream(self.model.target(member)) for member in members)

    @staticmethod
    def is_event_stream(shape):
        return shape.type == "union" and shape.has("streaming")

    def errors_of(self, operation):
        return sorted(set(operation.properties.get("errors", [])), key=self.by_name)

    def by_name(self, id):
        return (self.shape.properties.get("rename", {}).get(id, id.partition("#")[2]), id)

    def collect_errors(self):
        ids = set(self.shape.properties.get("errors", []))
        for operation in self.operations:
            ids.update(operation.properties.get("errors", []))
        return sorted(ids, key=self.by_name)

    def collect_shapes(self):
        """Returns the structures, unions and enumerations of all messages, by id."""
        found, seen = {}, set()
        pending = [self.input_of(o).id for o in self.operations] + [self.output_of(o).id for o in self.operations]
        pending += self.error_ids
        while pending:
            id = pending.pop()
            if id in seen or id == UNIT:
                continue
            seen.add(id)
            shape = self.model.find(id)
            if self.is_event_stream(shape):
                self.problem(id, "an event stream may only be a member of an input or output")
                continue
            if shape.type in ("structure", "union", "enum", "intEnum"):
                found[id] = shape
            if shape.type not in ("enum", "intEnum"):
                pending += [member.target for member in shape.members.values()]
        return dict(sorted(found.items(), key=lambda item: self.by_name(item[0])))

    # Properties of members.

    def is_input(self, shape):
        return shape.has("input") or shape.id in self.inputs

    def is_input_only(self, shape):
        """Returns whether the structure is only used as an input."""
        return shape.id in self.inputs and shape.id not in self.targets | self.outputs | set(self.error_ids)

    def is_message_only(self, shape):
        """Returns whether the structure is only used as an input or output."""
        return shape.id in self.inputs | self.outputs and shape.id not in self.targets | set(self.error_ids)

    def presence(self, shape, member):
        if self.is_input(shape) and (member.has("httpLabel") and self.protocol == "rest_json" or member.has("hostLabel")):
            return PRESENCE_REQUIRED  # no request can be made without it
        if member.has("clientOptional") or self.is_input(shape) and member.has("idempotencyToken"):
            return PRESENCE_OPTIONAL  # the client generates a missing token
        if member.has("default"):
            defaulted = literal_default(member.trait("default")) and not self.is_input(shape)
            return PRESENCE_DEFAULTED if defaulted else PRESENCE_OPTIONAL
        return PRESENCE_REQUIRED if member.has("required") else PRESENCE_OPTIONAL

    def wire_name(self, member):
        """Returns the name of the member in JSON."""
        return self.protocol == "rest_json" and member.trait("jsonName") or member.name

    def binding(self, member):
        """Returns the trait that binds the member to a part of the message other than the body, or None."""
        if self.protocol != "rest_json":
            return None
        return next((name for name in BINDINGS if member.has(name)), None)

    # Names.

    def give_names(self):
        rename = self.shape.properties.get("rename", {})
        taken = set(IN_NAMESPACE)
        self.names = {id: names.with_underscore(names.cpp_name(rename.get(id, self.shapes[id].name)), taken) for id in self.shapes}
        for operation in self.operations:
            name = names.cpp_name(operation.name)
            if name in IN_OPERATION | IN_WAITER:
                name += "_"
            self.names[operation.id] = names.with_underscore(name, taken)
        self.namespace = namespace_of(self.shape)
        sdk_id = _sdk_id(self.shape)
        name = names.cpp_name(names.service_name(sdk_id) if sdk_id else self.shape.name)
        if name in taken or name in IN_SERVICE:
            name += "Service"
        self.names[self.shape.id] = names.unique(name, taken)
        self._member_names = {}

    def member_names(self, shape):
        """Returns the C++ names of the members of a structure, by their names in the model."""
        if shape.id not in self._member_names:
            taken = set()
            # Valid C++ names are kept; the others are made unique among them.
            by_change = sorted(shape.members, key=lambda name: names.cpp_name(name) != name)
            self._member_names[shape.id] = {name: names.unique(names.cpp_name(name), taken) for name in by_change}
        return self._member_names[shape.id]

    # HTTP. https://smithy.io/2.0/spec/http-bindings.html

    def check(self):
        for operation in self.operations:
            self.check_host_prefix(operation)
            self.check_pagination(operation)
            self.check_waiters(operation)
            self.check_endpoint(operation)
            if self.protocol == "rest_json":
                self.check_http(operation)
        for shape in self.shapes.values():
            if shape.type in ("structure", "union") and len(shape.members) > MEMBER_LIMIT:
                self.problem(shape.id, f"has {len(shape.members)} members; at most {MEMBER_LIMIT} are supported")
        if self.protocol == "rest_json":
            for id in self.error_ids:
                self.check_message(self.model.shapes[id])

    def check_http(self, operation):
        http = operation.trait("http")
        if http is None:
            return self.problem(operation.id, "has no trait http")
        input, output = self.input_of(operation), self.output_of(operation)
        labels = labels_of(http["uri"].partition("?")[0])
        for label in sorted({label for label in labels if labels.count(label) > 1}):
            self.problem(operation.id, f"the uri contains the label {{{label}}} twice")
        for label in dict.fromkeys(labels):
            member = input.members.get(label)
            if not member:
                self.problem(operation.id, f"the label {{{label}}} is not a member of {input.id}")
            elif not member.has("httpLabel"):
                self.problem(member.id, f"is a label in the uri of {operation.id}, but has no trait httpLabel")
            elif not member.has("required"):
                self.problem(member.id, "is a label and must be required")
        for member in input.members.values():
            if member.has("httpLabel") and member.name not in labels:
                self.problem(member.id, f"has the trait httpLabel, but the uri of {operation.id} does not contain it")
        self.check_message(input)
        self.check_message(output)

    def check_message(self, shape):
        single = {}
        for member in shape.members.values():
            bound = [name for name in BINDINGS if member.has(name)]
            if len(bound) > 1:
                self.problem(member.id, f"has both {bound[0]} and {bound[1]}")
            for name in bound:
                if problem := self.place_problem(name, self.model.target(member)):
                    self.problem(member.id, f"{name} {problem}")
                if name in ("httpPayload", "httpResponseCode", "httpQueryParams", "httpPrefixHeaders"):
                    if name in single:
                        self.problem(member.id, f"has {name}, but {single[name]} has it, too")
                    single[name] = member.name
                elif name in ("httpHeader", "httpQuery"):
                    key = (name, member.trait(name).lower() if name == "httpHeader" else member.trait(name))
                    if key in single:
                        self.problem(member.id, f"has the {name} {key[1]}, but {single[key]} has it, too")
                    single[key] = member.name
            # These characters have a meaning in the query of an HTTP template.
            if member.has("httpQuery") and re.search(r"[\s&=#{}*]", member.trait("httpQuery")):
                self.problem(member.id, "the name of the query parameter contains a space or one of & = # { } *")
        if "httpPayload" in single:
            for member in shape.members.values():
                if not self.binding(member):
                    self.problem(member.id, f"has no binding, but {single['httpPayload']} is the whole body")

    def place_problem(self, place, target):
        """Returns why the shape cannot be bound to that place, or None."""
        def is_scalar(shape):
            return shape.type in ("boolean", "string", "timestamp", "enum", "intEnum", "byte", "short", "integer", "long",
                                  "float", "double")

        def is_scalar_or_list(shape):
            return is_scalar(shape) or shape.type == "list" and is_scalar(self.model.target(shape.members["member"]))

        if place == "httpLabel":
            good = is_scalar(target)
        elif place in ("httpQuery", "httpHeader"):
            good = is_scalar_or_list(target) or place == "httpHeader" and target.type == "blob"
        elif place in ("httpQueryParams", "httpPrefixHeaders"):
            value = self.model.target(target.members["value"]) if target.type == "map" else None
            good = value and (is_scalar(value) or place == "httpQueryParams" and is_scalar_or_list(value))
        elif place == "httpResponseCode":
            good = target.type in ("integer", "short", "long", "intEnum")
        else:
            good = target.type in ("string", "enum", "blob", "structure", "union", "document", "list", "map")
        return None if good else f"cannot hold {a(target.type)}"

    def check_host_prefix(self, operation):
        endpoint = operation.trait("endpoint")
        for label in labels_of(endpoint["hostPrefix"]) if endpoint else []:
            input = self.input_of(operation)
            member = input.members.get(label)
            if not member:
                self.problem(operation.id, f"the label {{{label}}} of the host prefix is not a member of {input.id}")
            elif not member.has("hostLabel"):
                self.problem(member.id, f"is a label in the host of {operation.id}, but has no trait hostLabel")
            elif not member.has("required"):
                self.problem(member.id, "is a label and must be required")
            elif self.model.target(member).type not in ("string", "enum"):
                self.problem(member.id, f"hostLabel cannot hold {a(self.model.target(member).type)}")

    def pagination(self, operation):
        """Returns the trait `paginated` of the operation merged with that of the service, or None."""
        own = operation.trait("paginated")
        return None if own is None else (self.shape.trait("paginated") or {}) | own

    def check_pagination(self, operation):
        paginated = self.pagination(operation)
        if paginated is None:
            return
        for key in ("inputToken", "outputToken"):
            if key not in paginated:
                self.problem(operation.id, f"is paginated, but neither it nor its service sets {key}")
        for key, path in paginated.items():
            if key not in ("inputToken", "outputToken", "pageSize", "items"):
                continue
            shape = self.input_of(operation) if key in ("inputToken", "pageSize") else self.output_of(operation)
            try:
                self.cpp_path(shape, path)
            except ModelError as error:
                self.problem(operation.id, f"{key} of paginated: {error}")

    # Waiters. https://smithy.io/2.0/additional-specs/waiters.html

    @staticmethod
    def waiters(operation):
        return operation.trait("smithy.waiters#waitable") or {}

    def waiter_names(self, operation):
        """Returns the C++ names of the waiters, by their names in the model."""
        taken = IN_OPERATION | {self.names[operation.id]}
        return {name: names.with_underscore(names.cpp_name(name), taken) for name in self.waiters(operation)}

    def check_waiters(self, operation):
        output = self.output_of(operation)
        for name, waiter in self.waiters(operation).items():
            for acceptor in waiter["acceptors"]:
                if "inputOutput" in acceptor["matcher"]:
                    self.problem(operation.id, f"the waiter {name} has a matcher inputOutput, which is not supported")
                elif "output" in acceptor["matcher"]:
                    self.check_path(operation, f"the waiter {name}", output, acceptor["matcher"]["output"]["path"])

    def check_path(self, operation, user, shape, path):
        try:
            jmespath.translate(self, shape, path)
        except ModelError as error:
            self.problem(operation.id, f"{user}: {error}")

    # Parameters of endpoint rules. https://smithy.io/2.0/additional-specs/rules-engine/parameters.html

    def endpoint_values(self, operation):
        """Returns the endpoint parameters that the operation sets: paths in its input or constants, by name."""
        input, values = self.input_of(operation), {}
        for name, parameter in (operation.trait("smithy.rules#operationContextParams") or {}).items():
            values[name] = parameter["path"]
        for member in input.members.values():
            if parameter := member.trait("smithy.rules#contextParam"):
                values[parameter["name"]] = member.name
        for name, parameter in (operation.trait("smithy.rules#staticContextParams") or {}).items():
            value = parameter["value"]
            values[name] = f"'{value}'" if isinstance(value, str) else value
        return values

    def check_endpoint(self, operation):
        known = (self.shape.trait("smithy.rules#endpointRuleSet") or {}).get("parameters")
        for name, path in self.endpoint_values(operation).items():
            if known is None or name not in known:
                self.problem(operation.id, f"sets {name}, which is not a parameter of the endpoint rules of {self.shape.id}")
            elif isinstance(path, list):
                self.problem(operation.id, f"sets {name} to a constant list, which is not supported")
            elif not isinstance(path, bool):
                self.check_path(operation, f"the value of the endpoint parameter {name}", self.input_of(operation), path)

    def cpp_path(self, shape, path):
        """Returns a path such as page.items with C++ names."""
        result = []
        for name in path.split("."):
            if shape.type != "structure" or name not in shape.members:
                raise ModelError(f"{path} is not a member of {shape.id}")
            result.append(self.member_names(shape)[name])
            shape = self.model.target(shape.members[name])
        return ".".join(result)


def labels_of(text):
    """Returns the names of the labels in a path or host, in order, without the + of a greedy label."""
    return [part.partition("}")[0].rstrip("+") for part in text.split("{")[1:]]
