#include "library/structure.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "base/utf8.h"
#include "library/line_marks.h"
#include "library/page_furniture.h"
#include "library/title_finder.h"
#include "text/dates.h"
#include "text/document_number.h"
#include "text/normalize.h"
#include "text/numerals.h"

namespace huice::library {
namespace {

/// What is longer is no title, whatever a page calls it: titles go into every list and answer.
constexpr std::size_t kMaxTitleBytes = 3'000;

/// 签发人：张某: what stands behind a mark, up to a blank or a bar.
std::string value_behind(std::string_view line, std::string_view mark) {
  const auto at = line.find(mark);
  if (at == std::string_view::npos) return {};
  std::string_view rest = line.substr(at + mark.size());
  if (rest.starts_with("：")) rest.remove_prefix(std::string_view("：").size());
  if (rest.starts_with(':')) rest.remove_prefix(1);
  rest = text::trimmed(rest);
  const std::string spaced = text::single_spaced(rest);
  return spaced.substr(0, spaced.find_first_of(" |"));
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
    find_the_title();
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
    circular_.facts = facts_of(circular_);
    for (const Fact& fact : circular_.facts) {
      if (fact.kind == FactKind::Term && !circular_.expires) circular_.expires = fact.date;
    }
    return std::move(circular_);
  }

 private:
  std::string head(std::string_view name) const {
    const auto found = head_.find(name);
    return found == head_.end() ? std::string() : found->second;
  }

  /// 云岭县人民政府文件 (发文机关标志, GB/T 9704-2012, 7.2.4): an agency close above the number.
  bool is_letterhead(std::size_t line) const {
    std::string_view name = lines_[line].text;
    constexpr std::string_view kDocument = "文件";
    if (name.ends_with(kDocument)) name.remove_suffix(kDocument.size());
    if (!is_agency(without_inner_blanks(name))) return false;
    constexpr std::size_t kMostNames = 6;  // of joint issuers, one a line
    for (std::size_t i = line + 1; i < std::min(lines_.size(), line + kMostNames); ++i) {
      if (number_of_line(lines_[i].text)) return true;
      if (!is_agency(lines_[i].text) && !lines_[i].text.ends_with(kDocument) &&
          !is_mark_above(lines_[i].text)) {
        return false;
      }
    }
    return false;
  }

  void take_mark(std::string_view line) {
    Letterhead& head = circular_.letterhead;
    if (is_copy_number(line)) head.copy_number = line;
    static constexpr std::array<std::string_view, 3> kSecrecy = {"绝密", "机密", "秘密"};
    static constexpr std::array<std::string_view, 4> kUrgency = {"特急", "加急", "特提", "平急"};
    if (starts_with_one_of(line, kSecrecy)) head.secrecy = without_inner_blanks(line);
    if (starts_with_one_of(line, kUrgency)) head.urgency = without_inner_blanks(line);
    if (head.signer.empty()) head.signer = value_behind(line, "签发人");
    if (line.starts_with("等级")) head.urgency = value_behind(line, "等级");
  }

  /// The first line of the title, below letterhead, number and the like.
  std::size_t title_begin() {
    std::size_t top = 0;
    for (; top < std::min(lines_.size(), kTopLines); ++top) {
      const std::string& line = lines_[top].text;
      const auto date = date_of_line(line);
      const auto signed_above = signed_line(line);
      const bool above =
          number_of_line(line) || date || signed_above || is_letterhead(top) || is_mark_above(line);
      if (!above) break;
      take_number(line);
      take_mark(line);
      if (date && !above_date_) above_date_ = date;
      if (is_letterhead(top) && letterhead_.empty()) {
        letterhead_ = without_inner_blanks(line);
        constexpr std::string_view kDocument = "文件";
        if (letterhead_.ends_with(kDocument))
          letterhead_.resize(letterhead_.size() - kDocument.size());
      }
    }
    return top;
  }

