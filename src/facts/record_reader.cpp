#include "facts/record_reader.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "facts/cell_value.h"
#include "facts/enterprises.h"
#include "text/suggest.h"

namespace huice::facts {
namespace {

using model::Fact;
using model::FactCatalogue;
using model::FactDefinition;
using model::FactType;
using model::Profile;
using model::Value;

/// The value as a cell would hold it; nullopt for lists and records.
std::optional<Cell> as_cell(const Value& value) {
  Cell cell;
  if (const bool* truth = value.truth()) cell.content = *truth;
  if (const Decimal* number = value.number()) cell.content = *number;
  if (const std::string* text = value.text()) cell.content = *text;
  if (const Date* day = value.day()) cell.content = *day;
  if (cell.is_blank() && !value.is_null() && value.text() == nullptr) return std::nullopt;
  return cell;
}

const FactDefinition* find_field(const std::vector<FactDefinition>& fields, std::string_view name) {
  const auto named = std::ranges::find_if(fields, [&](const FactDefinition& field) {
    return field.name == name || std::ranges::find(field.aliases, name) != field.aliases.end();
  });
  return named == fields.end() ? nullptr : &*named;
}

/// `2024` or `2024年`.
std::optional<int> year_of(std::string_view key) {
  constexpr std::string_view kYear = "年";
  if (key.ends_with(kYear)) key.remove_suffix(kYear.size());
  const auto number = key.size() == 4 ? Decimal::parse(key) : std::nullopt;
  const auto year = number ? number->to_int64() : std::nullopt;
  return year && *year > 0 ? std::optional(static_cast<int>(*year)) : std::nullopt;
}

class RecordReader {
 public:
  RecordReader(const FactCatalogue& catalogue, std::string_view file)
      : catalogue_(catalogue), file_(file), enterprises_(file_) {}

  void read(const Value::Record& record, const std::string& path, const SourceSpan& where) {
    Profile profile{.where = at(where, path)};
    for (const auto& [name, value] : record) {
      const std::string part = path.empty() ? name : path + "." + name;
      const FactDefinition* fact = catalogue_.find(name);
      if (fact == nullptr) {
        refuse_name(name, names_of(catalogue_.facts), at(value.where(), part));
      } else if (auto told = read_fact(*fact, value, part)) {
        profile.facts.emplace(fact->name, *std::move(told));
      }
    }
    profile.uscc = text_of(profile, kCodeFact);
    profile.name = text_of(profile, kNameFact);
    enterprises_.add(std::move(profile), 1);
  }

  ProfileImport finish() { return enterprises_.finish(); }

 private:
  static std::string text_of(const Profile& profile, std::string_view fact) {
    const auto found = profile.facts.find(fact);
    const bool known = found != profile.facts.end() && found->second.value.text() != nullptr;
    return known ? *found->second.value.text() : std::string();
  }

  static std::vector<std::string> names_of(const std::vector<FactDefinition>& facts) {
    std::vector<std::string> names;
    for (const FactDefinition& fact : facts) {
      names.push_back(fact.name);
      names.insert(names.end(), fact.aliases.begin(), fact.aliases.end());
    }
    return names;
  }

  SourceSpan at(SourceSpan where, const std::string& part) const {
    if (where.file.empty()) where.file = file_;
    where.part = part;
    return where;
  }

  void refuse_name(const std::string& name, const std::vector<std::string>& known,
                   SourceSpan where) {
    const auto nearest = text::closest(name, known);
    enterprises_.refuse(Error{.code = ErrorCode::InvalidInput,
                              .id = "sheet.record.unknown-fact",
                              .message = "“" + name + "”不是目录中的事实，没有读入",
                              .where = {},
                              .hint = nearest ? "是否为“" + std::string(*nearest) + "”？"
                                              : "名称见 policies/facts.yaml"},
                        std::move(where));
  }

  void refuse_shape(const FactDefinition& fact, const Value& value, const std::string& wanted,
                    const std::string& part) {
    enterprises_.refuse(
        Error{.code = ErrorCode::InvalidInput,
              .id = "sheet.record.shape",
              .message = "“" + fact.name + "”应为" + wanted + "，实为" + std::string(value.kind()),
              .where = {},
              .hint = "写法见 samples/enterprises 下的样例"},
        at(value.where(), part));
  }

  std::optional<Fact> read_fact(const FactDefinition& fact, const Value& value,
                                const std::string& part) {
    if (value.find(kToldValue) != nullptr) return read_told(fact, value, part);
    std::string source = enterprises_.source(at(value.where(), part));
    if (fact.type == FactType::List) {
      auto list = read_list(fact, value, part);
      if (!list) return std::nullopt;
      return Fact{.value = *std::move(list), .source = std::move(source), .observed = {}};
    }
    const Reading reading = read_one(fact, value, part);
    if (!reading.value && !reading.is_range()) return std::nullopt;
    return reading.to_fact(std::move(source), {});
  }

