// The sample campaign of the invented county.
#pragma once

#include <gtest/gtest.h>

#include "campaign/campaign.h"
#include "small_campaign.h"

namespace huice::campaign {

/// The day on which the samples are looked at.
inline const Date kDemoDay = day("2026-11-22");

/// Fails the test with every finding when it cannot be loaded.
inline Campaign sample_campaign() {
  auto campaign = load_campaign(HUICE_SOURCE_DIR "/samples/campaign");
  if (campaign.has_value()) return std::move(campaign).value();
  for (const Error& error : as_findings(std::move(campaign).error())) {
    ADD_FAILURE() << error.where.file << ":" << error.where.line << ":" << error.where.column
                  << ": " << error.message << " [" << error.id << "] " << error.hint;
  }
  return {};
}

}  // namespace huice::campaign
