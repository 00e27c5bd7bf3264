#include "policy/library.h"

#include <algorithm>
#include <system_error>

#include "base/files.h"
#include "base/utf8.h"
#include "notation/yaml.h"
#include "policy/catalogue_reader.h"
#include "policy/fields.h"
#include "policy/policy_reader.h"

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

/// The YAML files below `folder`, sorted; an absent folder has none.
Status list_files(const std::filesystem::path& folder, std::vector<std::filesystem::path>& files) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (!fs::is_directory(folder, error)) return Unit{};
  fs::recursive_directory_iterator entry(folder, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    const auto extension = entry->path().extension();
    if (extension == ".yaml" || extension == ".yml") files.push_back(entry->path());
    if (files.size() <= kMaxPolicyFiles) continue;
    return Error{.code = ErrorCode::TooLarge,
                 .id = "policy.too-large",
                 .message = "政策文件超过20000个",
                 .where = {.file = folder.string()},
                 .hint = "把政策库分成几个目录"};
  }
  if (error) {
    return Error{.code = ErrorCode::Io,
                 .id = "file.unreadable",
                 .message = "不能列出目录：" + error.message(),
                 .where = {.file = folder.string()},
                 .hint = "检查目录的权限"};
  }
  std::ranges::sort(files);
  return Unit{};
}

}  // namespace

/// Builds a Library from texts; the only one who fills it.
class LibraryReader {
 public:
  Result<Library> read(const LibraryFile& facts, const std::vector<LibraryFile>& policies,
                       const LibraryFile& references) {
    read_facts(facts);
    if (!references.text.empty()) read_reference_file(references);
    for (const LibraryFile& file : policies)
      read_policy_file(file);
    check_references();
    check_ties();
    if (findings_.empty()) carry_out_relations();
    if (!findings_.empty()) return as_error(std::move(findings_));
    for (const std::string& name : vocabulary_.names())
      add_name(name);
    return std::move(library_);
  }

 private:
  void read_facts(const LibraryFile& file) {
    const std::size_t before = findings_.size();
    auto root = notation::read_yaml(file.text, file.name);
    if (!root) return refuse(std::move(root).error());
    Catalogue catalogue = read_catalogue(root.value(), file.text, findings_);
    library_.catalogue_ = std::move(catalogue.facts);
    library_.derived_ = std::move(catalogue.derived);
    library_.parameters_ = std::move(catalogue.parameters);
    library_.groups_ = std::move(catalogue.groups);
    library_.limits_ = std::move(catalogue.limits);
    vocabulary_ = std::move(catalogue.vocabulary);
    for (std::size_t i = 0; i < library_.catalogue_.facts.size(); ++i)
      library_.fact_index_.emplace(library_.catalogue_.facts[i].name, i);
    for (std::size_t i = 0; i < library_.derived_.size(); ++i)
      library_.derived_index_.emplace(library_.derived_[i].definition.name, i);
    for (std::size_t i = 0; i < library_.parameters_.size(); ++i)
      library_.parameter_index_.emplace(library_.parameters_[i].definition.name, i);
    quote_lines(file, before);
  }

  void read_reference_file(const LibraryFile& file) {
    const std::size_t before = findings_.size();
    auto root = notation::read_yaml(file.text, file.name);
    if (!root) return refuse(std::move(root).error());
    library_.references_ = read_references(root.value(), findings_);
    quote_lines(file, before);
  }

  void read_policy_file(const LibraryFile& file) {
    const std::size_t before = findings_.size();
    auto root = notation::read_yaml(file.text, file.name);
    if (!root) return refuse(std::move(root).error());
    auto policy = read_policy(root.value(), file.text, vocabulary_, findings_);
    if (policy) add(std::move(*policy));
    quote_lines(file, before);
  }

  void add(Policy policy) {
    const auto [old, fresh] = library_.policy_index_.emplace(policy.id, library_.policies_.size());
    if (!fresh) {
      const SourceSpan& first = library_.policies_[old->second].where;
      findings_.push_back(finding("policy.duplicate-id",
                                  "政策编号“" + policy.id + "”已用于 " + first.file, policy.where,
                                  "每项政策用不同的编号"));
      return;
    }
    library_.policies_.push_back(std::move(policy));
  }

  void refuse(Error error) {
    for (Error& each : as_findings(std::move(error)))
      findings_.push_back(std::move(each));
  }

  /// Findings show the line they are about.
  void quote_lines(const LibraryFile& file, std::size_t from) {
    for (std::size_t i = from; i < findings_.size(); ++i) {
      Error& each = findings_[i];
      if (each.excerpt.empty() && each.where.line > 0) {
        each.excerpt = std::string(line_at(file.text, each.where.line));
      }
    }
    std::stable_sort(findings_.begin() + static_cast<std::ptrdiff_t>(from), findings_.end(),
                     [](const Error& a, const Error& b) {
                       return std::pair(a.where.line, a.where.column) <
                              std::pair(b.where.line, b.where.column);
                     });
  }

