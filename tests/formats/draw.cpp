#include "draw.h"

#include <filesystem>
#include <memory>

#include <gtest/gtest.h>

#include "base/files.h"
#include "campaign/schedule.h"
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

const std::string kRoot = HUICE_SOURCE_DIR "/";

/// Pictures are named from the folder of the document.
layout::LayoutOptions with_pictures(const model::Document& document,
                                    const std::filesystem::path& folder) {
  layout::LayoutOptions options;
  for (const model::Stamp& stamp : document.signature.stamps) {
    if (stamp.image.empty()) continue;
    auto bytes = read_file(folder / stamp.image);
    EXPECT_TRUE(bytes) << stamp.image;
    if (bytes) options.images[stamp.image] = std::make_shared<std::string>(bytes.value());
  }
  return options;
}

Drawn drawn(const std::string& file, const compose::Content& content) {
  auto source = compose::load_template_file(file);
  EXPECT_TRUE(source) << (source ? "" : source.error().message);
  if (!source) return {};
  const auto folder = std::filesystem::path(file).parent_path();
  const compose::FolderPartials partials(folder);
  auto document = compose::compose(source.value(), content, partials);
  EXPECT_TRUE(document) << (document ? "" : document.error().message);
  if (!document) return {};
  auto pages = layout::lay_out(document.value(), faces(), with_pictures(document.value(), folder));
  EXPECT_TRUE(pages) << (pages ? "" : pages.error().message);
  if (!pages) return {};
  auto pdf = render::pdf::write(pages.value(), {document.value().title, "", Date()});
  EXPECT_TRUE(pdf) << (pdf ? "" : pdf.error().message);
  if (!pdf) return {};
  return {std::move(document).value(), std::move(pages).value(), std::move(pdf).value()};
}

/// The sample notice: its data, and what the sample campaign adds.
compose::Content notice_content() {
  auto values = notation::read_yaml_file(kRoot + "samples/notice/notice.yaml").value();
  const auto campaign = campaign::load_campaign(kRoot + "samples/campaign").value();
  model::Value::Record fields = *values.record();
  fields.emplace_back("campaign", campaign::campaign_value(campaign));
  return {.data = std::move(fields), .tables = {{"安排表", campaign::schedule_table(campaign)}}};
}

}  // namespace

Drawn draw(const std::string& name) {
  return drawn(kRoot + "tests/suite/formats/" + name + ".md",
               {.data = model::Value::Record{}, .tables = {}});
}

Drawn draw_template(const std::string& name) {
  const std::string base = kRoot + "templates/" + name;
  if (name == "notice") return drawn(base + ".md", notice_content());
  const auto sample = notation::read_yaml_file(base + ".sample.yaml");
  EXPECT_TRUE(sample) << (sample ? "" : sample.error().message);
  if (!sample) return {};
  return drawn(base + ".md", {.data = sample.value(), .tables = {}});
}

}  // namespace huice::formats
