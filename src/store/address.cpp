#include "store/address.h"

#include <Poco/Exception.h>
#include <Poco/URI.h>

namespace huice::store {

Result<ServerAddress> parse_server(const std::string& address) {
  ServerAddress server;
  try {
    const Poco::URI uri(address);
    const std::string user_info = uri.getUserInfo();
    const std::size_t colon = user_info.find(':');
    server.host = uri.getHost();
    if (uri.getPort() != 0) server.port = std::to_string(uri.getPort());
    Poco::URI::decode(user_info.substr(0, colon), server.user);
    if (colon != std::string::npos) Poco::URI::decode(user_info.substr(colon + 1), server.password);
    server.name = uri.getPath().empty() ? "" : uri.getPath().substr(1);
    for (const auto& [name, value] : uri.getQueryParameters()) {
      if (name == "host") server.host = value;
    }
  } catch (const Poco::Exception&) {
    server.name.clear();
  }
  // Poco hands them on in a line of words.
  const bool spaced =
      (server.host + server.user + server.password + server.name).find_first_of(" '\\\t\n") !=
      std::string::npos;
  if (!server.name.empty() && !spaced) return server;
  return Error{.code = ErrorCode::InvalidInput,
               .id = "store.address",
               .message = "数据库地址 " + shown(address) + " 写法不对",
               .hint = "写成 postgresql://用户:密码@主机:端口/库名，各部分不含空格、引号"};
}

std::string shown(std::string_view address) {
  const std::size_t at = address.rfind('@');
  const std::size_t begin = address.find("://");
  if (at == std::string_view::npos || begin == std::string_view::npos) return std::string(address);
  return std::string(address.substr(0, begin + 3)) + std::string(address.substr(at + 1));
}

}  // namespace huice::store
