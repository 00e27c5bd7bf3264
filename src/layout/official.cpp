#include "layout/official.h"

#include <algorithm>
#include <utility>

#include "layout/parts.h"

namespace huice::layout {
namespace {

/// The last line of the text shares a page with 署名 and 印章.
constexpr std::size_t kLinesWithSignature = 1;

bool has_head(const model::Document& document) {
  return document.format != model::Format::Plain;
}

void append(Flow& to, Flow from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

/// What gives way so that the first page shows body text, which it must (7.3.3).
struct Attempt {
  bool loosen = false;           ///< the first lines that keep together may part
  bool move_addressees = false;  ///< 主送 go to the 版记 (7.3.2)
};
constexpr Attempt kAttempts[] = {{}, {.loosen = true}, {.loosen = true, .move_addressees = true}};

class DocumentSetter {
 public:
  DocumentSetter(const model::Document& document, Typesetter& setter, const text::Segmenter& words)
      : document_(document), desk_{setter, words}, builder_(kPageWidth, kPageHeight) {}

  void run(const Attempt& attempt) {
    builder_.new_page(upright_column());
    set_opening();
    set_text(attempt);
    for (const model::Annex& annex : document_.annexes)
      set_annex(annex);
    draw_imprint(desk_, document_, attempt.move_addressees, builder_);
  }

  bool body_starts_on_first_page() const { return body_starts_on_first_page_; }
  PageBuilder& builder() { return builder_; }

 private:
  void set_opening() {
    Flow title = title_lines(desk_, document_.title);
    if (has_head(document_)) {
      text_top_ = draw_head(desk_, document_, builder_);
      put_first(title, text_top_);
    }
    builder_.put(std::move(title));
  }

  /// Puts the first line at a place of its own.
  void put_first(Flow& lines, Length y) {
    if (lines.empty()) return;
    builder_.put_at(y, std::move(lines.front()));
    lines.erase(lines.begin());
  }

  void set_text(const Attempt& attempt) {
    Flow text = attempt.move_addressees ? Flow() : addressee_lines(desk_, document_.addressees);
    const std::size_t body = text.size();
    append(text, text_and_signature());
    if (text.empty()) return;
    text.front().gap = gap_of(1);
    for (std::size_t i = 0; attempt.loosen && i < text.size(); ++i) {
      if (!std::exchange(text[i].keeps_next, false) && i >= body) break;
    }
    // Without a title the text itself follows the head.
    if (document_.title.empty() && has_head(document_)) text.front().gap = text_top_ - builder_.y();
    const std::vector<std::size_t> pages = builder_.put(std::move(text));
    body_starts_on_first_page_ = body >= pages.size() || pages[body] == 0;
  }

  Flow text_and_signature() {
    Flow flow = body_lines(desk_, document_.blocks);
    append(flow, attachment_lines(desk_, document_.attachments));
    const std::size_t signature = flow.size();
    append(flow, signature_lines(desk_, document_.signature));
    append(flow, note_lines(desk_, document_.note));
    if (flow.size() > signature) {
      for (std::size_t i = signature - std::min(signature, kLinesWithSignature);
           i + 1 < flow.size(); ++i) {
        flow[i].keeps_next = true;
      }
    }
    return flow;
  }

  void set_annex(const model::Annex& annex) {
    const Column column = annex.landscape ? turned_column() : upright_column();
    builder_.new_page(column);
    const Desk desk{desk_.setter, desk_.words, column.width, column.bottom - column.top};
    if (!annex.label.empty()) {
      Flow label = lines_of(desk.setter.set(annex.label, Role::Hei, body_setting(desk.width)),
                            kSize3, kLineGap);
      builder_.put(std::move(label));
    }
    Flow title = title_lines(desk, annex.title);
    if (!title.empty()) {
      // 7.3.7: on the third line.
      if (!annex.label.empty())
        title.front().bookmark = annex.label + "　" + title.front().bookmark;
      put_first(title, column.top + kPitch * 2);
      builder_.put(std::move(title));
    }
    Flow flow = body_lines(desk, annex.blocks);
    append(flow, attachment_lines(desk, annex.attachments));
    if (!flow.empty() && !flow.front().new_page) flow.front().gap = gap_of(1);
    builder_.put(std::move(flow));
  }

  const model::Document& document_;
  Desk desk_;
  PageBuilder builder_;
  Length text_top_;
  bool body_starts_on_first_page_ = true;
};

Error too_many_pages() {
  return {.code = ErrorCode::TooLarge,
          .id = "layout.too-many-pages",
          .message = "文件超过 " + std::to_string(kMaxPages) + " 页",
          .where = {},
          .hint = "把数据分成几份文件"};
}

}  // namespace

Result<Pages> finish(PageBuilder& builder, Typesetter& setter, const LayoutOptions& options,
                     bool skip_first_number) {
  if (builder.overflown()) return too_many_pages();
  if (options.page_numbers) {
    draw_page_numbers(setter, options.first_page, skip_first_number, builder.pages());
  }
  if (!setter.findings().empty()) return as_error(setter.findings());
  return Pages{.fonts = setter.fonts().files(),
               .pages = std::move(builder.pages()),
               .bookmarks = std::move(builder.bookmarks()),
               .substitutions = setter.substitutions()};
}

Result<Pages> lay_out(const model::Document& document, const FontSet& fonts,
                      const LayoutOptions& options) {
  const text::Segmenter words{text::Lexicon{}};
  for (const Attempt& attempt : kAttempts) {
    Typesetter setter(fonts);
    DocumentSetter set(document, setter, words);
    set.run(attempt);
    if (set.body_starts_on_first_page() || attempt.move_addressees) {
      return finish(set.builder(), setter, options, document.format == model::Format::Letter);
    }
  }
  return Pages{};
}

}  // namespace huice::layout
