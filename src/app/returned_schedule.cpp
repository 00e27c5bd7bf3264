#include "app/returned_schedule.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "base/files.h"
#include "campaign/schedule.h"
#include "notation/yaml.h"
#include "notation/yaml_text.h"
#include "store/migrations.h"
#include "text/dates.h"
#include "text/normalize.h"

namespace huice::app {
namespace {

using model::Value;
using notation::YamlText;

// As campaign::schedule calls its sheet and heads its columns.
constexpr const char* kSheet = "安排表";
constexpr const char* kKey = "企业名称";
constexpr std::string_view kKinds = "帮扶类型";
constexpr std::string_view kLeader = "县级领导";
constexpr std::string_view kCooperating = "配合单位";
constexpr std::string_view kLiaison = "联络员及电话";
constexpr std::string_view kDeadline = "完成时限";

/// Columns whose text is a field of assignments.yaml as it stands.
constexpr std::pair<std::string_view, std::string_view> kTexts[] = {
    {kKinds, "kind"}, {"牵头责任单位", "lead"}, {"主要困难", "difficulty"}, {"帮扶目标", "goal"}};

/// `甲局、乙局` in any of the marks between that people use.
std::vector<std::string> parted(std::string text) {
  std::vector<std::string> parts;
  for (const std::string_view mark : {"，", "；", ",", ";", "\n"}) {
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
      text.replace(at, mark.size(), "、");
  }
  constexpr std::string_view kMark = "、";
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = rest.find(kMark);
    if (const auto part = text::trimmed(rest.substr(0, end)); !part.empty())
      parts.emplace_back(part);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + kMark.size());
  }
  return parts;
}

/// The two fields of a person; empty where the text is not of the form.
using TwoTexts = std::pair<std::string, std::string>;

/// `韦向东（县委常委）`.
std::optional<TwoTexts> name_and_title(const std::string& text) {
  for (const auto& [open, close] :
       {std::pair<std::string_view, std::string_view>{"（", "）"}, {"(", ")"}}) {
    const std::size_t at = text.find(open);
    if (at == std::string::npos || !text.ends_with(close)) continue;
    const std::size_t begin = at + open.size();
    const std::string_view whole = text;
    TwoTexts two{text::trimmed(whole.substr(0, at)),
                 text::trimmed(whole.substr(begin, whole.size() - close.size() - begin))};
    if (!two.first.empty() && !two.second.empty()) return two;
  }
  return std::nullopt;
}

/// `贺明辉` and the telephone below or beside it.
std::optional<TwoTexts> name_and_phone(const std::string& text) {
  const text::Folded folded = text::fold_with_origin(text);
  const std::size_t at = folded.text.find_first_of(U"0123456789+(");
  if (at == std::u32string::npos) return std::nullopt;
  const std::size_t begin = folded.origin[at];
  TwoTexts two{text::trimmed(std::string_view(text).substr(0, begin)),
               text::trimmed(text::fold(text.substr(begin)))};
  return two.first.empty() ? std::nullopt : std::optional(two);
}

/// Persons without blanks, units in any order, days in one form; see sheet::Meaning.
std::string meaning(const std::string& column, const std::string& text) {
  if (column == kDeadline) {
    const auto day = text::parse_people_date(text);
    return day ? day->to_iso() : text;
  }
  std::vector<std::string> parts;
  if (column == kCooperating) {
    parts = parted(text);
    std::ranges::sort(parts);
  } else if (column == kLeader || column == kLiaison) {
    const auto person = column == kLeader ? name_and_title(text) : name_and_phone(text);
    if (!person) return text;
    for (const std::string& each : {person->first, person->second}) {
      parts.push_back(text::single_spaced(each));
      std::erase(parts.back(), ' ');
    }
  } else {
    return text;
  }
  std::string joined;
  for (const std::string& part : parts)
    joined += part + "\n";
  return joined;
}

/// Carries the cells that come in over to assignments.yaml.
class Assignments {
 public:
  explicit Assignments(YamlText& text) : text_(text) {}

  void take(ReturnedCell& cell) {
    const Value* found = row_of(text_.root(), cell.change.key);
    if (found == nullptr) return refuse(cell, "现在的安排里没有这家企业", "核对是不是这一份安排表");
    const Value& row = *found;
    const std::string& column = cell.change.column;
    if (cell.change.wrote.empty() && column != kCooperating)
      return refuse(cell, "不能空着", "填上，或改回发出时的内容");
    const std::string& wrote = cell.change.wrote;
    if (const auto* const plain = std::ranges::find(
            kTexts, column, &std::pair<std::string_view, std::string_view>::first);
        plain != std::end(kTexts)) {
      text_.replace(*row.find(plain->second), wrote);
    } else if (column == kLeader) {
      put_person(*row.find("leader"), "title", name_and_title(wrote), cell,
                 "写成 韦向东（县委常委、常务副县长）");
    } else if (column == kLiaison) {
      put_person(*row.find("liaison"), "phone", name_and_phone(wrote), cell,
                 "姓名后另起一行写电话");
    } else if (column == kCooperating) {
      const std::vector<std::string> parts = parted(wrote);
      const Value::List units(parts.begin(), parts.end());
      const Value* field = row.find("cooperating");
      if (field == nullptr) {
        text_.add(row, "cooperating", units);
      } else {
        text_.replace(*field, units);
      }
    } else if (column == kDeadline) {
      const auto day = text::parse_people_date(wrote);
      if (!day) return refuse(cell, "不是日期", "写成 2026-12-20");
      text_.replace(*row.find("deadline"), *day);
    } else {
      refuse(cell, "这一列不由安排表改", "改回发出时的内容");
    }
  }

