// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// JSON-RPC 2.0 without HTTP: two processes exchange messages over a pair of connected sockets, one message per line.
//
// The child process serves an inventory. The parent process is its client.

#include <parley/json_rpc.hpp>

#include <boost/describe.hpp>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <utility>

// The description of the API.

struct out_of_stock {
    std::string message;
    int available = 0;
};
BOOST_DESCRIBE_STRUCT(out_of_stock, (), (message, available))
constexpr auto parley_traits(out_of_stock const*) { return parley::traits(parley::rpc_error(1001, "Out of stock")); }

struct inventory {
    using protocol = parley::json_rpc;
    using errors = parley::errors<parley::json_rpc_invalid_params>;
};

struct take {
    struct input {
        parley::required<std::string> item;
        parley::required<int> count;
    };
    struct output {
        int left = 0;
    };
    using errors = parley::errors<out_of_stock>;
    using service = inventory;
    static constexpr std::string_view name = "inventory.take";
};
BOOST_DESCRIBE_STRUCT(take::input, (), (item, count))
BOOST_DESCRIBE_STRUCT(take::output, (), (left))
constexpr auto parley_traits(take::input const*) { return parley::traits(parley::on("count", parley::range(1, 100))); }

struct restock {
    struct input {
        parley::required<std::string> item;
        parley::required<int> count;
    };
    using output = parley::unit;
    using service = inventory;
    static constexpr std::string_view name = "inventory.restock";
    static constexpr auto params = parley::rpc_params::by_position;
};
BOOST_DESCRIBE_STRUCT(restock::input, (), (item, count))

struct list {
    using input = parley::unit;
    using output = std::map<std::string, int>;
    using service = inventory;
    static constexpr std::string_view name = "inventory.list";
};

// The transport. It owns the socket and separates messages.
class lines {
public:
    explicit lines(int socket) : socket_(socket) {}
    lines(lines&& other) noexcept : socket_(std::exchange(other.socket_, -1)), buffer_(std::move(other.buffer_)) {}
    ~lines() {
        if (socket_ >= 0) ::close(socket_);
    }

    bool write(std::string text) const {
        text += '\n';
        for (std::string_view rest = text; !rest.empty();) {
            auto const n = ::send(socket_, rest.data(), rest.size(), MSG_NOSIGNAL);
            if (n <= 0) return false;
            rest.remove_prefix(static_cast<std::size_t>(n));
        }
        return true;
    }
    // Returns the next line, or nothing at the end.
    std::optional<std::string> read() {
        for (;;) {
            if (auto const end = buffer_.find('\n'); end != std::string::npos) {
                auto line = buffer_.substr(0, end);
                buffer_.erase(0, end + 1);
                return line;
            }
            char chunk[4096];
            auto const n = ::recv(socket_, chunk, sizeof chunk, 0);
            if (n <= 0) return std::nullopt;
            buffer_.append(chunk, static_cast<std::size_t>(n));
        }
    }

    parley::result<std::string, parley::transport_error> operator()(parley::message const& message) {
        std::printf("-> %s\n", message.text.c_str());
        if (!write(message.text))
            return parley::transport_error{parley::transport_errc::reset, true, "connection closed by the other process"};
        if (!message.expects_answer) return std::string();
        auto response = read();
        if (!response)
            return parley::transport_error{parley::transport_errc::reset, true, "connection closed by the other process"};
        std::printf("<- %s\n", response->c_str());
        return *std::move(response);
    }

private:
    int socket_;
    std::string buffer_;
};

void serve_inventory(lines connection) {
    std::map<std::string, int> stock{{"lamp", 3}};
    parley::json_rpc_server server{parley::serve<take>([&](take::input const& in) -> parley::json_rpc_reply<take> {
                                       auto& left = stock[*in.item];
                                       if (left < *in.count) return out_of_stock{"not that many of " + *in.item, left};
                                       return take::output{left -= *in.count};
                                   }),
                                   parley::serve<restock>([&](restock::input const& in) { stock[*in.item] += *in.count; }),
                                   parley::serve<list>([&] { return stock; })};
    while (auto message = connection.read()) {
        if (auto response = server.handle(*message)) connection.write(*std::move(response));
    }
}

bool use_inventory(lines connection) {
    parley::json_rpc_client rpc{std::move(connection)};

    auto first = rpc.send<take>({.item = "lamp", .count = 2});
    if (!first || first->left != 1) return false;

    auto too_many = rpc.send<take>({.item = "lamp", .count = 2});
    bool const reported = !too_many
                          && too_many.error().match(
                              [](out_of_stock const& e) {
                                  return std::printf("   %s: %d left\n", e.message.c_str(), e.available), e.available == 1;
                              },
                              [](parley::failure const& f) { return std::printf("   failed: %s\n", f.message.c_str()), false; });

    // An input that violates the description is not sent.
    auto invalid = rpc.send<take>({.item = "lamp", .count = 0});
    bool const refused = !invalid && invalid.error().is<parley::invalid_input>();

    // One message for all three calls, and one for the two responses.
    auto const [restocked, left, all] = rpc.batch(parley::notification<restock>({.item = "lamp", .count = 10}),
                                                  parley::call<take>({.item = "lamp", .count = 4}), parley::call<list>({}));
    return reported && refused && restocked && left && left->left == 7 && all && all->at("lamp") == 7;
}

int main() {
    int sockets[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, sockets) != 0) return 1;
    auto const child = ::fork();
    if (child < 0) return 1;
    ::close(sockets[child == 0 ? 0 : 1]);
    if (child == 0) {
        serve_inventory(lines(sockets[1]));
        std::_Exit(0);
    }
    bool const good = use_inventory(lines(sockets[0]));
    int status = 0;
    ::waitpid(child, &status, 0);
    std::puts(good && status == 0 ? "All is as it should be." : "Something went wrong.");
    return good && status == 0 ? 0 : 1;
}
