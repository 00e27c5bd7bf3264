#include "app/campaign_import.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "app/ledger_rows.h"
#include "app/reviews.h"
#include "notation/json.h"
#include "store/audit.h"
#include "store/migrations.h"

namespace huice::app {
namespace {

using campaign::Campaign;
using campaign::CampaignTexts;
using campaign::Problem;

/// The files that are kept as they were written, by their places in kFileNames: all but the ledger.
constexpr std::array<std::size_t, 4> kKept = {0, 1, 3, 4};
constexpr std::size_t kAssignments = 1;
constexpr std::size_t kScheme = 3;

std::string named(const ImportTerms& terms, std::size_t file) {
  return campaign::path_of_file(terms.folder, campaign::kFileNames[file]);
}

Error differs(std::string what, SourceSpan where) {
  return {.code = ErrorCode::Conflict,
          .id = "ledger.differs",
          .message = std::move(what),
          .where = std::move(where),
          .hint = "台账只增不改：记错的，用新的经过更正；名单里的单位和企业用过就不能删"};
}

/// The audit log tells of a campaign under its id and of all else that counties have under their
/// codes: who reads the one must not read the other.
Status check_id(const Campaign& campaign, const campaign::CampaignSource& source) {
  constexpr std::size_t kCodeDigits = 6;
  const bool is_code =
      campaign.id.size() == kCodeDigits &&
      std::ranges::all_of(campaign.id, [](char c) { return c >= '0' && c <= '9'; });
  if (!is_code && campaign.id.find('/') == std::string::npos) return Unit{};
  return Error{.code = ErrorCode::InvalidInput,
               .id = "campaign.id",
               .message = "id 不能是六位代码，也不能带“/”，实为“" + campaign.id + "”",
               .where = source.campaign.find("id")->where(),
               .hint = "写成 yunling-2026-relief 这样的编号"};
}

/// What was said of the problem when it was registered.
model::Value particulars(Problem problem) {
  problem.events.clear();
  return campaign::problem_value(problem);
}

/// What speaks against that `wanted` goes on from `stored`. An event that has no place in a file
/// any more equals the one read from there.
std::optional<Error> difference(const Problem& stored, const Problem& wanted) {
  const SourceSpan begin = wanted.events.empty() ? SourceSpan() : wanted.events.front().where;
  if (particulars(stored) != particulars(wanted)) {
    return differs("问题 " + wanted.id + " 登记的内容与库里的不同", begin);
  }
  const std::size_t common = std::min(stored.events.size(), wanted.events.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (campaign::event_value(stored.events[i]) == campaign::event_value(wanted.events[i]))
      continue;
    return differs("问题 " + wanted.id + " 第" + std::to_string(i + 1) + "步与库里的不同",
                   wanted.events[i].where);
  }
  return std::nullopt;
}

/// Every name that the stored ledger uses must still be there.
void check_names(const Campaign& wanted, const std::vector<Problem>& stored,
                 const ImportTerms& terms, Findings& findings) {
  const SourceSpan plan{.file = named(terms, 0)};
  const SourceSpan assignments{.file = named(terms, kAssignments)};
  for (const Problem& problem : stored) {
    if (wanted.find_assignment(problem.uscc) == nullptr) {
      findings.push_back(differs(
          "问题 " + problem.id + " 的企业 " + problem.uscc + " 不在新的安排里", assignments));
    }
    for (const campaign::Event& event : problem.events) {
      if (event.to.empty() || wanted.find_office(event.to) != nullptr) continue;
      findings.push_back(
          differs("问题 " + problem.id + " 交办的“" + event.to + "”不在新的名单里", plan));
    }
  }
}

/// What is stored of the campaign.
struct Stored {
  bool fresh = true;                 ///< nothing
  std::array<std::string, 4> texts;  ///< of kKept
  std::vector<Problem> problems;     ///< by id
  std::vector<campaign::Review> reviews;
};

/// Every item that was reviewed must still be there, with room for the score.
void check_reviews(const Campaign& wanted, const std::vector<campaign::Review>& stored,
                   const ImportTerms& terms, Findings& findings) {
  for (const campaign::Review& review : stored) {
    if (make_review(campaign::review_value(review), wanted)) continue;
    findings.push_back(differs("“" + review.target + "”的 " + review.item + " 已" +
                                   std::string(to_text(review.stage)) + review.score.to_plain() +
                                   "分，新的名单和细则里没有这一项，或分值不够",
                               {.file = named(terms, kScheme)}));
  }
}

/// What `wanted` adds to the stored ledger. Errors: `ledger.differs`, all of them.
Result<std::vector<Import::Growth>> growth_of(const Campaign& wanted, const Stored& kept,
                                              const ImportTerms& terms) {
  const std::vector<Problem>& stored = kept.problems;
  std::vector<Import::Growth> growth;
  Findings findings;
  for (const Problem& problem : wanted.problems) {
    const auto known = std::ranges::lower_bound(stored, problem.id, {}, &Problem::id);
    const bool fresh = known == stored.end() || known->id != problem.id;
    if (!fresh) {
      if (auto found = difference(*known, problem)) findings.push_back(std::move(*found));
    }
    const std::size_t before = fresh ? 0 : known->events.size();
    if (!fresh && problem.events.size() <= before) continue;
    growth.push_back({.problem = problem.id,
                      .matter = problem.matter,
                      .fresh = fresh,
                      .events = static_cast<int>(problem.events.size() - before)});
  }
  check_names(wanted, stored, terms, findings);
  check_reviews(wanted, kept.reviews, terms, findings);
  if (!findings.empty()) return as_error(std::move(findings));
  return growth;
}

/// Errors: `campaign.taken`; those of Database.
Result<Stored> stored_of(store::Database& database, const Campaign& wanted,
                         const ImportTerms& terms) {
  const std::vector<store::Cell> id = {wanted.id};
  HUICE_TRY([[maybe_unused]] const Unit held,
            lock_rows(database, "SELECT id FROM campaign WHERE id = ?", id));
  HUICE_TRY([[maybe_unused]] const Unit also_held,
            lock_rows(database, "SELECT id FROM problem WHERE campaign = ?", id));
  HUICE_TRY(const auto rows,
            database.ask("SELECT region, plan, assignments, scheme, entries FROM campaign "
                         "WHERE id = ?",
                         id));
  Stored stored{.fresh = rows.empty()};
  if (stored.fresh) return stored;
  const store::Row& row = rows.front();
  if (terms.county && store::text_of(row[0]) != *terms.county) {
    return Error{.code = ErrorCode::Conflict,
                 .id = "campaign.taken",
                 .message = "编号“" + wanted.id + "”已经用过，不是本县的专项行动",
                 .where = {.file = named(terms, 0)},
                 .hint = "在 campaign.yaml 里换一个编号，如在前面加上县名的拼音"};
  }
  for (std::size_t i = 0; i < stored.texts.size(); ++i)
    stored.texts[i] = store::text_of(row[i + 1]);
  HUICE_TRY(stored.problems, read_problems(database, wanted.id));
  HUICE_TRY(stored.reviews, read_reviews(database, wanted.id));
  std::ranges::sort(stored.problems, {}, &Problem::id);  // as this program compares, not as theirs
  return stored;
}

Status put_campaign(store::Database& database, const Campaign& campaign, const CampaignTexts& texts,
                    bool fresh) {
  std::vector<store::Cell> values = {campaign.region, std::int64_t{campaign.year}};
  for (const std::size_t file : kKept)
    values.emplace_back(texts[file]);
  values.emplace_back(campaign.id);
  HUICE_TRY([[maybe_unused]] const auto put,
            database.run(fresh ? "INSERT INTO campaign (region, year, plan, assignments, scheme, "
                                 "entries, id, revision) VALUES (?, ?, ?, ?, ?, ?, ?, 1)"
                               : "UPDATE campaign SET region = ?, year = ?, plan = ?, "
                                 "assignments = ?, scheme = ?, entries = ?, "
                                 "revision = revision + 1 WHERE id = ?",
                         values));
  return Unit{};
}

Status put_growth(store::Database& database, const Campaign& campaign, const Import::Growth& growth,
                  const Actor& actor) {
  const Problem& problem = *campaign.find_problem(growth.problem);
  if (growth.fresh) {
    HUICE_TRY([[maybe_unused]] const Unit added, insert_problem(database, campaign.id, problem));
  }
  for (std::size_t at = problem.events.size() - static_cast<std::size_t>(growth.events);
       at < problem.events.size(); ++at) {
    HUICE_TRY(
        [[maybe_unused]] const Unit put,
        insert_event(database, campaign.id, {.problem = problem.id, .event = problem.events[at]},
                     static_cast<int>(at) + 1, actor));
  }
  return Unit{};
}

Status put(store::Database& database, const Campaign& campaign, const CampaignTexts& texts,
           const Import& import, const Actor& actor) {
  HUICE_TRY([[maybe_unused]] const Unit kept,
            put_campaign(database, campaign, texts, import.fresh));
  model::Value::List files;
  for (const std::string& file : import.files)
    files.emplace_back(file);
  const model::Value brought = model::Value::Record{{"files", model::Value(std::move(files))},
                                                    {"problems", import.problems()},
                                                    {"events", import.events()}};
  HUICE_TRY([[maybe_unused]] const Unit logged,
            store::append(database, {.at = actor.at,
                                     .actor = actor.name,
                                     .origin = actor.origin,
                                     .action = import.fresh ? "专项行动.导入" : "专项行动.更新",
                                     .subject = campaign.id,
                                     .after = notation::write_json(brought)}));
  for (const Import::Growth& each : import.growth) {
    HUICE_TRY([[maybe_unused]] const Unit grown, put_growth(database, campaign, each, actor));
  }
  return Unit{};
}

Status check_county(const Campaign& campaign, const campaign::CampaignSource& source,
                    const ImportTerms& terms) {
  if (!terms.county || campaign.region == *terms.county) return Unit{};
  return Error{.code = ErrorCode::InvalidInput,
               .id = "campaign.other-county",
               .message = "region 应是本县的代码 " + *terms.county + "，实为 " + campaign.region,
               .where = source.campaign.find("region")->where(),
               .hint = "别县的专项行动由别县的管理员导入；代码写错的，改正后再导入"};
}

}  // namespace

int Import::problems() const {
  return static_cast<int>(std::ranges::count_if(growth, &Growth::fresh));
}

int Import::events() const {
  int sum = 0;
  for (const Growth& each : growth)
    sum += each.events;
  return sum;
}

Result<Import> import_campaign(store::Database& database, const CampaignTexts& texts,
                               const ImportTerms& terms, const Actor& actor) {
  HUICE_TRY(const auto source, campaign::parse_texts(texts, terms.folder));
  HUICE_TRY(const Campaign wanted, campaign::make_campaign(source));
  HUICE_TRY([[maybe_unused]] const Unit ours, check_county(wanted, source, terms));
  HUICE_TRY([[maybe_unused]] const Unit named, check_id(wanted, source));
  Import import{.id = wanted.id, .title = wanted.full_name()};
  const auto steps = [&]() -> Status {
    HUICE_TRY(const Stored stored, stored_of(database, wanted, terms));
    import.fresh = stored.fresh;
    for (std::size_t i = 0; i < kKept.size(); ++i) {
      if (stored.fresh || stored.texts[i] != texts[kKept[i]])
        import.files.emplace_back(campaign::kFileNames[kKept[i]]);
    }
    HUICE_TRY(import.growth, growth_of(wanted, stored, terms));
    if (terms.preview || (import.files.empty() && import.growth.empty())) return Unit{};
    return put(database, wanted, texts, import, actor);
  };
  HUICE_TRY([[maybe_unused]] const Unit done, database.transact(steps));
  return import;
}

Result<Import> import_campaign(store::Database& database, const std::string& folder,
                               const Actor& actor) {
  HUICE_TRY(const CampaignTexts texts, campaign::read_texts(folder));
  return import_campaign(database, texts, {.folder = folder}, actor);
}

Result<Import> import_folder(const World& world, const std::string& folder,
                             const std::string& address) {
  HUICE_TRY(auto database, store::Database::open(address));
  HUICE_TRY([[maybe_unused]] const Unit current, store::check_schema(database));
  return import_campaign(database, folder, actor_of(world));
}

}  // namespace huice::app
