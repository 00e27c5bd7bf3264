#include "feel/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <algorithm>

#include <pcre2.h>

namespace huice::feel {
namespace {

struct FreeMatch {
  void operator()(pcre2_match_data* held) const { pcre2_match_data_free(held); }
};
struct FreeContext {
  void operator()(pcre2_match_context* held) const { pcre2_match_context_free(held); }
};

PCRE2_SPTR bytes_of(std::string_view text) {
  return reinterpret_cast<PCRE2_SPTR>(text.data());
}

std::string cased(std::string_view text, std::string_view replacement) {
  int error = 0;
  PCRE2_SIZE at = 0;
  pcre2_code* code =
      pcre2_compile(bytes_of("(?s)^.+$"), PCRE2_ZERO_TERMINATED,
                    PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY, &error, &at, nullptr);
  if (code == nullptr) return std::string(text);
  std::string out(text.size() * 3 + 16, '\0');
  PCRE2_SIZE size = out.size();
  const int count = pcre2_substitute(
      code, bytes_of(text), text.size(), 0, PCRE2_SUBSTITUTE_EXTENDED, nullptr, nullptr,
      bytes_of(replacement), replacement.size(), reinterpret_cast<PCRE2_UCHAR*>(out.data()), &size);
  pcre2_code_free(code);
  if (count < 0) return std::string(text);
  out.resize(size);
  return out;
}

}  // namespace

struct Regex::Code {
  pcre2_code* code = nullptr;
  bool literal_replacement = false;

