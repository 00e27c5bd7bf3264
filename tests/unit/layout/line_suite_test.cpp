// The cases of tests/suite/layout: Chinese text, a measure, and the lines and blanks that clreq and
// GB/T 15834 ask for. README.md there says what the keys mean.
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "base/utf8.h"
#include "default_fonts.h"
#include "layout/geometry.h"
#include "layout/items.h"
#include "notation/yaml.h"

namespace huice::layout {
namespace {

constexpr Length kBodySize = pt(16);
/// Blanks are given to a hundredth of a character.
constexpr double kTolerance = 0.006;

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

double in_cells(Length length) {
  return static_cast<double>(length.units()) / static_cast<double>(kBodySize.units());
}

std::string text_at(const model::Value& record, const char* key) {
  const model::Value* value = record.find(key);
  return value && value->text() ? *value->text() : "";
}

double number_at(const model::Value& record, const char* key, double otherwise) {
  const model::Value* value = record.find(key);
  return value && value->number() ? std::stod(value->number()->to_string()) : otherwise;
}

std::vector<std::string> texts_at(const model::Value& record, const char* key) {
  std::vector<std::string> texts;
  const model::Value* value = record.find(key);
  if (value && value->text()) return {*value->text()};
  if (!value || !value->list()) return texts;
  for (const model::Value& each : *value->list())
    texts.push_back(each.text() ? *each.text() : "");
  return texts;
}

/// A text cut into lines, each with the places of its items.
class SetText {
 public:
  SetText(const std::string& text, double cells, double indent, bool ragged)
      : types_(*default_fonts()),
        width_(share(kBodySize, static_cast<std::int64_t>(cells * 100), 100)) {
    for (const char32_t character : decode_utf8(text))
      letters_.push_back(types_.sort(Role::FangSong, character).letter);
    const Length widest = std::max(half(width_), std::min(width_, kBodySize * 12));
    make_items(letters_, types_, {kBodySize, kBodySize, Length(), widest, indent > 0}, items_);
    first_indent_ = share(kBodySize, static_cast<std::int64_t>(indent * 100), 100);
    lines_ = break_lines(items_.boxes(), {width_, first_indent_, Length(), kBodySize, ragged});
    ragged_ = ragged;
  }

  std::vector<std::string> lines() const {
    std::vector<std::string> texts;
    for (const LineSpan& line : lines_) {
      std::string text;
      for (std::size_t i = line.first; i < line.last; ++i)
        text += text_of(i);
      texts.push_back(text);
    }
    return texts;
  }

  double natural_width() const { return in_cells(layout::natural_width(items_.boxes())); }

  /// What is blank after the first item of the line that ends `text` in it; NaN without one.
  double blank_after(std::size_t line, const std::string& text) const {
    if (line >= lines_.size()) return NAN;
    const auto [first, last] = lines_[line];
    const auto boxes = items_.boxes().subspan(first, last - first);
    const bool justify = !ragged_ && line + 1 < lines_.size();
    const auto places =
        place_items(boxes, width_ - (line == 0 ? first_indent_ : Length()), justify);
    if (text == "^") return in_cells(places.front());
    std::string seen;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      seen += text_of(first + i);
      if (!seen.ends_with(text)) continue;
      const Length end = places[i] + boxes[i].width;
      const Length next =
          i + 1 < boxes.size() ? places[i + 1] : width_ - (line == 0 ? first_indent_ : Length());
      return in_cells(next - end);
    }
    return NAN;
  }

 private:
  std::string text_of(std::size_t item) const {
    std::u32string text;
    for (const ItemGlyph& glyph : items_.glyphs(item)) {
      for (std::uint32_t i = 0; i < glyph.count; ++i)
        text += letters_[glyph.first + i].character;
    }
    return encode_utf8(text);
  }

  TypeCase types_;
  std::vector<Letter> letters_;
  Items items_;
  std::vector<LineSpan> lines_;
  Length width_;
  Length first_indent_;
  bool ragged_ = false;
};

std::string repeated(const char* character, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i)
    text += character;
  return text;
}

