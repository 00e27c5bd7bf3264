// Statements that people look for in a text: terms, repeals, deadlines, amounts, contacts.
#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "base/utf8.h"
#include "library/line_marks.h"
#include "library/structure.h"
#include "text/dates.h"
#include "text/numerals.h"

namespace huice::library {
namespace {

using namespace std::string_view_literals;

template <std::size_t N>
bool holds_one_of(std::string_view text, const std::array<std::string_view, N>& parts) {
  return std::ranges::any_of(parts, [&](auto part) { return holds(text, part); });
}

/// A piece of a block between commas, colons and stops; none of them inside 《》 parts it.
struct Clause {
  std::string_view text;
  std::size_t offset = 0;
  std::string_view end;  ///< the mark behind it; empty at the end of the block
};

std::vector<Clause> clauses_of(std::string_view text) {
  std::vector<Clause> clauses;
  std::size_t begin = 0;
  std::size_t depth = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = first_code_point(text.substr(at)).value_or(CodePoint{0, 1}).size;
    const std::string_view letter = text.substr(at, size);
    if (letter == "《") ++depth;
    if (letter == "》" && depth > 0) --depth;
    static constexpr std::array kMarks = {"，"sv, "。"sv, "；"sv, "："sv, "！"sv, "\n"sv, ";"sv};
    if (depth == 0 && std::ranges::find(kMarks, letter) != kMarks.end()) {
      clauses.push_back({text.substr(begin, at - begin), begin, letter});
      begin = at + size;
    }
    at += size;
  }
  if (begin < text.size()) clauses.push_back({text.substr(begin), begin, {}});
  return clauses;
}

// --- Repeals ------------------------------------------------------------------------------------

enum class Repealing { No, Named, Listed };

/// Whether the clause repeals what it names, or announces a list of what is repealed.
Repealing repealing(const Clause& clause) {
  static constexpr std::array kVerbs = {"废止"sv, "宣布失效"sv, "停止执行"sv, "不再执行"sv};
  static constexpr std::array kLists = {"下列"sv, "以下"sv, "如下"sv};
  static constexpr std::array kNever = {"不得"sv, "未"sv, "不予"sv, "是否"sv, "或者"sv};
  for (const auto verb : kVerbs) {
    const auto at = clause.text.find(verb);
    if (at == std::string_view::npos) continue;
    const auto before = clause.text.substr(0, at);
    const auto after = clause.text.substr(at + verb.size());
    const bool negated =
        std::ranges::any_of(kNever, [&](auto word) { return before.ends_with(word); });
    if (negated) continue;
    if (starts_with_one_of(after, kLists)) return Repealing::Listed;
    const bool names = after.empty() || after.starts_with("《") || after.starts_with("了《");
    if (names) return Repealing::Named;
    // 废止原云岭县人民政府《…》; never 废止后, 废止的情形, 废止、修改.
    if (holds(after, "《") && (after.starts_with("原") || after.starts_with("由")))
      return Repealing::Named;
  }
  return Repealing::No;
}

struct RepealStatement {
  std::size_t block = 0;
  Clause clause;
  std::vector<Citation> citations;
};

void append(std::vector<Citation>& list, std::vector<Citation> more) {
  std::ranges::move(more, std::back_inserter(list));
}

/// Items below 废止下列文件：, as long as they name documents.
std::vector<Citation> listed_below(const std::vector<Block>& blocks, std::size_t at) {
  std::vector<Citation> found;
  for (++at; at < blocks.size() && blocks[at].kind != BlockKind::Signature; ++at) {
    auto named = citations_in(blocks[at].text);
    if (named.empty()) break;
    append(found, std::move(named));
  }
  return found;
}

std::vector<RepealStatement> repeal_statements(const std::vector<Block>& blocks) {
  std::vector<RepealStatement> statements;
  for (std::size_t at = 0; at < blocks.size(); ++at) {
    const std::string& text = blocks[at].text;
    if (!holds(text, "废止") && !holds(text, "失效") && !holds(text, "执行")) continue;
    const auto clauses = clauses_of(text);
    for (std::size_t i = 0; i < clauses.size(); ++i) {
      const Repealing kind = repealing(clauses[i]);
      if (kind == Repealing::No) continue;
      RepealStatement statement{at, clauses[i], citations_in(clauses[i].text)};
      if (kind == Repealing::Listed) {
        append(statement.citations, citations_in(std::string_view(text).substr(clauses[i].offset)));
        append(statement.citations, listed_below(blocks, at));
      } else if (statement.citations.empty() && i > 0 && clauses[i - 1].end == "，") {
        // 《…》（…），自本办法施行之日起废止: one clause before, never the one that gives the
        // ground.
        statement.citations = citations_in(clauses[i - 1].text);
        const bool ground =
            clauses[i - 1].text.starts_with("根据") || clauses[i - 1].text.starts_with("按照");
        if (ground) statement.citations.clear();
      }
      if (!statement.citations.empty()) statements.push_back(std::move(statement));
    }
  }
  return statements;
}

// --- Days ---------------------------------------------------------------------------------------

/// The number that ends at `end`, of at most `most` digits; moves `end` before it.
std::optional<int> digits_before(std::string_view text, std::size_t& end, std::size_t most) {
  std::size_t begin = end;
  while (begin > 0 && end - begin < most && text[begin - 1] >= '0' && text[begin - 1] <= '9')
    --begin;
  int value = 0;
  const auto parsed = std::from_chars(text.data() + begin, text.data() + end, value);
  if (begin == end || parsed.ec != std::errc()) return std::nullopt;
  end = begin;
  return value;
}

/// A day by which something is due: `5月20日前`, `2026年3月底前`, `每年3月31日前`.
struct Due {
  std::optional<Date> date;
  std::size_t offset = 0;  ///< of 月
};

std::optional<Date> last_of_month(int year, int month) {
  const auto first = Date::make(year, static_cast<unsigned>(month), 1);
  return first ? std::optional(first->plus_months(1).plus_days(-1)) : std::nullopt;
}

/// What stands behind 月: the day, 0 for 月底; nullopt unless 前 follows.
std::optional<int> due_day(std::string_view rest) {
  int day = 0;
  if (rest.starts_with("底") || rest.starts_with("末")) {
    rest.remove_prefix("底"sv.size());
  } else {
    const auto parsed = std::from_chars(rest.data(), rest.data() + rest.size(), day);
    if (parsed.ec != std::errc() || day < 1) return std::nullopt;
    rest.remove_prefix(static_cast<std::size_t>(parsed.ptr - rest.data()));
    if (!rest.starts_with("日")) return std::nullopt;
    rest.remove_prefix("日"sv.size());
  }
  static constexpr std::array kBefore = {"前"sv, "之前"sv, "以前"sv, "（含）前"sv};
  return starts_with_one_of(rest, kBefore) ? std::optional(day) : std::nullopt;
}

/// The first such day of a clause. `written` is the day of the document.
std::optional<Due> due_in(std::string_view clause, const std::optional<Date>& written) {
  constexpr std::string_view kMonth = "月";
  for (auto at = clause.find(kMonth); at != std::string_view::npos;
       at = clause.find(kMonth, at + kMonth.size())) {
    const auto day = due_day(clause.substr(at + kMonth.size()));
    if (!day) continue;
    std::size_t end = at;
    const auto month = digits_before(clause, end, 2);
    const std::string_view before = clause.substr(0, end);
    if (!month) {
      if (before.ends_with("每")) return Due{std::nullopt, at};
      continue;
    }
    if (before.ends_with("每年") || before.ends_with("次年")) return Due{std::nullopt, at};
    const auto on = [&](int year) {
      return *day == 0
                 ? last_of_month(year, *month)
                 : Date::make(year, static_cast<unsigned>(*month), static_cast<unsigned>(*day));
    };
    if (before.ends_with("年")) {
      end -= "年"sv.size();
      const auto year = digits_before(clause, end, 4);
      if (!year && !clause.substr(0, end).ends_with("今")) return Due{std::nullopt, at};
      if (year) return Due{on(*year), at};
    }
    if (!written) return Due{std::nullopt, at};
    auto date = on(written->year());
    if (date && *date < *written) date = on(written->year() + 1);
    return Due{date, at};
  }
  return std::nullopt;
}

/// 有效期: its last day, of a sentence that speaks of the document itself.
std::optional<Date> term_end(std::string_view sentence, const std::optional<Date>& begin) {
  static constexpr std::array kOwn = {"施行"sv,   "试行"sv,   "实施"sv,   "执行"sv,
                                      "印发"sv,   "发布"sv,   "本通知"sv, "本办法"sv,
                                      "本意见"sv, "本措施"sv, "本政策"sv};
  constexpr auto kTerm = "有效期"sv;
  if (!holds_one_of(sentence, kOwn)) return std::nullopt;
  const auto at = sentence.find(kTerm);
  const bool until = at != std::string_view::npos || holds(sentence, "执行期限") ||
                     holds(sentence, "执行至") || holds(sentence, "施行至") ||
                     holds(sentence, "试行至");
  if (!until) return std::nullopt;
  const auto dates = text::find_dates(sentence);
  for (const auto& found : dates) {
    const auto before = sentence.substr(0, found.offset);
    if (before.ends_with("至") || before.ends_with("到")) return found.date;
  }
  if (at == std::string_view::npos || !begin) return std::nullopt;
  std::string_view rest = sentence.substr(at + kTerm.size());
  for (const auto lead : {"限"sv, "为"sv, "暂定"sv, "："sv}) {
    if (rest.starts_with(lead)) rest.remove_prefix(lead.size());
  }
  const auto unit = std::min(rest.find("年"), rest.find("个月"));
  if (unit == std::string_view::npos) return std::nullopt;
  const auto count = text::parse_chinese_numeral(rest.substr(0, unit));
  constexpr int kMost = 360;
  constexpr int kMonths = 12;
  if (!count || *count < 1 || *count > kMost) return std::nullopt;
  const int months = static_cast<int>(*count) * (rest.substr(unit).starts_with("年") ? kMonths : 1);
  return months > kMost ? std::nullopt : std::optional(begin->plus_months(months).plus_days(-1));
}

// --- Amounts and contacts -----------------------------------------------------------------------

bool is_number_letter(char c) {
  return (c >= '0' && c <= '9') || c == '.' || c == ',';
}

class FactGatherer {
 public:
  explicit FactGatherer(const Circular& circular) : circular_(circular) {}

