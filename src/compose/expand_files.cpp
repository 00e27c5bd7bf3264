// Runtime: macros, and the other files that a template brings in.
#include <algorithm>
#include <iterator>
#include <utility>

#include "compose/runtime.h"
#include "text/suggest.h"

namespace huice::compose {

void Runtime::run(const syntax::Macro& node, std::size_t, Sink&) {
  assign(
      node.name,
      Operand(MacroRef{.macro = &node, .tree = tree_, .scope = scope_, .frames = frames().size()}));
}

bool Runtime::bind_parameters(const syntax::Macro& macro, const syntax::Arguments& arguments,
                              Frame& frame, std::size_t offset) {
  const auto& parameters = macro.parameters;
  if (arguments.positional.size() > parameters.size()) {
    fail(offset, "template.arguments",
         "宏 " + macro.name + " 只有 " + std::to_string(parameters.size()) + " 个参数");
    return false;
  }
  for (std::size_t i = 0; i < arguments.positional.size(); ++i)
    frame.emplace_back(parameters[i].name, evaluate(*arguments.positional[i]));
  for (const auto& named : arguments.named) {
    const auto known = std::ranges::find(parameters, named.name, &syntax::Parameter::name);
    const auto given = std::ranges::find(frame, named.name, &Frame::value_type::first);
    if (known == parameters.end() || given != frame.end()) {
      fail(named.value->offset, "template.arguments",
           "宏 " + macro.name + (known == parameters.end() ? " 没有参数 " : " 重复给了参数 ") +
               named.name);
      return false;
    }
    frame.emplace_back(known->name, evaluate(*named.value));
  }
  return true;
}

Operand Runtime::call_macro(const MacroRef& ref, const syntax::Arguments& arguments,
                            std::size_t offset) {
  if (macro_depth_ >= kMaxMacroDepth) return exceed(offset, "宏相互调用太深");
  Frame frame;
  if (!bind_parameters(*ref.macro, arguments, frame, offset)) return Operand();
  // A macro sees what was in scope where it was defined, not where it is called.
  Scope* const calling = std::exchange(scope_, ref.scope);
  const auto visible = static_cast<std::ptrdiff_t>(std::min(ref.frames, frames().size()));
  std::vector<Frame> hidden(std::make_move_iterator(frames().begin() + visible),
                            std::make_move_iterator(frames().end()));
  frames().resize(static_cast<std::size_t>(visible));
  const syntax::Tree* caller = enter_tree(ref.tree);
  frames().push_back(std::move(frame));
  ++macro_depth_;
  for (const auto& parameter : ref.macro->parameters) {
    const auto& given = frames().back();
    if (std::ranges::find(given, parameter.name, &Frame::value_type::first) != given.end()) {
      continue;
    }
    Operand value = parameter.fallback
                        ? evaluate(*parameter.fallback)
                        : Operand(Missing{std::make_shared<const Error>(caller->error(
                              offset, "template.arguments",
                              "调用宏 " + ref.macro->name + " 缺少参数 " + parameter.name))});
    assign(parameter.name, std::move(value));
  }
  Expansion made = block_text(ref.macro->body);
  --macro_depth_;
  frames().resize(static_cast<std::size_t>(visible));
  std::ranges::move(hidden, std::back_inserter(frames()));
  scope_ = calling;
  enter_tree(caller);
  return text_result(std::move(made), offset);
}

const syntax::Tree* Runtime::included(const std::string& name, bool ignore_missing,
                                      std::size_t offset) {
  const auto known = included_.find(name);
  if (known != included_.end()) return known->second ? known->second->tree().get() : nullptr;
  auto text = partials_.read(name);
  if (!text) {
    included_.emplace(name, std::nullopt);
    if (ignore_missing && text.error().code == ErrorCode::NotFound) return nullptr;
    fail(offset, "template.include", text.error().message, text.error().hint);
    return nullptr;
  }
  auto parsed = Template::parse(text.value(), name);
  if (!parsed) {
    included_.emplace(name, std::nullopt);
    for (Error& each : as_findings(std::move(parsed).error()))
      findings_.push_back(std::move(each));
    return nullptr;
  }
  return included_.emplace(name, std::move(parsed).value()).first->second->tree().get();
}

void Runtime::run(const syntax::Include& node, std::size_t offset, Sink& sink) {
  const Operand name = evaluate(*node.name);
  const auto text = text_of(name, node.name->offset);
  if (!text) return;
  if (include_depth_ >= kMaxIncludeDepth) {
    exceed(offset, "include 相互引入太深");
    return;
  }
  const syntax::Tree* tree = included(*text, node.ignore_missing, node.name->offset);
  if (tree == nullptr) return;
  const syntax::Tree* outer = enter_tree(tree);
  frames().emplace_back();
  ++include_depth_;
  run(tree->nodes, sink);
  --include_depth_;
  frames().pop_back();
  enter_tree(outer);
}

const Scope* Runtime::import(const syntax::Import& node, std::size_t offset) {
  const auto name = text_of(evaluate(*node.file), node.file->offset);
  if (!name) return nullptr;
  if (include_depth_ >= kMaxIncludeDepth) {
    exceed(offset, "import 相互引入太深");
    return nullptr;
  }
  const syntax::Tree* tree = included(*name, false, node.file->offset);
  if (tree == nullptr) return nullptr;
  static const model::Value kNothing{model::Value::Record{}};
  Scope& scope = scopes_.emplace_back();
  scope.root = node.with_context ? scope_->root : ValueRef(ValueRef(), &kNothing);
  if (node.with_context) {
    scope.frames = frames();
    scope.frames.emplace_back();
  }
  scope.exporting = scope.frames.size() - 1;
  Scope* const importing = std::exchange(scope_, &scope);
  const syntax::Tree* outer = enter_tree(tree);
  ++include_depth_;
  Sink unprinted;
  run(tree->nodes, unprinted);
  --include_depth_;
  enter_tree(outer);
  scope_ = importing;
  return &scope;
}

Operand Runtime::module_attribute(const ModuleRef& module, std::string_view name,
                                  std::size_t offset) {
  const Frame& frame = module.scope->frames[module.scope->exporting];
  const auto found = std::ranges::find(frame, name, &Frame::value_type::first);
  if (found != frame.end()) return found->second;
  std::vector<std::string> names;
  for (const auto& each : frame)
    names.emplace_back(each.first);
  const auto near = text::closest(name, names);
  return Operand(Missing{std::make_shared<const Error>(
      tree_->error(offset, "template.unknown-name", "引入的文件里没有“" + std::string(name) + "”",
                   near ? "是不是想写“" + std::string(*near) + "”？" : ""))});
}

void Runtime::run(const syntax::Import& node, std::size_t offset, Sink&) {
  const Scope* scope = import(node, offset);
  if (!node.target.empty()) {
    assign(node.target, scope == nullptr ? Operand() : Operand(ModuleRef{scope}));
  }
  for (const auto& each : node.names) {
    assign(each.alias,
           scope == nullptr ? Operand() : module_attribute(ModuleRef{scope}, each.name, offset));
  }
}

}  // namespace huice::compose
