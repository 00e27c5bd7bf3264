#include "compose/schema.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/files.h"
#include "compose/partials.h"
#include "notation/yaml.h"
#include "text/dates.h"
#include "text/suggest.h"

namespace huice::compose {
namespace {

constexpr int kMaxShapeDepth = 32;
/// Schemas that build on one another.
constexpr int kMaxInheritance = 8;

Error inherits_too_deep(const std::string& path) {
  return {.code = ErrorCode::InvalidInput,
          .id = "schema.format",
          .message = "“沿用”一层套一层，超过 " + std::to_string(kMaxInheritance) + " 层",
          .where = {.file = path, .line = 1, .column = 1, .part = {}},
          .hint = "检查是不是互相沿用了"};
}

struct TypeName {
  std::string_view name;
  Shape::Type type;
};
constexpr std::array<TypeName, 7> kTypes = {{{"文本", Shape::Type::Text},
                                             {"数字", Shape::Type::Number},
                                             {"日期", Shape::Type::Day},
                                             {"是否", Shape::Type::Truth},
                                             {"列表", Shape::Type::List},
                                             {"记录", Shape::Type::Record},
                                             {"任意", Shape::Type::Any}}};

std::string_view name_of(Shape::Type type) {
  return std::ranges::find(kTypes, type, &TypeName::type)->name;
}

class SchemaReader {
 public:
  Schema read(const model::Value& value) {
    Schema schema;
    schema.root.type = Shape::Type::Record;
    schema.root.required = true;
    if (!is_record(value, "数据规格")) return schema;
    only(value, {"说明", "字段", "其他字段", "沿用"});
    schema.description = text(value, "说明");
    schema.base = text(value, "沿用");
    schema.root.open = open(value);
    read_fields(value, schema.root, 0);
    return schema;
  }

  Findings findings;

 private:
  void report(const model::Value& at, std::string message, std::string hint = {}) {
    findings.push_back(Error{.code = ErrorCode::InvalidInput,
                             .id = "schema.format",
                             .message = std::move(message),
                             .where = at.where(),
                             .hint = std::move(hint)});
  }

  bool is_record(const model::Value& value, const std::string& what) {
    if (value.record() != nullptr) return true;
    report(value, what + "应当是记录，实为" + std::string(value.kind()));
    return false;
  }

  void only(const model::Value& record, const std::vector<std::string>& names) {
    for (const auto& [name, value] : *record.record()) {
      if (std::ranges::find(names, name) != names.end()) continue;
      const auto near = text::closest(name, names);
      report(value, "数据规格里没有“" + name + "”这一项",
             near ? "是不是想写“" + std::string(*near) + "”？" : "");
    }
  }

  std::string text(const model::Value& record, std::string_view name) {
    const model::Value* value = record.find(name);
    if (value == nullptr) return {};
    if (value->text() != nullptr) return *value->text();
    report(*value, "“" + std::string(name) + "”应当是文本");
    return {};
  }

  bool truth(const model::Value& record, std::string_view name) {
    const model::Value* value = record.find(name);
    if (value == nullptr) return false;
    if (value->truth() != nullptr) return *value->truth();
    if (value->text() != nullptr && (*value->text() == "是" || *value->text() == "否")) {
      return *value->text() == "是";
    }
    report(*value, "“" + std::string(name) + "”应当写 是 或 否");
    return false;
  }

  bool open(const model::Value& record) {
    const std::string others = text(record, "其他字段");
    if (others.empty() || others == "不允许") return false;
    if (others != "允许") {
      report(*record.find("其他字段"), "“其他字段”应当写 允许 或 不允许");
    }
    return true;
  }

  void read_fields(const model::Value& value, Shape& shape, int depth) {
    const model::Value* fields = value.find("字段");
    if (fields == nullptr) return;
    if (!is_record(*fields, "字段")) return;
    for (const auto& [name, field] : *fields->record()) {
      shape.fields.push_back(read_shape(field, depth + 1));
      shape.fields.back().name = name;
    }
  }

  Shape read_shape(const model::Value& value, int depth) {
    Shape shape;
    if (depth > kMaxShapeDepth) {
      report(value, "数据规格嵌套太深");
      return shape;
    }
    if (!is_record(value, "字段的规格")) return shape;
    only(value, {"类型", "必填", "说明", "取值", "项", "字段", "其他字段"});
    shape.type = read_type(value);
    shape.required = truth(value, "必填");
    shape.description = text(value, "说明");
    shape.open =
        open(value) || (shape.type == Shape::Type::Record && value.find("字段") == nullptr);
    read_choices(value, shape);
    read_fields(value, shape, depth);
    if (const model::Value* item = value.find("项")) {
      shape.item.push_back(read_shape(*item, depth + 1));
    }
    return shape;
  }

  Shape::Type read_type(const model::Value& value) {
    const std::string name = text(value, "类型");
    const auto known = std::ranges::find(kTypes, name, &TypeName::name);
    if (known != kTypes.end()) return known->type;
    report(value, name.empty() ? "字段没有写类型" : "没有“" + name + "”这种类型",
           "可用的类型：文本、数字、日期、是否、列表、记录、任意");
    return Shape::Type::Any;
  }

