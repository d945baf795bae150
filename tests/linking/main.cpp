// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <string>

namespace here {
int size_of_thing(std::string const& name);
}
namespace other {
int size_of_thing(std::string const& name);
}

int main() { return here::size_of_thing("a b") == 3 && other::size_of_thing("a b") == 3 ? 0 : 1; }
