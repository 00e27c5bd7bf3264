// The whole county against the policies: a line of JSON an enterprise, or a line of CSV a match.
#include "app/match.h"
#include "notation/json.h"
#include "policy/explain.h"
#include "policy/match.h"
#include "service/job_items.h"
#include "service/profiles.h"
#include "service/values.h"

namespace huice::service {
namespace {

bool is_table(const model::Value& request) {
  return text_field(request, "format") == "csv";
}

policy::MatchOptions options_of(const Site& site, const store::Job& job,
                                const model::Value& request) {
  const Date today = day_field(request, "today", site.outside.world().today);
  policy::MatchOptions options{.on = day_field(request, "on", today),
                               .known_on = day_field(request, "known_on", today)};
  if (job.county != "000000") options.default_region = job.county;
  if (const model::Value* ids = request.find("policies");
      ids != nullptr && ids->list() != nullptr) {
    for (const model::Value& id : *ids->list())
      options.policies.push_back(id.text() == nullptr ? "" : *id.text());
  }
  return options;
}

Result<JobOrder> order_match(Desk& desk, const Call& call, model::Value::Record request) {
  const model::Value asked(request);
  const std::string format = text_field(asked, "format");
  if (asked.find("format") != nullptr && format != "jsonl" && format != "csv") {
    return bad_request("format", "没有这种格式",
                       "写 jsonl（每家企业一行，理由齐全）或 csv（每项匹配一行）");
  }
  const auto day = day_field(asked, "on", call.world.today);
  const auto* policies = asked.find("policies");
  HUICE_TRY(auto order, order_for_enterprises(desk, call, std::move(request), kMaxListed));
  const bool all = policies == nullptr || policies->list() == nullptr;
  order.title = "按 " + day.to_iso() + " 的规定，" +
                (all ? "全部政策" : std::to_string(policies->list()->size()) + " 项政策") +
                (is_table(asked) ? "，表格" : "");
  return order;
}

Result<JobPlan> plan_match(Site& site, const store::Job& job, model::Value request) {
  const auto library = site.materials.get()->policies;
  const auto options = options_of(site, job, request);
  const auto catalogue = site.catalogue(library, options.on.year());
  const auto total = static_cast<std::int64_t>(request.find("enterprises")->list()->size());
  const auto made = [=, &site, county = job.county](std::int64_t seq) -> Result<std::string> {
    HUICE_TRY(const auto profile, job_profile(site, county, request, seq, *catalogue));
    const auto matches = policy::match_all(*library, {&profile, 1}, options);
    if (is_table(request)) return app::csv_of(matches, *catalogue, options, false);
    return policy::to_json(matches.front());
  };
  return JobPlan{total, [=](std::int64_t seq) -> store::JobItem {
                   const std::string name = numbered(seq, total);
                   auto lines = made(seq);
                   if (!lines) return failed(seq, name, lines.error());
                   return {seq, name, std::nullopt, std::move(lines).value()};
                 }};
}

Result<Answer> match_result(Site& site, const store::Job& job, const model::Value& request) {
  const bool table = is_table(request);
  std::string heading;
  if (table) {
    const auto options = options_of(site, job, request);
    const auto catalogue = site.catalogue(site.materials.get()->policies, options.on.year());
    heading = app::csv_of({}, *catalogue, options, true);
  }
  Answer answer = table ? download("text/csv", job.id + ".csv")
                        : download("application/x-ndjson", job.id + ".jsonl");
  answer.stream = [&site, id = job.id, heading, table](std::ostream& out,
                                                       const std::function<bool()>& stopping) {
    out << heading;
    (void)each_item(site, id, [&](const store::JobItem& item) {
      if (!item.failure) out << item.content << (table ? "" : "\n");
      return out.good() && !stopping();
    });
  };
  return answer;
}

}  // namespace

JobKind match_jobs() {
  return {"match-bulk", order_match, plan_match, match_result};
}

}  // namespace huice::service
