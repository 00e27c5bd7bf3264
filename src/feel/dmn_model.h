// What a DMN model consists of once read. Internal to the module.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "feel/ast.h"
#include "feel/decision_table.h"
#include "feel/evaluator.h"
#include "feel/expression.h"
#include "feel/names.h"

namespace huice::feel::dmn {

struct Boxed;
struct ModelContent;
struct Source;
using BoxedPtr = std::shared_ptr<const Boxed>;

enum class BoxedKind {
  Broken,       ///< could not be read; null
  Literal,      ///< `expression`
  Table,        ///< `table`
  Context,      ///< `names[i]`: children[i]; an empty name is the result
  Invocation,   ///< children[0] called with `names[i]`: children[i + 1]
  Function,     ///< function of `names` with body children[0]
  Relation,     ///< rows of `names.size()` children each
  List,         ///< children
  Conditional,  ///< if children[0] then children[1] else children[2]
  Filter,       ///< children[0] [ children[1] ]
  For,          ///< for names[0] in children[0] return children[1]
  Some,         ///< some names[0] in children[0] satisfies children[1]
  Every         ///< every, likewise
};

/// A boxed expression.
struct Boxed {
  BoxedKind kind = BoxedKind::Broken;
  std::optional<Expression> expression;
  std::optional<DecisionTable> table;
  std::vector<BoxedPtr> children;
  std::vector<std::string> names;
  std::vector<TypeRef> types;  ///< of entries and parameters
  TypeRef type;                ///< of the value
};

/// A type a model defines.
struct ItemDefinition {
  std::string name;
  TypeRef base;  ///< Any when it has components
  bool is_collection = false;
  bool is_function = false;
  std::vector<ItemDefinition> components;
  std::string allowed;  ///< unary tests, as text
  std::optional<Expression> allowed_tests;
  int line = 0;
  int column = 0;
};

struct Reference {
  std::string space;  ///< empty for the model itself
  std::string id;
};

enum class ElementKind { Input, Decision, Knowledge, Service };

/// A node of the decision requirements graph.
struct Element {
  ElementKind kind = ElementKind::Input;
  std::string id;
  std::string name;
  TypeRef type;
  std::vector<Reference> requirements;
  BoxedPtr logic;
  std::vector<Reference> output_decisions;
  std::vector<Reference> input_decisions;
  std::vector<Reference> input_data;
};

struct Import {
  std::string name;
  std::string space;
  std::shared_ptr<const ModelContent> model;
};

/// Where a reference leads: an element, its model, and the import it came through.
struct Target {
  const ModelContent* model = nullptr;
  const Element* element = nullptr;
  const Import* through = nullptr;
};

struct ModelContent {
  std::string file;
  std::string name;
  std::string space;
  std::vector<ItemDefinition> items;
  std::vector<Element> elements;
  std::vector<Import> imports;
  Findings findings;

  const Element* find(std::string_view element_name, ElementKind kind) const;
  std::optional<Target> resolve(const Reference& reference) const;
  /// The definition of a type: `namespace#tType`, or as models write it, through imports and
  /// components, `import.tType` and `tType.part`.
  const ItemDefinition* item(std::string_view type) const;
  /// `namespace#tType` of a type as this model writes it; empty when it is not defined.
  std::string qualified(std::string_view type) const;
  /// What is known of the fields of a type; nullptr when nothing.
  std::shared_ptr<const Names> fields(const TypeRef& type, int depth = 0) const;
};

/// The types of a model, for evaluation.
class ModelTypes : public TypeCatalogue {
 public:
  explicit ModelTypes(const ModelContent& content) : content_(content) {}
  std::optional<bool> conforms(const Value& value, std::string_view type) const override;

 private:
  bool conforms_to(const Value& value, const ItemDefinition& item, int depth) const;
  bool conforms_as(const Value& value, const TypeRef& type, int depth) const;
  const ModelContent& content_;
};

/// The value of a boxed expression; nothing outside `scope` is seen.
Value evaluate_boxed(const BoxedPtr& boxed, Evaluator& evaluator, const Scope& scope);

/// The value fitted to a type, or null with a warning.
Value fitted(const Value& value, const TypeRef& type, Evaluator& evaluator);

/// Reads the XML of one model, without its expressions being in the scope of imports yet.
/// `importing` guards against models that import each other.
Result<std::shared_ptr<const ModelContent>> read_model(std::string_view bytes,
                                                       const std::string& file,
                                                       const std::vector<Source>& others,
                                                       std::vector<std::string> importing);

}  // namespace huice::feel::dmn
