#include "app/typesetting.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/files.h"
#include "compose/compose.h"
#include "compose/schema.h"
#include "layout/official.h"
#include "notation/json.h"
#include "notation/yaml.h"
#include "text/suggest.h"

namespace huice::app {
namespace fs = std::filesystem;
namespace {

std::vector<std::string> template_names(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".md") names.push_back(entry.path().stem().string());
  }
  std::ranges::sort(names);
  return names;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names)
    text += (text.empty() ? "" : "、") + name;
  return text;
}

}  // namespace

void append_pages(layout::Pages& all, layout::Pages part, const std::string& title) {
  all.fonts = part.fonts;
  const int offset = static_cast<int>(all.pages.size());
  all.bookmarks.push_back({title, 1, offset, Length()});
  for (auto& bookmark : part.bookmarks) {
    bookmark.page += offset;
    ++bookmark.level;
    all.bookmarks.push_back(std::move(bookmark));
  }
  std::ranges::move(part.pages, std::back_inserter(all.pages));
  std::ranges::move(part.substitutions, std::back_inserter(all.substitutions));
}

Result<layout::FontSet> open_fonts(const World& world, const std::optional<fs::path>& config) {
  const fs::path file = config.value_or(world.home / "templates/fonts.yaml");
  HUICE_TRY(const auto values, notation::read_yaml_file(file.string()));
  HUICE_TRY(const auto roles,
            layout::font_config_from(values, fs::absolute(file).parent_path().string()));
  return layout::FontSet::open(roles);
}

Result<fs::path> find_template(const World& world, const std::string& name) {
  std::error_code error;
  if (fs::is_regular_file(name, error)) return fs::path(name);
  const fs::path folder = world.home / "templates";
  const fs::path named = folder / (name + ".md");
  const bool plain = fs::path(name).filename() == name;
  if (plain && fs::is_regular_file(named, error)) return named;
  const auto names = template_names(folder);
  const auto nearest = text::closest(name, names);
  return Error{.code = ErrorCode::NotFound,
               .id = "template.not-found",
               .message = "没有名为“" + name + "”的模板" +
                          (nearest ? "，是否想写“" + std::string(*nearest) + "”？" : ""),
               .where = {.file = name},
               .hint = "现有模板：" + joined(names) + "；也可以写模板文件的路径"};
}

Result<model::Value> read_values(const fs::path& file) {
  if (file.extension() != ".json") return notation::read_yaml_file(file.string());
  HUICE_TRY(const std::string bytes, read_file(file));
  return notation::read_json(bytes, file.string());
}

Result<PreparedTemplate> PreparedTemplate::load(const fs::path& template_file) {
  HUICE_TRY(auto file, compose::load_template_file(template_file.string()));
  PreparedTemplate prepared(std::move(file), fs::absolute(template_file).parent_path());
  const fs::path schema_file = fs::path(template_file).replace_extension(".schema.yaml");
  std::error_code error;
  if (fs::exists(schema_file, error)) {
    HUICE_TRY(prepared.schema_, compose::load_schema(schema_file.string()));
  }
  return prepared;
}

Result<model::Document> PreparedTemplate::compose(const compose::Content& content,
                                                  compose::MarkdownMemory* memory) const {
  if (schema_) {
    if (auto findings = compose::check_data(*schema_, content.data); !findings.empty()) {
      return as_error(std::move(findings));
    }
  }
  return compose::compose(file_, content, partials_, memory);
}

Result<model::Document> compose_document(const fs::path& template_file,
                                         const compose::Content& content) {
  HUICE_TRY(const auto prepared, PreparedTemplate::load(template_file));
  return prepared.compose(content);
}

Status PageStack::add(const model::Document& document) {
  HUICE_TRY(auto images, pictures_.of(document));
  const layout::LayoutOptions options{.first_page = static_cast<int>(pages_.pages.size()) + 1,
                                      .images = std::move(images)};
  HUICE_TRY(auto pages, layout::lay_out(document, fonts_, options));
  append_pages(pages_, std::move(pages), document.title);
  return Unit{};
}

}  // namespace huice::app
