// Ten thousand assessment sheets: the data of each as a line of JSON, of which twelve rows differ
// from sheet to sheet; tests/bench/sheet.md makes a page of it.
#pragma once

#include <array>
#include <string>

namespace huice::bench {

inline constexpr const char* kSheetTemplate = HUICE_SOURCE_DIR "/tests/bench/sheet.md";

inline std::string sheet_line(int number, int count) {
  static constexpr std::array<const char*, 12> kItems = {
      "完成工作目标", "解决困难问题", "主动拓展服务", "日常工作开展", "包联走访", "政策宣传",
      "要素保障",     "项目推进",     "信息报送",     "督办落实",     "企业评价", "廉洁纪律"};
  static constexpr std::array<const char*, 3> kReasons = {"按月调度，完成", "销号问题，共计",
                                                          "包联企业达标，计"};
  const std::string of = std::to_string(number);
  std::string items;
  int total = 0;
  for (std::size_t i = 0; i < kItems.size(); ++i) {
    const auto row = static_cast<int>(i);
    const int score = (number * (row + 3)) % 9;
    total += score;
    items += std::string(i == 0 ? "" : ",") + R"({"序号":)" + std::to_string(row + 1) +
             R"(,"名称":")" + kItems[i] + R"(","权重":)" + (row < 8 ? "8" : "9") + R"(,"得分":)" +
             std::to_string(score) + R"(,"说明":")" + kReasons[i % 3] +
             std::to_string((number + row) % 11) + "项，每项2分，得" + std::to_string(score) +
             R"(分"})";
  }
  return R"({"对象":"云岭县第)" + of + R"(家企业","组别":"规模以上工业企业","对象数":)" +
         std::to_string(count) + R"(,"名次":)" + of + R"(,"总分":)" + std::to_string(total) +
         R"(,"办公室":"云岭县推进新型工业化领导小组办公室","考核日":"2026-12-20","项目":[)" +
         items + "]}";
}

}  // namespace huice::bench
