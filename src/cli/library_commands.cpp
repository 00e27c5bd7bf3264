// 查: take documents in, search them, follow their citations.
#include "app/enterprises.h"
#include "cli/command.h"
#include "cli/findings.h"
#include "cli/library_output.h"
#include "library/library.h"
#include "notation/json.h"

namespace huice::cli {

Result<library::Library> open_library(const Arguments& arguments, const app::World& world,
                                      library::Mode mode) {
  HUICE_TRY(auto settings, library::load_index_settings(world.home / "index"));
  return library::Library::open(arguments.value("library").value_or("library"), mode,
                                std::move(settings));
}

namespace {

constexpr int kMostHits = 1'000;
constexpr int kMostDays = 36'500;
constexpr int kLastYear = 9'999;

int print_value(const Terminal& terminal, const model::Value& value) {
  terminal.out << notation::write_json(value, true) << "\n";
  return kDone;
}

std::string_view reason_text(library::HitReason reason) {
  switch (reason) {
    case library::HitReason::Number:
      return "文号相同";
    case library::HitReason::CitesNumber:
      return "引用了此文号";
    case library::HitReason::Title:
      return "标题相同";
    case library::HitReason::CitesTitle:
      return "引用了此文件";
    case library::HitReason::Words:
      break;
  }
  return "内容相符";
}

/// The snippet with 【】 round what matched.
std::string marked(const library::Snippet& snippet) {
  std::string text = snippet.cut_before ? "……" : "";
  std::size_t at = 0;
  for (const auto& highlight : snippet.highlights) {
    text.append(snippet.text, at, highlight.offset - at);
    text += "【" + snippet.text.substr(highlight.offset, highlight.size) + "】";
    at = highlight.offset + highlight.size;
  }
  text.append(snippet.text, at);
  return text + (snippet.cut_after ? "……" : "");
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const auto& part : parts) {
    if (part.empty()) continue;
    text += (text.empty() ? std::string() : std::string(separator)) + part;
  }
  return text;
}

void print_hit(const Terminal& terminal, std::size_t number, const library::Hit& hit) {
  terminal.out << number << ". " << hit.title
               << (hit.number.empty() ? "" : "（" + hit.number + "）") << "\n   "
               << joined({hit.passage == 0 ? hit.id : hit.id + "#" + std::to_string(hit.passage),
                          hit.issuer, hit.date ? hit.date->to_chinese() : "",
                          std::string(reason_text(hit.reason))},
                         "　")
               << "\n";
  if (!hit.headings.empty()) terminal.out << "   " << joined(hit.headings, " › ") << "\n";
  terminal.out << "   " << marked(hit.snippet) << "\n";
  if (!hit.lapse.empty()) terminal.out << "   注意：本文" << hit.lapse << "\n";
  for (const auto& base : hit.lapsed_bases)
    terminal.out << "   注意：所依据的" << base << "\n";
}

void print_facet(const Terminal& terminal, std::string_view name,
                 const std::vector<library::FacetCount>& counts) {
  constexpr std::size_t kMostShown = 6;
  if (counts.empty()) return;
  terminal.out << name;
  for (std::size_t i = 0; i < std::min(counts.size(), kMostShown); ++i) {
    terminal.out << (i == 0 ? "：" : "　") << counts[i].name << " " << counts[i].count;
  }
  terminal.out << (counts.size() > kMostShown ? "　……\n" : "\n");
}

int run_add(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  auto library = open_library(arguments, world, library::Mode::Write);
  if (!library) return report(terminal.err, library.error());
  const std::vector<std::filesystem::path> paths(arguments.files().begin(),
                                                 arguments.files().end());
  const auto progress = [&](const library::AddProgress& now) {
    if (terminal.err_is_terminal) {
      terminal.err << "\r\033[K" << now.done << "/" << now.total << " " << now.file << std::flush;
    }
    return true;
  };
  if (const auto file = arguments.value("names")) {
    const auto names = app::enterprise_names(*file, world);
    if (!names) return report(terminal.err, names.error());
    const auto known = library.value().name_enterprises(names.value());
    if (!known) return report(terminal.err, known.error());
    terminal.err << "企业字号 " << known.value() << " 个\n";
  }
  const auto added =
      library.value().add(paths, progress, {.limits = {}, .prune = arguments.has("prune")});
  if (terminal.err_is_terminal) terminal.err << "\r\033[K";
  if (!added) return report(terminal.err, added.error());
  const auto& told = added.value();
  for (const auto& refused : told.refused)
    terminal.err << finding_text(refused);
  if (arguments.has("json")) {
    print_value(terminal, library::to_value(told));
  } else {
    for (const auto& file : told.pruned)
      terminal.out << "已移出（原文件不在了）：" << file << "\n";
    terminal.out << "新增 " << told.added.size() << "　更新 " << told.updated.size() << "　未变 "
                 << told.unchanged.size() << "　重复 " << told.duplicates.size() << "　未收 "
                 << told.refused.size()
                 << (arguments.has("prune") ? "　移出 " + std::to_string(told.pruned.size()) : "")
                 << "\n";
  }
  return told.refused.empty() ? kDone : kRejected;
}

}  // namespace

