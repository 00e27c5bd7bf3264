// Item definitions: which values conform, and which fields they have.
#include <algorithm>

#include "feel/builtins.h"
#include "feel/dmn_model.h"
#include "feel/function.h"
#include "feel/types.h"

namespace huice::feel::dmn {
namespace {

constexpr int kMaxTypeDepth = 30;

const ItemDefinition* component(const ItemDefinition& item, std::string_view path) {
  for (const ItemDefinition& each : item.components) {
    if (each.name == path) return &each;
    if (path.starts_with(each.name + "."))
      return component(each, path.substr(each.name.size() + 1));
  }
  return nullptr;
}

}  // namespace

const Element* ModelContent::find(std::string_view element_name, ElementKind kind) const {
  const auto found = std::ranges::find_if(elements, [&](const Element& each) {
    return each.kind == kind && each.name == element_name;
  });
  return found == elements.end() ? nullptr : &*found;
}

std::optional<Target> ModelContent::resolve(const Reference& reference) const {
  if (reference.space.empty() || reference.space == space) {
    const auto found = std::ranges::find(elements, reference.id, &Element::id);
    if (found == elements.end()) return std::nullopt;
    return Target{this, &*found, nullptr};
  }
  for (const Import& import : imports) {
    if (import.space != reference.space || !import.model) continue;
    auto target = import.model->resolve({{}, reference.id});
    if (target) target->through = &import;
    return target;
  }
  return std::nullopt;
}

std::string ModelContent::qualified(std::string_view type) const {
  for (const ItemDefinition& each : items) {
    const bool is_part = type.starts_with(each.name + ".");
    if (each.name == type || (is_part && item(type) != nullptr)) {
      return space + "#" + std::string(type);
    }
  }
  for (const Import& import : imports) {
    if (!import.model) continue;
    const bool prefixed = !import.name.empty();
    if (prefixed && !type.starts_with(import.name + ".")) continue;
    auto found = import.model->qualified(prefixed ? type.substr(import.name.size() + 1) : type);
    if (!found.empty()) return found;
  }
  return {};
}

const ItemDefinition* ModelContent::item(std::string_view type) const {
  if (const auto hash = type.rfind('#'); hash != std::string_view::npos) {
    if (type.substr(0, hash) == space) return item(type.substr(hash + 1));
    for (const Import& import : imports) {
      const auto* found = import.model ? import.model->item(type) : nullptr;
      if (found != nullptr) return found;
    }
    return nullptr;
  }
  for (const ItemDefinition& each : items) {
    if (each.name == type) return &each;
    if (!type.starts_with(each.name + ".")) continue;
    if (const auto* part = component(each, type.substr(each.name.size() + 1))) return part;
  }
  for (const Import& import : imports) {
    if (!import.model) continue;
    if (import.name.empty()) {
      if (const auto* found = import.model->item(type)) return found;
    } else if (type.starts_with(import.name + ".")) {
      return import.model->item(type.substr(import.name.size() + 1));
    }
  }
  return nullptr;
}

std::shared_ptr<const Names> ModelContent::fields(const TypeRef& type, int depth) const {
  if (depth > kMaxTypeDepth) return nullptr;
  if (type.form == TypeRef::Form::List && !type.arguments.empty()) {
    return fields(type.arguments.front(), depth + 1);
  }
  if (type.form != TypeRef::Form::Named) return nullptr;
  const ItemDefinition* found = item(type.name);
  if (found == nullptr) return nullptr;
  if (found->components.empty()) return fields(found->base, depth + 1);
  Names names = Names::open();
  const auto add = [&](const ItemDefinition& part, const std::shared_ptr<const Names>& inner) {
    if (inner) {
      names.add(part.name, *inner);
    } else {
      names.add(part.name);
    }
  };
  for (const ItemDefinition& part : found->components) {
    const TypeRef path{TypeRef::Form::Named, type.name + "." + part.name, {}, {}};
    add(part, fields(part.components.empty() ? part.base : path, depth + 1));
  }
  return std::make_shared<const Names>(std::move(names));
}

std::optional<bool> ModelTypes::conforms(const Value& value, std::string_view type) const {
  const ItemDefinition* item = content_.item(type);
  if (item == nullptr) return std::nullopt;
  return conforms_to(value, *item, 0);
}

bool ModelTypes::conforms_to(const Value& value, const ItemDefinition& item, int depth) const {
  if (depth > kMaxTypeDepth) return false;
  const auto one = [&](const Value& each) {
    if (each.is_null()) return true;
    if (item.components.empty()) return conforms_as(each, item.base, depth + 1);
    const Context* context = each.context();
    return context != nullptr &&
           std::ranges::all_of(item.components, [&](const ItemDefinition& part) {
             const Value* field = context->find(part.name);
             return field != nullptr && (field->is_null() || conforms_to(*field, part, depth + 1));
           });
  };
  if (!item.is_collection) return one(value);
  return value.list() != nullptr && std::ranges::all_of(*value.list(), one);
}

bool ModelTypes::conforms_as(const Value& value, const TypeRef& type, int depth) const {
  if (type.form == TypeRef::Form::Named) {
    const ItemDefinition* item = content_.item(type.name);
    if (item != nullptr) return conforms_to(value, *item, depth);
  }
  return feel::conforms(value, type, this);
}

Value fitted(const Value& value, const TypeRef& type, Evaluator& evaluator) {
  auto result = converted(value, type, evaluator.environment().types);
  if (result) return *std::move(result);
  return evaluator.null("feel.type", "值" + to_chinese(value) + "不合类型“" +
                                         type.name.substr(type.name.rfind('#') + 1) + "”");
}

}  // namespace huice::feel::dmn
