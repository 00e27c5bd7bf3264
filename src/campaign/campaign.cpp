#include "campaign/campaign.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

#include "base/files.h"
#include "campaign/readers.h"
#include "notation/yaml.h"

namespace huice::campaign {
namespace {

/// By file in the order of reading, then by place.
void sort_by_place(Findings& findings, const CampaignSource& source) {
  std::map<std::string, int> rank;
  for (const model::Value* file :
       {&source.campaign, &source.assignments, &source.ledger, &source.scheme, &source.entries}) {
    rank.emplace(file->where().file, static_cast<int>(rank.size()));
  }
  const auto place = [&](const Error& error) {
    const auto found = rank.find(error.where.file);
    return std::tuple(found == rank.end() ? -1 : found->second, error.where.line,
                      error.where.column);
  };
  std::ranges::stable_sort(findings, {}, place);
}

template <class T, class Key>
const T* find_by(const std::vector<T>& items, Key T::*member, std::string_view wanted) {
  const auto found = std::ranges::find(items, wanted, member);
  return found == items.end() ? nullptr : &*found;
}

}  // namespace

const Group* Scheme::find(std::string_view id) const {
  return find_by(groups, &Group::id, id);
}

const Office* Campaign::find_office(std::string_view office_name) const {
  return find_by(offices, &Office::name, office_name);
}

const Assignment* Campaign::find_assignment(std::string_view uscc) const {
  return find_by(assignments, &Assignment::uscc, uscc);
}

const Problem* Campaign::find_problem(std::string_view problem_id) const {
  return find_by(problems, &Problem::id, problem_id);
}

std::string Campaign::full_name() const {
  return county + std::to_string(year) + "年" + name;
}

Result<Campaign> make_campaign(const CampaignSource& source) {
  Campaign campaign;
  Findings findings;
  read_plan(source.campaign, campaign, findings);
  read_assignments(source.assignments, campaign, findings);
  read_ledger(source.ledger, campaign, findings);
  read_scheme(source.scheme, campaign, findings);
  read_entries(source.entries, campaign, findings);
  if (findings.empty()) return campaign;
  sort_by_place(findings, source);
  return as_error(std::move(findings));
}

std::string path_of_file(const std::string& folder, std::string_view name) {
  const std::string prefix = folder.empty() || folder.ends_with('/') ? folder : folder + "/";
  return prefix + std::string(name);
}

Result<CampaignTexts> read_texts(const std::string& folder) {
  CampaignTexts texts;
  Findings findings;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    auto read = read_file(path_of_file(folder, kFileNames[i]));
    if (read) {
      texts[i] = std::move(read).value();
    } else {
      findings.push_back(std::move(read).error());
    }
  }
  if (!findings.empty()) return as_error(std::move(findings));
  return texts;
}

Result<CampaignSource> parse_texts(const CampaignTexts& texts, const std::string& folder) {
  CampaignSource source;
  const std::array<model::Value*, kFileNames.size()> values = {
      &source.campaign, &source.assignments, &source.ledger, &source.scheme, &source.entries};
  Findings findings;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    auto read = notation::read_yaml(texts[i], path_of_file(folder, kFileNames[i]));
    if (read) {
      *values[i] = std::move(read).value();
      continue;
    }
    Findings found = as_findings(std::move(read).error());
    std::ranges::move(found, std::back_inserter(findings));
  }
  if (!findings.empty()) return as_error(std::move(findings));
  return source;
}

Result<CampaignSource> read_sources(const std::string& folder) {
  HUICE_TRY(const CampaignTexts texts, read_texts(folder));
  return parse_texts(texts, folder);
}

Result<Campaign> load_campaign(const std::string& folder) {
  HUICE_TRY(const CampaignSource source, read_sources(folder));
  return make_campaign(source);
}

}  // namespace huice::campaign
