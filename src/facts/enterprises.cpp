#include "facts/enterprises.h"

#include <filesystem>
#include <utility>

namespace huice::facts {
namespace {

void keep(Findings& findings, std::size_t& dropped, Error error, SourceSpan where) {
  if (findings.size() >= kMaxFindings) {
    ++dropped;
    return;
  }
  error.where = std::move(where);
  findings.push_back(std::move(error));
}

void close(Findings& findings, std::size_t dropped, const std::string& file) {
  if (dropped == 0) return;
  findings.push_back(Error{.code = ErrorCode::TooLarge,
                           .id = "sheet.findings",
                           .message = "另有 " + std::to_string(dropped) + " 处同类问题未逐一列出",
                           .where = {.file = file},
                           .hint = "请先改正已列出的问题再导入"});
}

/// `first` is where it stands already.
Error duplicate(const model::Profile& again, const std::string& first, bool same_table) {
  return Error{.code = ErrorCode::Conflict,
               .id = "sheet.row.duplicate",
               .message = "“" + (again.name.empty() ? again.uscc : again.name) + "”重复填报，" +
                          (same_table ? "以先填的一行为准" : "只补充尚缺的数据") + "（见 " + first +
                          "）",
               .where = {},
               .hint = "请核对后删去多余的一行"};
}

}  // namespace

void Enterprises::refuse(Error error, SourceSpan where) {
  keep(import_.refused, dropped_refused_, std::move(error), std::move(where));
}

void Enterprises::note(Error error, SourceSpan where) {
  keep(import_.notes, dropped_notes_, std::move(error), std::move(where));
}

const Enterprises::Place* Enterprises::find(std::string_view code, std::string_view name) const {
  if (const auto found = by_code_.find(code); found != by_code_.end()) return &found->second;
  if (!code.empty()) return nullptr;
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &found->second;
}

void Enterprises::add(model::Profile profile, int table) {
  if (const Place* place = find(profile.uscc, profile.name)) {
    note(duplicate(profile, place->part, place->table == table), profile.where);
    if (place->table != table) import_.profiles[place->index].facts.merge(profile.facts);
    return;
  }
  const Place place{import_.profiles.size(), table, profile.where.part};
  if (!profile.uscc.empty()) by_code_.emplace(profile.uscc, place);
  if (!profile.name.empty()) by_name_.emplace(profile.name, place);
  if (take_) return take_(std::move(profile));
  import_.profiles.push_back(std::move(profile));
}

bool Enterprises::append(std::string_view list, std::string_view code, std::string_view name,
                         model::Value item, const SourceSpan& where) {
  const Place* place = find(code, name);
  if (place == nullptr) return false;
  auto& facts = import_.profiles[place->index].facts;
  const auto fact = facts.find(list);
  if (fact == facts.end()) {
    facts.emplace(list, model::Fact{.value = model::Value::List{std::move(item)},
                                    .source = source(where),
                                    .observed = {}});
  } else if (auto* items = std::get_if<model::Value::List>(&fact->second.value.content())) {
    items->push_back(std::move(item));
  }
  return true;
}

void Enterprises::complete(std::string_view list, const SourceSpan& where) {
  std::size_t count = 0;
  for (model::Profile& profile : import_.profiles) {
    const bool added =
        profile.facts
            .emplace(list, model::Fact{.value = model::Value::List{},
                                       .source = source(where) + "（名册中没有该企业）",
                                       .observed = {}})
            .second;
    count += added ? 1 : 0;
  }
  if (count == 0) return;
  note(Error{.code = ErrorCode::InvalidInput,
             .id = "sheet.list.absent",
             .message = "“" + std::string(list) + "”名册没有列出的 " + std::to_string(count) +
                        " 家企业，按没有" + std::string(list) + "处理",
             .where = {},
             .hint = "名册如不完整，请补齐后重新导入"},
       where);
}

ProfileImport Enterprises::finish() {
  close(import_.refused, dropped_refused_, file_);
  close(import_.notes, dropped_notes_, file_);
  return std::move(import_);
}

std::string Enterprises::source(const SourceSpan& where) const {
  const std::string file = std::filesystem::path(where.file).filename().string();
  return where.part.empty() ? file : file + " " + where.part;
}

}  // namespace huice::facts
