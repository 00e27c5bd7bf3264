#include "app/workbook_files.h"

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

Result<std::string> workbook_xlsx(const model::Workbook& workbook, Date on) {
  return render::xlsx::write(workbook, {.created = on});
}

Result<std::string> workbook_pdf(const layout::FontSet& fonts, const model::Workbook& workbook,
                                 Date on) {
  HUICE_TRY(const auto pages, layout::lay_out(workbook, fonts));
  return render::pdf::write(pages, {workbook.title, workbook.author, on});
}

Status write_workbook(const World& world, const model::Workbook& workbook,
                      const WorkbookFile& file) {
  std::string bytes;
  if (file.out.extension() == ".xlsx") {
    HUICE_TRY(bytes, workbook_xlsx(workbook, file.on));
  } else if (file.out.extension() == ".pdf") {
    HUICE_TRY(const auto fonts, open_fonts(world, file.fonts));
    HUICE_TRY(bytes, workbook_pdf(fonts, workbook, file.on));
  } else {
    return unsupported_output(file.out);
  }
  return write_file(file.out, bytes);
}

}  // namespace huice::app
