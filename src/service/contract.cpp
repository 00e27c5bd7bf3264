#include "service/contract.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/utf8.h"
#include "notation/json.h"
#include "notation/yaml.h"

namespace huice::service {
namespace {

constexpr std::array<std::string_view, 5> kMethods = {"get", "post", "put", "patch", "delete"};
constexpr std::array<std::string_view, 9> kRoles = {"查看", "经办", "审核",   "签发", "考核",
                                                    "管理", "any",  "public", "local"};
constexpr int kMaxReferences = 8;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::vector<std::string> parted(std::string_view path) {
  std::vector<std::string> segments;
  while (!path.empty()) {
    path.remove_prefix(1);  // the slash
    const std::size_t end = std::min(path.find('/'), path.size());
    segments.emplace_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return segments;
}

bool is_parameter(const std::string& segment) {
  return segment.starts_with('{');
}

std::string upper(std::string_view method) {
  std::string text(method);
  std::ranges::transform(text, text.begin(),
                         [](char c) { return static_cast<char>(c - 'a' + 'A'); });
  return text;
}

std::string text_at(const model::Value& value, std::string_view name) {
  const model::Value* field = value.find(name);
  return field == nullptr || field->text() == nullptr ? std::string() : *field->text();
}

bool truth_at(const model::Value& value, std::string_view name) {
  const model::Value* field = value.find(name);
  return field != nullptr && field->truth() != nullptr && *field->truth();
}

/// Fits a path to the segments of an operation; the parameters, or nullopt.
std::optional<std::map<std::string, std::string, std::less<>>> fit(
    const Operation& operation, const std::vector<std::string>& segments) {
  if (segments.size() != operation.segments.size()) return std::nullopt;
  std::map<std::string, std::string, std::less<>> parameters;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const std::string& wanted = operation.segments[i];
    if (!is_parameter(wanted)) {
      if (wanted != segments[i]) return std::nullopt;
      continue;
    }
    if (segments[i].empty()) return std::nullopt;
    parameters.emplace(wanted.substr(1, wanted.size() - 2), segments[i]);
  }
  return parameters;
}

}  // namespace

std::optional<std::string> decode_percent(std::string_view text, bool plus_is_blank) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus_is_blank) {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_digit(text[i + 1]);
      const int low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  const bool controls =
      std::ranges::any_of(out, [](char c) { return (c >= 0 && c < 0x20) || c == 0x7F; });
  if (controls || first_bad_utf8(out)) return std::nullopt;
  return out;
}

bool Operation::allows(const std::vector<std::string>& has) const {
  return std::ranges::any_of(roles, [&](const std::string& role) {
    return role == "any" || std::ranges::find(has, role) != has.end();
  });
}

/// Reads the file into operations; one object for one file.
class ContractReader {
 public:
  explicit ContractReader(Contract& contract) : contract_(contract) {}

  Status read() {
    const model::Value* paths = contract_.root_.find("paths");
    if (paths == nullptr || paths->record() == nullptr) return wrong("paths", "没有 paths");
    const std::string base = server_of(contract_.root_);
    for (const auto& [path, item] : *paths->record()) {
      const std::string prefix = item.find("servers") == nullptr ? base : server_of(item);
      for (const std::string_view method : kMethods) {
        const model::Value* found = item.find(method);
        if (found == nullptr) continue;
        HUICE_TRY(auto operation, operation_from(*found));
        operation.method = upper(method);
        operation.path = prefix + path;
        operation.segments = parted(operation.path);
        contract_.operations_.push_back(std::move(operation));
      }
    }
    return Unit{};
  }

 private:
  static Error wrong(const std::string& where, const std::string& what) {
    return {.code = ErrorCode::InvalidInput,
            .id = "service.contract",
            .message = "接口说明 openapi.yaml 的 " + where + "：" + what,
            .hint = "重新安装本程序"};
  }

