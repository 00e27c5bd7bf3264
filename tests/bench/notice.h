// The document that the benchmarks of layout and render set: the plan of samples/circulars/01,
// three times over with its table of problems, which makes about 6,000 characters on 16 pages,
// the size of an ordinary issuing notice with its annexes.
#pragma once

#include <fstream>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "layout/fonts.h"
#include "model/document.h"
#include "required.h"
#include "text/numerals.h"

namespace huice::bench {

inline constexpr int kCopies = 3;

inline std::vector<std::string> circular_lines() {
  std::ifstream in(HUICE_SOURCE_DIR "/samples/circulars/01-纾困增效专项行动实施方案.txt");
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

/// The level a line has by its 序号: `一、` is 1, `（一）` is 2; long ones are body text.
inline int level_of(const std::string& line) {
  const auto ordinal = text::leading_ordinal(line);
  if (!ordinal || code_point_count(line) > 30) return 0;
  if (ordinal->kind == text::OrdinalKind::Han) return 1;
  return ordinal->kind == text::OrdinalKind::HanBracket ? 2 : 0;
}

/// A table of 40 rows and 5 columns.
inline model::TableBlock table_block() {
  model::TableBlock block;
  block.caption = "重点帮扶企业名单";
  block.table.header_rows = 1;
  block.table.columns.resize(5);
  const auto row = [](std::vector<std::string> texts) {
    std::vector<model::Cell> cells;
    for (auto& each : texts)
      cells.push_back({.content = std::move(each)});
    return cells;
  };
  block.table.rows.push_back(row({"序号", "企业名称", "联系县领导", "牵头单位", "所在乡镇"}));
  for (int i = 1; i <= 40; ++i) {
    block.table.rows.push_back(row({std::to_string(i), "云岭县样例机械制造有限公司", "张三",
                                    "县科技和工业信息化局", "云岭经济开发区"}));
  }
  return block;
}

inline model::Document notice() {
  model::Document document;
  const auto lines = circular_lines();
  document.head.issuers = {"云岭县推进新型工业化领导小组办公室"};
  document.head.number = "云推新办〔2026〕2号";
  document.title = "关于印发《2026年云岭县工业企业“纾困增效”专项行动实施方案》的通知";
  document.addressees = {"各乡镇人民政府", "各园区管理机构", "县直各有关单位"};
  for (int copy = 0; copy < kCopies; ++copy) {
    for (const auto& line : lines)
      document.blocks.emplace_back(
          model::Paragraph{.level = level_of(line), .runs = {{.text = line, .strong = false}}});
  }
  document.blocks.emplace_back(table_block());
  document.signature = {.offices = {"云岭县推进新型工业化领导小组办公室"}, .date = "2026年3月2日"};
  document.imprint = {.copies = {"县委办公室", "县人大常委会办公室"},
                      .office = "云岭县推进新型工业化领导小组办公室",
                      .date = "2026年3月2日"};
  return document;
}

inline std::size_t character_count(const model::Document& document) {
  std::size_t count = 0;
  for (const auto& block : document.blocks) {
    if (const auto* paragraph = std::get_if<model::Paragraph>(&block)) {
      for (const auto& run : paragraph->runs)
        count += code_point_count(run.text);
    } else if (const auto* table = std::get_if<model::TableBlock>(&block)) {
      for (const auto& row : table->table.rows) {
        for (const auto& cell : row)
          count += code_point_count(to_text(cell));
      }
    }
  }
  return count;
}

inline const char* const kKai = "/usr/share/fonts/truetype/arphic-gkai00mp/gkai00mp.ttf";

/// One TrueType face for every role: what the public API of libharu can also load.
inline layout::FontConfig one_face() {
  layout::FontConfig config;
  for (auto& role : config.roles)
    role = {{.path = kKai}};
  return config;
}

/// The faces of templates/fonts.yaml.
inline layout::FontConfig default_faces() {
  const std::string noto = "/usr/share/fonts/opentype/noto/";
  const layout::FontSource serif{noto + "NotoSerifCJK-Regular.ttc", 2, {}};
  layout::FontConfig config;
  config.roles = {{{{noto + "NotoSerifCJK-Bold.ttc", 2, {}}},
                   {{"/usr/local/share/fonts/huice/FandolFang-Regular.otf", 0, {}}, serif},
                   {{kKai, 0, {}}, serif},
                   {{noto + "NotoSansCJK-Bold.ttc", 2, {}}},
                   {serif}}};
  return config;
}

}  // namespace huice::bench
