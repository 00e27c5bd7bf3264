// The configuration file of the service. Every key is in docs/service.md; unknown ones are refused.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace huice::service {

struct Configuration {
  std::string listen = "127.0.0.1:8080";           ///< 监听
  std::string database = "data/huice.db";          ///< 数据库: a file, or postgresql://…
  std::filesystem::path library = "data/library";  ///< 文件库: of circulars
  std::filesystem::path county_libraries;          ///< 各县文件库; empty: beside 文件库
  int county_megabytes = 1024;                     ///< 每县文件MB: of a county's own circulars
  std::filesystem::path policies;                  ///< 政策库; empty: that of the home
  std::filesystem::path page;         ///< 网页: its folder; empty: web/dist of the home
  std::filesystem::path fonts;        ///< 字体; empty: templates/fonts.yaml of the home
  std::filesystem::path certificate;  ///< 证书, PEM; with 私钥: TLS
  std::filesystem::path key;          ///< 私钥, PEM
  bool behind_proxy = false;          ///< 前置代理: TLS ends before us, it names who asks
  int idle_minutes = 30;              ///< 会话闲置分钟
  int longest_hours = 12;             ///< 会话最长小时
  int requests_per_second = 50;       ///< 每人每秒请求; 0: no limit
  int sign_ins_per_minute = 30;       ///< 每址每分钟登录; 0: no limit
  int connections = 256;              ///< 连接数
  int connections_per_address = 128;  ///< 每址连接数
  int header_seconds = 10;            ///< 请求头秒数
  int request_seconds = 60;           ///< 请求秒数: for the body
  int upload_megabytes = 20;          ///< 上传上限MB
  int workers = 1;                    ///< 任务线程
  int lease_seconds = 60;             ///< 任务租期秒
};

/// Relative paths count from the folder of the file.
/// Errors: those of YAML; InvalidInput `service.configuration`, all findings at once.
Result<Configuration> read_configuration(const std::filesystem::path& file);

}  // namespace huice::service
