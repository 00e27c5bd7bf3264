#include "service/problem.h"

#include <map>
#include <string_view>

namespace huice::service {
namespace {

constexpr std::size_t kMaxFindings = 200;  ///< of one answer

std::string_view title_of(int status) {
  static const std::map<int, std::string_view> kTitles = {
      {400, "请求写法不对"},       {401, "还没有登录"},   {403, "没有这个权限"},
      {404, "没有找到"},           {405, "不能这样请求"}, {408, "等得太久"},
      {409, "与现有内容冲突"},     {412, "别人已先改过"}, {413, "太大了"},
      {415, "格式不对"},           {422, "内容有问题"},   {428, "没有说明改的是哪一版"},
      {429, "太频繁，请稍后再试"}, {500, "程序出了错"},   {503, "暂时不能用"},
      {505, "不用这一版 HTTP"}};
  const auto found = kTitles.find(status);
  return found == kTitles.end() ? "出错" : found->second;
}

std::string field_of(const SourceSpan& where) {
  if (!where.part.empty()) return where.part;
  return where.column > 0 ? std::to_string(where.line) + ":" + std::to_string(where.column) : "";
}

}  // namespace

int status_of(const Error& error) {
  static const std::map<std::string_view, int> kStatuses = {
      {"session.required", 401},     {"session.credentials", 401},
      {"session.forbidden", 403},    {"session.csrf", 403},
      {"session.locked", 429},       {"service.rate", 429},
      {"service.method", 405},       {"service.field", 400},
      {"service.query", 400},        {"service.content-type", 415},
      {"service.if-match", 400},     {"service.if-match-missing", 428},
      {"json.syntax", 400},          {"json.duplicate-key", 400},
      {"json.number-range", 400},    {"json.too-deep", 400},
      {"store.stale", 412},          {"ledger.changed", 412},
      {"campaign.changed", 412},     {"service.body", 408},
      {"service.http-version", 505}, {"setup.invitation", 403}};
  const auto found = kStatuses.find(error.id);
  if (found != kStatuses.end()) return found->second;
  switch (error.code) {
    case ErrorCode::InvalidInput:
      return 422;
    case ErrorCode::NotFound:
      return 404;
    case ErrorCode::Conflict:
      return 409;
    case ErrorCode::Unsupported:
      return 415;
    case ErrorCode::TooLarge:
      return 413;
    case ErrorCode::Io:
      return 503;
    case ErrorCode::Internal:
      break;
  }
  return 500;
}

model::Value finding_value(const Error& finding) {
  model::Value::Record record = {{"id", finding.id}, {"detail", finding.message}};
  if (!finding.hint.empty()) record.emplace_back("hint", finding.hint);
  const std::string field = field_of(finding.where);
  if (!field.empty()) record.emplace_back("field", field);
  if (finding.where.line > 0) record.emplace_back("line", finding.where.line);
  return model::Value(std::move(record));
}

Answer problem_answer(const Error& error, const std::string& request) {
  const int status = status_of(error);
  model::Value::Record record = {{"type", "urn:huice:error:" + error.id},
                                 {"title", std::string(title_of(status))},
                                 {"status", status},
                                 {"detail", error.message},
                                 {"id", error.id},
                                 {"request", request}};
  if (!error.hint.empty()) record.emplace_back("hint", error.hint);
  model::Value::List errors;
  for (const Error& finding : as_findings(error)) {
    if (errors.size() == kMaxFindings) break;
    errors.push_back(finding_value(finding));
  }
  record.emplace_back("errors", model::Value(std::move(errors)));
  Answer answer = json_answer(model::Value(std::move(record)), status);
  answer.type = "application/problem+json; charset=utf-8";
  return answer;
}

}  // namespace huice::service
