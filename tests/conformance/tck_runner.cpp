// Runs a folder laid out like the DMN Technology Compatibility Kit.
//
//   tck_runner DIR OUT.csv [KNOWN_FAILURES]
//
// DIR holds compliance-level-*/CASE/*.xml. OUT.csv gets the columns of the kit's tck_results.csv:
// folder, file, case, SUCCESS | FAILURE | ERROR | IGNORED, comment. With KNOWN_FAILURES the run
// fails unless exactly the cases listed there are no success. Exit status 77 when DIR is absent.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

#include "base/files.h"
#include "feel/dmn.h"
#include "feel/xml.h"
#include "feel/zones.h"

namespace huice::feel {
namespace {

namespace fs = std::filesystem;

constexpr int kSkipped = 77;
constexpr std::string_view kInstance = "http://www.w3.org/2001/XMLSchema-instance\n";

struct Outcome {
  std::string key;  ///< folder,file,case
  std::string result;
  std::string comment;
};

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

/// A value the test file writes with its XML Schema type.
Value typed(const XmlElement& element, const Zones& zones) {
  const std::string instance(kInstance);
  if (element.attribute(instance + "nil") == "true") return {};
  std::string type(element.attribute(instance + "type"));
  type.erase(0, type.rfind(':') + 1);
  const std::string text = trimmed(element.text);
  if (type == "boolean") return text == "true" || text == "1";
  if (type == "decimal" || type == "double" || type == "integer" || type == "float" ||
      type == "int" || type == "long") {
    return Value::of(Decimal::parse(text));
  }
  if (type == "date") return Value::of(parse_civil_date(text));
  if (type == "time") return Value::of(parse_clock_time(text, &zones));
  if (type == "dateTime") return Value::of(parse_moment(text, &zones));
  if (type == "duration") {
    if (const auto months = parse_months_duration(text)) return *months;
    return Value::of(parse_seconds_duration(text));
  }
  return element.text;
}

Value value_in(const XmlElement& element, const Zones& zones) {
  if (element.attribute(std::string(kInstance) + "nil") == "true") return {};
  if (const XmlElement* value = element.child("value")) return typed(*value, zones);
  if (const XmlElement* list = element.child("list")) {
    if (list->attribute(std::string(kInstance) + "nil") == "true") return {};
    Value::List items;
    for (const XmlElement* item : list->all("item"))
      items.push_back(value_in(*item, zones));
    return items;
  }
  const auto components = element.all("component");
  if (components.empty()) return {};
  Context context;
  for (const XmlElement* component : components)
    context.put(std::string(component->attribute("name")), value_in(*component, zones));
  return context;
}

/// Numbers agree to eight places, as the kit's own runner has it.
bool agree(const Value& expected, const Value& actual) {
  if (expected.number() != nullptr && actual.number() != nullptr) {
    const auto difference = subtract(*expected.number(), *actual.number());
    return difference && difference->abs() < Decimal::scaled(1, -8);
  }
  if (expected.list() != nullptr && actual.list() != nullptr) {
    return std::ranges::equal(*expected.list(), *actual.list(), agree);
  }
  if (expected.context() != nullptr && actual.context() != nullptr) {
    return expected.context()->size() == actual.context()->size() &&
           std::ranges::all_of(expected.context()->entries(), [&](const Context::Entry& entry) {
             const Value* found = actual.context()->find(entry.first);
             return found != nullptr && agree(entry.second, *found);
           });
  }
  return expected.kind() == actual.kind() && equal(expected, actual).value_or(false);
}

class Runner {
 public:
  explicit Runner(fs::path root)
      : root_(std::move(root)), zones_([](std::string_view name) {
          return read_file(fs::path("/usr/share/zoneinfo") / name);
        }) {}

  std::vector<Outcome> run() {
    std::vector<fs::path> tests;
    for (const auto& entry : fs::recursive_directory_iterator(root_)) {
      if (entry.path().extension() == ".xml") tests.push_back(entry.path());
    }
    std::ranges::sort(tests);
    for (const fs::path& test : tests)
      run_file(test);
    return std::move(outcomes_);
  }

 private:
  void run_file(const fs::path& test) {
    prefix_ = fs::relative(test.parent_path(), root_).string() + "," + test.stem().string() + ",";
    const auto bytes = read_file(test);
    const auto root = bytes ? read_xml(bytes.value(), test.string()) : bytes.error();
    if (!root) {
      outcomes_.push_back({prefix_, "ERROR", root.error().message});
      return;
    }
    const auto model = read_model(test, trimmed(root.value().text_of("modelName")));
    for (const XmlElement* test_case : root.value().all("testCase")) {
      const std::string key = prefix_ + std::string(test_case->attribute("id"));
      if (!model) {
        outcomes_.push_back({key, "ERROR", model.error().message});
        continue;
      }
      outcomes_.push_back(run_case(model.value(), *test_case, key));
    }
  }

