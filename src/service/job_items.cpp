#include "service/job_items.h"

#include <algorithm>
#include <utility>

#include "notation/json.h"
#include "service/problem.h"
#include "service/profiles.h"
#include "service/values.h"

namespace huice::service {
namespace {

constexpr std::int64_t kPage = 50;  ///< items read at a time

}  // namespace

Error bad_request(const std::string& field, std::string message, std::string hint) {
  return {.code = ErrorCode::InvalidInput,
          .id = "job.request",
          .message = std::move(message),
          .where = {.part = std::string("request") + '.' + field},
          .hint = std::move(hint)};
}

std::string numbered(std::int64_t number, std::int64_t count) {
  std::string text = std::to_string(number);
  const std::size_t width = std::to_string(count).size();
  return std::string(width - std::min(width, text.size()), '0') + text;
}

store::JobItem failed(std::int64_t seq, std::string name, const Error& error) {
  return {seq, std::move(name), notation::write_json(finding_value(error)), {}};
}

std::string text_field(const model::Value& request, std::string_view name) {
  const model::Value* field = request.find(name);
  return field == nullptr || field->text() == nullptr ? std::string() : *field->text();
}

Date day_field(const model::Value& request, std::string_view name, Date standard) {
  return Date::parse(text_field(request, name)).value_or(standard);
}

Result<JobOrder> order_for_enterprises(Desk& desk, const Call& call, model::Value::Record request,
                                       std::int64_t most) {
  store::RecordQuery query{.kind = kEnterpriseKind, .county = call.who.account.county};
  query.limit = most;
  HUICE_TRY(const auto page, store::list_records(desk.database, query));
  if (page.total > most) {
    return Error{.code = ErrorCode::TooLarge,
                 .id = "job.too-many",
                 .message = "企业超过 " + std::to_string(most) + " 家",
                 .hint = "用命令行 huice match --bulk、huice digest"};
  }
  model::Value::List ids;
  for (const store::Record& record : page.items)
    ids.emplace_back(record.id);
  request.emplace_back("enterprises", model::Value(std::move(ids)));
  return JobOrder{notation::write_json(model::Value(std::move(request))),
                  static_cast<std::int64_t>(page.items.size())};
}

Result<model::Profile> job_profile(Site& site, const std::string& county,
                                   const model::Value& request, std::int64_t seq,
                                   const model::FactCatalogue& catalogue) {
  const auto& ids = *request.find("enterprises")->list();
  HUICE_TRY(auto database, site.pool.borrow());
  HUICE_TRY(const auto record, store::find_record(*database, kEnterpriseKind, county,
                                                  *ids[static_cast<std::size_t>(seq - 1)].text()));
  HUICE_TRY(const auto facts, notation::read_json(record.body, record.title));
  return profile_from(facts, catalogue);
}

Answer download(std::string type, const std::string& file) {
  Answer answer;
  answer.type = std::move(type);
  answer.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + file + "\"");
  return answer;
}

Status each_item(Site& site, const std::string& job,
                 const std::function<bool(const store::JobItem&)>& use) {
  HUICE_TRY(auto database, site.pool.borrow());
  for (std::int64_t after = 0;;) {
    HUICE_TRY(const auto items, store::job_items(*database, job, after, kPage));
    if (items.empty()) return Unit{};
    for (const store::JobItem& item : items) {
      if (!use(item)) return Unit{};
      after = item.seq;
    }
  }
}

bool ZipStream::goes_on() const {
  return out_.good() && !stopping_() && size_ <= archive::kMaxZipBytes;
}

bool ZipStream::add(std::string name, std::string_view bytes) {
  members_.push_back({.name = std::move(name), .description = {}, .offset = size_});
  const std::string record =
      archive::zip_record(members_.back(), bytes, archive::ZipPacking::Stored);
  size_ += record.size();
  out_ << record;
  return goes_on();
}

void ZipStream::finish(bool whole) {
  if (whole && goes_on()) {
    out_ << archive::zip_directory(members_, size_);
  } else {
    out_.setstate(std::ios::failbit);
  }
}

}  // namespace huice::service
