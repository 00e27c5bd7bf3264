#include "app/online_draft.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <utility>

#include "app/draft.h"
#include "app/draft_tables.h"
#include "app/pictures.h"
#include "app/typesetting.h"
#include "compose/schema.h"
#include "layout/official.h"
#include "measure/report.h"
#include "render/pdf/encryption.h"
#include "render/pdf/page_reader.h"
#include "render/pdf/pdf_writer.h"

namespace huice::app {
namespace fs = std::filesystem;
namespace {

bool is_name(const std::string& name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
}

Result<fs::path> file_of(const World& world, const std::string& name) {
  const fs::path file = world.home / "templates" / (name + ".md");
  std::error_code error;
  if (is_name(name) && fs::is_regular_file(file, error)) return file;
  return Error{.code = ErrorCode::NotFound,
               .id = "template.not-found",
               .message = "没有名为“" + name + "”的模板",
               .hint = "从模板列表里选"};
}

/// Pictures come from the templates' folder alone: data must not name other files of the server.
Status check_pictures(const World& world, const model::Document& document) {
  const std::string folder = fs::weakly_canonical(world.home / "templates").string() + "/";
  for (const model::Stamp& stamp : document.signature.stamps) {
    if (stamp.image.empty()) continue;
    const fs::path named = fs::path(stamp.where.file).parent_path() / stamp.image;
    std::error_code error;
    if (fs::weakly_canonical(named, error).string().starts_with(folder)) continue;
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "draft.picture",
                 .message = "数据里不能写图片文件“" + stamp.image + "”",
                 .where = {.part = "印章图"},
                 .hint = "印章图放在模板目录，由模板写出；或留空，打印后盖章"};
  }
  return Unit{};
}

std::string type_name(compose::Shape::Type type) {
  static constexpr std::array kNames = {"文本", "数字", "日期", "是否", "列表", "记录", "任意"};
  return kNames.at(static_cast<std::size_t>(type));
}

/// A shape as a schema file says it, with what it takes over from others.
model::Value shape_value(const compose::Shape& shape) {
  model::Value::Record record = {{"类型", type_name(shape.type)}, {"必填", shape.required}};
  if (!shape.description.empty()) record.emplace_back("说明", shape.description);
  if (!shape.choices.empty()) {
    model::Value::List choices(shape.choices.begin(), shape.choices.end());
    record.emplace_back("取值", model::Value(std::move(choices)));
  }
  if (!shape.item.empty()) record.emplace_back("项", shape_value(shape.item.front()));
  if (!shape.fields.empty()) {
    model::Value::Record fields;
    for (const compose::Shape& field : shape.fields)
      fields.emplace_back(field.name, shape_value(field));
    record.emplace_back("字段", model::Value(std::move(fields)));
  }
  return model::Value(std::move(record));
}

/// The schema beside a template; nullopt where there is none.
Result<std::optional<compose::Schema>> schema_of(const fs::path& file) {
  const fs::path schema_file = fs::path(file).replace_extension(".schema.yaml");
  std::error_code error;
  if (!fs::is_regular_file(schema_file, error)) return std::optional<compose::Schema>();
  HUICE_TRY(auto schema, compose::load_schema(schema_file.string()));
  return std::optional(std::move(schema));
}

model::Value summary_of(const std::string& name, const std::optional<compose::Schema>& schema) {
  const bool told = schema && !schema->description.empty();
  return model::Value::Record{{"name", name}, {"title", told ? schema->description : name}};
}

}  // namespace

Result<model::Document> compose_online(const World& world, const OnlineDraft& draft) {
  HUICE_TRY(const auto file, file_of(world, draft.template_name));
  HUICE_TRY(auto document, compose_document(file, {.data = draft.values, .tables = draft.tables}));
  HUICE_TRY([[maybe_unused]] const Unit sound, check_pictures(world, document));
  return document;
}

Result<std::unique_ptr<OnlineSeries>> OnlineSeries::open(const World& world,
                                                         const layout::FontSet& fonts,
                                                         const std::string& template_name) {
  HUICE_TRY(const auto file, file_of(world, template_name));
  HUICE_TRY(auto prepared, PreparedTemplate::load(file));
  return std::unique_ptr<OnlineSeries>(new OnlineSeries(world, fonts, std::move(prepared)));
}

