// Use case: which policies can these enterprises have (政策匹配).
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/world.h"
#include "base/date.h"
#include "base/result.h"
#include "layout/fonts.h"
#include "model/profile.h"
#include "policy/advice.h"
#include "policy/difference.h"
#include "policy/library.h"
#include "policy/match.h"

namespace huice::app {

struct MatchRequest {
  std::filesystem::path enterprises;              ///< .xlsx .csv .json .jsonl
  std::optional<std::filesystem::path> policies;  ///< instead of the library of the home
  std::vector<std::string> ids;                   ///< only these policies; empty: all in force
  Date on;
  Date known_on;
  std::string default_region;  ///< GB/T 2260 code for enterprises without 行政区划; may be empty
  policy::AdviceWanted advice = {};            ///< also written to .xlsx; .pdf has its own choice
  std::optional<std::filesystem::path> fonts;  ///< for PDF, instead of templates/fonts.yaml
};

struct MatchReport {
  std::shared_ptr<const policy::Library> library;
  std::filesystem::path decisions;  ///< folder of those that workbooks and PDFs tell; may be empty
  model::FactCatalogue catalogue;   ///< as of the day, for where missing facts come from
  policy::MatchOptions options;
  std::vector<model::Profile> profiles;
  std::vector<policy::EnterpriseMatches> enterprises;  ///< one for each profile
  Findings refused;  ///< cells that were not taken; their facts count as unknown
  Findings notes;    ///< cells taken that are worth a look
};

/// `library` is that of the request when it is loaded already, else nullptr.
/// Errors: those of load_library and of reading the enterprises; NotFound for an unknown id.
Result<MatchReport> match_enterprises(const World& world, const MatchRequest& request,
                                      std::shared_ptr<const policy::Library> library = nullptr);

/// The advice asked for, one for each enterprise of the report.
std::vector<policy::Advice> advise(const MatchReport& report, const policy::AdviceWanted& wanted);

/// The request as it would have been by another `basis`: a day (`2025-12-31`: the rules of that
/// day), `known-on=` with a day (what was known then), a folder with facts.yaml (another library),
/// or a file of enterprises (other profiles).
/// Errors: InvalidInput `match.compare-basis`.
Result<MatchRequest> on_other_basis(MatchRequest request, const std::string& basis);

/// A row a match as lines of CSV, after the heading where it is wanted.
std::string csv_of(std::span<const policy::EnterpriseMatches> enterprises,
                   const model::FactCatalogue& catalogue, const policy::MatchOptions& options,
                   bool heading);

/// Writes .xlsx (with worksheets of the decisions and of the refused cells), .csv (a row a match),
/// .jsonl (a line an enterprise), .pdf (a report an enterprise) or .ics (the days not to be
/// missed). Errors: Unsupported `match.output-format`; those of the decisions, of layout and
/// writing.
Status write_matches(const World& world, const MatchRequest& request, const MatchReport& report,
                     const std::filesystem::path& out);

/// Whether the enterprise can have something now.
bool has_eligible(const policy::EnterpriseMatches& enterprise);

/// What was matched on the way to a file.
struct MatchedRows {
  std::size_t enterprises = 0;
  std::size_t eligible = 0;  ///< that can have something now
  Findings refused;          ///< as in MatchReport
  Findings notes;
};

/// Whether a file is written enterprise by enterprise: .jsonl and .csv.
bool is_written_by_rows(const std::filesystem::path& out);

/// Matches and writes such a file, the same bytes as write_matches, one enterprise after the other,
/// so that memory grows neither with their number nor with the answers. With `strict`, a refused
/// cell leaves `out` as it was. Errors: those of match_enterprises and of writing.
Result<MatchedRows> match_by_rows(const World& world, const MatchRequest& request,
                                  const std::filesystem::path& out, bool strict);

/// The report of every enterprise, one after the other (政策体检报告), as a PDF.
/// Errors: those of the decisions, of the template, of layout and of the PDF.
Result<std::string> matches_pdf(const World& world, const layout::FontSet& fonts,
                                const MatchReport& report);

}  // namespace huice::app
