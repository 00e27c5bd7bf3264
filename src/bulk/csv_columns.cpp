#include "bulk/csv_columns.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "bulk/csv_records.h"
#include "bulk/plain_cell.h"
#include "bulk/text_set.h"
#include "facts/cell_value.h"
#include "sheet/csv_reader.h"
#include "sheet/heading.h"

namespace huice::bulk {
namespace {

using model::FactDefinition;
using model::FactType;

constexpr std::string_view kNameFact = "企业名称";
constexpr std::string_view kCodeFact = "统一社会信用代码";
constexpr std::size_t kHeadBytes = std::size_t{256} << 10;

Error refusal(ErrorCode code, std::string id, std::string message, const std::string& file,
              int line, std::string hint) {
  return Error{.code = code,
               .id = std::move(id),
               .message = std::move(message),
               .where = {.file = file, .line = line},
               .hint = std::move(hint)};
}

/// The end of the last record that is whole; a cell in quotes may hold line ends.
std::size_t whole_records(std::string_view text) {
  std::size_t end = 0;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '"') quoted = !quoted;
    if (text[at] == '\n' && !quoted) end = at + 1;
  }
  return end;
}

char separator_of(std::string_view line) {
  char best = ',';
  for (const char mark : {'\t', ';'}) {
    if (std::ranges::count(line, mark) > std::ranges::count(line, best)) best = mark;
  }
  return best;
}

/// Texts of one column seen before, and what they meant. Found by a small table first.
class SeenTexts {
 public:
  static constexpr std::uint32_t kRefused = UINT32_MAX;

  const std::uint32_t* find(std::string_view text) {
    if (text.size() > kCellRoom) return find_slowly(text);
    const ShortText wanted(text);
    Slot& slot = slots_[wanted.hash() % kSlots];
    if (slot.size == text.size() && slot.text == wanted) return &slot.code;
    const std::uint32_t* code = find_slowly(text);
    if (code != nullptr) slot = {wanted, static_cast<std::uint32_t>(text.size()), *code};
    return code;
  }
  void put(std::string_view text, std::uint32_t code) { codes_.emplace(text, code); }

 private:
  static constexpr std::size_t kSlots = 512;
  struct Slot {
    ShortText text;
    std::uint32_t size = 0;  ///< 0 is an empty slot
    std::uint32_t code = 0;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>()(s); }
  };
  const std::uint32_t* find_slowly(std::string_view text) const {
    const auto known = codes_.find(text);
    return known == codes_.end() ? nullptr : &known->second;
  }

  std::vector<Slot> slots_ = std::vector<Slot>(kSlots);
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> codes_;
};

/// What turns plain numbers of so many places into those of a column.
struct Scaling {
  std::int64_t factor = 0;  ///< 0: they do not fit
  std::int64_t least = 0;   ///< the least and the most that may be
  std::int64_t most = 0;
};
constexpr int kMostPlaces = 16;

struct TargetColumn {
  std::size_t cell = 0;  ///< place in the record
  std::size_t at = 0;    ///< place in the builder
  const FactDefinition* fact = nullptr;
  facts::ColumnUnit unit;
  bool is_number = false;
  bool is_day = false;
  std::array<Scaling, kMostPlaces> scalings = {};  ///< of numbers, by places
  SeenTexts seen;

  void set_scale(int scale);
};

