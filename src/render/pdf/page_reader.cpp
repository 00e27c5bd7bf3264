#include "render/pdf/page_reader.h"

#include <algorithm>
#include <utility>

#include "render/pdf/page_interpreter.h"
#include "render/pdf/qpdf_document.h"

namespace huice::render::pdf {
namespace {

Error unreadable(const std::string& why) {
  return {.code = ErrorCode::InvalidInput,
          .id = "pdf.unreadable",
          .message = "读不回排好的 PDF：" + why,
          .where = {},
          .hint = "文件可能已损坏或加了密码，重新排印一次"};
}

Error too_much(std::size_t page) {
  return {.code = ErrorCode::TooLarge,
          .id = "pdf.too-much",
          .message = "PDF 第 " + std::to_string(page + 1) + " 页的字和线太多，不能逐项量",
          .where = {},
          .hint = "把文件分成几份"};
}

}  // namespace

struct PageReader::State {
  QpdfDocument file;
  ReadFonts fonts;
  std::size_t count = 0;
};

PageReader::PageReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
PageReader::PageReader(PageReader&& other) noexcept = default;
PageReader& PageReader::operator=(PageReader&& other) noexcept = default;
PageReader::~PageReader() = default;

Result<PageReader> PageReader::open(std::string_view pdf, const std::string& password) {
  HUICE_TRY([[maybe_unused]] const Unit is_there, load_qpdf());
  auto state = std::make_unique<State>();
  const QpdfDocument& file = state->file;
  const auto opened = qpdf().qpdf_read_memory(file, "pdf", pdf.data(), pdf.size(),
                                              password.empty() ? nullptr : password.c_str());
  if (is_error(opened) || is_error(qpdf().qpdf_push_inherited_attributes_to_page(file))) {
    return unreadable(file.failure());
  }
  state->count = static_cast<std::size_t>(std::max(qpdf().qpdf_get_num_pages(file), 0));
  return PageReader(std::move(state));
}

std::size_t PageReader::count() const {
  return state_->count;
}

Result<std::vector<SeenPage>> PageReader::read(std::size_t first, std::size_t count) {
  const QpdfDocument& file = state_->file;
  std::vector<SeenPage> pages;
  for (std::size_t i = first; i < state_->count && i - first < count; ++i) {
    const PdfObject page(file, qpdf().qpdf_get_page_n(file, i));
    const PdfObject box = page.get("/MediaBox");
    SeenPage& seen = pages.emplace_back();
    seen.width = to_length(box.at(2).number() - box.at(0).number());
    seen.height = to_length(box.at(3).number() - box.at(1).number());
    PageInterpreter interpreter(page.get("/Resources"), seen, state_->fonts);
    interpreter.run(page.content());
    if (interpreter.overflown()) return too_much(i);
  }
  // qpdf keeps every object that was asked for until it is told otherwise.
  qpdf().qpdf_oh_release_all(file);
  return pages;
}

Result<std::vector<SeenPage>> read_pages(std::string_view pdf, const std::string& password) {
  HUICE_TRY(PageReader reader, PageReader::open(pdf, password));
  return reader.read(0, reader.count());
}

}  // namespace huice::render::pdf
