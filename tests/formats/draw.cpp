#include "draw.h"

#include <filesystem>
#include <memory>

#include <gtest/gtest.h>

#include "base/files.h"
#include "compose/compose.h"
#include "layout/official.h"
#include "notation/yaml.h"
#include "render/pdf/pdf_writer.h"

namespace huice::formats {

const layout::FontSet& faces() {
  static const layout::FontSet kFaces = [] {
    const std::string folder = HUICE_SOURCE_DIR "/templates";
    const auto values = notation::read_yaml_file(folder + "/fonts.yaml");
    const auto config = layout::font_config_from(values.value(), folder);
    return layout::FontSet::open(config.value()).value();
  }();
  return kFaces;
}

namespace {

const std::string kFolder = HUICE_SOURCE_DIR "/tests/suite/formats/";

layout::LayoutOptions with_pictures(const model::Document& document) {
  layout::LayoutOptions options;
  for (const model::Stamp& stamp : document.signature.stamps) {
    if (stamp.image.empty()) continue;
    auto bytes = read_file(kFolder + stamp.image);
    EXPECT_TRUE(bytes) << stamp.image;
    if (bytes) options.images[stamp.image] = std::make_shared<std::string>(bytes.value());
  }
  return options;
}

}  // namespace

Drawn draw(const std::string& name) {
  const std::string file = kFolder + name + ".md";
  auto source = compose::load_template_file(file);
  EXPECT_TRUE(source) << (source ? "" : source.error().message);
  if (!source) return {};
  auto document = compose::compose(source.value(), {.data = model::Value::Record{}, .tables = {}},
                                   compose::NoPartials());
  EXPECT_TRUE(document) << (document ? "" : document.error().message);
  if (!document) return {};
  auto pages = layout::lay_out(document.value(), faces(), with_pictures(document.value()));
  EXPECT_TRUE(pages) << (pages ? "" : pages.error().message);
  if (!pages) return {};
  auto pdf = render::pdf::write(pages.value(), {document.value().title, "", Date()});
  EXPECT_TRUE(pdf) << (pdf ? "" : pdf.error().message);
  if (!pdf) return {};
  return {std::move(document).value(), std::move(pages).value(), std::move(pdf).value()};
}

}  // namespace huice::formats
