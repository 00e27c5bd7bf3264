#include "policy/calendar.h"

#include <algorithm>

#include "policy/amounts.h"
#include "policy/windows.h"
#include "policy/wording.h"

namespace huice::policy {
namespace {

/// RFC 5545, 3.1: a line holds no more than so many bytes before its break.
constexpr std::size_t kLineBytes = 75;
/// Where the policy names no lead time.
constexpr int kUsualLeadDays = 7;

/// RFC 5545, 3.3.11.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\r') continue;
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    out += c;
  }
  return out;
}

bool continues_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

void append_line(std::string& out, std::string_view line) {
  std::size_t room = kLineBytes;
  while (line.size() > room) {
    std::size_t cut = room;
    while (cut > 1 && continues_character(line[cut]))
      --cut;
    out.append(line.substr(0, cut)).append("\r\n ");
    line.remove_prefix(cut);
    room = kLineBytes - 1;  // the blank that marks the continuation counts
  }
  out.append(line).append("\r\n");
}

void append(std::string& out, std::string_view name, std::string_view value) {
  append_line(out, std::string(name) + ":" + std::string(value));
}

/// `20261231`.
std::string basic(Date day) {
  std::string text = day.to_iso();
  std::erase(text, '-');
  return text;
}

/// The events of one policy, for one enterprise or for nobody in particular.
class EventMaker {
 public:
  EventMaker(std::string policy, std::string title, std::string owner)
      : policy_(std::move(policy)), title_(std::move(title)), owner_(std::move(owner)) {}

  void add(std::string_view kind, std::string_view mark, Date day, std::string description,
           int alarm_days) {
    std::string uid = std::string(kind) + "-" + basic(day) + "-" + policy_;
    if (!owner_.empty()) uid += "-" + owner_;
    events_.push_back({uid + "@huice", day, "【" + std::string(mark) + "】" + title_,
                       std::move(description), alarm_days});
  }

  void add_policy(const Policy& policy, const Validity& validity, Date on,
                  const std::string& description) {
    const Date last = on.plus_days(kCalendarDays);
    for (const OpenSpan& span : open_spans(policy, validity, on, last)) {
      const std::string batch = span.batch.empty() ? "" : span.batch + "\n";
      const int lead = span.lead_days > 0 ? span.lead_days : kUsualLeadDays;
      if (span.opens >= on && span.opens <= last) {
        add("opens", "申报开始", span.opens, batch + description, 0);
      }
      if (span.closes <= last) {
        add("closes", "申报截止", span.closes, batch + description, lead);
      }
    }
    if (validity.from > on && validity.from <= last) {
      add("begins", "政策施行", validity.from, description, 0);
    }
    if (validity.to && *validity.to >= on && *validity.to <= last) {
      add("ends", "政策到期", *validity.to, description, kUsualLeadDays);
    }
  }

  std::vector<CalendarEvent> events() && { return std::move(events_); }

 private:
  std::string policy_;
  std::string title_;
  std::string owner_;
  std::vector<CalendarEvent> events_;
};

std::string description_of(const EnterpriseMatches& enterprise, const Match& match) {
  std::string text = "企业：" + enterprise.name + "\n结论：" + std::string(label(match.status));
  if (match.status == Status::Incomplete) text += "，缺：" + joined(match.missing);
  if (std::ranges::any_of(match.benefits, counts_as_gain)) {
    text += "\n金额：" + to_text(sum_of(match));
  }
  if (!match.materials.empty()) text += "\n材料：" + joined(match.materials);
  if (!match.contact.empty()) text += "\n受理：" + match.contact;
  return text + "\n依据：" + source_text(match.source);
}

}  // namespace

std::vector<CalendarEvent> events_of(const Library& library, const EnterpriseMatches& enterprise) {
  std::vector<CalendarEvent> all;
  const std::string& owner = enterprise.uscc.empty() ? enterprise.name : enterprise.uscc;
  for (const Match& match : enterprise.matches) {
    const Policy* policy = library.find(match.policy);
    const bool lost = match.status == Status::Ineligible || match.status == Status::Expired;
    if (lost || policy == nullptr || !match.validity) continue;
    EventMaker maker(match.policy, match.title + "　" + enterprise.name, owner);
    maker.add_policy(*policy, *match.validity, match.on, description_of(enterprise, match));
    std::ranges::move(std::move(maker).events(), std::back_inserter(all));
  }
  std::ranges::stable_sort(all, {}, &CalendarEvent::day);
  return all;
}

std::vector<CalendarEvent> events_of(const Policy& policy, Date on, Date known_on) {
  const Validity* validity = policy.validity_known_on(known_on);
  if (validity == nullptr) return {};
  std::string description = "依据：" + source_text(policy.source);
  if (!policy.materials.empty())
    description = "材料：" + joined(policy.materials) + "\n" + description;
  EventMaker maker(policy.id, policy.title, {});
  maker.add_policy(policy, *validity, on, description);
  auto events = std::move(maker).events();
  std::ranges::stable_sort(events, {}, &CalendarEvent::day);
  return events;
}

std::string to_icalendar(std::span<const CalendarEvent> events, std::string_view name,
                         Date known_on) {
  std::string out;
  append(out, "BEGIN", "VCALENDAR");
  append(out, "VERSION", "2.0");
  append(out, "PRODID", "-//huice//policy calendar//ZH");
  append(out, "CALSCALE", "GREGORIAN");
  append(out, "METHOD", "PUBLISH");
  append(out, "X-WR-CALNAME", escaped(name));
  for (const CalendarEvent& event : events) {
    append(out, "BEGIN", "VEVENT");
    append(out, "UID", escaped(event.uid));
    append(out, "DTSTAMP", basic(known_on) + "T000000Z");
    append(out, "DTSTART;VALUE=DATE", basic(event.day));
    append(out, "DTEND;VALUE=DATE", basic(event.day.plus_days(1)));
    append(out, "SUMMARY", escaped(event.summary));
    if (!event.description.empty()) append(out, "DESCRIPTION", escaped(event.description));
    append(out, "TRANSP", "TRANSPARENT");
    if (event.alarm_days > 0) {
      append(out, "BEGIN", "VALARM");
      append(out, "ACTION", "DISPLAY");
      append(out, "DESCRIPTION", escaped(event.summary));
      append(out, "TRIGGER", "-P" + std::to_string(event.alarm_days) + "D");
      append(out, "END", "VALARM");
    }
    append(out, "END", "VEVENT");
  }
  append(out, "END", "VCALENDAR");
  return out;
}

}  // namespace huice::policy
