// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_OPENAPI_OPENAPI_IPP
#define PARLEY_OPENAPI_OPENAPI_IPP

#include <parley/core/text.hpp>
#include <parley/openapi/openapi.hpp>
#include <parley/openapi/openapi_schema.hpp>
#include <parley/protocol/aws_json.hpp>

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::inline PARLEY_ABI::detail {

namespace openapi {

// Computes the OpenAPI document of a service from the tables of its operations.
class openapi_writer {
public:
    openapi_writer(openapi_info const& info, openapi_types const& types) : info_(info), schemas_(types) {}

    std::string write(std::span<openapi_operation const> operations, std::string_view service) {
        for (auto const& operation : operations) add(operation);
        auto const* aws = operations.empty() ? nullptr : operations[0].table->aws;
        bool const signs = aws && !aws->signing_name.empty();

        json_builder out;
        out.open('{').key("openapi").text("3.1.0");
        out.key("info").open('{').key("title").text(info_.title.empty() ? service : info_.title);
        auto const version = aws && !aws->version.empty() ? aws->version : std::string_view("1");
        out.key("version").text(info_.version.empty() ? version : info_.version);
        if (!info_.description.empty()) out.key("description").text(info_.description);
        out.close('}');
        if (!info_.servers.empty()) {
            out.key("servers").open('[');
            for (auto const& url : info_.servers) out.open('{').key("url").text(url).close('}');
            out.close(']');
        }
        out.key("paths").open('{');
        for (auto const& path : paths_) {
            out.key(path.key).open('{');
            for (auto const& [method, operation] : path.operations) out.key(method).put(operation);
            out.close('}');
        }
        out.close('}');
        if (schemas_.has_components() || signs) {
            out.key("components").open('{');
            if (schemas_.has_components()) {
                out.key("schemas");
                schemas_.write_components(out);
            }
            // OpenAPI has no security scheme for signatures. AWS API Gateway uses this extension.
            if (signs) {
                out.key("securitySchemes").open('{').key("sigv4").open('{').key("type").text("apiKey");
                out.key("description").text("AWS Signature Version 4 for " + std::string(aws->signing_name));
                out.key("name").text("Authorization").key("in").text("header");
                out.key("x-amazon-apigateway-authtype").text("awsSigv4").close('}').close('}');
            }
            out.close('}');
        }
        if (signs) out.key("security").put("[{\"sigv4\":[]}]");
        return out.close('}').take();
    }

private:
    struct path_item {
        std::string key;
        std::string pattern;             // the key without the names of labels
        std::vector<std::string> labels; // names of the labels
        std::vector<std::pair<std::string, std::string>> operations;
    };

    void add(openapi_operation const& operation) {
        auto const& op = *operation.table;
        auto& item = operation.rpc_type.empty() ? place_of(op) : paths_.emplace_back();
        if (!operation.rpc_type.empty()) item.key = "/#X-Amz-Target=" + aws_json::target_of(op);
        json_builder out;
        out.open('{').key("operationId").text(op.name);
        write_servers(out, *op.request);
        write_parameters(out, operation, item.labels);
        write_request_body(out, operation);
        out.key("responses").open('{');
        write_output(out, operation);
        write_errors(out, operation);
        out.close('}').close('}');
        item.operations.emplace_back(method_key(op.request->method), out.take());
    }

    // "The following fixed fields": https://spec.openapis.org/oas/v3.1.0#path-item-object. Other methods are an extension.
    static std::string method_key(std::string_view method) {
        std::string key;
        for (char c : method) key += ascii_lower(c);
        for (std::string_view const known : {"get", "put", "post", "delete", "options", "head", "patch", "trace"}) {
            if (key == known) return key;
        }
        return "x-" + key;
    }

    // "Templated paths with the same hierarchy but different templated names MUST NOT exist as they are identical": the first names are
    // used. Operations with the same path and method differ in a fragment.
    // https://spec.openapis.org/oas/v3.1.0#paths-object
    path_item& place_of(operation_table const& op) {
        path_item added;
        for (auto const& part : op.request->parts) {
            if (part.place == template_place::path_text) {
                added.key += part.text;
                added.pattern += part.text;
            } else if (part.place == template_place::path_label || part.place == template_place::path_greedy) {
                added.labels.emplace_back(part.member->name);
                added.key.append("{").append(part.member->name).append("}");
                added.pattern += "{}";
            }
        }
        auto const method = method_key(op.request->method);
        for (auto& item : paths_) {
            if (item.pattern != added.pattern) continue;
            bool taken = false;
            for (auto const& [other, operation] : item.operations) taken |= other == method;
            if (!taken) return item;
            added.key.append("#").append(op.name);
            break;
        }
        return paths_.emplace_back(std::move(added));
    }

    // Operations with a host prefix have other servers.
    void write_servers(json_builder& out, message_binding const& request) const {
        std::string prefix;
        std::vector<std::string_view> labels;
        for (auto const& part : request.parts) {
            if (part.place == template_place::host_text) prefix += part.text;
            if (part.place != template_place::host_label) continue;
            prefix.append("{").append(part.member->name).append("}");
            labels.push_back(part.member->name);
        }
        if (prefix.empty() || info_.servers.empty()) return;
        out.key("servers").open('[');
        for (auto url : info_.servers) {
            auto const scheme = url.find("://");
            if (scheme != url.npos) url.insert(scheme + 3, prefix);
            out.open('{').key("url").text(url);
            if (!labels.empty()) {
                out.key("variables").open('{');
                for (auto const label : labels) out.key(label).open('{').key("default").text(label).close('}');
                out.close('}');
            }
            out.close('}');
        }
        out.close(']');
    }

    void write_parameters(json_builder& out, openapi_operation const& operation, std::vector<std::string> const& labels) {
        json_builder list;
        bool any = false;
        auto const begin = [&](std::string_view in, std::string_view name, bool required) -> json_builder& {
            if (!std::exchange(any, true)) list.open('[');
            list.open('{').key("name").text(name).key("in").text(in);
            if (required) list.key("required").put("true");
            return list;
        };
        auto const literal = [&](std::string_view in, std::string_view name, std::string_view value) {
            begin(in, name, true)
                .key("schema")
                .open('{')
                .key("type")
                .text("string")
                .key("const")
                .text(value)
                .close('}')
                .close('}');
        };
        if (!operation.rpc_type.empty()) literal("header", "X-Amz-Target", aws_json::target_of(*operation.table));
        std::size_t label = 0;
        for (auto const& part : operation.table->request->parts) {
            switch (part.place) {
            case template_place::path_label: begin("path", labels[label++], true); break;
            case template_place::path_greedy:
                begin("path", labels[label++], true).key("description");
                list.text("One or more path segments, including the slashes between them.");
                break;
            case template_place::query_text: literal("query", part.name, part.text); continue;
            case template_place::query_member: begin("query", part.name, is_required(*part.member)); break;
            case template_place::query_map: // the style "form" writes each entry as a parameter
                begin("query", part.member->name, false).key("description").text("All other parameters.");
                break;
            case template_place::header_text: literal("header", part.name, part.text); continue;
            case template_place::header_member:
                if (is_content_type(part)) continue;
                begin("header", part.name, is_required(*part.member));
                break;
            case template_place::header_map:
                write_header_map(begin("header", std::string(part.name) + '*', false), *part.member);
                continue;
            default: continue;
            }
            bool const header = part.place == template_place::header_member;
            list.key("schema");
            schemas_.write(list, *part.member, header ? openapi_place::header : openapi_place::path_or_query);
            list.close('}');
        }
        if (any) out.key("parameters").put(list.close(']').take());
    }

    // OpenAPI cannot express headers with a common prefix.
    void write_header_map(json_builder& out, member const& m) {
        out.key("description").text("One header for each entry: the star stands for its key.");
        out.key("schema");
        schemas_.write(out, *m.value.target->map->value.target);
        out.close('}');
    }

    // "If in is "header" and the name field is "Accept", "Content-Type" or "Authorization", the parameter definition SHALL be
    // ignored": https://spec.openapis.org/oas/v3.1.0#parameter-object
    static bool is_content_type(bound_part const& part) { return equals_ignore_case(part.name, "content-type"); }

    // Empty lists and maps have no representation in a query or header.
    static bool is_required(member const& m) {
        auto const kind = m.value.target->kind;
        if (kind != shape_kind::list && kind != shape_kind::map) return m.required;
        return m.required && m.checks && m.checks->value && m.checks->value->min_length > 0;
    }

    void write_request_body(json_builder& out, openapi_operation const& operation) {
        auto const& op = *operation.table;
        auto const& binding = *op.request;
        if (!binding.payload && binding.body.empty() && operation.rpc_type.empty()) return;
        bool const required =
            binding.payload ? !binding.payload->value.nullable : !(op.input->structure->required & binding.body).empty();
        out.key("requestBody").open('{').key("content");
        write_content(out, binding, *op.input, operation.rpc_type);
        if (required || !operation.rpc_type.empty()) out.key("required").put("true");
        out.close('}');
    }

    // Writes the media type and the schema of a body.
    void write_content(json_builder& out, message_binding const& binding, shape const& type, std::string_view rpc_type) {
        out.open('{').key(media_type_of(binding, rpc_type)).open('{');
        if (!is_bytes(binding)) {
            out.key("schema");
            write_body(out, binding, type);
        }
        out.close('}').close('}');
    }

    static bool is_bytes(message_binding const& binding) {
        return binding.payload && binding.payload->value.target->kind == shape_kind::blob;
    }

    static std::string_view media_type_of(message_binding const& binding, std::string_view rpc_type) {
        if (!rpc_type.empty()) return rpc_type;
        if (!binding.payload) return "application/json";
        auto const own = binding.payload->media_type;
        switch (binding.payload->value.target->kind) {
        case shape_kind::blob: return own.empty() ? "*/*" : own;
        case shape_kind::text:
        case shape_kind::enumeration: return own.empty() ? "text/plain" : own;
        default: return "application/json";
        }
    }

    // Writes the schema of a body. Refers to the structure if the body has all of its members.
    void write_body(json_builder& out, message_binding const& binding, shape const& type) {
        if (binding.payload) return schemas_.write(out, *binding.payload, openapi_place::body);
        auto const& s = *type.structure;
        for (std::size_t i = 0; i < s.count; ++i) {
            if (!binding.body.contains(i)) return schemas_.write_object(out, s, binding.body);
        }
        schemas_.write(out, type);
    }

    void write_output(json_builder& out, openapi_operation const& operation) {
        auto const& op = *operation.table;
        auto const& binding = *op.response;
        bool has_status = false;
        for (auto const& part : binding.parts) has_status |= part.place == template_place::status;
        out.key(has_status ? "2XX" : std::to_string(binding.status)).open('{');
        // RFC 9110, sections 9.3.2 and 15.3.5.
        bool const bodiless = op.request->method == "HEAD" || binding.status == 204 || op.output == &shape_table<unit>::value;
        out.key("description").text(bodiless ? "There is no body." : "The output of " + std::string(op.name) + '.');
        if (headers_ = {}; has_headers(binding)) {
            add_headers(binding);
            write_headers(out);
        }
        if (!bodiless) {
            out.key("content");
            write_content(out, binding, *op.output, operation.rpc_type);
        }
        out.close('}');
    }

    static bool has_headers(message_binding const& binding) {
        for (auto const& part : binding.parts) {
            bool const header = part.place == template_place::header_member || part.place == template_place::header_map
                                || part.place == template_place::header_text;
            if (header && !is_content_type(part)) return true;
        }
        return false;
    }
    void add_headers(message_binding const& binding) {
        for (auto const& part : binding.parts) {
            if (is_content_type(part)) continue;
            json_builder header;
            header.open('{');
            if (part.place == template_place::header_member) {
                if (is_required(*part.member)) header.key("required").put("true");
                header.key("schema");
                schemas_.write(header, *part.member, openapi_place::header);
                headers_.emplace(part.name, header.close('}').take());
            } else if (part.place == template_place::header_text) {
                header.key("schema").open('{').key("type").text("string").key("const").text(part.text).close('}');
                headers_.emplace(part.name, header.close('}').take());
            } else if (part.place == template_place::header_map) {
                write_header_map(header, *part.member);
                headers_.emplace(std::string(part.name) + '*', header.take());
            }
        }
    }
    void write_headers(json_builder& out) const {
        out.key("headers").open('{');
        for (auto const& [name, header] : headers_) out.key(name).put(header);
        out.close('}');
    }

    // Writes a response per status, which describes all errors with that status.
    void write_errors(json_builder& out, openapi_operation const& operation) {
        auto const& op = *operation.table;
        std::map<int, std::vector<error_entry const*>> by_status;
        for (auto const* entry : op.errors) {
            auto const usual = entry->fault == fault::server ? 500 : 400;
            by_status[entry->status != 0 ? entry->status : usual].push_back(entry);
        }
        auto const rule = op.scheme.by;
        bool const rpc = !operation.rpc_type.empty();
        bool const by_header = !rpc && (rule == error_scheme::rule::code_or_status || rule == error_scheme::rule::aws);
        // If the body does not identify the error, it may match several schemas.
        bool const exact = rpc || rule == error_scheme::rule::member || rule == error_scheme::rule::problem;
        for (auto const& [status, entries] : by_status) {
            out.key(std::to_string(status)).open('{').key("description");
            std::string names;
            std::vector<std::string_view> codes;
            headers_ = {};
            for (auto const* entry : entries) {
                names.append(names.empty() ? "" : ", ").append(entry->code);
                codes.push_back(entry->code);
                if (!rpc) add_headers(*entry->binding);
            }
            out.text(names);
            if (by_header) {
                json_builder header;
                header.open('{').key("schema").open('{').key("type").text("string").key("enum").texts(codes).close('}').close(
                    '}');
                headers_.emplace("X-Amzn-Errortype", header.take());
            }
            if (!headers_.empty()) write_headers(out);
            std::string_view const type = rpc                                   ? operation.rpc_type
                                          : rule == error_scheme::rule::problem ? "application/problem+json"
                                                                                : "application/json";
            out.key("content").open('{').key(type).open('{').key("schema");
            if (entries.size() > 1) out.open('{').key(exact ? "oneOf" : "anyOf").open('[');
            for (auto const* entry : entries) write_error(out, op, *entry, status, rpc);
            if (entries.size() > 1) out.close(']').close('}');
            out.close('}').close('}').close('}');
        }
    }

    // Writes the schema of the body of an error: its members, and the code and message in the error scheme of the service.
    void write_error(json_builder& out, operation_table const& op, error_entry const& entry, int status, bool rpc) {
        json_builder members;
        if (rpc) schemas_.write(members, *entry.what);
        else write_body(members, *entry.binding, *entry.what);
        auto const body = members.take();
        if (rpc) {
            // Matches "Code", "namespace#Code" and "Code:address".
            auto const code = "{\"type\":\"string\",\"pattern\":" + quoted("(^|#)" + std::string(entry.code) + "(:|$)") + '}';
            return write_all(out, {body, within("/__type", code, true)});
        }
        auto const constant = [&](std::string_view text) { return "{\"type\":\"string\",\"const\":" + quoted(text) + '}'; };
        std::string const text = "{\"type\":\"string\"}";
        switch (op.scheme.by) {
        case error_scheme::rule::member:
            return write_all(out, {within(op.scheme.details, body, true), within(op.scheme.code, constant(entry.code), true),
                                   within(op.scheme.message, text, false)});
        case error_scheme::rule::problem:
            return write_all(out, {body, within("/type", constant(entry.code), true),
                                   within("/status", "{\"type\":\"integer\",\"const\":" + std::to_string(status) + '}', true),
                                   within("/detail", text, false)});
        default: out.put(body); return;
        }
    }

    static void write_all(json_builder& out, std::vector<std::string> const& schemas) {
        out.open('{').key("allOf").open('[');
        for (auto const& each : schemas) out.put(each);
        out.close(']').close('}');
    }

    static std::string quoted(std::string_view text) { return json_builder().text(text).take(); }

    // Returns the schema of an object with a value at a JSON Pointer.
    static std::string within(std::string_view pointer, std::string const& schema, bool required) {
        if (pointer.empty()) return schema;
        auto const token = pointer.substr(1, pointer.find('/', 1) - 1);
        std::string name;
        for (std::size_t i = 0; i < token.size(); ++i) {
            bool const escape = token[i] == '~' && i + 1 < token.size();
            name += escape ? (token[++i] == '1' ? '/' : '~') : token[i];
        }
        json_builder out;
        out.open('{').key("type").text("object").key("properties").open('{').key(name);
        out.put(within(pointer.substr(1 + token.size()), schema, required)).close('}');
        if (required) out.key("required").texts({name});
        return out.close('}').take();
    }

    openapi_info const& info_;
    openapi_schemas schemas_;
    std::vector<path_item> paths_;
    std::map<std::string, std::string> headers_; // of the current response
};

} // namespace openapi

std::string write_openapi(openapi_info const& info, openapi_types const& types, std::span<openapi_operation const> operations,
                          std::string_view service) {
    return openapi::openapi_writer(info, types).write(operations, service);
}

} // namespace parley::detail

#endif
