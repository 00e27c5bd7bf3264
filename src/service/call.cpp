#include "service/call.h"

#include <algorithm>
#include <charconv>

#include "notation/json.h"

namespace huice::service {

bool Identity::has(std::string_view role) const {
  return std::ranges::find(roles, role) != roles.end();
}

std::string Call::text(std::string_view name, std::string_view standard) const {
  const auto found = query.find(name);
  return found == query.end() ? std::string(standard) : found->second;
}

std::int64_t Call::number(std::string_view name, std::int64_t standard) const {
  const std::string written = text(name);
  std::int64_t value = standard;
  std::from_chars(written.data(), written.data() + written.size(), value);
  return value;
}

Date Call::day(std::string_view name) const {
  const auto found = query.find(name);
  if (found != query.end()) return Date::parse(found->second).value_or(world.today);
  const model::Value* written = body.find(name);
  if (written == nullptr || written->text() == nullptr) return world.today;
  return Date::parse(*written->text()).value_or(world.today);
}

Result<Date> Call::past_day(std::string_view name) const {
  const Date named = day(name);
  if (named <= world.today) return named;
  return Error{.code = ErrorCode::InvalidInput,
               .id = "service.future-day",
               .message = named.to_chinese() + "还没有到",
               .where = {.part = std::string(name)},
               .hint = "写今天或以前的日期"};
}

std::string Call::field(std::string_view name) const {
  const model::Value* written = body.find(name);
  return written == nullptr || written->text() == nullptr ? std::string() : *written->text();
}

store::Author Call::author() const {
  return {.at = world.now, .login = who.account.login, .origin = request->address};
}

Answer json_answer(const model::Value& value, int status) {
  Answer answer;
  answer.status = status;
  answer.body = notation::write_json(value);
  return answer;
}

Answer bytes_answer(std::string type, std::string bytes) {
  Answer answer;
  answer.type = std::move(type);
  answer.body = std::move(bytes);
  return answer;
}

Answer versioned_answer(const model::Value& value, std::int64_t version, int status) {
  Answer answer = json_answer(value, status);
  answer.headers.emplace_back("ETag", "\"v" + std::to_string(version) + "\"");
  return answer;
}

Result<std::int64_t> version_wanted(const Call& call) {
  const std::string tag = call.request->header("if-match");
  std::int64_t version = 0;
  const bool formed = tag.starts_with("\"v") && tag.ends_with('"') && tag.size() > 3;
  const char* end = tag.data() + tag.size() - (formed ? 1 : 0);
  if (formed && std::from_chars(tag.data() + 2, end, version).ptr == end) return version;
  return Error{.code = ErrorCode::InvalidInput,
               .id = "service.if-match",
               .message = "If-Match 应是上次取得的 ETag，如 \"v3\"",
               .hint = "先读取一遍，再带着它的 ETag 来改"};
}

model::Value number_value(std::int64_t number) {
  return model::Value(Decimal(number));
}

model::Value text_list(const std::vector<std::string>& texts) {
  model::Value::List list;
  for (const std::string& text : texts)
    list.emplace_back(text);
  return model::Value(std::move(list));
}

}  // namespace huice::service
