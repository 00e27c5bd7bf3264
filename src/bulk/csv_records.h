// The records of a large CSV file and their cells, a piece of the file at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace huice::bulk {

/// Bytes of one record.
inline constexpr std::size_t kMaxRowBytes = std::size_t{1} << 20;

/// A record ends at a line end outside quotes. Of every cell the kCellRoom bytes before its end may
/// be read (bulk/plain_cell.h).
class CsvRecords {
 public:
  explicit CsvRecords(const std::filesystem::path& path);

  bool is_open() const { return in_.is_open(); }
  /// Before the first next(); a comma unless set.
  void set_separator(char separator) { separator_ = separator; }

  /// Goes to the next record; false at the end of the file or when a record is too long.
  bool next();
  bool is_broken() const { return broken_; }
  /// Where the record begins, from 1.
  int line() const { return line_; }
  /// Without quotes round them and without the line end; they live until the next call. An empty
  /// line has none.
  const std::vector<std::string_view>& cells() const { return cells_; }

 private:
  bool find_record();
  void take_last(std::size_t begin, std::size_t end);
  void take_quoted(std::size_t end);
  bool refill();
  void mark_up();

  std::ifstream in_;
  char separator_ = ',';
  std::string buffer_;
  std::size_t at_ = 0;                ///< where the record at hand begins
  std::size_t size_ = 0;              ///< the end of what has been read
  std::vector<std::uint32_t> marks_;  ///< where separators, quotes and line ends stand
  std::size_t mark_ = 0;              ///< the first of them not yet looked at
  std::size_t mark_end_ = 0;
  int line_ = 1;
  int lines_ = 0;  ///< of the record at hand
  bool ended_ = false;
  bool broken_ = false;
  std::vector<std::string_view> cells_;
  std::vector<std::string> spare_;  ///< what was quoted
};

}  // namespace huice::bulk
