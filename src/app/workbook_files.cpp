#include "app/workbook_files.h"

#include <string>

#include "app/typesetting.h"
#include "base/files.h"
#include "layout/sheet_pages.h"
#include "render/pdf/pdf_writer.h"
#include "render/xlsx/xlsx_writer.h"

namespace huice::app {

Error unsupported_output(const std::filesystem::path& out) {
  return {.code = ErrorCode::Unsupported,
          .id = "campaign.output-format",
          .message = "输出文件名应以 .xlsx 或 .pdf 结尾，实为“" + out.extension().string() + "”",
          .where = {.file = out.string()}};
}

Status write_workbook(const World& world, const model::Workbook& workbook,
                      const WorkbookFile& file) {
  std::string bytes;
  if (file.out.extension() == ".xlsx") {
    HUICE_TRY(bytes, render::xlsx::write(workbook, {.created = file.on}));
  } else if (file.out.extension() == ".pdf") {
    HUICE_TRY(const auto fonts, open_fonts(world, file.fonts));
    HUICE_TRY(const auto pages, layout::lay_out(workbook, fonts));
    HUICE_TRY(bytes, render::pdf::write(pages, {workbook.title, workbook.author, file.on}));
  } else {
    return unsupported_output(file.out);
  }
  return write_file(file.out, bytes);
}

}  // namespace huice::app
