// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// The memory that a client can make a beast_server hold, and failed allocations of the server. This translation unit replaces
// operator new for the whole program.
#include <parley/transport/beast_server.hpp>

#include <support/raw_client.hpp>

#include <doctest/doctest.h>

#include <malloc.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <future>
#include <memory>
#include <mutex>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

TEST_SUITE_BEGIN("transport");

using namespace std::chrono_literals;
using parley::beast_server;
using parley::beast_server_config;
using parley::http_response;
using parley::request_view;
using parley::scripted_response;
using support::raw_client;

namespace memory {

// The bytes that the watched threads have allocated and not released, and their maximum.
std::atomic<std::ptrdiff_t> live{0}, peak{0};
// Makes allocations of those threads fail: from number `first` since `arm` on, or only that one.
std::atomic<long> first{0}, last{0}, count{0}, failed{0};
// The thread of the test is not watched.
thread_local bool watched = true;

void arm(long from, bool all_after) {
    count = failed = 0;
    last = all_after ? 1'000'000'000 : from;
    first = from;
}
void disarm() { first = 0; }
bool must_fail() {
    if (first == 0) return false;
    auto const number = ++count;
    if (number < first || number > last) return false;
    ++failed;
    return true;
}

} // namespace memory

void* operator new(std::size_t size, std::nothrow_t const&) noexcept {
    if (memory::watched && memory::must_fail()) return nullptr;
    void* const bytes = std::malloc(size > 0 ? size : 1);
    if (!bytes || !memory::watched) return bytes;
    auto const now = memory::live += static_cast<std::ptrdiff_t>(malloc_usable_size(bytes));
    for (auto most = memory::peak.load(); most < now && !memory::peak.compare_exchange_weak(most, now);) {}
    return bytes;
}
void* operator new(std::size_t size) {
    if (void* const bytes = operator new(size, std::nothrow)) return bytes;
    throw std::bad_alloc();
}
void operator delete(void* bytes) noexcept {
    if (bytes && memory::watched) memory::live -= static_cast<std::ptrdiff_t>(malloc_usable_size(bytes));
    std::free(bytes);
}
void operator delete(void* bytes, std::size_t) noexcept { operator delete(bytes); }
void operator delete(void* bytes, std::nothrow_t const&) noexcept { operator delete(bytes); }

namespace {

struct not_watched {
    not_watched() { memory::watched = false; }
    ~not_watched() { memory::watched = true; }
    not_watched(not_watched const&) = delete;
    not_watched& operator=(not_watched const&) = delete;
};

constexpr std::size_t kib = 1024, mib = 1024 * kib;

http_response count_body(request_view const& r) { return {200, {}, std::to_string(r.body.size())}; }

// The figures of the table in docs/server.md.
constexpr std::size_t silent_bytes = 24 * kib;
constexpr std::size_t head_peak(beast_server_config const& c) { return silent_bytes + 15 * c.header_bytes + 16 * kib; }
constexpr std::size_t connection_peak(beast_server_config const& c) { return head_peak(c) + 2 * c.body_bytes; }

// The bytes that the threads of an idle server hold, and the growth.
class meter {
public:
    meter() { restart(); }
    void restart() { memory::peak = begin_ = memory::live; }
    std::size_t peak() const { return static_cast<std::size_t>(memory::peak - begin_); }
    std::ptrdiff_t held() const { return memory::live - begin_; }
    // Waits until at most this many bytes are held.
    bool falls_to(std::size_t bytes) const {
        for (int i = 0; i < 300; ++i, std::this_thread::sleep_for(10ms)) {
            if (held() <= static_cast<std::ptrdiff_t>(bytes)) return true;
        }
        return false;
    }

private:
    std::ptrdiff_t begin_ = 0;
};

constexpr std::string_view chunked = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";

std::string repeated(std::string_view text, std::size_t bytes) {
    std::string all;
    all.reserve(bytes + text.size());
    while (all.size() < bytes) all += text;
    return all;
}

// Sends as much as the server accepts, and returns the status of the response.
std::string status_of(raw_client& client, std::string_view begin, std::string_view attack) {
    client.write_all(begin);
    client.write_all(attack);
    client.read_until("\r\n\r\n");
    return client.seen.substr(0, 12);
}

beast_server_config small_limits() { return {.header_bytes = 8 * kib, .body_bytes = 256 * kib}; }

} // namespace

