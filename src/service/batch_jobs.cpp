// Documents of one template, a file each or all in one PDF.
#include <algorithm>
#include <fstream>
#include <memory>
#include <vector>

#include "app/merged_series.h"
#include "app/online_draft.h"
#include "base/utf8.h"
#include "notation/json.h"
#include "service/job_items.h"
#include "service/profiles.h"
#include "service/scratch.h"
#include "service/secrets.h"

namespace huice::service {
namespace {

constexpr std::string_view kFileName = "文件名";  ///< of an item; names its file and is no data

bool is_merged(const model::Value& request) {
  const model::Value* merged = request.find("merged");
  return merged != nullptr && merged->truth() != nullptr && *merged->truth();
}

constexpr std::size_t kMostLetters = 200;  ///< of a title: lists of jobs bring it along

Result<JobOrder> order_batch(Desk& desk, const Call& call, model::Value::Record request) {
  const model::Value asked(request);
  const model::Value* name = asked.find("template");
  const model::Value* items = asked.find("items");
  const model::Value* shared = asked.find("shared");
  const model::Value* merged = asked.find("merged");
  if (name == nullptr || name->text() == nullptr) {
    return bad_request("template", "没有写模板", "写模板的名称");
  }
  HUICE_TRY(const auto made, app::template_title(call.world, *name->text()));
  if (merged != nullptr && merged->truth() == nullptr) {
    return bad_request("merged", "merged 应是 true 或 false", "要合成一个 PDF 的写 true");
  }
  if (items == nullptr || items->list() == nullptr || items->list()->empty()) {
    return bad_request("items", "没有要做的各份", "items 写成记录的列表");
  }
  const bool records = std::ranges::all_of(
      *items->list(), [](const model::Value& each) { return each.record() != nullptr; });
  if (!records || (shared != nullptr && shared->record() == nullptr)) {
    return bad_request("items", "各份数据与共同的数据都应是记录", "写成 {字段: 值}");
  }
  if (items->list()->size() > kMaxJobItems) {
    return Error{.code = ErrorCode::TooLarge,
                 .id = "job.too-many",
                 .message = "一次至多 " + std::to_string(kMaxJobItems) + " 份",
                 .hint = "分几次做"};
  }
  const auto total = static_cast<std::int64_t>(items->list()->size());
  if (asked.find("title") != nullptr && asked.find("title")->text() == nullptr) {
    return bad_request("title", "title 应是文字", "写这批文书的名称，可以不写");
  }
  std::string title = text_field(asked, "title");
  if (code_point_count(title) > kMostLetters) {
    return bad_request("title", "名称超过 " + std::to_string(kMostLetters) + " 个字", "写短一些");
  }
  if (title.empty()) title = made;
  if (is_merged(asked)) title += "，合成一个 PDF";
  request.emplace_back("fonts", app::identity_of(desk.site.materials.get()->fonts));
  return JobOrder{notation::write_json(model::Value(std::move(request))), total, std::move(title)};
}

/// What an item is called by whoever asked for it; empty where it has no name fit for a file.
std::string own_name(const model::Value& item) {
  constexpr std::size_t kLongest = 120;  // bytes; what is longer is left out, not cut
  std::string own = text_field(item, kFileName);
  const bool usable =
      own.size() <= kLongest && own.find_first_of("/\\:*?\"<>|") == std::string::npos &&
      std::ranges::none_of(own, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  return usable ? own : std::string();
}

constexpr const char* kMerged = "merged.pdf";  // in the folder of a Merging

/// One PDF of what is made here and what was made before, with a folder of its own.
struct Merging {
  Scratch scratch;
  std::unique_ptr<app::MergedSeries> series;

  /// With the items that are there already.
  /// Errors: Conflict `job.fonts` when the fonts are others than when the job was ordered.
  static Result<std::shared_ptr<Merging>> open(Site& site, const std::string& job,
                                               const model::Value& request) {
    const auto materials = site.materials.get();
    if (text_field(request, "fonts") != app::identity_of(materials->fonts)) {
      return Error{.code = ErrorCode::Conflict,
                   .id = "job.fonts",
                   .message = "交任务之后换了字体，做好的各页与现在的字体对不上",
                   .hint = "重新交一次任务"};
    }
    HUICE_TRY(auto scratch, Scratch::make());
    HUICE_TRY(auto series,
              app::MergedSeries::open(scratch.path() / kMerged, materials->fonts,
                                      day_field(request, "today", site.outside.world().today)));
    Status taken = Unit{};
    HUICE_TRY([[maybe_unused]] const Unit read,
              each_item(site, job, [&](const store::JobItem& item) {
                if (!item.failure) taken = series->take_up(from_base64(item.content));
                return taken.has_value();
              }));
    if (!taken) return taken.error();
    return std::make_shared<Merging>(std::move(scratch), std::move(series));
  }

  Merging(Scratch own, std::unique_ptr<app::MergedSeries> opened)
      : scratch(std::move(own)), series(std::move(opened)) {}
};

Result<JobPlan> plan_batch(Site& site, const store::Job& job, model::Value request) {
  const auto total = static_cast<std::int64_t>(request.find("items")->list()->size());
  const auto materials = site.materials.get();
  app::World world = site.outside.world();
  world.today = day_field(request, "today", world.today);
  HUICE_TRY(auto opened,
            app::OnlineSeries::open(world, materials->fonts, text_field(request, "template")));
  const std::shared_ptr<app::OnlineSeries> series = std::move(opened);
  std::shared_ptr<Merging> merging;
  if (is_merged(request)) {
    HUICE_TRY(merging, Merging::open(site, job.id, request));
  }
  // A file, or a record of the one PDF.
  const auto bytes = [=](const std::string& name, const model::Value& data) -> Result<std::string> {
    HUICE_TRY(const auto laid_out, series->lay_out({.data = data, .tables = {}}));
    if (!merging) return series->pdf_of(laid_out);
    return merging->series->record_of(laid_out, name.empty() ? laid_out.title : name);
  };
  return JobPlan{total, [=, request = std::move(request)](std::int64_t seq) -> store::JobItem {
                   const model::Value& own =
                       (*request.find("items")->list())[static_cast<std::size_t>(seq - 1)];
                   const std::string name = own_name(own);
                   const std::string file =
                       numbered(seq, total) + (name.empty() ? "" : "-" + name) + ".pdf";
                   const model::Value nameless = with_changes(
                       own, model::Value::Record{{std::string(kFileName), model::Value()}});
                   const model::Value* shared = request.find("shared");
                   const auto made =
                       bytes(name, shared == nullptr ? nameless : with_changes(*shared, nameless));
                   if (!made) return failed(seq, file, made.error());
                   return {seq, file, std::nullopt, to_base64(made.value())};
                 }};
}

/// The whole PDF, put together before the answer begins, since only then it is known to be sound.
Result<Answer> merged_result(Site& site, const store::Job& job, const model::Value& request) {
  HUICE_TRY(const auto merging, Merging::open(site, job.id, request));
  HUICE_TRY([[maybe_unused]] const Unit written, merging->series->finish());
  Answer answer = download("application/pdf", job.id + ".pdf");
  answer.stream = [merging](std::ostream& out, const std::function<bool()>& stopping) {
    constexpr std::size_t kPiece = std::size_t{1} << 16;
    std::ifstream in(merging->scratch.path() / kMerged, std::ios::binary);
    std::vector<char> piece(kPiece);
    while (in && out && !stopping()) {
      in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
      out.write(piece.data(), in.gcount());
    }
  };
  return answer;
}

Result<Answer> batch_result(Site& site, const store::Job& job, const model::Value& request) {
  if (is_merged(request)) return merged_result(site, job, request);
  Answer answer = download("application/zip", job.id + ".zip");
  answer.stream = [&site, id = job.id](std::ostream& out, const std::function<bool()>& stopping) {
    ZipStream zip(out, stopping);
    const auto read = each_item(site, id, [&](const store::JobItem& item) {
      return item.failure || zip.add(item.name, from_base64(item.content));
    });
    zip.finish(read.has_value());
  };
  return answer;
}

}  // namespace

JobKind batch_jobs() {
  return {"draft-batch", order_batch, plan_batch, batch_result};
}

}  // namespace huice::service
