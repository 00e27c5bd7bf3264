#include "feel/dmn.h"

#include <algorithm>
#include <map>
#include <set>

#include "feel/dmn_model.h"
#include "feel/function.h"

namespace huice::feel::dmn {
namespace {

/// A service's variable is typed as a function; its last part is what a call gives.
TypeRef result_type(const Target& target) {
  const ItemDefinition* item = target.model->item(target.element->type.name);
  if (item == nullptr || !item->is_function) return {};
  return item->base.arguments.back();
}

/// One evaluation of a model: what was given, what has been found so far.
class Run {
 public:
  Run(const Context& inputs, Evaluator& evaluator) : inputs_(inputs), evaluator_(evaluator) {}

  /// A value for a decision that stands in for its logic.
  void put(const Element& element, Value value) { known_[&element] = std::move(value); }

  Value value_of(const Target& target) {
    if (const auto found = known_.find(target.element); found != known_.end()) {
      return found->second;
    }
    if (!pending_.insert(target.element).second || pending_.size() > kMaxRequirementDepth) {
      return evaluator_.null("dmn.cycle", "“" + target.element->name + "”依赖自身");
    }
    Value value = computed(target);
    pending_.erase(target.element);
    known_[target.element] = value;
    return value;
  }

  /// What the logic of an element sees: the values of what it requires.
  Context scope_of(const ModelContent& model, const Element& element) {
    Context scope;
    for (const Reference& wanted : element.requirements) {
      const auto target = model.resolve(wanted);
      if (!target) continue;
      Value value = value_of(*target);
      if (target->through == nullptr || target->through->name.empty()) {
        scope.put(target->element->name, std::move(value));
        continue;
      }
      const Value* there = scope.find(target->through->name);
      Context imported = there != nullptr && there->context() ? *there->context() : Context();
      imported.put(target->element->name, std::move(value));
      scope.put(target->through->name, std::move(imported));
    }
    return scope;
  }

  Value service_value(const Target& service) {
    const Element& element = *service.element;
    Context outputs;
    for (const Reference& wanted : element.output_decisions) {
      const auto target = service.model->resolve(wanted);
      if (!target) continue;
      Value value = value_of(*target);
      if (element.output_decisions.size() == 1) return value;
      outputs.put(target->element->name, std::move(value));
    }
    return outputs;
  }

 private:
  static constexpr std::size_t kMaxRequirementDepth = 200;

  Value computed(const Target& target) {
    const Element& element = *target.element;
    switch (element.kind) {
      case ElementKind::Input:
        return fitted(given(target), element.type, evaluator_);
      case ElementKind::Knowledge:
        return knowledge(target);
      case ElementKind::Service:
        return service_function(target);
      case ElementKind::Decision:
        break;
    }
    if (!element.logic) return fitted(given(target), element.type, evaluator_);
    const Context locals = scope_of(*target.model, element);
    const Scope scope{nullptr, &locals, nullptr, nullptr};
    return fitted(evaluate_boxed(element.logic, evaluator_, scope), element.type, evaluator_);
  }

  /// An input by its name; one of an imported model also under the name of the import.
  Value given(const Target& target) {
    if (target.through != nullptr) {
      const Value* import = inputs_.find(target.through->name);
      const Context* fields = import == nullptr ? nullptr : import->context();
      const Value* value = fields == nullptr ? nullptr : fields->find(target.element->name);
      if (value != nullptr) return *value;
    }
    const Value* value = inputs_.find(target.element->name);
    if (value != nullptr) return *value;
    return evaluator_.null("feel.missing", "缺少“" + target.element->name + "”");
  }

  Value knowledge(const Target& target) {
    if (!target.element->logic) return {};
    auto locals = std::make_shared<Context>(scope_of(*target.model, *target.element));
    const Scope scope{nullptr, locals.get(), locals, nullptr};
    const Value made = evaluate_boxed(target.element->logic, evaluator_, scope);
    if (made.function() == nullptr) return made;
    return with_self(made, target.element->name);
  }

  /// The function made able to call itself by its name.
  static Value with_self(const Value& made, const std::string& name) {
    auto wrapped = std::make_shared<Function>(*made.function());
    wrapped->self = name;
    return std::shared_ptr<const Function>(std::move(wrapped));
  }

  Value service_function(const Target& target) {
    auto function = std::make_shared<Function>();
    std::vector<Target> parameters;
    const auto add = [&](const std::vector<Reference>& references) {
      for (const Reference& wanted : references) {
        const auto parameter = target.model->resolve(wanted);
        if (!parameter) continue;
        parameters.push_back(*parameter);
        function->parameters.push_back(parameter->element->name);
        function->types.push_back(parameter->element->type);
      }
    };
    add(target.element->input_data);
    add(target.element->input_decisions);
    const TypeRef result = result_type(target);
    function->native = [target, parameters, result](Evaluator& evaluator, const Function&,
                                                    std::span<const Value> values) {
      const Context nothing;
      Run inner(nothing, evaluator);
      for (std::size_t i = 0; i < values.size(); ++i)
        inner.put(*parameters[i].element, values[i]);
      return fitted(inner.service_value(target), result, evaluator);
    };
    return std::shared_ptr<const Function>(std::move(function));
  }

