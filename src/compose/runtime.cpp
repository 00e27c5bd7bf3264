#include "compose/runtime.h"

#include <algorithm>
#include <functional>

#include "base/utf8.h"
#include "compose/registry.h"
#include "text/suggest.h"

namespace huice::compose {

void Sink::append(std::string_view text, const syntax::Tree& tree, int line) {
  add(text, [&](std::size_t i) {
    return SourceSpan{
        .file = *tree.file, .line = line + static_cast<int>(i), .column = 0, .part = {}};
  });
}

void Sink::append(std::string_view text, const std::vector<SourceSpan>& origins) {
  add(text, [&](std::size_t i) { return i < origins.size() ? origins[i] : SourceSpan{}; });
}

Expansion Sink::finish() && {
  return {.text = std::move(text_), .lines = std::move(lines_), .values = std::move(values_)};
}

Runtime::Runtime(const Content& content, const Partials& partials, Escaping escaping)
    : content_(content),
      partials_(partials),
      escaping_(escaping),
      scopes_(1),
      scope_(&scopes_.front()) {
  scope_->root = ValueRef(ValueRef(), &content.data);
}

Operand Runtime::fail(std::size_t offset, std::string id, std::string message, std::string hint) {
  if (findings_.size() >= kMaxFindings) {
    stopped_ = true;
    return Operand();
  }
  Error error = tree_->error(offset, std::move(id), std::move(message), std::move(hint));
  const bool known = std::ranges::any_of(findings_, [&](const Error& each) {
    return each.id == error.id && each.message == error.message &&
           each.where.line == error.where.line && each.where.column == error.where.column &&
           each.where.file == error.where.file;
  });
  if (!known) findings_.push_back(std::move(error));
  return Operand();
}

Operand Runtime::exceed(std::size_t offset, std::string message) {
  if (!stopped_) {
    fail(offset, "template.limit", std::move(message),
         "检查循环和重复是否写错；必要时拆成几份文件");
    if (!findings_.empty()) findings_.back().code = ErrorCode::TooLarge;
  }
  stopped_ = true;
  return Operand();
}

Operand Runtime::used(Operand operand) {
  const auto* missing = std::get_if<Missing>(&operand.content());
  if (missing == nullptr) return operand;
  const Error& error = *missing->finding;
  const bool known = std::ranges::any_of(findings_, [&](const Error& each) {
    return each.message == error.message && each.where.line == error.where.line &&
           each.where.column == error.where.column && each.where.file == error.where.file;
  });
  if (!known && findings_.size() < kMaxFindings) findings_.push_back(error);
  return Operand();
}

const model::Value* Runtime::value_of(const Operand& operand, std::size_t offset) {
  if (const auto* value = operand.value()) return value;
  if (used(operand).is_poison()) return nullptr;
  fail(offset, "template.type", "宏、函数和 loop 不是值，不能这样用",
       "宏和函数要带括号调用，loop 要用它的字段，如 loop.index");
  return nullptr;
}

namespace {

/// Appends to `path` how one comes from `whole` to `part`; false where one does not.
bool find_path(const model::Value& whole, const model::Value* part, std::string& path) {
  if (&whole == part) return true;
  const std::size_t size = path.size();
  if (const auto* list = whole.list()) {
    // Items lie side by side: one of thousands is found without a look into the others.
    const std::less<const model::Value*> before;
    if (!list->empty() && !before(part, &list->front()) && !before(&list->back(), part)) {
      path += "[" + std::to_string(part - &list->front()) + "]";
      return true;
    }
    for (std::size_t i = 0; i < list->size(); ++i) {
      path += "[" + std::to_string(i) + "]";
      if (find_path((*list)[i], part, path)) return true;
      path.resize(size);
    }
  } else if (const auto* record = whole.record()) {
    for (const auto& [name, value] : *record) {
      path += (size == 0 ? "" : ".") + name;
      if (find_path(value, part, path)) return true;
      path.resize(size);
    }
  }
  return false;
}

}  // namespace

/// Looked for only when there is something to report, which spares every operand its path.
std::string Runtime::path_of(const Operand& operand) const {
  std::string path;
  if (operand.value() != nullptr) find_path(content_.data, operand.value(), path);
  return path;
}

std::string Runtime::place_note(const Operand& operand) const {
  const std::string path = path_of(operand);
  if (path.empty()) return {};
  std::string note = "（数据：" + path;
  const SourceSpan where = operand.value() != nullptr ? operand.value()->where() : SourceSpan();
  if (where.line > 0) {
    note +=
        "，" + where.file + ":" + std::to_string(where.line) + ":" + std::to_string(where.column);
  }
  return note + "）";
}

std::optional<std::string> Runtime::text_of(const Operand& operand, std::size_t offset) {
  const auto* value = value_of(operand, offset);
  if (value == nullptr) return std::nullopt;
  if (auto text = printed(*value)) return text;
  if (value->is_null()) {
    fail(offset, "template.null", "空值不能印出" + place_note(operand),
         "在数据里补上这个值，或者写 |default(\"……\", true) 给出默认的文字");
  } else {
    fail(offset, "template.type", std::string(value->kind()) + "不能直接印出" + place_note(operand),
         value->list() != nullptr ? "用 |join(\"、\") 连成文字，或者用 {% for %} 逐项印出"
                                  : "用点号取出其中的字段，如 .名称");
  }
  return std::nullopt;
}

std::optional<std::string> Runtime::markdown_of(const Operand& operand, std::size_t offset) {
  auto text = text_of(operand, offset);
  if (text && escaping_ == Escaping::Markdown && !operand.is_markdown()) {
    return escape_markdown(*text);
  }
  return text;
}

Operand Runtime::text_result(std::string text, std::size_t offset, bool markdown) {
  if (text.size() > kMaxExpandedBytes) return exceed(offset, "文字超过 8 MB");
  return markdown ? Operand::markdown(std::move(text)) : Operand(model::Value(std::move(text)));
}

Operand Runtime::text_result(Expansion made, std::size_t offset) {
  if (made.text.size() > kMaxExpandedBytes) return exceed(offset, "文字超过 8 MB");
  return Operand::markdown(std::move(made.text), std::move(made.lines));
}

Operand Runtime::list_result(model::Value::List list, std::size_t offset) {
  if (list.size() > static_cast<std::size_t>(kMaxIterations)) {
    return exceed(offset, "列表超过 50 万项");
  }
  return Operand(model::Value(std::move(list)));
}

bool Runtime::spend(std::size_t turns, std::size_t offset) {
  turns_ += turns;
  if (turns_ <= static_cast<std::size_t>(kMaxIterations)) return !stopped_;
  exceed(offset, "循环超过 50 万次");
  return false;
}

void Runtime::assign(std::string_view name, Operand value) {
  Frame& frame = frames().back();
  const auto found = std::ranges::find(frame, name, &Frame::value_type::first);
  if (found != frame.end()) {
    found->second = std::move(value);
  } else {
    frame.emplace_back(name, std::move(value));
  }
}

Operand Runtime::lookup(std::string_view name, std::size_t offset) {
  for (auto frame = frames().rbegin(); frame != frames().rend(); ++frame) {
    const auto found = std::ranges::find(*frame, name, &Frame::value_type::first);
    if (found != frame->end()) return found->second;
  }
  if (const model::Value* field = scope_->root->find(name)) {
    return Operand::part(scope_->root, *field);
  }
  if (is_function(name)) return Operand(FunctionRef{name});
  return missing_name(name, offset);
}

namespace {

std::string did_you_mean(std::string_view wanted, const std::vector<std::string>& names) {
  const auto near = text::closest(wanted, names);
  return near ? "是不是想写“" + std::string(*near) + "”？" : std::string();
}

std::vector<std::string> field_names(const model::Value& value) {
  std::vector<std::string> names;
  if (const auto* record = value.record()) {
    for (const auto& field : *record)
      names.push_back(field.first);
  }
  return names;
}

Operand missing(Error error) {
  return Operand(Missing{std::make_shared<const Error>(std::move(error))});
}

}  // namespace

Operand Runtime::missing_name(std::string_view name, std::size_t offset) {
  std::vector<std::string> names = field_names(*scope_->root);
  for (const Frame& frame : frames()) {
    for (const auto& each : frame)
      names.emplace_back(each.first);
  }
  std::string hint = did_you_mean(name, names);
  if (hint.empty())
    hint = "在数据里补上“" + std::string(name) + "”，或者用 |default(\"……\") 给出默认值";
  return missing(tree_->error(offset, "template.unknown-name",
                              "数据里没有“" + std::string(name) + "”", std::move(hint)));
}

Operand Runtime::missing_field(const Operand& object, std::string_view name, std::size_t offset) {
  const model::Value& value = *object.value();
  const std::string path = path_of(object);
  const std::string owner = path.empty() ? "这个值" : "“" + path + "”";
  std::string message = owner + "里没有“" + std::string(name) + "”";
  if (value.record() == nullptr) {
    message = owner + "是" + std::string(value.kind()) + "，里面没有“" + std::string(name) + "”";
  }
  const SourceSpan where = value.where();
  if (where.line > 0) {
    message += "（" + where.file + ":" + std::to_string(where.line) + ":" +
               std::to_string(where.column) + "）";
  }
  return missing(tree_->error(offset, "template.unknown-field", std::move(message),
                              did_you_mean(name, field_names(value))));
}

Operand Runtime::turn_attribute(const Turn& turn, std::string_view name, std::size_t offset) {
  const auto number = [](std::size_t n) {
    return Operand(model::Value(Decimal(static_cast<std::int64_t>(n))));
  };
  const auto& list = *turn.list->list();
  const auto at = [&](std::size_t index) { return Operand::part(turn.list, list[index]); };
  if (name == "index") return number(turn.index + 1);
  if (name == "index0") return number(turn.index);
  if (name == "first") return Operand(model::Value(turn.index == 0));
  if (name == "last") return Operand(model::Value(turn.index + 1 == list.size()));
  if (name == "length") return number(list.size());
  if (name == "revindex") return number(list.size() - turn.index);
  if (name == "revindex0") return number(list.size() - turn.index - 1);
  if (name == "depth") return number(1);  // only recursive loops, which are left out, go deeper
  if (name == "depth0") return number(0);
  if (name == "previtem" && turn.index > 0) return at(turn.index - 1);
  if (name == "nextitem" && turn.index + 1 < list.size()) return at(turn.index + 1);
  static const std::vector<std::string> kNames = {"index",    "index0",    "first",   "last",
                                                  "length",   "revindex",  "depth",   "depth0",
                                                  "previtem", "revindex0", "nextitem"};
  const bool neighbour = name == "previtem" || name == "nextitem";
  return missing(tree_->error(offset, "template.unknown-field",
                              "loop 在这里没有“" + std::string(name) + "”",
                              neighbour ? "首尾两项缺前或缺后，先用 loop.first、loop.last 判断"
                                        : did_you_mean(name, kNames)));
}

Operand Runtime::attribute(const Operand& owner, std::string_view name, std::size_t offset) {
  if (owner.is_missing()) return used(owner);
  if (owner.is_poison()) return owner;
  if (const auto* turn = std::get_if<std::shared_ptr<const Turn>>(&owner.content())) {
    return turn_attribute(**turn, name, offset);
  }
  if (const auto* space = std::get_if<std::shared_ptr<Space>>(&owner.content())) {
    const auto field = (*space)->fields.find(name);
    if (field != (*space)->fields.end()) return field->second;
    return missing(tree_->error(offset, "template.unknown-field",
                                "namespace 里没有“" + std::string(name) + "”"));
  }
  if (const auto* module = std::get_if<ModuleRef>(&owner.content())) {
    return module_attribute(*module, name, offset);
  }
  const model::Value* value = value_of(owner, offset);
  if (value == nullptr) return Operand();
  if (const model::Value* field = value->find(name)) {
    return Operand::part(owner.value_ref(), *field);
  }
  if (is_method(name) && (value->record() != nullptr || value->text() != nullptr)) {
    return Operand(Method{owner.value_ref(), std::string(name), owner.is_markdown()});
  }
  return missing_field(owner, name, offset);
}

Operand Runtime::item(const Operand& object, const model::Value& index, std::size_t offset) {
  const model::Value* value = value_of(object, offset);
  if (value == nullptr) return Operand();
  if (index.text() != nullptr && value->record() != nullptr) {
    return attribute(object, *index.text(), offset);
  }
  const auto wanted = index.number() != nullptr ? index.number()->to_int64() : std::nullopt;
  if (!wanted) return missing_field(object, printed(index).value_or("空"), offset);
  const auto resolve = [&](std::size_t size) -> std::optional<std::size_t> {
    const auto count = static_cast<std::int64_t>(size);
    const std::int64_t at = *wanted < 0 ? *wanted + count : *wanted;
    return at >= 0 && at < count ? std::optional(static_cast<std::size_t>(at)) : std::nullopt;
  };
  if (const auto* list = value->list()) {
    if (const auto at = resolve(list->size())) {
      return Operand::part(object.value_ref(), (*list)[*at]);
    }
  } else if (const std::string* text = value->text()) {
    const std::u32string characters = decode_utf8(*text);
    if (const auto at = resolve(characters.size())) {
      return Operand(model::Value(encode_utf8({&characters[*at], 1})));
    }
  }
  return missing_field(object, std::to_string(*wanted), offset);
}

Operand Runtime::attribute_path(const Operand& object, std::string_view path, std::size_t offset) {
  Operand current = object;
  while (!path.empty()) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    const std::string_view step = path.substr(0, dot);
    path.remove_prefix(std::min(dot + 1, path.size()));
    const bool index =
        !step.empty() && std::ranges::all_of(step, [](char c) { return c >= '0' && c <= '9'; });
    const auto number = index ? Decimal::parse(step) : std::nullopt;
    current =
        number ? item(current, model::Value(*number), offset) : attribute(current, step, offset);
  }
  return current;
}

std::optional<std::vector<Operand>> Runtime::items_of(const Operand& operand, std::size_t offset) {
  const model::Value* value = value_of(operand, offset);
  if (value == nullptr) return std::nullopt;
  std::vector<Operand> items;
  if (const auto* list = value->list()) {
    items.reserve(list->size());
    for (std::size_t i = 0; i < list->size(); ++i) {
      items.push_back(Operand::part(operand.value_ref(), (*list)[i]));
    }
    return items;
  }
  if (const auto* record = value->record()) {
    for (const auto& field : *record)
      items.emplace_back(model::Value(field.first));
    return items;
  }
  if (const std::string* text = value->text()) {
    for (const char32_t c : decode_utf8(*text))
      items.emplace_back(model::Value(encode_utf8({&c, 1})));
    return items;
  }
  fail(offset, "template.type",
       std::string(value->kind()) + "不是列表，不能逐项取出" + place_note(operand),
       value->is_null() ? "在数据里补上这个列表；没有内容就写 []" : "");
  return std::nullopt;
}

}  // namespace huice::compose
