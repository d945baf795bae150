# Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
"""The header that describes a service."""
import json
import re
from urllib.parse import unquote

from . import jmespath, names
from .layout import WIDTH, Call, Joined, Literal, comment, flat, statement
from .members import MemberTraits, Namer, declaration
from .order import arrange, leaf
from .service import IN_OPERATION, IN_SERVICE, TIMESTAMP

DESCRIBE_LIMIT = 52  # Boost.Describe 1.81

# What a header includes for each name that is in its text.
INCLUDES = [
    (r"parley::aws_service\b", "parley/describe/aws_service.hpp"),
    (r"parley::blob\b", "parley/describe/blob.hpp"),
    (r"parley::box\b", "parley/describe/box.hpp"),
    (r"parley::document\b", "parley/describe/document.hpp"),
    (r"parley::enumerator\b", "parley/describe/enumerator.hpp"),
    (r"parley::aws_errors\b", "parley/describe/error_scheme.hpp"),
    (r"parley::members<", "parley/describe/members.hpp"),
    (r"parley::open_enum\b", "parley/describe/open_enum.hpp"),
    (r"parley::(endpoint_values|errors|http|operation_traits|operations|paginated)\b", "parley/describe/operation.hpp"),
    (r"parley::(rest_json|aws_json_1_[01])\b", "parley/describe/protocol.hpp"),
    (r"parley::required\b", "parley/describe/required.hpp"),
    (r"parley::(tagged|unknown_member)\b", "parley/describe/tagged.hpp"),
    (r"parley::traits\b", "parley/describe/traits.hpp"),
    (r"parley::unit\b", "parley/describe/unit.hpp"),
    (r"parley::wait_policy\b", "parley/describe/waiter.hpp"),
    (r"\bBOOST_DESCRIBE_STRUCT\b", "boost/describe/class.hpp"),
    (r"\bBOOST_DESCRIBE_ENUM\b", "boost/describe/enum.hpp"),
    (r"std::(to_)?array\b", "array"),
    (r"std::chrono\b", "chrono"),
    (r"std::int\d+_t\b", "cstdint"),
    (r"std::numeric_limits\b", "limits"),
    (r"std::map\b", "map"),
    (r"std::optional\b", "optional"),
    (r"std::string\b", "string"),
    (r"std::string_view\b", "string_view"),
    (r"std::(variant|monostate)\b", "variant"),
    (r"std::vector\b", "vector"),
]


def render(service, namespace=None):
    """The whole header, in the namespace `namespace`, else in one that is named after the service."""
    return _Renderer(service, namespace or service.namespace).header()


