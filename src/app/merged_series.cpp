#include "app/merged_series.h"

#include "render/pdf/fingerprint.h"

namespace huice::app {

Result<render::pdf::CodedDocument> code_one_of_many(render::pdf::MergedPdf& merged,
                                                    const LaidOut& laid_out,
                                                    const std::string& name,
                                                    render::pdf::ContentMemory& written) {
  HUICE_TRY(auto coded, merged.code(laid_out.pages, written));
  coded.title = laid_out.title;
  coded.author = laid_out.author;
  for (auto& bookmark : coded.bookmarks)
    ++bookmark.level;
  coded.bookmarks.insert(coded.bookmarks.begin(), {.title = name, .level = 1, .page = 0, .y = {}});
  return coded;
}

Result<std::unique_ptr<MergedSeries>> MergedSeries::open(const std::filesystem::path& file,
                                                         layout::FontSet fonts, Date created) {
  std::unique_ptr<MergedSeries> series(new MergedSeries(std::move(fonts)));
  HUICE_TRY(GrowingFile opened, GrowingFile::open(file));
  HUICE_TRY(series->merged_, render::pdf::MergedPdf::open(std::move(opened), series->fonts_.files(),
                                                          {.created = created}, series->store_));
  return series;
}

Result<std::string> MergedSeries::record_of(const LaidOut& laid_out, const std::string& name) {
  HUICE_TRY(const auto coded, code_one_of_many(*merged_, laid_out, name, written_));
  return packer_.pack(coded);
}

Status MergedSeries::take_up(std::string_view record) {
  if (merged_->take_up(record)) return Unit{};
  return Error{.code = ErrorCode::InvalidInput,
               .id = "pdf.record",
               .message = "合成 PDF 的一份读不回来",
               .where = {},
               .hint = "重新交一次任务"};
}

std::string identity_of(const layout::FontSet& fonts) {
  std::uint64_t print = render::pdf::kNoContent;
  for (const auto& font : fonts.files()) {
    print = render::pdf::fingerprint(
        font->postscript_name + "/" + std::to_string(font->bytes.size()), print);
  }
  return std::to_string(print);
}

}  // namespace huice::app
