// Decision tables over many rows.
#include <algorithm>
#include <unordered_map>

#include "bulk/views.h"
#include "policy/expressions.h"

namespace huice::bulk {
namespace {

using feel::Node;
using feel::NodeKind;

bool has_names(const Node& root) {
  bool found = false;
  policy::walk(root, [&](const Node& node) {
    found = found || (node.kind == NodeKind::Name && !node.value.function());
  });
  return found;
}

/// Inputs are bare names, cells and results hold none.
bool is_plain(const feel::DecisionTable& table) {
  const auto constant = [](const feel::Expression& cell) { return !has_names(cell.root()); };
  const bool bare = std::ranges::all_of(table.inputs(), [](const feel::TableInput& input) {
    return input.expression.root().kind == NodeKind::Name && !input.values;
  });
  return bare && std::ranges::all_of(table.rules(), [&](const feel::TableRule& rule) {
           return std::ranges::all_of(rule.tests, constant) &&
                  std::ranges::all_of(rule.results, constant);
         });
}

/// For each code of a view: which cells of its input hold, as a mask over the rules. Codes without
/// a known value keep to themselves.
struct InputMasks {
  std::size_t view = 0;
  std::vector<std::vector<std::uint64_t>> by_code;  ///< empty: no known value
};

InputMasks masks_of(const View& view, std::size_t place, std::size_t input,
                    const feel::DecisionTable& table, const Oracle& oracle) {
  InputMasks masks{.view = place, .by_code = {}};
  const feel::Environment environment{.today = oracle.options().on};
  const auto& rules = table.rules();
  for (std::uint32_t code = 0; code < view.size(); ++code) {
    std::vector<std::uint64_t> mask;
    const feel::Value value = view.value(code);
    if (!value.is_null()) mask.assign((rules.size() + 63) / 64, 0);
    for (std::size_t rule = 0; rule < rules.size() && !mask.empty(); ++rule) {
      const auto holds = feel::evaluate_tests(rules[rule].tests[input], value, {}, environment);
      if (holds.truth() == nullptr) {
        mask.clear();
      } else if (*holds.truth()) {
        mask[rule / 64] |= std::uint64_t{1} << (rule % 64);
      }
    }
    masks.by_code.push_back(std::move(mask));
  }
  return masks;
}

void append(std::string& key, std::uint64_t part) {
  key.append(reinterpret_cast<const char*>(&part), sizeof part);
}

}  // namespace

std::vector<std::uint32_t> tabulate_table(
    std::size_t rows, const std::vector<View>& views, const feel::DecisionTable& table,
    const Oracle& oracle, const std::function<std::uint32_t(const Assumptions&)>& answer) {
  if (!is_plain(table)) return {};
  std::vector<InputMasks> inputs;
  std::vector<bool> masked(views.size());
  for (std::size_t input = 0; input < table.inputs().size(); ++input) {
    const std::string& name = table.inputs()[input].expression.root().text;
    const auto found = std::ranges::find(views, name, &View::name);
    if (found == views.end()) continue;
    const auto place = static_cast<std::size_t>(found - views.begin());
    inputs.push_back(masks_of(*found, place, input, table, oracle));
    masked[place] = true;
  }
  std::vector<std::uint32_t> answers(rows);
  std::unordered_map<std::string, std::uint32_t> known;
  std::vector<std::uint64_t> mask;
  std::string key;
  for (std::size_t row = 0; row < rows; ++row) {
    key.clear();
    mask.assign((table.rules().size() + 63) / 64, ~std::uint64_t{0});
    for (std::size_t i = 0; i < views.size(); ++i) {
      if (!masked[i]) append(key, views[i].code(row));
    }
    for (const InputMasks& input : inputs) {
      const std::uint32_t code = views[input.view].code(row);
      const auto& cells = input.by_code[code];
      append(key, cells.empty() ? code + 1 : 0);
      for (std::size_t w = 0; w < cells.size(); ++w)
        mask[w] &= cells[w];
    }
    for (const std::uint64_t word : mask)
      append(key, word);
    const auto [place, fresh] = known.try_emplace(key, 0u);
    if (fresh) {
      Assumptions assumptions;
      for (const View& view : views)
        view.assume(view.code(row), assumptions);
      place->second = answer(assumptions);
    }
    answers[row] = place->second;
  }
  return answers;
}

}  // namespace huice::bulk