Result<LaidOut> OnlineSeries::lay_out(const compose::Content& content) {
  HUICE_TRY(const auto document, prepared_.compose(content));
  HUICE_TRY([[maybe_unused]] const Unit sound, check_pictures(world_, document));
  HUICE_TRY(auto images, pictures_.of(document));
  HUICE_TRY(auto pages,
            layout::lay_out(document, fonts_, {.images = std::move(images), .memory = &memory_}));
  return LaidOut{std::move(pages), document.title, author_of(document)};
}

Result<std::string> OnlineSeries::pdf_of(const LaidOut& laid_out) const {
  return render::pdf::write(
      laid_out.pages,
      {.title = laid_out.title, .author = laid_out.author, .created = world_.today});
}

Result<Typeset> OnlineSeries::set(const compose::Content& content) {
  HUICE_TRY(auto laid_out, lay_out(content));
  HUICE_TRY(auto pdf, pdf_of(laid_out));
  return Typeset{std::move(pdf), std::move(laid_out.title),
                 static_cast<int>(laid_out.pages.pages.size())};
}

Result<Typeset> typeset_online(const World& world, const layout::FontSet& fonts,
                               const OnlineDraft& draft) {
  HUICE_TRY(const auto series, OnlineSeries::open(world, fonts, draft.template_name));
  return series->set({.data = draft.values, .tables = draft.tables});
}

Result<model::Value> measure_online(const World& world, const layout::FontSet& fonts,
                                    const OnlineDraft& draft, std::string_view pdf,
                                    const std::string& file) {
  HUICE_TRY(const auto document, compose_online(world, draft));
  HUICE_TRY(auto images, PictureFiles().of(document));
  HUICE_TRY(const auto pages, layout::lay_out(document, fonts, {.images = std::move(images)}));
  HUICE_TRY(const auto seen, render::pdf::read_pages(pdf));
  return measure::to_value(measures_of(document, pages, seen), file);
}

Result<std::string> locked_pdf(std::string_view pdf, const std::string& password) {
  return render::pdf::encrypted(pdf, password);
}

Result<std::string> tables_online(const World& world, const OnlineDraft& draft) {
  HUICE_TRY(const auto document, compose_online(world, draft));
  return tables_xlsx(document, world.today);
}

Result<std::vector<lint::Finding>> lint_online(const World& world, const OnlineDraft& draft,
                                               const lint::Choice& choice) {
  HUICE_TRY(const auto document, compose_online(world, draft));
  return lint::lint(lint::draft_of(document, draft.template_name), choice);
}

Result<model::Value> list_templates(const World& world) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(world.home / "templates", error)) {
    if (entry.path().extension() == ".md") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  model::Value::List items;
  for (const fs::path& file : files) {
    HUICE_TRY(const auto schema, schema_of(file));
    items.push_back(summary_of(file.stem().string(), schema));
  }
  return model::Value(model::Value::Record{{"items", model::Value(std::move(items))}});
}

Result<model::Value> describe_template(const World& world, const std::string& name) {
  HUICE_TRY(const auto file, file_of(world, name));
  HUICE_TRY(const auto schema, schema_of(file));
  model::Value value = summary_of(name, schema);
  auto& record = std::get<model::Value::Record>(value.content());
  record.emplace_back("schema", schema ? shape_value(schema->root) : model::Value());
  const fs::path sample = fs::path(file).replace_extension(".sample.yaml");
  std::error_code error;
  if (!fs::is_regular_file(sample, error)) {
    record.emplace_back("sample", model::Value());
    return value;
  }
  HUICE_TRY(auto values, read_values(sample));
  const auto document = compose_online(world, {.template_name = name, .values = values});
  record.emplace_back("tables", document && !tables_of(document.value()).sheets.empty());
  record.emplace_back("sample", std::move(values));
  return value;
}

Result<std::string> template_title(const World& world, const std::string& name) {
  HUICE_TRY(const auto file, file_of(world, name));
  HUICE_TRY(const auto schema, schema_of(file));
  const model::Value summary = summary_of(name, schema);
  const std::string& title = *summary.find("title")->text();
  return title.substr(0, title.find("（"));
}

}  // namespace huice::app
