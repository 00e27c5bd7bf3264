// Phrases that texts, values and sheets share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/match.h"

namespace huice::policy {

std::string joined(const std::vector<std::string>& parts, std::string_view between = "、");
/// `窗口已开，截止2026年12月10日，还有18天`.
std::string window_text(const WindowState& window);
/// `每年3月1日至12月10日`, `每季度第1个月1日至15日`, `每月1日至10日`, or the two days.
std::string window_span_text(const Window& window);
/// `2026年1月1日起至2026年12月31日`.
std::string validity_text(const Validity& validity);
/// `人社部发〔2026〕39号（转引，2026年11月22日核对）`.
std::string source_text(const Source& source);
/// `60万元（上限）`; the effect when there is no amount.
std::string benefit_text(const BenefitOutcome& benefit);
/// `满足`, `不满足`, `待定`.
std::string_view truth_text(Truth truth);

/// The conditions that stand in the way, innermost, in order.
std::vector<const Outcome*> obstacles(const Outcome& root);

/// Why the status is not 可享, in one phrase.
std::string reason_text(const Match& match);

}  // namespace huice::policy
