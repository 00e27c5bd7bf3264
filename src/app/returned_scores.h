// Use case: score sheets (考核计分表) that were sent out, filled in and sent back become reviews.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"

namespace huice::app {

/// Score sheets that came back, and what their cells do not say.
struct ReturnedScores {
  std::filesystem::path campaign;  ///< the folder of the campaign's files
  std::filesystem::path wrote;     ///< the workbook that came back
  std::filesystem::path sent;      ///< as it was sent, by `huice assess`
  std::string stage;               ///< 自评, 复核 or 终评
  std::string by;                  ///< who gives the scores
  std::string reason;  ///< where 计分说明 was not written anew; may be empty for 自评
  Date on;
};

/// A score that was taken over.
struct TakenScore {
  std::string target;
  std::string item;
  std::string before;  ///< empty when it was not known
  std::string score;
};

/// What came of them.
struct TakenScores {
  std::vector<TakenScore> taken;  ///< in the order of the sheets
  std::size_t agreed = 0;         ///< scores that they changed to what they are here by now
};

/// Compares what was sent, the scores as of `on` and what came back, and appends each changed 得分
/// as a review to entries.yaml; a 计分说明 that was written anew is its reason. All or nothing: the
/// file is replaced once the campaign with the reviews is sound.
///
/// Errors: those of load_campaign, assess, the readers of workbooks and sheet::compare;
///         InvalidInput, all under `also`: `assessment.returned` for a conflict with the score of
///         today, a change of something that is no score, or a score that is no number, each with
///         its cell; for a `stage` that there is not, for a missing `reason`; those of
///         make_campaign for the reviews.
Result<TakenScores> take_scores(const ReturnedScores& request);

}  // namespace huice::app
