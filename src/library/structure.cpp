#include "library/structure.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "base/utf8.h"
#include "library/page_furniture.h"
#include "text/dates.h"
#include "text/document_number.h"
#include "text/normalize.h"
#include "text/numerals.h"

namespace huice::library {
namespace {

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

template <std::size_t N>
bool ends_with_one_of(std::string_view text, const std::array<std::string_view, N>& endings) {
  return std::ranges::any_of(endings, [&](auto ending) { return text.ends_with(ending); });
}

std::optional<Date> date_of_line(std::string_view line) {
  constexpr std::string_view kBrackets[] = {"（", "(", "）", ")"};
  for (const auto bracket : kBrackets) {
    if (line.starts_with(bracket)) line.remove_prefix(bracket.size());
    if (line.ends_with(bracket)) line.remove_suffix(bracket.size());
  }
  return text::parse_people_date(line);
}

// --- The parts of a circular --------------------------------------------------------------------

constexpr std::array<std::string_view, 30> kAgencyEndings = {
    "国务院", "办公厅", "厅",   "局",       "部",       "委",     "委员会", "办公室",
    "政府",   "总局",   "署",   "银行",     "中央",     "省委",   "市委",   "县委",
    "区委",   "常委会", "公司", "领导小组", "联席会议", "指挥部", "法院",   "检察院",
    "中心",   "管委会", "协会", "学院",     "大会",     "工作组"};

bool is_agency(std::string_view name) {
  constexpr std::size_t kMostLetters = 60;
  const std::size_t letters = code_point_count(name);
  if (letters < 2 || letters > kMostLetters) return false;
  for (const std::string_view mark : {"。", "，", "；", "：", "《", "“"}) {
    if (holds(name, mark)) return false;
  }
  return ends_with_one_of(name, kAgencyEndings);
}

bool is_addressee(const SourceLine& line) {
  const std::string_view text = line.text;
  if (!text.ends_with("：") && !text.ends_with(':')) return false;
  for (const std::string_view never :
       {"。", "如下", "下列", "以下", "为了", "根据", "；", "；", "要求"}) {
    if (holds(text, never)) return false;
  }
  constexpr std::size_t kMostLetters = 400;
  return !text::leading_ordinal(text) && code_point_count(text) <= kMostLetters;
}

std::optional<std::string> number_of_line(std::string_view line) {
  if (const auto number = text::parse_document_number(line)) return number->text();
  // 签发人 or a date may stand in the same line.
  const auto found = text::find_document_numbers(line);
  constexpr std::size_t kMostBesides = 40;
  if (found.size() != 1 || line.size() > found[0].size + kMostBesides) return std::nullopt;
  for (const std::string_view never : {"。", "，", "《", "公布", "通过", "关于"}) {
    if (holds(line, never)) return std::nullopt;
  }
  return found[0].number.text();
}

bool is_title_like(const SourceLine& line) {
  const std::string_view text = line.text;
  constexpr std::size_t kMostLetters = 64;
  if (line.table_row || code_point_count(text) > kMostLetters || holds(text, "。")) return false;
  for (const std::string_view mark : {"；", "，", "：", ":", ";", ",", "！", "、"}) {
    if (text.ends_with(mark)) return false;
  }
  return !text::leading_ordinal(text) && !date_of_line(text) && !number_of_line(text);
}

/// The genre at the end of a title, brackets such as （试行） apart; empty when there is none.
std::string genre_of(std::string_view title, const std::vector<std::string>& genres) {
  for (int i = 0; i < 2; ++i) {
    for (const std::string_view close : {"）", ")"}) {
      const auto open = std::max(title.rfind("（") + 1, title.rfind('(') + 1);
      if (title.ends_with(close) && open > 1) title = title.substr(0, open - 1);
    }
  }
  while (title.ends_with("》") || title.ends_with("”"))
    title.remove_suffix(3);
  for (const std::string& genre : genres) {
    if (title.ends_with(genre)) return genre;
  }
  return {};
}

/// Reads the parts of one document off its lines, top to bottom.
class Dissector {
 public:
  Dissector(const SourceText& source, const IndexSettings& settings)
      : settings_(settings), lines_(source.lines), page_title_(source.title) {
    for (const SourceLine& line : source.surroundings)
      take_head_line(line.text, head_);
  }