  Result<dmn::Model> read_model(const fs::path& test, std::string name) {
    std::vector<dmn::Source> others;
    std::string main;
    for (const auto& entry : fs::directory_iterator(test.parent_path())) {
      if (entry.path().extension() != ".dmn") continue;
      HUICE_TRY(std::string bytes, read_file(entry.path()));
      if (entry.path().filename() == name) {
        main = std::move(bytes);
      } else {
        others.push_back({std::move(bytes), entry.path().string()});
      }
    }
    return dmn::Model::read(main, name, others);
  }

  Outcome run_case(const dmn::Model& model, const XmlElement& test_case, const std::string& key) {
    Context inputs;
    for (const XmlElement* input : test_case.all("inputNode"))
      inputs.put(std::string(input->attribute("name")), value_in(*input, zones_));
    for (const XmlElement* wanted : test_case.all("resultNode")) {
      const std::string name(wanted->attribute("name"));
      Warnings warnings;
      const auto actual = evaluate(model, test_case, name, inputs, warnings);
      if (!actual) return {key, "ERROR", actual.error().message};
      const XmlElement* written = wanted->child("expected");
      const Value expected = written == nullptr ? Value() : value_in(*written, zones_);
      if (agree(expected, actual.value())) continue;
      std::string comment = "FAILURE: '" + name + "' expected='" + to_string(expected) +
                            "' but found='" + to_string(actual.value()) + "'";
      if (!warnings.empty()) comment += " (" + warnings.front().message + ")";
      if (!model.findings().empty()) comment += " [" + model.findings().front().message + "]";
      return {key, "FAILURE", comment};
    }
    return {key, "SUCCESS", ""};
  }

  Result<Value> evaluate(const dmn::Model& model, const XmlElement& test_case,
                         const std::string& name, const Context& inputs, Warnings& warnings) {
    const Environment environment{.today = *Date::make(2026, 11, 22), .zones = &zones_};
    const std::string invocable(test_case.attribute("invocableName"));
    if (test_case.attribute("type") == "decisionService") {
      HUICE_TRY(const Value all, model.evaluate_service(invocable, inputs, environment, &warnings));
      const Value* one = all.context() == nullptr ? nullptr : all.context()->find(name);
      return one == nullptr ? all : *one;
    }
    if (test_case.attribute("type") == "bkm") {
      std::vector<Value> arguments;
      for (const auto& [input, value] : inputs.entries())
        arguments.push_back(value);
      return model.call_knowledge(invocable, arguments, environment, &warnings);
    }
    return model.evaluate_decision(name, inputs, environment, &warnings);
  }

  fs::path root_;
  LoadedZones zones_;
  std::string prefix_;
  std::vector<Outcome> outcomes_;
};

std::string csv_text(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

/// The keys listed in the file, up to ` #`, where the reason begins.
std::set<std::string> known_failures(const std::string& text) {
  std::set<std::string> keys;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::string key = trimmed(line.substr(0, line.find(" #")));
    if (!key.empty() && key.front() != '#') keys.insert(key);
  }
  return keys;
}

/// Prints what differs from the list; 0 when nothing does.
int compare(const std::vector<Outcome>& outcomes, const fs::path& list) {
  const auto text = read_file(list);
  if (!text) return 3;
  std::set<std::string> known = known_failures(text.value());
  int differences = 0;
  for (const Outcome& outcome : outcomes) {
    const bool failed = outcome.result != "SUCCESS";
    const bool listed = known.erase(outcome.key) > 0;
    if (failed == listed) continue;
    ++differences;
    std::cout << (failed ? "fails, not listed: " : "listed, succeeds: ") << outcome.key << "  "
              << outcome.comment << "\n";
  }
  for (const std::string& key : known)
    std::cout << "listed, not run: " << key << "\n";
  return differences == 0 && known.empty() ? 0 : 1;
}

void summarize(const std::vector<Outcome>& outcomes) {
  std::map<std::string, std::pair<int, int>> levels;
  for (const Outcome& outcome : outcomes) {
    auto& [passed, all] = levels[outcome.key.substr(0, outcome.key.find('/'))];
    ++all;
    if (outcome.result == "SUCCESS") ++passed;
  }
  for (const auto& [level, counts] : levels)
    std::cout << level << ": " << counts.first << " of " << counts.second << "\n";
}

int run(const std::vector<std::string>& arguments) {
  if (arguments.size() < 2) {
    std::cerr << "usage: tck_runner DIR OUT.csv [KNOWN_FAILURES]\n";
    return 2;
  }
  if (!fs::is_directory(arguments[0])) {
    std::cout << "skipped: no folder " << arguments[0] << "\n";
    return kSkipped;
  }
  const auto outcomes = Runner(arguments[0]).run();
  std::string csv;
  for (const Outcome& outcome : outcomes)
    csv += outcome.key + "," + outcome.result + "," + csv_text(outcome.comment) + "\n";
  if (const auto written = write_file(arguments[1], csv); !written) {
    std::cerr << written.error().message << "\n";
    return 3;
  }
  summarize(outcomes);
  return arguments.size() > 2 ? compare(outcomes, arguments[2]) : 0;
}

}  // namespace
}  // namespace huice::feel

int main(int count, char** values) {
  return huice::feel::run({values + 1, values + count});
}
