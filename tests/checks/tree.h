// The project's files as the checks see them.
#pragma once

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace huice::checks {

namespace fs = std::filesystem;

inline const fs::path kRoot = HUICE_SOURCE_DIR;

inline std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);)
    lines.push_back(line);
  return lines;
}

/// Every regular file below `folder` in order of names; what git ignores is left out.
inline std::vector<fs::path> files_below(const fs::path& folder) {
  static const std::set<std::string> kIgnored = {".git", "build", "out", "dist", "node_modules",
                                                 "__pycache__"};
  std::vector<fs::path> files;
  if (!fs::exists(folder)) return files;
  for (auto at = fs::recursive_directory_iterator(folder); at != fs::end(at); ++at) {
    if (at->is_directory() && kIgnored.contains(at->path().filename().string())) {
      at.disable_recursion_pending();
    } else if (at->is_regular_file()) {
      files.push_back(at->path());
    }
  }
  std::ranges::sort(files);
  return files;
}

inline std::string relative_name(const fs::path& file) {
  return fs::relative(file, kRoot).generic_string();
}

inline bool has_extension(const fs::path& file, const std::set<std::string>& extensions) {
  return extensions.contains(file.extension().string());
}

inline bool is_cpp(const fs::path& file) {
  return has_extension(file, {".cpp", ".h"});
}

/// What people of the project write by hand. Not the sample circulars, which are as messy as real
/// ones, nor what is wrong on purpose: seeds of fuzzers and files under a folder `bad`.
inline bool is_written_text(const fs::path& file) {
  const std::string name = relative_name(file);
  if (name.starts_with("samples/circulars/") || name.starts_with("tests/fuzz/corpus/") ||
      name.find("/bad/") != std::string::npos) {
    return false;
  }
  return is_cpp(file) || file.filename() == "CMakeLists.txt" || file.filename() == "layers.txt" ||
         has_extension(file, {".md", ".yaml", ".json", ".py", ".cmake", ".dmn"}) ||
         (name.starts_with("scripts/") && file.extension().empty());
}

/// Any text file: one without a zero byte.
inline bool is_text(const std::string& bytes) {
  return bytes.find('\0') == std::string::npos;
}

/// Whether `word` stands in `line` with no letter, digit or underscore beside it.
inline bool has_word(std::string_view line, std::string_view word) {
  const auto part_of_word = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
  };
  for (auto at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1)) {
    const bool before = at > 0 && part_of_word(line[at - 1]);
    const auto end = at + word.size();
    const bool after = end < line.size() && part_of_word(line[end]);
    if (!before && !after) return true;
  }
  return false;
}

/// The length of the UTF-8 sequence at `at`, or 0 if there is none.
inline std::size_t utf8_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const unsigned first = byte(at);
  const std::size_t length = first < 0x80   ? 1
                             : first < 0xC2 ? 0
                             : first < 0xE0 ? 2
                             : first < 0xF0 ? 3
                             : first < 0xF5 ? 4
                                            : 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0U) != 0x80U) return 0;
  }
  return length;
}

inline bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length(text, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

/// A folder under the test's temporary directory that is gone when the test ends.
class MadeUpTree {
 public:
  explicit MadeUpTree(const std::string& name)
      : root_(fs::temp_directory_path() / ("huice-checks-" + name)) {
    fs::remove_all(root_);
    fs::create_directories(root_);
  }
  ~MadeUpTree() {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }
  MadeUpTree(const MadeUpTree&) = delete;
  MadeUpTree& operator=(const MadeUpTree&) = delete;

  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name, std::ios::binary) << text;
  }
  const fs::path& root() const { return root_; }

 private:
  fs::path root_;
};

/// One line per violation, for a test's message.
inline std::string joined(const std::vector<std::string>& violations) {
  std::string text;
  for (const auto& each : violations)
    text += each + "\n";
  return text;
}

}  // namespace huice::checks