  static std::string server_of(const model::Value& value) {
    const model::Value* servers = value.find("servers");
    if (servers == nullptr || servers->list() == nullptr || servers->list()->empty()) return {};
    const std::string url = text_at(servers->list()->front(), "url");
    return url == "/" ? std::string() : url;
  }

  Result<Operation> operation_from(const model::Value& value) {
    Operation operation{.id = text_at(value, "operationId")};
    if (operation.id.empty()) return wrong("paths", "有操作没有 operationId");
    operation.upload = truth_at(value, "x-upload");
    const model::Value* roles = value.find("x-roles");
    if (roles == nullptr || roles->list() == nullptr || roles->list()->empty()) {
      return wrong(operation.id, "没有 x-roles");
    }
    for (const model::Value& role : *roles->list()) {
      const std::string name = role.text() == nullptr ? std::string() : *role.text();
      if (std::ranges::find(kRoles, name) == kRoles.end()) {
        return wrong(operation.id, "没有“" + name + "”这个角色");
      }
      operation.roles.push_back(name);
    }
    HUICE_TRY([[maybe_unused]] const Unit taken, take_parameters(value, operation));
    take_body(value, operation);
    return operation;
  }

  Status take_parameters(const model::Value& value, Operation& operation) {
    const model::Value* parameters = value.find("parameters");
    if (parameters == nullptr || parameters->list() == nullptr) return Unit{};
    for (const model::Value& each : *parameters->list()) {
      const model::Value& found = contract_.resolve(each);
      const model::Value* schema = found.find("schema");
      const std::string place = text_at(found, "in");
      if (schema == nullptr || text_at(found, "name").empty()) {
        return wrong(operation.id, "有参数没有名称或 schema");
      }
      operation.parameters.push_back({.name = text_at(found, "name"),
                                      .place = place == "path"     ? Parameter::Place::Path
                                               : place == "header" ? Parameter::Place::Header
                                                                   : Parameter::Place::Query,
                                      .required = truth_at(found, "required"),
                                      .schema = *schema});
    }
    return Unit{};
  }

  static void take_body(const model::Value& value, Operation& operation) {
    const model::Value* body = value.find("requestBody");
    const model::Value* content = body == nullptr ? nullptr : body->find("content");
    const model::Value* json = content == nullptr ? nullptr : content->find("application/json");
    const model::Value* schema = json == nullptr ? nullptr : json->find("schema");
    if (schema != nullptr) operation.body = *schema;
  }

  Contract& contract_;
};

Result<Contract> Contract::load(const std::filesystem::path& file) {
  Contract contract;
  HUICE_TRY(contract.root_, notation::read_yaml_file(file.string()));
  contract.json_ = notation::write_json(contract.root_);
  HUICE_TRY([[maybe_unused]] const Unit read, ContractReader(contract).read());
  return contract;
}

Found Contract::find(std::string_view method, std::string_view path) const {
  Found found;
  std::vector<std::string> segments;
  for (const std::string& raw : parted(path)) {
    auto decoded = decode_percent(raw, false);
    if (!decoded || decoded->find('/') != std::string::npos) return found;
    segments.push_back(std::move(*decoded));
  }
  for (const Operation& operation : operations_) {
    auto parameters = fit(operation, segments);
    if (!parameters) continue;
    found.path_known = true;
    // A path that says more in words goes before one that fits by a parameter.
    const bool better = found.operation == nullptr || parameters->size() < found.path.size();
    if (operation.method != method || !better) continue;
    found.operation = &operation;
    found.path = std::move(*parameters);
  }
  return found;
}

const model::Value& Contract::resolve(const model::Value& schema) const {
  const model::Value* at = &schema;
  for (int step = 0; step < kMaxReferences; ++step) {
    const std::string reference = text_at(*at, "$ref");
    if (reference.empty()) return *at;
    const model::Value* next = &root_;
    for (const std::string& name : parted(reference.substr(1)))
      next = next == nullptr ? nullptr : next->find(name);
    if (next == nullptr) return schema;
    at = next;
  }
  return *at;
}

}  // namespace huice::service
