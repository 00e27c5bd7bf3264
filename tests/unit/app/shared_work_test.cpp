// Documents of one export share work: templates once read, texts once set, runs once written.
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "../../bench/sheets.h"
#include "../layout/default_fonts.h"
#include "compose/compose.h"
#include "layout/official.h"
#include "notation/json.h"
#include "render/pdf/content_stream.h"
#include "render/pdf/face_outlines.h"

namespace huice {
namespace {

/// The pages of sheet `number` of many, as operators.
class SheetMaker {
 public:
  explicit SheetMaker(const layout::FontSet& fonts) : fonts_(fonts), types_(fonts) {
    for (const auto& file : fonts.files()) {
      faces_.push_back(store_.of(file));
      codes_.emplace_back(*faces_.back());
    }
  }

  std::vector<std::string> make(int number, bool remembers) {
    static const auto file = compose::load_template_file(bench::kSheetTemplate);
    const auto data = notation::read_json(bench::sheet_line(number, 10'000), "list.jsonl");
    const compose::Content content{data.value(), {}};
    const auto document = compose::compose(file.value(), content, compose::NoPartials(),
                                           remembers ? &markdown_ : nullptr);
    const auto pages =
        layout::lay_out(document.value(), fonts_, {.memory = remembers ? &types_ : nullptr});
    std::vector<std::string> written;
    for (const layout::Page& page : pages.value().pages) {
      written.push_back(render::pdf::content_of(page, codes_, render::pdf::Colour::Cmyk,
                                                remembers ? &written_ : nullptr));
    }
    return written;
  }

 private:
  const layout::FontSet& fonts_;
  render::pdf::OutlineStore store_;
  std::vector<std::shared_ptr<const render::pdf::FaceOutlines>> faces_;
  std::vector<render::pdf::GlyphCodes> codes_;
  compose::MarkdownMemory markdown_;
  layout::TypeMemory types_;
  render::pdf::ContentMemory written_;
};

using SharedWork = layout::WithFonts;

TEST_F(SharedWork, PagesAreThoseOfDocumentsMadeOneByOne) {
  SheetMaker alone(fonts());
  SheetMaker together(fonts());
  for (int number = 1; number < 20; ++number)
    EXPECT_EQ(together.make(number, true), alone.make(number, false)) << number;
}

}  // namespace
}  // namespace huice
