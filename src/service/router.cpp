#include "service/router.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "base/files.h"
#include "notation/json.h"
#include "service/gate.h"
#include "service/problem.h"
#include "service/turn.h"
#include "store/digest.h"

namespace huice::service {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxBodyBytes = std::size_t{1} << 20;
constexpr std::size_t kMaxPageFiles = 5'000;
constexpr std::size_t kMaxPathBytes = 2'048;

Error error_of(ErrorCode code, std::string id, std::string message, std::string hint) {
  return {.code = code,
          .id = std::move(id),
          .message = std::move(message),
          .where = {},
          .hint = std::move(hint)};
}

/// A parameter as the schema has it, for the check alone.
model::Value typed(const std::string& text, const model::Value& schema) {
  const model::Value* type = schema.find("type");
  const std::string name = type == nullptr || type->text() == nullptr ? "" : *type->text();
  if (name == "boolean" && (text == "true" || text == "false")) return text == "true";
  if (name == "integer") {
    if (const auto number = Decimal::parse(text)) return *number;
  }
  return text;
}

Error bad_query(const std::string& name, std::string what) {
  Error error = error_of(ErrorCode::InvalidInput, "service.query", std::move(what),
                         "参数见 /api/v1/openapi.json");
  error.where.part = name;
  return error;
}

Result<std::map<std::string, std::string, std::less<>>> parse_query(const std::string& query) {
  std::map<std::string, std::string, std::less<>> parameters;
  for (std::size_t at = 0; at < query.size();) {
    const std::size_t end = std::min(query.find('&', at), query.size());
    const std::string pair = query.substr(at, end - at);
    at = end + 1;
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const auto name = decode_percent(pair.substr(0, equals), true);
    const auto value = decode_percent(pair.substr(std::min(equals + 1, pair.size())), true);
    if (!name || !value) return bad_query({}, "网址里的参数编码不对");
    if (!parameters.emplace(*name, *value).second) {
      return bad_query(*name, "参数 " + *name + " 写了两次");
    }
  }
  return parameters;
}

/// All parameters of the call against the contract.
Status check_parameters(const Contract& contract, const Call& call) {
  Findings findings;
  std::set<std::string, std::less<>> known;
  for (const Parameter& parameter : call.operation->parameters) {
    std::optional<std::string> given;
    if (parameter.place == Parameter::Place::Header) {
      std::string name = parameter.name;
      std::ranges::transform(name, name.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      });
      const auto found = call.request->headers.find(name);
      if (found != call.request->headers.end()) given = found->second;
      if (!given && name == "if-match") {
        return error_of(ErrorCode::InvalidInput, "service.if-match-missing", "没有说明改的是哪一版",
                        "把上次取得的 ETag 放进 If-Match");
      }
    } else {
      const auto& all = parameter.place == Parameter::Place::Path ? call.path : call.query;
      if (parameter.place == Parameter::Place::Query) known.insert(parameter.name);
      const auto found = all.find(parameter.name);
      if (found != all.end()) given = found->second;
    }
    if (!given && parameter.required) {
      findings.push_back(bad_query(parameter.name, "缺少参数 " + parameter.name));
    } else if (given) {
      auto wrong =
          contract.check(typed(*given, parameter.schema), parameter.schema, parameter.name);
      std::ranges::move(wrong, std::back_inserter(findings));
    }
  }
  for (const auto& [name, value] : call.query) {
    if (!known.contains(name)) findings.push_back(bad_query(name, "没有参数 " + name));
  }
  if (!findings.empty()) return as_error(std::move(findings));
  return Unit{};
}

/// Reads the body into the call, as JSON where the contract has a schema for it.
Status take_body(const Site& site, Call& call) {
  const Operation& operation = *call.operation;
  if (!operation.body && !operation.upload) return Unit{};
  const std::size_t limit =
      operation.upload ? static_cast<std::size_t>(site.configuration.upload_megabytes) << 20
                       : kMaxBodyBytes;
  const std::string type = call.request->header("content-type");
  const std::string_view wanted = operation.body ? "application/json" : "application/octet-stream";
  if (!type.starts_with(wanted)) {
    return error_of(ErrorCode::Unsupported, "service.content-type",
                    "Content-Type 应是 " + std::string(wanted), "按接口说明发送");
  }
  HUICE_TRY(call.bytes, call.request->body(limit));
  if (!operation.body) return Unit{};
  HUICE_TRY(call.body, notation::read_json(call.bytes, "请求"));
  auto findings = site.contract.check(call.body, *operation.body);
  if (!findings.empty()) return as_error(std::move(findings));
  return Unit{};
}

