// Fails when a file under src/ includes what src/layers.txt does not allow.
#include "layers.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace huice::checks {
namespace {

constexpr const char* kLayers =
    "base:\n"
    "text:\n"
    "layout: text   # a remark\n"
    "@unicode/ text\n";

TEST(Layers, IncludesFollowTheLayerFile) {
  EXPECT_EQ(joined(layer_violations(kRoot / "src")), "");
}

TEST(Layers, ModulesLinkOnlyWhatTheLayerFileNames) {
  EXPECT_EQ(joined(link_violations(kRoot / "src")), "");
}

TEST(Layers, AllowedIncludesPassInAMadeUpTree) {
  const MadeUpTree tree("layers-allowed");
  tree.write("layers.txt", kLayers);
  tree.write("text/words.cpp", "#include <vector>\n\n#include <unicode/brkiter.h>\n");
  tree.write("layout/lines.cpp", "#include \"base/length.h\"\n#include \"text/words.h\"\n");
  EXPECT_EQ(joined(layer_violations(tree.root())), "");
}

TEST(Layers, AnIncludeOfAModuleBelowIsFound) {
  const MadeUpTree tree("layers-upwards");
  tree.write("layers.txt", kLayers);
  tree.write("text/words.cpp", "#include <vector>\n#include \"layout/lines.h\"\n");
  EXPECT_EQ(layer_violations(tree.root()),
            std::vector<std::string>{"text/words.cpp:2: text may not include layout/lines.h"});
}

TEST(Layers, AForeignLibraryHeaderIsFound) {
  const MadeUpTree tree("layers-foreign");
  tree.write("layers.txt", kLayers);
  tree.write("layout/lines.h", "#include <unicode/brkiter.h>\n");
  EXPECT_EQ(layer_violations(tree.root()),
            std::vector<std::string>{
                "layout/lines.h:1: unicode/brkiter.h belongs to text, not to layout"});
}

TEST(Layers, AFolderWithoutALineIsFound) {
  const MadeUpTree tree("layers-unknown");
  tree.write("layers.txt", kLayers);
  tree.write("extra/new.cpp", "#include <vector>\n");
  EXPECT_EQ(layer_violations(tree.root()),
            std::vector<std::string>{"extra/new.cpp:1: layers.txt has no line for extra"});
}

TEST(Layers, ALineNamesOnlyModulesAboveIt) {
  const MadeUpTree tree("layers-order");
  tree.write("layers.txt", "base:\ntext: layout\nlayout: text\n");
  EXPECT_EQ(layer_violations(tree.root()),
            std::vector<std::string>{"layers.txt: text names layout, not above it"});
}

TEST(Layers, ALinkTheLayerFileDoesNotNameIsFound) {
  const MadeUpTree tree("layers-link");
  tree.write("layers.txt", kLayers);
  tree.write("text/CMakeLists.txt",
             "huice_module(text SOURCES a.cpp\n  USES base layout\n"
             "  PRECOMPILE <text/words.h>)\n");
  EXPECT_EQ(link_violations(tree.root()), std::vector<std::string>{"text may not link layout"});
}

}  // namespace
}  // namespace huice::checks