  /// The record of an enterprise in assignments.yaml.
  static const Value* row_of(const Value& root, const std::string& enterprise) {
    for (const Value& row : *root.find("assignments")->list())
      if (const Value* name = row.find("enterprise"); *name == Value(enterprise)) return &row;
    return nullptr;
  }

 private:
  void put_person(const Value& person, const char* second, const std::optional<TwoTexts>& wrote,
                  ReturnedCell& cell, const char* hint) {
    if (!wrote) return refuse(cell, "分不出各写的是什么", hint);
    const Value& name = *person.find("name");
    const Value& other = *person.find(second);
    if (name != Value(wrote->first)) text_.replace(name, wrote->first);
    if (other != Value(wrote->second)) text_.replace(other, wrote->second);
  }

  YamlText& text_;
};

/// A schedule as it was compared, and assignments.yaml as it would become.
struct Comparison {
  Intake intake;
  std::string text;
};

/// The field of assignments.yaml that a cell went to.
std::string_view field_of(const std::string& column) {
  for (const auto& [heading, field] : kTexts)
    if (heading == column) return field;
  return column == kLeader        ? "leader"
         : column == kLiaison     ? "liaison"
         : column == kCooperating ? "cooperating"
                                  : "deadline";
}

/// Whether a finding stands at the value or in it.
bool is_at(const Value& value, const SourceSpan& where) {
  const SourceSpan own = value.where();
  if (own.line == where.line && own.column == where.column) return true;
  if (const auto* record = value.record()) {
    return std::ranges::any_of(*record,
                               [&](const auto& field) { return is_at(field.second, where); });
  }
  const auto* list = value.list();
  return list != nullptr &&
         std::ranges::any_of(*list, [&](const Value& item) { return is_at(item, where); });
}

/// Tells the findings of the campaign by the cells that they came from.
void attribute(Findings findings, const Value& assignments, Intake& intake) {
  for (Error& finding : findings) {
    bool is_told = false;
    for (ReturnedCell& cell : intake.cells) {
      if (cell.fate == Fate::Agreed || cell.fate == Fate::Kept || cell.change.column.empty())
        continue;
      const Value* row = Assignments::row_of(assignments, cell.change.key);
      const Value* value = row == nullptr ? nullptr : row->find(field_of(cell.change.column));
      const bool is_count =
          cell.change.column == kKinds && is_at(*assignments.find("kinds"), finding.where);
      if (value == nullptr || !(is_count || is_at(*value, finding.where))) continue;
      refuse(cell, finding.message, finding.hint);
      is_told = true;
    }
    if (!is_told) intake.further.push_back(std::move(finding));
  }
}

Result<Comparison> compare(campaign::CampaignSource source, std::string text,
                           const std::string& file, const ReturnedBook& book) {
  HUICE_TRY(const auto before, campaign::make_campaign(source));
  HUICE_TRY(const auto have, grids_of(campaign::schedule(before), before.begins));
  Comparison result;
  HUICE_TRY(result.intake.cells, changed_cells(book, have, kSheet, kKey, meaning));
  HUICE_TRY(YamlText yaml, YamlText::read(std::move(text), file));
  Assignments assignments(yaml);
  for (ReturnedCell& cell : result.intake.cells)
    if (cell.fate == Fate::Taken) assignments.take(cell);
  result.text = yaml.edited();
  HUICE_TRY(source.assignments, notation::read_yaml(result.text, file));
  const auto after = campaign::make_campaign(source);
  if (!after) attribute(as_findings(after.error()), source.assignments, result.intake);
  return result;
}

}  // namespace

Result<Intake> take_schedule(store::Database& database, const std::string& campaign,
                             const ReturnedBook& book, bool accept, const Actor& actor,
                             std::optional<std::int64_t> version) {
  HUICE_TRY(auto stored, stored_schedule(database, campaign));
  HUICE_TRY(auto compared, compare(std::move(stored.source), std::move(stored.assignments),
                                   "assignments.yaml", book));
  Intake& intake = compared.intake;
  intake.version = stored.revision;
  if (!accept || !intake.is_sound() || taken_rows(intake.cells).empty()) return std::move(intake);
  const auto entries = audit_rows(intake.cells, campaign, "安排表.收回", actor);
  HUICE_TRY([[maybe_unused]] const Unit done,
            replace_schedule(database, campaign, compared.text, version.value_or(stored.revision),
                             entries));
  intake.accepted = true;
  return std::move(intake);
}

Result<Intake> take_schedule(const World& world, const CampaignPlace& place,
                             const ReturnedBook& book, bool accept) {
  if (place.database) {
    HUICE_TRY(auto database, store::Database::open(*place.database));
    HUICE_TRY([[maybe_unused]] const Unit current, store::check_schema(database));
    return take_schedule(database, place.name, book, accept, actor_of(world));
  }
  const std::filesystem::path file = std::filesystem::path(place.name) / "assignments.yaml";
  HUICE_TRY(auto source, campaign::read_sources(place.name));
  HUICE_TRY(std::string text, read_file(file));
  HUICE_TRY(auto compared, compare(std::move(source), std::move(text), file.string(), book));
  Intake& intake = compared.intake;
  if (!accept || !intake.is_sound() || taken_rows(intake.cells).empty()) return std::move(intake);
  HUICE_TRY([[maybe_unused]] const Unit written, write_file(file, compared.text));
  intake.accepted = true;
  return std::move(intake);
}

}  // namespace huice::app
