// The layer file, and what the tree does against it.
#pragma once

#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tree.h"

namespace huice::checks {

struct Layers {
  std::map<std::string, std::set<std::string>> allowed;  // module -> modules it may include
  std::map<std::string, std::string> owner;              // library header prefix -> module
  std::vector<std::string> violations;                   // of the file itself
};

inline Layers read_layers(const fs::path& file) {
  Layers layers;
  for (const auto& line : lines_of(read(file))) {
    std::istringstream words(line.substr(0, line.find('#')));
    std::string name;
    if (!(words >> name)) continue;
    if (name.starts_with('@')) {
      words >> layers.owner[name.substr(1)];
      continue;
    }
    name.pop_back();  // the colon
    std::set<std::string> modules = {name, "base"};
    for (std::string word; words >> word; modules.insert(word)) {
      if (!layers.allowed.contains(word)) {
        layers.violations.push_back("layers.txt: " + name + " names " + word + ", not above it");
      }
    }
    layers.allowed[name] = modules;
  }
  return layers;
}

/// `#include <a/b.h>` or `#include "a/b.h"`: the header, or "" for any other line.
inline std::string included(const std::string& line) {
  if (!line.starts_with("#include ")) return {};
  return line.substr(10, line.find_first_of(">\"", 10) - 10);
}

/// What is wrong with one include of `header` in module `self`.
inline std::vector<std::string> include_violations(const Layers& layers, const std::string& self,
                                                   const std::string& header) {
  std::vector<std::string> violations;
  const std::string target = header.substr(0, header.find('/'));
  const auto allowed = layers.allowed.find(self);
  if (allowed == layers.allowed.end()) return {"layers.txt has no line for " + self};
  if (layers.allowed.contains(target) && !allowed->second.contains(target)) {
    violations.push_back(self + " may not include " + header);
  }
  for (const auto& [prefix, module] : layers.owner) {
    if (header.starts_with(prefix) && self != module) {
      violations.push_back(header + " belongs to " + module + ", not to " + self);
    }
  }
  return violations;
}

/// Every include under `src` that src/layers.txt does not allow, as `file:line: reason`.
inline std::vector<std::string> layer_violations(const fs::path& src) {
  const Layers layers = read_layers(src / "layers.txt");
  std::vector<std::string> violations = layers.violations;
  for (const auto& file : files_below(src)) {
    if (!is_cpp(file)) continue;
    const std::string name = fs::relative(file, src).generic_string();
    const std::string self = name.substr(0, name.find('/'));
    int number = 0;
    for (const auto& line : lines_of(read(file))) {
      ++number;
      const std::string header = included(line);
      if (header.empty()) continue;
      for (const auto& reason : include_violations(layers, self, header))
        violations.push_back(name + ":" + std::to_string(number) + ": " + reason);
    }
  }
  return violations;
}

/// The words after USES in a module's CMakeLists.txt, up to the next keyword or the bracket.
inline std::vector<std::string> linked_modules(const std::string& cmake) {
  std::vector<std::string> modules;
  const auto begin = cmake.find("USES ");
  if (begin == std::string::npos) return modules;
  std::string list = cmake.substr(begin + 5);
  list = list.substr(0, list.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ)"));
  std::istringstream words(list);
  for (std::string word; words >> word;)
    modules.push_back(word);
  return modules;
}

/// Every module whose CMakeLists.txt links what its line in src/layers.txt does not name.
inline std::vector<std::string> link_violations(const fs::path& src) {
  const Layers layers = read_layers(src / "layers.txt");
  std::vector<std::string> violations;
  for (const auto& [module, allowed] : layers.allowed) {
    for (const auto& linked : linked_modules(read(src / module / "CMakeLists.txt"))) {
      if (!allowed.contains(linked)) violations.push_back(module + " may not link " + linked);
    }
  }
  return violations;
}

}  // namespace huice::checks