  void check_references() {
    std::vector<std::string> ids;
    for (const Policy& policy : library_.policies_)
      ids.push_back(policy.id);
    for (const Policy& policy : library_.policies_) {
      std::vector<std::string> wanted = policy.replaces;
      wanted.insert(wanted.end(), policy.prerequisites.begin(), policy.prerequisites.end());
      for (const Relation& relation : policy.relations)
        wanted.push_back(relation.policy);
      for (const Exclusion& exclusion : policy.excludes)
        wanted.push_back(exclusion.policy);
      for (const std::string& id : wanted) {
        if (library_.policy_index_.contains(id)) continue;
        findings_.push_back(
            finding("policy.unknown-policy",
                    "政策“" + policy.id + "”提到的“" + id + "”不在库中" + did_you_mean(id, ids),
                    policy.where));
      }
    }
  }

  /// Groups and limits that policies name exist.
  void check_ties() {
    std::vector<std::string> groups;
    std::vector<std::string> limits;
    for (const ExclusiveGroup& group : library_.groups_)
      groups.push_back(group.name);
    for (const SharedLimit& limit : library_.limits_)
      limits.push_back(limit.name);
    for (const Policy& policy : library_.policies_) {
      for (const std::string& name : policy.groups)
        check_tie(name, groups, "择一组", policy);
      for (const std::string& name : policy.limits)
        check_tie(name, limits, "合计限额", policy);
    }
  }

  void check_tie(const std::string& name, const std::vector<std::string>& known, const char* what,
                 const Policy& policy) {
    if (std::ranges::find(known, name) != known.end()) return;
    findings_.push_back(finding(
        "policy.unknown-tie",
        "facts.yaml 中没有名为“" + name + "”的" + what + did_you_mean(name, known), policy.where));
  }

  /// What one file says of another's end becomes a statement of the other's validity, known since
  /// the saying was known.
  void carry_out_relations() {
    for (const Policy& policy : library_.policies_) {
      for (const Relation& relation : policy.relations)
        carry_out(policy, relation);
    }
    for (Policy& policy : library_.policies_)
      std::ranges::stable_sort(policy.validity, {}, &Validity::known_from);
  }

  void carry_out(const Policy& by, const Relation& relation) {
    Policy& other = library_.policies_[library_.policy_index_.find(relation.policy)->second];
    const Date known = relation.known_from.value_or(by.known_from());
    const Validity* before = other.validity_known_on(known);
    if (before == nullptr) before = &other.validity.front();
    Validity after = *before;
    after.known_from = std::max(known, other.known_from());
    after.because = std::string(label(relation.kind)) + "：" + by.source.number + relation.clause;
    after.to =
        relation.to ? *relation.to : relation.from.value_or(by.validity.front().from).plus_days(-1);
    const bool ends_anyway = !relation.to && before->to && *before->to <= *after.to;
    if (!ends_anyway && before->to != after.to) other.validity.push_back(std::move(after));
  }

  void add_name(const std::string& name) {
    const model::FactDefinition* fact = vocabulary_.find(name);
    if (fact == nullptr || fact->type != model::FactType::List) {
      library_.names_.add(name);
      return;
    }
    feel::Names fields;
    for (const model::FactDefinition& field : fact->fields)
      fields.add(field.name);
    library_.names_.add(name, fields);
  }

  Library library_;
  Vocabulary vocabulary_;
  Findings findings_;
};

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
  return look_up(policies_, policy_index_, id);
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
  return LibraryReader().read(facts, policies, references);
}

Result<Library> load_library(const std::filesystem::path& folder) {
  const auto facts_path = folder / "facts.yaml";
  std::error_code ignored;
  if (!std::filesystem::exists(facts_path, ignored)) {
    return Error{.code = ErrorCode::NotFound,
                 .id = "policy.no-library",
                 .message = "不是政策库：目录“" + folder.string() + "”下没有 facts.yaml",
                 .where = {.file = folder.string()},
                 .hint = "用 --policies 指明政策库目录"};
  }
  LibraryFile facts{facts_path.string(), {}};
  HUICE_TRY(facts.text, read_file(facts_path));
  std::vector<std::filesystem::path> paths;
  for (const char* part : {"national", "local"}) {
    std::vector<std::filesystem::path> found;
    if (Status listed = list_files(folder / part, found); !listed) return listed.error();
    paths.insert(paths.end(), found.begin(), found.end());
  }
  std::vector<LibraryFile> files;
  for (const auto& path : paths) {
    files.push_back({path.string(), {}});
    HUICE_TRY(files.back().text, read_file(path));
  }
  LibraryFile references;
  const auto references_path = folder / "references.yaml";
  if (std::filesystem::exists(references_path, ignored)) {
    references.name = references_path.string();
    HUICE_TRY(references.text, read_file(references_path));
  }
  return read_library(facts, files, references);
}

}  // namespace huice::policy
