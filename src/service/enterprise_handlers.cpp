// The office's list of enterprises: their facts, imports, reports.
#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <functional>

#include "app/enterprises.h"
#include "app/match.h"
#include "app/sheets.h"
#include "base/files.h"
#include "notation/json.h"
#include "policy/match.h"
#include "service/handlers.h"
#include "service/problem.h"
#include "service/profiles.h"
#include "service/scratch.h"
#include "service/values.h"
#include "service/workbook_answer.h"

namespace huice::service {
namespace {

namespace fs = std::filesystem;

/// A list of people says their names only to those who work with it.
model::Value masked(const model::Value& facts, const Identity& who) {
  if (who.has("经办") || who.has("审核") || who.has("管理")) return facts;
  model::Value copy = facts;
  const std::function<void(model::Value&)> hide = [&](model::Value& value) {
    if (auto* record = std::get_if<model::Value::Record>(&value.content())) {
      for (auto& [name, each] : *record) {
        if (name == "姓名" || name.ends_with("联系人") || name.ends_with("电话")) {
          each = "***";
        } else {
          hide(each);
        }
      }
    } else if (auto* list = std::get_if<model::Value::List>(&value.content())) {
      for (auto& each : *list)
        hide(each);
    }
  };
  hide(copy);
  return copy;
}

Result<model::Value> enterprise_value(const store::Record& record, const Call& call) {
  HUICE_TRY(const auto facts, notation::read_json(record.body, record.title));
  model::Value value = enterprise_summary(record);
  std::get<model::Value::Record>(value.content()).emplace_back("facts", masked(facts, call.who));
  return value;
}

Result<Answer> answer_with(const store::Record& record, const Call& call, int status = 200) {
  HUICE_TRY(const auto value, enterprise_value(record, call));
  return versioned_answer(value, record.version, status);
}

/// What an enterprise is known by: its code, else its name.
std::string key_of(const model::Profile& profile) {
  return profile.uscc.empty() ? "名称:" + profile.name : profile.uscc;
}

/// The record that facts make, whose every fact must be one that the catalogue takes.
Status fill(Desk& desk, const Call& call, const model::Value& facts, store::Record& record) {
  const auto catalogue =
      desk.site.catalogue(desk.site.materials.get()->policies, call.world.today.year());
  HUICE_TRY(const auto profile, profile_from(facts, *catalogue));
  record.title = profile.name;
  record.key = key_of(profile);
  record.body = notation::write_json(facts);
  return Unit{};
}

Result<Answer> list_enterprises(Desk& desk, const Call& call) {
  auto query = record_query(call, kEnterpriseKind);
  query.order = call.text("sort", "title");
  HUICE_TRY(const auto page, store::list_records(desk.database, query));
  return json_answer(page_value(page, enterprise_summary));
}

Result<Answer> add_enterprise(Desk& desk, const Call& call) {
  store::Record record{.kind = kEnterpriseKind,
                       .county = call.who.account.county,
                       .id = random_id(),
                       .unit = call.who.account.unit};
  HUICE_TRY([[maybe_unused]] const Unit sound, fill(desk, call, call.body, record));
  HUICE_TRY([[maybe_unused]] const Unit done, desk.database.transact([&]() -> Status {
    HUICE_TRY(record, store::add_record(desk.database, record, call.author(), "企业.登记"));
    return Unit{};
  }));
  return answer_with(record, call, 201);
}

Result<store::Record> enterprise_of(Desk& desk, const Call& call) {
  return store::find_record(desk.database, kEnterpriseKind, call.who.account.county,
                            call.path.at("id"));
}

Result<Answer> get_enterprise(Desk& desk, const Call& call) {
  HUICE_TRY(const auto record, enterprise_of(desk, call));
  return answer_with(record, call);
}

Result<Answer> change(Desk& desk, const Call& call, store::Record record,
                      const model::Value& facts) {
  HUICE_TRY(record.version, version_wanted(call));
  HUICE_TRY([[maybe_unused]] const Unit sound, fill(desk, call, facts, record));
  HUICE_TRY([[maybe_unused]] const Unit done, desk.database.transact([&]() -> Status {
    HUICE_TRY(record, store::change_record(desk.database, record, call.author(), "企业.修改"));
    return Unit{};
  }));
  return answer_with(record, call);
}

Result<Answer> put_enterprise(Desk& desk, const Call& call) {
  HUICE_TRY(auto record, enterprise_of(desk, call));
  return change(desk, call, std::move(record), call.body);
}

Result<Answer> patch_enterprise(Desk& desk, const Call& call) {
  HUICE_TRY(auto record, enterprise_of(desk, call));
  HUICE_TRY(const auto facts, notation::read_json(record.body, record.title));
  return change(desk, call, std::move(record), with_changes(facts, call.body));
}

Result<Answer> delete_enterprise(Desk& desk, const Call& call) {
  HUICE_TRY(auto record, enterprise_of(desk, call));
  HUICE_TRY(record.version, version_wanted(call));
  HUICE_TRY([[maybe_unused]] const Unit done, desk.database.transact([&] {
    return store::remove_record(desk.database, record, call.author(), "企业.移出");
  }));
  Answer answer;
  answer.status = 204;
  return answer;
}

/// A fact as a profile in JSON has it, with where it came from.
model::Value told(const model::Fact& fact) {
  if (fact.value.list() != nullptr) return fact.value;
  model::Value value = fact.value;
  if (fact.is_range()) {
    value =
        (fact.low ? fact.low->to_plain() : "") + ".." + (fact.high ? fact.high->to_plain() : "");
  }
  model::Value::Record record = {{"值", std::move(value)}};
  if (!fact.source.empty()) record.emplace_back("来源", fact.source);
  if (fact.observed) record.emplace_back("截至", fact.observed->to_iso());
  return model::Value(std::move(record));
}

model::Value facts_of(const model::Profile& profile) {
  model::Value::Record facts = {{"企业名称", profile.name}};
  if (!profile.uscc.empty()) facts.emplace_back("统一社会信用代码", profile.uscc);
  for (const auto& [name, fact] : profile.facts) {
    if (name != "企业名称" && name != "统一社会信用代码") facts.emplace_back(name, told(fact));
  }
  return model::Value(std::move(facts));
}

model::Value import_value(const facts::ProfileImport& import, int enterprises) {
  const auto findings = [](const Findings& all) {
    model::Value::List list;
    for (const Error& each : all)
      list.push_back(finding_value(each));
    return model::Value(std::move(list));
  };
  model::Value::List columns;
  for (const auto& column : import.mapping) {
    const std::string& part = column.where.part;
    const std::size_t mark = std::min(part.find('!'), part.size());
    columns.emplace_back(
        model::Value::Record{{"sheet", part.substr(0, mark)},
                             {"column", mark < part.size() ? part.substr(mark + 1) : std::string()},
                             {"heading", column.heading},
                             {"fact", column.fact}});
  }
  return model::Value::Record{{"enterprises", enterprises},
                              {"columns", model::Value(std::move(columns))},
                              {"refused", findings(import.refused)},
                              {"notes", findings(import.notes)}};
}

struct ImportCounts {
  int added = 0;
  int updated = 0;
  int unchanged = 0;