void print_hits(const Terminal& terminal, const library::Hits& hits) {
  terminal.out << "找到 " << hits.total << " 份文件\n";
  for (std::size_t i = 0; i < hits.hits.size(); ++i)
    print_hit(terminal, i + 1, hits.hits[i]);
  print_facet(terminal, "发文机关", hits.facets.issuers);
  print_facet(terminal, "文种", hits.facets.genres);
  print_facet(terminal, "年份", hits.facets.years);
  print_facet(terminal, "地区", hits.facets.regions);
  print_facet(terminal, "效力", hits.facets.standings);
  if (!hits.suggestion.empty()) terminal.out << "您是不是要找：" << hits.suggestion << "\n";
  for (const auto& note : hits.notes)
    terminal.out << "提示：" << note << "\n";
}

namespace {

Result<library::Query> query_from(const Arguments& arguments, const app::World& world) {
  HUICE_TRY(const auto limit, arguments.count("limit", kMostHits));
  HUICE_TRY(const auto year, arguments.count("year", kLastYear));
  HUICE_TRY(const auto recent, arguments.count("recent", kMostDays));
  HUICE_TRY(auto since, arguments.day("since"));
  HUICE_TRY(auto until, arguments.day("until"));
  HUICE_TRY(auto valid_on, arguments.day("valid-on"));
  if (arguments.has("valid") && !valid_on) valid_on = world.today;
  if (year) {
    since = std::max(since, Date::make(*year, 1, 1));
    const auto last = Date::make(*year, 12, 31);
    until = until ? std::min(until, last) : last;
  }
  library::Query query{.text = arguments.files().front(),
                       .region = arguments.value("region").value_or(""),
                       .issuer = arguments.value("issuer").value_or(""),
                       .genre = arguments.value("genre").value_or(""),
                       .since = since,
                       .until = until,
                       .valid_on = valid_on,
                       .passages = arguments.has("passages"),
                       .today = world.today,
                       .half_life = recent.value_or(0)};
  if (limit) query.limit = static_cast<std::size_t>(*limit);
  return query;
}

int run_search(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const auto query = query_from(arguments, world);
  if (!query) return report(terminal.err, query.error()), kUsage;
  const auto library = open_library(arguments, world, library::Mode::Read);
  if (!library) return report(terminal.err, library.error());
  const auto found = library.value().search(query.value());
  if (!found) return report(terminal.err, found.error());
  if (arguments.has("json")) return print_value(terminal, library::to_value(found.value()));
  print_hits(terminal, found.value());
  return kDone;
}

std::string dated(std::string_view name, const std::optional<Date>& date) {
  return date ? std::string(name) + date->to_chinese() : "";
}

std::string_view fact_name(library::FactKind kind) {
  switch (kind) {
    case library::FactKind::Term:
      return "有效期";
    case library::FactKind::Repeal:
      return "废止";
    case library::FactKind::Revision:
      return "修改";
    case library::FactKind::Deadline:
      return "期限";
    case library::FactKind::Amount:
      return "金额";
    case library::FactKind::Contact:
      break;
  }
  return "联系";
}

/// What stands round the text of a document, and what it asks of its readers.
void print_head(const Terminal& terminal, const library::Holding& holding) {
  const auto& circular = holding.circular;
  const auto& letterhead = circular.letterhead;
  const auto line = [&](const std::vector<std::string>& parts) {
    const std::string text = joined(parts, "　");
    if (!text.empty()) terminal.out << text << "\n";
  };
  terminal.out << circular.title << "\n";
  line({holding.id, circular.number, circular.issuer, circular.genre,
        circular.date ? circular.date->to_chinese() : "", circular.region});
  line({letterhead.secrecy, letterhead.urgency,
        letterhead.signer.empty() ? "" : "签发人：" + letterhead.signer,
        circular.addressee.empty() ? "" : "主送：" + circular.addressee});
  line({dated("施行：", circular.effective), dated("修订：", circular.amended),
        dated("有效期至：", circular.expires)});
  line({holding.file, holding.encoding});
  for (const auto& fact : circular.facts) {
    if (fact.kind == library::FactKind::Amount) continue;  // they stand in the text by dozens
    terminal.out << fact_name(fact.kind) << "　" << fact.text
                 << (fact.date ? "（" + fact.date->to_chinese() + "）" : "") << "\n";
  }
  terminal.out << "\n";
}

void print_blocks(const Terminal& terminal, const library::Circular& circular, bool outline) {
  for (const auto& block : circular.blocks) {
    const bool heading = block.kind == library::BlockKind::Heading;
    if (outline && !heading) continue;
    const auto level = static_cast<std::size_t>(block.level);
    const std::string indent = outline
                                   ? std::string(2 * (level - 1), ' ')
                                   : std::string(heading ? level : 0, '#') + (heading ? " " : "");
    terminal.out << indent << block.text << "\n";
  }
}

int run_show(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const auto library = open_library(arguments, world, library::Mode::Read);
  if (!library) return report(terminal.err, library.error());
  const auto holding = library.value().show(arguments.files().front());
  if (!holding) return report(terminal.err, holding.error());
  if (arguments.has("json")) return print_value(terminal, library::to_value(holding.value()));
  print_head(terminal, holding.value());
  print_blocks(terminal, holding.value().circular, arguments.has("outline"));
  return kDone;
}

void print_cited(const Terminal& terminal, std::string_view head,
                 const std::vector<library::CitedDocument>& documents) {
  if (!documents.empty()) terminal.out << head << "\n";
  for (const auto& each : documents) {
    terminal.out << "  "
                 << library::named(each.title.empty() ? each.citation.title : each.title,
                                   each.citation.number)
                 << (each.id.empty() ? "　（库中没有）" : "　" + each.id)
                 << (each.lapse ? "　注意：" + each.lapse->text : "") << "\n";
  }
}

void print_citing(const Terminal& terminal, std::string_view head,
                  const std::vector<library::CitingDocument>& documents) {
  if (!documents.empty()) terminal.out << head << "\n";
  for (const auto& each : documents)
    terminal.out << "  " << library::named(each.title, each.number) << "　" << each.id << "\n";
}

int run_citations(const Arguments& arguments, const app::World& world, const Terminal& terminal) {
  const auto library = open_library(arguments, world, library::Mode::Read);
  if (!library) return report(terminal.err, library.error());
  const auto found = library.value().citations(arguments.files().front(), world.today);
  if (!found) return report(terminal.err, found.error());
  if (arguments.has("json")) return print_value(terminal, library::to_value(found.value()));
  const auto& told = found.value();
  terminal.out << told.title << (told.number.empty() ? "" : "（" + told.number + "）") << "\n";
  if (told.lapse) terminal.out << "注意：本文" << told.lapse->text << "\n";
  print_cited(terminal, "依据", told.rests_on);
  print_cited(terminal, "废止", told.replaces);
  print_citing(terminal, "被引用", told.cited_by);
  print_citing(terminal, "被废止", told.replaced_by);
  return kDone;
}

const Option kLibrary = {"library", "目录", "文件库所在的目录", "library"};
const Option kJson = {"json", "", "以 JSON 输出"};

}  // namespace

