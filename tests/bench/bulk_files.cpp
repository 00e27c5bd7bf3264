// Writes a CSV of enterprises and a policy library for measuring whole runs.
//
// usage: huice_bulk_files DIR ENTERPRISES POLICIES OVERLAP%
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "synthetic.h"

namespace huice::bench {
namespace {

void write_enterprises(const std::filesystem::path& path, std::uint64_t rows) {
  std::ofstream out(path, std::ios::binary);
  std::string text = "统一社会信用代码,企业名称";
  for (const std::string& name : EnterpriseMaker::headings())
    text += "," + name;
  EnterpriseMaker maker(1);
  for (std::uint64_t row = 0; row < rows; ++row) {
    const std::string number = std::to_string(100'000'000 + row);
    text += "\n9143" + number + "ABCDE,示例企业" + number;
    for (const std::string& cell : maker.make())
      text += "," + cell;
    if (text.size() > (1u << 20)) {
      out << text;
      text.clear();
    }
  }
  out << text << "\n";
}

void write_policies(const std::filesystem::path& folder, int policies, unsigned overlap) {
  std::filesystem::create_directories(folder / "local");
  std::filesystem::copy_file(HUICE_SOURCE_DIR "/policies/facts.yaml", folder / "facts.yaml",
                             std::filesystem::copy_options::overwrite_existing);
  PolicyMaker maker(2, overlap);
  for (int i = 0; i < policies; ++i) {
    const auto file = maker.make(i);
    const auto name = std::filesystem::path(file.name).filename();
    std::ofstream(folder / "local" / name, std::ios::binary) << file.text;
  }
}

}  // namespace
}  // namespace huice::bench

int main(int count, char** words) {
  constexpr int kWords = 5;
  if (count != kWords) {
    std::cerr << "usage: huice_bulk_files DIR ENTERPRISES POLICIES OVERLAP%\n";
    return 2;
  }
  const std::filesystem::path folder = words[1];
  std::filesystem::create_directories(folder);
  huice::bench::write_enterprises(folder / "enterprises.csv", std::strtoull(words[2], nullptr, 10));
  huice::bench::write_policies(folder / "policies", std::atoi(words[3]),
                               static_cast<unsigned>(std::atoi(words[4])));
  return 0;
}