  Code() = default;
  Code(const Code&) = delete;
  Code& operator=(const Code&) = delete;
  ~Code() { pcre2_code_free(code); }
};

std::string upper_case(std::string_view text) {
  return cased(text, "\\U$0");
}

std::string lower_case(std::string_view text) {
  return cased(text, "\\L$0");
}

std::optional<Regex> Regex::compile(std::string_view pattern, std::string_view flags) {
  if (flags.find_first_not_of("smixq") != std::string_view::npos) return std::nullopt;
  const auto has = [&](char flag) { return flags.find(flag) != std::string_view::npos; };
  const auto translated =
      has('q') ? std::optional(std::string(pattern)) : to_pcre(pattern, has('s'), has('x'));
  if (!translated) return std::nullopt;
  std::uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY;
  if (has('q')) options = PCRE2_UTF | PCRE2_UCP | PCRE2_LITERAL;
  if (has('i')) options |= PCRE2_CASELESS;
  if (has('m') && !has('q')) options |= PCRE2_MULTILINE;
  int error = 0;
  PCRE2_SIZE at = 0;
  auto code = std::make_shared<Code>();
  code->literal_replacement = has('q');
  code->code =
      pcre2_compile(bytes_of(*translated), translated->size(), options, &error, &at, nullptr);
  if (code->code == nullptr) return std::nullopt;
  return Regex(std::move(code));
}

std::optional<std::vector<Regex::Match>> Regex::matches(std::string_view text, bool first_only,
                                                        const SpendSteps& spend) const {
  const std::unique_ptr<pcre2_match_data, FreeMatch> found(
      pcre2_match_data_create_from_pattern(code_->code, nullptr));
  const std::unique_ptr<pcre2_match_context, FreeContext> limits(
      pcre2_match_context_create(nullptr));
  pcre2_set_depth_limit(limits.get(), 10'000);
  // PCRE2 does not tell how many steps a match took: it is tried again with more of them, which are
  // paid for before.
  std::uint32_t checked = 0;  // the text is checked the first time, not again for every match
  const auto match_at = [&](PCRE2_SIZE at, std::uint32_t options) {
    int count = PCRE2_ERROR_MATCHLIMIT;
    for (std::uint32_t steps = kPlainMatchSteps; count == PCRE2_ERROR_MATCHLIMIT;
         steps = std::min(steps * 32, kMaxMatchSteps)) {
      if (steps > kPlainMatchSteps && !spend(steps / kMatchStepsInOne)) break;
      pcre2_set_match_limit(limits.get(), steps);
      count = pcre2_match(code_->code, bytes_of(text), text.size(), at, options | checked,
                          found.get(), limits.get());
      checked = PCRE2_NO_UTF_CHECK;
      if (steps >= kMaxMatchSteps) break;
    }
    return count;
  };
  std::vector<Match> all;
  std::uint32_t options = 0;
  for (PCRE2_SIZE at = 0; at <= text.size();) {
    const int count = match_at(at, options);
    if (count == PCRE2_ERROR_NOMATCH) {
      if (options == 0 || at >= text.size()) return all;
      // After an empty match nothing else starts here: on to the next code point.
      options = 0;
      ++at;
      while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80)
        ++at;
      continue;
    }
    if (count < 0) return std::nullopt;
    const PCRE2_SIZE* ends = pcre2_get_ovector_pointer(found.get());
    Match match;
    for (std::uint32_t i = 0; i < pcre2_get_ovector_count(found.get()); ++i) {
      const bool set = ends[2 * i] != PCRE2_UNSET;
      match.groups.emplace_back(set ? ends[2 * i] : 0, set ? ends[2 * i + 1] : 0);
    }
    options = ends[0] == ends[1] ? PCRE2_NOTEMPTY_ATSTART | PCRE2_ANCHORED : 0;
    at = ends[1];
    all.push_back(std::move(match));
    if (first_only) return all;
  }
  return all;
}

std::optional<bool> Regex::found_in(std::string_view text, const SpendSteps& spend) const {
  const auto found = matches(text, true, spend);
  return found ? std::optional(!found->empty()) : std::nullopt;
}

namespace {

/// One match's replacement; false when it is malformed.
bool append_replacement(std::string_view text, std::string_view replacement,
                        const std::vector<std::pair<std::size_t, std::size_t>>& groups,
                        std::string& out) {
  for (std::size_t i = 0; i < replacement.size(); ++i) {
    const char c = replacement[i];
    if (c == '\\') {
      if (++i >= replacement.size() || (replacement[i] != '\\' && replacement[i] != '$')) {
        return false;
      }
      out += replacement[i];
    } else if (c == '$') {
      const auto digit = [&](std::size_t at) {
        return at < replacement.size() && replacement[at] >= '0' && replacement[at] <= '9';
      };
      if (!digit(++i)) return false;
      auto number = static_cast<std::size_t>(replacement[i] - '0');
      while (digit(i + 1)) {
        const auto longer = number * 10 + static_cast<std::size_t>(replacement[i + 1] - '0');
        if (longer >= groups.size()) break;
        number = longer;
        ++i;
      }
      if (number < groups.size()) {
        out += text.substr(groups[number].first, groups[number].second - groups[number].first);
      }
    } else {
      out += c;
    }
  }
  return true;
}

}  // namespace

std::optional<std::string> Regex::replaced(std::string_view text, std::string_view replacement,
                                           std::size_t limit, const SpendSteps& spend) const {
  if (found_in("", spend).value_or(true)) return std::nullopt;
  const auto all = matches(text, false, spend);
  if (!all) return std::nullopt;
  std::string out;
  std::size_t at = 0;
  for (const Match& match : *all) {
    out += text.substr(at, match.groups[0].first - at);
    at = match.groups[0].second;
    if (code_->literal_replacement) {
      out += replacement;
    } else if (!append_replacement(text, replacement, match.groups, out)) {
      return std::nullopt;
    }
    if (out.size() > limit) return std::nullopt;
  }
  return out + std::string(text.substr(at));
}

std::optional<std::vector<std::string>> Regex::split(std::string_view text,
                                                     const SpendSteps& spend) const {
  if (found_in("", spend).value_or(true)) return std::nullopt;
  const auto all = matches(text, false, spend);
  if (!all) return std::nullopt;
  std::vector<std::string> parts;
  std::size_t at = 0;
  for (const Match& match : *all) {
    parts.emplace_back(text.substr(at, match.groups[0].first - at));
    at = match.groups[0].second;
  }
  parts.emplace_back(text.substr(at));
  return parts;
}

}  // namespace huice::feel
