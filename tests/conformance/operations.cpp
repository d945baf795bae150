// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Gives the program the operations of a service. Compiled several times, each time for every PARTS-th of them:
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
        if constexpr (position % PARTS == PART)
            conformance::operations().push_back(any_call::operation_of<boost::mp11::mp_at_c<all, position>>());
    });
    return true;
}

[[maybe_unused]] bool const added = add(SERVICE::operations{});

} // namespace
