// Types of values: `instance of`, and conversion to what a parameter declares.
#pragma once

#include "feel/ast.h"
#include "feel/evaluate.h"
#include "feel/value.h"

namespace huice::feel {

/// Whether `value` is of the type. null is of no type but Null.
bool conforms(const Value& value, const TypeRef& type, const TypeCatalogue* types);

/// The value as the type wants it: itself; the element of a list of one; a list of one; a date as
/// midnight UTC (10.3.2.9.4). nullopt when it does not fit. null fits every type.
std::optional<Value> converted(const Value& value, const TypeRef& type, const TypeCatalogue* types);

/// `number`, `date and time`, … to the kind; nullopt for a type of a model.
std::optional<Kind> builtin_kind(std::string_view type);

}  // namespace huice::feel
