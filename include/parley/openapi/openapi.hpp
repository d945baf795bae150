// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_OPENAPI_OPENAPI_HPP
#define PARLEY_OPENAPI_OPENAPI_HPP

#include <parley/core/type_name.hpp>
#include <parley/openapi/openapi_schema.hpp>
#include <parley/openapi/openapi_types.hpp>
#include <parley/server/server_table.hpp>

#include <boost/mp11/algorithm.hpp>

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace parley::inline PARLEY_ABI {

/// Contents of an OpenAPI document that are not part of the description of a service. All members have defaults.
struct openapi_info {
    std::string title{};                ///< Title. Default: the name of the service.
    std::string version{};              ///< Version of the API. Default: the version of an AWS service, otherwise "1".
    std::string description{};          ///< Description in CommonMark.
    std::vector<std::string> servers{}; ///< URLs of the servers, such as "https://api.example.com".
};

namespace detail {

/// An operation, and the media type of its protocol if that is an RPC protocol.
struct openapi_operation {
    operation_table const* table = nullptr;
    std::string_view rpc_type{};
};

template <class Protocol>
constexpr std::string_view openapi_rpc_type() {
    if constexpr (requires { Protocol::content_type; }) return Protocol::content_type;
    else return {};
}

/// Writes the OpenAPI document of a service.
///
/// @param info       Contents that are not part of the description.
/// @param types      All types of the operations.
/// @param operations The operations.
/// @param service    Name of the service, the default title.
std::string write_openapi(openapi_info const& info, openapi_types const& types, std::span<openapi_operation const> operations,
                          std::string_view service);

template <class Op>
using speaks_http = std::bool_constant<!std::is_same_v<typename protocol_of<Op>::type, parley::json_rpc>>;

template <class Operations>
struct must_use_http {
    static_assert(
        boost::mp11::mp_all_of<Operations, speaks_http>::value,
        "parley: OpenAPI cannot describe a service with the protocol JSON-RPC, which has no paths, methods or statuses");
};

template <class Operations>
struct openapi_of;
template <class... Op>
struct openapi_of<operations<Op...>> : must_use_http<operations<Op...>> {
    static constexpr std::array<openapi_operation, sizeof...(Op)> table{
        openapi_operation{&table_of<Op>::value, openapi_rpc_type<typename protocol_of<Op>::type>()}...};

    static openapi_types types() {
        openapi_types all;
        using in_order = int[];
        static_cast<void>(in_order{0, (add<Op>(all), 0)...});
        all.give_names();
        return all;
    }

private:
    template <class One>
    static void add(openapi_types& all) {
        all.add_scope(qualified_name<One>());
        all.template add<typename One::input>();
        all.template add<typename One::output>();
        add_errors(all, static_cast<all_errors<One>*>(nullptr));
    }
    template <class... E>
    static void add_errors(openapi_types& all, errors<E...>*) {
        using in_order = int[];
        static_cast<void>(in_order{0, (all.template add<E>(), 0)...});
    }
};

} // namespace detail

/// Returns the OpenAPI 3.1 document of a service as JSON.
///
///     std::string document = parley::openapi<weather_service>({.servers = {"https://api.example.com"}});
///
/// The document describes each operation (path, method, parameters, body, output and declared errors by status), each struct, union and
/// enumeration (a schema with its constraints), and the signature of AWS services. It is computed from the tables that `parley::router`
/// uses. docs/openapi.md lists features that OpenAPI cannot express.
///
/// The translation unit that defines `PARLEY_IMPLEMENTATION` must include this header.
///
/// @tparam Service A service that lists its operations, or a `parley::operations<...>`.
/// @param info Contents that are not part of the description.
/// @return JSON, UTF-8. See https://spec.openapis.org/oas/v3.1.0
template <class Service>
std::string openapi(openapi_info const& info = {}) {
    using described = detail::openapi_of<typename detail::operations_of<Service>::type>;
    auto const types = described::types();
    return detail::write_openapi(info, types, described::table, detail::type_name<Service>());
}

} // namespace parley

#endif

#ifdef PARLEY_IMPLEMENTATION
#include <parley/openapi/openapi.ipp>
#include <parley/openapi/openapi_schema.ipp>
#include <parley/openapi/openapi_types.ipp>
#endif
