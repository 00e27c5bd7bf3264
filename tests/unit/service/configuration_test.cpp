#include "service/configuration.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/files.h"
#include "service/limits.h"

namespace huice::service {
namespace {

class ConfigurationTest : public testing::Test {
 protected:
  Result<Configuration> read(const std::string& text) {
    const auto file = std::filesystem::temp_directory_path() /
                      ("huice_conf_" + std::to_string(::getpid()) + ".yaml");
    std::ofstream(file) << text;
    auto result = read_configuration(file);
    std::filesystem::remove(file);
    return result;
  }
};

TEST_F(ConfigurationTest, EveryFaultIsNamedAtOnceWithItsLine) {
  const auto read_one = read("监听: 127.0.0.1:9000\n监听地址: x\n连接数: 3\n证书: a.pem\n");
  ASSERT_FALSE(read_one);
  const auto findings = as_findings(read_one.error());
  ASSERT_EQ(findings.size(), 3U);
  EXPECT_EQ(findings[0].message, "没有“监听地址”这一项配置");
  EXPECT_EQ(findings[0].where.line, 2);
  EXPECT_EQ(findings[1].message, "“连接数”应是 4 至 4096 的整数");
  EXPECT_EQ(findings[2].message, "“证书”与“私钥”要么都写，要么都不写");
}

TEST_F(ConfigurationTest, PathsCountFromTheFile) {
  const auto configuration = read("数据库: a/huice.db\n");
  ASSERT_TRUE(configuration);
  EXPECT_EQ(configuration.value().database,
            (std::filesystem::temp_directory_path() / "a/huice.db").string());
  EXPECT_EQ(read("数据库: postgresql://huice@db/huice\n").value().database,
            "postgresql://huice@db/huice");
}

TEST_F(ConfigurationTest, EveryKeyIsDocumented) {
  const auto source =
      read_file(std::filesystem::path(HUICE_SOURCE_DIR) / "src/service/configuration.cpp");
  const auto document = read_file(std::filesystem::path(HUICE_SOURCE_DIR) / "docs/service.md");
  ASSERT_TRUE(source && document);
  const std::string& text = source.value();
  int keys = 0;
  for (std::size_t at = text.find("      {\""); at != std::string::npos;
       at = text.find("      {\"", at + 1)) {
    const std::size_t begin = at + 8;
    const std::string key = text.substr(begin, text.find('"', begin) - begin);
    EXPECT_NE(document.value().find("| `" + key + "` |"), std::string::npos) << key;
    ++keys;
  }
  EXPECT_GT(keys, 15);
}

TEST(RateLimit, AllowsTwiceTheRateAtOnceAndTheRateInTheLongRun) {
  RateLimit limit(10, std::chrono::seconds(1));
  const std::chrono::steady_clock::time_point begin;
  int allowed = 0;
  for (int i = 0; i < 100; ++i)
    allowed += limit.allows("a", begin);
  EXPECT_EQ(allowed, 20);
  EXPECT_TRUE(limit.allows("b", begin));
  allowed = 0;
  for (int i = 0; i < 100; ++i)
    allowed += limit.allows("a", begin + std::chrono::milliseconds(500));
  EXPECT_EQ(allowed, 5);
}

TEST(Lock, GrowsFromHalfAMinuteToAQuarterOfAnHour) {
  EXPECT_EQ(lock_seconds(4), 0);
  EXPECT_EQ(lock_seconds(5), 30);
  EXPECT_EQ(lock_seconds(6), 60);
  EXPECT_EQ(lock_seconds(1000), 900);
}

}  // namespace
}  // namespace huice::service
