// A digest as SMS, as a page and as a feed.

#include "app/digest.h"
#include "archive/xml_text.h"
#include "base/utf8.h"

namespace huice::app {
namespace {

using policy::Difference;

/// The parts of a digest, in the order of how much they matter.
struct Part {
  std::string title;
  std::vector<const Difference*> changes;
};

bool belongs(std::size_t part, Difference::Kind kind) {
  switch (kind) {
    case Difference::Kind::Gained:
      return part == 0;
    case Difference::Kind::Closing:
      return part == 1;
    case Difference::Kind::Opening:
      return part == 2;
    case Difference::Kind::AmountChanged:
    case Difference::Kind::Lost:
    case Difference::Kind::StatusChanged:
      return part == 3;
    case Difference::Kind::Added:
    case Difference::Kind::Removed:
      return false;  // nothing that the enterprise has or could do
  }
  return false;
}

std::vector<Part> parts_of(const policy::EnterpriseDifferences& enterprise, int days) {
  const std::string within = std::to_string(days) + "日内";
  std::vector<Part> parts = {
      {"新增可享", {}}, {within + "截止", {}}, {within + "开始", {}}, {"有变动", {}}};
  for (const Difference& change : enterprise.changes) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (belongs(i, change.kind)) parts[i].changes.push_back(&change);
    }
  }
  std::erase_if(parts, [](const Part& part) { return part.changes.empty(); });
  return parts;
}

std::string status_label(const std::optional<policy::Status>& status) {
  return status ? std::string(policy::label(*status)) : "不适用";
}

/// What a change means, without the name of the policy: `10万元`, `12月10日`, `可享变为不可享`.
std::string meaning(const Difference& change) {
  switch (change.kind) {
    case Difference::Kind::Gained:
      return change.amount_after.is_unknown() ? std::string() : to_text(change.amount_after);
    case Difference::Kind::AmountChanged:
      return to_text(change.amount_before) + "变为" + to_text(change.amount_after);
    case Difference::Kind::Closing:
    case Difference::Kind::Opening:
      return change.day ? change.day->to_chinese() : std::string();
    default:
      return status_label(change.before) + "变为" + status_label(change.after);
  }
}

std::string item_text(const Difference& change) {
  const std::string what = meaning(change);
  return change.title + (what.empty() ? "" : "（" + what + "）");
}

std::string feed_id(const policy::EnterpriseDifferences& enterprise) {
  return enterprise.uscc.empty() ? enterprise.name : enterprise.uscc;
}

}  // namespace

bool has_news(const policy::EnterpriseDifferences& changes) {
  return !parts_of(changes, 0).empty();
}

std::string digest_sms(const policy::EnterpriseDifferences& changes, const DigestRequest& request) {
  std::string text = "【" + request.sender + "】" + changes.name + "：";
  std::size_t left_out = 0;
  for (const Part& part : parts_of(changes, request.days_ahead)) {
    std::string items;
    for (const Difference* change : part.changes) {
      const std::string item = (items.empty() ? "" : "、") + item_text(*change);
      const bool fits = code_point_count(text) + code_point_count(items) + code_point_count(item) +
                            code_point_count(part.title) + 30 <=
                        kMostSmsCharacters;
      if (fits && left_out == 0) {
        items += item;
      } else {
        ++left_out;
      }
    }
    if (items.empty()) continue;
    text += part.title + std::to_string(part.changes.size()) + "项：" + items + "。";
  }
  if (left_out > 0) text += "另有" + std::to_string(left_out) + "项未列出。";
  return text + "以主管部门认定为准。";
}

std::string digest_html(const policy::EnterpriseDifferences& changes,
                        const DigestRequest& request) {
  const auto text = [](const std::string& utf8) { return archive::xml_text(utf8); };
  std::string html =
      "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
      "name=\"viewport\" content=\"width=device-width\">\n<title>" +
      text(changes.name) + "：惠企政策摘要</title>\n</head>\n<body>\n<h1>惠企政策摘要</h1>\n<p>" +
      text(changes.name) + "，" + request.since.to_chinese() + "至" + request.on.to_chinese() +
      "</p>\n";
  for (const Part& part : parts_of(changes, request.days_ahead)) {
    html += "<h2>" + text(part.title) + "</h2>\n<ul>\n";
    for (const Difference* change : part.changes) {
      html += "<li>" + text(item_text(*change));
      if (!change->reason.empty()) html += "<br>" + text(change->reason);
      html += "</li>\n";
    }
    html += "</ul>\n";
  }
  return html + "<p>" + text(request.sender) + "，" + request.on.to_chinese() +
         "。金额为测算，以主管部门认定为准。</p>\n</body>\n</html>\n";
}

std::string digest_feed(const policy::EnterpriseDifferences& changes,
                        const DigestRequest& request) {
  const auto text = [](const std::string& utf8) { return archive::xml_text(utf8); };
  const std::string id = "urn:huice:digest:" + feed_id(changes);
  const std::string updated =
      "<updated>" + request.on.to_iso() + "T00:00:00+08:00</updated>\n";  // Chinese time has no DST
  std::string feed =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed "
      "xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"zh-CN\">\n<id>" +
      text(id) + "</id>\n<title>" + text(changes.name) + "：惠企政策摘要</title>\n" + updated +
      "<author><name>" + text(request.sender) + "</name></author>\n";
  for (const Part& part : parts_of(changes, request.days_ahead)) {
    for (const Difference* change : part.changes) {
      const std::string entry = id + ":" + request.on.to_iso() + ":" + change->policy + ":" +
                                std::to_string(static_cast<int>(change->kind));
      feed += "<entry>\n<id>" + text(entry) + "</id>\n<title>" +
              text(std::string(policy::label(change->kind)) + "：" + item_text(*change)) +
              "</title>\n" + updated + "<content type=\"text\">" +
              text(change->reason.empty() ? item_text(*change) : change->reason) +
              "</content>\n</entry>\n";
    }
  }
  return feed + "</feed>\n";
}

model::Value digest_value(const policy::EnterpriseDifferences& changes,
                          const DigestRequest& request) {
  model::Value::List parts;
  for (const Part& part : parts_of(changes, request.days_ahead)) {
    model::Value::List items;
    for (const Difference* change : part.changes) {
      items.emplace_back(model::Value::Record{
          {"政策", change->title}, {"内容", meaning(*change)}, {"说明", change->reason}});
    }
    parts.emplace_back(model::Value::Record{{"名称", part.title}, {"各项", std::move(items)}});
  }
  return model::Value::Record{{"企业", changes.name},   {"统一社会信用代码", changes.uscc},
                              {"起", request.since},    {"止", request.on},
                              {"落款", request.sender}, {"部分", std::move(parts)}};
}

}  // namespace huice::app
