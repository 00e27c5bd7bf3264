// The cases of tests/suite/compose/jinja.json, which Jinja2 itself has answered.
#include <cstdio>
#include <cstdlib>
#include <string>

#include <gtest/gtest.h>

#include "base/files.h"
#include "compose/expand.h"
#include "notation/json.h"

namespace huice::compose {
namespace {

const std::string kSuite = HUICE_SOURCE_DIR "/tests/suite/compose/";

/// The cases, each with the data of the suite where it has none of its own.
model::Value read_cases() {
  const auto text = read_file(kSuite + "jinja.json");
  EXPECT_TRUE(text.has_value());
  const auto suite = notation::read_json(text.value(), "jinja.json");
  EXPECT_TRUE(suite.has_value()) << suite.error().message;
  model::Value::List cases;
  for (const model::Value& each : *suite.value().find("cases")->list()) {
    model::Value::Record fields = *each.record();
    if (each.find("data") == nullptr) fields.emplace_back("data", *suite.value().find("data"));
    cases.emplace_back(std::move(fields));
  }
  return model::Value(std::move(cases));
}

NamedPartials partials_of(const model::Value& each) {
  std::map<std::string, std::string, std::less<>> texts;
  if (const auto* partials = each.find("partials")) {
    for (const auto& [name, text] : *partials->record())
      texts.emplace(name, *text.text());
  }
  return NamedPartials(std::move(texts));
}

/// The expanded text; null when the template is refused.
model::Value ours(const model::Value& each) {
  const auto parsed = Template::parse(*each.find("template")->text(), "case");
  if (!parsed) return model::Value();
  const Content content{.data = *each.find("data"), .tables = {}};
  auto expansion = expand(parsed.value(), content, partials_of(each), Escaping::None);
  return expansion ? model::Value(std::move(expansion).value().text) : model::Value();
}

TEST(Jinja, TheSuiteGivesWhatJinjaGave) {
  const model::Value cases = read_cases();
  EXPECT_GE(cases.list()->size(), 200U);
  for (const model::Value& each : *cases.list()) {
    const bool differs = each.find("differs") != nullptr;
    const model::Value& expected = *each.find(differs ? "ours" : "expect");
    EXPECT_EQ(notation::write_json(ours(each)), notation::write_json(expected))
        << *each.find("name")->text() << ": " << *each.find("template")->text();
  }
}

TEST(Jinja, GivesNowWhatTheSuiteSaysItGave) {
  const std::string script = "/usr/bin/env python3 '" + kSuite + "render_with_jinja.py' '" +
                             kSuite + "jinja.json' 2>/dev/null";
  std::FILE* pipe = popen(script.c_str(), "r");
  ASSERT_NE(pipe, nullptr);
  std::string output;
  char buffer[4096];
  for (std::size_t n = fread(buffer, 1, sizeof buffer, pipe); n > 0;
       n = fread(buffer, 1, sizeof buffer, pipe)) {
    output.append(buffer, n);
  }
  if (pclose(pipe) != 0) GTEST_SKIP() << "python3 with jinja2 is not installed";
  const auto given = notation::read_json(output, "jinja");
  ASSERT_TRUE(given.has_value());
  const model::Value cases = read_cases();
  ASSERT_EQ(given.value().list()->size(), cases.list()->size());
  for (std::size_t i = 0; i < cases.list()->size(); ++i) {
    const model::Value& each = (*cases.list())[i];
    EXPECT_EQ(notation::write_json((*given.value().list())[i]),
              notation::write_json(*each.find("expect")))
        << *each.find("name")->text();
  }
}

/// No prefix of a template, and no template with a piece missing, may do anything but parse or be
/// refused with a place.
TEST(Jinja, CutTemplatesAreRefusedOrRead) {
  const model::Value cases = read_cases();
  for (const model::Value& each : *cases.list()) {
    const std::string& text = *each.find("template")->text();
    const Content content{.data = *each.find("data"), .tables = {}};
    for (std::size_t cut = 0; cut < text.size(); cut += 3) {
      const std::string shorter = text.substr(0, cut) + text.substr(std::min(text.size(), cut + 2));
      const auto parsed = Template::parse(shorter, "case");
      if (!parsed) {
        EXPECT_GT(parsed.error().where.line, 0) << shorter;
        EXPECT_FALSE(parsed.error().message.empty());
        continue;
      }
      check(parsed.value(), content, partials_of(each));
      const auto expansion = expand(parsed.value(), content, partials_of(each), Escaping::Markdown);
      if (!expansion) {
        EXPECT_GT(expansion.error().where.line, 0) << shorter;
      }
    }
  }
}

}  // namespace
}  // namespace huice::compose
