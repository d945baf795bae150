// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Decodes pages of many megabytes, in pieces and at once. Prints a line of JSON for each: the time per byte of text, the memory of the
// decoded page and the additional memory at the peak. The text itself is not counted.
#include <parley/json.hpp>
#include <parley/json/locate.hpp>
#include <parley/services/medical_imaging.hpp>

#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <iterator>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

std::size_t live = 0, peak = 0; // bytes

} // namespace

void* operator new(std::size_t size) {
    void* const memory = std::malloc(size > 0 ? size : 1);
    if (!memory) throw std::bad_alloc();
    live += malloc_usable_size(memory);
    peak = std::max(peak, live);
    return memory;
}
void operator delete(void* memory) noexcept {
    live -= malloc_usable_size(memory);
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }

namespace {

using namespace medical_imaging;

// The page of the service. Its list is a vector, whose items exist twice while it grows.
using vector_page = SearchImageSetsResponse;
// The same with a list that grows in place, so additional memory belongs to the decoder.
struct deque_page {
    std::deque<ImageSetsMetadataSummary> imageSetsMetadataSummaries{};
    std::optional<Sort> sort{};
    std::optional<std::string> nextToken{};
};
BOOST_DESCRIBE_STRUCT(deque_page, (), (imageSetsMetadataSummaries, sort, nextToken))

// Returns the page of benchmarks/payloads/L.json with its items repeated.
std::string page_of(std::size_t size) {
    std::ifstream file("benchmarks/payloads/L.json", std::ios::binary);
    std::string const text(std::istreambuf_iterator<char>(file), {});
    auto const list = parley::detail::find_json(text, "/imageSetsMetadataSummaries");
    if (!list) std::fputs("benchmarks/payloads/L.json is missing: run from the project's root\n", stderr), std::exit(1);
    auto const items = list->text.substr(1, list->text.size() - 2);
    std::string page = text.substr(0, list->begin + 1);
    page.reserve(size + text.size());
    while (page.size() + text.size() < size) page.append(items).append(",");
    return page.append(items).append(std::string_view(text).substr(list->begin + list->text.size() - 1));
}

template <class T>
parley::result<T> read_in_pieces(std::string_view text) {
    constexpr std::size_t piece = 64 * 1024;
    parley::decoder<T> decoder;
    for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) decoder.feed(text.substr(0, piece));
    return decoder.finish();
}

// `make` returns a result with a page.
template <class Make>
void measure(char const* how, char const* list, std::string const& text, std::string const& expected, Make make) {
    std::vector<double> seconds;
    std::size_t held = 0, beyond = 0;
    for (int round = 0; round < 5; ++round) {
        auto const before = live;
        peak = live;
        auto const begin = std::chrono::steady_clock::now();
        auto const page = make();
        seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
        if (!page) std::fprintf(stderr, "%s\n", page.error().message().c_str()), std::exit(1);
        held = live - before;
        beyond = peak - live;
        if (round == 0 && parley::to_json(*page).value() != expected)
            std::fprintf(stderr, "%s into a %s disagrees\n", how, list), std::exit(1);
    }
    std::sort(seconds.begin(), seconds.end());
    std::printf(R"({"how":"%s","list":"%s","bytes":%zu,"ns_a_byte":%.2f,"held":%zu,"beyond":%zu})"
                "\n",
                how, list, text.size(), seconds[seconds.size() / 2] * 1e9 / static_cast<double>(text.size()), held, beyond);
}

template <class T>
void measure_all(char const* list, std::string const& text, std::string const& expected) {
    measure("decoder, 64 KB at a time", list, text, expected, [&] { return read_in_pieces<T>(text); });
    measure("from_json, all at once", list, text, expected, [&] { return parley::from_json<T>(text); });
    auto const page = parley::from_json<T>(text);
    measure("copy of the finished page", list, text, expected, [&] { return page; });
}

} // namespace

int main() {
    for (std::size_t megabytes : {1u, 10u, 100u}) {
        auto const text = page_of(megabytes * 1'000'000);
        auto const expected = parley::to_json(parley::from_json<deque_page>(text).value()).value();
        measure_all<vector_page>("vector", text, expected);
        measure_all<deque_page>("deque", text, expected);
    }
}
