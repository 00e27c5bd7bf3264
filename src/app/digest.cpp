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

}  // namespace

Result<DigestPress> DigestPress::open(const World& world, layout::FontSet fonts) {
  HUICE_TRY(auto file, find_template(world, "digest"));
  return DigestPress(std::move(fonts), std::move(file));
}

Result<Digest> DigestPress::make(const policy::EnterpriseDifferences& changes,
                                 const DigestRequest& request, const std::string& name) const {
  HUICE_TRY(const auto document,
            compose_document(template_file_, {digest_value(changes, request), {}}));
  PageStack stack(fonts_);
  HUICE_TRY([[maybe_unused]] const Unit added, stack.add(document));
  HUICE_TRY(auto pdf, render::pdf::write(stack.pages(), {document.title, "惠策", request.on}));
  return Digest{.line = message_line(changes, request, name),
                .files = {{"sms.txt", digest_sms(changes, request) + "\n"},
                          {"digest.html", digest_html(changes, request)},
                          {"feed.xml", digest_feed(changes, request)},
                          {"digest.pdf", std::move(pdf)}}};
}

Status check_days(const DigestRequest& request) {
  if (request.since < request.on) return Unit{};
  return Error{
      .code = ErrorCode::InvalidInput,
      .id = "digest.since",
      .message = "上次的日期 " + request.since.to_iso() + " 不早于这次的 " + request.on.to_iso(),
      .hint = "写上一次发送的日期"};
}

Result<DigestReport> write_digests(const World& world, const DigestRequest& request) {
  HUICE_TRY([[maybe_unused]] const Unit sound, check_days(request));
  std::shared_ptr<const policy::Library> library;
  HUICE_TRY(const auto before, matches_on(world, request, request.since, library));
  HUICE_TRY(const auto after, matches_on(world, request, request.on, library));
  HUICE_TRY(auto fonts, open_fonts(world, request.fonts));
  HUICE_TRY(const auto press, DigestPress::open(world, std::move(fonts)));
  const fs::path folder = request.outbox / request.on.to_iso();
  DigestReport report{.enterprises = after.size()};
  std::string messages;
  for (const auto& changes : policy::differences(before, after, request.days_ahead)) {
    if (!has_news(changes)) continue;
    ++report.written;
    // Without a code there is no name fit for a folder but the number of the digest.
    const std::string name =
        changes.uscc.empty() ? "no-code-" + std::to_string(report.written) : changes.uscc;
    HUICE_TRY(const auto digest, press.make(changes, request, name));
    for (const auto& [file, bytes] : digest.files) {
      HUICE_TRY([[maybe_unused]] const Unit written, write_file(folder / name / file, bytes));
    }
    messages += digest.line;
  }
  HUICE_TRY([[maybe_unused]] const Unit listed, write_file(folder / "messages.jsonl", messages));
  return report;
}

}  // namespace huice::app
