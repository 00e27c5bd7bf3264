// One process in which Pango sets the notice: apart, so that ours does not load its libraries.
//
// usage: huice_pango_once FILE [COUNT]
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>

#include "notice.h"
#include "pango_notice.h"

int main(int count, char** words) {
  if (count < 2) {
    std::cerr << "usage: huice_pango_once FILE [COUNT]\n";
    return 2;
  }
  const huice::model::Document document = huice::bench::notice();
  std::string pdf;
  for (int left = count > 2 ? std::atoi(words[2]) : 1; left > 0; --left)
    pdf = huice::bench::set_with_pango(document);
  std::ofstream(words[1], std::ios::binary) << pdf;
  return pdf.empty() ? 3 : 0;
}
