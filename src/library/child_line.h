// A socket between a process and one that was forked for it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace huice::library {

/// One end; closed when this ends.
class Line {
 public:
  Line() = default;
  explicit Line(int file) : file_(file) {}
  Line(Line&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  Line& operator=(Line&& other) noexcept {
    std::swap(file_, other.file_);
    return *this;
  }
  ~Line();

  int file() const { return file_; }
  explicit operator bool() const { return file_ >= 0; }

 private:
  int file_ = -1;
};

/// Two ends; none when the system has no more.
std::optional<std::pair<Line, Line>> make_lines();

/// False: the other end is closed.
bool send_message(const Line& line, std::string_view message);
/// nullopt: the other end was closed before a whole message came.
std::optional<std::string> receive_message(const Line& line);

/// For a child, at once after the fork: keeps `line`, gives it its own number and closes all other
/// files, so that no lock of the parent outlives it; says nothing on the terminal.
Line keep_only(const Line& line);

}  // namespace huice::library
