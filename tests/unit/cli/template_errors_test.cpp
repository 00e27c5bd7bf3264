// The whole text that people see of what is wrong in a template or its data.
#include <gtest/gtest.h>

#include "cli/findings.h"
#include "compose/compose.h"
#include "notation/yaml.h"

namespace huice::cli {
namespace {

/// What `draft --check` prints for the template `t.md` and the data `d.yaml`.
std::string printed(const std::string& source, const std::string& data) {
  const auto print = [](Error error) {
    std::string text;
    for (const Error& each : as_findings(std::move(error)))
      text += finding_text(each);
    return text;
  };
  const auto file = compose::parse_template_file(source, "t.md");
  if (!file) return print(file.error());
  auto values = notation::read_yaml(data, "d.yaml");
  if (!values) return print(values.error());
  const compose::Content content{.data = std::move(values).value(), .tables = {}};
  const auto document = compose::compose(file.value(), content, compose::FolderPartials("."));
  return document ? "" : print(document.error());
}

class TemplateErrors : public testing::TestWithParam<const char*> {};

TEST_P(TemplateErrors, AreSaidInTheseWords) {
  const auto suite = notation::read_yaml_file(HUICE_SOURCE_DIR "/tests/suite/compose/errors/" +
                                              std::string(GetParam()) + ".yaml");
  ASSERT_TRUE(suite.has_value()) << suite.error().message;
  const std::string& shared = *suite.value().find("data")->text();
  const auto& cases = *suite.value().find("cases")->list();
  EXPECT_GE(cases.size(), 30U);
  for (const model::Value& each : cases) {
    const model::Value* data = each.find("data");
    const std::string text = data == nullptr ? "标题: 甲\n" : *data->text();
    EXPECT_EQ(printed(*each.find("template")->text(), text == "shared" ? shared : text),
              *each.find("error")->text())
        << *each.find("case")->text();
  }
}

INSTANTIATE_TEST_SUITE_P(Suites, TemplateErrors, testing::Values("values", "syntax"));

}  // namespace
}  // namespace huice::cli