  Circular dissect() {
    drop_tail(lines_);
    head_.merge(take_head(lines_));
    find_title();
    find_number();
    find_addressee();
    find_adoption();
    find_signature();
    find_dates();
    find_issuer();
    find_region();
    circular_.genre = genre_of(circular_.title, settings_.genres);
    gather_blocks();
    gather_citations();
    return std::move(circular_);
  }

 private:
  std::string head(std::string_view name) const {
    const auto found = head_.find(name);
    return found == head_.end() ? std::string() : found->second;
  }

  /// How many of the first lines may hold the title and what stands above it.
  static constexpr std::size_t kTopLines = 12;
  static constexpr std::size_t kMostTitleLines = 6;

  /// 云岭县人民政府文件 (发文机关标志, GB/T 9704-2012, 7.2.4): an agency close above the number.
  bool is_letterhead(std::size_t line) const {
    std::string_view name = lines_[line].text;
    constexpr std::string_view kDocument = "文件";
    if (name.ends_with(kDocument)) name.remove_suffix(kDocument.size());
    if (!is_agency(without_inner_blanks(name))) return false;
    constexpr std::size_t kMostNames = 6;  // of joint issuers, one a line
    for (std::size_t i = line + 1; i < std::min(lines_.size(), line + kMostNames); ++i) {
      if (number_of_line(lines_[i].text)) return true;
      if (!is_agency(lines_[i].text) && !lines_[i].text.ends_with(kDocument)) return false;
    }
    return false;
  }

  /// The first line of the title, below letterhead, number and the like.
  std::size_t title_begin() {
    std::size_t top = 0;
    for (; top < std::min(lines_.size(), kTopLines); ++top) {
      const bool above = number_of_line(lines_[top].text) || date_of_line(lines_[top].text) ||
                         is_letterhead(top) || lines_[top].text.starts_with("签发人");
      if (!above) break;
      take_number(lines_[top].text);
    }
    return top;
  }

  /// Lines of a title as one; a blank stands between joint issuers.
  std::string joined_title(std::size_t begin, std::size_t end) const {
    std::string joined;
    for (std::size_t i = begin; i < end; ++i) {
      const std::string line = without_inner_blanks(lines_[i].text);
      const bool another = is_agency(joined) && is_agency(line);
      joined += (another ? " " : "") + line;
    }
    return joined;
  }

  void find_title() {
    const std::size_t top = title_begin();
    const std::size_t end = title_end(top);
    std::string title = head("title").empty() ? page_title_ : head("title");
    if (end > top) {
      const std::string joined = joined_title(top, end);
      if (title.empty() || holds(joined, title)) title = joined;
    }
    circular_.title = without_inner_blanks(title);
    body_ = end;
    if (circular_.title.empty()) split_title();
    if (!circular_.title.empty()) return;
    circular_.title_guessed = true;
    circular_.title = opening_words();
  }

  /// Texts that lost their line ends begin with the title and a blank.
  void split_title() {
    if (lines_.empty()) return;
    std::string& line = lines_.front().text;
    const auto blank = line.find(' ');
    if (blank == std::string::npos) return;
    const SourceLine start{.text = line.substr(0, blank)};
    if (!is_title_like(start) || genre_of(start.text, settings_.genres).empty()) return;
    circular_.title = start.text;
    line = std::string(text::trimmed(std::string_view(line).substr(blank)));
  }