  std::vector<Fact> take() {
    for (block_ = 0; block_ < circular_.blocks.size(); ++block_) {
      const Block& block = circular_.blocks[block_];
      if (block.kind == BlockKind::Signature && !holds(block.text, "联系")) continue;
      gather_terms(block.text);
      for (const Clause& clause : clauses_of(block.text))
        gather_from(clause);
      gather_contact(block.text);
    }
    for (const RepealStatement& each : repeal_statements(circular_.blocks))
      facts_.push_back({.kind = FactKind::Repeal,
                        .text = std::string(each.clause.text),
                        .block = each.block,
                        .offset = each.clause.offset});
    std::ranges::stable_sort(facts_, {},
                             [](const Fact& fact) { return std::pair(fact.block, fact.offset); });
    return std::move(facts_);
  }

 private:
  void add(FactKind kind, std::string_view text, std::size_t offset, std::optional<Date> date = {},
           std::optional<Money> money = {}) {
    // No circular has as many; tables of a whole province may.
    constexpr std::size_t kMost = 2'000;
    if (facts_.size() < kMost)
      facts_.push_back({kind, std::string(text), date, money, block_, offset});
  }

  void gather_terms(const std::string& text) {
    const auto begin = circular_.effective ? circular_.effective : circular_.date;
    std::size_t offset = 0;
    for (const std::string_view sentence : sentences_of(text)) {
      if (const auto end = term_end(sentence, begin)) add(FactKind::Term, sentence, offset, end);
      offset += sentence.size();
    }
  }

