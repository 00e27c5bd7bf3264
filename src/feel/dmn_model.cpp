// The parts of a model out of XML: types, inputs, decisions, knowledge, services and imports.
#include "feel/dmn_model.h"

#include <algorithm>

#include "feel/dmn.h"
#include "feel/dmn_reader.h"
#include "feel/lexer.h"

namespace huice::feel::dmn {
namespace {

constexpr std::size_t kMaxImportDepth = 16;

Reference reference(const XmlElement* element) {
  if (element == nullptr) return {};
  const std::string_view href = element->attribute("href");
  const auto hash = href.find('#');
  if (hash == std::string_view::npos) return {{}, std::string(href)};
  return {std::string(href.substr(0, hash)), std::string(href.substr(hash + 1))};
}

/// One model being read.
class ModelReader {
 public:
  explicit ModelReader(const XmlElement& root)
      : root_(root), content_(std::make_shared<ModelContent>()), boxed_(*content_) {}

  ModelContent& content() { return *content_; }

  std::shared_ptr<const ModelContent> read() {
    read_types();
    for (const XmlElement& each : root_.children)
      note_words(each);
    for (const XmlElement& each : root_.children)
      read_element(each);
    std::size_t at = 0;
    for (const XmlElement& each : root_.children) {
      if (kind_of(each)) read_logic(each, content_->elements[at++]);
    }
    return content_;
  }

 private:
  static std::optional<ElementKind> kind_of(const XmlElement& each) {
    if (each.name == "inputData") return ElementKind::Input;
    if (each.name == "decision") return ElementKind::Decision;
    if (each.name == "businessKnowledgeModel") return ElementKind::Knowledge;
    if (each.name == "decisionService") return ElementKind::Service;
    return std::nullopt;
  }

  void read_types() {
    for (const XmlElement* each : root_.all("itemDefinition")) {
      boxed_.note_type(std::string(each->attribute("name")));
      content_->items.push_back({.name = std::string(each->attribute("name"))});
    }
    // Names first: definitions may refer to later ones.
    std::size_t at = 0;
    for (const XmlElement* each : root_.all("itemDefinition"))
      content_->items[at++] = item(*each, 0);
    for (ItemDefinition& each : content_->items)
      read_allowed(each);
  }

  ItemDefinition item(const XmlElement& element, int depth) {
    ItemDefinition made;
    made.name = element.attribute("name");
    made.is_collection = element.attribute("isCollection") == "true";
    made.base = boxed_.type(element.text_of("typeRef"));
    if (const XmlElement* allowed = element.child("allowedValues")) {
      made.allowed = allowed->text_of("text");
      made.line = allowed->line;
      made.column = allowed->column;
    }
    if (const XmlElement* function = element.child("functionItem")) {
      made.base = TypeRef{TypeRef::Form::Function, {}, {}, {}};
      for (const XmlElement* parameter : function->all("parameters"))
        made.base.arguments.push_back(boxed_.type(parameter->attribute("typeRef")));
      made.base.arguments.push_back(boxed_.type(function->attribute("outputTypeRef")));
      made.is_function = true;
    }
    for (const XmlElement* part : element.all("itemComponent")) {
      if (depth < 30) made.components.push_back(item(*part, depth + 1));
      boxed_.note_field(std::string(part->attribute("name")));
    }
    return made;
  }

  void read_allowed(ItemDefinition& each) {
    if (each.allowed.empty()) return;
    auto tests = Expression::parse_unary_tests(
        each.allowed, boxed_.base(),
        {.file = content_->file, .line = each.line, .column = each.column, .part = {}});
    if (tests) {
      each.allowed_tests = std::move(tests).value();
    } else {
      content_->findings.push_back(tests.error());
    }
  }

  /// Fields of values whose type nobody declares are found by the words used in the model.
  void note_words(const XmlElement& each) {
    const bool names_fields = each.name == "variable" || each.name == "column" ||
                              each.name == "output" || each.name == "decision";
    if (names_fields && !is_plain_name(each.attribute("name")) && !each.attribute("name").empty()) {
      boxed_.note_field(std::string(each.attribute("name")));
    }
    for (const XmlElement& child : each.children)
      note_words(child);
  }

