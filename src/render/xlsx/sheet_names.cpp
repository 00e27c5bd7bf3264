#include "render/xlsx/sheet_names.h"

#include <algorithm>
#include <set>

#include "base/utf8.h"

namespace huice::render::xlsx {
namespace {

std::size_t utf16_units(char32_t c) {
  return c > 0xFFFF ? 2 : 1;
}

/// At most `limit` UTF-16 units of `name`.
std::u32string cut(std::u32string_view name, std::size_t limit) {
  std::u32string out;
  std::size_t used = 0;
  for (const char32_t c : name) {
    used += utf16_units(c);
    if (used > limit) break;
    out += c;
  }
  return out;
}

std::u32string cleaned(std::string_view name) {
  constexpr std::u32string_view kForbidden = U"[]:*?/\\";
  std::u32string out;
  for (const char32_t c : decode_utf8(name)) {
    out += c < 0x20 || kForbidden.find(c) != kForbidden.npos ? U'-' : c;
  }
  // An apostrophe is not allowed at either end.
  while (!out.empty() && (out.front() == U'\'' || out.front() == U' ')) {
    out.erase(out.begin());
  }
  out = cut(out, kMaxSheetName);
  while (!out.empty() && (out.back() == U'\'' || out.back() == U' ')) {
    out.pop_back();
  }
  return out;
}

std::u32string lower_ascii(std::u32string name) {
  std::ranges::transform(name, name.begin(),
                         [](char32_t c) { return c >= U'A' && c <= U'Z' ? c + 32 : c; });
  return name;
}

/// A name as formulas quote it, with its quotes and the mark after it.
std::string sheet_reference(std::string_view name) {
  std::string out = "'";
  for (const char c : name) {
    out += c;
    if (c == '\'') out += '\'';
  }
  return out + "'!";
}

/// Behind the reference `'甲''乙'!` that begins at `at`; `at` itself where none does.
std::size_t reference_end(std::string_view formula, std::size_t at) {
  if (formula[at] != '\'') return at;
  for (std::size_t end = at + 1; end < formula.size(); ++end) {
    if (formula[end] != '\'') continue;
    const char next = end + 1 < formula.size() ? formula[end + 1] : '\0';
    if (next != '\'') return next == '!' ? end + 2 : at;
    ++end;
  }
  return at;
}

}  // namespace

std::vector<std::string> sheet_names(const std::vector<model::Sheet>& sheets) {
  std::vector<std::string> names;
  std::set<std::u32string> taken;
  for (const model::Sheet& sheet : sheets) {
    std::u32string name = cleaned(sheet.name);
    if (name.empty()) name = decode_utf8("表" + std::to_string(names.size() + 1));
    const std::u32string base = name;
    for (int copy = 2; !taken.insert(lower_ascii(name)).second; ++copy) {
      const std::u32string suffix = decode_utf8("(" + std::to_string(copy) + ")");
      name = cut(base, kMaxSheetName - suffix.size()) + suffix;
    }
    names.push_back(encode_utf8(name));
  }
  return names;
}

SheetsByName::SheetsByName(const std::vector<model::Sheet>& sheets,
                           const std::vector<std::string>& names) {
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    names_.emplace(sheets[i].name, names[i]);
    references_.emplace(sheet_reference(sheets[i].name), sheet_reference(names[i]));
  }
}

std::string SheetsByName::find(const std::string& name) const {
  const auto found = names_.find(name);
  return found == names_.end() ? std::string() : found->second;
}

std::string SheetsByName::renamed_in(std::string formula) const {
  if (formula.find('!') == formula.npos) return formula;
  std::string out;
  for (std::size_t at = 0; at < formula.size();) {
    const std::size_t end = reference_end(formula, at);
    const auto found = references_.find(formula.substr(at, end - at));
    if (found == references_.end()) {
      out += formula[at++];
      continue;
    }
    out += found->second;
    at = end;
  }
  return out;
}

}  // namespace huice::render::xlsx
