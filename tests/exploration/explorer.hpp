// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TESTS_EXPLORATION_EXPLORER_HPP
#define PARLEY_TESTS_EXPLORATION_EXPLORER_HPP

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

/// Exhaustive exploration of state machines: every sequence of events up to a depth, with equal states merged.
namespace exploration {

/// Thrown by a world when its machine violates a property.
struct violation {
    std::string promise;
};

inline void require(bool holds, char const* promise) {
    if (!holds) [[unlikely]]
        throw violation{promise};
}

/// A fingerprint of 128 bits: two states with equal fingerprints count as equal.
class signature {
public:
    void add(std::int64_t value) noexcept {
        auto const x = static_cast<std::uint64_t>(value);
        low_ = mix(low_ ^ x, 0x9e3779b97f4a7c15);
        high_ = mix(high_ + x, 0xc2b2ae3d27d4eb4f);
    }
    template <class Duration>
    void add_time(Duration d) noexcept {
        add(static_cast<std::int64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(d).count()));
    }
    friend bool operator==(signature const&, signature const&) = default;
    struct hash {
        std::size_t operator()(signature const& s) const noexcept { return static_cast<std::size_t>(s.low_ ^ s.high_); }
    };

private:
    static std::uint64_t mix(std::uint64_t x, std::uint64_t factor) noexcept {
        x *= factor;
        x ^= x >> 29;
        x *= 0xbf58476d1ce4e5b9;
        return x ^ (x >> 32);
    }
    std::uint64_t low_ = 1, high_ = 2;
};

/// A machine and its environment. `apply` returns false for an event that is not possible in the current state.
/// `settle` brings the machine to its end and checks the properties of the end.
template <class W>
concept world = requires(W& w, W const& c, typename W::event e, signature& s) {
    { c.events() } -> std::same_as<std::vector<typename W::event>>;
    { w.apply(e) } -> std::same_as<bool>;
    { W::name(e) } -> std::convertible_to<std::string>;
    c.sign(s);
    w.settle();
};

/// A violated property, and a shortest sequence of events that violates it.
struct finding {
    std::string promise;
    std::vector<std::string> events;

    std::string text() const {
        std::string result = promise + "; sequence:";
        for (auto const& event : events) result += "\n    " + event;
        return result;
    }
};

struct census {
    std::size_t states = 0;
    std::size_t runs = 0;      ///< sequences that were executed, each from the start
    long double sequences = 0; ///< sequences that the runs stand for: as long as the depth, or at their end before
    int depth = 0;             ///< no larger than is needed to reach all states
    bool complete = false;     ///< all states were reached: longer sequences lead to no others
    double seconds = 0;
    std::optional<finding> found;
    std::unordered_set<signature, signature::hash> seen{};

    void print(std::string const& name) const {
        std::printf("%-58s %8zu states %9zu runs %9.3Lg sequences of %2d events%s %6.2f s\n", name.c_str(), states, runs,
                    sequences, depth, complete ? ", complete" : "          ", seconds);
        if (found) std::printf("    violated: %s\n", found->text().c_str());
        std::fflush(stdout);
    }
};

/// Explores breadth first, so that each violation is found by a shortest sequence. Machines cannot be copied: each sequence is executed
/// from the start, in a world that `make` returns as a std::unique_ptr.
template <class Make>
class explorer {
    using pointer = decltype(std::declval<Make&>()());
    using world_type = typename pointer::element_type;
    using event = typename world_type::event;
    static_assert(world<world_type>);

public:
    explorer(Make make, bool merge) : make_(std::move(make)), merge_(merge) {}

    census run(int depth) {
        auto const start = std::chrono::steady_clock::now();
        result_.depth = depth;
        add_node(0, event{}, 0, fingerprint_of(*make_()));
        try {
            std::size_t at = 0;
            for (; at < nodes_.size() && nodes_[at].depth < depth; ++at) expand(at);
            result_.complete = at == nodes_.size();
            result_.depth = std::min(depth, nodes_.back().depth + 1);
            count_sequences(result_.depth);
        } catch (finding& found) { result_.found = std::move(found); }
        result_.states = result_.seen.size();
        result_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        return std::move(result_);
    }

private:
    struct node {
        std::size_t parent;
        event by;
        int depth;
    };
    struct edge {
        std::size_t from, to;
    };

    static signature fingerprint_of(world_type const& w) {
        signature s;
        w.sign(s);
        return s;
    }
    std::size_t add_node(std::size_t parent, event by, int depth, signature const& s) {
        result_.seen.insert(s);
        if (merge_) {
            auto const [known, is_new] = numbers_.try_emplace(s, nodes_.size());
            if (!is_new) return known->second;
        }
        nodes_.push_back({parent, by, depth});
        return nodes_.size() - 1;
    }
    std::vector<event> path_to(std::size_t at) const {
        std::vector<event> path(static_cast<std::size_t>(nodes_[at].depth));
        for (auto i = path.size(); i > 0; at = nodes_[at].parent) path[--i] = nodes_[at].by;
        return path;
    }
    void expand(std::size_t at) {
        auto const path = path_to(at);
        for (auto const& next : replay(path)->events()) {
            auto w = replay(path);
            try {
                if (!w->apply(next)) continue;
                ++result_.runs;
                auto const to = add_node(at, next, nodes_[at].depth + 1, fingerprint_of(*w));
                edges_.push_back({at, to});
                w->settle();
            } catch (violation const& broken) {
                finding found{broken.promise, {}};
                for (auto const& e : path) found.events.push_back(world_type::name(e));
                found.events.push_back(world_type::name(next));
                throw found;
            }
        }
    }
    pointer replay(std::vector<event> const& path) {
        auto w = make_();
        for (auto const& e : path) w->apply(e);
        return w;
    }
    void count_sequences(int depth) {
        std::vector<long double> now(nodes_.size(), 0), next;
        std::vector<char> goes_on(nodes_.size(), 0);
        for (auto const& e : edges_) goes_on[e.from] = 1;
        now[0] = 1;
        for (int step = 0; step < depth; ++step) {
            next.assign(nodes_.size(), 0);
            for (std::size_t i = 0; i < now.size(); ++i) {
                if (!goes_on[i]) result_.sequences += now[i];
            }
            for (auto const& e : edges_) next[e.to] += now[e.from];
            now.swap(next);
        }
        for (auto const& n : now) result_.sequences += n;
    }

    Make make_;
    bool merge_;
    census result_;
    std::vector<node> nodes_;
    std::vector<edge> edges_;
    std::unordered_map<signature, std::size_t, signature::hash> numbers_;
};

/// Without `merge`, every sequence is executed, and equal states are only counted once.
template <class Make>
census explore(Make make, int depth, bool merge = true) {
    return explorer<Make>(std::move(make), merge).run(depth);
}

/// Returns the depth of a test: the usual one, or the longer one with `--long`. `--depth=N` limits both.
int depth_of(int usual, int longer);

} // namespace exploration

#endif
