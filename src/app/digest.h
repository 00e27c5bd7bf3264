// Use case: the digest of an enterprise (企业手机报): what is new, what closes soon, what changed
// for it since the last one, as text for SMS, HTML, PDF and a feed. Nothing is sent: it all lies in
// an outbox, and docs/outbox.md says how somebody else's program takes it from there.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/world.h"
#include "base/date.h"
#include "base/result.h"
#include "layout/fonts.h"
#include "model/value.h"
#include "policy/difference.h"

namespace huice::app {

/// An SMS gateway takes long messages apart; beyond this it is a page, not a message.
inline constexpr std::size_t kMostSmsCharacters = 300;

struct DigestRequest {
  std::filesystem::path enterprises;              ///< .xlsx .csv .json .jsonl
  std::optional<std::filesystem::path> policies;  ///< instead of the library of the home
  std::string default_region;
  Date since;  ///< the day of the last digest
  Date on;
  int days_ahead = policy::kDaysAhead;         ///< what closes within these is told
  std::string sender;                          ///< who signs: `县科技和工业信息化局`
  std::optional<std::filesystem::path> fonts;  ///< instead of templates/fonts.yaml
  std::filesystem::path outbox;                ///< a folder
};

struct DigestReport {
  std::size_t enterprises = 0;  ///< looked at
  std::size_t written = 0;      ///< those for whom something is to be told
};

/// Whether there is anything that the enterprise has or could do.
bool has_news(const policy::EnterpriseDifferences& changes);

/// The digest for templates/digest.md.
model::Value digest_value(const policy::EnterpriseDifferences& changes,
                          const DigestRequest& request);

/// One SMS: `【县局】一号厂：新增可享1项：A（10万元）；30日内截止1项：B（12月10日止）。` Cut after
/// whole items at kMostSmsCharacters, saying how many are left out.
std::string digest_sms(const policy::EnterpriseDifferences& changes, const DigestRequest& request);

/// A page by itself, without anything loaded from elsewhere.
std::string digest_html(const policy::EnterpriseDifferences& changes, const DigestRequest& request);

/// An Atom feed (RFC 4287), one entry a change, each with the same id in every later feed of that
/// day.
std::string digest_feed(const policy::EnterpriseDifferences& changes, const DigestRequest& request);

/// One digest, ready for an outbox.
struct Digest {
  std::string line;                                        ///< of messages.jsonl, with its end
  std::vector<std::pair<std::string, std::string>> files;  ///< name within its folder, bytes
};

/// Makes digests one by one. Not for two threads at once.
class DigestPress {
 public:
  /// Errors: those of find_template.
  static Result<DigestPress> open(const World& world, layout::FontSet fonts);

  /// `name` is that of the enterprise's folder in the outbox; of `request` the places of files are
  /// not asked for. Errors: those of compose, layout and the PDF.
  Result<Digest> make(const policy::EnterpriseDifferences& changes, const DigestRequest& request,
                      const std::string& name) const;

 private:
  DigestPress(layout::FontSet fonts, std::filesystem::path file)
      : fonts_(std::move(fonts)), template_file_(std::move(file)) {}

  layout::FontSet fonts_;
  std::filesystem::path template_file_;
};

/// Errors: InvalidInput `digest.since` when `since` is not before `on`.
Status check_days(const DigestRequest& request);

/// Writes, for every enterprise with changes, `<outbox>/<day>/<USCC>/` with sms.txt, digest.html,
/// digest.pdf and feed.xml, and `<outbox>/<day>/messages.jsonl`: a line for each, docs/outbox.md.
/// Written anew it replaces itself.
/// Errors: those of match_enterprises, check_days, DigestPress and writing.
Result<DigestReport> write_digests(const World& world, const DigestRequest& request);

}  // namespace huice::app
