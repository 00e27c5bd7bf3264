// DMN models in XML, versions 1.2 to 1.5: read, checked and evaluated.
//
// Source: OMG DMN 1.5. Not taken: functions of Java or PMML (they give null).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "feel/decision_table.h"
#include "feel/evaluate.h"
#include "feel/value.h"

namespace huice::feel::dmn {

struct ModelContent;

/// A file a model may import.
struct Source {
  std::string bytes;
  std::string file;
};

/// A model with everything it imports. Immutable; copies share the content.
class Model {
 public:
  /// Reads one model. `others` are looked through for the namespaces it imports.
  /// A decision with a faulty expression does not stop the rest: see findings().
  /// Errors: those of XML; InvalidInput `dmn.not-a-model`, `dmn.import` (a namespace is missing).
  static Result<Model> read(std::string_view bytes, const std::string& file,
                            const std::vector<Source>& others = {});

  const std::string& name() const;
  /// Names of decisions, services and inputs, in the order of the file.
  std::vector<std::string> decisions() const;
  std::vector<std::string> services() const;
  std::vector<std::string> inputs() const;
  /// The table of a decision that is one; nullopt for other logic and unknown names.
  std::optional<DecisionTable> table(std::string_view decision) const;
  /// What is wrong with single expressions; decisions that rest on them are null.
  const Findings& findings() const;

  /// The value of a decision. `inputs` holds input data by name; what is not there is null.
  /// Errors: NotFound `dmn.unknown-decision`, with the nearest name as the hint.
  Result<Value> evaluate_decision(std::string_view name, const Context& inputs,
                                  const Environment& environment,
                                  Warnings* warnings = nullptr) const;

  /// The value of a decision service: of its one output decision, or a context of several.
  /// `inputs` holds its input data and input decisions by name.
  /// Errors: NotFound `dmn.unknown-service`.
  Result<Value> evaluate_service(std::string_view name, const Context& inputs,
                                 const Environment& environment,
                                 Warnings* warnings = nullptr) const;

  /// Calls a business knowledge model with positional arguments.
  /// Errors: NotFound `dmn.unknown-knowledge`.
  Result<Value> call_knowledge(std::string_view name, const std::vector<Value>& arguments,
                               const Environment& environment, Warnings* warnings = nullptr) const;

 private:
  explicit Model(std::shared_ptr<const ModelContent> content) : content_(std::move(content)) {}

  std::shared_ptr<const ModelContent> content_;
};

}  // namespace huice::feel::dmn
