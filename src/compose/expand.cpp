// Runtime: nodes. And the passes check, expand and evaluate.
#include "compose/expand.h"

#include <algorithm>

#include "compose/runtime.h"

namespace huice::compose {

void Runtime::run(const syntax::Nodes& nodes, Sink& sink) {
  const Depth depth(*this);
  for (const syntax::Node& node : nodes) {
    if (stopped_) return;
    std::visit([&](const auto& content) { run(content, node.offset, sink); }, node.content);
  }
}

bool Runtime::may_write(std::string_view text, std::size_t offset) {
  written_ += text.size();
  if (written_ <= kMaxExpandedBytes) return true;
  exceed(offset, "印出的文字超过 8 MB");
  return false;
}

void Runtime::run(const syntax::Text& node, std::size_t offset, Sink& sink) {
  if (may_write(node.text, offset)) sink.append(node.text, *tree_, tree_->line(offset));
}

const std::string* Runtime::plain_text(const Operand& operand) const {
  const model::Value* value = operand.value();
  const std::string* text = value == nullptr ? nullptr : value->text();
  const bool escapes = escaping_ == Escaping::Markdown && !operand.is_markdown();
  return text != nullptr && escapes && !needs_no_escape(*text) ? nullptr : text;
}

void Runtime::print(const syntax::Expression& expression, Sink& sink) {
  const Operand operand = evaluate(expression);
  std::optional<std::string> made;
  const std::string* text = plain_text(operand);
  if (text == nullptr) {
    made = markdown_of(operand, expression.offset);
    if (!made) return;
    text = &*made;
  }
  if (!may_write(*text, expression.offset)) return;
  if (operand.lines() != nullptr) return sink.append(*text, *operand.lines());
  sink.append_value(*text, [&] {
    const SourceSpan written = operand.value()->where();
    return written.line > 0 ? written : tree_->place(expression.offset);
  });
}

void Runtime::run(const syntax::Print& node, std::size_t, Sink& sink) {
  print(*node.value, sink);
}

void Runtime::run(const syntax::If& node, std::size_t, Sink& sink) {
  for (const syntax::Branch& branch : node.branches) {
    const auto truth = branch.condition ? condition(*branch.condition) : std::optional(true);
    if (!truth) return;
    if (*truth) return run(branch.body, sink);
  }
}

/// What a value is taken apart into: a group of groupby into its key and its items.
std::optional<std::vector<Operand>> Runtime::parts_of(const Operand& value, std::size_t offset) {
  const model::Value* group = value.value();
  if (group != nullptr && group->record() != nullptr && group->record()->size() == 2 &&
      group->find("grouper") != nullptr && group->find("list") != nullptr) {
    return std::vector{attribute(value, "grouper", offset), attribute(value, "list", offset)};
  }
  return items_of(value, offset);
}

bool Runtime::unpack(const std::vector<std::string>& targets, const Operand& value,
                     std::size_t offset) {
  if (targets.size() == 1) {
    assign(targets.front(), value);
    return true;
  }
  const auto parts = parts_of(value, offset);
  if (!parts) return false;
  if (parts->size() != targets.size()) {
    fail(offset, "template.type",
         "要拆成 " + std::to_string(targets.size()) + " 个变量，而值有 " +
             std::to_string(parts->size()) + " 项" + place_note(value));
    return false;
  }
  for (std::size_t i = 0; i < targets.size(); ++i)
    assign(targets[i], (*parts)[i]);
  return true;
}

/// The items of the loop that pass its condition.
std::optional<Runtime::Turns> Runtime::turns_of(const syntax::For& node, std::size_t offset) {
  const Operand all = evaluate(*node.list);
  auto items = items_of(all, node.list->offset);
  if (!items || !spend(items->size(), offset)) return std::nullopt;
  if (!node.condition && all.value()->list() != nullptr) {
    return Turns{.items = *std::move(items), .list = all.value_ref()};
  }
  std::vector<Operand> chosen;
  for (Operand& each : *items) {
    std::optional<bool> truth = true;
    if (node.condition) {
      frames().emplace_back();
      const bool unpacked = unpack(node.targets, each, node.list->offset);
      truth = unpacked ? condition(*node.condition) : std::nullopt;
      frames().pop_back();
    }
    if (!truth) return std::nullopt;
    if (*truth) chosen.push_back(std::move(each));
  }
  model::Value::List values;
  values.reserve(chosen.size());
  for (const Operand& each : chosen)
    values.push_back(*each.value());
  return Turns{.items = std::move(chosen),
               .list = std::make_shared<const model::Value>(std::move(values))};
}

void Runtime::run(const syntax::For& node, std::size_t offset, Sink& sink) {
  const auto turns = turns_of(node, offset);
  if (!turns) return;
  if (turns->items.empty()) {
    frames().emplace_back();
    run(node.otherwise, sink);
    frames().pop_back();
    return;
  }
  const auto turn = std::make_shared<Turn>(Turn{.list = turns->list, .index = 0});
  frames().emplace_back();
  for (std::size_t i = 0; i < turns->items.size() && !stopped_; ++i) {
    turn->index = i;
    frames().back().clear();
    assign("loop", Operand(std::shared_ptr<const Turn>(turn)));
    if (unpack(node.targets, turns->items[i], node.list->offset)) run(node.body, sink);
  }
  frames().pop_back();
}

void Runtime::run(const syntax::Set& node, std::size_t offset, Sink&) {
  const Operand value = evaluate(*node.value);
  if (node.field.empty()) {
    if (value.is_poison() || !unpack(node.targets, value, node.value->offset)) {
      for (const std::string& target : node.targets)
        assign(target, Operand());
    }
    return;
  }
  const Operand owner = used(lookup(node.targets.front(), offset));
  if (owner.is_poison()) return;
  const auto* space = std::get_if<std::shared_ptr<Space>>(&owner.content());
  if (space == nullptr) {
    fail(offset, "template.type", "只有 namespace() 的字段可以这样改",
         "先写 {% set " + node.targets.front() + " = namespace() %}");
    return;
  }
  (*space)->fields.insert_or_assign(node.field, value);
}

Expansion Runtime::block_text(const syntax::Nodes& nodes) {
  Sink sink;
  run(nodes, sink);
  return std::move(sink).finish();
}

void Runtime::run(const syntax::SetBlock& node, std::size_t offset, Sink&) {
  frames().emplace_back();
  Expansion made = block_text(node.body);
  frames().pop_back();
  assign(node.target, text_result(std::move(made), offset));
}

void Runtime::run(const syntax::FilterBlock& node, std::size_t offset, Sink& sink) {
  frames().emplace_back();
  assign(syntax::kFilteredText, text_result(block_text(node.body), offset));
  print(*node.value, sink);
  frames().pop_back();
}

void Runtime::run(const syntax::With& node, std::size_t, Sink& sink) {
  Frame frame;
  for (const auto& binding : node.bindings)
    frame.emplace_back(binding.name, evaluate(*binding.value));
  frames().push_back(std::move(frame));
  run(node.body, sink);
  frames().pop_back();
}

Result<Expansion> expand(const Template& source, const Content& content, const Partials& partials,
                         Escaping escaping) {
  Runtime runtime(content, partials, escaping);
  runtime.enter_tree(source.tree().get());
  Sink sink;
  runtime.run(source.tree()->nodes, sink);
  Findings findings = runtime.take_findings();
  if (!findings.empty()) return as_error(std::move(findings));
  return std::move(sink).finish();
}

Result<model::Value> evaluate(const Template& source, const Content& content,
                              const Partials& partials) {
  const auto& nodes = source.tree()->nodes;
  const auto* only = nodes.size() == 1 ? std::get_if<syntax::Print>(&nodes[0].content) : nullptr;
  if (only == nullptr) {
    HUICE_TRY(Expansion expansion, expand(source, content, partials, Escaping::None));
    return model::Value(std::move(expansion.text));
  }
  Runtime runtime(content, partials, Escaping::None);
  runtime.enter_tree(source.tree().get());
  const Operand operand = runtime.evaluate(*only->value);
  const model::Value* value = runtime.value_of(operand, only->value->offset);
  Findings findings = runtime.take_findings();
  if (!findings.empty()) return as_error(std::move(findings));
  return value == nullptr ? model::Value() : *value;
}

}  // namespace huice::compose
