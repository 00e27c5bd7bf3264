#include "policy/policy.h"

namespace huice::policy {

std::string_view label(Confidence confidence) {
  switch (confidence) {
    case Confidence::Primary:
      return "原文";
    case Confidence::Secondary:
      return "转引";
    case Confidence::Memory:
      return "凭记忆";
    case Confidence::Sample:
      return "示例";
  }
  return {};
}

std::string_view label(Nature nature) {
  switch (nature) {
    case Nature::Exact:
      return "确定";
    case Nature::Ceiling:
      return "上限";
    case Nature::Estimate:
      return "估算";
  }
  return {};
}

const Validity* Policy::validity_known_on(Date known_on) const {
  const Validity* latest = nullptr;
  for (const Validity& statement : validity) {
    if (statement.known_from <= known_on) latest = &statement;
  }
  return latest;
}

bool lies_in(std::string_view region, std::string_view area) {
  while (area.size() >= 2 && area.ends_with("00"))
    area.remove_suffix(2);
  return region.starts_with(area);
}

}  // namespace huice::policy