/// A tag of the content for answers without a version, so that what has not changed is not sent.
void tag(const Request& request, Answer& answer) {
  if (request.method != "GET" || answer.status != 200 || answer.stream) return;
  auto found =
      std::ranges::find(answer.headers, "ETag", &std::pair<std::string, std::string>::first);
  if (found == answer.headers.end()) {
    answer.headers.emplace_back("ETag", "\"" + store::sha256(answer.body).substr(0, 32) + "\"");
    found = std::prev(answer.headers.end());
  }
  if (request.header("if-none-match") != found->second) return;
  answer.status = 304;
  answer.body.clear();
}

bool sets_cookie(const Answer& answer) {
  return std::ranges::any_of(answer.headers,
                             [](const auto& header) { return header.first == "Set-Cookie"; });
}

std::string_view type_of(const fs::path& file) {
  static const std::map<std::string, std::string_view> kTypes = {
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".json", "application/json; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".woff", "font/woff"},
      {".txt", "text/plain; charset=utf-8"},
      {".webmanifest", "application/manifest+json"}};
  const auto found = kTypes.find(file.extension().string());
  return found == kTypes.end() ? "application/octet-stream" : found->second;
}

}  // namespace

Result<Router> Router::make(Site& site) {
  Router router(site);
  for (const auto& part :
       {session_handlers(),    account_handlers(),      enterprise_handlers(),
        match_handlers(),      policy_handlers(),       decision_handlers(),
        library_handlers(),    library_file_handlers(), library_answer_handlers(),
        draft_handlers(),      proof_handlers(),        ledger_handlers(),
        returned_handlers(),   sheet_handlers(),        campaign_handlers(),
        import_handlers(),     assessment_handlers(),   rules_handlers(),
        inspection_handlers(), application_handlers(),  job_handlers(),
        system_handlers()}) {
    router.handlers_.insert(part.begin(), part.end());
  }
  std::string missing;
  for (const Operation& operation : site.contract.operations()) {
    if (!router.handlers_.contains(operation.id)) missing += " " + operation.id;
  }
  if (!missing.empty() || router.handlers_.size() != site.contract.operations().size()) {
    return error_of(ErrorCode::InvalidInput, "service.contract",
                    "接口说明 openapi.yaml 与本程序不是同一版：" + missing, "重新安装本程序");
  }
  const fs::path folder = site.configuration.page.empty() ? site.outside.world().home / "web/dist"
                                                          : site.configuration.page;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
    if (!entry.is_regular_file(error) || router.files_.size() == kMaxPageFiles) continue;
    router.files_.emplace("/" + fs::relative(entry.path(), folder, error).generic_string(),
                          entry.path());
  }
  return router;
}

Answer Router::answer(const Request& request) const {
  const auto began = std::chrono::steady_clock::now();
  const std::string id = random_id();
  std::string operation = "none";
  std::string login;
  site_->metrics.began();
  Answer answer = respond(request, id, operation, login);
  tag(request, answer);
  answer.headers.emplace_back("X-Request-Id", id);
  site_->metrics.ended();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  site_->metrics.answered(operation, answer.status, took.count());
  // The path may hold names; the operation says enough.
  site_->outside.log(notation::write_json(
      model::Value::Record{{"at", site_->outside.world().now},
                           {"request", id},
                           {"method", request.method},
                           {"operation", operation},
                           {"status", answer.status},
                           {"milliseconds", static_cast<int>(took.count() * 1000)},
                           {"address", request.address},
                           {"login", login}}));
  return answer;
}