TEST_CASE("beast_server: chunk extensions and trailer fields are limited and dropped") {
    not_watched const own;
    auto const config = small_limits();
    beast_server server{count_body, config};
    CHECK(support::status_of(server.port(), "GET / HTTP/1.1\r\nHost: x\r\n\r\n") == "HTTP/1.1 200");
    struct attack {
        std::string name;
        std::string begin, rest;
    };
    std::vector<attack> const attacks{
        {"an extension without end", "2;", std::string(8 * mib, 'a')},
        {"an extension of the last chunk", "0;", std::string(8 * mib, 'a')},
        {"many extensions", "", repeated("1;" + std::string(100, 'a') + "\r\nx\r\n", 8 * mib)},
        {"zeros before a size", "", std::string(8 * mib, '0')},
        {"many sizes with zeros", "", repeated(std::string(100, '0') + "1\r\nx\r\n", 8 * mib)},
        {"one trailer field without end", "0\r\nX: ", std::string(8 * mib, 'a')},
        {"many trailer fields", "0\r\n", repeated("X: a\r\n", 8 * mib)},
        {"a name without end in the trailer", "1\r\nx\r\n0\r\n", std::string(8 * mib, 'a')},
    };
    for (auto const& one : attacks) {
        CAPTURE(one.name);
        meter const memory;
        raw_client client(server.port());
        CHECK(status_of(client, std::string(chunked) + one.begin, one.rest) == "HTTP/1.1 431");
        CHECK(memory.falls_to(silent_bytes));
        client.finish();
        client.read_all();
        CHECK(client.was_closed());
        MESSAGE(one.name << ": " << memory.peak() << " bytes");
        CHECK(memory.peak() < head_peak(config));
    }
    CHECK(support::status_of(server.port(), "GET / HTTP/1.1\r\nHost: x\r\n\r\n") == "HTTP/1.1 200");
}