std::vector<Command> library_commands() {
  return {{.name = "library add",
           .usage = "文件或目录… --library 目录",
           .summary = "把通知和法规收进文件库",
           .example = "huice library add samples/circulars --library out/library",
           .options = {kLibrary,
                       {"prune", "", "目录里已经没有的文件，从文件库移出"},
                       {"names", "文件", "企业名单（同 match 的输入），字号作为词来检索"},
                       kJson},
           .fewest_files = 1,
           .most_files = 10'000,
           .run = run_add},
          {.name = "library search",
           .usage = "词语或发文字号 --library 目录",
           .summary = "检索文件库",
           .example = "huice library search '湘办发电〔2021〕68号' --library out/library",
           .options = {kLibrary,
                       {"limit", "条数", "最多列出多少条", "10"},
                       {"region", "地区", "只看这个地区"},
                       {"issuer", "机关", "只看这个发文机关"},
                       {"genre", "文种", "只看这个文种"},
                       {"since", "日期", "成文不早于"},
                       {"until", "日期", "成文不晚于"},
                       {"year", "年份", "只看这一年的"},
                       {"valid", "", "只看今天有效的"},
                       {"valid-on", "日期", "只看这一天有效的"},
                       {"recent", "天数", "新的靠前：每过这么多天，年代的影响减半"},
                       {"passages", "", "同一文件的每一段都单独列出"},
                       kJson},
           .fewest_files = 1,
           .most_files = 1,
           .run = run_search},
          {.name = "library show",
           .usage = "编号|发文字号|标题 --library 目录",
           .summary = "读一份文件",
           .example = "huice library show '云政发〔2026〕3号' --library out/library",
           .options = {kLibrary, {"outline", "", "只列提纲"}, kJson},
           .fewest_files = 1,
           .most_files = 1,
           .run = run_show},
          {.name = "library citations",
           .usage = "编号|发文字号|标题 --library 目录",
           .summary = "它依据什么，什么依据它",
           .example = "huice library citations '云政发〔2026〕3号' --library out/library",
           .options = {kLibrary, kJson},
           .fewest_files = 1,
           .most_files = 1,
           .run = run_citations}};
}

}  // namespace huice::cli