  void find_the_title() {
    split_flat_text();
    const std::size_t top = title_begin();
    const bool told = !head("title").empty();
    std::string known = told ? head("title") : page_title_;
    if (known.size() > kMaxTitleBytes) known.clear();
    const FoundTitle found = find_title(lines_, top, known, settings_);
    read_above(top, found.begin);
    const bool known_genre = !genre_of(known, settings_.genres).empty();
    const bool found_genre = !genre_of(found.text, settings_.genres).empty();
    // What a page calls itself may hold the title, with the names of the site before it.
    const auto inside = found_genre && !told ? known.find(found.text) : std::string::npos;
    const bool below_site =
        inside != std::string::npos &&
        !names_agencies(text::trimmed(std::string_view(known).substr(0, inside)));
    const bool repeats = below_site || holds(title_key(found.text), title_key(known));
    const bool from_lines =
        !found.text.empty() && (known.empty() || repeats || (!told && !known_genre && found_genre));
    circular_.title = without_inner_blanks(from_lines ? found.text : known);
    circular_.title_from = from_lines ? Place::Title : Place::PageHead;
    body_ = from_lines || known.empty() ? found.end : top;
    if (!circular_.title.empty()) return;
    circular_.title_from = Place::None;
    circular_.title_guessed = true;
    circular_.title = opening_words();
  }

  /// What stands between the head of the page and the title: 会议纪要 〔2026〕9号, who made it and
  /// when.
  void read_above(std::size_t top, std::size_t title) {
    std::string name;
    for (std::size_t i = top; i < title; ++i) {
      const std::string& line = lines_[i].text;
      take_mark(line);
      if (const auto above = signed_line(line)) {
        above_date_ = above->date;
      } else if (const auto number = text::parse_document_number(name + line);
                 number && circular_.number.empty()) {
        circular_.number = number->text();
        circular_.number_from = Place::Letterhead;
      } else {
        take_number(line);
        if (letterhead_.empty() && is_agency(without_inner_blanks(line)))
          letterhead_ = without_inner_blanks(line);
        name += without_inner_blanks(line);
      }
    }
  }

  /// Texts that lost their line ends begin with the title and a blank; number, addressee and
  /// signature stand between blanks too.
  void split_flat_text() {
    if (lines_.size() != 1) return;
    std::string_view rest = lines_.front().text;
    const auto blank = rest.find(' ');
    if (blank == std::string_view::npos) return;
    const SourceLine start{.text = std::string(rest.substr(0, blank))};
    if (!is_title_like(start) || genre_of(start.text, settings_.genres).empty()) return;
    std::vector<SourceLine> lines = {start};
    rest = text::trimmed(rest.substr(blank));
    for (auto end = rest.find(' '); end != std::string_view::npos; end = rest.find(' ')) {
      const SourceLine part{.text = std::string(rest.substr(0, end))};
      if (!number_of_line(part.text) && !is_addressee(part)) break;
      lines.push_back(part);
      rest = text::trimmed(rest.substr(end));
    }
    std::vector<SourceLine> signature;
    const auto stop = rest.rfind("。");
    if (stop != std::string_view::npos) {
      const auto tail = text::trimmed(rest.substr(stop + std::string_view("。").size()));
      if (signed_line(tail)) {
        const auto day = tail.rfind(' ');
        signature = {{.text = std::string(text::trimmed(tail.substr(0, day)))},
                     {.text = std::string(tail.substr(day + 1))}};
        rest = rest.substr(0, stop + std::string_view("。").size());
      }
    }
    lines.push_back({.text = std::string(rest)});
    std::ranges::move(signature, std::back_inserter(lines));
    lines_ = std::move(lines);
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
      circular_.number_from = Place::Letterhead;
    }
  }

  void find_number() {
    if (const auto named = text::parse_document_number(head("number"))) {
      circular_.number = named->text();
      circular_.number_from = Place::PageHead;
    }
    for (; body_ < lines_.size() && body_ < 2 * kTopLines; ++body_) {
      const std::string& line = lines_[body_].text;
      const auto date = date_of_line(line);
      const auto of_title = text::parse_document_number(number_head(line) + line);
      const bool bare = of_title && !number_of_line(line);
      if (bare && circular_.number.empty()) {
        circular_.number = of_title->text();
        circular_.number_from = Place::Title;
      }
      const bool beside = bare || date || number_of_line(line) || is_mark_above(line);
      if (!beside && !is_byline(line)) break;
      if (date && is_last_text(body_)) break;
      if (date && !above_date_) above_date_ = date;
      take_number(line);
      take_mark(line);
    }
    take_number_in_title();
  }

