#include "policy/library_reader.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/utf8.h"
#include "notation/yaml.h"
#include "policy/catalogue_reader.h"
#include "policy/chinese.h"
#include "policy/fields.h"
#include "policy/policy_reader.h"

namespace huice::policy {
namespace {

/// What one file says of another's end becomes a statement of the other's validity, known since
/// the saying was known. Policies of the list are not changed but exchanged.
class Relations {
 public:
  explicit Relations(std::vector<std::shared_ptr<const Policy>>& policies) : policies_(policies) {}

  void carry_out(const std::map<std::string, std::size_t, std::less<>>& index) {
    for (const auto& policy : policies_) {
      for (const Relation& relation : policy->relations)
        carry_out(*policy, relation, index.find(relation.policy)->second);
    }
    for (auto& [place, policy] : changed_) {
      std::ranges::stable_sort(policy.validity, {}, &Validity::known_from);
      policies_[place] = std::make_shared<const Policy>(std::move(policy));
    }
  }

 private:
  void carry_out(const Policy& by, const Relation& relation, std::size_t place) {
    Policy& other = changed_.try_emplace(place, *policies_[place]).first->second;
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

  std::vector<std::shared_ptr<const Policy>>& policies_;
  std::map<std::size_t, Policy> changed_;  ///< by place
};

}  // namespace

void LibraryReader::read_facts(const LibraryFile& file) {
  const std::size_t before = findings_.size();
  auto root = notation::read_yaml(file.text, file.name);
  if (!root) return refuse(std::move(root).error());
  Catalogue catalogue = read_catalogue(root.value(), file.text, findings_);
  base_.catalogue_ = std::move(catalogue.facts);
  base_.derived_ = std::move(catalogue.derived);
  base_.parameters_ = std::move(catalogue.parameters);
  base_.groups_ = std::move(catalogue.groups);
  base_.limits_ = std::move(catalogue.limits);
  vocabulary_ = std::move(catalogue.vocabulary);
  for (std::size_t i = 0; i < base_.catalogue_.facts.size(); ++i)
    base_.fact_index_.emplace(base_.catalogue_.facts[i].name, i);
  for (std::size_t i = 0; i < base_.derived_.size(); ++i)
    base_.derived_index_.emplace(base_.derived_[i].definition.name, i);
  for (std::size_t i = 0; i < base_.parameters_.size(); ++i)
    base_.parameter_index_.emplace(base_.parameters_[i].definition.name, i);
  for (const std::string& name : vocabulary_.names())
    add_name(name);
  quote_lines(file, before);
}

void LibraryReader::add_name(const std::string& name) {
  const model::FactDefinition* fact = vocabulary_.find(name);
  if (fact == nullptr || fact->type != model::FactType::List) {
    base_.names_.add(name);
    return;
  }
  feel::Names fields;
  for (const model::FactDefinition& field : fact->fields)
    fields.add(field.name);
  base_.names_.add(name, fields);
}

void LibraryReader::read_references(const LibraryFile& file) {
  const std::size_t before = findings_.size();
  auto root = notation::read_yaml(file.text, file.name);
  if (!root) return refuse(std::move(root).error());
  base_.references_ = policy::read_references(root.value(), findings_);
  quote_lines(file, before);
}

std::shared_ptr<const Policy> LibraryReader::read_policy(const LibraryFile& file) {
  const std::size_t before = findings_.size();
  auto root = notation::read_yaml(file.text, file.name);
  if (!root) {
    refuse(std::move(root).error());
    return nullptr;
  }
  auto policy = policy::read_policy(root.value(), file.text, vocabulary_, findings_);
  quote_lines(file, before);
  if (!policy) return nullptr;
  read_back(*policy, [this](std::string_view name) { return base_.definition(name); });
  return std::make_shared<const Policy>(std::move(*policy));
}

Result<Library> LibraryReader::assemble(
    const std::vector<std::shared_ptr<const Policy>>& policies) {
  Library library = base_;
  for (const auto& policy : policies)
    add(library, policy);
  check_references(library);
  check_ties(library);
  if (!findings_.empty()) return as_error(std::exchange(findings_, {}));
  Relations(library.policies_.entries_).carry_out(library.policy_index_);
  return library;
}

void LibraryReader::add(Library& library, const std::shared_ptr<const Policy>& policy) {
  auto& entries = library.policies_.entries_;
  const auto [old, fresh] = library.policy_index_.emplace(policy->id, entries.size());
  if (fresh) return entries.push_back(policy);
  findings_.push_back(
      finding("policy.duplicate-id",
              "政策编号“" + policy->id + "”已用于 " + library.policies_[old->second].where.file,
              policy->where, "每项政策用不同的编号"));
}

void LibraryReader::refuse(Error error) {
  for (Error& each : as_findings(std::move(error)))
    findings_.push_back(std::move(each));
}

/// Findings show the line they are about.
void LibraryReader::quote_lines(const LibraryFile& file, std::size_t from) {
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

void LibraryReader::check_references(const Library& library) {
  std::vector<std::string> ids;
  for (const Policy& policy : library.policies())
    ids.push_back(policy.id);
  for (const Policy& policy : library.policies()) {
    std::vector<std::string> wanted = policy.replaces;
    wanted.insert(wanted.end(), policy.prerequisites.begin(), policy.prerequisites.end());
    for (const Relation& relation : policy.relations)
      wanted.push_back(relation.policy);
    for (const Exclusion& exclusion : policy.excludes)
      wanted.push_back(exclusion.policy);
    for (const std::string& id : wanted) {
      if (library.policy_index_.contains(id)) continue;
      findings_.push_back(
          finding("policy.unknown-policy",
                  "政策“" + policy.id + "”提到的“" + id + "”不在库中" + did_you_mean(id, ids),
                  policy.where));
    }
  }
}

/// Groups and limits that policies name exist.
void LibraryReader::check_ties(const Library& library) {
  std::vector<std::string> groups;
  std::vector<std::string> limits;
  for (const ExclusiveGroup& group : library.groups_)
    groups.push_back(group.name);
  for (const SharedLimit& limit : library.limits_)
    limits.push_back(limit.name);
  for (const Policy& policy : library.policies()) {
    for (const std::string& name : policy.groups)
      check_tie(name, groups, "择一组", policy);
    for (const std::string& name : policy.limits)
      check_tie(name, limits, "合计限额", policy);
  }
}

void LibraryReader::check_tie(const std::string& name, const std::vector<std::string>& known,
                              const char* what, const Policy& policy) {
  if (std::ranges::find(known, name) != known.end()) return;
  findings_.push_back(finding(
      "policy.unknown-tie",
      "facts.yaml 中没有名为“" + name + "”的" + what + did_you_mean(name, known), policy.where));
}

}  // namespace huice::policy
