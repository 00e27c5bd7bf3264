#include "bulk/columns.h"

#include <algorithm>

#include "bulk/int128.h"
#include "feel/value.h"
#include "policy/situation.h"

namespace huice::bulk {
namespace {

using model::FactType;

const Date kEpoch;
/// Columns grow by so many rows.
constexpr std::size_t kRowsAtOnce = 1024;

bool is_number_type(FactType type) {
  return type == FactType::Number || type == FactType::Money || type == FactType::Ratio;
}

/// Digits after the point to begin with: 分 of money, none of counts.
int first_scale(FactType type) {
  return type == FactType::Money ? 2 : type == FactType::Ratio ? 4 : 0;
}

bool fits_codes(const model::Value& value, FactType type) {
  switch (type) {
    case FactType::Text:
    case FactType::Code:
      return value.text() != nullptr;
    case FactType::Boolean:
      return value.truth() != nullptr;
    case FactType::List:
      return value.list() != nullptr;
    default:
      return false;
  }
}

std::string key_of(const model::Value& value) {
  if (value.text() != nullptr) return *value.text();
  if (value.truth() != nullptr) return *value.truth() ? "1" : "0";
  return feel::to_text(feel::from_model(value));
}

}  // namespace

model::Value Column::value_of(std::int64_t number) const {
  if (is_day()) return kEpoch.plus_days(static_cast<int>(number));
  return Decimal::scaled(number, -scale).normalized();
}

model::Value Column::value_at(std::size_t row) const {
  if (is_number) return numbers[row] == kUnknown ? model::Value() : value_of(numbers[row]);
  return codes[row] == 0 ? model::Value() : values[codes[row] - 1];
}

const Column* Columns::find(std::string_view fact) const {
  const auto found = index_.find(fact);
  return found == index_.end() ? nullptr : &columns_[found->second];
}

model::Profile Columns::profile(std::size_t row, std::span<const std::string> facts) const {
  if (const auto odd = odd_.find(row); odd != odd_.end()) return odd->second;
  model::Profile profile;
  for (const std::string& name : facts) {
    const Column* column = find(name);
    model::Value value = column == nullptr ? model::Value() : column->value_at(row);
    if (!value.is_null()) profile.facts[name].value = std::move(value);
  }
  return profile;
}

Columns Columns::open_row(std::span<const model::FactDefinition> facts) {
  Columns columns;
  columns.rows_ = 1;
  for (const model::FactDefinition& fact : facts) {
    Column column;
    column.fact = fact;
    column.is_number = is_number_type(fact.type) || fact.type == FactType::Day;
    column.scale = fact.type == FactType::Day ? 0 : kOpenScale;
    column.largest = kOpenLargest;
    column.unknown_row = 0;
    column.numbers.assign(column.is_number ? 1 : 0, kUnknown);
    column.codes.assign(column.is_number ? 0 : 1, 0);
    columns.index_.emplace(fact.name, columns.columns_.size());
    columns.columns_.push_back(std::move(column));
  }
  return columns;
}

bool Columns::restate(const model::Profile& profile, Date on) {
  bool fits = true;
  for (Column& column : columns_) {
    const auto found = profile.facts.find(column.fact.name);
    const bool there = found != profile.facts.end();
    if (there && found->second.is_range()) fits = false;
    if (column.is_number) column.numbers[0] = kUnknown;
    if (there && !found->second.value.is_null()) {
      fits = column.restate(found->second.value) && fits;
    } else if (const auto figure = policy::picked_figure(profile, column.fact, on)) {
      fits = column.restate(model::Value(*figure)) && fits;
    }
  }
  return fits;
}

void Column::survey() {
  for (std::size_t row = 0; row < numbers.size(); ++row) {
    if (numbers[row] != kUnknown) {
      largest = std::max(largest, std::abs(numbers[row]));
    } else if (!unknown_row) {
      unknown_row = row;
    }
  }
}

bool Column::restate(const model::Value& value) {
  if (!is_number) return fits_codes(value, fact.type);
  std::optional<std::int64_t> number;
  if (is_day()) {
    if (value.day() != nullptr) number = *value.day() - kEpoch;
  } else if (value.number() != nullptr) {
    number = scaled_exactly(*value.number(), scale, largest);
  }
  numbers[0] = number.value_or(kUnknown);
  return number.has_value();
}

ColumnsBuilder::ColumnsBuilder(std::span<const model::FactDefinition> facts)
    : codes_(facts.size()) {
  for (const model::FactDefinition& fact : facts) {
    Column column;
    column.fact = fact;
    column.is_number = is_number_type(fact.type) || fact.type == FactType::Day;
    column.scale = first_scale(fact.type);
    columns_.push_back(std::move(column));
  }
}

void ColumnsBuilder::reserve(std::size_t rows) {
  for (Column& column : columns_) {
    if (column.is_number) column.numbers.reserve(rows);
    if (!column.is_number) column.codes.reserve(rows);
  }
}

void ColumnsBuilder::make_room() {
  room_ += kRowsAtOnce;
  for (Column& column : columns_) {
    if (column.is_number) {
      column.numbers.resize(room_, kUnknown);
    } else {
      column.codes.resize(room_);
    }
  }
}

void ColumnsBuilder::widen(std::size_t at, int scale) {
  Column& column = columns_[at];
  if (scale <= column.scale) return;
  const std::int64_t factor = power_of_ten(scale - column.scale);
  const bool fits = std::ranges::all_of(column.numbers, [&](std::int64_t number) {
    return number == kUnknown || std::abs(number) <= kMaxNumber / factor;
  });
  if (!fits) return;
  for (std::int64_t& number : column.numbers) {
    if (number != kUnknown) number *= factor;
  }
  column.scale = scale;
}

bool ColumnsBuilder::set_decimal(Column& column, std::size_t at, const Decimal& number) {
  const Decimal plain = number.normalized();
  if (plain.scale() > column.scale && plain.scale() <= kMaxScale) widen(at, plain.scale());
  const auto scaled = scaled_exactly(plain, column.scale, kMaxNumber);
  if (scaled) column.numbers[rows_ - 1] = *scaled;
  return scaled.has_value();
}

std::uint32_t ColumnsBuilder::code_of(std::size_t at, const model::Value& value) {
  Column& column = columns_[at];
  const auto next = static_cast<std::uint32_t>(column.values.size() + 1);
  const auto [found, fresh] = codes_[at].try_emplace(key_of(value), next);
  if (fresh) column.values.push_back(value);
  return found->second;
}

bool ColumnsBuilder::set(std::size_t at, const model::Value& value) {
  Column& column = columns_[at];
  if (value.is_null()) return true;
  if (column.is_day()) {
    if (value.day() != nullptr) column.numbers[rows_ - 1] = *value.day() - kEpoch;
    return value.day() != nullptr;
  }
  if (column.is_number) {
    return value.number() != nullptr && set_decimal(column, at, *value.number());
  }
  if (!fits_codes(value, column.fact.type)) return false;
  column.codes[rows_ - 1] = code_of(at, value);
  return true;
}

void ColumnsBuilder::set_odd(model::Profile profile) {
  odd_.insert_or_assign(rows_ - 1, std::move(profile));
}

Columns ColumnsBuilder::finish() {
  Columns result;
  result.rows_ = rows_;
  // A fact that nobody tells has no column, and conditions need not look at it.
  for (Column& column : columns_) {
    if (column.is_number) column.numbers.resize(rows_);
    if (!column.is_number) column.codes.resize(rows_);
    const bool told =
        column.is_number
            ? std::ranges::any_of(column.numbers, [](auto number) { return number != kUnknown; })
            : !column.values.empty();
    if (!told) continue;
    column.survey();
    result.columns_.push_back(std::move(column));
  }
  result.odd_ = std::move(odd_);
  for (std::size_t i = 0; i < result.columns_.size(); ++i)
    result.index_.emplace(result.columns_[i].fact.name, i);
  return result;
}

void add_row(ColumnsBuilder& builder, const model::Profile& profile,
             std::span<const model::FactDefinition> facts, Date on) {
  builder.begin_row();
  bool fits = true;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const auto found = profile.facts.find(facts[i].name);
    const bool there = found != profile.facts.end();
    if (there && found->second.is_range()) fits = false;
    if (there && !found->second.value.is_null()) {
      fits = builder.set(i, found->second.value) && fits;
    } else if (const auto figure = policy::picked_figure(profile, facts[i], on)) {
      fits = builder.set(i, model::Value(*figure)) && fits;
    }
  }
  if (!fits) builder.set_odd(profile);
}

Columns columns_of(std::span<const model::Profile> profiles,
                   std::span<const model::FactDefinition> facts, Date on) {
  ColumnsBuilder builder(facts);
  builder.reserve(profiles.size());
  for (const model::Profile& profile : profiles)
    add_row(builder, profile, facts, on);
  return builder.finish();
}

}  // namespace huice::bulk
