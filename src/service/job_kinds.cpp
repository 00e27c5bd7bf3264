#include "service/job_kinds.h"

#include <algorithm>
#include <utility>

#include "app/online_draft.h"
#include "archive/zip_writer.h"
#include "notation/json.h"
#include "policy/explain.h"
#include "policy/match.h"
#include "service/problem.h"
#include "service/profiles.h"
#include "service/values.h"

namespace huice::service {
namespace {

constexpr std::int64_t kResultPage = 50;  ///< items read at a time
constexpr std::string_view kBulk = "match-bulk";
constexpr std::string_view kFileName = "文件名";  ///< of an item; names its file and is no data

Error bad_request(const std::string& field, std::string message, std::string hint) {
  return {.code = ErrorCode::InvalidInput,
          .id = "job.request",
          .message = std::move(message),
          .where = {.part = std::string("request") + '.' + field},
          .hint = std::move(hint)};
}

/// `7` of 120 -> `007`.
std::string numbered(std::int64_t number, std::int64_t count) {
  std::string text = std::to_string(number);
  const std::size_t width = std::to_string(count).size();
  return std::string(width - std::min(width, text.size()), '0') + text;
}

store::JobItem failed(std::int64_t seq, std::string name, const Error& error) {
  return {seq, std::move(name), notation::write_json(finding_value(error)), {}};
}

Result<JobOrder> order_bulk(Desk& desk, const Call& call, model::Value::Record request) {
  store::RecordQuery query{.kind = kEnterpriseKind, .county = call.who.account.county};
  query.limit = kMaxListed;
  HUICE_TRY(const auto page, store::list_records(desk.database, query));
  if (page.total > kMaxListed) {
    return Error{.code = ErrorCode::TooLarge,
                 .id = "job.too-many",
                 .message = "企业超过 " + std::to_string(kMaxListed) + " 家",
                 .hint = "用命令行 huice match --bulk"};
  }
  model::Value::List ids;
  for (const store::Record& record : page.items)
    ids.emplace_back(record.id);
  request.emplace_back("enterprises", model::Value(std::move(ids)));
  return JobOrder{notation::write_json(model::Value(std::move(request))),
                  static_cast<std::int64_t>(page.items.size())};
}

Result<JobOrder> order_batch(const Call& call, model::Value::Record request) {
  const model::Value whole(request);
  const model::Value* name = whole.find("template");
  const model::Value* items = whole.find("items");
  const model::Value* shared = whole.find("shared");
  if (name == nullptr || name->text() == nullptr) {
    return bad_request("template", "没有写模板", "写模板的名称");
  }
  HUICE_TRY([[maybe_unused]] const auto known, app::describe_template(call.world, *name->text()));
  if (items == nullptr || items->list() == nullptr || items->list()->empty()) {
    return bad_request("items", "没有要做的各份", "items 写成记录的列表");
  }
  const bool records = std::ranges::all_of(
      *items->list(), [](const model::Value& each) { return each.record() != nullptr; });
  if (!records || (shared != nullptr && shared->record() == nullptr)) {
    return bad_request("items", "各份数据与共同的数据都应是记录", "写成 {字段: 值}");
  }
  if (items->list()->size() > kMaxJobItems) {
    return Error{.code = ErrorCode::TooLarge,
                 .id = "job.too-many",
                 .message = "一次至多 " + std::to_string(kMaxJobItems) + " 份",
                 .hint = "分几次做"};
  }
  return JobOrder{notation::write_json(whole), static_cast<std::int64_t>(items->list()->size())};
}

std::string text_of(const model::Value& request, std::string_view name) {
  const model::Value* field = request.find(name);
  return field == nullptr || field->text() == nullptr ? std::string() : *field->text();
}

/// The file of an item: its number, and its 文件名 where it has one.
std::string file_name(const model::Value& item, std::int64_t seq, std::int64_t total) {
  constexpr std::size_t kLongest = 120;  // bytes; what is longer is left out, not cut
  const std::string own = text_of(item, kFileName);
  const bool usable =
      !own.empty() && own.size() <= kLongest &&
      own.find_first_of("/\\:*?\"<>|") == std::string::npos &&
      std::ranges::none_of(own, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  return numbered(seq, total) + (usable ? "-" + own : "") + ".pdf";
}

Result<JobPlan> plan_batch(Site& site, model::Value request) {
  const auto total = static_cast<std::int64_t>(request.find("items")->list()->size());
  const auto materials = site.materials.get();
  app::World world = site.outside.world();
  world.today = Date::parse(text_of(request, "today")).value_or(world.today);
  HUICE_TRY(auto opened,
            app::OnlineSeries::open(world, materials->fonts, text_of(request, "template")));
  const std::shared_ptr<app::OnlineSeries> series = std::move(opened);
  return JobPlan{total, [=](std::int64_t seq) -> store::JobItem {
                   const model::Value& own =
                       (*request.find("items")->list())[static_cast<std::size_t>(seq - 1)];
                   const std::string name = file_name(own, seq, total);
                   const model::Value nameless = with_changes(
                       own, model::Value::Record{{std::string(kFileName), model::Value()}});
                   const model::Value* shared = request.find("shared");
                   const auto typeset =
                       series->set(shared == nullptr ? nameless : with_changes(*shared, nameless));
                   if (!typeset) return failed(seq, name, typeset.error());
                   return {seq, name, std::nullopt, to_base64(typeset.value().pdf)};
                 }};
}

JobPlan plan_bulk(Site& site, const store::Job& job, model::Value request) {
  const auto library = site.materials.get()->policies;
  const Date today = Date::parse(text_of(request, "today")).value_or(site.outside.world().today);
  policy::MatchOptions options{
      .on = Date::parse(text_of(request, "on")).value_or(today),
      .known_on = Date::parse(text_of(request, "known_on")).value_or(today)};
  if (job.county != "000000") options.default_region = job.county;
  if (const model::Value* ids = request.find("policies");
      ids != nullptr && ids->list() != nullptr) {
    for (const model::Value& id : *ids->list())
      options.policies.push_back(id.text() == nullptr ? "" : *id.text());
  }
  const auto catalogue = site.catalogue(library, options.on.year());
  const auto total = static_cast<std::int64_t>(request.find("enterprises")->list()->size());
  const auto line = [=, &site](std::int64_t seq) -> Result<std::string> {
    const auto& ids = *request.find("enterprises")->list();
    HUICE_TRY(auto database, site.pool.borrow());
    HUICE_TRY(const auto record,
              store::find_record(*database, kEnterpriseKind, job.county,
                                 *ids[static_cast<std::size_t>(seq - 1)].text()));
    HUICE_TRY(const auto facts, notation::read_json(record.body, record.title));
    HUICE_TRY(const auto profile, profile_from(facts, *catalogue));
    const auto matches = policy::match_all(*library, {&profile, 1}, options);
    return policy::to_json(matches.front());
  };
  return {total, [=](std::int64_t seq) -> store::JobItem {
            const std::string name = numbered(seq, total);
            auto made = line(seq);
            if (!made) return failed(seq, name, made.error());
            return {seq, name, std::nullopt, std::move(made).value()};
          }};
}

/// Calls `use` with every item in order until it says no.
Status each_item(Site& site, const std::string& job,
                 const std::function<bool(const store::JobItem&)>& use) {
  HUICE_TRY(auto database, site.pool.borrow());
  for (std::int64_t after = 0;;) {
    HUICE_TRY(const auto items, store::job_items(*database, job, after, kResultPage));
    if (items.empty()) return Unit{};
    for (const store::JobItem& item : items) {
      if (!use(item)) return Unit{};
      after = item.seq;
    }
  }
}

Answer bulk_result(Site& site, const store::Job& job) {
  Answer answer;
  answer.type = "application/x-ndjson";
  answer.stream = [&site, id = job.id](std::ostream& out, const std::function<bool()>& stopping) {
    (void)each_item(site, id, [&](const store::JobItem& item) {
      if (!item.failure) out << item.content << '\n';
      return out.good() && !stopping();
    });
  };
  return answer;
}

/// The files of the items, each written as it is read, so that their number costs no memory.
Answer batch_result(Site& site, const store::Job& job) {
  Answer answer;
  answer.type = "application/zip";
  answer.stream = [&site, id = job.id](std::ostream& out, const std::function<bool()>& stopping) {
    std::vector<archive::ZipEntry> members;
    std::uint64_t size = 0;
    const auto read = each_item(site, id, [&](const store::JobItem& item) {
      if (item.failure) return true;
      members.push_back({.name = item.name, .description = {}, .offset = size});
      const std::string record = archive::zip_record(members.back(), from_base64(item.content),
                                                     archive::ZipPacking::Stored);
      size += record.size();
      out << record;
      return out.good() && !stopping() && size <= archive::kMaxZipBytes;
    });
    // Without its directory the container is recognised as cut off.
    if (read && out.good() && !stopping() && size <= archive::kMaxZipBytes)
      out << archive::zip_directory(members, size);
    else
      out.setstate(std::ios::failbit);
  };
  return answer;
}

}  // namespace

Result<JobOrder> order_job(Desk& desk, const Call& call) {
  model::Value::Record request = *call.body.find("request")->record();
  // Days are told now: another node, or the same tomorrow, must mean the same.
  std::erase_if(request, [](const auto& field) {
    return field.first == "today" || field.first == "enterprises";
  });
  request.emplace_back("today", call.world.today.to_iso());
  if (call.field("kind") == kBulk) return order_bulk(desk, call, std::move(request));
  return order_batch(call, std::move(request));
}

Result<JobPlan> plan_job(Site& site, const store::Job& job) {
  HUICE_TRY(auto request, notation::read_json(job.request, job.id));
  if (job.kind == kBulk) return plan_bulk(site, job, std::move(request));
  return plan_batch(site, std::move(request));
}

Result<Answer> job_result(Site& site, const store::Job& job) {
  const bool bulk = job.kind == kBulk;
  Answer answer = bulk ? bulk_result(site, job) : batch_result(site, job);
  answer.headers.emplace_back("Content-Disposition",
                              "attachment; filename=\"" + job.id + (bulk ? ".jsonl\"" : ".zip\""));
  return answer;
}

}  // namespace huice::service