  /// Behind the last line of the title that starts at `top`; `top` when none does.
  std::size_t title_end(std::size_t top) const {
    if (top >= lines_.size() || !is_title_like(lines_[top])) return top;
    std::size_t end = top;
    // A mark of the file itself is the surest.
    while (end < lines_.size() && lines_[end].heading == 1 && !lines_[end].after_gap)
      ++end;
    if (end > top || lines_[top].heading == 1) return std::max(end, top + 1);
    std::optional<std::size_t> complete;
    std::string joined;
    while (end < lines_.size() && end - top < kMostTitleLines && is_title_like(lines_[end])) {
      if (end > top && (lines_[end].after_gap || lines_[end].heading > 0)) break;
      if (is_adoption(lines_[end].text)) break;
      joined += without_inner_blanks(lines_[end].text);
      ++end;
      if (!complete && !genre_of(joined, settings_.genres).empty()) complete = end;
    }
    // A number or the addressee below proves that all of it was the title.
    const bool proven =
        end < lines_.size() && (number_of_line(lines_[end].text) || is_addressee(lines_[end]));
    if (proven) return end;
    return complete.value_or(top + 1);
  }

  std::string opening_words() const {
    constexpr std::size_t kLetters = 36;
    if (lines_.empty()) return {};
    const auto sentences = sentences_of(lines_.front().text);
    const std::u32string letters = decode_utf8(sentences.front());
    if (letters.size() <= kLetters) return encode_utf8(letters);
    return encode_utf8(std::u32string_view(letters).substr(0, kLetters)) + "…";
  }

  void take_number(std::string_view line) {
    if (const auto number = number_of_line(line); number && circular_.number.empty()) {
      circular_.number = *number;
    }
  }

  void find_number() {
    if (const auto named = text::parse_document_number(head("number"))) {
      circular_.number = named->text();
    }
    while (body_ < lines_.size() && body_ < kTopLines + kMostTitleLines &&
           number_of_line(lines_[body_].text)) {
      take_number(lines_[body_].text);
      ++body_;
    }
    // 关于…的通知（湘政发〔2022〕1号)
    const auto in_title = text::find_document_numbers(circular_.title);
    const bool last = !in_title.empty() &&
                      circular_.title.size() <= in_title.back().offset + in_title.back().size + 3;
    if (!last) return;
    if (circular_.number.empty()) circular_.number = in_title.back().number.text();
    std::string_view title = std::string_view(circular_.title).substr(0, in_title.back().offset);
    for (const std::string_view open : {"（", "("}) {
      if (title.ends_with(open)) title.remove_suffix(open.size());
    }
    if (!text::trimmed(title).empty()) circular_.title = std::string(text::trimmed(title));
  }

  void find_addressee() {
    if (body_ >= lines_.size() || !is_addressee(lines_[body_])) return;
    std::string_view text = lines_[body_].text;
    text.remove_suffix(text.ends_with(':') ? 1 : std::string_view("：").size());
    circular_.addressee = text;
    ++body_;
  }

  static bool is_adoption(std::string_view line) {
    // Only a line that begins with a day, and is no sentence, tells the history of a regulation.
    for (const std::string_view open : {"（", "("}) {
      if (line.starts_with(open)) line.remove_prefix(open.size());
    }
    constexpr std::size_t kMostBytes = 1'200;
    if (line.size() > kMostBytes || holds(line, "。")) return false;
    const auto dates = text::find_dates(line);
    if (dates.empty() || dates.front().offset > 0) return false;
    for (const std::string_view act : {"通过", "修订", "修正", "批准", "公布", "施行"}) {
      if (holds(line, act)) return true;
    }
    return false;
  }

  /// 2005年5月20日 北京市第十二届人民代表大会常务委员会第二十次会议通过, and what came after.
  void find_adoption() {
    for (; body_ < lines_.size() && is_adoption(lines_[body_].text); ++body_) {
      const std::string_view line = lines_[body_].text;
      const auto dates = text::find_dates(line);
      for (std::size_t i = 0; i < dates.size(); ++i) {
        const std::size_t begin = dates[i].offset + dates[i].size;
        const std::size_t end = i + 1 < dates.size() ? dates[i + 1].offset : line.size();
        take_act(dates[i].date, text::trimmed(line.substr(begin, end - begin)));
      }
    }
  }

