// The five files of a campaign, read one after another: each reader may rely on those above it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
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

/// The text of `key`, reported unless it is one of `names`; `what` says what the names are.
std::string known_text(RecordReader& reader, std::string_view key,
                       const std::vector<std::string>& names, std::string_view what);

/// Reports `name` unless it is one of `names`.
void expect_known(RecordReader& reader, const std::string& name, const SourceSpan& where,
                  const std::vector<std::string>& names, std::string_view what);

std::vector<std::string> office_names(const Campaign& campaign, std::optional<OfficeKind> kind);
std::vector<std::string> support_names(const Campaign& campaign);

/// The USCC of the helped enterprise that `key` names, by name or USCC; reported when it is not
/// helped.
std::string helped_uscc(RecordReader& reader, std::string_view key, const Campaign& campaign);

/// `县直责任部门`, `乡镇（园区）`.
std::string_view to_text(OfficeKind kind);

}  // namespace huice::campaign
