#include "app/draft_batch.h"

#include <map>
#include <memory>
#include <string_view>
#include <utility>

#include "app/draft.h"
#include "app/finished_pages.h"
#include "app/glyph_places.h"
#include "app/typesetting.h"
#include "base/files.h"
#include "layout/official.h"
#include "notation/json.h"

namespace huice::app {
namespace fs = std::filesystem;
namespace {

/// `item` with what `shared` has beside it.
compose::Content with_shared(model::Value item, const compose::Content& shared) {
  auto* record = std::get_if<model::Value::Record>(&item.content());
  if (record != nullptr && shared.data.record() != nullptr) {
    for (const auto& field : *shared.data.record()) {
      if (item.find(field.first) == nullptr) record->push_back(field);
    }
  }
  return {.data = std::move(item), .tables = shared.tables};
}

/// What all items are drawn from; workers share it.
struct Drawing {
  const BatchRequest& request;
  fs::path template_file;
  PreparedTemplate prepared;
  BatchItems items;
  layout::FontSet fonts;
  compose::Content shared;

  std::uint64_t fingerprint(const World& world) const {
    std::vector<fs::path> inputs = {template_file, fs::absolute(template_file).parent_path(),
                                    request.each,
                                    request.fonts.value_or(world.home / "templates/fonts.yaml")};
    if (request.data) inputs.push_back(*request.data);
    if (request.campaign) inputs.push_back(*request.campaign);
    const auto& pdf = request.pdf;
    return fingerprint_of(inputs, pdf.created.to_iso() + (request.merge ? "合" : "分") +
                                      (pdf.colour == render::pdf::Colour::Rgb ? "屏" : "印") +
                                      pdf.password);
  }
};

class Drawer final : public PageMaker {
 public:
  explicit Drawer(const Drawing& drawing) : drawing_(drawing) {}

  Result<LaidOut> make(std::size_t item) override {
    HUICE_TRY(const auto document, compose(item));
    HUICE_TRY(auto pages, lay_out(document));
    return LaidOut{std::move(pages), document.title, author_of(document)};
  }

  Result<model::Document> compose(std::size_t item) {
    HUICE_TRY(model::Value data, drawing_.items.read(item));
    return drawing_.prepared.compose(with_shared(std::move(data), drawing_.shared), &markdown_);
  }

  Result<layout::Pages> lay_out(const model::Document& document) {
    HUICE_TRY(auto images, pictures_.of(document));
    auto pages = layout::lay_out(document, drawing_.fonts,
                                 {.images = std::move(images), .memory = &memory_});
    if (pages) return pages;
    std::vector<fs::path> files = {drawing_.template_file};
    if (drawing_.request.data) files.insert(files.begin(), *drawing_.request.data);
    return with_glyph_places(std::move(pages).error(), files);
  }

 private:
  const Drawing& drawing_;
  PictureFiles pictures_;
  compose::MarkdownMemory markdown_;
  layout::TypeMemory memory_{drawing_.fonts};
};

Result<Drawing> prepare(const World& world, const BatchRequest& request) {
  HUICE_TRY(auto template_file, find_template(world, request.template_name));
  HUICE_TRY(auto prepared, PreparedTemplate::load(template_file));
  HUICE_TRY(auto items, read_batch_items(request.each));
  HUICE_TRY(auto fonts, open_fonts(world, request.fonts));
  model::Value data(model::Value::Record{});
  if (request.data) {
    HUICE_TRY(data, read_values(*request.data));
  }
  HUICE_TRY(auto shared, content_with_campaign(std::move(data), request.campaign));
  return Drawing{.request = request,
                 .template_file = std::move(template_file),
                 .prepared = std::move(prepared),
                 .items = std::move(items),
                 .fonts = std::move(fonts),
                 .shared = std::move(shared)};
}

Error changed_meanwhile(const fs::path& list) {
  return {.code = ErrorCode::Conflict,
          .id = "draft.each",
          .message = "名单在排印时改动了，排好的对不上名单",
          .where = {.file = list.string()},
          .hint = "再运行一次同一命令"};
}

/// A JSON list that grows by an element a line, under a name of its own until it is whole.
class ReportList {
 public:
  static Result<ReportList> open(const fs::path& file) {
    HUICE_TRY(GrowingFile part, GrowingFile::open(fs::path(file) += ".part"));
    HUICE_TRY([[maybe_unused]] const Unit emptied, part.cut(0));
    return ReportList(file, std::move(part));
  }

  Status add(const measure::Report& report, const std::string& name) {
    const std::string before = part_.size() == 0 ? "[\n" : ",\n";
    return part_.append(before + notation::write_json(measure::to_value(report, name)));
  }

  Status finish() {
    HUICE_TRY([[maybe_unused]] const Unit ended,
              part_.append(part_.size() == 0 ? "[]\n" : "\n]\n"));
    return move_file(part_.path(), file_);
  }

 private:
  ReportList(fs::path file, GrowingFile part) : file_(std::move(file)), part_(std::move(part)) {}
  fs::path file_;
  GrowingFile part_;
};

}  // namespace

Result<ExportReport> draft_each(const World& world, const BatchRequest& request,
                                const ExportControl& control) {
  HUICE_TRY(const Drawing drawing, prepare(world, request));
  const ExportOrder order{.out = request.out,
                          .form = form_of(request.out, request.merge),
                          .names = drawing.items.names,
                          .inputs = drawing.fingerprint(world)};
  return export_pdfs(
      order, drawing.fonts, request.pdf, [&] { return std::make_unique<Drawer>(drawing); },
      control);
}

Status measure_each(const World& world, const BatchRequest& request, const ExportReport& drawn,
                    const fs::path& file, const Measured& measured) {
  HUICE_TRY(const Drawing drawing, prepare(world, request));
  HUICE_TRY(
      const auto finished,
      FinishedPages::open(request.out, form_of(request.out, request.merge), request.pdf.password));
  HUICE_TRY(ReportList list, ReportList::open(file));
  std::map<std::string_view, std::size_t> places;
  for (std::size_t i = 0; i < drawing.items.names.size(); ++i)
    places.emplace(drawing.items.names[i], i);
  Drawer drawer(drawing);
  for (const BatchItem& item : drawn.items) {
    if (item.failure) continue;
    const auto place = places.find(item.name);
    if (place == places.end()) return changed_meanwhile(request.each);
    HUICE_TRY(const auto document, drawer.compose(place->second));
    HUICE_TRY(const auto pages, drawer.lay_out(document));
    HUICE_TRY(const auto seen, finished->next(item));
    const auto report = measures_of(document, pages, seen);
    HUICE_TRY([[maybe_unused]] const Unit added, list.add(report, item.name + ".pdf"));
    measured(item.name, report);
  }
  return list.finish();
}

}  // namespace huice::app