  /// A record of the value, its source and its day.
  std::optional<Fact> read_told(const FactDefinition& fact, const Value& told,
                                const std::string& part) {
    auto result = read_fact(fact, *told.find(kToldValue), part);
    for (const auto& [key, value] : *told.record()) {
      if (key == kToldValue || value.is_null()) continue;
      const bool day = key == kToldObserved;
      if (!day && key != kToldSource) {
        refuse_name(key, {std::string(kToldSource), std::string(kToldObserved)},
                    at(value.where(), part + "." + key));
        continue;
      }
      const FactDefinition wanted{.name = key, .type = day ? FactType::Day : FactType::Text};
      const Reading reading = read_one(wanted, value, part + "." + key);
      if (!result || !reading.value) continue;
      if (day) result->observed = *reading.value->day();
      if (!day) result->source = *reading.value->text();
    }
    return result;
  }

  Reading read_one(const FactDefinition& fact, const Value& value, const std::string& part) {
    const auto cell = as_cell(value);
    if (!cell) {
      refuse_shape(fact, value, "单个值", part);
      return {};
    }
    Reading reading = read_cell(*cell, fact, {});
    if (reading.refusal) enterprises_.refuse(*reading.refusal, at(value.where(), part));
    if (reading.note) enterprises_.note(*reading.note, at(value.where(), part));
    return reading;
  }

  std::optional<Value> read_list(const FactDefinition& fact, const Value& value,
                                 const std::string& part) {
    if (value.is_null()) return std::nullopt;
    if (fact.yearly && value.record() != nullptr) return read_years(fact, *value.record(), part);
    const Value::List* items = value.list();
    if (items == nullptr) {
      refuse_shape(fact, value, fact.yearly ? "{年份: 数} 的记录或列表" : "列表", part);
      return std::nullopt;
    }
    Value::List taken;
    for (std::size_t i = 0; i < items->size(); ++i) {
      const std::string item_part = part + "[" + std::to_string(i + 1) + "]";
      if (const Value::Record* record = (*items)[i].record()) {
        taken.emplace_back(read_item(fact, *record, item_part));
      } else {
        refuse_shape(fact, (*items)[i], "记录的列表", item_part);
      }
    }
    return Value(std::move(taken));
  }

  /// `{2024: 5000000, 2025: 6100000}` as the list it stands for.
  Value read_years(const FactDefinition& series, const Value::Record& years,
                   const std::string& part) {
    Value::List taken;
    for (const auto& [key, value] : years) {
      const std::string year_part = part + "." + key;
      const auto year = year_of(key);
      if (!year) {
        refuse_shape(series, key, "{年份: 数} 的记录", year_part);
        continue;
      }
      const Value::Record item = {{std::string(model::kSeriesYear), Value(*year)},
                                  {std::string(model::kSeriesValue), value}};
      taken.emplace_back(read_item(series, item, year_part));
    }
    return Value(std::move(taken));
  }

  Value read_item(const FactDefinition& list, const Value::Record& record,
                  const std::string& part) {
    Value::Record item;
    for (const auto& [name, value] : record) {
      const std::string field_part = part + "." + name;
      const FactDefinition* field = find_field(list.fields, name);
      if (field == nullptr) {
        refuse_name(name, names_of(list.fields), at(value.where(), field_part));
        continue;
      }
      Reading reading = read_one(*field, value, field_part);
      if (reading.is_range()) refuse_shape(*field, value, "确切的数", field_part);
      if (reading.value) item.emplace_back(field->name, *std::move(reading.value));
    }
    return item;
  }

  const FactCatalogue& catalogue_;
  std::string file_;
  Enterprises enterprises_;
};

Error not_records(const Value& value, SourceSpan where, std::string_view file) {
  if (where.file.empty()) where.file = std::string(file);
  return Error{.code = ErrorCode::InvalidInput,
               .id = "sheet.record",
               .message = "企业数据应为一条记录或记录的列表，实为" + std::string(value.kind()),
               .where = std::move(where),
               .hint = "写法见 samples/enterprises 下的样例"};
}

}  // namespace

Result<ProfileImport> profiles_from_value(const Value& value, const FactCatalogue& catalogue,
                                          std::string_view file) {
  RecordReader reader(catalogue, file);
  if (const Value::Record* record = value.record()) {
    reader.read(*record, "", value.where());
    return reader.finish();
  }
  const Value::List* list = value.list();
  SourceSpan where = value.where();
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
    const Value& item = (*list)[i];
    if (const Value::Record* record = item.record()) {
      reader.read(*record, "[" + std::to_string(i + 1) + "]", item.where());
      continue;
    }
    where = item.where();
    list = nullptr;
  }
  if (list != nullptr) return reader.finish();
  return not_records(value, where, file);
}

Result<Profile> read_profile(const Value& record, const FactCatalogue& catalogue,
                             std::string_view file) {
  if (record.record() == nullptr) return not_records(record, record.where(), file);
  RecordReader reader(catalogue, file);
  reader.read(*record.record(), "", record.where());
  ProfileImport import = reader.finish();
  if (!import.refused.empty()) return as_error(std::move(import.refused));
  return std::move(import.profiles.front());
}

}  // namespace huice::facts
