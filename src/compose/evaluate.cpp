// Runtime: expressions.
#include <algorithm>

#include "base/utf8.h"
#include "compose/invocation.h"
#include "compose/runtime.h"

namespace huice::compose {

using syntax::Arithmetic;
using syntax::Comparison;

Operand Runtime::evaluate(const syntax::Expression& expression) {
  const Depth depth(*this);
  if (stopped_) return Operand();
  if (depth_ > kMaxEvaluationDepth) return exceed(expression.offset, "嵌套和调用太深");
  return std::visit([&](const auto& form) { return of(form, expression.offset); }, expression.form);
}

std::optional<bool> Runtime::condition(const syntax::Expression& expression) {
  const Operand operand = used(evaluate(expression));
  if (operand.is_poison()) return std::nullopt;
  const model::Value* value = operand.value();
  return value == nullptr || is_true(*value);
}

Operand Runtime::of(const syntax::Literal& form, std::size_t) {
  return Operand(ValueRef(ValueRef(), &form.value));
}

Operand Runtime::of(const syntax::Name& form, std::size_t offset) {
  return lookup(form.name, offset);
}

Operand Runtime::of(const syntax::Attribute& form, std::size_t offset) {
  return attribute(evaluate(*form.object), form.name, offset);
}

Operand Runtime::of(const syntax::Subscript& form, std::size_t offset) {
  const Operand object = used(evaluate(*form.object));
  const Operand index = used(evaluate(*form.index));
  if (object.is_poison() || index.is_poison()) return Operand();
  const model::Value* value = value_of(index, form.index->offset);
  return value == nullptr ? Operand() : item(object, *value, offset);
}

std::optional<Decimal> Runtime::slice_bound(const syntax::ExpressionPtr& bound) {
  const Operand operand = evaluate(*bound);
  const model::Value* value = value_of(operand, bound->offset);
  if (value == nullptr) return std::nullopt;
  if (value->number() != nullptr && value->number()->to_int64()) return *value->number();
  fail(bound->offset, "template.type", "切片的界限应当是整数");
  return std::nullopt;
}

namespace {

/// The indexes that Python's slice(from, to, step) takes from a sequence of `size` items.
std::vector<std::size_t> slice_indexes(std::size_t size, std::optional<std::int64_t> from,
                                       std::optional<std::int64_t> to, std::int64_t step) {
  const auto count = static_cast<std::int64_t>(size);
  const std::int64_t lowest = step > 0 ? 0 : -1;
  const std::int64_t highest = step > 0 ? count : count - 1;
  const auto settle = [&](std::optional<std::int64_t> bound, std::int64_t fallback) {
    if (!bound) return fallback;
    const std::int64_t at = *bound < 0 ? std::max(*bound, -count - 1) + count : *bound;
    return std::clamp(at, lowest, highest);
  };
  const std::int64_t begin = settle(from, step > 0 ? 0 : count - 1);
  const std::int64_t end = settle(to, step > 0 ? count : -1);
  const std::int64_t stride = std::clamp(step, -count - 1, count + 1);
  std::vector<std::size_t> indexes;
  for (std::int64_t at = begin; stride > 0 ? at < end : at > end; at += stride) {
    indexes.push_back(static_cast<std::size_t>(at));
  }
  return indexes;
}

}  // namespace

Operand Runtime::of(const syntax::Slice& form, std::size_t offset) {
  const Operand object = used(evaluate(*form.object));
  const model::Value* value = object.is_poison() ? nullptr : value_of(object, offset);
  if (value == nullptr) return Operand();
  std::optional<std::int64_t> bounds[3];
  const syntax::ExpressionPtr* written[] = {&form.from, &form.to, &form.step};
  for (int i = 0; i < 3; ++i) {
    if (*written[i] == nullptr) continue;
    const auto bound = slice_bound(*written[i]);
    if (!bound) return Operand();
    bounds[i] = bound->to_int64();
  }
  const std::int64_t step = bounds[2].value_or(1);
  if (step == 0) return fail(offset, "template.arithmetic", "切片的步长不能是 0");
  if (const auto* list = value->list()) {
    model::Value::List taken;
    for (const std::size_t i : slice_indexes(list->size(), bounds[0], bounds[1], step))
      taken.push_back((*list)[i]);
    return Operand(model::Value(std::move(taken)));
  }
  if (const std::string* text = value->text()) {
    const std::u32string characters = decode_utf8(*text);
    std::u32string taken;
    for (const std::size_t i : slice_indexes(characters.size(), bounds[0], bounds[1], step))
      taken += characters[i];
    return Operand(model::Value(encode_utf8(taken)));
  }
  return fail(offset, "template.type",
              std::string(value->kind()) + "不能切片" + place_note(object));
}

Operand Runtime::call_turn(const syntax::Call& form, const Turn& turn, std::size_t offset) {
  const auto& arguments = form.arguments.positional;
  if (arguments.empty() || !form.arguments.named.empty()) {
    return fail(offset, "template.arguments", "loop.cycle 至少要一个值");
  }
  return evaluate(*arguments[turn.index % arguments.size()]);
}

Operand Runtime::make_space(const syntax::Arguments& arguments, std::size_t offset) {
  if (!arguments.positional.empty()) {
    return fail(offset, "template.arguments", "namespace 的值要写成 名称=值");
  }
  auto space = std::make_shared<Space>();
  for (const auto& named : arguments.named)
    space->fields.insert_or_assign(named.name, evaluate(*named.value));
  return Operand(std::move(space));
}

Operand Runtime::of(const syntax::Call& form, std::size_t offset) {
  if (const auto* attribute_form = std::get_if<syntax::Attribute>(&form.callee->form)) {
    const Operand object = evaluate(*attribute_form->object);
    const auto* turn = std::get_if<std::shared_ptr<const Turn>>(&object.content());
    if (turn != nullptr && attribute_form->name == "cycle") return call_turn(form, **turn, offset);
  }
  const Operand callee = used(evaluate(*form.callee));
  if (callee.is_poison()) return callee;
  if (const auto* macro = std::get_if<MacroRef>(&callee.content())) {
    return call_macro(*macro, form.arguments, offset);
  }
  if (const auto* function = std::get_if<FunctionRef>(&callee.content())) {
    if (function->name == "namespace") return make_space(form.arguments, offset);
    return invoke(*this, *find_function(function->name), Operand(), form.arguments, offset);
  }
  if (const auto* method = std::get_if<Method>(&callee.content())) {
    Operand object(method->object);
    object.set_markdown(method->object_is_safe);
    return invoke(*this, *find_method(method->name), std::move(object), form.arguments, offset);
  }
  return fail(offset, "template.type", "这里不是宏或函数，不能带括号调用" + place_note(callee));
}

Operand Runtime::of(const syntax::Filter& form, std::size_t offset) {
  const Callable& filter = *find_filter(form.name);
  Operand input = evaluate(*form.operand);
  if (!filter.takes_missing) input = used(std::move(input));
  if (input.is_poison()) return input;
  return invoke(*this, filter, std::move(input), form.arguments, offset);
}

Operand Runtime::of(const syntax::Test& form, std::size_t offset) {
  const Callable& test = *find_test(form.name);
  Operand input = evaluate(*form.operand);
  if (!test.takes_missing) input = used(std::move(input));
  if (input.is_poison()) return input;
  const Operand answer = invoke(*this, test, std::move(input), form.arguments, offset);
  if (answer.is_poison() || !form.negated) return answer;
  return Operand(model::Value(!is_true(*answer.value())));
}

Operand Runtime::of(const syntax::Not& form, std::size_t) {
  const auto truth = condition(*form.operand);
  return truth ? Operand(model::Value(!*truth)) : Operand();
}

Operand Runtime::of(const syntax::Signed& form, std::size_t offset) {
  const Operand operand = evaluate(*form.operand);
  const model::Value* value = value_of(operand, offset);
  if (value == nullptr) return Operand();
  if (value->number() == nullptr) {
    return fail(offset, "template.type",
                std::string(value->kind()) + "前面不能有正负号" + place_note(operand));
  }
  return Operand(
      model::Value(form.sign == syntax::Sign::Minus ? -*value->number() : *value->number()));
}

Operand Runtime::of(const syntax::Logic& form, std::size_t) {
  const Operand left = used(evaluate(*form.left));
  if (left.is_poison()) return left;
  const bool truth = left.value() == nullptr || is_true(*left.value());
  const bool decided = truth == (form.connective == syntax::Connective::Or);
  return decided ? left : used(evaluate(*form.right));
}

Operand Runtime::of(const syntax::Conditional& form, std::size_t offset) {
  const auto truth = condition(*form.condition);
  if (!truth) return Operand();
  if (*truth) return evaluate(*form.then);
  if (form.otherwise) return evaluate(*form.otherwise);
  return Operand(Missing{std::make_shared<const Error>(
      tree_->error(offset, "template.unknown-name", "条件不成立，而 if 没有写 else",
                   "补上 else 和另一个值，没有就写 else \"\""))});
}

Operand Runtime::of(const syntax::ListDisplay& form, std::size_t) {
  model::Value::List list;
  list.reserve(form.items.size());
  bool whole = true;
  for (const auto& item_form : form.items) {
    const Operand operand = evaluate(*item_form);
    const model::Value* value = value_of(operand, item_form->offset);
    whole = whole && value != nullptr;
    if (value != nullptr) list.push_back(*value);
  }
  return whole ? Operand(model::Value(std::move(list))) : Operand();
}

Operand Runtime::of(const syntax::RecordDisplay& form, std::size_t) {
  model::Value::Record record;
  bool whole = true;
  for (const auto& entry : form.entries) {
    const Operand name = evaluate(*entry.name);
    const Operand operand = evaluate(*entry.value);
    const auto name_text = text_of(name, entry.name->offset);
    const model::Value* value = value_of(operand, entry.value->offset);
    whole = whole && name_text && value != nullptr;
    if (!whole) continue;
    const auto same = std::ranges::find(record, *name_text, &model::Value::Field::first);
    if (same != record.end()) {
      same->second = *value;
    } else {
      record.emplace_back(*name_text, *value);
    }
  }
  return whole ? Operand(model::Value(std::move(record))) : Operand();
}

Operand Runtime::of(const syntax::Comparisons& form, std::size_t) {
  Operand left = used(evaluate(*form.first));
  Operand answer;
  for (const auto& link : form.links) {
    Operand right = used(evaluate(*link.right));
    if (left.is_poison() || right.is_poison()) return Operand();
    answer = compare_link(link.comparison, left, right, link.right->offset);
    if (answer.is_poison() || !is_true(*answer.value())) return answer;
    left = std::move(right);
  }
  return answer;
}

Operand Runtime::compare_link(Comparison comparison, const Operand& left, const Operand& right,
                              std::size_t offset) {
  const model::Value* a = value_of(left, offset);
  const model::Value* b = value_of(right, offset);
  if (a == nullptr || b == nullptr) return Operand();
  const auto answer = [](bool truth) { return Operand(model::Value(truth)); };
  const auto refuse = [&](const std::string& what) {
    return fail(offset, "template.type", what + place_note(left) + place_note(right));
  };
  const std::string kinds = std::string(a->kind()) + "和" + std::string(b->kind());
  if (comparison == Comparison::Equal) return answer(*a == *b);
  if (comparison == Comparison::NotEqual) return answer(!(*a == *b));
  if (comparison == Comparison::In || comparison == Comparison::NotIn) {
    const auto held = contains(*b, *a);
    if (!held) return refuse(std::string(b->kind()) + "里不能查找" + std::string(a->kind()));
    return answer(*held == (comparison == Comparison::In));
  }
  const auto order = compare(*a, *b);
  if (!order) return refuse(kinds + "不能比较大小");
  switch (comparison) {
    case Comparison::Less:
      return answer(*order < 0);
    case Comparison::LessEqual:
      return answer(*order <= 0);
    case Comparison::Greater:
      return answer(*order > 0);
    default:
      return answer(*order >= 0);
  }
}

Operand Runtime::join_texts(const Operand& left, const Operand& right, std::size_t offset) {
  const bool markdown = left.is_markdown() || right.is_markdown();
  const auto part = [&](const Operand& operand) {
    return markdown ? markdown_of(operand, offset) : text_of(operand, offset);
  };
  auto a = part(left);
  const auto b = part(right);
  if (!a || !b) return Operand();
  return text_result(std::move(*a) + *b, offset, markdown);
}

Operand Runtime::add(const Operand& left, const Operand& right, std::size_t offset) {
  const model::Value& a = *left.value();
  const model::Value& b = *right.value();
  if (a.text() != nullptr && b.text() != nullptr) return join_texts(left, right, offset);
  if (a.list() != nullptr && b.list() != nullptr) {
    model::Value::List list = *a.list();
    list.insert(list.end(), b.list()->begin(), b.list()->end());
    return list_result(std::move(list), offset);
  }
  return Operand();
}

Operand Runtime::multiply(const Operand& left, const Operand& right, std::size_t offset) {
  const bool text_first = left.value()->text() != nullptr;
  const Operand& text_operand = text_first ? left : right;
  const std::string* text = text_operand.value()->text();
  const Decimal* times = (text_first ? right : left).value()->number();
  if (text == nullptr || times == nullptr || !times->to_int64()) return Operand();
  const std::int64_t count = std::max<std::int64_t>(0, *times->to_int64());
  if (!text->empty() && count > static_cast<std::int64_t>(kMaxExpandedBytes / text->size())) {
    return exceed(offset, "文字超过 8 MB");
  }
  std::string repeated;
  for (std::int64_t i = 0; i < count && !text->empty(); ++i)
    repeated += *text;
  return text_result(std::move(repeated), offset, text_operand.is_markdown());
}

namespace {

std::string_view sign_of(Arithmetic operation) {
  constexpr std::string_view kSigns[] = {"+", "-", "~", "*", "/", "//", "%", "**"};
  return kSigns[static_cast<std::size_t>(operation)];
}

/// a - b * floor(a / b), whose sign is that of b, as in Python.
std::optional<Decimal> modulo(const Decimal& a, const Decimal& b) {
  const auto quotient = floor_divide(a, b);
  const auto product = quotient ? huice::multiply(*quotient, b) : std::nullopt;
  return product ? subtract(a, *product) : std::nullopt;
}

std::optional<Decimal> numeric(Arithmetic operation, const Decimal& a, const Decimal& b) {
  switch (operation) {
    case Arithmetic::Add:
      return huice::add(a, b);
    case Arithmetic::Subtract:
      return subtract(a, b);
    case Arithmetic::Multiply:
      return huice::multiply(a, b);
    case Arithmetic::Divide:
      return divide(a, b);
    case Arithmetic::FloorDivide:
      return floor_divide(a, b);
    case Arithmetic::Modulo:
      return modulo(a, b);
    case Arithmetic::Power:
      return b.to_int64() ? power(a, *b.to_int64()) : std::nullopt;
    case Arithmetic::Join:
      break;
  }
  return std::nullopt;
}

}  // namespace

Operand Runtime::calculate(Arithmetic operation, const Operand& left, const Operand& right,
                           std::size_t offset) {
  const model::Value* a = value_of(left, offset);
  const model::Value* b = value_of(right, offset);
  if (a == nullptr || b == nullptr) return Operand();
  const std::string sign(sign_of(operation));
  if (a->number() != nullptr && b->number() != nullptr) {
    if (const auto number = numeric(operation, *a->number(), *b->number())) {
      return Operand(model::Value(*number));
    }
    const bool zero = b->number()->is_zero() && operation != Arithmetic::Power;
    return fail(offset, "template.arithmetic",
                zero ? "除数是 0" + place_note(right) : "“" + sign + "”算不出结果",
                zero ? "先用 {% if %} 判断除数不是 0" : "");
  }
  const std::size_t before = findings_.size();
  Operand other;
  if (operation == Arithmetic::Add) other = add(left, right, offset);
  if (operation == Arithmetic::Multiply) other = multiply(left, right, offset);
  if (!other.is_poison() || stopped_ || findings_.size() != before) return other;
  const bool joins = operation == Arithmetic::Add && (a->text() != nullptr || b->text() != nullptr);
  return fail(offset, "template.type",
              std::string(a->kind()) + "和" + std::string(b->kind()) + "之间不能用“" + sign + "”" +
                  place_note(left) + place_note(right),
              joins ? "连接文字用 ~" : "");
}

Operand Runtime::of(const syntax::Binary& form, std::size_t offset) {
  const Operand left = used(evaluate(*form.left));
  const Operand right = used(evaluate(*form.right));
  if (left.is_poison() || right.is_poison()) return Operand();
  if (form.operation == Arithmetic::Join) return join_texts(left, right, offset);
  return calculate(form.operation, left, right, offset);
}

}  // namespace huice::compose
