#include "library/names.h"

#include <array>

#include "base/utf8.h"
#include "library/sha256.h"
#include "library/state.h"
#include "text/normalize.h"

namespace huice::library {
namespace {

constexpr std::size_t kMostNames = 100'000;
/// Metadata: the 字号, each followed by a line end.
constexpr const char* kNames = "names";

/// What an enterprise is by law; it ends the name.
constexpr std::array<std::string_view, 12> kForms = {
    "股份有限公司", "有限责任公司", "集团有限公司", "有限公司", "公司",   "集团",
    "专业合作社",   "合作社",       "合伙企业",     "经营部",   "工作室", "厂"};

std::string_view without_form(std::string_view name) {
  for (const std::string_view form : kForms) {
    if (name.ends_with(form)) return without_form(name.substr(0, name.size() - form.size()));
  }
  return name;
}

}  // namespace

std::string trade_name(const IndexSettings& settings, const text::Segmenter& segmenter,
                       std::string_view registered) {
  const std::string folded = text::fold(text::trimmed(registered));
  std::string_view name = std::string_view(folded).substr(0, folded.find('('));
  name = without_form(without_region(settings, name));
  constexpr std::size_t kLeastLetters = 2;
  constexpr std::size_t kMostLetters = 4;
  std::string trade;
  for (const text::Word& word : segmenter.words(name)) {
    const std::size_t had = code_point_count(trade);
    const std::size_t more = code_point_count(word.term);
    // Letters that make no word go together: 鑫, 源, 达.
    if (had >= kLeastLetters && (more > 1 || had >= kMostLetters)) break;
    trade += word.term;
  }
  return code_point_count(trade) >= kLeastLetters ? trade : std::string();
}

void LibraryState::know_names(std::set<std::string, std::less<>> names) {
  std::string all;
  for (const std::string& name : names)
    all += name + "\n";
  settings.names_fingerprint = all.empty() ? "" : sha256(all);
  settings.names = std::move(names);
  learn_words();
}

std::set<std::string, std::less<>> names_in(const Xapian::Database& database) {
  std::set<std::string, std::less<>> names;
  const std::string all = database.get_metadata(kNames);
  for (std::size_t at = 0; at < all.size();) {
    const auto end = std::min(all.find('\n', at), all.size());
    names.insert(all.substr(at, end - at));
    at = end + 1;
  }
  return names;
}

Result<std::size_t> Library::name_enterprises(std::span<const std::string> names) {
  if (names.size() > kMostNames) {
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "library.names",
                 .message = "企业名单有 " + std::to_string(names.size()) + " 家，超过 100000 家",
                 .where = {.file = state_->folder.string()},
                 .hint = "请只列本地企业"};
  }
  return state_->writing([&]() -> Result<std::size_t> {
    std::set<std::string, std::less<>> known;
    std::string all;
    const text::Segmenter plain(text::Lexicon(state_->settings.lexicon));
    for (const std::string& registered : names)
      known.insert(trade_name(state_->settings, plain, registered));
    known.erase("");
    for (const std::string& name : known)
      all += name + "\n";
    state_->writer->set_metadata(kNames, all);
    const std::size_t count = known.size();
    state_->know_names(std::move(known));
    return count;
  });
}

}  // namespace huice::library
