// A file that no reader ever comes to the end of.
#pragma once

#include <string>

namespace huice::library {

/// Each form draws the next one twice: 2^30 lines of text in a few kilobytes.
inline std::string slow_pdf() {
  constexpr int kForms = 30;
  std::string objects =
      "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
      "2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
      "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
      "/Resources<</XObject<</N 10 0 R>>>>>>endobj\n"
      "4 0 obj<</Length 4>>stream\n/N Do\nendstream endobj\n"
      "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n";
  for (int i = 0; i < kForms; ++i) {
    const bool last = i + 1 == kForms;
    const std::string content = last ? "BT /F 9 Tf 50 700 Td (text) Tj ET" : "/N Do /N Do";
    const std::string resources =
        last ? "/Font<</F 5 0 R>>" : "/XObject<</N " + std::to_string(11 + i) + " 0 R>>";
    objects += std::to_string(10 + i) + " 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 595 842]" +
               "/Resources<<" + resources + ">>/Length " + std::to_string(content.size()) +
               ">>stream\n" + content + "\nendstream endobj\n";
  }
  return "%PDF-1.4\n" + objects + "trailer<</Root 1 0 R>>\n%%EOF\n";
}

}  // namespace huice::library
