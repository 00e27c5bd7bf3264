#include "layout/official.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "layout/parts.h"
#include "layout/references.h"

namespace huice::layout {
namespace {

/// The last line of the text shares a page with 署名 and 印章.
constexpr std::size_t kLinesWithSignature = 1;
/// 附件说明 is no text: so many lines of it go to the page of 署名 with the text before them.
constexpr std::size_t kNotesWithSignature = 6;
/// A page of 署名 with no more lines of text than these is worth another grid.
constexpr std::size_t kFewLines = 2;

bool has_head(const model::Document& document) {
  return document.format != model::Format::Plain;
}

/// What gives way so that a rule can be kept.
struct Attempt {
  bool loosen = false;           ///< the first lines that keep together may part (7.3.3)
  bool move_addressees = false;  ///< 主送 go to the 版记 (7.3.2)
  Grid grid = {};                ///< 7.3.5.5
  bool carry = false;            ///< the last lines go to the page that the 版记 needs
};

/// Of a booklet no standard speaks: the title of a cover stands a third down the page, its text at
/// the foot.
constexpr Length kCoverTitleTop = mm(99);

/// The first page shows body text, which it must (7.3.3).
constexpr Attempt kFirstPage[] = {{}, {.loosen = true}, {.loosen = true, .move_addressees = true}};

/// 署名 and seal, or 版记, find room with the text: 行距 first, then 字距, then lines move.
constexpr Attempt kLastPage[] = {{.grid = grid_of(23, 28)},
                                 {.grid = grid_of(23, 29)},
                                 {.grid = grid_of(24, 29)},
                                 {.carry = true}};

/// How a document came out.
struct Outcome {
  bool body_on_first_page = true;
  bool imprint_alone = false;    ///< the 版记 on a page of its own, which other lines could share
  bool signature_alone = false;  ///< 署名 on a page with few lines of the text
  ImprintPlace imprint;

  int faults() const { return (imprint_alone ? 2 : 0) + (signature_alone ? 1 : 0); }
};

class DocumentSetter {
 public:
  DocumentSetter(const model::Document& document, const FontSet& fonts,
                 const LayoutOptions& options)
      : document_(document),
        options_(options),
        setter_(fonts, options.memory),
        builder_(kPageWidth, kPageHeight) {
    if (has_references(document)) builder_.keep_texts();
    builder_.number_from(options.first_page);
    if (document.turned_alike) builder_.turn_alike();
  }

  Outcome run(const Attempt& attempt);
  /// Only as far as 署名: what comes of the 版记 is not told.
  Outcome run_text(const Attempt& attempt);
  /// What each page says, if the document lists its terms.
  const std::vector<std::u32string>& texts() const { return builder_.texts(); }
  Result<Pages> finished(const Outcome& outcome);

 private:
  Desk desk_for(const Column& column) {
    return {setter_, column.width, column.bottom - column.top, attempt_.grid};
  }
  bool has_opening() const;
  bool has_cover() const { return document_.has_cover && !has_head(document_); }
  Column first_column() const;
  void set_opening();
  void put_first(Flow& lines, Length y);
  void set_text();
  Length cover_gap(const Flow& text) const;
  Flow text_and_signature(std::size_t& signature);
  void set_annex(const model::Annex& annex, bool last);
  Flow annex_label(const Desk& desk, const model::Annex& annex) const;
  std::vector<std::optional<int>> numbers(const Outcome& outcome) const;

