#include "render/pdf/page_reader.h"

#include <algorithm>

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

Result<std::vector<SeenPage>> read_pages(std::string_view pdf, const std::string& password) {
  HUICE_TRY([[maybe_unused]] const Unit is_there, load_qpdf());
  const QpdfDocument file;
  const auto opened = qpdf().qpdf_read_memory(file, "pdf", pdf.data(), pdf.size(),
                                              password.empty() ? nullptr : password.c_str());
  if (is_error(opened) || is_error(qpdf().qpdf_push_inherited_attributes_to_page(file))) {
    return unreadable(file.failure());
  }
  ReadFonts fonts;
  std::vector<SeenPage> pages;
  const int count = qpdf().qpdf_get_num_pages(file);
  for (std::size_t i = 0; i < static_cast<std::size_t>(std::max(count, 0)); ++i) {
    const PdfObject page(file, qpdf().qpdf_get_page_n(file, i));
    const PdfObject box = page.get("/MediaBox");
    SeenPage& seen = pages.emplace_back();
    seen.width = to_length(box.at(2).number() - box.at(0).number());
    seen.height = to_length(box.at(3).number() - box.at(1).number());
    PageInterpreter interpreter(page.get("/Resources"), seen, fonts);
    interpreter.run(page.content());
    if (interpreter.overflown()) return too_much(i);
  }
  return pages;
}

}  // namespace huice::render::pdf
