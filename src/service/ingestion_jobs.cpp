// Files handed in for a county's library, read and taken in or refused.
#include <utility>
#include <vector>

#include "notation/json.h"
#include "service/job_items.h"
#include "service/library_files.h"
#include "service/problem.h"

namespace huice::service {
namespace {

/// What reading the file comes to.
Status fill(Site& site, store::Database& database, const std::string& county,
            store::CountyFile& file) {
  HUICE_TRY(const auto content, store::content_of(database, county, file.id));
  HUICE_TRY(const auto read, site.counties.read(file.name, from_base64(content)));
  if (read.refusal) {
    Error refusal = *read.refusal;
    refusal.where = {.part = file.name};
    file.refusal = notation::write_json(finding_value(refusal));
    return Unit{};
  }
  file.title = read.circular.title;
  file.number = read.circular.number;
  file.issuer = read.circular.issuer;
  if (read.circular.date) file.dated_on = read.circular.date->to_iso();
  return Unit{};
}

/// Takes a file in or refuses it, if it still waits for that.
Status settle(Site& site, const store::Job& job, const std::string& id) {
  HUICE_TRY(auto database, site.pool.borrow());
  HUICE_TRY(auto file, store::find_file(*database, job.county, id));
  if (file.state != "待入库" || file.job != job.id) return Unit{};
  HUICE_TRY([[maybe_unused]] const Unit filled, fill(site, *database, job.county, file));
  HUICE_TRY([[maybe_unused]] const bool first,
            store::settle_file(*database, job.county, file,
                               {site.outside.world().now, job.owner, "任务 " + job.id}));
  return Unit{};
}

/// What the record says of a file now.
Result<store::JobItem> item_of(Site& site, const store::Job& job, std::int64_t seq,
                               const std::string& id) {
  HUICE_TRY(auto database, site.pool.borrow());
  HUICE_TRY(const auto file, store::find_file(*database, job.county, id));
  return store::JobItem{seq, file.name, file.refusal,
                        notation::write_json(library_file_value(file))};
}

Result<JobPlan> plan_ingestion(Site& site, const store::Job& job, model::Value request) {
  std::vector<std::string> files;
  for (const model::Value& id : *request.find("files")->list())
    files.push_back(*id.text());
  const auto id_of = [files](std::int64_t seq) { return files[static_cast<std::size_t>(seq - 1)]; };
  return JobPlan{
      .total = static_cast<std::int64_t>(files.size()),
      .make =
          [&site, job, id_of](std::int64_t seq) {
            auto item = item_of(site, job, seq, id_of(seq));
            return item ? std::move(item).value() : failed(seq, id_of(seq), item.error());
          },
      .before = [&site, job, id_of](std::int64_t seq) { return settle(site, job, id_of(seq)); }};
}

/// What became of each file, a line each.
Result<Answer> ingestion_result(Site& site, const store::Job& job, const model::Value&) {
  Answer answer = download("application/x-ndjson", job.id + ".jsonl");
  answer.stream = [&site, id = job.id](std::ostream& out, const std::function<bool()>& stopping) {
    (void)each_item(site, id, [&](const store::JobItem& item) {
      out << item.content << '\n';
      return out.good() && !stopping();
    });
  };
  return answer;
}

}  // namespace

JobKind ingestion_jobs() {
  return {kIngestion, nullptr, plan_ingestion, ingestion_result};
}

}  // namespace huice::service
