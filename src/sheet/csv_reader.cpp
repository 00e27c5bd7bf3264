#include "sheet/csv_reader.h"

#include <algorithm>
#include <optional>

#include "base/files.h"
#include "base/utf8.h"
#include "text/encoding.h"

namespace huice::sheet {
namespace {

/// The separator of the first record: the most frequent candidate outside quotes.
char separator_of(std::string_view text) {
  constexpr std::string_view kCandidates = ",\t;";
  std::size_t counts[kCandidates.size()] = {};
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (c == '\n' && !quoted) break;
    const std::size_t candidate = kCandidates.find(c);
    if (!quoted && candidate != kCandidates.npos) ++counts[candidate];
  }
  const auto most = std::ranges::max_element(counts);
  return kCandidates[static_cast<std::size_t>(most - counts)];
}

class CsvParser {
 public:
  CsvParser(std::string_view text, const std::string& file)
      : text_(text), separator_(separator_of(text)), file_(file) {}

  Status parse(const std::function<void(GridRow row)>& take) {
    for (int number = 1; at_ < text_.size(); ++number) {
      GridRow row{.number = number, .line = line_};
      if (const Status read = take_record(row); !read) return read.error();
      if (!row.cells.empty()) take(std::move(row));
    }
    return Unit{};
  }

 private:
  Error refuse(ErrorCode code, std::string id, std::string message, std::size_t offset,
               std::string hint) const {
    const LineColumn place = line_column(text_, offset);
    return Error{.code = code,
                 .id = std::move(id),
                 .message = std::move(message),
                 .where = {.file = file_, .line = place.line, .column = place.column},
                 .hint = std::move(hint),
                 .excerpt = std::string(line_at(text_, place.line).substr(0, 200))};
  }

  Status take_record(GridRow& row) {
    for (int column = 1;; ++column) {
      const std::size_t begin = at_;
      HUICE_TRY(std::string field, take_field());
      if (field.size() > kMaxFieldBytes || column > kMaxColumn || ++fields_ > kMaxFields ||
          row.number > kMaxRow) {
        return refuse(ErrorCode::TooLarge, "csv.too-large", "CSV 的单元格过大或过多", begin,
                      "请检查引号是否成对，或拆分文件");
      }
      if (!field.empty()) row.cells.push_back({.column = column, .content = std::move(field)});
      if (at_ == text_.size()) return Unit{};
      const char mark = text_[at_++];
      if (mark == '\n') break;
    }
    ++line_;
    return Unit{};
  }

  /// Leaves `at_` on the separator or line end after the field, or at the end of the text.
  Result<std::string> take_field() {
    if (at_ < text_.size() && text_[at_] == '"') return take_quoted();
    const std::size_t begin = at_;
    at_ = std::min(text_.find_first_of(std::string_view(marks_, 2), begin), text_.size());
    return std::string(text_.substr(begin, at_ - begin));
  }

  Result<std::string> take_quoted() {
    const std::size_t begin = at_;
    std::string field;
    for (++at_;; ++at_) {
      const std::size_t quote = text_.find('"', at_);
      if (quote == text_.npos) {
        return refuse(ErrorCode::InvalidInput, "csv.quote", "引号没有闭合", begin,
                      "单元格内的引号应写成两个连续的引号");
      }
      field += text_.substr(at_, quote - at_);
      at_ = quote + 1;
      if (at_ == text_.size() || text_[at_] != '"') break;
      field += '"';
    }
    line_ += static_cast<int>(std::ranges::count(field, '\n'));
    if (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n') {
      return refuse(ErrorCode::InvalidInput, "csv.quote", "右引号之后应是分隔符或换行", at_,
                    "单元格内的引号应写成两个连续的引号");
    }
    return field;
  }

  std::string_view text_;
  char separator_;
  const char marks_[2] = {separator_, '\n'};
  const std::string& file_;
  std::size_t at_ = 0;
  std::size_t fields_ = 0;
  int line_ = 1;
};

}  // namespace

Result<Grid> read_csv(std::string_view bytes, std::string file) {
  Grid grid{.file = std::move(file)};
  HUICE_TRY([[maybe_unused]] const Unit read, read_csv_rows(bytes, grid.file, [&](GridRow row) {
              grid.rows.push_back(std::move(row));
            }));
  return grid;
}

Result<Grid> read_csv(const std::filesystem::path& path) {
  HUICE_TRY(const std::string bytes, read_file(path));
  return read_csv(bytes, path.string());
}

Status read_csv_rows(std::string_view bytes, const std::string& file,
                     const std::function<void(GridRow row)>& take) {
  auto decoded = text::decode_text(bytes);
  if (!decoded) {
    Error error = std::move(decoded).error();
    error.where.file = file;
    return error;
  }
  return CsvParser(decoded.value().text, file).parse(take);
}

}  // namespace huice::sheet