  const model::Document& document_;
  const LayoutOptions& options_;
  Typesetter setter_;
  PageBuilder builder_;
  Attempt attempt_;
  Outcome outcome_;
  Length text_top_;
  std::size_t bound_pages_ = 0;
  std::vector<std::size_t> separate_starts_;
};

/// The lines that keep together at the end of a flow begin a page, if others stand before them.
void carry_last_lines(Flow& flow) {
  if (flow.size() <= kFewLines) return;
  std::size_t first = flow.size() - kFewLines;
  while (first > 0 && flow[first - 1].keeps_next)
    --first;
  if (first > 0) flow[first].new_page = true;
}

Outcome DocumentSetter::run_text(const Attempt& attempt) {
  attempt_ = attempt;
  if (has_opening()) builder_.new_page(first_column());
  set_opening();
  set_text();
  return outcome_;
}

Outcome DocumentSetter::run(const Attempt& attempt) {
  run_text(attempt);
  std::vector<const model::Annex*> bound;
  for (const model::Annex& annex : document_.annexes) {
    if (!annex.separate) bound.push_back(&annex);
  }
  for (const model::Annex* annex : bound)
    set_annex(*annex, annex == bound.back());
  const bool turned = builder_.column().quarter_turns != 0;
  outcome_.imprint = draw_imprint(desk_for(upright_column()), document_, attempt.move_addressees,
                                  options_.first_page, builder_);
  outcome_.imprint_alone = outcome_.imprint.alone && !turned && !document_.imprint.even_page;
  bound_pages_ = builder_.page_count();
  for (const model::Annex& annex : document_.annexes) {
    if (!annex.separate) continue;
    separate_starts_.push_back(builder_.page_count());
    builder_.number_from(1);
    set_annex(annex, false);
  }
  return outcome_;
}

/// A sheet of annexes alone has nothing before them.
bool DocumentSetter::has_opening() const {
  return has_head(document_) || !document_.title.empty() || !document_.blocks.empty() ||
         document_.annexes.empty();
}

/// 10.1: text of the first page of a letter reaches down to the lower double rule.
Column DocumentSetter::first_column() const {
  Column column = upright_column();
  if (document_.format == model::Format::Letter) {
    column.bottom = kPageHeight - kLetterRuleFoot - kLetterRuleHeight - kLetterTextGap;
    column.fills = true;
  }
  return column;
}

void DocumentSetter::set_opening() {
  const Desk desk = desk_for(upright_column());
  Flow title = title_lines(desk, document_.title);
  if (has_head(document_)) {
    text_top_ = draw_head(desk, document_, builder_);
    put_first(title, text_top_);
  } else if (has_cover()) {
    put_first(title, kCoverTitleTop);
  }
  builder_.put(std::move(title));
}

/// Puts the first line at a place of its own.
void DocumentSetter::put_first(Flow& lines, Length y) {
  if (lines.empty()) return;
  builder_.put_at(y, std::move(lines.front()));
  lines.erase(lines.begin());
}

/// Above the text of a cover, which ends at the foot of its page.
Length DocumentSetter::cover_gap(const Flow& text) const {
  Length height = text.front().height;
  for (std::size_t i = 1; i < text.size() && !text[i].new_page; ++i)
    height = height + text[i].gap + text[i].height;
  return std::max(gap_of(1), kTypeBottom - height - builder_.y());
}

void DocumentSetter::set_text() {
  const Desk desk = desk_for(upright_column());
  Flow text = attempt_.move_addressees ? Flow() : addressee_lines(desk, document_.addressees);
  const std::size_t body = text.size();
  std::size_t signature = 0;
  append(text, text_and_signature(signature));
  signature += body;
  if (text.empty()) return;
  text.front().gap = has_cover() ? cover_gap(text) : gap_of(1);
  // The last line of the text stays with 署名 all the same.
  for (std::size_t i = 0; attempt_.loosen && i + kLinesWithSignature < signature; ++i) {
    if (!std::exchange(text[i].keeps_next, false) && i >= body) break;
  }
  // Without a title the text itself follows the head.
  if (document_.title.empty() && has_head(document_)) text.front().gap = text_top_ - builder_.y();
  const bool has_annex = std::ranges::any_of(
      document_.annexes, [](const model::Annex& annex) { return !annex.separate; });
  if (attempt_.carry && !has_annex) carry_last_lines(text);
  const std::vector<std::size_t> pages = builder_.put(std::move(text));
  outcome_.body_on_first_page = body >= pages.size() || pages[body] == 0;
  if (signature < pages.size() && pages[signature] > 0) {
    const auto beside =
        std::count(pages.begin(), pages.begin() + static_cast<long>(signature), pages[signature]);
    outcome_.signature_alone = static_cast<std::size_t>(beside) <= kFewLines;
  }
}

Flow DocumentSetter::text_and_signature(std::size_t& signature) {
  const Desk desk = desk_for(upright_column());
  Flow flow = body_lines(desk, document_.blocks);
  const std::size_t body = flow.size();
  append(flow, attachment_lines(desk, document_.attachments));
  append(flow, attendance_lines(desk, document_.attendance));
  signature = flow.size();
  append(flow, signature_lines(desk, document_.signature, options_.images));
  append(flow, note_lines(desk, document_.note));
  if (flow.size() > signature) {
    const std::size_t text = signature - body <= kNotesWithSignature ? body : signature;
    for (std::size_t i = text - std::min(text, kLinesWithSignature); i + 1 < flow.size(); ++i)
      flow[i].keeps_next = true;
  }
  return flow;
}

/// 7.3.7: 附件 with its number; one that is bound apart names the 发文字号 before it.
Flow DocumentSetter::annex_label(const Desk& desk, const model::Annex& annex) const {
  const std::string label = annex.separate ? document_.head.number + annex.label : annex.label;
  if (label.empty()) return {};
  // 黑体 has no need of the brackets of the number to be narrow: it is set on the grid like text.
  return lines_of(desk.setter.set(label, Role::Hei, body_setting(desk.width, desk.grid)), kSize3,
                  desk.grid.line_gap());
}

void DocumentSetter::set_annex(const model::Annex& annex, bool last) {
  const Column column = annex.landscape ? turned_column(1) : upright_column();
  builder_.new_page(column);
  const Desk desk = desk_for(column);
  builder_.put(annex_label(desk, annex));
  const Length top = builder_.column().top;
  Flow title = title_lines(desk, annex.title);
  if (!title.empty()) {
    // 7.3.7: on the third line.
    if (!annex.label.empty()) {
      title.front().bookmark = annex.label + "　" + title.front().bookmark;
    }
    put_first(title, top + desk.grid.pitch * 2);
    builder_.put(std::move(title));
  }
  Flow flow = body_lines(desk, annex.blocks);
  append(flow, attachment_lines(desk, annex.attachments));
  if (!flow.empty() && !flow.front().new_page) flow.front().gap = desk.grid.gap_of(1);
  if (attempt_.carry && last && !annex.landscape) carry_last_lines(flow);
  builder_.put(std::move(flow));
}

/// 7.5 and 10.1: through all that is bound together; not on the first page of a letter, on a cover,
/// nor on a blank page and the 版记 behind it; anew in what is bound apart.
std::vector<std::optional<int>> DocumentSetter::numbers(const Outcome& outcome) const {
  std::vector<std::optional<int>> all(builder_.page_count());
  if (!options_.page_numbers) return all;
  const std::size_t unnumbered =
      outcome.imprint.blank_pages > 0 ? outcome.imprint.blank_pages + 1 : 0;
  const bool bare = document_.format == model::Format::Letter || has_cover();
  const std::size_t first = bare ? 1 : 0;
  for (std::size_t i = first; i + unnumbered < bound_pages_; ++i)
    all[i] = options_.first_page + static_cast<int>(i);
  for (std::size_t annex = 0; annex < separate_starts_.size(); ++annex) {
    const std::size_t begin = separate_starts_[annex];
    const std::size_t end =
        annex + 1 < separate_starts_.size() ? separate_starts_[annex + 1] : all.size();
    for (std::size_t i = begin; i < end; ++i)
      all[i] = static_cast<int>(i - begin) + 1;
  }
  return all;
}

/// 套打: the paper has the red parts already, and seals are stamped on it.
void drop_red(Pages& pages) {
  const auto red = [](const auto& each) { return each.ink == Ink::Red; };
  for (Page& page : pages.pages) {
    std::erase_if(page.runs, red);
    std::erase_if(page.rules, red);
    std::erase_if(page.rings, red);
    page.pictures.clear();
  }
}

Result<Pages> DocumentSetter::finished(const Outcome& outcome) {
  HUICE_TRY(Pages pages, finish(builder_, setter_, numbers(outcome)));
  if (document_.preprinted) drop_red(pages);
  return pages;
}

Error too_many_pages() {
  return {.code = ErrorCode::TooLarge,
          .id = "layout.too-many-pages",
          .message = "文件超过 " + std::to_string(kMaxPages) + " 页",
          .where = {},
          .hint = "把数据分成几份文件"};
}

}  // namespace

Result<Pages> finish(PageBuilder& builder, Typesetter& setter,
                     const std::vector<std::optional<int>>& numbers) {
  if (builder.overflown()) return too_many_pages();
  draw_page_numbers(setter, numbers, builder.pages());
  if (!setter.findings().empty()) return as_error(setter.findings());
  return Pages{.fonts = setter.fonts().files(),
               .pages = std::move(builder.pages()),
               .bookmarks = std::move(builder.bookmarks()),
               .substitutions = setter.substitutions(),
               .seals = std::move(builder.seals())};
}

namespace {

/// `texts`: what each page says, if the document lists its terms.
Result<Pages> lay_out_once(const model::Document& document, const FontSet& fonts,
                           const LayoutOptions& options, std::vector<std::u32string>& texts) {
  std::unique_ptr<DocumentSetter> best;
  Outcome outcome;
  Attempt taken;
  for (const Attempt& attempt : kFirstPage) {
    best = std::make_unique<DocumentSetter>(document, fonts, options);
    outcome = best->run(attempt);
    taken = attempt;
    if (outcome.body_on_first_page) break;
  }
  if (outcome.imprint.too_tall) {
    // So many 主送 that not even the 版记 holds them: they stand before the text after all.
    taken = {.loosen = true};
    best = std::make_unique<DocumentSetter>(document, fonts, options);
    outcome = best->run(taken);
  }
  for (Attempt attempt : kLastPage) {
    if (outcome.faults() == 0) break;
    attempt.loosen = taken.loosen;
    attempt.move_addressees = taken.move_addressees;
    // Where only 署名 is at fault, annexes are set again only if that mends it.
    if (!outcome.imprint_alone &&
        DocumentSetter(document, fonts, options).run_text(attempt).signature_alone) {
      continue;
    }
    auto other = std::make_unique<DocumentSetter>(document, fonts, options);
    const Outcome next = other->run(attempt);
    if (next.body_on_first_page < outcome.body_on_first_page || next.faults() >= outcome.faults())
      continue;
    outcome = next;
    best = std::move(other);
  }
  texts = best->texts();
  return best->finished(outcome);
}

/// A list of headings that grows by a line can move the headings themselves; it settles soon.
constexpr int kMaxRounds = 6;

}  // namespace

Result<Pages> lay_out(const model::Document& document, const FontSet& fonts,
                      const LayoutOptions& options) {
  std::vector<std::u32string> texts;
  if (!has_references(document)) return lay_out_once(document, fonts, options, texts);
  model::Document filled = document;
  for (int round = 1;; ++round) {
    HUICE_TRY(Pages pages, lay_out_once(filled, fonts, options, texts));
    if (round == kMaxRounds || !fill_references(filled, pages, texts)) return pages;
  }
}

}  // namespace huice::layout
