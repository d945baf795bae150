// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_SERVER_IPP
#define PARLEY_SERVER_IPP

// The non-template definitions of server.hpp.
#include <parley/core/md5.ipp>
#include <parley/http/header_list.ipp>
#include <parley/http/headers.ipp>
#include <parley/http/host.ipp>
#include <parley/http/media_type.ipp>
#include <parley/http/request_view.ipp>
#include <parley/http/uri.ipp>
#include <parley/json.ipp>
#include <parley/protocol/aws_json_server.ipp>
#include <parley/protocol/operation_table.ipp>
#include <parley/protocol/rest_json_server.ipp>
#include <parley/protocol/scalar_text.ipp>
#include <parley/server/scripted_response.ipp>
#include <parley/server/server_call.ipp>

#endif
