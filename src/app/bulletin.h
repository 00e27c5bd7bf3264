// Use case: the 通报 of a month or a quarter, drafted from the ledger; that of a year with the
// assessment.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/campaign_store.h"
#include "app/world.h"
#include "base/date.h"
#include "base/result.h"
#include "campaign/campaign.h"
#include "layout/fonts.h"
#include "model/value.h"

namespace huice::app {

/// What a bulletin is about, and what its head says.
struct Bulletin {
  std::string period;  ///< `2026-05`, `2026Q2`, `2026`
  std::string number;  ///< 发文字号; may be empty
  Date dated;          ///< 成文日期
};

struct BulletinRequest {
  CampaignPlace place;
  Bulletin bulletin;
  std::optional<std::filesystem::path> fonts;  ///< instead of templates/fonts.yaml
  std::filesystem::path out;                   ///< .pdf, or .json for the data alone
};

/// The data of templates/progress-bulletin.md; of a year, of templates/assessment-bulletin.md.
/// Errors: those of assess; InvalidInput `campaign.period`.
Result<model::Value> bulletin_content(const campaign::Campaign& campaign, const Bulletin& bulletin);

/// The template that it is typeset by.
std::string bulletin_template(const Bulletin& bulletin);

/// Its pages. Errors: those of bulletin_content, compose and layout.
Result<std::string> bulletin_pdf(const World& world, const layout::FontSet& fonts,
                                 const campaign::Campaign& campaign, const Bulletin& bulletin);

/// Writes the bulletin, or its data as JSON for `huice draft` after somebody has added to it.
/// Errors: those of open_campaign and bulletin_pdf; Unsupported `campaign.output-format`.
Status write_bulletin(const World& world, const BulletinRequest& request);

}  // namespace huice::app
