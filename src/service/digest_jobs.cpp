// 企业手机报: what is new for every enterprise of the county, as an outbox (docs/outbox.md) in a
// ZIP.
#include <memory>

#include "app/digest.h"
#include "notation/json.h"
#include "policy/match.h"
#include "service/job_items.h"
#include "service/profiles.h"
#include "service/secrets.h"

namespace huice::service {
namespace {

/// Four files each must go into one container.
constexpr std::int64_t kMostEnterprises = 16'000;
constexpr int kMostDays = 366;

/// Errors: InvalidInput `job.request`, `digest.since`.
Result<app::DigestRequest> digest_request(const model::Value& request) {
  const auto since = Date::parse(text_field(request, "since"));
  const auto today = Date::parse(text_field(request, "today"));
  const auto on = request.find("on") == nullptr ? today : Date::parse(text_field(request, "on"));
  if (!since || !on) {
    return bad_request(since ? "on" : "since", "应是一个日期", "写成 2026-10-22");
  }
  app::DigestRequest digest{.enterprises = {},
                            .policies = {},
                            .default_region = {},
                            .since = *since,
                            .on = *on,
                            .days_ahead = policy::kDaysAhead,
                            .sender = text_field(request, "sender"),
                            .fonts = {},
                            .outbox = {}};
  if (const model::Value* within = request.find("within"); within != nullptr) {
    const auto* number = within->number();
    const auto days = number == nullptr ? std::nullopt : number->to_int64();
    if (!days || *days < 1 || *days > kMostDays) {
      return bad_request("within", "应是 1 到 " + std::to_string(kMostDays) + " 的天数", "写成 30");
    }
    digest.days_ahead = static_cast<int>(*days);
  }
  if (digest.sender.empty()) digest.sender = "惠企政策服务";
  HUICE_TRY([[maybe_unused]] const Unit sound, app::check_days(digest));
  return digest;
}

Result<JobOrder> order_digest(Desk& desk, const Call& call, model::Value::Record request) {
  HUICE_TRY(const auto digest, digest_request(model::Value(request)));
  HUICE_TRY(auto order, order_for_enterprises(desk, call, std::move(request), kMostEnterprises));
  order.title = digest.since.to_iso() + " 至 " + digest.on.to_iso() + "，" +
                std::to_string(digest.days_ahead) + " 天内截止的也提醒";
  return order;
}

/// What an item keeps: `{folder, line, files: {name: base64}}`.
std::string content_of(const std::string& folder, const app::Digest& digest) {
  model::Value::Record files;
  for (const auto& [name, bytes] : digest.files)
    files.emplace_back(name, to_base64(bytes));
  return notation::write_json(model::Value::Record{
      {"folder", folder}, {"line", digest.line}, {"files", model::Value(std::move(files))}});
}

Result<JobPlan> plan_digest(Site& site, const store::Job& job, model::Value request) {
  HUICE_TRY(auto wanted, digest_request(request));
  const auto materials = site.materials.get();
  HUICE_TRY(auto opened, app::DigestPress::open(site.outside.world(), materials->fonts));
  const auto press = std::make_shared<const app::DigestPress>(std::move(opened));
  const auto total = static_cast<std::int64_t>(request.find("enterprises")->list()->size());
  const auto match_on = [&site, library = materials->policies, county = job.county](
                            const model::Value& order, std::int64_t seq,
                            Date day) -> Result<policy::EnterpriseMatches> {
    const auto catalogue = site.catalogue(library, day.year());
    HUICE_TRY(const auto profile, job_profile(site, county, order, seq, *catalogue));
    policy::MatchOptions options{.on = day, .known_on = day};
    if (county != "000000") options.default_region = county;
    return std::move(policy::match_all(*library, {&profile, 1}, options).front());
  };
  // Empty for an enterprise without news.
  const auto content = [=](std::int64_t seq) -> Result<std::string> {
    HUICE_TRY(const auto before, match_on(request, seq, wanted.since));
    HUICE_TRY(const auto after, match_on(request, seq, wanted.on));
    const auto changes = policy::differences({&before, 1}, {&after, 1}, wanted.days_ahead);
    if (changes.empty() || !app::has_news(changes.front())) return std::string();
    const std::string folder = after.uscc.empty() ? "no-code-" + numbered(seq, total) : after.uscc;
    HUICE_TRY(const auto digest, press->make(changes.front(), wanted, folder));
    return content_of(folder, digest);
  };
  return JobPlan{total, [=](std::int64_t seq) -> store::JobItem {
                   const std::string name = numbered(seq, total);
                   auto made = content(seq);
                   if (!made) return failed(seq, name, made.error());
                   return {seq, name, std::nullopt, std::move(made).value()};
                 }};
}

Result<Answer> digest_result(Site& site, const store::Job& job, const model::Value& request) {
  HUICE_TRY(const auto wanted, digest_request(request));
  const std::string day = wanted.on.to_iso() + "/";
  Answer answer = download("application/zip", job.id + ".zip");
  answer.stream = [&site, id = job.id, day](std::ostream& out,
                                            const std::function<bool()>& stopping) {
    ZipStream zip(out, stopping);
    std::string messages;
    bool whole = true;
    const auto read = each_item(site, id, [&](const store::JobItem& item) {
      if (item.failure || item.content.empty()) return true;
      const auto kept = notation::read_json(item.content, id);
      whole = kept.has_value();
      if (!kept) return false;
      messages += text_field(kept.value(), "line");
      const std::string folder = day + text_field(kept.value(), "folder") + "/";
      for (const auto& [name, bytes] : *kept.value().find("files")->record()) {
        if (!zip.add(folder + name, from_base64(*bytes.text()))) return false;
      }
      return true;
    });
    zip.finish(whole && read && zip.add(day + "messages.jsonl", messages));
  };
  return answer;
}

}  // namespace

JobKind digest_jobs() {
  return {"digest", order_digest, plan_digest, digest_result};
}

}  // namespace huice::service
