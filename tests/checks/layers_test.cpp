// Fails when a file under src/ includes what src/layers.txt does not allow.
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

namespace {

namespace fs = std::filesystem;

struct Layers {
  std::map<std::string, std::set<std::string>> allowed;  // module -> modules it may include
  std::map<std::string, std::string> owner;              // library header prefix -> module
};

Layers read_layers(const fs::path& file) {
  Layers layers;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
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
      EXPECT_TRUE(layers.allowed.contains(word)) << name << " names " << word << ", not above it";
    }
    layers.allowed[name] = modules;
  }
  return layers;
}

/// `#include <a/b.h>` or `#include "a/b.h"`: the header, or "" for any other line.
std::string included(const std::string& line) {
  if (!line.starts_with("#include ")) return {};
  return line.substr(10, line.find_first_of(">\"", 10) - 10);
}

TEST(Layers, IncludesFollowTheLayerFile) {
  const fs::path src = HUICE_SOURCE_DIR "/src";
  const Layers layers = read_layers(src / "layers.txt");
  for (const auto& entry : fs::recursive_directory_iterator(src)) {
    const auto extension = entry.path().extension();
    if (extension != ".h" && extension != ".cpp") continue;
    const std::string self = fs::relative(entry.path(), src).begin()->string();
    ASSERT_TRUE(layers.allowed.contains(self)) << "src/layers.txt has no line for " << self;
    std::ifstream in(entry.path());
    int number = 0;
    for (std::string line; std::getline(in, line);) {
      ++number;
      const std::string header = included(line);
      SCOPED_TRACE(entry.path().string() + ":" + std::to_string(number));
      const std::string target = header.substr(0, header.find('/'));
      if (layers.allowed.contains(target)) {
        EXPECT_TRUE(layers.allowed.at(self).contains(target))
            << self << " may not include " << header;
      }
      for (const auto& [prefix, module] : layers.owner) {
        EXPECT_TRUE(!header.starts_with(prefix) || self == module)
            << header << " belongs to " << module << ", not to " << self;
      }
    }
  }
}

}  // namespace
