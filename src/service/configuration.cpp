#include "service/configuration.h"

#include <functional>
#include <map>
#include <string_view>
#include <utility>

#include "model/value.h"
#include "notation/yaml.h"
#include "store/database.h"

namespace huice::service {
namespace {

namespace fs = std::filesystem;
using Take = std::function<std::string(Configuration&, const model::Value&, const fs::path&)>;

/// How each kind of value is taken; what is said is the fault, empty when there is none.
Take text(std::string Configuration::*member) {
  return [member](Configuration& configuration, const model::Value& value, const fs::path&) {
    if (value.text() == nullptr || value.text()->empty()) return std::string("应是文本");
    configuration.*member = *value.text();
    return std::string();
  };
}

Take path(fs::path Configuration::*member) {
  return [member](Configuration& configuration, const model::Value& value, const fs::path& folder) {
    if (value.text() == nullptr || value.text()->empty()) return std::string("应是路径");
    configuration.*member = folder / *value.text();
    return std::string();
  };
}

Take number(int Configuration::*member, int least, int most) {
  return [=](Configuration& configuration, const model::Value& value, const fs::path&) {
    const auto whole = value.number() == nullptr ? std::nullopt : value.number()->to_int64();
    if (!whole || *whole < least || *whole > most) {
      return "应是 " + std::to_string(least) + " 至 " + std::to_string(most) + " 的整数";
    }
    configuration.*member = static_cast<int>(*whole);
    return std::string();
  };
}

std::string take_database(Configuration& configuration, const model::Value& value,
                          const fs::path& folder) {
  if (value.text() == nullptr || value.text()->empty()) return "应是文件，或 postgresql://…";
  const bool server = store::engine_of(*value.text()) == store::Engine::Postgresql;
  configuration.database = server ? *value.text() : (folder / *value.text()).string();
  return {};
}

std::string take_proxy(Configuration& configuration, const model::Value& value, const fs::path&) {
  if (value.truth() == nullptr) return "应是 true 或 false";
  configuration.behind_proxy = *value.truth();
  return {};
}

const std::map<std::string_view, Take>& keys() {
  using C = Configuration;
  static const std::map<std::string_view, Take> kKeys = {
      {"监听", text(&C::listen)},
      {"数据库", take_database},
      {"文件库", path(&C::library)},
      {"各县文件库", path(&C::county_libraries)},
      {"每县文件MB", number(&C::county_megabytes, 1, 1'000'000)},
      {"政策库", path(&C::policies)},
      {"网页", path(&C::page)},
      {"字体", path(&C::fonts)},
      {"证书", path(&C::certificate)},
      {"私钥", path(&C::key)},
      {"前置代理", take_proxy},
      {"会话闲置分钟", number(&C::idle_minutes, 1, 1440)},
      {"会话最长小时", number(&C::longest_hours, 1, 168)},
      {"每人每秒请求", number(&C::requests_per_second, 0, 1'000'000)},
      {"每址每分钟登录", number(&C::sign_ins_per_minute, 0, 1'000'000)},
      {"连接数", number(&C::connections, 4, 4096)},
      {"每址连接数", number(&C::connections_per_address, 1, 4096)},
      {"请求头秒数", number(&C::header_seconds, 1, 300)},
      {"请求秒数", number(&C::request_seconds, 1, 3600)},
      {"上传上限MB", number(&C::upload_megabytes, 1, 64)},
      {"任务线程", number(&C::workers, 0, 16)},
      {"任务租期秒", number(&C::lease_seconds, 2, 3600)},
  };
  return kKeys;
}

Error wrong(const model::Value& value, std::string message, std::string hint) {
  return {.code = ErrorCode::InvalidInput,
          .id = "service.configuration",
          .message = std::move(message),
          .where = value.where(),
          .hint = std::move(hint)};
}

}  // namespace

Result<Configuration> read_configuration(const fs::path& file) {
  HUICE_TRY(const auto values, notation::read_yaml_file(file.string()));
  Configuration configuration;
  if (values.record() == nullptr) {
    return wrong(values, "配置文件应是一行一项的 键: 值", "各键见 docs/service.md");
  }
  const fs::path folder = fs::absolute(file).parent_path();
  configuration.database = (folder / configuration.database).string();
  configuration.library = folder / configuration.library;
  Findings findings;
  for (const auto& [name, value] : *values.record()) {
    const auto key = keys().find(name);
    if (key == keys().end()) {
      findings.push_back(wrong(value, "没有“" + name + "”这一项配置", "各键见 docs/service.md"));
    } else if (const std::string fault = key->second(configuration, value, folder);
               !fault.empty()) {
      findings.push_back(wrong(value, "“" + name + "”" + fault, "各键见 docs/service.md"));
    }
  }
  if (configuration.certificate.empty() != configuration.key.empty()) {
    findings.push_back(wrong(values, "“证书”与“私钥”要么都写，要么都不写", "补上缺的一个"));
  }
  if (!findings.empty()) return as_error(std::move(findings));
  return configuration;
}

}  // namespace huice::service
