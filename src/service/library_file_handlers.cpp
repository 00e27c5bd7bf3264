// Circulars that a county's people hand in: listed, added, downloaded, taken out.
#include <algorithm>
#include <vector>

#include "base/utf8.h"
#include "library/bundle.h"
#include "notation/json.h"
#include "service/handlers.h"
#include "service/job_kinds.h"
#include "service/library_files.h"
#include "service/values.h"
#include "store/digest.h"

namespace huice::service {
namespace {

/// What a container may hold unpacked, in uploads.
constexpr std::size_t kBundledUploads = 4;

std::int64_t megabytes(int count) {
  return std::int64_t{count} << 20;
}

/// What breaks a line, or turns what stands after it so that `txt.exe` is read as `exe.txt`.
bool spoils_a_list(char32_t c) {
  const bool control = c < U' ' || (c >= 0x7F && c <= 0x9F);
  const bool separator = c == 0x2028 || c == 0x2029;
  const bool turns = c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
                     (c >= 0x2066 && c <= 0x2069);  // Unicode's Bidi_Control
  return control || separator || turns;
}

/// The last part of a name, without what would spoil a list; its end says of which kind it is.
std::string label_of(const std::string& name) {
  constexpr std::size_t kMostLetters = 120;
  std::u32string letters = decode_utf8(name.substr(name.find_last_of("/\\") + 1));
  std::erase_if(letters, spoils_a_list);
  if (letters.size() > kMostLetters) letters.erase(0, letters.size() - kMostLetters);
  return letters.empty() ? "未命名" : encode_utf8(letters);
}

bool is_bundle(const std::string& name) {
  std::string end = name.substr(name.size() - std::min<std::size_t>(name.size(), 4));
  std::ranges::transform(end, end.begin(), [](unsigned char c) { return std::tolower(c); });
  return end == ".zip";
}

/// The files of an upload: itself, or those in it.
Result<std::vector<store::NewFile>> files_of(const Site& site, const Call& call) {
  const std::string name = call.text("filename");
  std::vector<library::BundledFile> files;
  if (is_bundle(name)) {
    const auto most = static_cast<std::size_t>(megabytes(site.configuration.upload_megabytes));
    HUICE_TRY(files, library::files_of_bundle(call.bytes, label_of(name), most * kBundledUploads));
  } else {
    files.push_back({name, call.bytes});
  }
  std::vector<store::NewFile> all;
  for (const library::BundledFile& file : files) {
    all.push_back({.id = random_id(),
                   .name = label_of(file.name),
                   .sha256 = store::sha256(file.bytes),
                   .bytes = static_cast<std::int64_t>(file.bytes.size()),
                   .content = to_base64(file.bytes)});
  }
  return all;
}

model::Value handed_value(const std::vector<store::Handed>& handed,
                          const std::optional<store::Job>& job) {
  model::Value::List files;
  for (const store::Handed& each : handed) {
    model::Value value = library_file_value(each.file);
    std::get<model::Value::Record>(value.content()).emplace_back("duplicate", each.duplicate);
    files.push_back(std::move(value));
  }
  model::Value::Record record;
  if (job) record.emplace_back("job", job_value(*job));
  record.emplace_back("files", model::Value(std::move(files)));
  return model::Value(std::move(record));
}

/// What came of an order that was made before under the same key.
Result<Answer> answer_again(Desk& desk, const store::Job& job, const std::string& sum) {
  HUICE_TRY(const auto request, notation::read_json(job.request, job.id));
  const model::Value* same = request.find("sha256");
  if (job.kind != kIngestion || same == nullptr || *same != model::Value(sum)) {
    return store::other_request();
  }
  std::vector<store::Handed> handed;
  for (const model::Value& id : *request.find("files")->list()) {
    HUICE_TRY(auto file, store::find_file(desk.database, job.county, *id.text()));
    handed.push_back({std::move(file), false});
  }
  return json_answer(handed_value(handed, job), 202);
}

/// The job that reads those of the files that are new.
store::Job order_of(const Call& call, const std::string& id,
                    const std::vector<store::Handed>& handed, const std::string& sum) {
  model::Value::List files;
  for (const store::Handed& each : handed) {
    if (!each.duplicate) files.emplace_back(each.file.id);
  }
  store::Job job{.id = id,
                 .county = call.who.account.county,
                 .owner = call.who.account.login,
                 .kind = std::string(kIngestion),
                 .title = label_of(call.text("filename"))};
  job.total = static_cast<std::int64_t>(files.size());
  job.request = notation::write_json(
      model::Value::Record{{"files", model::Value(std::move(files))}, {"sha256", sum}});
  job.created_at = call.world.now;
  const std::string key = call.request->header("idempotency-key");
  if (!key.empty()) job.idempotency = key;
  return job;
}

Result<Answer> add_files(Desk& desk, const Call& call) {
  const std::string& county = call.who.account.county;
  const std::string key = call.request->header("idempotency-key");
  const std::string sum = store::sha256(call.text("filename") + '\n' + call.bytes);
  HUICE_TRY(const auto files, files_of(desk.site, call));
  std::optional<Answer> answer;
  HUICE_TRY([[maybe_unused]] const Unit done, desk.database.transact([&]() -> Status {
    HUICE_TRY([[maybe_unused]] const Unit locked, store::lock_files(desk.database, county));
    if (!key.empty()) {
      HUICE_TRY(const auto before, store::job_by_key(desk.database, call.who.account.login, key));
      if (before) {
        HUICE_TRY(answer, answer_again(desk, *before, sum));
        return Unit{};
      }
    }
    const std::string id = random_id();
    HUICE_TRY(const auto handed,
              store::hand_in(desk.database, county, files, id,
                             megabytes(desk.site.configuration.county_megabytes), call.author()));
    std::optional<store::Job> job = order_of(call, id, handed, sum);
    if (job->total > 0) {
      HUICE_TRY(job, store::add_job(desk.database, *job, call.now));
    } else {
      job.reset();
    }
    answer = json_answer(handed_value(handed, job), 202);
    return Unit{};
  }));
  return std::move(*answer);
}

Result<Answer> list_files(Desk& desk, const Call& call) {
  const std::string& county = call.who.account.county;
  HUICE_TRY(const auto page,
            store::list_files(desk.database, {.county = county,
                                              .removed = call.flag("removed"),
                                              .limit = call.number("limit", 50),
                                              .offset = call.number("offset", 0)}));
  HUICE_TRY(const auto list, store::file_list(desk.database, county));
  model::Value value = page_value(page, library_file_value);
  auto& record = std::get<model::Value::Record>(value.content());
  const Configuration& limits = desk.site.configuration;
  record.emplace_back("bytes", number_value(list.bytes));
  record.emplace_back("quota", number_value(megabytes(limits.county_megabytes)));
  record.emplace_back("upload", number_value(megabytes(limits.upload_megabytes)));
  return json_answer(value);
}

/// `attachment` with any name: what is not plain ASCII is percent-encoded (RFC 6266, RFC 8187).
std::string disposition_of(const store::CountyFile& file) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : file.name) {
    const auto byte = static_cast<unsigned char>(c);
    if (kPlain.find(c) != std::string_view::npos) {
      encoded += c;
    } else {
      encoded += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return "attachment; filename=\"" + file.id + "\"; filename*=UTF-8''" + encoded;
}

Result<Answer> get_content(Desk& desk, const Call& call) {
  const std::string& county = call.who.account.county;
  HUICE_TRY(const auto file, store::find_file(desk.database, county, call.path.at("id")));
  HUICE_TRY(const auto content, store::content_of(desk.database, county, file.id));
  if (content.empty() && file.bytes > 0) {
    return Error{.code = ErrorCode::NotFound,
                 .id = "files.no-content",
                 .message = "“" + file.name + "”" + file.state + "，内容没有留下",
                 .hint = "要用的请再上传一次"};
  }
  // Of no type that a browser would show in our name.
  Answer answer = bytes_answer("application/octet-stream", from_base64(content));
  answer.headers.emplace_back("Content-Disposition", disposition_of(file));
  return answer;
}

Result<Answer> remove_file(Desk& desk, const Call& call) {
  HUICE_TRY([[maybe_unused]] const Unit done, desk.database.transact([&] {
    return store::remove_file(desk.database, call.who.account.county, call.path.at("id"),
                              call.author());
  }));
  Answer answer;
  answer.status = 204;
  return answer;
}

}  // namespace

model::Value refusal_of(const store::CountyFile& file) {
  if (file.refusal) {
    auto refusal = notation::read_json(*file.refusal, file.name);
    return refusal ? std::move(refusal).value() : model::Value();
  }
  if (!store::is_stranded(file)) return {};
  const bool cancelled = file.job_state == "cancelled";
  return model::Value::Record{
      {"id", "files.not-read"},
      {"detail", cancelled ? "入库任务已取消，没有收录" : "入库任务没有做成，没有收录"},
      {"hint", "再上传一次这份文件，或请管理员移出"}};
}

model::Value library_file_value(const store::CountyFile& file) {
  model::Value::Record record = {
      {"id", file.id},
      {"name", file.name},
      {"bytes", number_value(file.bytes)},
      {"state", store::is_stranded(file) ? std::string("拒收") : file.state},
      {"job", file.job},
      {"added_by", file.added_by},
      {"added_at", file.added_at}};
  if (file.state == "已入库") {
    record.emplace_back("title", file.title);
    record.emplace_back("number", file.number);
    record.emplace_back("issuer", file.issuer);
  }
  if (file.dated_on) record.emplace_back("date", *file.dated_on);
  model::Value refusal = refusal_of(file);
  if (refusal.record() != nullptr) record.emplace_back("refusal", std::move(refusal));
  if (!file.removed_at.empty()) {
    record.emplace_back("removed_by", file.removed_by);
    record.emplace_back("removed_at", file.removed_at);
  }
  return model::Value(std::move(record));
}

Handlers library_file_handlers() {
  return {{"listLibraryFiles", list_files},
          {"addLibraryFiles", add_files},
          {"getLibraryFileContent", get_content},
          {"removeLibraryFile", remove_file}};
}

}  // namespace huice::service