  int all() const { return added + updated + unchanged; }
};

/// An enterprise of a file, as it is to stand in the list.
struct Entry {
  std::string key;
  std::string name;
  std::string body;  ///< JSON
};

Entry entry_of(const model::Profile& profile) {
  return {key_of(profile), profile.name, notation::write_json(facts_of(profile))};
}

/// Entries between the reading of a file and their writing, on the disk: a file takes long to read,
/// and whoever writes to SQLite keeps all others from it.
class Spool {
 public:
  /// Errors: Io `file.unwritable`.
  static Result<Spool> make() {
    HUICE_TRY(auto scratch, Scratch::make());
    return Spool(std::move(scratch));
  }

  Status put(const Entry& entry) {
    // A JSON text has no line ends.
    out_ << notation::write_json(model::Value::List{entry.key, entry.name}) << '\n'
         << entry.body << '\n';
    return out_ ? Status(Unit{}) : unwritable();
  }

  /// Errors: Io `file.unwritable`; those of `use`.
  Status each(const std::function<Status(const Entry&)>& use) {
    out_.close();
    if (!out_) return unwritable();
    std::ifstream in(file());
    Entry entry;
    for (std::string line; std::getline(in, line) && std::getline(in, entry.body);) {
      HUICE_TRY(const auto names, notation::read_json(line, "企业"));
      entry.key = *names.list()->at(0).text();
      entry.name = *names.list()->at(1).text();
      HUICE_TRY([[maybe_unused]] const Unit used, use(entry));
    }
    return Unit{};
  }