  void read_element(const XmlElement& each) {
    const auto kind = kind_of(each);
    if (!kind) return;
    Element made;
    made.kind = *kind;
    made.id = each.attribute("id");
    made.name = each.attribute("name");
    if (const XmlElement* variable = each.child("variable")) {
      made.type = boxed_.type(variable->attribute("typeRef"));
    }
    for (const std::string_view requirement : {"informationRequirement", "knowledgeRequirement"}) {
      for (const XmlElement* wanted : each.all(requirement)) {
        for (const XmlElement& target : wanted->children) {
          if (target.name.starts_with("required")) made.requirements.push_back(reference(&target));
        }
      }
    }
    const auto references = [&](std::string_view name, std::vector<Reference>& into) {
      for (const XmlElement* target : each.all(name))
        into.push_back(reference(target));
    };
    references("outputDecision", made.output_decisions);
    references("inputDecision", made.input_decisions);
    references("inputData", made.input_data);
    content_->elements.push_back(std::move(made));
  }

  void add(Names& names, const Target& target) {
    const auto fields =
        target.element->kind == ElementKind::Input || target.element->kind == ElementKind::Decision
            ? target.model->fields(target.element->type)
            : nullptr;
    if (fields) {
      names.add(target.element->name, *fields);
    } else {
      names.add(target.element->name);
    }
  }

  /// The names the logic of an element may use: what it requires.
  Names scope_of(const Element& element) {
    Names names = boxed_.base();
    std::vector<std::pair<const Import*, Names>> imported;
    for (const Reference& wanted : element.requirements) {
      const auto target = content_->resolve(wanted);
      if (!target) continue;
      if (target->through == nullptr || target->through->name.empty()) {
        add(names, *target);
        continue;
      }
      auto at =
          std::ranges::find(imported, target->through, [](const auto& pair) { return pair.first; });
      if (at == imported.end()) {
        imported.emplace_back(target->through, Names());
        at = imported.end() - 1;
      }
      add(at->second, *target);
    }
    for (auto& [import, fields] : imported)
      names.add(import->name, std::move(fields));
    if (element.kind == ElementKind::Knowledge) names.add(element.name);
    return names;
  }

  void read_logic(const XmlElement& each, Element& element) {
    const Names scope = scope_of(element);
    if (element.kind == ElementKind::Decision) {
      element.logic = boxed_.expression_in(each, scope);
    } else if (element.kind == ElementKind::Knowledge) {
      const XmlElement* logic = each.child("encapsulatedLogic");
      if (logic != nullptr) element.logic = boxed_.function(*logic, scope);
    }
  }

  const XmlElement& root_;
  std::shared_ptr<ModelContent> content_;
  BoxedReader boxed_;
};

Error not_a_model(const std::string& file) {
  return {.code = ErrorCode::InvalidInput,
          .id = "dmn.not-a-model",
          .message = "文件不是 DMN 1.2 至 1.5 的模型",
          .where = {.file = file},
          .hint = "用 DMN 编辑器导出 .dmn 文件"};
}

Error missing_import(const std::string& file, const XmlElement& import) {
  return {.code = ErrorCode::InvalidInput,
          .id = "dmn.import",
          .message = "找不到被引入的模型“" + std::string(import.attribute("namespace")) + "”",
          .where = {.file = file, .line = import.line, .column = import.column, .part = {}},
          .hint = "把被引入的 .dmn 文件放在同一文件夹"};
}

}  // namespace

Result<std::shared_ptr<const ModelContent>> read_model(std::string_view bytes,
                                                       const std::string& file,
                                                       const std::vector<Source>& others,
                                                       std::vector<std::string> importing) {
  HUICE_TRY(const XmlElement root, read_xml(bytes, file));
  if (root.name != "definitions") return not_a_model(file);
  ModelReader reader(root);
  ModelContent& content = reader.content();
  content.file = file;
  content.name = root.attribute("name");
  content.space = root.attribute("namespace");
  importing.push_back(content.space);
  for (const XmlElement* import : root.all("import")) {
    const std::string space(import->attribute("namespace"));
    const bool is_dmn = import->attribute("importType").find("/DMN/") != std::string_view::npos;
    if (!is_dmn) continue;
    const bool circular = std::ranges::find(importing, space) != importing.end();
    if (circular || importing.size() > kMaxImportDepth) return missing_import(file, *import);
    Import made{std::string(import->attribute("name")), space, nullptr};
    for (const Source& other : others) {
      if (made.model || other.bytes.find(space) == std::string::npos) continue;
      auto candidate = read_model(other.bytes, other.file, others, importing);
      if (candidate && candidate.value()->space == space) made.model = candidate.value();
    }
    if (!made.model) return missing_import(file, *import);
    content.imports.push_back(std::move(made));
  }
  return reader.read();
}

}  // namespace huice::feel::dmn
