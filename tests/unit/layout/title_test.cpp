#include "layout/title.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "base/utf8.h"

namespace huice::layout {
namespace {

std::vector<std::string> break_20(std::string_view title) {
  return break_title(title, 20);
}

TEST(Title, AShortTitleIsOneLine) {
  EXPECT_EQ(break_20("关于表彰先进的通知"), std::vector<std::string>{"关于表彰先进的通知"});
}

TEST(Title, LinesFitAndLoseNothing) {
  const std::string title =
      "云岭县人民政府办公室关于印发《云岭县惠企纾困政策落实包联服务实施方案》的通知";
  std::string whole;
  for (const std::string& line : break_20(title)) {
    EXPECT_LE(display_width(line), 40U) << line;
    whole += line;
  }
  EXPECT_EQ(whole, title);
}

TEST(Title, WordsAndMarksAreNotCutOff) {
  for (const std::string& line :
       break_20("云岭县人民政府关于进一步优化营商环境、促进民营经济高质量发展的若干意见")) {
    EXPECT_FALSE(line.starts_with("、")) << line;
    EXPECT_FALSE(line.starts_with("的")) << line;
    EXPECT_FALSE(line.starts_with("境")) << line;
    EXPECT_FALSE(line.ends_with("关于")) << line;
  }
}

TEST(Title, NoHourglass) {
  const auto lines = break_20(
      "云岭县发展和改革局云岭县财政局国家税务总局云岭县税务局关于转发《关于做好2026年度减税降费工作"
      "的通知》的通知");
  for (std::size_t i = 1; i + 1 < lines.size(); ++i) {
    const bool waist = display_width(lines[i]) < display_width(lines[i - 1]) &&
                       display_width(lines[i]) < display_width(lines[i + 1]);
    EXPECT_FALSE(waist) << lines[i];
  }
}

TEST(Title, ANumberStaysWithWhatItCounts) {
  for (const std::string& line :
       break_20("云岭县科技和工业信息化局关于2026年上半年工业企业帮扶工作情况的报告")) {
    EXPECT_FALSE(line.starts_with("年")) << line;
  }
}

/// A title and what stays whole in it.
struct Shaped {
  const char* title;
  std::vector<const char*> whole;
};

const Shaped kShaped[] = {
    {"云岭县人民政府办公室关于印发《云岭县惠企纾困政策落实包联服务实施方案》的通知",
     {"人民政府办公室", "惠企纾困", "实施方案", "的通知"}},
    {"云岭县人民政府关于进一步优化营商环境促进民营经济高质量发展的若干意见",
     {"人民政府", "进一步", "营商环境", "民营经济", "高质量发展", "若干意见"}},
    {"云岭县推进新型工业化领导小组办公室关于印发《2026年云岭县工业企业“纾困增效”专项行动实施方案》"
     "的通知",
     {"领导小组办公室", "新型工业化", "2026年", "纾困增效", "专项行动实施方案", "的通知"}},
    {"云岭县发展和改革局云岭县财政局国家税务总局云岭县税务局关于转发《关于做好2026年度减税降费工作"
     "的"
     "通知》的通知",
     {"发展和改革局", "财政局", "国家税务总局", "税务局", "减税降费"}},
    {"云岭县人力资源和社会保障局关于稳就业促进就业若干政策措施落实情况的报告",
     {"人力资源和社会保障局", "政策措施", "情况的报告"}},
    {"云岭县科技和工业信息化局关于申报2026年度专精特新中小企业的通知",
     {"科技和工业信息化局", "专精特新中小企业", "2026年度"}},
    {"云岭县人民政府关于贯彻落实《保障中小企业款项支付条例》的实施意见",
     {"人民政府", "保障中小企业款项支付条例", "实施意见"}},
    {"云岭县市场监督管理局关于学习贯彻《中华人民共和国民营经济促进法》的通知",
     {"市场监督管理局", "中华人民共和国", "民营经济促进法", "的通知"}},
    {"云岭县人民政府办公室关于成立云岭县推进新型工业化工作领导小组的通知",
     {"人民政府办公室", "新型工业化", "工作领导小组"}},
    {"云岭县人民政府关于云岭经济开发区规模以上工业企业技术改造三年行动计划的批复",
     {"经济开发区", "规模以上工业企业", "技术改造", "三年行动计划"}},
    {"云岭县住房和城乡建设局云岭县自然资源局关于进一步规范工业用地和厂房建设审批有关事项的通知",
     {"住房和城乡建设局", "自然资源局", "有关事项"}},
    {"云岭县人民政府关于表彰2025年度支持民营经济高质量发展先进单位和先进个人的决定",
     {"人民政府", "2025年度", "高质量发展", "的决定"}},
    {"云岭县财政局国家税务总局云岭县税务局关于研发费用加计扣除政策执行情况的通报",
     {"财政局", "税务局", "研发费用", "加计扣除", "情况的通报"}},
    {"云岭县人民政府办公室关于印发《云岭县科技型中小企业培育三年行动计划（2026—2028年）》的通知",
     {"科技型中小企业", "三年行动计划", "2026—2028年"}},
    {"云岭县人民政府关于请求将云岭经济开发区列为省级先进制造业产业链供应链协同试点的请示",
     {"经济开发区", "先进制造业", "产业链", "供应链", "的请示"}},
    {"云岭县人民政府办公室云岭县人民检察院云岭县人民法院关于建立涉企案件公平竞争审查会商机制的意见",
     {"人民检察院", "人民法院", "的意见"}},
    {"云岭县惠企纾困政策落实包联服务工作领导小组办公室关于2026年第一季度县级领导包联企业解决困难问"
     "题"
     "情况及考核评分结果的通报",
     {"领导小组办公室", "第一季度", "的通报"}},
    {"云岭县人民政府关于公布2026年度行政规范性文件清理结果的公告",
     {"人民政府", "行政规范性文件", "的公告"}},
};

bool is_waist(const std::vector<std::string>& lines, std::size_t index) {
  return display_width(lines[index]) < display_width(lines[index - 1]) &&
         display_width(lines[index]) < display_width(lines[index + 1]);
}

TEST(Title, TitlesAreTrapezoidsOrDiamondsOfWholePhrases) {
  for (const Shaped& shaped : kShaped) {
    const auto lines = break_20(shaped.title);
    SCOPED_TRACE(testing::PrintToString(lines));
    EXPECT_LE(lines.size(), (display_width(shaped.title) + 39) / 40 + 1);
    std::size_t least = 1000;
    std::size_t most = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      EXPECT_LE(display_width(lines[i]), 40U);
      EXPECT_FALSE(i > 0 && i + 1 < lines.size() && is_waist(lines, i));
      least = std::min(least, display_width(lines[i]));
      most = std::max(most, display_width(lines[i]));
    }
    EXPECT_NE(least, most) << "a rectangle";
    EXPECT_GE(least * 3, most) << "a stump";
    for (const char* whole : shaped.whole) {
      EXPECT_TRUE(std::ranges::any_of(lines, [&](const std::string& line) {
        return line.find(whole) != std::string::npos;
      })) << whole;
    }
  }
}

TEST(Title, TheAuthorsBreaksStand) {
  const auto lines = break_20("云岭县人民政府\n关于表彰先进的通知");
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0], "云岭县人民政府");
}

TEST(Title, BytesThatAreNoTextDoNotHarm) {
  std::string title;
  for (int i = 0; i < 12; ++i)
    title += "关于印发\xe4\xbd通知\xff";
  std::string whole;
  for (const std::string& line : break_20(title))
    whole += line;
  EXPECT_EQ(whole, title);
}

TEST(Title, AnythingEndsSomehow) {
  EXPECT_TRUE(break_20("").size() <= 1);
  EXPECT_FALSE(break_20(std::string(5000, 'x')).empty());
  EXPECT_TRUE(break_20("\n\n").empty());
}

}  // namespace
}  // namespace huice::layout
