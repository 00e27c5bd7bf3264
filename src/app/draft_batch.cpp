#include "app/draft_batch.h"

#include <memory>
#include <utility>

#include "app/draft.h"
#include "app/glyph_places.h"
#include "app/typesetting.h"
#include "layout/official.h"

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
    HUICE_TRY(model::Value data, drawing_.items.read(item));
    const auto content = with_shared(std::move(data), drawing_.shared);
    HUICE_TRY(const auto document, drawing_.prepared.compose(content));
    HUICE_TRY(auto images, pictures_.of(document));
    auto pages = layout::lay_out(document, drawing_.fonts,
                                 {.images = std::move(images), .memory = &memory_});
    if (!pages) {
      std::vector<fs::path> files = {drawing_.template_file};
      if (drawing_.request.data) files.insert(files.begin(), *drawing_.request.data);
      return with_glyph_places(std::move(pages).error(), files);
    }
    return LaidOut{std::move(pages).value(), document.title, author_of(document)};
  }

 private:
  const Drawing& drawing_;
  PictureFiles pictures_;
  layout::TypeMemory memory_{drawing_.fonts};
};

}  // namespace

Result<ExportReport> draft_each(const World& world, const BatchRequest& request,
                                const ExportControl& control) {
  HUICE_TRY(auto template_file, find_template(world, request.template_name));
  HUICE_TRY(auto prepared, PreparedTemplate::load(template_file));
  HUICE_TRY(auto items, read_batch_items(request.each));
  HUICE_TRY(auto fonts, open_fonts(world, request.fonts));
  Drawing drawing{.request = request,
                  .template_file = std::move(template_file),
                  .prepared = std::move(prepared),
                  .items = std::move(items),
                  .fonts = std::move(fonts),
                  .shared = {}};
  model::Value shared(model::Value::Record{});
  if (request.data) {
    HUICE_TRY(shared, read_values(*request.data));
  }
  HUICE_TRY(drawing.shared, content_with_campaign(std::move(shared), request.campaign));
  const ExportOrder order{.out = request.out,
                          .form = form_of(request.out, request.merge),
                          .names = drawing.items.names,
                          .inputs = drawing.fingerprint(world)};
  return export_pdfs(
      order, drawing.fonts, request.pdf, [&] { return std::make_unique<Drawer>(drawing); },
      control);
}

}  // namespace huice::app
