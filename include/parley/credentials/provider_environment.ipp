// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_PROVIDER_ENVIRONMENT_IPP
#define PARLEY_CREDENTIALS_PROVIDER_ENVIRONMENT_IPP

#include <parley/credentials/provider_environment.hpp>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <system_error>
#include <thread>

#if __has_include(<spawn.h>) && __has_include(<sys/wait.h>)
#define PARLEY_DETAIL_HAS_SPAWN
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
extern char** environ;
#endif

namespace parley::inline PARLEY_ABI::detail {

namespace credentials_impl {

inline constexpr std::size_t max_text = std::size_t{1} << 20; // bytes

} // namespace credentials_impl

std::optional<std::string> environment_variable(std::string const& name) {
    auto const* value = std::getenv(name.c_str());
    if (!value) return std::nullopt;
    return value;
}

[[gnu::cold]] result<std::string, access_error> file_text(std::string const& path) {
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        auto const reason = std::error_code(errno, std::generic_category());
        bool const missing = reason == std::errc::no_such_file_or_directory || reason == std::errc::not_a_directory;
        return access_error{missing, reason ? reason.message() : "cannot be opened"};
    }
    std::string text(credentials_impl::max_text + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (file.bad() || (file.fail() && !file.eof())) return access_error{false, "cannot be read"};
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (text.size() > credentials_impl::max_text) return access_error{false, "larger than 1 MiB"};
    return text;
}

std::chrono::system_clock::time_point system_clock_now() { return std::chrono::system_clock::now(); }
std::chrono::steady_clock::time_point steady_clock_now() { return std::chrono::steady_clock::now(); }
void sleep_for(std::chrono::steady_clock::duration duration) { std::this_thread::sleep_for(duration); }

#ifdef PARLEY_DETAIL_HAS_SPAWN

namespace credentials_impl {

// A child process and the read end of the pipe from its standard output. The destructor ends the process.
class child_process {
public:
    child_process() = default;
    child_process(child_process const&) = delete;
    child_process& operator=(child_process const&) = delete;
    ~child_process() {
        if (output_ >= 0) close(output_);
        if (id_ <= 0) return;
        kill(id_, SIGKILL);
        waitpid(id_, nullptr, 0);
    }

    // The standard input is empty; the standard error is inherited.
    bool start(std::string const& command) {
        int ends[2];
        if (pipe(ends) != 0) return false;
        output_ = ends[0];
        for (int const end : ends) fcntl(end, F_SETFD, FD_CLOEXEC);
        posix_spawn_file_actions_t actions;
        bool good = posix_spawn_file_actions_init(&actions) == 0;
        if (good) {
            good = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0) == 0
                   && posix_spawn_file_actions_adddup2(&actions, ends[1], 1) == 0;
            std::string shell = "sh", option = "-c", text = command;
            char* arguments[] = {shell.data(), option.data(), text.data(), nullptr};
            good = good && posix_spawn(&id_, "/bin/sh", &actions, nullptr, arguments, environ) == 0;
            if (!good) id_ = -1;
            posix_spawn_file_actions_destroy(&actions);
        }
        close(ends[1]);
        return good;
    }

    // Appends the next part of the output. Returns 1 if there may be more, 0 at the end, -1 after a time-out or an error.
    int read_some(std::string& out, std::chrono::milliseconds timeout) {
        pollfd waiting{output_, POLLIN, 0};
        int const ready = poll(&waiting, 1, static_cast<int>(timeout.count()));
        if (ready < 0 && errno == EINTR) return 1;
        if (ready <= 0) return -1;
        char piece[4096];
        auto const count = read(output_, piece, sizeof piece);
        if (count < 0) return errno == EINTR ? 1 : -1;
        out.append(piece, static_cast<std::size_t>(count));
        return count > 0 ? 1 : 0;
    }

    // Returns the exit status; `nullopt` while the process runs. A program that ignores SIGCHLD never sees a status, which counts as 0.
    std::optional<int> status() {
        int state = 0;
        auto const id = waitpid(id_, &state, WNOHANG);
        if (id == 0 || (id < 0 && errno == EINTR)) return std::nullopt;
        id_ = -1;
        if (id < 0) return 0;
        return WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
    }

private:
    pid_t id_ = -1;
    int output_ = -1;
};

} // namespace credentials_impl

result<std::string, access_error> command_output(std::string const& command) {
    using namespace std::chrono;
    auto const end = steady_clock::now() + minutes(1);
    auto const left = [end] { return ceil<milliseconds>(end - steady_clock::now()); };
    credentials_impl::child_process child;
    if (!child.start(command)) return access_error{false, "cannot be started"};
    std::string output;
    for (int more = 1; more != 0;) {
        if (left() <= milliseconds(0)) return access_error{false, "did not end within a minute"};
        more = child.read_some(output, left());
        if (more < 0 && left() > milliseconds(0)) return access_error{false, "its output cannot be read"};
        if (output.size() > credentials_impl::max_text) return access_error{false, "wrote more than 1 MiB"};
    }
    for (;;) {
        if (auto const status = child.status()) {
            if (*status == 0) return output;
            return access_error{false, "ended with status " + std::to_string(*status)};
        }
        if (left() <= milliseconds(0)) return access_error{false, "did not end within a minute"};
        std::this_thread::sleep_for(milliseconds(5));
    }
}

#undef PARLEY_DETAIL_HAS_SPAWN
#else

result<std::string, access_error> command_output(std::string const&) {
    return access_error{false, "this system cannot run commands; set provider_environment::run_command"};
}

#endif

} // namespace parley::detail

#endif
