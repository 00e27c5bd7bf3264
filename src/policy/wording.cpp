#include "policy/wording.h"

namespace huice::policy {
namespace {

void collect(const Outcome& outcome, Truth wanted, std::vector<const Outcome*>& found) {
  if (outcome.truth != wanted) return;
  using Kind = Condition::Kind;
  if (outcome.kind == Kind::Test || outcome.kind == Kind::Human) {
    found.push_back(&outcome);
    return;
  }
  // Under none: it is what holds that stands in the way.
  const bool turned = outcome.kind == Kind::None && wanted != Truth::Unknown;
  const Truth inner = !turned ? wanted : wanted == Truth::False ? Truth::True : Truth::False;
  for (const Outcome& child : outcome.children)
    collect(child, inner, found);
}

}  // namespace

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string all;
  for (const std::string& part : parts)
    all.append(all.empty() ? "" : between).append(part);
  return all;
}

std::string window_text(const WindowState& window) {
  const std::string batch = window.batch.empty() ? "" : window.batch + "：";
  switch (window.kind) {
    case WindowState::Kind::Always:
      return "不设申报窗口";
    case WindowState::Kind::Open:
      return batch + "窗口已开，" + window.closes->to_chinese() + "截止，还有" +
             std::to_string(window.days) + "天";
    case WindowState::Kind::Before:
      return batch + "窗口" + window.opens->to_chinese() + "开始，还有" +
             std::to_string(window.days) + "天";
    case WindowState::Kind::After:
      if (!window.closes) return "窗口不在有效期内";
      return batch + "窗口已于" + window.closes->to_chinese() + "截止";
  }
  return {};
}

std::string window_span_text(const Window& window) {
  const auto day = [](Date date) { return std::to_string(date.day()) + "日"; };
  const auto month = [](Date date) { return std::to_string(date.month()); };
  switch (window.every) {
    case Recurrence::Yearly:
      return "每年" + month(window.opens) + "月" + day(window.opens) + "至" + month(window.closes) +
             "月" + day(window.closes);
    case Recurrence::Quarterly:
      return "每季度第" + month(window.opens) + "个月" + day(window.opens) + "至第" +
             month(window.closes) + "个月" + day(window.closes);
    case Recurrence::Monthly:
      return "每月" + day(window.opens) + "至" + day(window.closes);
    case Recurrence::Once:
      break;
  }
  return window.opens.to_chinese() + "至" + window.closes.to_chinese();
}

std::string validity_text(const Validity& validity) {
  const std::string from = validity.from.to_chinese() + "起";
  return validity.to ? from + "至" + validity.to->to_chinese() : from + "执行";
}

std::string source_text(const Source& source) {
  std::string text = source.number + "（" + std::string(label(source.confidence));
  if (source.checked_on) text += "，" + source.checked_on->to_chinese() + "核对";
  return text + "）";
}

std::string benefit_text(const BenefitOutcome& benefit) {
  if (benefit.applies == Truth::False) return "本项不适用";
  if (!benefit.has_amount) return benefit.effect;
  const bool plain = benefit.nature == Nature::Exact;
  const std::string nature = plain ? "" : "（" + std::string(label(benefit.nature)) + "）";
  return to_text(benefit.amount) + nature;
}

std::string_view truth_text(Truth truth) {
  switch (truth) {
    case Truth::True:
      return "满足";
    case Truth::False:
      return "不满足";
    case Truth::Unknown:
      return "待定";
  }
  return {};
}

std::vector<const Outcome*> obstacles(const Outcome& root) {
  std::vector<const Outcome*> found;
  collect(root, root.truth == Truth::False ? Truth::False : Truth::Unknown, found);
  return found;
}

std::string reason_text(const Match& match) {
  if (match.status == Status::Incomplete) return "缺：" + joined(match.missing);
  if (match.status == Status::NotOpen && match.validity && match.on < match.validity->from) {
    return match.validity->from.to_chinese() + "起施行";
  }
  if (match.status == Status::NotOpen) return window_text(match.window);
  if (match.status == Status::Review && match.conditions.truth == Truth::True) {
    return "条件都满足，但出处须由人重新核对";
  }
  if (match.status == Status::Expired) return validity_text(*match.validity);
  std::vector<std::string> parts;
  for (const Outcome* outcome : obstacles(match.conditions)) {
    const std::string detail =
        outcome->shortfall.empty() ? outcome->actual : outcome->actual + "，" + outcome->shortfall;
    parts.push_back(outcome->name + (detail.empty() ? "" : "（" + detail + "）"));
  }
  return joined(parts, "；");
}

}  // namespace huice::policy