  void take_act(Date date, std::string_view act) {
    if (holds(act, "修订") || holds(act, "修正")) {
      circular_.amended = date;
    } else if (holds(act, "通过") && !circular_.date) {
      circular_.date = date;
      adopter_ = agency_of_session(act);
    } else if (holds(act, "施行")) {
      circular_.effective = date;
    }
  }

  /// 北京市第十二届人民代表大会常务委员会第二十次会议通过 → 北京市人民代表大会常务委员会.
  std::string agency_of_session(std::string_view act) const {
    constexpr std::string_view kTerm = "届";
    const auto term = act.find(kTerm);
    const auto session = act.find("第", term == std::string_view::npos ? act.size() : term);
    if (session == std::string_view::npos) return {};
    std::u32string place = decode_utf8(text::trimmed(act.substr(0, term)));
    while (!place.empty() &&
           std::u32string_view(U"第一二三四五六七八九十0123456789").find(place.back()) !=
               std::u32string_view::npos) {
      place.pop_back();
    }
    std::string agency(act.substr(term + kTerm.size(), session - term - kTerm.size()));
    if (agency == "人大常委会") agency = "人民代表大会常务委员会";
    // 市十四届人大常委会: whose, the title says.
    if (place.size() == 1) {
      const std::string path = region_at_start(settings_, circular_.title);
      return path.substr(path.rfind('/') + 1) + agency;
    }
    return encode_utf8(place) + agency;
  }

  /// The first line that is a day alone, below lines that are agencies.
  void find_signature() {
    for (std::size_t i = body_; i < lines_.size(); ++i) {
      const auto date = date_of_line(lines_[i].text);
      if (!date) continue;
      std::size_t first = i;
      std::string signers;
      constexpr std::size_t kMostSigners = 6;
      while (first > body_ && i - first < kMostSigners && is_agency(signer(first - 1))) {
        --first;
        signers = signer(first) + (signers.empty() ? "" : "、") + signers;
      }
      if (first == i && signed_) continue;
      signature_begin_ = first;
      signature_end_ = i + 1;
      signed_ = *date;
      signers_ = signers;
      if (!signers.empty()) return;
    }
  }

  std::string signer(std::size_t line) const { return without_inner_blanks(lines_[line].text); }

  void find_dates() {
    if (const auto date = text::parse_people_date(head("date"))) circular_.date = *date;
    if (!circular_.date) circular_.date = signed_;
    if (!circular_.date) {
      const auto published = text::find_dates(head("published"));
      if (!published.empty()) circular_.date = published.front().date;
    }
    for (const SourceLine& line : lines_) {
      if (circular_.effective || !holds(line.text, "施行")) continue;
      for (const auto& date : text::find_dates(line.text)) {
        const std::string_view after = std::string_view(line.text).substr(date.offset + date.size);
        if (after.starts_with("起施行") || after.starts_with("施行"))
          circular_.effective = date.date;
      }
    }
  }

  /// What stands before the first verb of the title, if it is an agency.
  std::string issuer_in_title() const {
    const std::string_view title = circular_.title;
    std::size_t first = title.size();
    for (const std::string_view verb : {"关于", "对", "转发", "批转", "印发", "公告", "令"})
      first = std::min(first, title.find(verb));
    std::string name(text::trimmed(title.substr(0, first)));
    if (first == title.size() || !is_agency(name)) return {};
    // Joint issuers are parted by blanks: 财政部 税务总局关于…
    for (auto blank = name.find(' '); blank != std::string::npos; blank = name.find(' '))
      name.replace(blank, 1, "、");
    return name;
  }

  std::string issuer_by_code() const {
    const auto number = text::parse_document_number(circular_.number);
    if (!number) return {};
    const auto found = settings_.issuers.find(number->agency);
    return found == settings_.issuers.end() ? std::string() : found->second;
  }

  void find_issuer() {
    for (const std::string& issuer :
         {head("issuer"), issuer_in_title(), signers_, adopter_, issuer_by_code()}) {
      if (circular_.issuer.empty()) circular_.issuer = issuer;
    }
  }

