// The fonts of templates/fonts.yaml as plain values; tests that set text are skipped without them.
#pragma once

#include <gtest/gtest.h>

#include "layout/fonts.h"

namespace huice::layout {

inline FontConfig default_config() {
  const std::string noto = "/usr/share/fonts/opentype/noto/";
  const FontSource serif{noto + "NotoSerifCJK-Regular.ttc", 2, {}, {}};
  FontConfig config;
  config.roles = {
      {{{noto + "NotoSerifCJK-Bold.ttc", 2, {}, {}}},
       {{"/usr/local/share/fonts/huice/FandolFang-Regular.otf", 0, {}, {}}, serif},
       {{"/usr/share/fonts/truetype/arphic-gkai00mp/gkai00mp.ttf", 0, {}, U"，。、；：！？"},
        {"/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf", 0, {}, {}},
        serif},
       {{noto + "NotoSansCJK-Bold.ttc", 2, {}, {}}},
       {serif}}};
  return config;
}

/// nullptr when the machine lacks the fonts.
inline const FontSet* default_fonts() {
  static const Result<FontSet> opened = FontSet::open(default_config());
  return opened ? &opened.value() : nullptr;
}

class WithFonts : public testing::Test {
 protected:
  void SetUp() override {
    if (!default_fonts()) GTEST_SKIP() << "the default fonts are not installed";
  }
  const FontSet& fonts() const { return *default_fonts(); }
};

}  // namespace huice::layout