  /// What the title gives to a number that stands below it: 云岭县人民政府令, 第31号; or the issuer
  /// and 公告 of 某局关于某事的公告, 2026年第1号.
  std::string number_head(std::string_view line) const {
    if (line.starts_with("第")) return circular_.title;
    if (issuer_in_title().empty()) return {};
    return circular_.title.substr(0, circular_.title.find("关于")) +
           genre_of(circular_.title, settings_.genres);
  }

  /// A day with nothing but a few lines below it is the end of a short text, not its head.
  bool is_last_text(std::size_t line) const { return line + 1 >= lines_.size(); }

  /// 关于…的通知（湘政发〔2022〕1号)
  void take_number_in_title() {
    const auto in_title = text::find_document_numbers(circular_.title);
    const bool last = !in_title.empty() &&
                      circular_.title.size() <= in_title.back().offset + in_title.back().size + 3;
    if (!last) return;
    if (circular_.number.empty()) {
      circular_.number = in_title.back().number.text();
      circular_.number_from = Place::Title;
    }
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

  /// 北京市第十二届人民代表大会常务委员会第二十次会议通过 → 北京市人民代表大会常务委员会;
  /// 县推进新型工业化领导小组第4次会议通过 → 云岭县推进新型工业化领导小组.
  std::string agency_of_session(std::string_view act) const {
    constexpr std::string_view kTerm = "届";
    const auto term = act.find(kTerm);
    const auto session = act.find("第", term == std::string_view::npos ? 0 : term);
    if (session == std::string_view::npos) return {};
    std::u32string place =
        decode_utf8(text::trimmed(act.substr(0, term == std::string_view::npos ? session : term)));
    if (term == std::string_view::npos) return is_agency(encode_utf8(place)) ? at_home(place) : "";
    while (!place.empty() &&
           std::u32string_view(U"第一二三四五六七八九十0123456789").find(place.back()) !=
               std::u32string_view::npos) {
      place.pop_back();
    }
    std::string agency(act.substr(term + kTerm.size(), session - term - kTerm.size()));
    if (agency == "人大常委会") agency = "人民代表大会常务委员会";
    return at_home(place) + agency;
  }

  /// 县…领导小组, 市: whose county or city it is, the title says.
  std::string at_home(const std::u32string& name) const {
    if (name.empty() ||
        std::u32string_view(U"省市县区州").find(name.front()) == std::u32string::npos)
      return encode_utf8(name);
    const std::string path = region_at_start(settings_, circular_.title);
    return path.substr(path.rfind('/') + 1) + encode_utf8(std::u32string_view(name).substr(1));
  }

  /// The first line that is a day alone, below lines that are agencies; else agencies and the day
  /// in one line; else agencies without a day, where the text ends.
  void find_signature() {
    for (std::size_t i = body_; i < lines_.size(); ++i) {
      if (const auto whole = signed_line(lines_[i].text); whole && !signed_) {
        set_signature(i, i + 1, whole->agencies, whole->date);
        return;
      }
      const auto date = date_of_line(lines_[i].text);
      if (!date) continue;
      std::size_t first = i;
      std::string signers;
      constexpr std::size_t kMostSigners = 6;
      while (first > body_ && i - first < kMostSigners && names_agencies(lines_[first - 1].text)) {
        --first;
        signers = joined_agencies(lines_[first].text) + (signers.empty() ? "" : "、") + signers;
      }
      if (first == i && signed_) continue;
      set_signature(first, i + 1, signers, *date);
      if (!signers.empty()) return;
    }
    if (!signed_) find_undated_signature();
  }

  void set_signature(std::size_t begin, std::size_t end, std::string signers,
                     const std::optional<Date>& date) {
    signature_begin_ = begin;
    signature_end_ = end;
    signers_ = std::move(signers);
    signed_ = date;
  }

  /// An agency alone in one of the last lines, below a sentence.
  void find_undated_signature() {
    constexpr std::size_t kLastLines = 6;
    for (std::size_t i = lines_.size(); i > body_ + 1 && i + kLastLines > lines_.size(); --i) {
      const bool below_sentence = lines_[i - 2].text.ends_with("。");
      if (!below_sentence || lines_[i - 1].table_row || !names_agencies(lines_[i - 1].text))
        continue;
      set_signature(i - 1, i, joined_agencies(lines_[i - 1].text), std::nullopt);
      return;
    }
  }

  void find_dates() {
    const auto take = [&](const std::optional<Date>& date, Place place) {
      if (circular_.date || !date) return;
      circular_.date = date;
      circular_.date_from = place;
    };
    if (circular_.date) circular_.date_from = Place::Adoption;
    if (const auto told = text::parse_people_date(head("date"))) {
      circular_.date.reset();
      take(told, Place::PageHead);
    }
    take(signed_, Place::Signature);
    take(above_date_, Place::Letterhead);
    take(printed_date(), Place::Colophon);
    const auto published = text::find_dates(head("published"));
    if (!published.empty()) take(published.front().date, Place::PageHead);
    for (const SourceLine& line : lines_) {
      if (circular_.effective) break;
      for (const auto& date : text::find_dates(line.text)) {
        static constexpr std::array<std::string_view, 5> kBegins = {"起施行", "施行", "起试行",
                                                                    "起实施", "起执行"};
        const std::string_view after = std::string_view(line.text).substr(date.offset + date.size);
        if (starts_with_one_of(after, kBegins)) circular_.effective = date.date;
      }
    }
  }

  /// 2025年2月19日印发, of the 版记.
  std::optional<Date> printed_date() const {
    for (std::size_t i = lines_.size(); i > body_; --i) {
      if (!is_colophon(lines_[i - 1].text) || !lines_[i - 1].text.ends_with("印发")) continue;
      return text::find_dates(lines_[i - 1].text).front().date;
    }
    return std::nullopt;
  }

  /// What stands before the first verb of the title, if it is an agency.
  std::string issuer_in_title() const {
    const std::string_view title = circular_.title;
    std::size_t first = title.size();
    for (const std::string_view verb : {"关于", "对", "转发", "批转", "印发", "公告", "令"})
      first = std::min(first, title.find(verb));
    const auto name = text::trimmed(title.substr(0, first));
    return first < title.size() && names_agencies(name) ? joined_agencies(name) : std::string();
  }

  std::string issuer_by_code() const {
    const auto number = text::parse_document_number(circular_.number);
    if (!number) return {};
    const auto found = settings_.issuers.find(number->agency);
    return found == settings_.issuers.end() ? std::string() : found->second;
  }

  void find_issuer() {
    // What the document says of itself goes before what the page says of it.
    const std::pair<std::string, Place> told[] = {
        {issuer_in_title(), Place::Title}, {signers_, Place::Signature},
        {head("issuer"), Place::PageHead}, {adopter_, Place::Adoption},
        {letterhead_, Place::Letterhead},  {issuer_by_code(), Place::AgencyCode}};
    for (const auto& [issuer, place] : told) {
      if (!circular_.issuer.empty() || issuer.empty()) continue;
      circular_.issuer = issuer;
      circular_.issuer_from = place;
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
    const FoundTitle found = title_at(lines_, at, settings_);
    if (found.end == found.begin) return;
    lines_[at].text = found.text;
    lines_[at].heading = 1;
    lines_.erase(lines_.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                 lines_.begin() + static_cast<std::ptrdiff_t>(found.end));
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
    const auto self = [&](const Citation& citation) {
      // The former edition has the same title and another number.
      if (!citation.number.empty() && !circular_.number.empty())
        return citation.number == circular_.number;
      return !citation.title.empty() &&
             std::ranges::find(own, title_key(citation.title)) != own.end();
    };
    circular_.citations = citations_in(text);
    std::erase_if(circular_.citations, self);
    circular_.repeals = repeals_in(circular_.blocks);
    if (holds(circular_.title, "废止《") || holds(circular_.title, "宣布失效")) {
      const auto named = citations_in(circular_.title);
      circular_.repeals.insert(circular_.repeals.begin(), named.begin(), named.end());
    }
    std::erase_if(circular_.repeals, self);
  }

  const IndexSettings& settings_;
  std::vector<SourceLine> lines_;
  std::string page_title_;
  HeadFacts head_;
  Circular circular_;
  std::size_t body_ = 0;  // the first line below title, number and addressee
  std::string adopter_;
  std::string letterhead_;          // the agency above the title
  std::optional<Date> above_date_;  // beside or below the title, as 纪要 and 决定 have it
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