/// `whole`, a part of `inserted`, stays on one line wherever it falls.
void expect_whole(const std::string& whole, const std::string& inserted, double measure) {
  for (std::size_t before = 0; before <= static_cast<std::size_t>(measure); ++before) {
    const SetText set(repeated("国", before) + inserted + repeated("国", 12), measure, 0, false);
    bool found = false;
    for (const std::string& line : set.lines())
      found = found || line.find(whole) != std::string::npos;
    EXPECT_TRUE(found) << whole << " after " << before << "\n"
                       << testing::PrintToString(set.lines());
  }
}

/// No line begins with `mark` (or ends with it), wherever it falls.
void expect_never(const std::string& mark, double measure, bool at_start) {
  for (std::size_t before = 1; before <= static_cast<std::size_t>(measure) + 1; ++before) {
    const SetText set(repeated("国", before) + mark + repeated("国", 12), measure, 0, false);
    for (const std::string& line : set.lines()) {
      EXPECT_FALSE(at_start ? line.starts_with(mark) : line.ends_with(mark))
          << mark << " after " << before << "\n"
          << testing::PrintToString(set.lines());
    }
  }
}

void expect_blanks(const SetText& set, const model::Value& given) {
  const auto line = static_cast<std::size_t>(number_at(given, "line", 1)) - 1;
  for (const std::string& wanted : texts_at(given, "blanks")) {
    const auto sign = wanted.rfind('=');
    ASSERT_NE(sign, std::string::npos) << wanted;
    const double blank = set.blank_after(line, wanted.substr(0, sign));
    EXPECT_NEAR(blank, std::stod(wanted.substr(sign + 1)), kTolerance) << wanted;
  }
}

void run(const model::Value& given) {
  const double measure = number_at(given, "measure", 10);
  const std::string inserted = text_at(given, "inserted");
  for (const std::string& whole : texts_at(given, "whole"))
    expect_whole(whole, inserted.empty() ? whole : inserted, measure);
  for (const std::string& mark : texts_at(given, "never_first"))
    expect_never(mark, measure, true);
  for (const std::string& mark : texts_at(given, "never_last"))
    expect_never(mark, measure, false);
  const std::string text = text_at(given, "text");
  if (text.empty()) return;
  const SetText set(text, measure, number_at(given, "indent", 0), given.find("ragged") != nullptr);
  if (given.find("lines")) {
    EXPECT_EQ(set.lines(), texts_at(given, "lines"));
  }
  if (given.find("width")) {
    EXPECT_NEAR(set.natural_width(), number_at(given, "width", 0), kTolerance);
  }
  expect_blanks(set, given);
}

std::size_t run_file(const std::filesystem::path& path) {
  const auto cases = notation::read_yaml(read(path), path.filename().string());
  EXPECT_TRUE(cases) << (cases ? "" : cases.error().message);
  if (!cases || !cases.value().list()) return 0;
  for (const model::Value& each : *cases.value().list()) {
    SCOPED_TRACE(path.filename().string() + ": " + text_at(each, "case"));
    EXPECT_FALSE(text_at(each, "rule").empty());
    run(each);
  }
  return cases.value().list()->size();
}

class LineSuite : public WithFonts {
 protected:
  static std::size_t run(const char* name) {
    return run_file(std::filesystem::path(HUICE_SOURCE_DIR "/tests/suite/layout") / name);
  }
};

TEST_F(LineSuite, MarksBeginAndEndLinesAsTheStandardAllows) {
  EXPECT_GE(run("kinsoku.yaml"), 30U);
}

TEST_F(LineSuite, UnitsStayWhole) {
  EXPECT_GE(run("units.yaml"), 40U);
}

TEST_F(LineSuite, MarksAreSqueezedInTheOrderOfClreq) {
  EXPECT_GE(run("squeeze.yaml"), 40U);
}

TEST_F(LineSuite, ParagraphsAreBrokenAsAWhole) {
  EXPECT_GE(run("paragraph.yaml"), 20U);
}

}  // namespace
}  // namespace huice::layout
