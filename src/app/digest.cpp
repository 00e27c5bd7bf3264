#include "app/digest.h"

#include <utility>
#include <vector>

#include "app/match.h"
#include "app/typesetting.h"
#include "base/files.h"
#include "notation/json.h"
#include "render/pdf/pdf_writer.h"

namespace huice::app {
namespace fs = std::filesystem;
namespace {

Result<std::vector<policy::EnterpriseMatches>> matches_on(
    const World& world, const DigestRequest& request, Date day,
    std::shared_ptr<const policy::Library>& library) {
  const MatchRequest match{.enterprises = request.enterprises,
                           .policies = request.policies,
                           .ids = {},
                           .on = day,
                           .known_on = day,
                           .default_region = request.default_region,
                           .fonts = {}};
  HUICE_TRY(auto report, match_enterprises(world, match, library));
  library = report.library;
  return std::move(report.enterprises);
}

/// What prints a digest: opened once for all.
struct Press {
  layout::FontSet fonts;
  fs::path template_file;

  Result<std::string> pdf(const model::Value& content, Date on) const {
    HUICE_TRY(const auto document, compose_document(template_file, {content, {}}));
    PageStack stack(fonts);
    HUICE_TRY([[maybe_unused]] const Unit added, stack.add(document));
    return render::pdf::write(stack.pages(), {document.title, "惠策", on});
  }
};

/// The line of messages.jsonl.
std::string message_line(const policy::EnterpriseDifferences& changes, const DigestRequest& request,
                         const std::string& name) {
  const model::Value::Record files = {{"sms", name + "/sms.txt"},
                                      {"html", name + "/digest.html"},
                                      {"pdf", name + "/digest.pdf"},
                                      {"feed", name + "/feed.xml"}};
  const std::string day = request.on.to_iso();
  return notation::write_json(model::Value::Record{{"id", day + "/" + name},
                                                   {"uscc", changes.uscc},
                                                   {"name", changes.name},
                                                   {"day", day},
                                                   {"subject", changes.name + "：惠企政策摘要"},
                                                   {"files", files}}) +
         "\n";
}

Status write_one(const Press& press, const policy::EnterpriseDifferences& changes,
                 const DigestRequest& request, const fs::path& folder) {
  HUICE_TRY(const auto pdf, press.pdf(digest_value(changes, request), request.on));
  for (const auto& [name, bytes] : {std::pair{"sms.txt", digest_sms(changes, request) + "\n"},
                                    {"digest.html", digest_html(changes, request)},
                                    {"feed.xml", digest_feed(changes, request)},
                                    {"digest.pdf", pdf}}) {
    HUICE_TRY([[maybe_unused]] const Unit written, write_file(folder / name, bytes));
  }
  return Unit{};
}

}  // namespace

Result<DigestReport> write_digests(const World& world, const DigestRequest& request) {
  if (request.since >= request.on) {
    return Error{
        .code = ErrorCode::InvalidInput,
        .id = "digest.since",
        .message = "上次的日期 " + request.since.to_iso() + " 不早于这次的 " + request.on.to_iso(),
        .hint = "--since 写上一次发送的日期"};
  }
  std::shared_ptr<const policy::Library> library;
  HUICE_TRY(const auto before, matches_on(world, request, request.since, library));
  HUICE_TRY(const auto after, matches_on(world, request, request.on, library));
  HUICE_TRY(auto fonts, open_fonts(world, request.fonts));
  HUICE_TRY(auto file, find_template(world, "digest"));
  const Press press{std::move(fonts), std::move(file)};
  const fs::path folder = request.outbox / request.on.to_iso();
  DigestReport report{.enterprises = after.size()};
  std::string messages;
  for (const auto& changes : policy::differences(before, after, request.days_ahead)) {
    if (!has_news(changes)) continue;
    ++report.written;
    // Without a code there is no name fit for a folder but the number of the digest.
    const std::string name =
        changes.uscc.empty() ? "no-code-" + std::to_string(report.written) : changes.uscc;
    HUICE_TRY([[maybe_unused]] const Unit one, write_one(press, changes, request, folder / name));
    messages += message_line(changes, request, name);
  }
  HUICE_TRY([[maybe_unused]] const Unit listed, write_file(folder / "messages.jsonl", messages));
  return report;
}

}  // namespace huice::app
