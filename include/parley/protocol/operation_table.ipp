// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_OPERATION_TABLE_IPP
#define PARLEY_PROTOCOL_OPERATION_TABLE_IPP

#include <parley/core/base64.hpp>
#include <parley/core/md5.hpp>
#include <parley/protocol/operation_table.hpp>

#include <string>

namespace parley::inline PARLEY_ABI::detail {

void add_md5(http_request& request) {
    std::string checksum;
    append_base64(checksum, md5(request.body));
    request.fields.add("content-md5", checksum);
}

} // namespace parley::detail

#endif
