#include "feel/function.h"

namespace huice::feel {

const Value* Scope::find(std::string_view name) const {
  for (const Scope* scope = this; scope != nullptr; scope = scope->parent) {
    if (scope->names == nullptr) continue;
    if (const Value* value = scope->names->find(name)) return value;
  }
  return nullptr;
}

std::shared_ptr<const Scope> Scope::captured() const {
  auto copy = std::make_shared<Scope>();
  if (names != nullptr) {
    copy->kept_names = kept_names ? kept_names : std::make_shared<const Context>(*names);
    copy->names = copy->kept_names.get();
  }
  if (parent != nullptr) {
    copy->kept_parent = kept_parent ? kept_parent : parent->captured();
    copy->parent = copy->kept_parent.get();
  }
  return copy;
}

bool same_function(const Function& a, const Function& b) {
  if (a.builtin != nullptr) return a.builtin == b.builtin;
  return &a == &b || (a.body != nullptr && a.body == b.body && a.closure == b.closure);
}

}  // namespace huice::feel
