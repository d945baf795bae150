// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A map has keys that are not texts.
// expect: parley: the keys of a map must be texts

#include <parley/json.hpp>

#include <map>
#include <string>

#ifdef MISTAKE
using scores = std::map<int, int>;
#else
using scores = std::map<std::string, int>;
#endif

auto text(scores const& s) { return parley::to_json(s); }
