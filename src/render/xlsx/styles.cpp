#include "render/xlsx/styles.h"

#include <algorithm>

namespace huice::render::xlsx {
namespace {

using model::Align;

/// Fonts by the names under which Chinese Windows and WPS have them.
constexpr const char* kTitleFont = "方正小标宋简体";
constexpr const char* kHeadingFont = "黑体";
constexpr const char* kBodyFont = "宋体";
constexpr double kTitleSize = 18;
constexpr double kLabelSize = 16;
constexpr double kBodySize = 10.5;

constexpr lxw_color_t kLinkColour = 0x0563C1;

/// Letters and ground of a mark: dark on light, told apart in grey too.
struct MarkColours {
  lxw_color_t letters;
  lxw_color_t ground;
};

MarkColours colours_of(model::Mark mark) {
  switch (mark) {
    case model::Mark::Bad:
      return {0x9C0006, 0xFFC7CE};
    case model::Mark::Doubtful:
      return {0x7F6000, 0xFFEB9C};
    case model::Mark::Good:
      break;
  }
  return {0x006100, 0xC6EFCE};
}

constexpr int kMostDecimals = 30;  // more than any spreadsheet shows

/// Text stays text when it is edited, by the format `@`; some versions show ### for longer ones.
constexpr std::size_t kLongestTextFormat = 255;  // bytes, less than the 255 characters of Excel

bool is_long(const std::string& text) {
  return text.size() > kLongestTextFormat;
}

std::string fixed_format(const char* whole, int decimals) {
  if (decimals <= 0) return whole;
  return std::string(whole) + "." +
         std::string(static_cast<std::size_t>(std::min(decimals, kMostDecimals)), '0');
}

struct NumberFormat {
  int decimals;
  bool percent;

  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(const std::string& text) const { return is_long(text) ? "" : "@"; }
  std::string operator()(const Decimal&) const { return number(); }
  std::string operator()(Money) const { return fixed_format("#,##0", decimals < 0 ? 2 : decimals); }
  std::string operator()(Date) const { return "yyyy-mm-dd"; }
  std::string operator()(const model::Formula&) const { return number(); }

  std::string number() const {
    if (percent) return fixed_format("0", decimals) + "%";
    return decimals < 0 ? std::string() : fixed_format("0", decimals);
  }
};

Align default_align(const model::Cell& cell, bool heading) {
  if (heading || std::holds_alternative<Date>(cell.content)) return Align::Centre;
  const bool text = std::holds_alternative<std::string>(cell.content) ||
                    std::holds_alternative<std::monostate>(cell.content);
  return text ? Align::Left : Align::Right;
}

std::uint8_t horizontal(Align align) {
  if (align == Align::Centre) return LXW_ALIGN_CENTER;
  return align == Align::Right ? LXW_ALIGN_RIGHT : LXW_ALIGN_LEFT;
}

void set_font(lxw_format* format, const char* name, double size) {
  format_set_font_name(format, name);
  format_set_font_size(format, size);
}

void set_role(lxw_format* format, StyleRole role) {
  switch (role) {
    case StyleRole::Title:
      return set_font(format, kTitleFont, kTitleSize);
    case StyleRole::Label:
      return set_font(format, kHeadingFont, kLabelSize);
    case StyleRole::Heading:
      set_font(format, kHeadingFont, kBodySize);
      format_set_bg_color(format, 0xF2F2F2);
      return format_set_border(format, LXW_BORDER_THIN);
    case StyleRole::Body:
      set_font(format, kBodyFont, kBodySize);
      return format_set_border(format, LXW_BORDER_THIN);
    case StyleRole::Subtitle:
    case StyleRole::Note:
      return set_font(format, kBodyFont, kBodySize);
  }
}

}  // namespace

lxw_format* Styles::get(const Style& style) {
  lxw_format*& format = made_[style];
  if (format != nullptr) return format;
  format = workbook_add_format(book_);
  set_role(format, style.role);
  format_set_align(format, horizontal(style.align));
  format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
  if (style.role != StyleRole::Label) format_set_text_wrap(format);
  if (style.strong && style.role == StyleRole::Body) format_set_bold(format);
  if (style.linked) {
    format_set_font_color(format, kLinkColour);
    format_set_underline(format, LXW_UNDERLINE_SINGLE);
  }
  if (!style.number_format.empty()) format_set_num_format(format, style.number_format.c_str());
  return format;
}

lxw_format* Styles::get(model::Mark mark) {
  lxw_format*& format = marks_[mark];
  if (format != nullptr) return format;
  format = workbook_add_format(book_);
  const MarkColours colours = colours_of(mark);
  format_set_font_color(format, colours.letters);
  format_set_bg_color(format, colours.ground);
  return format;
}

CellLook look_of(const model::Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell.content);
  return {cell.content.index(), cell.decimals, cell.percent,
          cell.align,           cell.strong,   text != nullptr && is_long(*text)};
}

Style style_of(const model::Cell& cell, const model::Column& column, bool heading) {
  Style style{.role = heading ? StyleRole::Heading : StyleRole::Body,
              .align = cell.align,
              .strong = cell.strong,
              .number_format = std::visit(NumberFormat{cell.decimals, cell.percent}, cell.content)};
  if (style.align == Align::Auto && !heading) style.align = column.align;
  if (style.align == Align::Auto) style.align = default_align(cell, heading);
  return style;
}

}  // namespace huice::render::xlsx
