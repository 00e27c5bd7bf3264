#include "app/lint_basis.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "base/utf8.h"
#include "library/library.h"
#include "library/structure.h"
#include "text/numerals.h"

namespace huice::app {
namespace {

bool holds(std::string_view text, std::string_view what) {
  return text.find(what) != std::string_view::npos;
}

/// A sentence that ends the life of the documents it names.
bool repeals(std::string_view sentence) {
  return holds(sentence, "废止") || holds(sentence, "停止执行") || holds(sentence, "宣布失效") ||
         holds(sentence, "不再执行");
}

bool names(std::string_view sentence, const library::Circular& document) {
  const auto own = library::title_keys(document.title, document.issuer);
  for (const library::Citation& each : library::citations_in(sentence)) {
    if (!each.number.empty() && each.number == document.number) return true;
    if (!each.number.empty() && !document.number.empty()) continue;
    const std::string key = library::title_key(each.title);
    if (!each.title.empty() && std::ranges::find(own, key) != own.end()) return true;
  }
  return false;
}

/// `有效期5年` behind 施行: years of its term; 0 when it says none.
int term_of(const library::Circular& document) {
  constexpr std::string_view kTerm = "有效期";
  for (const library::Block& block : document.blocks) {
    const auto at = block.text.find(kTerm);
    if (at == std::string::npos || !holds(block.text, "施行")) continue;
    const auto end = block.text.find("年", at);
    if (end == std::string::npos) continue;
    const auto years = text::parse_chinese_numeral(
        std::string_view(block.text).substr(at + kTerm.size(), end - at - kTerm.size()));
    constexpr std::int64_t kMostYears = 30;
    if (years && *years > 0 && *years <= kMostYears) return static_cast<int>(*years);
  }
  return 0;
}

class Followed {
 public:
  Followed(library::Library library, Date today) : library_(std::move(library)), today_(today) {}

  std::optional<lint::Basis> of(const lint::CitedName& cited) {
    const std::string name = encode_utf8(cited.number.empty() ? cited.title : cited.number);
    const auto known = known_.find(name);
    if (known != known_.end()) return known->second;
    return known_.emplace(name, look_up(name)).first->second;
  }

 private:
  std::optional<lint::Basis> look_up(const std::string& name) const {
    const auto found = library_.show(name);
    if (!found) return std::nullopt;
    const library::Circular& document = found.value().circular;
    lint::Basis basis{.title = document.title, .number = document.number, .lapse = {}};
    basis.lapse = repeal_of(found.value());
    constexpr int kMonths = 12;
    const auto begin = document.effective ? document.effective : document.date;
    if (const int years = term_of(document); basis.lapse.empty() && years > 0 && begin) {
      const Date end = begin->plus_months(years * kMonths);
      if (end <= today_) {
        basis.lapse = "有效期" + std::to_string(years) + "年，已于" + end.to_chinese() + "届满";
      }
    }
    return basis;
  }

  std::string repeal_of(const library::Holding& holding) const {
    const auto report = library_.citations(holding.id);
    if (!report) return {};
    for (const auto& citing : report.value().cited_by) {
      const auto later = library_.show(citing.id);
      if (!later) continue;
      for (const library::Block& block : later.value().circular.blocks) {
        for (const std::string_view sentence : library::sentences_of(block.text)) {
          if (repeals(sentence) && names(sentence, holding.circular)) {
            return "已被《" + citing.title + "》" +
                   (citing.number.empty() ? "" : "（" + citing.number + "）") + "废止";
          }
        }
      }
    }
    return {};
  }

  library::Library library_;
  Date today_;
  std::map<std::string, std::optional<lint::Basis>> known_;
};

}  // namespace

Result<lint::BasisOf> basis_from_library(const World& world, const std::filesystem::path& folder) {
  HUICE_TRY(auto settings, library::load_index_settings(world.home / "index"));
  HUICE_TRY(auto library, library::Library::open(folder, library::Mode::Read, std::move(settings)));
  const auto followed = std::make_shared<Followed>(std::move(library), world.today);
  return lint::BasisOf([followed](const lint::CitedName& cited) { return followed->of(cited); });
}

}  // namespace huice::app
