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

std::string_view label(BenefitForm form) {
  switch (form) {
    case BenefitForm::Cash:
      return "现金";
    case BenefitForm::Relief:
      return "减免";
    case BenefitForm::Deferral:
      return "推迟";
    case BenefitForm::Finance:
      return "融资";
    case BenefitForm::Standing:
      return "资格";
  }
  return {};
}

std::string_view label(Relation::Kind kind) {
  switch (kind) {
    case Relation::Kind::Replaces:
      return "替代";
    case Relation::Kind::Repeals:
      return "废止";
    case Relation::Kind::Suspends:
      return "停止执行";
    case Relation::Kind::Extends:
      return "延续";
    case Relation::Kind::Transition:
      return "过渡";
  }
  return {};
}

bool Source::is_stale(Date known_on) const {
  return !checked_on || known_on - *checked_on > shelf_days;
}

bool ClauseSpan::applies(Date on, Date known_on) const {
  const bool begun = !from || *from <= on;
  const bool ended = to && *to < on;
  return begun && !ended && (!known_from || *known_from <= known_on);
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
