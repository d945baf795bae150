// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include "fuzz.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::try_text({reinterpret_cast<char const*>(data), size});
    return 0;
}
