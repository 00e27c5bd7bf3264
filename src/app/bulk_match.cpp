#include "app/bulk_match.h"

#include <algorithm>
#include <fstream>
#include <utility>

#include "app/enterprises.h"
#include "base/files.h"
#include "bulk/csv_columns.h"
#include "notation/json.h"

namespace huice::app {
namespace fs = std::filesystem;
namespace {

using model::Value;

Error unwritable(const fs::path& path) {
  return {.code = ErrorCode::Io,
          .id = "file.unwritable",
          .message = "不能写入文件",
          .where = {.file = path.string()},
          .hint = "检查目录是否存在、有无权限和空间"};
}

/// Writes the sets policy by policy: a row of bits each, at its own place in the file, which is
/// that of a page, so that pages are written whole. The file gets its name when it is whole.
class PlaneFile {
 public:
  static constexpr char kMagic[8] = {'H', 'U', 'I', 'C', 'E', 'B', 'P', '1'};
  static constexpr std::uint64_t kAlignment = 4096;

  PlaneFile(fs::path path, std::size_t rows, const bulk::Plan& plan)
      : path_(std::move(path)), part_(path_.string() + ".part") {
    std::string ids;
    for (const auto& policy : plan.policies())
      ids += policy.policy->id + "\n";
    stride_ = aligned((rows + 7) / 8);
    start_ = aligned(sizeof kMagic + 5 * 8 + ids.size());
    size_ = start_ + stride_ * plan.policies().size();
    const std::uint64_t header[] = {rows, plan.policies().size(), stride_, start_, ids.size()};
    out_.open(part_, std::ios::binary | std::ios::trunc);
    out_.write(kMagic, sizeof kMagic);
    out_.write(reinterpret_cast<const char*>(header), sizeof header);
    out_.write(ids.data(), static_cast<std::streamsize>(ids.size()));
  }

  PlaneFile(const PlaneFile&) = delete;
  PlaneFile& operator=(const PlaneFile&) = delete;
  /// What is not whole does not stay.
  ~PlaneFile() {
    std::error_code ignored;
    if (!finished_) fs::remove(part_, ignored);
  }

  huice::Status take(const bulk::PolicyPlanes& planes) {
    out_.seekp(
        static_cast<std::streamoff>(start_ + planes.policy * stride_ + planes.first_row / 8));
    out_.write(reinterpret_cast<const char*>(planes.eligible.data()),
               static_cast<std::streamsize>(planes.eligible.size_bytes()));
    if (!out_) return unwritable(path_);
    return Unit{};
  }

  huice::Status finish() {
    out_.close();
    std::error_code error;
    if (out_) fs::resize_file(part_, size_, error);
    if (!out_ || error) return unwritable(path_);
    HUICE_TRY([[maybe_unused]] const Unit moved, move_file(part_, path_));
    finished_ = true;
    return Unit{};
  }

 private:
  static std::uint64_t aligned(std::uint64_t bytes) {
    return (bytes + kAlignment - 1) / kAlignment * kAlignment;
  }

