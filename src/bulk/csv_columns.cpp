#include "bulk/csv_columns.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "bulk/int128.h"
#include "facts/cell_value.h"
#include "sheet/csv_reader.h"
#include "sheet/heading.h"

namespace huice::bulk {
namespace {

using model::FactDefinition;
using model::FactType;

constexpr std::string_view kNameFact = "企业名称";
constexpr std::string_view kCodeFact = "统一社会信用代码";
constexpr std::size_t kChunkBytes = std::size_t{4} << 20;
constexpr std::size_t kHeadBytes = std::size_t{256} << 10;

Error refusal(ErrorCode code, std::string id, std::string message, const std::string& file,
              int line, std::string hint) {
  return Error{.code = code,
               .id = std::move(id),
               .message = std::move(message),
               .where = {.file = file, .line = line},
               .hint = std::move(hint)};
}

/// Numbers met so far, side by side: a million of them in std::unordered_set are a million nodes.
class NumberSet {
 public:
  /// False when it was there.
  bool insert(std::uint64_t number) {
    if (2 * (size_ + 1) > slots_.size()) grow();
    return put(number);
  }

 private:
  static constexpr std::size_t kFirstSlots = 1024;

  bool put(std::uint64_t number) {
    number = std::max<std::uint64_t>(number, 1);  // zero is an empty slot
    std::size_t at = number & (slots_.size() - 1);
    for (; slots_[at] != 0; at = (at + 1) & (slots_.size() - 1)) {
      if (slots_[at] == number) return false;
    }
    slots_[at] = number;
    ++size_;
    return true;
  }
  void grow() {
    const auto before =
        std::exchange(slots_, std::vector<std::uint64_t>(std::max(kFirstSlots, 2 * slots_.size())));
    size_ = 0;
    for (const std::uint64_t number : before) {
      if (number != 0) put(number);
    }
  }

  std::vector<std::uint64_t> slots_;  ///< a power of two, at most half of them taken
  std::size_t size_ = 0;
};

/// Records of a file, one after another; a record ends at a line end outside quotes.
class RecordReader {
 public:
  explicit RecordReader(const std::filesystem::path& path) : in_(path, std::ios::binary) {}

  bool is_open() const { return in_.is_open(); }
  /// Where the record just given begins.
  int line() const { return line_; }
  bool broken() const { return broken_; }

  /// Without its line end; false at the end of the file or when a record is too long.
  bool next(std::string_view& record) {
    line_ += lines_;
    for (std::size_t from = at_;;) {
      const char* end =
          static_cast<const char*>(std::memchr(buffer_.data() + from, '\n', size_ - from));
      if (end == nullptr) {
        const std::size_t kept = size_ - at_;
        if (kept > kMaxRowBytes) return broken_ = true, false;
        if (refill()) {
          from = at_ + kept;
          continue;
        }
        if (kept == 0) return false;
        return give(size_, record);
      }
      const auto stop = static_cast<std::size_t>(end - buffer_.data());
      if (is_whole(stop)) return give(stop, record);
      from = stop + 1;
      if (from - at_ > kMaxRowBytes) return broken_ = true, false;
    }
  }

 private:
  bool is_whole(std::size_t stop) const {
    const auto begin = buffer_.begin() + static_cast<std::ptrdiff_t>(at_);
    const auto end = buffer_.begin() + static_cast<std::ptrdiff_t>(stop);
    return std::count(begin, end, '"') % 2 == 0;
  }

  bool give(std::size_t stop, std::string_view& record) {
    record = std::string_view(buffer_.data() + at_, stop - at_);
    lines_ = 1 + static_cast<int>(std::ranges::count(record, '\n'));
    at_ = std::min(stop + 1, size_);
    if (record.ends_with('\r')) record.remove_suffix(1);
    return true;
  }

  /// Moves what is left to the front and reads on; false when there is no more.
  bool refill() {
    if (!in_) return false;
    const std::size_t kept = size_ - at_;
    if (buffer_.size() < kept + kChunkBytes) buffer_.resize(kept + kChunkBytes);
    std::memmove(buffer_.data(), buffer_.data() + at_, kept);
    in_.read(buffer_.data() + kept, static_cast<std::streamsize>(buffer_.size() - kept));
    at_ = 0;
    size_ = kept + static_cast<std::size_t>(in_.gcount());
    return size_ > kept;
  }

