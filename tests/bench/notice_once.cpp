// One process that sets the notice, as scripts/bench --peers runs and measures it.
//
// usage: huice_notice_once pdf|kai|json FILE [COUNT]
//
// `pdf` is made COUNT times and written to FILE, `kai` in one TrueType face for every role; `json`
// is what peers in other languages set:
// {"title", "paragraphs": [{"level", "text"}], "table": [[cell]]}.
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>

#include "layout/official.h"
#include "notice.h"
#include "render/pdf/pdf_writer.h"

namespace huice::bench {
namespace {

std::string as_pdf(const model::Document& document, const layout::FontConfig& faces, int count) {
  const auto fonts = required(layout::FontSet::open(faces));
  render::pdf::OutlineStore store;
  const render::pdf::PdfOptions options{.title = document.title,
                                        .author = document.imprint.office,
                                        .created = Date::make(2026, 11, 22).value()};
  std::string pdf;
  for (int i = 0; i < count; ++i) {
    const auto pages = required(layout::lay_out(document, fonts));
    pdf = required(render::pdf::write(pages, options, store));
  }
  return pdf;
}

std::string quoted(const std::string& text) {
  std::string json = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') json += '\\';
    json += c;
  }
  return json + "\"";
}

std::string as_json(const model::Document& document) {
  std::string paragraphs;
  std::string rows;
  for (const auto& block : document.blocks) {
    if (const auto* paragraph = std::get_if<model::Paragraph>(&block)) {
      paragraphs += (paragraphs.empty() ? "" : ",\n") + std::string("{\"level\": ") +
                    std::to_string(paragraph->level) +
                    ", \"text\": " + quoted(paragraph->runs.front().text) + "}";
    } else if (const auto* table = std::get_if<model::TableBlock>(&block)) {
      for (const auto& row : table->table.rows) {
        std::string cells;
        for (const auto& cell : row)
          cells += (cells.empty() ? "" : ", ") + quoted(to_text(cell));
        rows += (rows.empty() ? "[" : ",\n[") + cells + "]";
      }
    }
  }
  return "{\"title\": " + quoted(document.title) + ",\n\"paragraphs\": [" + paragraphs +
         "],\n\"table\": [" + rows + "]}\n";
}

std::string made(const std::string& what, int count) {
  const model::Document document = notice();
  if (what == "pdf") return as_pdf(document, default_faces(), count);
  if (what == "kai") return as_pdf(document, one_face(), count);
  return what == "json" ? as_json(document) : std::string();
}

}  // namespace
}  // namespace huice::bench

int main(int count, char** words) {
  if (count < 3) {
    std::cerr << "usage: huice_notice_once pdf|kai|json FILE [COUNT]\n";
    return 2;
  }
  const std::string bytes = huice::bench::made(words[1], count > 3 ? std::atoi(words[3]) : 1);
  std::ofstream(words[2], std::ios::binary) << bytes;
  return bytes.empty() ? 3 : 0;
}