TEST_CASE("beast_server: the framing of a chunked body has exactly the limit of a header") {
    not_watched const own;
    beast_server server{count_body, {.header_bytes = 1000}};
    auto const status = [&](std::string const& body) {
        return support::answer_to(server.port(),
                                  std::string(chunked) + body + "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            .substr(9, 3);
    };
    for (std::size_t const more : {std::size_t{0}, std::size_t{1}}) {
        char const* const expected = more == 0 ? "200" : "431";
        CHECK(status("1;" + std::string(999 + more, 'a') + "\r\nx\r\n0\r\n\r\n") == expected);
        CHECK(status("1;" + std::string(499, 'a') + "\r\nx\r\n0;" + std::string(499 + more, 'a') + "\r\n\r\n") == expected);
        CHECK(status(std::string(1000 + more, '0') + "1\r\nx\r\n0\r\n\r\n") == expected);
        CHECK(status("1\r\nx\r\n0\r\nX:" + std::string(996 + more, 'a') + "\r\n\r\n")
              == expected); // 1000 bytes with the line end
    }
    // Sizes and line ends do not count.
    std::string body;
    for (int i = 0; i < 5000; ++i) body += "1\r\nx\r\n10\r\n0123456789abcdef\r\n";
    CHECK(status(body + "0\r\n\r\n") == "200");
}

TEST_CASE("beast_server: a header is limited as a whole, however it is split into segments") {
    not_watched const own;
    auto const config = small_limits();
    beast_server server{count_body, config};
    std::string const line = "GET / HTTP/1.1\r\nHost: x\r\n";
    auto const request = [&](std::size_t bytes) { return line + "X: " + std::string(bytes - line.size() - 7, 'a') + "\r\n\r\n"; };
    REQUIRE(request(config.header_bytes).size() == config.header_bytes);
    CHECK(support::status_of(server.port(), request(config.header_bytes)) == "HTTP/1.1 200");
    CHECK(support::status_of(server.port(), request(config.header_bytes + 1)) == "HTTP/1.1 431");

    struct attack {
        std::string name;
        std::string begin, field;
        std::size_t count;
    };
    for (auto const& one : {attack{"a request line without end", "GET /", std::string(16 * kib, 'a'), 500},
                            attack{"a field without end", line + "X: ", std::string(16 * kib, 'a'), 500},
                            attack{"the smallest fields", line, repeated("X:\r\n", 16 * kib), 500},
                            attack{"segments of whole fields", line, "X: " + std::string(1000, 'a') + "\r\n", 100},
                            attack{"segments of small fields", line, "X:\r\n", 4000}}) {
        CAPTURE(one.name);
        meter const memory;
        raw_client client(server.port());
        client.write(one.begin);
        for (std::size_t i = 0;
             i < one.count && client.write_all(one.field) > 0 && !client.read_some(one.field.size() < 2000 && i < 50 ? 1ms : 0ms);
             ++i) {}
        CHECK(client.read_until("\r\n\r\n"));
        CHECK(client.seen.starts_with("HTTP/1.1 431"));
        MESSAGE(one.name << ": " << memory.peak() << " bytes");
        CHECK(memory.peak() < head_peak(config));
        CHECK(memory.falls_to(silent_bytes));
    }
}

TEST_CASE("beast_server: a header of the smallest fields takes the most memory") {
    not_watched const own;
    auto const config = small_limits();
    std::promise<void> called, go_on;
    beast_server server{[&, wait = go_on.get_future().share()](request_view const& r) {
                            called.set_value();
                            wait.wait();
                            return count_body(r);
                        },
                        config};
    meter const memory;
    raw_client client(server.port());
    // 4 bytes on the wire become 17, and a string may have a capacity of twice its length.
    client.write_all("GET / HTTP/1.1\r\nHost: x\r\n" + repeated("X:\r\n", config.header_bytes - 32) + "\r\n");
    called.get_future().wait();
    MESSAGE("a head of the smallest fields: " << memory.peak() << " bytes, " << memory.held() << " kept while it is answered");
    CHECK(memory.held() > static_cast<std::ptrdiff_t>(4 * config.header_bytes));
    CHECK(memory.held() < static_cast<std::ptrdiff_t>(silent_bytes + 16 * kib + 10 * config.header_bytes));
    CHECK(memory.peak() < head_peak(config));
    go_on.set_value();
    CHECK(client.read_until("\r\n\r\n0"));
    CHECK(memory.falls_to(silent_bytes));
}

TEST_CASE("beast_server: the memory for a body grows with the received bytes") {
    not_watched const own;
    beast_server_config const config{.header_bytes = 8 * kib, .body_bytes = 8 * mib};
    beast_server server{count_body, config};
    {
        meter const memory;
        raw_client client(server.port());
        client.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 8388608\r\n\r\nx");
        CHECK(!client.read_some(50ms));
        CHECK_MESSAGE(memory.peak() < head_peak(config) + 64 * kib, "one byte of an announced body");
    }
    {
        meter const memory;
        raw_client client(server.port());
        client.write_all("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 8388608\r\n\r\n" + std::string(config.body_bytes, 'x'));
        CHECK(client.read_until("8388608"));
        MESSAGE("a body: " << memory.peak() << " bytes");
        CHECK(memory.peak() < connection_peak(config));
        CHECK(memory.falls_to(silent_bytes));
    }
    {
        meter const memory;
        raw_client client(server.port());
        client.write_all(std::string(chunked) + repeated("1\r\nx\r\n", 6 * mib) + "0\r\n\r\n");
        CHECK(client.read_until("\r\n\r\n1048576"));
        MESSAGE("a body in chunks of one byte: " << memory.peak() << " bytes");
        CHECK(memory.peak() < head_peak(config) + 4 * mib);
        CHECK(memory.falls_to(silent_bytes));
    }
    {
        meter const memory;
        raw_client client(server.port());
        CHECK(status_of(client, chunked, repeated("800\r\n" + std::string(0x800, 'x') + "\r\n", 10 * mib)) == "HTTP/1.1 413");
        CHECK(memory.falls_to(silent_bytes));
        CHECK(memory.peak() < connection_peak(config));
    }
}

TEST_CASE("beast_server: requests that arrive during another one wait in the read buffer") {
    not_watched const own;
    auto const config = small_limits();
    std::promise<void> go_on;
    beast_server server{[&, wait = go_on.get_future().share()](request_view const& r) {
                            wait.wait();
                            return count_body(r);
                        },
                        config};
    meter const memory;
    raw_client client(server.port());
    std::thread writer([&] {
        not_watched const this_one;
        client.write_all(repeated("GET / HTTP/1.1\r\nHost: x\r\n\r\n", 4 * mib));
        client.finish();
    });
    std::this_thread::sleep_for(100ms);
    MESSAGE("requests behind one that is answered: " << memory.peak() << " bytes");
    CHECK(memory.peak() < head_peak(config));
    go_on.set_value();
    CHECK(client.read_all());
    writer.join();
    CHECK(memory.peak() < head_peak(config));
}

TEST_CASE("beast_server: an idle connection holds neither its last request nor its last response") {
    not_watched const own;
    constexpr int count = 20;
    beast_server_config const config{.header_bytes = 64 * kib, .body_bytes = 1 * mib};
    beast_server server{[](request_view const& r) {
                            return http_response{200, {}, std::string(r.target == "/" ? 1 : mib, 'x')};
                        },
                        config};
    meter const memory;
    std::vector<std::unique_ptr<raw_client>> clients;
    for (int i = 0; i < count; ++i) clients.push_back(std::make_unique<raw_client>(server.port()));
    std::this_thread::sleep_for(50ms);
    MESSAGE("a silent connection: " << memory.held() / count << " bytes");
    CHECK(memory.held() < count * static_cast<std::ptrdiff_t>(silent_bytes));
    for (auto& client : clients) {
        client->write_all("POST /large HTTP/1.1\r\nHost: x\r\nX: " + std::string(60 * kib, 'x')
                          + "\r\nContent-Length: 1048576\r\n\r\n" + std::string(mib, 'x'));
        while (client->seen.size() < mib && client->read_some(5s)) {}
    }
    CHECK(memory.falls_to(count * silent_bytes));
    CHECK(memory.peak() < count * silent_bytes + connection_peak(config) + 2 * mib);
}

namespace {

// A kind of request, and the number of responses if no allocation fails.
struct scenario {
    std::string name;
    std::string bytes;
    int responses = 1;
};

std::vector<scenario> scenarios() {
    std::string const end = "Host: x\r\nConnection: close\r\n";
    return {
        {"GET", "GET / HTTP/1.1\r\n" + end + "\r\n"},
        {"HEAD", "HEAD / HTTP/1.1\r\n" + end + "\r\n"},
        {"a body with a length", "POST / HTTP/1.1\r\n" + end + "Content-Length: 50000\r\n\r\n" + std::string(50'000, 'x')},
        {"a body in chunks", "POST / HTTP/1.1\r\n" + end + "Transfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\nX: 1\r\n\r\n"},
        {"many fields", "GET / HTTP/1.1\r\n" + end + repeated("X-Long-Name: a value\r\n", 3000) + "\r\n"},
        {"two requests",
         "GET / HTTP/1.1\r\nHost: x\r\n\r\nPOST / HTTP/1.1\r\n" + end + "Content-Length: 20\r\n\r\n01234567890123456789", 2},
        {"a malformed request", "GET / HTTP/1.1\r\nbad name: 1\r\n\r\n"},
        {"too many fields", "GET / HTTP/1.1\r\nHost: x\r\n" + std::string(70 * kib, 'x') + "\r\n\r\n"},
        {"a handler that throws", "GET /throws HTTP/1.1\r\n" + end + "\r\n"},
        {"a handler that gives up", "GET /gives-up HTTP/1.1\r\n" + end + "\r\n"},
        {"an answer from another thread", "GET /later HTTP/1.1\r\n" + end + "\r\n"},
        {"an answer that is given up in another thread", "GET /given-up-later HTTP/1.1\r\n" + end + "\r\n"},
        {"a response that cannot be written", "GET /odd HTTP/1.1\r\n" + end + "\r\n"},
        {"a large response", "GET /large HTTP/1.1\r\n" + end + "\r\n"},
        {"a late response", "GET /late HTTP/1.1\r\n" + end + "\r\n"},
    };
}

// Responds from another thread, which is watched like those of the server.
class other_thread {
public:
    using respond = std::function<void(scripted_response)>;
    other_thread() : thread_([this] { run(); }) {}
    ~other_thread() {
        {
            std::lock_guard lock(mutex_);
            ended_ = true;
        }
        changed_.notify_one();
        thread_.join();
    }
    void take(respond done, bool drop) {
        std::lock_guard lock(mutex_);
        done_ = std::move(done);
        drop_ = drop;
        changed_.notify_one();
    }

private:
    void run() {
        std::unique_lock lock(mutex_);
        for (;;) {
            changed_.wait(lock, [this] { return ended_ || done_; });
            if (!done_) return;
            auto const done = std::exchange(done_, nullptr);
            lock.unlock();
            try {
                if (!drop_) done(http_response{200, {}, "01234567890123456789"});
            } catch (std::bad_alloc const&) {
                // The response of this thread is dropped then.
            }
            lock.lock();
        }
    }
    std::mutex mutex_;
    std::condition_variable changed_;
    respond done_;
    bool drop_ = false, ended_ = false;
    std::thread thread_;
};

int count_of(std::string_view text, std::string_view part) {
    int count = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
    return count;
}

// One or two complete responses, or fewer and the end of the connection.
void check_answers(raw_client& client, scenario const& one) {
    client.read_all();
    CHECK(client.was_closed());
    auto const begun = count_of(client.seen, "HTTP/1.1 "), heads = count_of(client.seen, "\r\n\r\n");
    CHECK(begun <= one.responses);
    CHECK(heads == begun);
}

} // namespace

TEST_CASE("beast_server: a failed allocation costs no more than its connection") {
    not_watched const own;
    other_thread later;
    beast_server server{[&](request_view const& r, std::function<void(scripted_response)> done) {
                            if (r.target == "/throws") throw std::runtime_error("the handler has had enough of this");
                            if (r.target == "/gives-up") return;
                            if (r.target == "/later" || r.target == "/given-up-later")
                                return later.take(std::move(done), r.target != "/later");
                            if (r.target == "/odd") return done(http_response{200, {{"x-a", "1\r\nx-b: 2"}}, "x"});
                            scripted_response reply(http_response{200,
                                                                  {{"content-type", "application/octet-stream"}},
                                                                  std::string(r.target == "/large" ? 3 * mib : 100, 'x')});
                            if (r.target == "/late") reply.delay = 1ms;
                            done(std::move(reply));
                        },
                        {.threads = 2, .read_timeout = 500ms}};

    long points = 0, answered = 0;
    for (auto const& one : scenarios()) {
        for (bool const all_after : {false, true}) {
            CAPTURE(one.name);
            CAPTURE(all_after);
            for (long n = 1; n < 1000; ++n) {
                CAPTURE(n);
                memory::arm(n, all_after);
                raw_client client(server.port());
                client.write_all(one.bytes);
                check_answers(client, one);
                memory::disarm();
                if (memory::failed == 0) {
                    CHECK(count_of(client.seen, "HTTP/1.1 ") == one.responses);
                    break;
                }
                ++points;
                answered += client.seen.starts_with("HTTP/1.1 ");
                CHECK(support::status_of(server.port(), "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                      == "HTTP/1.1 200");
            }
            CHECK_MESSAGE(memory::failed == 0, "some number of allocations is sufficient");
        }
    }
    MESSAGE(points << " points of failure: " << answered << " were answered, at " << points - answered
                   << " the connection was closed");
    CHECK(points > 100);
}

TEST_SUITE_END();