  std::ifstream in_;
  std::string buffer_ = std::string(kChunkBytes, '\0');
  std::size_t at_ = 0;
  std::size_t size_ = 0;
  int line_ = 1;
  int lines_ = 0;
  bool broken_ = false;
};

char separator_of(std::string_view line) {
  char best = ',';
  for (const char mark : {'\t', ';'}) {
    if (std::ranges::count(line, mark) > std::ranges::count(line, best)) best = mark;
  }
  return best;
}

/// Splits a record; quoted fields are kept in `spare`.
void split(std::string_view record, char separator, std::vector<std::string_view>& cells,
           std::vector<std::string>& spare) {
  cells.clear();
  spare.clear();
  spare.reserve(static_cast<std::size_t>(std::ranges::count(record, '"')));
  for (std::size_t at = 0;;) {
    if (at < record.size() && record[at] == '"') {
      std::string field;
      for (++at; at < record.size(); ++at) {
        if (record[at] == '"' && (at + 1 == record.size() || record[++at] != '"')) break;
        field += record[at];
      }
      spare.push_back(std::move(field));
      cells.push_back(spare.back());
      at = std::min(record.find(separator, at), record.size());
    } else {
      const std::size_t end = std::min(record.find(separator, at), record.size());
      cells.push_back(record.substr(at, end - at));
      at = end;
    }
    if (at == record.size()) return;
    ++at;
  }
}

/// `-12.50` as -1250 and 2; nullopt for anything that is not plainly so.
struct PlainNumber {
  std::int64_t digits = 0;
  int places = 0;
};

bool parse_plain(std::string_view text, PlainNumber& number) {
  constexpr std::size_t kMaxDigits = 16;
  const bool negative = text.front() == '-';
  if (negative) text.remove_prefix(1);
  if (text.empty() || text.size() > kMaxDigits + 1) return false;
  std::int64_t digits = 0;
  std::size_t point = text.size();
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c >= '0' && c <= '9') {
      digits = digits * 10 + (c - '0');
    } else if (c == '.' && point == text.size() && i > 0 && i + 1 < text.size()) {
      point = i;
    } else {
      return false;
    }
  }
  if (point == text.size() && text.size() > kMaxDigits) return false;
  number.places = point == text.size() ? 0 : static_cast<int>(text.size() - point - 1);
  number.digits = negative ? -digits : digits;
  return true;
}

/// `2015-03-08` as days since 1970.
std::optional<std::int64_t> parse_plain_day(std::string_view text) {
  constexpr std::size_t kIsoSize = 10;
  if (text.size() != kIsoSize) return std::nullopt;
  const auto day = Date::parse(text);
  return day ? std::optional<std::int64_t>(*day - Date()) : std::nullopt;
}

/// Texts of one column seen before, and what they meant. Found by a small table first.
class SeenTexts {
 public:
  static constexpr std::uint32_t kRefused = UINT32_MAX;

  const std::uint32_t* find(std::string_view text) {
    Slot& slot = slots_[hash(text) % kSlots];
    if (slot.filled && slot.text == text) return &slot.code;
    const auto known = codes_.find(text);
    if (known == codes_.end()) return nullptr;
    slot = {true, known->first, known->second};
    return &slot.code;
  }
  void put(std::string_view text, std::uint32_t code) { codes_.emplace(text, code); }

 private:
  static constexpr std::size_t kSlots = 1024;
  struct Slot {
    bool filled = false;
    std::string text;
    std::uint32_t code = 0;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>()(s); }
  };
  static std::size_t hash(std::string_view text) {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    const std::size_t size = std::min<std::size_t>(text.size(), 8);
    std::memcpy(&first, text.data(), size);
    std::memcpy(&last, text.data() + text.size() - size, size);
    return ((first * 0x9E3779B97F4A7C15u) ^ (last * 0xC2B2AE3D27D4EB4Fu) ^ text.size()) >> 40;
  }

  std::vector<Slot> slots_ = std::vector<Slot>(kSlots);
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> codes_;
};

struct TargetColumn {
  std::size_t cell = 0;  ///< place in the record
  std::size_t at = 0;    ///< place in the builder
  const FactDefinition* fact = nullptr;
  facts::ColumnUnit unit;
  SeenTexts seen;
};

class CsvColumns {
 public:
  CsvColumns(const std::filesystem::path& path, const model::FactCatalogue& catalogue,
             std::span<const FactDefinition> facts)
      : path_(path), catalogue_(catalogue), facts_(facts), records_(path), builder_(facts) {}