  void gather_from(const Clause& clause) {
    if (const auto due = due_in(clause.text, circular_.date))
      add(FactKind::Deadline, clause.text, clause.offset, due->date);
    static constexpr std::array kRevisions = {"作如下修改"sv, "作出如下修改"sv, "修改如下"sv,
                                              "予以修改"sv,   "修改为"sv,       "关于修改《"sv};
    if (holds_one_of(clause.text, kRevisions)) add(FactKind::Revision, clause.text, clause.offset);
    gather_amounts(clause);
  }

  void gather_amounts(const Clause& clause) {
    constexpr auto kYuan = "元"sv;
    for (auto at = clause.text.find(kYuan); at != std::string_view::npos;
         at = clause.text.find(kYuan, at + kYuan.size())) {
      std::size_t begin = at;
      for (const auto scale : {"万"sv, "亿"sv}) {
        if (clause.text.substr(0, begin).ends_with(scale)) begin -= scale.size();
      }
      while (begin > 0 && is_number_letter(clause.text[begin - 1]))
        --begin;
      const auto written = clause.text.substr(begin, at + kYuan.size() - begin);
      if (!is_number_letter(written.front())) continue;
      if (const auto money = parse_money(written))
        add(FactKind::Amount, written, clause.offset + begin, {}, money.value());
    }
  }

  /// 联系人：…，电话：… up to the end of the sentence or the bracket.
  void gather_contact(const std::string& text) {
    static constexpr std::array kMarks = {"联系人"sv,   "联系电话"sv, "联系方式"sv, "咨询电话"sv,
                                          "监督电话"sv, "举报电话"sv, "电子邮箱"sv, "邮箱"sv};
    std::size_t begin = std::string::npos;
    for (const auto mark : kMarks) {
      const auto at = text.find(mark);
      if (at == std::string::npos || at >= begin) continue;
      const std::string_view rest = std::string_view(text).substr(at + mark.size());
      if (rest.starts_with("：") || rest.starts_with(":") || rest.starts_with("及")) begin = at;
    }
    if (begin == std::string::npos) return;
    const auto end = std::min({text.find("。", begin), text.find("）", begin), text.size()});
    add(FactKind::Contact, std::string_view(text).substr(begin, end - begin), begin);
  }

  const Circular& circular_;
  std::size_t block_ = 0;
  std::vector<Fact> facts_;
};

}  // namespace

std::vector<Fact> facts_of(const Circular& circular) {
  return FactGatherer(circular).take();
}

std::vector<Citation> repeals_in(const std::vector<Block>& blocks) {
  std::vector<Citation> found;
  for (RepealStatement& each : repeal_statements(blocks)) {
    for (Citation& citation : each.citations) {
      if (std::ranges::find(found, citation) == found.end()) found.push_back(std::move(citation));
    }
  }
  return found;
}

}  // namespace huice::library
