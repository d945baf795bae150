// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_HTTP_PROTOCOLS_IPP
#define PARLEY_HTTP_PROTOCOLS_IPP

// Non-template definitions shared by client.ipp and server.ipp: HTTP, and the protocols over it.
#include <parley/http/header_list.ipp>
#include <parley/http/headers.ipp>
#include <parley/http/request_view.ipp>
#include <parley/http/uri.ipp>
#include <parley/json.ipp>
#include <parley/protocol/scalar_text.ipp>

#endif
