#include "feel/types.h"

#include <algorithm>
#include <array>

#include "feel/builtins.h"
#include "feel/function.h"

namespace huice::feel {
namespace {

constexpr std::array<std::pair<std::string_view, Kind>, 16> kTypes = {
    {{"number", Kind::Number},
     {"string", Kind::Text},
     {"boolean", Kind::Boolean},
     {"date", Kind::Date},
     {"time", Kind::Time},
     {"date and time", Kind::DateTime},
     {"dateTime", Kind::DateTime},
     {"years and months duration", Kind::MonthsDuration},
     {"year month duration", Kind::MonthsDuration},
     {"yearMonthDuration", Kind::MonthsDuration},
     {"days and time duration", Kind::DaysDuration},
     {"day time duration", Kind::DaysDuration},
     {"dayTimeDuration", Kind::DaysDuration},
     {"context", Kind::Context},
     {"list", Kind::List},
     {"function", Kind::Function}}};

bool conforms_context(const Context& context, const TypeRef& type, const TypeCatalogue* types) {
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    const Value* field = context.find(type.fields[i]);
    if (field == nullptr) return false;
    if (!field->is_null() && !conforms(*field, type.arguments[i], types)) return false;
  }
  return true;
}

bool conforms_range(const Range& range, const TypeRef& type, const TypeCatalogue* types) {
  const TypeRef& end = type.arguments.front();
  const bool low = !range.has_low || conforms(range.low, end, types);
  return low && (!range.has_high || conforms(range.high, end, types));
}

/// Whether what `given` describes may be used where `wanted` is asked for.
bool assignable(const TypeRef& given, const TypeRef& wanted) {
  if (wanted.form == TypeRef::Form::Any) return true;
  if (given.form != wanted.form || given.name != wanted.name) return false;
  if (given.arguments.size() != wanted.arguments.size()) return false;
  for (std::size_t i = 0; i < given.arguments.size(); ++i) {
    if (!assignable(given.arguments[i], wanted.arguments[i])) return false;
  }
  return true;
}

/// Parameters are contravariant; what a function returns is not known before it is called.
bool conforms_function(const Function& function, const TypeRef& type) {
  if (type.arguments.empty()) return true;
  const std::size_t count = type.arguments.size() - 1;
  if (function.builtin != nullptr) return takes(*function.builtin, count);
  if (function.parameters.size() != count) return false;
  for (std::size_t i = 0; i < count && i < function.types.size(); ++i) {
    if (!assignable(type.arguments[i], function.types[i])) return false;
  }
  return true;
}

}  // namespace

std::optional<Kind> builtin_kind(std::string_view type) {
  const auto found = std::ranges::find_if(kTypes, [&](const auto& e) { return e.first == type; });
  return found == kTypes.end() ? std::nullopt : std::optional(found->second);
}

bool conforms(const Value& value, const TypeRef& type, const TypeCatalogue* types) {
  if (type.form == TypeRef::Form::Named && type.name == "Null") return value.is_null();
  if (value.is_null()) return false;
  switch (type.form) {
    case TypeRef::Form::Any:
      return true;
    case TypeRef::Form::List:
      return value.list() != nullptr && std::ranges::all_of(*value.list(), [&](const Value& item) {
               const TypeRef& wanted = type.arguments.front();
               return wanted.form == TypeRef::Form::Any || conforms(item, wanted, types);
             });
    case TypeRef::Form::Range:
      return value.range() != nullptr && conforms_range(*value.range(), type, types);
    case TypeRef::Form::Context:
      return value.context() != nullptr && conforms_context(*value.context(), type, types);
    case TypeRef::Form::Function:
      return value.function() != nullptr && conforms_function(*value.function(), type);
    case TypeRef::Form::Named:
      break;
  }
  if (types != nullptr) {
    if (const auto known = types->conforms(value, type.name)) return *known;
  }
  const auto kind = builtin_kind(type.name);
  return kind && value.kind() == *kind;
}

std::optional<Value> converted(const Value& value, const TypeRef& type,
                               const TypeCatalogue* types) {
  if (value.is_null() || type.form == TypeRef::Form::Any) return value;
  if (conforms(value, type, types)) return value;
  if (const auto* items = value.list(); items != nullptr && items->size() == 1) {
    if (conforms(items->front(), type, types)) return items->front();
  }
  const Value wrapped = Value::List{value};
  if (conforms(wrapped, type, types)) return wrapped;
  if (value.date() != nullptr && type.form == TypeRef::Form::Named &&
      builtin_kind(type.name) == Kind::DateTime) {
    Moment moment{*value.date(), {}};
    moment.time.zone = ZoneOffset{0, {}};
    return moment;
  }
  return std::nullopt;
}

}  // namespace huice::feel
