#include "notation/yaml_text.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "base/utf8.h"
#include "notation/yaml.h"
#include "notation/yaml_events.h"

namespace huice::notation {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";

/// Bytes of a text by the characters that libyaml counts.
class ByteCursor {
 public:
  explicit ByteCursor(std::string_view utf8) : utf8_(utf8) {}

  std::size_t at(std::size_t character) {
    for (; character_ < character && byte_ < utf8_.size(); ++character_)
      do
        ++byte_;
      while (byte_ < utf8_.size() && is_inside(byte_));
    for (; character_ > character; --character_)
      do
        --byte_;
      while (is_inside(byte_));
    return byte_;
  }

 private:
  bool is_inside(std::size_t byte) const {
    return (static_cast<unsigned char>(utf8_[byte]) & 0xC0U) == 0x80U;
  }

  std::string_view utf8_;
  std::size_t character_ = 0;
  std::size_t byte_ = 0;
};

/// What libyaml refuses, or takes for the end of a line, unless it is escaped.
bool needs_escape(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF;
}

/// Whether the text means itself without quotes, within brackets too.
bool is_plain(const std::string& text) {
  constexpr std::string_view kFirst = "-?#&*!|>'%@`=.~ ";
  if (text.empty() || text.find_first_of(":,[]{}\"\\") != std::string::npos) return false;
  if (kFirst.find(text.front()) != std::string_view::npos || text.back() == ' ') return false;
  return text.find(" #") == std::string::npos &&
         std::ranges::none_of(decode_utf8(text), needs_escape) &&
         plain_scalar(text).text() != nullptr;
}

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char32_t c : decode_utf8(text)) {
    if (c == U'\n') {
      result += "\\n";
    } else if (needs_escape(c)) {
      std::array<char, 8> code{};
      std::snprintf(code.data(), code.size(), "\\u%04X", static_cast<unsigned>(c));
      result += code.data();
    } else {
      if (c == U'"' || c == U'\\') result += '\\';
      result += encode_utf8(std::u32string(1, c));
    }
  }
  return result + "\"";
}

std::string_view newline_of(std::string_view text) {
  const std::size_t end = text.find('\n');
  return end != std::string_view::npos && end > 0 && text[end - 1] == '\r' ? "\r\n" : "\n";
}

bool is_scalar(const model::Value& value) {
  return value.list() == nullptr && value.record() == nullptr;
}

}  // namespace

std::string write_flow_yaml(const model::Value& value) {
  if (const auto* text = value.text()) return is_plain(*text) ? *text : quoted(*text);
  if (const auto* day = value.day()) return day->to_iso();
  if (const auto* number = value.number()) return number->to_plain();
  if (const auto* truth = value.truth()) return *truth ? "true" : "false";
  std::string inner;
  if (const auto* list = value.list()) {
    for (const model::Value& item : *list)
      inner += (inner.empty() ? "" : ", ") + write_flow_yaml(item);
    return "[" + inner + "]";
  }
  const auto* record = value.record();
  if (record == nullptr) return "null";
  for (const auto& [name, field] : *record) {
    inner += (inner.empty() ? "" : ", ") + write_flow_yaml(model::Value(name)) + ": " +
             write_flow_yaml(field);
  }
  return "{" + inner + "}";
}

YamlText::YamlText(std::string text, model::Value root)
    : text_(std::move(text)), root_(std::move(root)) {}

Result<YamlText> YamlText::read(std::string utf8, std::string_view file) {
  HUICE_TRY(auto root, read_yaml(utf8, file));
  YamlText result(std::move(utf8), std::move(root));
  result.measure();
  return result;
}

/// Walks the events once more, which read_yaml has found sound.
void YamlText::measure() {
  const std::size_t skipped = text_.starts_with(kBom) ? kBom.size() : 0;
  const std::string_view body = std::string_view(text_).substr(skipped);
  struct Open {
    std::pair<int, int> place;
    bool is_record;
    bool expects_key;
  };
  std::vector<Open> open;
  ByteCursor cursor(body);
  EventSource events(body);
  std::size_t content_end = 0;
  const auto is_value = [&] {  // and no name of a field
    if (open.empty() || !open.back().is_record) return true;
    open.back().expects_key = !open.back().expects_key;
    return open.back().expects_key;
  };
  const auto enter = [&](const yaml_event_t& event, Extent::Form form, std::size_t end) {
    const auto& mark = event.start_mark;
    const std::pair place(static_cast<int>(mark.line) + 1, static_cast<int>(mark.column) + 1);
    extents_[place] = {.form = form, .begin = skipped + cursor.at(mark.index), .end = end};
    return place;
  };
  const auto begin = [&](const yaml_event_t& event, bool is_record, bool is_flow) {
    is_value();
    const auto place = enter(event, is_flow ? Extent::Form::Flow : Extent::Form::Block, 0);
    content_end = extents_[place].begin + (is_flow ? 1 : 0);
    open.push_back({place, is_record, true});
  };
  while (const yaml_event_t* event = events.next()) {
    switch (event->type) {
      case YAML_SCALAR_EVENT: {
        std::size_t end = skipped + cursor.at(event->end_mark.index);
        const auto style = event->data.scalar.style;
        const bool is_block =
            style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE;
        while (is_block &&
               (text_[end - 1] == '\n' || text_[end - 1] == '\r' || text_[end - 1] == ' '))
          --end;
        const bool is_plain = style == YAML_PLAIN_SCALAR_STYLE;
        if (is_value()) enter(*event, is_plain ? Extent::Form::Plain : Extent::Form::Quoted, end);
        content_end = std::max(content_end, end);
        break;
      }
      case YAML_SEQUENCE_START_EVENT:
        begin(*event, false, event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE);
        break;
      case YAML_MAPPING_START_EVENT:
        begin(*event, true, event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE);
        break;
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT: {
        Extent& extent = extents_[open.back().place];
        open.pop_back();
        extent.inner_end = content_end;
        if (extent.form == Extent::Form::Flow)
          content_end = skipped + cursor.at(event->end_mark.index);
        extent.end = content_end;
        break;
      }
      case YAML_STREAM_END_EVENT:
        return;
      default:
        break;
    }
  }
}

