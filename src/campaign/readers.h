// The five files of a campaign, read one after another: each reader may rely on those above it.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "campaign/campaign.h"
#include "campaign/record_reader.h"
#include "model/value.h"

namespace huice::campaign {

void read_plan(const model::Value& source, Campaign& campaign, Findings& findings);
void read_assignments(const model::Value& source, Campaign& campaign, Findings& findings);
void read_ledger(const model::Value& source, Campaign& campaign, Findings& findings);
void read_scheme(const model::Value& source, Campaign& campaign, Findings& findings);
void read_entries(const model::Value& source, Campaign& campaign, Findings& findings);

/// Names that a file uses over and over, looked up in no time however many they are.
class KnownNames {
 public:
  explicit KnownNames(std::vector<std::string> names)
      : list_(std::move(names)), set_(list_.begin(), list_.end()) {}

  bool contains(std::string_view name) const { return set_.contains(name); }
  const std::vector<std::string>& list() const { return list_; }

 private:
  std::vector<std::string> list_;
  std::set<std::string, std::less<>> set_;
};

/// Units and towns of a campaign whose plan is read.
struct OfficeNames {
  KnownNames units;
  KnownNames towns;
  KnownNames all;
};
OfficeNames office_names(const Campaign& campaign);

/// The text of `key`, reported unless it is one of `names`; `what` says what the names are.
std::string known_text(RecordReader& reader, std::string_view key,
                       const std::vector<std::string>& names, std::string_view what);

std::string known_text(RecordReader& reader, std::string_view key, const KnownNames& names,
                       std::string_view what);

/// Reports `name` unless it is one of `names`.
void expect_known(RecordReader& reader, const std::string& name, const SourceSpan& where,
                  const std::vector<std::string>& names, std::string_view what);

void expect_known(RecordReader& reader, const std::string& name, const SourceSpan& where,
                  const KnownNames& names, std::string_view what);

std::vector<std::string> support_names(const Campaign& campaign);

/// The USCC of the helped enterprise that `key` names, by name or USCC; reported when it is not
/// helped.
std::string helped_uscc(RecordReader& reader, std::string_view key, const Campaign& campaign);

/// `县直责任部门`, `乡镇（园区）`.
std::string_view to_text(OfficeKind kind);

}  // namespace huice::campaign
