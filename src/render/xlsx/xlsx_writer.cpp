#include "render/xlsx/xlsx_writer.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "render/xlsx/sheet_names.h"
#include "render/xlsx/sheet_plan.h"
#include "render/xlsx/sheet_writer.h"
#include "render/xlsx/styles.h"

namespace huice::render::xlsx {
namespace {

Error unwritable(std::string detail) {
  return Error{.code = ErrorCode::Io,
               .id = "xlsx.unwritable",
               .message = "生成 XLSX 失败（" + std::move(detail) + "）",
               .where = {},
               .hint = "请检查内存和临时目录的空间"};
}

/// A file in memory that the library can open by name.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(memfd_create("huice-xlsx", MFD_CLOEXEC)) {}
  ~MemoryFile() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  bool is_open() const { return descriptor_ >= 0; }
  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

  Result<std::string> bytes() const {
    const off_t size = lseek(descriptor_, 0, SEEK_END);
    if (size < 0) return unwritable("lseek");
    std::string out(static_cast<std::size_t>(size), '\0');
    for (std::size_t at = 0; at < out.size();) {
      const ssize_t got =
          pread(descriptor_, out.data() + at, out.size() - at, static_cast<off_t>(at));
      if (got <= 0) return unwritable("pread");
      at += static_cast<std::size_t>(got);
    }
    return out;
  }

 private:
  int descriptor_;
};

/// The library's workbook; freed without being written unless it was closed.
class Book {
 public:
  Book(const std::string& path, bool constant_memory) {
    lxw_workbook_options options{};
    options.constant_memory = constant_memory ? LXW_TRUE : LXW_FALSE;
    book_ = workbook_new_opt(path.c_str(), &options);
  }
  ~Book() {
    if (book_ != nullptr) lxw_workbook_free(book_);
  }
  Book(const Book&) = delete;
  Book& operator=(const Book&) = delete;

  lxw_workbook* get() const { return book_; }

  Status finish() {
    const lxw_error error = workbook_close(std::exchange(book_, nullptr));
    if (error != LXW_NO_ERROR) return unwritable(lxw_strerror(error));
    return Unit{};
  }

 private:
  lxw_workbook* book_ = nullptr;
};

void set_properties(lxw_workbook* target, const model::Workbook& book, Date created) {
  std::string title = book.title;
  std::string author = book.author;
  lxw_doc_properties properties{};
  properties.title = title.data();
  properties.author = author.data();
  constexpr int kSecondsPerDay = 86'400;
  properties.created = static_cast<time_t>(created - Date()) * kSecondsPerDay;
  workbook_set_properties(target, &properties);
}

Status write_sheets(const model::Workbook& book, const std::vector<SheetPlan>& plans,
                    lxw_workbook* target, bool is_streamed) {
  Styles styles(target);
  const std::vector<std::string> names = sheet_names(book.sheets);
  const SheetsByName by_name(book.sheets, names);
  const auto formula = [&](std::string text) { return by_name.renamed_in(std::move(text)); };
  const auto link = [&](const std::string& sheet) { return by_name.find(sheet); };
  for (std::size_t i = 0; i < book.sheets.size(); ++i) {
    lxw_worksheet* worksheet = workbook_add_worksheet(target, names[i].c_str());
    if (worksheet == nullptr) return unwritable("worksheet " + names[i]);
    const SheetTarget sheet{target, worksheet, styles, formula, link, names[i], is_streamed};
    const Status written = write_sheet(book.sheets[i], plans[i], sheet);
    if (!written) return written.error();
  }
  return Unit{};
}

}  // namespace

Result<std::string> write(const model::Workbook& book, const XlsxOptions& options) {
  std::vector<SheetPlan> plans;
  for (const model::Sheet& sheet : book.sheets) {
    HUICE_TRY(SheetPlan plan, plan_sheet(sheet));
    plans.push_back(std::move(plan));
  }
  const bool has_many_rows = std::ranges::any_of(book.sheets, [&](const model::Sheet& sheet) {
    return sheet.table.rows.size() >= options.many_rows;
  });
  const MemoryFile file;
  if (!file.is_open()) return unwritable("memfd_create");
  const bool is_streamed = has_many_rows && book.sheets.size() <= kMostStreamedSheets;
  Book target(file.path(), is_streamed);
  if (target.get() == nullptr) return unwritable("workbook_new_opt");
  set_properties(target.get(), book, options.created);
  if (const Status written = write_sheets(book, plans, target.get(), is_streamed); !written) {
    return written.error();
  }
  if (const Status finished = target.finish(); !finished) return finished.error();
  return file.bytes();
}

}  // namespace huice::render::xlsx