  void read_choices(const model::Value& value, Shape& shape) {
    const model::Value* choices = value.find("取值");
    if (choices == nullptr) return;
    if (choices->list() == nullptr) return report(*choices, "“取值”应当是列表");
    for (const model::Value& each : *choices->list()) {
      if (each.text() == nullptr) {
        report(each, "“取值”里只能有文本");
      } else {
        shape.choices.push_back(*each.text());
      }
    }
  }
};

class DataChecker {
 public:
  void check(const Shape& shape, const model::Value& value, const std::string& path) {
    if (value.is_null() || findings.size() >= kMaxDataFindings) return;
    if (!matches(shape.type, value)) {
      const std::string wanted(name_of(shape.type));
      return report(
          value, path, "data.type",
          subject(path) + "应当是" + wanted + "，实为" + std::string(value.kind()),
          shape.type == Shape::Type::Day ? "写成 2026-05-07 或 2026年5月7日" : shape.description);
    }
    if (!shape.choices.empty()) check_choice(shape, value, path);
    if (shape.type == Shape::Type::Record) check_record(shape, value, path);
    if (shape.type == Shape::Type::List && !shape.item.empty()) {
      const auto& list = *value.list();
      for (std::size_t i = 0; i < list.size(); ++i)
        check_item(shape.item.front(), value, list[i], path + "[" + std::to_string(i) + "]");
    }
  }

  Findings findings;

 private:
  static constexpr std::size_t kMaxDataFindings = 100;

  static std::string subject(const std::string& path) {
    return path.empty() ? "数据" : "“" + path + "”";
  }

  void report(const model::Value& at, const std::string& path, std::string id, std::string message,
              std::string hint) {
    SourceSpan where = at.where();
    where.part = path;
    findings.push_back(Error{.code = ErrorCode::InvalidInput,
                             .id = std::move(id),
                             .message = std::move(message),
                             .where = std::move(where),
                             .hint = std::move(hint)});
  }

  static bool matches(Shape::Type type, const model::Value& value) {
    switch (type) {
      case Shape::Type::Text:
        return value.text() != nullptr;
      case Shape::Type::Number:
        return value.number() != nullptr;
      case Shape::Type::Day:
        return value.day() != nullptr ||
               (value.text() != nullptr && text::parse_people_date(*value.text()).has_value());
      case Shape::Type::Truth:
        return value.truth() != nullptr;
      case Shape::Type::List:
        return value.list() != nullptr;
      case Shape::Type::Record:
        return value.record() != nullptr;
      case Shape::Type::Any:
        break;
    }
    return true;
  }

  void check_choice(const Shape& shape, const model::Value& value, const std::string& path) {
    const auto text = value.text();
    if (text != nullptr && std::ranges::find(shape.choices, *text) != shape.choices.end()) return;
    std::string choices;
    for (const std::string& each : shape.choices)
      choices += (choices.empty() ? "" : "、") + each;
    report(value, path, "data.choice",
           subject(path) + "不能是“" + (text == nullptr ? std::string(value.kind()) : *text) + "”",
           "可以写：" + choices);
  }

  void check_item(const Shape& shape, const model::Value& list, const model::Value& item,
                  const std::string& path) {
    if (item.is_null() && shape.required) {
      return report(item.where().line > 0 ? item : list, path, "data.missing",
                    "缺少" + subject(path), shape.description);
    }
    check(shape, item, path);
  }

  void check_record(const Shape& shape, const model::Value& value, const std::string& path) {
    const std::string prefix = path.empty() ? "" : path + ".";
    std::vector<std::string> names;
    for (const Shape& field_shape : shape.fields) {
      const std::string& name = field_shape.name;
      names.push_back(name);
      const model::Value* field = value.find(name);
      if (field != nullptr && !field->is_null()) {
        check(field_shape, *field, prefix + name);
      } else if (field_shape.required) {
        report(field == nullptr ? value : *field, prefix + name, "data.missing",
               "缺少" + subject(prefix + name), field_shape.description);
      }
    }
    if (shape.open) return;
    for (const auto& [name, field] : *value.record()) {
      if (std::ranges::find(names, name) != names.end()) continue;
      const auto near = text::closest(name, names);
      report(field, prefix + name, "data.unknown-field", "模板用不到" + subject(prefix + name),
             near ? "是不是想写“" + std::string(*near) + "”？" : "删去它，或者检查名称是否写错");
    }
  }
};

}  // namespace

Result<Schema> parse_schema(std::string_view utf8, std::string_view file) {
  HUICE_TRY(const model::Value value, notation::read_yaml(utf8, file));
  SchemaReader reader;
  Schema schema = reader.read(value);
  if (!reader.findings.empty()) return as_error(std::move(reader.findings));
  return schema;
}

Result<Schema> load_schema(const std::string& path) {
  HUICE_TRY(const std::string text, read_file(path));
  HUICE_TRY(Schema schema, parse_schema(text, path));
  const FolderPartials folder(std::filesystem::absolute(path).parent_path());
  std::string next = schema.base;
  for (int depth = 0; !next.empty(); ++depth) {
    if (depth >= kMaxInheritance) return inherits_too_deep(path);
    HUICE_TRY(const std::string base_text, folder.read(next));
    HUICE_TRY(Schema base, parse_schema(base_text, next));
    for (auto& field : base.root.fields) {
      const auto own = std::ranges::find(schema.root.fields, field.name, &Shape::name);
      if (own == schema.root.fields.end()) schema.root.fields.push_back(std::move(field));
    }
    schema.root.open = schema.root.open || base.root.open;
    next = base.base;
  }
  return schema;
}

Findings check_data(const Schema& schema, const model::Value& data) {
  DataChecker checker;
  if (data.is_null()) {
    checker.check(schema.root, model::Value(model::Value::Record{}), "");
  } else {
    checker.check(schema.root, data, "");
  }
  return std::move(checker.findings);
}

}  // namespace huice::compose
