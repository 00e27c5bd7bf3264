// The whole county against the policies: a line of JSON an enterprise, a line of CSV a match, or a
// workbook.
#include <mutex>

#include "app/match.h"
#include "notation/json.h"
#include "policy/explain.h"
#include "policy/match.h"
#include "service/job_items.h"
#include "service/match_workbook.h"
#include "service/profiles.h"
#include "service/values.h"
#include "service/workbook_answer.h"

namespace huice::service {
namespace {

enum class Format { Lines, Table, Workbook };

/// Its rows are all held while it is written: fewer enterprises than elsewhere.
constexpr std::int64_t kMostInWorkbook = 2'000;

/// nullopt for one that there is not.
std::optional<Format> format_named(const std::string& name) {
  if (name.empty() || name == "jsonl") return Format::Lines;
  if (name == "csv") return Format::Table;
  if (name == "xlsx") return Format::Workbook;
  return std::nullopt;
}

Format format_of(const model::Value& request) {
  return format_named(text_field(request, "format")).value_or(Format::Lines);
}

std::string_view in_title(Format format) {
  if (format == Format::Workbook) return "，工作簿";
  return format == Format::Table ? "，表格" : "";
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
  const model::Value* named = asked.find("format");
  const auto format = format_named(text_field(asked, "format"));
  if (named != nullptr && (named->text() == nullptr || named->text()->empty() || !format)) {
    return bad_request("format", "没有这种格式",
                       "写 jsonl（每家企业一行，理由齐全）、csv（每项匹配一行）或 xlsx（工作簿）");
  }
  const auto day = day_field(asked, "on", call.world.today);
  const auto* policies = asked.find("policies");
  const auto most = format == Format::Workbook ? kMostInWorkbook : kMaxListed;
  auto ordered = order_for_enterprises(desk, call, std::move(request), most);
  if (!ordered && ordered.error().id == "job.too-many" && most < kMaxListed) {
    Error error = std::move(ordered).error();
    error.message = "工作簿至多 " + std::to_string(most) + " 家企业";
    error.hint = "改用“整县匹配，CSV”（接口里 format 写 csv），表格软件也打得开";
    return error;
  }
  HUICE_TRY(auto order, std::move(ordered));
  const bool all = policies == nullptr || policies->list() == nullptr;
  order.title = "按 " + day.to_iso() + " 的规定，" +
                (all ? "全部政策" : std::to_string(policies->list()->size()) + " 项政策") +
                std::string(in_title(*format));
  return order;
}

Result<JobPlan> plan_match(Site& site, const store::Job& job, model::Value request) {
  const auto materials = site.materials.get();
  const auto& library = materials->policies;
  const auto& decisions = materials->decisions;
  const auto options = options_of(site, job, request);
  const auto catalogue = site.catalogue(library, options.on.year());
  const auto total = static_cast<std::int64_t>(request.find("enterprises")->list()->size());
  const auto made = [=, &site, county = job.county,
                     format = format_of(request)](std::int64_t seq) -> Result<std::string> {
    HUICE_TRY(const auto profile, job_profile(site, county, request, seq, *catalogue));
    if (format == Format::Workbook) {
      return MatchWorkbook::rows_of(*library, *decisions, *catalogue, profile, options);
    }
    const auto matches = policy::match_all(*library, {&profile, 1}, options);
    if (format == Format::Table) return app::csv_of(matches, *catalogue, options, false);
    return policy::to_json(matches.front());
  };
  return JobPlan{total, [=](std::int64_t seq) -> store::JobItem {
                   const std::string name = numbered(seq, total);
                   auto lines = made(seq);
                   if (!lines) return failed(seq, name, lines.error());
                   return {seq, name, std::nullopt, std::move(lines).value()};
                 }};
}

/// One at a time: that of 2,000 enterprises takes some 300 MB until it is written.
Result<Answer> workbook_result(Site& site, const store::Job& job, const model::Value& request) {
  static std::mutex one;
  const std::scoped_lock lock(one);
  const auto options = options_of(site, job, request);
  const auto catalogue = site.catalogue(site.materials.get()->policies, options.on.year());
  MatchWorkbook workbook(*catalogue, options);
  Status added = Unit{};
  HUICE_TRY([[maybe_unused]] const Unit read,
            each_item(site, job.id, [&](const store::JobItem& item) {
              if (!item.failure) added = workbook.add(item.content);
              return added.has_value();
            }));
  if (!added) return added.error();
  Answer answer = download(kXlsxType, job.id + ".xlsx");
  HUICE_TRY(answer.body, app::workbook_xlsx(std::move(workbook).finish(), options.on));
  return answer;
}

Result<Answer> match_result(Site& site, const store::Job& job, const model::Value& request) {
  const Format format = format_of(request);
  if (format == Format::Workbook) return workbook_result(site, job, request);
  const bool table = format == Format::Table;
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