 private:
  explicit Spool(Scratch scratch) : scratch_(std::move(scratch)), out_(file()) {}
  fs::path file() const { return scratch_.path() / "entries"; }
  Status unwritable() const {
    return Error{.code = ErrorCode::Io,
                 .id = "file.unwritable",
                 .message = "临时文件写不下去",
                 .hint = "检查临时目录所在的磁盘空间"};
  }

  Scratch scratch_;
  std::ofstream out_;
};

/// One enterprise of a file into the list: known by its code, else by its name.
Status take_in(Desk& desk, const Call& call, const Entry& entry, ImportCounts& counts) {
  const std::string& county = call.who.account.county;
  HUICE_TRY(auto known, store::record_by_key(desk.database, kEnterpriseKind, county, entry.key));
  if (!known) {
    ++counts.added;
    const store::Record record{.kind = kEnterpriseKind,
                               .county = county,
                               .id = random_id(),
                               .unit = call.who.account.unit,
                               .key = entry.key,
                               .title = entry.name,
                               .state = {},
                               .body = entry.body};
    HUICE_TRY([[maybe_unused]] const auto added,
              store::add_record(desk.database, record, call.author(), "企业.导入"));
    return Unit{};
  }
  if (known->body == entry.body) {
    ++counts.unchanged;
    return Unit{};
  }
  ++counts.updated;
  HUICE_TRY(const auto before, notation::read_json(known->body, known->title));
  known->title = entry.name;
  HUICE_TRY(const auto facts, notation::read_json(entry.body, entry.name));
  known->body = notation::write_json(with_changes(before, facts));
  HUICE_TRY([[maybe_unused]] const auto changed,
            store::change_record(desk.database, *known, call.author(), "企业.导入"));
  return Unit{};
}

/// The cells that were mended in the page: a record of places and texts.
Result<std::vector<sheet::Correction>> corrections_of(const Call& call) {
  constexpr std::size_t kMost = 500;
  std::vector<sheet::Correction> corrections;
  if (!call.query.contains("cells")) return corrections;
  HUICE_TRY(const auto cells, notation::read_json(call.text("cells"), "cells"));
  const auto* record = cells.record();
  const bool sound = record != nullptr && record->size() <= kMost &&
                     std::ranges::all_of(*record, [](const model::Value::Field& field) {
                       return field.second.text() != nullptr;
                     });
  if (!sound) {
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "upload.cells",
                 .message = "cells 应是 {格: 改成的文字}，至多 " + std::to_string(kMost) + " 格",
                 .where = {.part = "cells"},
                 .hint = "再多的请在文件里改好"};
  }
  for (const auto& [place, text] : *record)
    corrections.push_back({place, *text.text()});
  return corrections;
}

/// The file that was sent, in a folder of its own.
struct Upload {
  Scratch scratch;
  fs::path file;
};
Result<Upload> upload_of(const Call& call) {
  HUICE_TRY(Scratch scratch, Scratch::make());
  // The last part of the name alone: it tells clerks where a fact is from, and leads nowhere else.
  fs::path file = scratch.path() / fs::path(call.text("filename")).filename();
  HUICE_TRY([[maybe_unused]] const Unit written, write_file(file, call.bytes));
  return Upload{std::move(scratch), std::move(file)};
}

/// Deals with an enterprise of a file.
using UseProfile = std::function<Status(const model::Profile& profile)>;

/// Goes through the file that was sent, enterprise by enterprise; what is mended in the page has it
/// read whole. Ends with the first error of `use`.
Result<facts::ProfileImport> each_of_upload(Desk& desk, const Call& call, const UseProfile& use) {
  static constexpr std::array kEndings = {".xlsx", ".csv", ".json", ".jsonl"};
  const std::string ending = fs::path(call.text("filename")).extension().string();
  if (std::ranges::find(kEndings, ending) == kEndings.end()) {
    return Error{.code = ErrorCode::Unsupported,
                 .id = "upload.format",
                 .message = "不认识“" + ending + "”这种文件",
                 .hint = "换成 .xlsx、.csv、.json 或 .jsonl"};
  }
  HUICE_TRY(const auto corrections, corrections_of(call));
  HUICE_TRY(const Upload upload, upload_of(call));
  const auto catalogue =
      desk.site.materials.get()->policies->catalogue_for(call.world.today.year());
  Status used = Unit{};
  const auto take = [&](const model::Profile& profile) {
    if (used) used = use(profile);
  };
  auto import = corrections.empty() ? app::each_enterprise(upload.file, catalogue, take)
                                    : app::read_enterprises(upload.file, catalogue, corrections);
  if (!import) return import;
  std::ranges::for_each(import.value().profiles, take);
  if (!used) return used.error();
  return import;
}

Result<Answer> report_import(const facts::ProfileImport& import, const ImportCounts& counts) {
  model::Value value = import_value(import, counts.all());
  auto& record = std::get<model::Value::Record>(value.content());
  record.emplace_back("added", counts.added);
  record.emplace_back("updated", counts.updated);
  record.emplace_back("unchanged", counts.unchanged);
  return json_answer(value);
}

Result<Answer> preview_import(Desk& desk, const Call& call) {
  ImportCounts counts;
  HUICE_TRY(
      const auto import, each_of_upload(desk, call, [&](const model::Profile& profile) -> Status {
        HUICE_TRY(const auto known, store::record_by_key(desk.database, kEnterpriseKind,
                                                         call.who.account.county, key_of(profile)));
        if (!known) {
          ++counts.added;
        } else if (known->body == notation::write_json(facts_of(profile))) {
          ++counts.unchanged;
        } else {
          ++counts.updated;
        }
        return Unit{};
      }));
  return report_import(import, counts);
}

Result<Answer> get_good_rows(Desk& desk, const Call& call) {
  HUICE_TRY(const auto corrections, corrections_of(call));
  HUICE_TRY(const Upload upload, upload_of(call));
  const Date today = call.world.today;
  const auto catalogue = desk.site.materials.get()->policies->catalogue_for(today.year());
  HUICE_TRY(auto xlsx, app::good_rows(upload.file, catalogue, today, corrections));
  return bytes_answer(kXlsxType, std::move(xlsx));
}

/// All of a file or nothing of it.
Result<Answer> import_enterprises(Desk& desk, const Call& call) {
  HUICE_TRY(auto spool, Spool::make());
  HUICE_TRY(const auto import, each_of_upload(desk, call, [&](const model::Profile& profile) {
              return spool.put(entry_of(profile));
            }));
  ImportCounts counts;
  HUICE_TRY([[maybe_unused]] const Unit done, desk.database.transact([&] {
    return spool.each([&](const Entry& entry) { return take_in(desk, call, entry, counts); });
  }));
  return report_import(import, counts);
}

Result<Answer> get_enterprise_report(Desk& desk, const Call& call) {
  HUICE_TRY(const auto record, enterprise_of(desk, call));
  HUICE_TRY(const auto facts, notation::read_json(record.body, record.title));
  const auto materials = desk.site.materials.get();
  const auto& policies = desk.site.configuration.policies;
  app::MatchReport report{
      .library = materials->policies,
      .decisions = (policies.empty() ? call.world.home / "policies" : policies) / "decisions"};
  HUICE_TRY(report.options, match_options(desk, call));
  report.catalogue = report.library->catalogue_for(report.options.on.year());
  HUICE_TRY(auto profile, profile_from(facts, report.catalogue));
  report.profiles.push_back(std::move(profile));
  report.enterprises = policy::match_all(*report.library, report.profiles, report.options);
  HUICE_TRY(auto pdf, app::matches_pdf(call.world, materials->fonts, report));
  return bytes_answer("application/pdf", std::move(pdf));
}

}  // namespace

Handlers enterprise_handlers() {
  return {
      {"listEnterprises", list_enterprises},     {"addEnterprise", add_enterprise},
      {"previewImport", preview_import},         {"getGoodRows", get_good_rows},
      {"importEnterprises", import_enterprises}, {"getEnterprise", get_enterprise},
      {"putEnterprise", put_enterprise},         {"patchEnterprise", patch_enterprise},
      {"deleteEnterprise", delete_enterprise},   {"getEnterpriseReport", get_enterprise_report}};
}

}  // namespace huice::service