class _Renderer:
    def __init__(self, service, namespace):
        self.service, self.namespace = service, namespace
        self.order, self.boxed = arrange(service)
        self.position = {id: i for i, id in enumerate(self.order)}
        self.complete_at = self.completions()
        self.values = {}  # of an enumeration's id: names in C++ by values

    def namer(self, hidden=()):
        return Namer(self.service, self.namespace, hidden)

    def name(self, shape):
        return self.service.names[shape.id]

    def header(self):
        body = self.body()
        guard = "PARLEY_SERVICES_" + re.sub(r"\W+", "_", self.namespace).strip("_").upper() + "_HPP"
        lines = ["// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.",
                 f"#ifndef {guard}", f"#define {guard}", "", *self.about()]
        text = "\n".join(body)
        needed = [header for expression, header in INCLUDES if re.search(expression, text)]
        for prefix in ("parley/", "boost/", ""):
            group = [f"#include <{header}>" for header in needed
                     if (header.startswith(prefix) if prefix else "/" not in header)]
            lines += [*group, ""] if group else []
        lines += [f"namespace {self.namespace} {{", "", *body, f"}} // namespace {self.namespace}", "", "#endif"]
        return "\n".join(lines) + "\n"

    def about(self):
        aws = self.service.shape.trait("aws.api#service")
        version = self.service.shape.properties.get("version")
        what = (aws["sdkId"] if aws else self.service.shape.name) + (f", {version}" if isinstance(version, str) and version else "")
        lines = comment(f"{what}; made by tools/generate. Names are those of the service, so its documentation applies as it is.")
        if self.service.left_out:
            which = ", ".join(operation.name for operation in self.service.left_out)
            lines += comment(f"Operations with event streams, which are left out: {which}.")
        return lines

    # Definitions are separated by an empty line.
    def body(self):
        service = self.service
        shapes = [service.shapes[id] for id in self.order]
        enumerations = [self.enumeration(shape) for shape in service.shapes.values() if shape.type in ("enum", "intEnum")]
        errors = [shape for shape in shapes if shape.id in service.error_ids]
        with_operations = [shape for shape in shapes if service.is_message_only(shape)]
        shared = [shape for shape in shapes if shape not in errors and shape not in with_operations]
        self.defined = set()
        structures = [self.type(shape) for shape in shared + sorted(errors, key=self.name)]
        operations = []
        for operation in service.operations:
            for message in (service.input_of(operation), service.output_of(operation)):
                if message in with_operations and message.id not in self.defined:
                    operations.append(self.type(message))
            operations.append(self.operation(operation))
        head = [[f"struct {self.name(service.shape)};", *self.forward_declarations(shapes)]]
        rest = structures + operations + [self.service_struct()]
        # After the enumerations: g++ warns of an enumerator that has the name of an alias.
        if re.search(rf"\b{TIMESTAMP}\b", "\n".join(line for block in rest for line in block)):
            enumerations.append([f"using {TIMESTAMP} = std::chrono::sys_time<std::chrono::milliseconds>;"])
        return [line for block in head + enumerations + rest for line in [*block, ""]]

    def type(self, shape):
        self.defined.add(shape.id)
        return self.union(shape) if shape.type == "union" else self.structure(shape)

    def forward_declarations(self, shapes):
        """Of what is named before it is defined: in a list, a map or a box."""
        leaves = [(shape, leaf(self.service.model, self.service.model.target(member)))
                  for shape in shapes for member in shape.members.values()]
        early = {self.name(target) for shape, target in leaves if self.is_later(target, shape)}
        return [f"struct {name};" for name in sorted(early)]

    def is_later(self, shape, than):
        return self.position.get(shape.id, -1) > self.position[than.id]

    def completions(self):
        """For each structure and union the position of the definition with which all that its values hold is defined. What is
        in a box does not count."""
        model, holders, result = self.service.model, {id: [] for id in self.order}, {}
        for id in self.order:
            for member in self.service.shapes[id].members.values():
                held = leaf(model, model.target(member)).id
                if held in holders and member.id not in self.boxed:
                    holders[held].append(id)
        for last in reversed(self.order):
            pending = [last]
            while pending:
                id = pending.pop()
                if id not in result:
                    result[id] = self.position[last]
                    pending += holders[id]
        return result

    # Enumerations.

    def enumerators(self, shape):
        """The names in C++ by values, in the order of the model."""
        if shape.id not in self.values:
            by_value = {}
            for member in shape.members.values():
                value = member.trait("enumValue") if member.has("enumValue") else member.name
                by_value.setdefault(value, member.name)
            # A value that can be a name is one, whatever the others are called.
            taken, result = set(), {}
            for value in sorted(by_value, key=lambda value: not self.is_name(value)):
                result[value] = names.unique(names.cpp_name(value if self.is_name(value) else by_value[value]), taken)
            self.values[shape.id] = {value: result[value] for value in by_value}
        return self.values[shape.id]

    @staticmethod
    def is_name(value):
        return isinstance(value, str) and names.is_identifier(value)

    def enumeration(self, shape):
        name, is_integer = self.name(shape), shape.type == "intEnum"
        known = self.enumerators(shape)
        head = f"enum class {name} : std::int32_t" if is_integer else f"enum class {name}"
        entries = [f"{cpp} = {value}" if is_integer else cpp for value, cpp in known.items()]
        one = f"{head} {{ {', '.join(entries)} }};" if entries else f"{head} {{}};"
        lines = [one] if len(one) <= WIDTH else [f"{head} {{", *(f"    {entry}," for entry in entries), "};"]
        if is_integer:
            texts = {cpp: member for cpp, member in self.integer_texts(shape, known)}
        else:
            texts = {cpp: value for value, cpp in known.items()}
        internal = {known.get(member.trait("enumValue") if member.has("enumValue") else member.name)
                    for member in shape.members.values() if member.has("internal")}
        if entries and not internal and len(entries) <= DESCRIBE_LIMIT and all(names.on_the_wire(cpp) == text for cpp, text in texts.items()):
            lines += statement(Call("BOOST_DESCRIBE_ENUM(", [name, *texts]), end="")
        else:
            lines += [f"constexpr auto parley_enumerators({name} const*) {{"]
            if texts:
                table = [Call("{", [f"{name}::{cpp}", Literal(text), *(["true"] if cpp in internal else [])], "}")
                         for cpp, text in texts.items()]
                table = [line for i, row in enumerate(table) for line in statement(row, 8, "," if i + 1 < len(table) else "")]
                lines += [f"    return std::to_array<parley::enumerator<{name}>>({{", *table, "    });", "}"]
            else:
                lines += [f"    return std::array<parley::enumerator<{name}>, 0>{{}};", "}"]
        if is_integer:
            lines.append(f"constexpr auto parley_traits({name} const*) {{ return parley::traits(parley::as_integer()); }}")
        return lines

    @staticmethod
    def integer_texts(shape, known):
        texts = {}
        for member in shape.members.values():
            texts.setdefault(member.trait("enumValue"), member.name)
        return [(cpp, texts[value]) for value, cpp in known.items()]

    # Structures and unions.

    def structure(self, shape):
        name, members = self.name(shape), self.service.member_names(shape)
        cpp_names = [members[member] for member in shape.members]
        namer = self.namer(cpp_names)
        lines = [f"struct {name} {{"] if cpp_names else [f"struct {name} {{}};"]
        for member in shape.members.values():
            line = f"    {declaration(namer, shape, member, member.id in self.boxed, self.enumerators)};"
            held = leaf(self.service.model, self.service.model.target(member)).id
            if member.id not in self.boxed and self.complete_at.get(held, -1) > self.position[shape.id]:
                line = line.replace("{}", "")  # for which clang 14 would need the definition of all that it holds
            type, _, declared = line.rpartition(" ")
            lines += [line] if len(line) <= WIDTH else [type, " " * 8 + declared]
        lines += ["};"] if cpp_names else []
        if len(cpp_names) <= DESCRIBE_LIMIT:
            lines += statement(Call("BOOST_DESCRIBE_STRUCT(", [name, "()", Call("(", cpp_names)]), end="")
        else:
            table = [f'        parley::described<"{cpp}", &{name}::{cpp}>,' for cpp in cpp_names]
            table[-1] = table[-1][:-1] + ">();"
            lines += [f"constexpr auto parley_members({name} const*) {{", "    return parley::members<", *table, "}"]
        traits = self.error_traits(shape) if shape.id in self.service.error_ids else []
        return lines + self.traits_function(shape, traits, lambda member: (members[member.name], members[member.name]))

    def union(self, shape):
        alternatives = ["std::monostate"]
        namer = self.namer()
        for member in shape.members.values():
            type = namer.type_of(self.service.model.target(member))
            if member.id in self.boxed:
                type = f"parley::box<{type}>"
            alternatives.append(f"parley::tagged<{Literal(self.service.wire_name(member)).flat()}, {type}>")
        head = f"struct {self.name(shape)} : "
        lines = statement(Joined(head, Call("std::variant<", [*alternatives, "parley::unknown_member"], ">")), end=" {")
        lines += ["    using variant::variant;", "};"]
        return lines + self.traits_function(shape, [], lambda member: (self.service.wire_name(member), self.service.wire_name(member) + "_"))

    def traits_function(self, shape, parts, names_of):
        """parley_traits, if there is anything to say. `names_of` gives what `on` names of a member, and its name in C++."""
        said, left_out = list(parts), {}
        for member in shape.members.values():
            on, cpp = names_of(member)
            traits = MemberTraits(self.service, member, self.service.wire_name(member), cpp)
            for reason in traits.left_out:
                left_out.setdefault(len(said), []).extend(comment(f"Of {on}, {reason}."))
            if traits.parts:
                said.append(Call("parley::on(", [Literal(on), *traits.parts]))
        if not said:
            return [line for lines in left_out.values() for line in lines]
        head = f"constexpr auto parley_traits({self.name(shape)} const*) {{"
        call = Call("return parley::traits(", said)
        if not left_out and (len(said) == 1 or 4 + len(call.flat()) + 1 <= WIDTH):
            return [head, *statement(call, 4), "}"]
        lines = [head, "    return parley::traits("]
        for i, part in enumerate(said):
            lines += [f"        {line}" for line in left_out.get(i, [])]
            lines += statement(part, 8, "," if i + 1 < len(said) else ");")
        return [*lines, *(f"    {line}" for line in left_out.get(len(said), [])), "}"]

    def error_traits(self, shape):
        fault = shape.trait("error")
        status = shape.trait("httpError") or (400 if fault == "client" else 500)
        template = self.response_template(shape, status) if self.service.protocol == "rest_json" else str(status)
        first = Literal(template, lines=True) if template != str(status) else str(status)
        parts = [Call("parley::http_error(", [first, f"parley::fault::{fault}"])]
        if shape.has("retryable"):
            throttling = shape.trait("retryable").get("throttling")
            parts.append(f"parley::retryable({'parley::retryability::throttling' if throttling else ''})")
        if self.name(shape) != shape.name:
            parts.append(Call("parley::error_code(", [Literal(shape.name)]))
        if shape.has("aws.protocols#awsQueryError"):
            parts.append(Call("parley::query_code(", [Literal(shape.trait("aws.protocols#awsQueryError")["code"])]))
        return parts

    # Operations.

    def operation(self, operation):
        service, name = self.service, self.name(operation)
        waiters = service.waiter_names(operation)
        namer = self.namer(IN_OPERATION | set(waiters.values()))
        lines = [f"struct {name} {{", f"    using input = {namer.type_of(service.input_of(operation))};",
                 f"    using output = {namer.type_of(service.output_of(operation))};"]
        if errors := service.errors_of(operation):
            lines += self.error_list(namer, errors)
        lines.append(f"    using service = {namer.name(self.name(service.shape))};")
        if name != operation.name:
            lines.append(f'    static constexpr std::string_view name = "{operation.name}";')
        if http := self.http(operation):
            lines += statement(Joined("static constexpr auto http = ", Call("parley::http(", http)), 4)
        if traits := self.operation_traits(operation):
            lines.append(f"    static constexpr parley::operation_traits traits{{{traits}}};")
        if paginated := service.pagination(operation):
            lines += self.pagination(operation, paginated)
        if values := service.endpoint_values(operation):
            lines += self.endpoint_values(operation, values)
        for waiter, cpp in waiters.items():
            lines += ["", *self.waiter(operation, cpp, service.waiters(operation)[waiter])]
        return [*lines, "};"]

    def error_list(self, namer, ids):
        types = [namer.name(self.service.names[id]) for id in ids]
        return statement(Joined("using errors = ", Call("parley::errors<", types, ">")), 4)

    @staticmethod
    def operation_traits(operation):
        checksum = operation.trait("aws.protocols#httpChecksum") or {}
        compression = operation.trait("requestCompression") or {}
        fields = {"readonly": operation.has("readonly"), "idempotent": operation.has("idempotent"),
                  "checksum_required": operation.has("httpChecksumRequired") or checksum.get("requestChecksumRequired", False),
                  "gzip": "gzip" in compression.get("encodings", [])}
        return ", ".join(f".{name} = true" for name, is_set in fields.items() if is_set)

    def pagination(self, operation, paginated):
        fields = [("input_token", "inputToken"), ("output_token", "outputToken"), ("page_size", "pageSize"), ("items", "items")]
        items = []
        for field, key in fields:
            if key in paginated:
                shape = self.service.input_of(operation) if key in ("inputToken", "pageSize") else self.service.output_of(operation)
                items.append(f'.{field} = "{self.service.cpp_path(shape, paginated[key])}"')
        return statement(Call("static constexpr parley::paginated pagination{", items, "}"), 4)

    def endpoint_values(self, operation, values):
        input = self.service.input_of(operation)
        items = []
        for name, path in values.items():
            path = f"`{str(path).lower()}`" if isinstance(path, bool) else jmespath.translate(self.service, input, path)
            items.append(Call("parley::endpoint_value<", [Literal(name), Literal(path)], ">"))
        return statement(Joined("using endpoint = ", Call("parley::endpoint_values<", items, ">")), 4)

    def waiter(self, operation, name, waiter):
        acceptors = [self.acceptor(operation, f"parley::wait_state::{a['state']}", a["matcher"]) for a in waiter["acceptors"]]
        times = [f".{field} = std::chrono::seconds({waiter.get(key, usual)})"
                 for field, key, usual in (("min_delay", "minDelay", 2), ("max_delay", "maxDelay", 120))]
        return [f"    struct {name} {{", f"        using operation = {self.name(operation)};",
                *statement(Joined("using acceptors = ", Call("parley::acceptors<", acceptors, ">")), 8),
                *statement(Call("static constexpr parley::wait_policy policy{", times, "}"), 8), "    };"]

    def acceptor(self, operation, state, matcher):
        if "success" in matcher:
            return f"parley::call_succeeds<{state}, {str(matcher['success']).lower()}>"
        if "errorType" in matcher:
            return Call("parley::error_is<", [state, Literal(matcher["errorType"].rpartition("#")[2])], ">")
        said = matcher["output"]
        kind = {"allStringEquals": "all_output_is", "anyStringEquals": "any_output_is"}.get(said["comparator"], "output_is")
        path = jmespath.translate(self.service, self.service.output_of(operation), said["path"])
        return Call(f"parley::{kind}<", [state, Literal(path), Literal(said["expected"])], ">")

    # The templates of include/parley/describe/operation.hpp.

    def http(self, operation):
        """What parley::http takes for the operation."""
        service, input = self.service, self.service.input_of(operation)
        cpp = service.member_names(input)
        host = (operation.trait("endpoint") or {}).get("hostPrefix", "")
        host = [f"host: {relabelled(host, cpp)}*"] if host else []
        if service.protocol != "rest_json":
            return [Literal("\n".join(["POST /", *host]), lines=True)] if host else []
        http = operation.trait("http")
        path, _, fixed = http["uri"].partition("?")
        query = [unquote(item) for item in fixed.split("&") if item]
        for trait, form in (("httpQuery", "{0}={{{1}}}"), ("httpQueryParams", "*={{{1}}}")):
            query += [form.format(member.trait(trait), cpp[member.name]) for member in input.members.values() if member.has(trait)]
        target = relabelled(path, cpp) + ("?" + "&".join(query) if query else "")
        body = self.payload(input)
        if not body and http["method"] in ("GET", "HEAD") and any(not service.binding(m) for m in input.members.values()):
            body = ["", "{*}"]
        request = "\n".join([f"{http['method']} {target}", *host, *self.headers(input), *body])
        response = self.response_template(service.output_of(operation), http.get("code", 200))
        return [Literal(request, lines=True)] + ([Literal(response, lines=True)] if response != "200" else [])

    def response_template(self, shape, status):
        cpp = self.service.member_names(shape)
        code = next((f"{{{cpp[member.name]}}}" for member in shape.members.values() if member.has("httpResponseCode")), "")
        line = " ".join(word for word in ("" if code and status == 200 else str(status), code) if word)
        return "\n".join([line, *self.headers(shape), *self.payload(shape)])

    def headers(self, shape):
        cpp = self.service.member_names(shape)
        members = shape.members.values()
        single = [f"{member.trait('httpHeader')}: {{{cpp[member.name]}}}" for member in members if member.has("httpHeader")]
        return single + [f"{member.trait('httpPrefixHeaders')}*: {{{cpp[member.name]}}}" for member in members
                         if member.has("httpPrefixHeaders")]

    def payload(self, shape):
        cpp = self.service.member_names(shape)
        return [line for member in shape.members.values() if member.has("httpPayload") for line in ("", f"{{{cpp[member.name]}}}")]

    # The service.

    def service_struct(self):
        service, shape = self.service, self.service.shape
        namer = self.namer(IN_SERVICE)
        lines = [f"struct {self.name(shape)} {{", f"    using protocol = parley::{service.protocol};"]
        operations = [namer.name(self.name(operation)) for operation in service.operations]
        lines += statement(Joined("using operations = ", Call("parley::operations<", operations, ">")), 4)
        lines += self.error_list(namer, service.error_ids)
        lines.append("    static constexpr auto error_scheme = parley::aws_errors();")
        if shape.has("aws.api#service"):
            aws = Call("static constexpr parley::aws_service aws{", self.aws_fields(), "}")
            rules = shape.trait("smithy.rules#endpointRuleSet")
            lines += statement(aws, 4) if rules is None else self.with_rules(aws, rules)
        return [*lines, "};"]

    @staticmethod
    def with_rules(aws, rules):
        """The endpoint rules as the last field of the service: JSON, which may be broken after each comma."""
        parameters = {name: {key: value for key, value in said.items() if key != "documentation"}
                      for name, said in rules["parameters"].items()}
        tokens = json_tokens(rules | {"parameters": parameters})
        lines = statement(Call(aws.head, [*aws.items, '.endpoint_rules = R"json('], ""), 4, end="")
        current = ""
        for token in tokens:
            if len(current) + len(token) > WIDTH and current:
                lines.append(current)
                current = ""
            current += token
        return [*lines, current + ')json"};']

    def aws_fields(self):
        shape, protocol = self.service.shape, self.service.protocol
        aws = shape.trait("aws.api#service")
        signing_name = (shape.trait("aws.auth#sigv4") or {}).get("name", "")
        fields = {"sdk_id": aws["sdkId"], "signing_name": signing_name, "endpoint_prefix": aws.get("endpointPrefix") or signing_name,
                  "version": shape.properties.get("version", ""), "target_prefix": "" if protocol == "rest_json" else shape.name,
                  "shape_namespace": shape.id.partition("#")[0] if protocol == "aws_json_1_0" else ""}
        items = [Joined(f".{name} = ", Literal(value)) for name, value in fields.items() if value]
        return items + ([".query_compatible = true"] if shape.has("aws.protocols#awsQueryCompatible") else [])


def json_tokens(value):
    """The parts of a JSON text without spaces between which a line may be broken; none has the end of a raw literal."""
    text = json.dumps(value, separators=(",", ":")).replace(")json", ")\\u006ason")
    return re.findall(r'[{\[]*(?:"(?:[^"\\]|\\.)*"|[^",{\[])+,?', text)


def relabelled(text, cpp_names):
    """A path or host with the names of C++ in its labels."""
    return re.sub(r"\{(\w+)(\+?)\}", lambda match: f"{{{cpp_names[match[1]]}{match[2]}}}", text)