  Result<ColumnImport> read() {
    if (!records_.is_open()) {
      return refusal(ErrorCode::NotFound, "file.not-found", "没有这个文件", path_.string(), 0,
                     "检查文件名和路径");
    }
    if (const Status found = find_columns(); !found) return found.error();
    std::string_view record;
    while (records_.next(record)) {
      if (records_.line() <= heading_line_ || record.empty()) continue;
      if (builder_.rows() >= kMaxRows) break;
      read_record(record);
    }
    if (records_.broken() || builder_.rows() >= kMaxRows) {
      return refusal(ErrorCode::TooLarge, "csv.too-large", "CSV 的一行过长或行数过多",
                     path_.string(), records_.line(), "请检查引号是否成对，或拆分文件");
    }
    import_.columns = builder_.finish();
    return std::move(import_);
  }

 private:
  /// The heading is found by the reader of sheets, in the first lines alone.
  Status find_columns() {
    std::ifstream in(path_, std::ios::binary);
    std::string head(kHeadBytes, '\0');
    in.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(in.gcount()));
    if (head.size() == kHeadBytes) head.resize(head.rfind('\n') + 1);
    if (first_bad_utf8(head)) {
      return refusal(ErrorCode::Unsupported, "bulk.encoding", "批量匹配只读 UTF-8 的 CSV",
                     path_.string(), 0, "请另存为“CSV UTF-8”");
    }
    HUICE_TRY(const sheet::Grid grid, sheet::read_csv(head, path_.string()));
    std::vector<FactDefinition> known;
    for (const FactDefinition& fact : catalogue_.facts) {
      if (fact.type != FactType::List || fact.yearly) known.push_back(fact);
    }
    const auto heading = sheet::find_heading(grid, known);
    if (!heading || (!heading->find(kNameFact) && !heading->find(kCodeFact))) {
      return refusal(ErrorCode::InvalidInput, "sheet.no-heading",
                     "没有找到含“企业名称”或“统一社会信用代码”的表头", path_.string(), 0,
                     "表头至少要有“企业名称”或“统一社会信用代码”");
    }
    for (const sheet::GridRow& row : grid.rows) {
      if (row.number == heading->last_row) heading_line_ = row.line;
    }
    separator_ = separator_of(line_at(head, heading_line_));
    for (const sheet::HeadingColumn& column : heading->columns) {
      if (column.series != nullptr) {
        return refusal(ErrorCode::Unsupported, "bulk.series", "表中有年度序列，不能直接读成列",
                       path_.string(), heading_line_, "改用逐行读取");
      }
      add_column(*heading, column);
    }
    return Unit{};
  }

  void add_column(const sheet::Heading& heading, const sheet::HeadingColumn& column) {
    if (column.fact == nullptr || heading.find(column.fact->name) != &column) return;
    const auto cell = static_cast<std::size_t>(column.column - 1);
    if (column.fact->name == kNameFact) {
      name_cell_ = cell;
      name_heading_ = column.text;
    }
    if (column.fact->name == kCodeFact) code_cell_ = cell;
    if (!column.strange_unit.empty()) return;
    const auto wanted = std::ranges::find(facts_, column.fact->name, &FactDefinition::name);
    if (wanted == facts_.end()) return;
    TargetColumn target;
    target.cell = cell;
    target.at = static_cast<std::size_t>(wanted - facts_.begin());
    target.fact = &*wanted;
    target.unit = column.unit;
    columns_.push_back(std::move(target));
  }

  std::string_view cell(std::size_t at) const {
    return at < cells_.size() ? cells_[at] : std::string_view();
  }

  void read_record(std::string_view record) {
    split(record, separator_, cells_, spare_);
    if (is_aside()) {
      ++import_.passed_over;
      return;
    }
    builder_.begin_row();
    bool fits = true;
    for (TargetColumn& column : columns_) {
      const std::string_view text = cell(column.cell);
      if (!text.empty()) fits = take(column, text) && fits;
    }
    if (!fits) builder_.set_odd(profile());
  }

  /// As the reader of sheets passes over rows: totals, notes, column numbers, a repeated heading,
  /// enterprises that came before.
  bool is_aside() {
    const std::string_view code = code_cell_ ? cell(*code_cell_) : std::string_view();
    const std::string_view name = name_cell_ ? cell(*name_cell_) : std::string_view();
    if (is_blank(code) && is_blank(name)) return true;
    for (const std::string_view total : {"合计", "小计", "总计", "共计"}) {
      if (cells_.front() == total || name == total) return true;
    }
    const std::string_view shown = is_blank(name) ? code : name;
    if (shown == "甲" || shown == "乙") return true;
    if (shown.size() <= 2 && shown.find_first_not_of("0123456789") == shown.npos) return true;
    if (stands_alone() ? is_note(shown) : shown == name_heading_) return true;
    return !seen_.insert(std::hash<std::string_view>()(is_blank(code) ? name : code));
  }

  static bool is_blank(std::string_view text) { return text.find_first_not_of(" \t") == text.npos; }

  bool stands_alone() const {
    std::size_t told = 0;
    for (std::size_t i = 0; i < cells_.size() && told < 2; ++i)
      told += is_blank(cells_[i]) ? 0 : 1;
    return told == 1;
  }

  static bool is_note(std::string_view text) {
    constexpr std::size_t kLongestName = 180;
    constexpr std::array<std::string_view, 8> kOpenings = {"注",   "说明", "备注", "填表",
                                                           "填报", "审核", "制表", "单位负责人"};
    return text.size() > kLongestName || std::ranges::any_of(kOpenings, [&](std::string_view word) {
             return text.starts_with(word);
           });
  }

  /// Sets one cell; false when the columns cannot hold what it says.
  bool take(TargetColumn& column, std::string_view text) {
    if (!builder_.column(column.at).is_number) return take_code(column, text);
    if (column.fact->type == FactType::Day) {
      const auto day = parse_plain_day(text);
      if (day) builder_.set_number(column.at, *day);
      return day ? true : take_slowly(column, text);
    }
    PlainNumber number;
    return parse_plain(text, number) && take_number(column, number) ? true
                                                                    : take_slowly(column, text);
  }

  bool take_number(const TargetColumn& column, const PlainNumber& number) {
    if (column.fact->non_negative && number.digits < 0) return false;
    const FactType type = column.fact->type;
    if (type == FactType::Ratio && !column.unit.percent &&
        std::abs(number.digits) > power_of_ten(number.places)) {
      return false;
    }
    const int power = type == FactType::Money                          ? column.unit.power
                      : type == FactType::Ratio && column.unit.percent ? -2
                                                                       : 0;
    const int shift = builder_.column(column.at).scale + power - number.places;
    if (shift < 0 || shift > kMaxScale) return false;
    const std::int64_t factor = power_of_ten(shift);
    if (std::abs(number.digits) > kMaxNumber / factor) return false;
    builder_.set_number(column.at, number.digits * factor);
    return true;
  }

  bool take_code(TargetColumn& column, std::string_view text) {
    if (const std::uint32_t* code = column.seen.find(text)) {
      if (*code == SeenTexts::kRefused) return take_slowly(column, text);
      builder_.set_code(column.at, *code);
      return true;
    }
    const facts::Reading reading = read(column, text);
    if (!reading.value) {
      column.seen.put(text, reading.refusal ? SeenTexts::kRefused : 0);
      return reading.refusal ? take_slowly(column, text) : true;
    }
    const std::uint32_t code = builder_.code_of(column.at, *reading.value);
    column.seen.put(text, code);
    builder_.set_code(column.at, code);
    return true;
  }

  static facts::Reading read(const TargetColumn& column, std::string_view text) {
    const facts::Cell written{.column = static_cast<int>(column.cell) + 1,
                              .content = std::string(text)};
    return facts::read_cell(written, *column.fact, column.unit);
  }

  bool take_slowly(TargetColumn& column, std::string_view text) {
    facts::Reading reading = read(column, text);
    if (reading.value) return builder_.set(column.at, *reading.value);
    if (!reading.refusal) return !reading.is_range();
    ++import_.refused_cells;
    if (import_.refusals.size() < kMaxRefusals) {
      reading.refusal->where = {
          .file = path_.string(), .line = records_.line(), .part = column.fact->name};
      import_.refusals.push_back(*std::move(reading.refusal));
    }
    return true;
  }

  model::Profile profile() const {
    model::Profile profile;
    for (const TargetColumn& column : columns_) {
      const std::string_view text = cell(column.cell);
      if (text.empty()) continue;
      const facts::Reading reading = read(column, text);
      if (!reading.value && !reading.is_range()) continue;
      profile.facts[column.fact->name] = reading.to_fact({}, {});
    }
    return profile;
  }

  std::filesystem::path path_;
  const model::FactCatalogue& catalogue_;
  std::span<const FactDefinition> facts_;
  RecordReader records_;
  ColumnsBuilder builder_;
  ColumnImport import_;
  std::vector<TargetColumn> columns_;
  std::optional<std::size_t> name_cell_, code_cell_;
  std::string name_heading_;
  int heading_line_ = 0;
  char separator_ = ',';
  std::vector<std::string_view> cells_;
  std::vector<std::string> spare_;
  NumberSet seen_;
};

}  // namespace

Result<ColumnImport> read_csv_columns(const std::filesystem::path& path,
                                      const model::FactCatalogue& catalogue,
                                      std::span<const FactDefinition> facts) {
  return CsvColumns(path, catalogue, facts).read();
}

}  // namespace huice::bulk
