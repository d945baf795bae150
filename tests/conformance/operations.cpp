// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Registers the operations of a service. Compiled PARTS times, each time for every PARTS-th operation:
// -DDESCRIPTION='"service.hpp"' -DSERVICE=namespace::Service -DPART=0 -DPARTS=2

#include DESCRIPTION

#include "conformance/cases.hpp"

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

namespace {

template <class... Op>
bool add(parley::operations<Op...>) {
    using all = boost::mp11::mp_list<Op...>;
    boost::mp11::mp_for_each<boost::mp11::mp_iota_c<sizeof...(Op)>>([](auto position) {
        if constexpr (position % PARTS == PART) {
            using op = boost::mp11::mp_at_c<all, position>;
            conformance::operations().push_back({any_call::operation_of<op>(), &any_server::serve<op>});
        }
    });
    if constexpr (PART == 0) {
        conformance::operation_for = [](parley::http_request const& request) {
            static constexpr auto const& table = parley::detail::server_of<parley::operations<Op...>>::table;
            auto const found = table.engine->route(table.operations, parley::view_of(request), true).position;
            return found ? std::string(table.operations[*found]->name) : std::string();
        };
    }
    return true;
}

[[maybe_unused]] bool const added = add(SERVICE::operations{});

} // namespace
