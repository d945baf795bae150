// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// The tests of scan.cpp, of the code for processors without SSE2.
#undef __SSE2__
#define PARLEY_ABI scan_portable_test
#define PARLEY_TESTS_SCAN_PORTABLE
#include "scan.cpp"
