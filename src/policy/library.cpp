#include "policy/library.h"

#include <algorithm>

#include "policy/fields.h"
#include "policy/library_folder.h"
#include "policy/library_reader.h"

namespace huice::policy {
namespace {

/// Every `mark` in `text` becomes `year`.
std::string spelt_out(std::string text, std::string_view mark, int year) {
  for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark))
    text.replace(at, mark.size(), std::to_string(year));
  return text;
}

template <class T>
const T* look_up(const std::vector<T>& items,
                 const std::map<std::string, std::size_t, std::less<>>& index,
                 std::string_view name) {
  const auto found = index.find(name);
  return found == index.end() ? nullptr : &items[found->second];
}

/// How small the smallest of `areas` is that holds `region`: significant digits; 0 for everywhere,
/// -1 when none does.
int narrowness(const std::vector<std::string>& areas, std::string_view region) {
  if (areas.empty()) return 0;
  int narrowest = -1;
  for (std::string_view area : areas) {
    if (!lies_in(region, area)) continue;
    while (area.size() >= 2 && area.ends_with("00"))
      area.remove_suffix(2);
    narrowest = std::max(narrowest, static_cast<int>(area.size()));
  }
  return narrowest;
}

}  // namespace

model::FactCatalogue Library::catalogue_for(int year) const {
  model::FactCatalogue catalogue = catalogue_;
  for (model::FactDefinition& fact : catalogue.facts) {
    for (std::string& alias : fact.aliases) {
      alias = spelt_out(std::move(alias), "{上年}", year - 1);
      alias = spelt_out(std::move(alias), "{前年}", year - 2);
      alias = spelt_out(std::move(alias), "{年}", year);
    }
  }
  return catalogue;
}

const Policy* Library::find(std::string_view id) const {
  const auto found = policy_index_.find(id);
  return found == policy_index_.end() ? nullptr : &policies_[found->second];
}

Result<const Policy*> Library::get(std::string_view id) const {
  if (const Policy* policy = find(id)) return policy;
  std::vector<std::string> ids;
  for (const Policy& policy : policies_)
    ids.push_back(policy.id);
  return Error{.code = ErrorCode::NotFound,
               .id = "policy.unknown-policy",
               .message = "政策库中没有“" + std::string(id) + "”" + did_you_mean(id, ids),
               .hint = "用 huice policy check 可列出全部政策编号"};
}

std::vector<const Policy*> Library::in_force(Date on, Date known_on) const {
  std::vector<const Policy*> found;
  for (const Policy& policy : policies_) {
    const Validity* validity = policy.validity_known_on(known_on);
    if (validity == nullptr || on < validity->from) continue;
    if (!validity->to || on <= *validity->to) found.push_back(&policy);
  }
  return found;
}

const DerivedFact* Library::find_derived(std::string_view name) const {
  return look_up(derived_, derived_index_, name);
}

const Parameter* Library::find_parameter(std::string_view name) const {
  return look_up(parameters_, parameter_index_, name);
}

const ParameterValue* Library::parameter_on(std::string_view name, Date on, Date known_on,
                                            std::string_view region) const {
  const Parameter* parameter = find_parameter(name);
  if (parameter == nullptr) return nullptr;
  if (!parameter->previous_year_of.empty()) {
    return parameter_on(parameter->previous_year_of, on.plus_months(-12), known_on, region);
  }
  const ParameterValue* best = nullptr;
  std::pair<int, Date> rank;
  for (const ParameterValue& value : parameter->series) {
    if (on < value.from || value.to < on) continue;
    if (value.known_from && known_on < *value.known_from) continue;
    const int area = narrowness(value.regions, region);
    const std::pair<int, Date> here(area, value.known_from.value_or(value.from));
    if (area < 0 || (best != nullptr && here < rank)) continue;
    best = &value;
    rank = here;
  }
  return best;
}

const ExclusiveGroup* Library::find_group(std::string_view name) const {
  const auto found = std::ranges::find(groups_, name, &ExclusiveGroup::name);
  return found == groups_.end() ? nullptr : &*found;
}

const SharedLimit* Library::find_limit(std::string_view name) const {
  const auto found = std::ranges::find(limits_, name, &SharedLimit::name);
  return found == limits_.end() ? nullptr : &*found;
}

bool Parameter::is_regional() const {
  return std::ranges::any_of(series,
                             [](const ParameterValue& value) { return !value.regions.empty(); });
}

const model::FactDefinition* Library::definition(std::string_view name) const {
  if (const auto* fact = look_up(catalogue_.facts, fact_index_, name)) return fact;
  const Parameter* parameter = find_parameter(name);
  return parameter == nullptr ? nullptr : &parameter->definition;
}

Result<Library> read_library(const LibraryFile& facts, const std::vector<LibraryFile>& policies,
                             const LibraryFile& references) {
  LibraryReader reader;
  reader.read_facts(facts);
  if (!references.text.empty()) reader.read_references(references);
  std::vector<std::shared_ptr<const Policy>> read;
  for (const LibraryFile& file : policies) {
    if (auto policy = reader.read_policy(file)) read.push_back(std::move(policy));
  }
  return reader.assemble(read);
}

Result<Library> load_library(const std::filesystem::path& folder) {
  HUICE_TRY(const auto followed, LibraryFolder::open(folder));
  return *followed.library();
}

}  // namespace huice::policy
