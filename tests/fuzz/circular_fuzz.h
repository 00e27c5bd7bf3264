// What must hold of any document that a reader of the library lets through.
#pragma once

#include <cstdlib>
#include <string>

#include "base/utf8.h"
#include "library/pack.h"
#include "library/readers.h"
#include "library/structure.h"

namespace huice::library {

/// Aborts where a reading breaks its promises: lines without ends and in UTF-8, a structure with
/// places inside the text, a value that survives packing; or a refusal without an id.
inline void check_reading(const Result<SourceText>& source) {
  if (!source) {
    if (source.error().id.empty() || source.error().message.empty()) std::abort();
    return;
  }
  for (const SourceLine& line : source.value().lines) {
    const bool whole = line.text.find('\n') == std::string::npos && !line.text.empty();
    if (!whole || first_bad_utf8(line.text)) std::abort();
  }
  IndexSettings settings;
  settings.genres = {"通知", "办法"};
  const Circular circular = structure_of(source.value(), settings);
  for (const Fact& fact : circular.facts) {
    const bool inside = fact.block < circular.blocks.size() &&
                        fact.offset + fact.text.size() <= circular.blocks[fact.block].text.size();
    if (!inside) std::abort();
  }
  for (const Passage& passage : passages_of(circular)) {
    if (passage.text.empty() && passage.headings.empty()) std::abort();
  }
  const Reading reading{.encoding = source.value().encoding, .circular = circular};
  const auto back = unpack_reading(pack(reading));
  if (!back || !(back->circular == circular)) std::abort();
}

}  // namespace huice::library