  void find_region() {
    circular_.region = region_at_start(settings_, circular_.issuer);
    std::string_view title = circular_.title;
    if (circular_.region.empty()) circular_.region = region_at_start(settings_, title);
    const auto quote = title.find("《");
    if (circular_.region.empty() && quote != std::string_view::npos) {
      circular_.region =
          region_at_start(settings_, title.substr(quote + std::string_view("《").size()));
    }
  }

  /// 版记 (GB/T 9704-2012, 7.4): 抄送：… and 某办公室 2026年5月11日印发.
  static bool is_colophon(std::string_view line) {
    if (line.size() > kFurnitureBytes) return false;
    const bool printed = line.ends_with("印发") && text::find_dates(line).size() == 1;
    return printed || line.starts_with("抄送：") || line.starts_with("抄送:") ||
           line.starts_with("（此件") || line.starts_with("(此件");
  }

  /// Makes one heading of the title lines that start at `at`.
  void mark_title(std::size_t at) {
    const std::size_t end = title_end(at);
    if (end == at) return;
    lines_[at].text = joined_title(at, end);
    lines_[at].heading = 1;
    lines_.erase(lines_.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                 lines_.begin() + static_cast<std::ptrdiff_t>(end));
  }

  /// Titles stand below the signature of a notice that passes something on, and below 附件1.
  void mark_inner_titles() {
    for (std::size_t i = body_; i + 1 < lines_.size(); ++i) {
      if (is_annex_mark(lines_[i].text)) mark_title(i + 1);
    }
    if (signature_end_ == signature_begin_ || signers_.empty()) return;
    std::size_t at = signature_end_;
    while (at < lines_.size() &&
           (lines_[at].text.starts_with("（") || lines_[at].text.starts_with('(')) &&
           !text::leading_ordinal(lines_[at].text)) {
      ++at;
    }
    mark_title(at);
  }

  void gather_blocks() {
    mark_inner_titles();
    std::vector<SourceLine> before;
    std::vector<SourceLine> after;
    for (std::size_t i = body_; i < lines_.size(); ++i) {
      if (is_colophon(lines_[i].text)) continue;
      if (i < signature_begin_ || signature_end_ == 0) before.push_back(lines_[i]);
      if (i >= signature_end_ && signature_end_ > 0) after.push_back(lines_[i]);
    }
    circular_.blocks = blocks_of(before);
    for (std::size_t i = signature_begin_; i < signature_end_; ++i)
      circular_.blocks.push_back({BlockKind::Signature, 0, lines_[i].text});
    std::ranges::move(blocks_of(after), std::back_inserter(circular_.blocks));
    for (std::size_t i = body_; i < lines_.size(); ++i) {
      if (is_colophon(lines_[i].text)) {
        circular_.blocks.push_back({BlockKind::Signature, 0, lines_[i].text});
      }
    }
  }

  void gather_citations() {
    const auto own = title_keys(circular_.title, circular_.issuer);
    std::string text = circular_.title + "\n";
    for (const Block& block : circular_.blocks)
      text += block.text + "\n";
    for (Citation& citation : citations_in(text)) {
      const bool self = (!citation.title.empty() &&
                         std::ranges::find(own, title_key(citation.title)) != own.end()) ||
                        (!citation.number.empty() && citation.number == circular_.number);
      if (!self) circular_.citations.push_back(std::move(citation));
    }
  }

  const IndexSettings& settings_;
  std::vector<SourceLine> lines_;
  std::string page_title_;
  PageHead head_;
  Circular circular_;
  std::size_t body_ = 0;  // the first line below title, number and addressee
  std::string adopter_;
  std::string signers_;
  std::optional<Date> signed_;
  std::size_t signature_begin_ = 0;
  std::size_t signature_end_ = 0;
};

}  // namespace

Circular structure_of(const SourceText& source, const IndexSettings& settings) {
  return Dissector(source, settings).dissect();
}

}  // namespace huice::library