  fs::path path_;
  fs::path part_;
  std::ofstream out_;
  std::uint64_t start_ = 0;
  std::uint64_t stride_ = 0;
  std::uint64_t size_ = 0;
  bool finished_ = false;
};

/// Whether a list of people or projects lies beside the file of enterprises, as
/// sheet::read_profiles would read it.
bool has_list_beside(const fs::path& enterprises, const model::FactCatalogue& catalogue) {
  return std::ranges::any_of(catalogue.facts, [&](const model::FactDefinition& fact) {
    std::error_code ignored;
    const auto folder = enterprises.parent_path();
    return fact.type == model::FactType::List &&
           (fs::exists(folder / (fact.name + ".csv"), ignored) ||
            fs::exists(folder / "hires.csv", ignored));
  });
}

Result<bulk::ColumnImport> read_columns(const MatchRequest& request, const policy::Library& library,
                                        const policy::MatchOptions& options) {
  const auto catalogue = library.catalogue_for(request.on.year());
  auto facts = bulk::facts_used(library, options);
  const fs::path& file = request.enterprises;
  if (file.extension() == ".csv" && !has_list_beside(file, catalogue)) {
    auto plain = facts;
    std::erase_if(plain, [](const auto& fact) { return fact.type == model::FactType::List; });
    auto columns = bulk::read_csv_columns(file, catalogue, plain);
    const bool left = !columns && columns.error().code == ErrorCode::Unsupported;
    if (!left) return columns;
  }
  bulk::ColumnsBuilder builder(facts);
  HUICE_TRY(auto import, each_enterprise(file, catalogue, [&](const model::Profile& profile) {
              bulk::add_row(builder, profile, facts, request.on);
            }));
  bulk::ColumnImport result;
  result.columns = builder.finish();
  result.refused_cells = import.refused.size();
  result.refusals = std::move(import.refused);
  return result;
}

Value yuan(bulk::Int128 fen) {
  return bulk::decimal_of(fen, 2);
}

Value number(std::uint64_t count) {
  return Decimal(static_cast<std::int64_t>(count));
}

Value to_value(const bulk::PolicyTotals& totals) {
  Value::Record counts;
  for (std::size_t i = 0; i < totals.counts.size(); ++i)
    counts.emplace_back(policy::name(static_cast<policy::Status>(i)), number(totals.counts[i]));
  Value::List benefits;
  for (const auto& benefit : totals.benefits) {
    benefits.emplace_back(Value::Record{{"name", benefit.name},
                                        {"exact", number(benefit.exact)},
                                        {"intervals", number(benefit.intervals)},
                                        {"unbounded", number(benefit.unbounded)},
                                        {"low", yuan(benefit.low_fen)},
                                        {"high", yuan(benefit.high_fen)}});
  }
  return Value::Record{{"policy", totals.id},
                       {"title", totals.title},
                       {"counts", std::move(counts)},
                       {"benefits", std::move(benefits)}};
}

std::string csv_quoted(std::string_view text) {
  std::string field = "\"";
  for (const char c : text)
    field += c == '"' ? std::string("\"\"") : std::string(1, c);
  return field + "\"";
}

/// One line a benefit; a policy without amounts has one line.
std::string to_csv(const BulkReport& report) {
  std::string csv = "\xEF\xBB\xBF政策编号,政策";
  for (int i = 0; i < 6; ++i)
    csv += "," + std::string(policy::label(static_cast<policy::Status>(i)));
  csv += ",优惠,金额确定户数,金额为区间户数,金额不知上限户数,合计下限（元）,合计上限（元）\r\n";
  for (const auto& totals : report.totals.policies) {
    std::string head = csv_quoted(totals.id) + "," + csv_quoted(totals.title);
    for (const std::uint64_t count : totals.counts)
      head += "," + std::to_string(count);
    if (totals.benefits.empty()) csv += head + ",,,,,,\r\n";
    for (const auto& benefit : totals.benefits) {
      csv += head + "," + csv_quoted(benefit.name) + "," + std::to_string(benefit.exact) + "," +
             std::to_string(benefit.intervals) + "," + std::to_string(benefit.unbounded) + "," +
             bulk::decimal_of(benefit.low_fen, 2).to_plain() + "," +
             bulk::decimal_of(benefit.high_fen, 2).to_plain() + "\r\n";
    }
  }
  return csv;
}

}  // namespace

Result<BulkReport> match_in_bulk(const World& world, const BulkRequest& request) {
  const MatchRequest& match = request.match;
  HUICE_TRY(const auto library,
            policy::load_library(match.policies.value_or(world.home / "policies")));
  for (const auto& id : match.ids) {
    HUICE_TRY([[maybe_unused]] const auto* const known, library.get(id));
  }
  const policy::MatchOptions options{.on = match.on,
                                     .known_on = match.known_on,
                                     .policies = match.ids,
                                     .all_times = false,
                                     .default_region = match.default_region};
  HUICE_TRY(auto import, read_columns(match, library, options));
  BulkReport report{.totals = {},
                    .passed_over = import.passed_over,
                    .refused_cells = import.refused_cells,
                    .refusals = std::move(import.refusals)};
  if (request.strict && report.refused_cells > 0) return report;
  const auto plan = bulk::Plan::make(library, import.columns, options);
  bulk::RunOptions run{.threads = request.threads};
  std::optional<PlaneFile> file;
  if (request.planes) {
    file.emplace(*request.planes, import.columns.rows(), plan);
    run.sink = [&file](const bulk::PolicyPlanes& planes) { return file->take(planes); };
  }
  HUICE_TRY(report.totals, bulk::run(plan, run));
  if (file) {
    HUICE_TRY([[maybe_unused]] const Unit whole, file->finish());
  }
  return report;
}

Status check_totals_format(const fs::path& out) {
  if (out.extension() == ".json" || out.extension() == ".csv") return Unit{};
  return Error{
      .code = ErrorCode::Unsupported,
      .id = "match.bulk-format",
      .message = "汇总文件名应以 .json 或 .csv 结尾，实为“" + out.extension().string() + "”",
      .where = {.file = out.string()}};
}

Status write_totals(const BulkRequest& request, const BulkReport& report, const fs::path& out) {
  HUICE_TRY([[maybe_unused]] const Unit known, check_totals_format(out));
  return write_file(out, out.extension() == ".csv" ? to_csv(report) : totals_json(request, report));
}

std::string totals_json(const BulkRequest& request, const BulkReport& report) {
  Value::List policies;
  for (const auto& totals : report.totals.policies)
    policies.push_back(to_value(totals));
  return notation::write_json(Value::Record{{"on", request.match.on.to_iso()},
                                            {"known_on", request.match.known_on.to_iso()},
                                            {"enterprises", number(report.totals.rows)},
                                            {"policies", std::move(policies)}},
                              true) +
         "\n";
}

std::string totals_text(const BulkReport& report) {
  std::string text;
  for (const auto& totals : report.totals.policies) {
    text += totals.title + "（" + totals.id + "）";
    for (std::size_t i = 0; i < totals.counts.size(); ++i) {
      if (totals.counts[i] == 0) continue;
      text += " " + std::string(policy::label(static_cast<policy::Status>(i))) + " " +
              std::to_string(totals.counts[i]);
    }
    for (const auto& benefit : totals.benefits) {
      if (benefit.exact + benefit.intervals + benefit.unbounded == 0) continue;
      text += "；" + benefit.name + "合计" + bulk::decimal_of(benefit.low_fen, 2).to_plain() + "元";
      if (benefit.low_fen != benefit.high_fen) {
        text += "至" + bulk::decimal_of(benefit.high_fen, 2).to_plain() + "元";
      }
      if (benefit.unbounded > 0) text += "（另有" + std::to_string(benefit.unbounded) + "家未知）";
    }
    text += "\n";
  }
  return text;
}

}  // namespace huice::app
