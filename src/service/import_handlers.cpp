// Campaigns of a county: which there are, and taken over from the files that a clerk keeps.
#include <algorithm>

#include "app/campaign_import.h"
#include "archive/zip_reader.h"
#include "service/campaigns.h"
#include "service/handlers.h"

namespace huice::service {
namespace {

/// A campaign's files are some hundred kilobytes; a folder may hold other papers beside them.
constexpr archive::ZipLimits kLimits = {.members = 1000,
                                        .member_bytes = std::uint64_t{32} << 20,
                                        .total_bytes = std::uint64_t{64} << 20};
constexpr std::size_t kMostGrowth = 500;  ///< problems told of in an answer
constexpr const char* kArchive = "压缩包";

Error incomplete(std::string message, std::string hint) {
  return {.code = ErrorCode::InvalidInput,
          .id = "upload.campaign",
          .message = std::move(message),
          .where = {.file = kArchive},
          .hint = std::move(hint)};
}

/// Where in the container the files are: `` or `云岭/`. Errors: `upload.campaign` unless there is
/// just one such place.
Result<std::string> folder_of(const archive::ZipReader& zip) {
  const std::string plan(campaign::kFileNames.front());
  std::vector<std::string> folders;
  for (const archive::ZipMember& member : zip.members()) {
    if (member.name == plan || member.name.ends_with("/" + plan))
      folders.push_back(member.name.substr(0, member.name.size() - plan.size()));
  }
  if (folders.size() == 1) return std::move(folders.front());
  if (folders.empty()) {
    return incomplete("压缩包里没有 " + plan, "把专项行动的五个文件一起压缩成 .zip");
  }
  return incomplete("压缩包里有 " + std::to_string(folders.size()) + " 个 " + plan,
                    "一次导入一个专项行动");
}

/// The files by their names alone, wherever in the container they are.
/// Errors: those of ZipReader; `upload.campaign` naming every file that is missing.
Result<campaign::CampaignTexts> texts_of(const std::string& bytes) {
  auto zip = archive::ZipReader::open(bytes, kArchive, kLimits);
  if (!zip) {
    Error error = std::move(zip).error();
    if (error.id == "zip.unsafe-name")  // as old programs write a folder's Chinese name
      error.hint = "打开文件夹，选中专项行动的五个文件再压缩，不要压缩整个文件夹";
    return error;
  }
  HUICE_TRY(const std::string folder, folder_of(zip.value()));
  campaign::CampaignTexts texts;
  std::string missing;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string name = folder + std::string(campaign::kFileNames[i]);
    if (!zip.value().contains(name)) {
      missing += (missing.empty() ? "" : "、") + std::string(campaign::kFileNames[i]);
      continue;
    }
    HUICE_TRY(texts[i], zip.value().read(name));
  }
  if (missing.empty()) return texts;
  return incomplete("压缩包里缺 " + missing,
                    "五个文件要放在一起压缩；台账还没有问题的写 problems: []");
}

/// The error with `ledger.yaml:12:5` as the field of each finding: there are five files.
Error with_files(Error error) {
  Findings findings = as_findings(std::move(error));
  for (Error& each : findings) {
    SourceSpan& where = each.where;
    if (!where.part.empty() || where.file.empty()) continue;
    where.part = where.file;
    if (where.line > 0)
      where.part += ":" + std::to_string(where.line) + ":" + std::to_string(where.column);
    where.line = 0;  // it is told
  }
  return as_error(std::move(findings));
}

model::Value import_value(const app::Import& import) {
  model::Value::List growth;
  for (const app::Import::Growth& each : import.growth) {
    if (growth.size() == kMostGrowth) break;
    growth.emplace_back(model::Value::Record{{"problem", each.problem},
                                             {"title", each.matter},
                                             {"fresh", each.fresh},
                                             {"events", each.events}});
  }
  return model::Value::Record{{"name", import.id},
                              {"title", import.title},
                              {"fresh", import.fresh},
                              {"files", text_list(import.files)},
                              {"problems", import.problems()},
                              {"events", import.events()},
                              {"growth", model::Value(std::move(growth))}};
}

Result<Answer> take_over(Desk& desk, const Call& call, bool preview) {
  const auto texts = texts_of(call.bytes);
  if (!texts) return with_files(texts.error());
  const app::ImportTerms terms{.folder = {}, .county = call.who.account.county, .preview = preview};
  const auto import =
      app::import_campaign(desk.database, texts.value(), terms, campaign_actor(call));
  if (!import) return with_files(import.error());
  return json_answer(import_value(import.value()));
}

Result<Answer> preview_campaign(Desk& desk, const Call& call) {
  return take_over(desk, call, true);
}

Result<Answer> import_campaign(Desk& desk, const Call& call) {
  return take_over(desk, call, false);
}

Result<Answer> list_campaigns(Desk& desk, const Call& call) {
  HUICE_TRY(const auto campaigns, campaigns_of(desk, call));
  model::Value::List items;
  for (const campaign::Campaign& each : campaigns) {
    const auto count = [](const auto& all) { return static_cast<int>(all.size()); };
    items.emplace_back(model::Value::Record{{"name", each.id},
                                            {"title", each.full_name()},
                                            {"year", each.year},
                                            {"enterprises", count(each.assignments)},
                                            {"problems", count(each.problems)}});
  }
  return json_answer(model::Value::Record{{"items", model::Value(std::move(items))}});
}

}  // namespace

Handlers import_handlers() {
  return {{"listCampaigns", list_campaigns},
          {"previewCampaign", preview_campaign},
          {"importCampaign", import_campaign}};
}

}  // namespace huice::service