const YamlText::Extent& YamlText::extent(const model::Value& value) const {
  const SourceSpan where = value.where();
  return extents_.at({where.line, where.column});
}

void YamlText::replace(const model::Value& at, const model::Value& by) {
  const Extent& old = extent(at);
  if (at.list() != nullptr && by.list() != nullptr) return replace_list(old, at, *by.list());
  const bool keeps_quotes = old.form == Extent::Form::Quoted && by.text() != nullptr;
  std::string text = keeps_quotes ? quoted(*by.text()) : write_flow_yaml(by);
  if (old.begin == old.end) text.insert(0, " ");  // after `name:`
  edits_.push_back({old.begin, old.end, std::move(text)});
}

void YamlText::replace_list(const Extent& extent, const model::Value& at,
                            const model::Value::List& by) {
  const model::Value::List& old = *at.list();
  if (old.size() == by.size() && std::ranges::all_of(old, is_scalar)) {
    for (std::size_t i = 0; i < by.size(); ++i)
      if (old[i] != by[i]) replace(old[i], by[i]);
    return;
  }
  std::string text;
  if (extent.form == Extent::Form::Flow) {
    text = write_flow_yaml(by);
  } else if (by.empty()) {
    text = " []";  // items may stand as far left as the name of their list, brackets may not
  } else {
    const auto indent = static_cast<std::size_t>(at.where().column) - 1;
    for (const model::Value& item : by) {
      if (!text.empty()) text.append(newline_of(text_)).append(indent, ' ');
      text += "- " + write_flow_yaml(item);
    }
  }
  edits_.push_back({extent.begin, extent.end, std::move(text)});
}

/// Behind the comment that may stand after the value.
void YamlText::add_line(const Extent& after, const std::string& line) {
  std::size_t end = std::min(text_.find('\n', after.end), text_.size());
  if (end > after.end && text_[end - 1] == '\r') --end;
  edits_.push_back({end, end, std::string(newline_of(text_)) + line});
}

void YamlText::append(const model::Value& list, const model::Value& item) {
  const Extent& old = extent(list);
  const std::string text = write_flow_yaml(item);
  if (old.form == Extent::Form::Block) {
    const auto indent = static_cast<std::size_t>(list.where().column) - 1;
    return add_line(old, std::string(indent, ' ') + "- " + text);
  }
  edits_.push_back({old.inner_end, old.inner_end, (list.list()->empty() ? "" : ", ") + text});
}

void YamlText::add(const model::Value& record, std::string_view name, const model::Value& value) {
  const Extent& old = extent(record);
  std::string text = std::string(name) + ":";
  if (old.form != Extent::Form::Block) {
    text += " " + write_flow_yaml(value);
    const char* comma = record.record()->empty() ? "" : ", ";
    return edits_.push_back({old.inner_end, old.inner_end, comma + text});
  }
  const std::string indent(static_cast<std::size_t>(record.where().column) - 1, ' ');
  const model::Value::List* list = value.list();
  if (list == nullptr || std::ranges::all_of(*list, is_scalar))
    return add_line(old, indent + text + " " + write_flow_yaml(value));
  for (const model::Value& item : *list)
    text.append(newline_of(text_)).append(indent + "  - " + write_flow_yaml(item));
  add_line(old, indent + text);
}

std::string YamlText::edited() const {
  std::vector<Edit> edits = edits_;
  std::ranges::stable_sort(edits, {}, &Edit::begin);
  std::string result;
  std::size_t at = 0;
  for (const Edit& edit : edits) {
    result.append(text_, at, edit.begin - at).append(edit.text);
    at = edit.end;
  }
  return result.append(text_, at);
}

}  // namespace huice::notation
