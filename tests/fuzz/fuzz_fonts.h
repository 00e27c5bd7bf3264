// The faces that layout is fuzzed with; targets do nothing on a machine without them.
#pragma once

#include <cstdio>

#include "layout/fonts.h"

namespace huice::fuzz {

/// nullptr when the machine lacks the fonts.
inline const layout::FontSet* fonts() {
  static const auto opened = [] {
    layout::FontConfig config;
    const layout::FontSource serif{
        .path = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", .index = 2};
    for (auto& role : config.roles)
      role = {{.path = "/usr/local/share/fonts/huice/FandolFang-Regular.otf"}, serif};
    auto set = layout::FontSet::open(config);
    if (!set) std::fprintf(stderr, "skipped: %s\n", set.error().message.c_str());
    return set;
  }();
  return opened ? &opened.value() : nullptr;
}

}  // namespace huice::fuzz