  const Context& inputs_;
  Evaluator& evaluator_;
  std::map<const Element*, Value> known_;
  std::set<const Element*> pending_;
};

Error unknown(std::string id, const std::string& what, std::string_view name, const Names& names,
              const std::string& file) {
  const auto nearest = names.nearest(name);
  return {.code = ErrorCode::NotFound,
          .id = std::move(id),
          .message = "模型中没有名为“" + std::string(name) + "”的" + what,
          .where = {.file = file},
          .hint = nearest ? "是否应为“" + *nearest + "”？" : "核对名称"};
}

}  // namespace

Result<Model> Model::read(std::string_view bytes, const std::string& file,
                          const std::vector<Source>& others) {
  HUICE_TRY(auto content, read_model(bytes, file, others, {}));
  return Model(std::move(content));
}

const std::string& Model::name() const {
  return content_->name;
}

std::optional<DecisionTable> Model::table(std::string_view decision) const {
  const Element* element = content_->find(decision, ElementKind::Decision);
  const bool tabled =
      element != nullptr && element->logic != nullptr && element->logic->kind == BoxedKind::Table;
  return tabled ? element->logic->table : std::nullopt;
}

const Findings& Model::findings() const {
  return content_->findings;
}

namespace {

std::vector<std::string> names_of(const ModelContent& content, ElementKind kind) {
  std::vector<std::string> names;
  for (const Element& element : content.elements) {
    if (element.kind == kind) names.push_back(element.name);
  }
  return names;
}

Names as_names(const ModelContent& content, ElementKind kind) {
  Names names;
  for (std::string& name : names_of(content, kind))
    names.add(std::move(name));
  return names;
}

}  // namespace

std::vector<std::string> Model::decisions() const {
  return names_of(*content_, ElementKind::Decision);
}

std::vector<std::string> Model::services() const {
  return names_of(*content_, ElementKind::Service);
}

std::vector<std::string> Model::inputs() const {
  return names_of(*content_, ElementKind::Input);
}

Result<Value> Model::evaluate_decision(std::string_view name, const Context& inputs,
                                       const Environment& environment, Warnings* warnings) const {
  const Element* element = content_->find(name, ElementKind::Decision);
  if (element == nullptr) {
    return unknown("dmn.unknown-decision", "决策", name, as_names(*content_, ElementKind::Decision),
                   content_->file);
  }
  const ModelTypes types(*content_);
  Environment with_types = environment;
  with_types.types = &types;
  Evaluator evaluator(with_types, warnings);
  Run run(inputs, evaluator);
  return run.value_of({content_.get(), element, nullptr});
}

Result<Value> Model::evaluate_service(std::string_view name, const Context& inputs,
                                      const Environment& environment, Warnings* warnings) const {
  const Element* element = content_->find(name, ElementKind::Service);
  if (element == nullptr) {
    return unknown("dmn.unknown-service", "决策服务", name,
                   as_names(*content_, ElementKind::Service), content_->file);
  }
  const ModelTypes types(*content_);
  Environment with_types = environment;
  with_types.types = &types;
  Evaluator evaluator(with_types, warnings);
  Run run(inputs, evaluator);
  for (const Reference& wanted : element->input_decisions) {
    const auto target = content_->resolve(wanted);
    if (!target) continue;
    const Value* given = inputs.find(target->element->name);
    run.put(*target->element,
            given == nullptr ? Value() : fitted(*given, target->element->type, evaluator));
  }
  const Target service{content_.get(), element, nullptr};
  return fitted(run.service_value(service), result_type(service), evaluator);
}

Result<Value> Model::call_knowledge(std::string_view name, const std::vector<Value>& arguments,
                                    const Environment& environment, Warnings* warnings) const {
  const Element* element = content_->find(name, ElementKind::Knowledge);
  if (element == nullptr) {
    return unknown("dmn.unknown-knowledge", "业务知识", name,
                   as_names(*content_, ElementKind::Knowledge), content_->file);
  }
  const ModelTypes types(*content_);
  Environment with_types = environment;
  with_types.types = &types;
  Evaluator evaluator(with_types, warnings);
  const Context nothing;
  Run run(nothing, evaluator);
  const Value function = run.value_of({content_.get(), element, nullptr});
  return evaluator.call(function, arguments);
}

}  // namespace huice::feel::dmn