/// As read_cell: no negative numbers where there may be none, no ratio above one, no number that
/// would be rounded or is too large.
void TargetColumn::set_scale(int scale) {
  const bool ratio = fact->type == FactType::Ratio;
  const int power = fact->type == FactType::Money ? unit.power : ratio && unit.percent ? -2 : 0;
  for (int places = 0; places < kMostPlaces; ++places) {
    Scaling& scaling = scalings[static_cast<std::size_t>(places)];
    const int shift = scale + power - places;
    if (shift < 0 || shift > kMaxScale) {
      scaling.factor = 0;
      continue;
    }
    scaling.factor = power_of_ten(shift);
    scaling.most = kMaxNumber / scaling.factor;
    if (ratio && !unit.percent) scaling.most = std::min(scaling.most, power_of_ten(places));
    scaling.least = fact->non_negative ? 0 : -scaling.most;
  }
}

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
    while (records_.next()) {
      if (records_.line() <= heading_line_ || records_.cells().empty()) continue;
      if (builder_.rows() >= kMaxRows) break;
      read_record();
    }
    if (records_.is_broken() || builder_.rows() >= kMaxRows) {
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
    if (head.size() == kHeadBytes) head.resize(whole_records(head));
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
    records_.set_separator(separator_of(line_at(head, heading_line_)));
    reserve(head);
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
    target.is_number = builder_.column(target.at).is_number;
    target.is_day = wanted->type == FactType::Day;
    target.set_scale(builder_.column(target.at).scale);
    columns_.push_back(std::move(target));
  }

  /// Room for as many rows as the file is likely to have, going by its first lines, and some more:
  /// columns that run out of room are copied whole. Of a file that begins with blank lines not for
  /// more than can tell something.
  void reserve(std::string_view head) {
    constexpr std::uintmax_t kLeastRow = 32;  // bytes
    std::error_code unknown;
    const auto size = std::filesystem::file_size(path_, unknown);
    if (unknown || head.empty()) return;
    const auto lines = static_cast<std::uintmax_t>(std::ranges::count(head, '\n'));
    const auto likely = static_cast<std::uintmax_t>(1.1 * static_cast<double>(size) /
                                                    static_cast<double>(head.size()) *
                                                    static_cast<double>(lines + 1));
    builder_.reserve(std::min<std::uintmax_t>({likely, size / kLeastRow, kMaxRows}));
  }

  std::string_view cell(std::size_t at) const {
    const auto& cells = records_.cells();
    return at < cells.size() ? cells[at] : std::string_view();
  }

  void read_record() {
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
      if (records_.cells().front() == total || name == total) return true;
    }
    const std::string_view shown = is_blank(name) ? code : name;
    if (shown == "甲" || shown == "乙") return true;
    if (shown.size() <= 2 && shown.find_first_not_of("0123456789") == shown.npos) return true;
    if (stands_alone() ? is_note(shown) : shown == name_heading_) return true;
    return !seen_.insert(is_blank(code) ? name : code);
  }

  static bool is_blank(std::string_view text) { return text.find_first_not_of(" \t") == text.npos; }

  bool stands_alone() const {
    std::size_t told = 0;
    for (const std::string_view cell : records_.cells()) {
      told += is_blank(cell) ? 0 : 1;
      if (told > 1) return false;
    }
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
    if (!column.is_number) return take_code(column, text);
    if (column.is_day) {
      std::int64_t day = 0;
      if (!parse_plain_day(text, day)) return take_slowly(column, text);
      builder_.set_number(column.at, day);
      return true;
    }
    PlainNumber number;
    if (!parse_plain_number(text, number)) return take_slowly(column, text);
    const Scaling& scaling = column.scalings[static_cast<std::size_t>(number.places)];
    const bool fits =
        scaling.factor != 0 && number.digits >= scaling.least && number.digits <= scaling.most;
    if (!fits) return take_slowly(column, text);
    builder_.set_number(column.at, number.digits * scaling.factor);
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
    if (reading.value) {
      const bool fits = builder_.set(column.at, *reading.value);
      if (column.is_number) column.set_scale(builder_.column(column.at).scale);
      return fits;
    }
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
  CsvRecords records_;
  ColumnsBuilder builder_;
  ColumnImport import_;
  std::vector<TargetColumn> columns_;
  std::optional<std::size_t> name_cell_, code_cell_;
  std::string name_heading_;
  int heading_line_ = 0;
  TextSet seen_;
};

}  // namespace

Result<ColumnImport> read_csv_columns(const std::filesystem::path& path,
                                      const model::FactCatalogue& catalogue,
                                      std::span<const FactDefinition> facts) {
  return CsvColumns(path, catalogue, facts).read();
}

}  // namespace huice::bulk
