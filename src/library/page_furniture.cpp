#include "library/page_furniture.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/utf8.h"
#include "text/normalize.h"

namespace huice::library {
namespace {

constexpr std::size_t kHeadLines = 25;

/// Names of facts as the heads of public pages write them, blanks removed.
constexpr std::array<std::pair<std::string_view, std::string_view>, 40> kHeadNames = {{
    {"发文字号", "number"},
    {"文号", "number"},
    {"发文文号", "number"},
    {"文件编号", "number"},
    {"发文机关", "issuer"},
    {"发布机构", "issuer"},
    {"发文单位", "issuer"},
    {"制定机关", "issuer"},
    {"成文日期", "date"},
    {"发文日期", "date"},
    {"印发日期", "date"},
    {"发布日期", "published"},
    {"发布时间", "published"},
    {"标题", "title"},
    {"名称", "title"},
    {"来源", ""},
    {"索引号", ""},
    {"主题分类", ""},
    {"编辑", ""},
    {"字体", ""},
    {"制发机关", "issuer"},
    {"生成日期", "date"},
    {"发文时间", "date"},
    {"公开日期", "published"},
    {"日期", "published"},
    {"时间", "published"},
    {"文件名称", "title"},
    {"信息来源", ""},
    {"发布部门", ""},
    {"作者", ""},
    {"责任编辑", ""},
    {"有效性", ""},
    {"主题词", ""},
    {"关键词", ""},
    {"公开范围", ""},
    {"公开方式", ""},
    {"浏览次数", ""},
    {"浏览量", ""},
    {"点击", ""},
    {"字号", ""},
}};

std::optional<std::string_view> head_name(std::string_view text) {
  const std::string name = without_inner_blanks(text);
  for (const auto& [written, fact] : kHeadNames) {
    if (name == written) return fact;
  }
  return std::nullopt;
}

/// `文号：… 发布时间：… 来源：…` in one line: a bar before each name, as between cells.
std::string with_bars(std::string_view line) {
  std::string barred = text::single_spaced(line);
  for (const auto& [written, fact] : kHeadNames) {
    for (const std::string_view colon : {"：", ":"}) {
      const std::string name = " " + std::string(written) + std::string(colon);
      const auto at = barred.find(name);
      if (at != std::string::npos && at > 0 && barred[at - 1] != '|') barred.insert(at, " |");
    }
  }
  return barred;
}

/// Where a page stands in its site, and what readers may do with it.
bool is_path_or_tool(std::string_view line) {
  const auto has = [&](std::string_view part) { return line.find(part) != std::string_view::npos; };
  const bool path = has(">") || has("》首页") || has("首页 /") || has(" / ") || has("»");
  if (path && (has("首页") || has("位置") || has("主页"))) return true;
  static constexpr std::array<std::string_view, 6> kTools = {"点击上方", "关注我们", "无障碍",
                                                             "网站地图", "今天是",   "【字体"};
  return std::ranges::any_of(kTools, has);
}

bool is_tail_furniture(std::string_view line) {
  if (line.size() > kFurnitureBytes) return false;
  static constexpr std::array<std::string_view, 22> kStarts = {
      "版权",     "Copyright", ">更多",    "原标题",   "责任编辑", "编辑：",   "编辑:",  "打印本页",
      "分享到",   "扫一扫",    "相关文章", "上一篇",   "下一篇",   "关闭窗口", "【打印", "[打印",
      "相关链接", "相关文档",  "主办单位", "承办单位", "主办：",   "阅读 "};
  static constexpr std::array<std::string_view, 5> kMarks = {"ICP备", "免责声明", "网站标识码",
                                                             "公网安备", "技术支持"};
  return std::ranges::any_of(kStarts, [&](auto start) { return line.starts_with(start); }) ||
         std::ranges::any_of(kMarks,
                             [&](auto mark) { return line.find(mark) != std::string_view::npos; });
}

}  // namespace

std::string without_inner_blanks(std::string_view text) {
  const std::string spaced = text::single_spaced(text);
  const auto blanks = static_cast<std::size_t>(std::ranges::count(spaced, ' '));
  const std::size_t letters = code_point_count(spaced) - blanks;
  const bool for_looks = letters <= 2 * (blanks + 1);
  const std::u32string points = decode_utf8(spaced);
  std::string joined;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto han = [&](std::size_t at) { return at < points.size() && text::is_han(points[at]); };
    const bool between_han = i > 0 && han(i - 1) && han(i + 1);
    const bool inside = points[i] == U' ' && i > 0 && i + 1 < points.size();
    const bool beside_han = inside && (points[i - 1] >= 0x80 || points[i + 1] >= 0x80);
    const bool amid_han = inside && points[i - 1] >= 0x80 && points[i + 1] >= 0x80;
    const bool dropped = for_looks ? beside_han : amid_han && !between_han;
    if (!dropped) append_utf8(joined, points[i]);
  }
  return joined;
}

bool take_head_line(std::string_view text, HeadFacts& head) {
  const std::string barred = with_bars(text);
  std::string_view line = barred;
  bool found = false;
  std::string_view waiting;
  while (!line.empty()) {
    const auto bar = line.find(" | ");
    std::string_view cell = text::trimmed(line.substr(0, bar));
    line.remove_prefix(bar == std::string_view::npos ? line.size() : bar + 3);
    if (!waiting.empty()) {
      head.try_emplace(std::string(waiting), cell);
      waiting = {};
      continue;
    }
    std::size_t colon = cell.find("：");
    std::size_t width = std::string_view("：").size();
    if (colon == std::string_view::npos) {
      colon = cell.find(':');
      width = 1;
    }
    const auto name = head_name(cell.substr(0, colon));
    if (!name || (colon == std::string_view::npos && line.empty())) continue;
    found = true;
    const std::string_view value =
        colon == std::string_view::npos ? "" : text::trimmed(cell.substr(colon + width));
    if (name->empty()) continue;
    if (value.empty()) {
      waiting = *name;
    } else {
      head.try_emplace(std::string(*name), value);
    }
  }
  return found;
}

HeadFacts take_head(std::vector<SourceLine>& lines) {
  HeadFacts head;
  std::size_t number = 0;
  std::erase_if(lines, [&](const SourceLine& line) {
    return number++ < kHeadLines && line.text.size() <= kFurnitureBytes &&
           (take_head_line(line.text, head) || is_path_or_tool(line.text));
  });
  return head;
}

void drop_tail(std::vector<SourceLine>& lines) {
  constexpr std::size_t kTailLines = 15;
  constexpr std::size_t kLeastText = 3;
  std::size_t at = std::max(kLeastText, lines.size() - std::min(lines.size(), kTailLines));
  for (; at < lines.size(); ++at) {
    if (is_tail_furniture(lines[at].text)) {
      lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(at), lines.end());
      return;
    }
  }
}

}  // namespace huice::library
