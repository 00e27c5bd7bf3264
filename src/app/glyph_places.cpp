#include "app/glyph_places.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "base/files.h"
#include "base/utf8.h"
#include "layout/typesetter.h"

namespace huice::app {
namespace fs = std::filesystem;
namespace {

/// Finds characters in files, each time further on: what is found twice stands there twice.
class Finder {
 public:
  /// The next place of `character` in `file` that is not before `from`.
  std::optional<SourceSpan> next(const fs::path& file, char32_t character, SourceSpan from) {
    const std::string name = file.string();
    SourceSpan& passed = passed_[{name, character}];
    if (is_before(from, passed)) from = passed;
    SourceSpan at{.file = name, .line = 1, .column = 1};
    for (const char32_t each : text_of(name)) {
      if (each == character && !is_before(at, from)) {
        passed = at;
        ++passed.column;
        return at;
      }
      ++at.column;
      if (each == U'\n') at = {.file = name, .line = at.line + 1, .column = 1};
    }
    return std::nullopt;
  }

 private:
  static bool is_before(const SourceSpan& one, const SourceSpan& other) {
    return std::pair(one.line, one.column) < std::pair(other.line, other.column);
  }

  const std::u32string& text_of(const std::string& file) {
    const auto known = texts_.find(file);
    if (known != texts_.end()) return known->second;
    const auto bytes = read_file(file);
    return texts_[file] = bytes ? decode_utf8(bytes.value()) : std::u32string();
  }

  std::map<std::string, std::u32string> texts_;
  std::map<std::pair<std::string, char32_t>, SourceSpan> passed_;
};

SourceSpan place_of(const SourceSpan& where, char32_t character, const std::vector<fs::path>& files,
                    Finder& finder) {
  if (!where.file.empty()) {
    if (const auto found = finder.next(where.file, character, where)) return *found;
  }
  for (const fs::path& file : files) {
    if (const auto found = finder.next(file, character, {})) return *found;
  }
  return where;
}

}  // namespace

Error with_glyph_places(Error error, const std::vector<fs::path>& files) {
  Findings placed;
  Finder finder;
  for (Error& each : as_findings(std::move(error))) {
    const auto character = layout::missing_character(each);
    if (character) each.where = place_of(each.where, *character, files, finder);
    const bool known = std::ranges::any_of(placed, [&](const Error& other) {
      return character && other.message == each.message && other.where.file == each.where.file &&
             other.where.line == each.where.line && other.where.column == each.where.column;
    });
    if (!known) placed.push_back(std::move(each));
  }
  return as_error(std::move(placed));
}

}  // namespace huice::app
