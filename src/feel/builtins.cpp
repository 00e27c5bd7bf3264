#include "feel/builtins.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "feel/function.h"

namespace huice::feel {
namespace {

std::array<std::span<const Builtin>, 7> families() {
  return {text_builtins(),    number_builtins(),   list_builtins(), aggregate_builtins(),
          context_builtins(), temporal_builtins(), range_builtins()};
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' '))
    text.remove_prefix(1);
  while (text.ends_with(' '))
    text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto end = text.find(separator);
    if (!trimmed(text).empty()) parts.push_back(trimmed(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

constexpr std::string_view kTextOnly = ":string";

struct Form {
  std::vector<std::string_view> names;
  std::vector<bool> optional;
  std::vector<bool> text_only;
  std::size_t required = 0;  ///< arguments given by position: up to the last that must be there
  bool repeats = false;
};

std::vector<Form> forms_of(std::string_view signature) {
  std::vector<Form> forms;
  for (const std::string_view written : split(signature, '|')) {
    Form form;
    for (std::string_view name : split(written, ',')) {
      form.repeats = name.ends_with("...");
      if (form.repeats) name.remove_suffix(3);
      const bool optional = name.ends_with('?');
      if (optional) name.remove_suffix(1);
      const bool text_only = name.ends_with(kTextOnly);
      if (text_only) name.remove_suffix(kTextOnly.size());
      form.text_only.push_back(text_only);
      form.names.push_back(name);
      form.optional.push_back(optional);
      if (!optional) form.required = form.names.size();
    }
    forms.push_back(std::move(form));
  }
  if (forms.empty()) forms.emplace_back();
  return forms;
}

std::optional<std::vector<Value>> arranged(const Form& form, const std::vector<std::string>& names,
                                           Arguments arguments) {
  std::vector<Value> values(form.names.size());
  std::vector<bool> given(form.names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto at = std::ranges::find(form.names, names[i]);
    if (at == form.names.end()) return std::nullopt;
    const auto index = static_cast<std::size_t>(at - form.names.begin());
    if (given[index] || (form.text_only[index] && arguments[i].text() == nullptr)) {
      return std::nullopt;
    }
    given[index] = true;
    values[index] = arguments[i];
  }
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (!given[i] && !form.optional[i]) return std::nullopt;
  }
  while (!given.empty() && !given.back()) {
    given.pop_back();
    values.pop_back();
  }
  return values;
}

}  // namespace

const Builtin* find_builtin(std::string_view name) {
  for (const auto family : families()) {
    const auto found = std::ranges::find(family, name, &Builtin::name);
    if (found != family.end()) return &*found;
  }
  return nullptr;
}

const Names& builtin_names() {
  static const Names kNames = [] {
    Names names;
    for (const auto family : families()) {
      for (const Builtin& builtin : family)
        names.add(std::string(builtin.name));
    }
    return names;
  }();
  return kNames;
}

Value builtin_value(const Builtin& builtin) {
  auto function = std::make_shared<Function>();
  function->builtin = &builtin;
  return std::shared_ptr<const Function>(std::move(function));
}

bool takes(const Builtin& builtin, std::size_t count) {
  // Read once: every call of every evaluation asks.
  static const auto kForms = [] {
    std::unordered_map<const Builtin*, std::vector<Form>> forms;
    for (const auto family : families()) {
      for (const Builtin& each : family)
        forms.emplace(&each, forms_of(each.signature));
    }
    return forms;
  }();
  return std::ranges::any_of(kForms.at(&builtin), [&](const Form& form) {
    return count >= form.required && (form.repeats || count <= form.names.size());
  });
}

std::optional<std::vector<Value>> arranged(std::string_view signature,
                                           const std::vector<std::string>& names,
                                           Arguments arguments) {
  auto forms = forms_of(signature);
  // Where forms differ in order alone, the one that is written means itself.
  std::stable_partition(forms.begin(), forms.end(),
                        [&](const Form& form) { return std::ranges::equal(form.names, names); });
  for (const Form& form : forms) {
    if (auto values = arranged(form, names, arguments)) return values;
  }
  return std::nullopt;
}

}  // namespace huice::feel