Answer Router::respond(const Request& request, const std::string& id, std::string& operation,
                       std::string& login) const {
  if (request.version != "HTTP/1.1" && request.version != "HTTP/1.0") {
    return problem_answer(error_of(ErrorCode::Unsupported, "service.http-version",
                                   "这里不用这一版 HTTP", "用 HTTP/1.1"),
                          id);
  }
  if (request.path.size() > kMaxPathBytes || !request.path.starts_with('/')) {
    return problem_answer(
        error_of(ErrorCode::NotFound, "service.no-path", "没有这个网址", "核对网址"), id);
  }
  Found found = site_->contract.find(request.method, request.path);
  if (found.operation == nullptr) {
    if (!found.path_known) return page(request, id);
    return problem_answer(
        error_of(ErrorCode::Unsupported, "service.method", "这个网址不接受 " + request.method,
                 "方法见 /api/v1/openapi.json"),
        id);
  }
  operation = found.operation->id;
  try {
    auto done = operate(request, id, found, login);
    return done ? std::move(done).value() : problem_answer(done.error(), id);
  } catch (const std::exception& thrown) {
    site_->outside.log(
        notation::write_json(model::Value::Record{{"at", site_->outside.world().now},
                                                  {"request", id},
                                                  {"fault", std::string(thrown.what())}}));
    return problem_answer(error_of(ErrorCode::Internal, "service.fault", "程序出了错，已经记下",
                                   "把请求编号 " + id + " 告诉管理员"),
                          id);
  }
}

Status Router::receive(const Request& request, Call& call) const {
  const Turn turn(site_->turns);
  HUICE_TRY(auto database, site_->pool.borrow());
  HUICE_TRY(call.who, identify(*site_, *database, request));
  return Unit{};
}

Result<Answer> Router::operate(const Request& request, const std::string& id, const Found& found,
                               std::string& login) const {
  Call call{.operation = found.operation, .path = found.path};
  call.request = &request;
  call.id = id;
  call.world = site_->outside.world();
  call.now = site_->outside.seconds();
  HUICE_TRY([[maybe_unused]] const Unit known, receive(request, call));
  login = call.who.account.login;
  auto answer = perform(request, found, call);
  // Too late it would replace the secret that the browser got meanwhile.
  const bool late = site_->outside.seconds() - call.now >= kRenewal;
  if (call.who.renewed.empty() || late) return answer;
  // Also with a refusal: the secret it came with is the former one now.
  Answer renewed = answer ? std::move(answer).value() : problem_answer(answer.error(), id);
  if (!sets_cookie(renewed))
    renewed.headers.emplace_back("Set-Cookie", session_cookie(*site_, request, call.who.renewed));
  return renewed;
}

Result<Answer> Router::perform(const Request& request, const Found& found, Call& call) const {
  HUICE_TRY([[maybe_unused]] const Unit admitted,
            admit(*site_, *call.operation, request, call.who));
  HUICE_TRY(call.query, parse_query(request.query));
  HUICE_TRY([[maybe_unused]] const Unit sound, check_parameters(site_->contract, call));
  // The body comes as slowly as its client sends it: nothing is held meanwhile.
  HUICE_TRY([[maybe_unused]] const Unit taken, take_body(*site_, call));
  std::optional<Turn<std::counting_semaphore<>>> turn;
  // Signing in has turns of its own, which must not keep others waiting.
  if (!call.operation->is_public()) turn.emplace(site_->turns);
  HUICE_TRY(auto database, site_->pool.borrow());
  Desk desk{*site_, *database};
  const Handler handler = handlers_.at(found.operation->id);
  auto answer = handler(desk, call);
  // Somebody wrote the same this moment: asked again, the handler sees it and says what that means.
  if (!answer && answer.error().id == "store.taken") return handler(desk, call);
  return answer;
}

Answer Router::page(const Request& request, const std::string& id) const {
  const Error none = error_of(ErrorCode::NotFound, "service.no-path", "没有这个网址", "核对网址");
  const bool asks = request.method == "GET" || request.method == "HEAD";
  const auto path = decode_percent(request.path, false);
  if (!asks || !path || path->starts_with("/api/")) return problem_answer(none, id);
  auto file = files_.find(*path);
  // What is no file is a place within the page, which finds its way itself.
  if (file == files_.end() && path->find('.') == std::string::npos)
    file = files_.find("/index.html");
  if (file == files_.end()) return problem_answer(none, id);
  auto bytes = read_file(file->second);
  if (!bytes) return problem_answer(none, id);
  Answer answer = bytes_answer(std::string(type_of(file->second)), std::move(bytes).value());
  const bool hashed = file->first.starts_with("/assets/");  // the name changes with the content
  answer.headers.emplace_back("Cache-Control",
                              hashed ? "public, max-age=31536000, immutable" : "no-cache");
  return answer;
}

}  // namespace huice::service
