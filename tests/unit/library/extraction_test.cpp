// Documents that people have marked, against what is read from them: tests/suite/extraction.
#include <algorithm>
#include <array>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/files.h"
#include "library/readers.h"
#include "library/structure.h"
#include "notation/yaml.h"

namespace huice::library {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = HUICE_SOURCE_DIR;
const fs::path kMarks = kRoot / "tests/suite/extraction";

using Fields = std::map<std::string, std::string>;

std::string iso(const std::optional<Date>& date) {
  return date ? date->to_iso() : std::string();
}

Fields fields_of(const Circular& circular) {
  return {{"title", circular.title_guessed ? std::string() : circular.title},
          {"number", circular.number},
          {"issuer", circular.issuer},
          {"date", iso(circular.date)},
          {"genre", circular.genre},
          {"addressee", circular.addressee},
          {"effective", iso(circular.effective)},
          {"expires", iso(circular.expires)},
          {"copy_number", circular.letterhead.copy_number},
          {"secrecy", circular.letterhead.secrecy},
          {"urgency", circular.letterhead.urgency},
          {"signer", circular.letterhead.signer}};
}

/// Right, wrong and missed values of one field over all documents.
struct Tally {
  int right = 0;
  int read = 0;
  int marked = 0;

  /// Harmonic mean of precision and recall, in thousandths.
  int f1() const { return read + marked == 0 ? 1'000 : 2'000 * right / (read + marked); }
};

class Scorer {
 public:
  /// Scores the documents of a file of marks; false where their folder is absent.
  bool score(const std::string& marks_file, const std::vector<std::string>& fields) {
    const auto bytes = read_file(kMarks / marks_file);
    const auto marks = notation::read_yaml(bytes.value(), marks_file);
    EXPECT_TRUE(marks) << marks.error().message;
    const fs::path folder = kRoot / *marks.value().find("folder")->text();
    if (!fs::exists(folder)) return false;
    for (const model::Value& marked : *marks.value().find("documents")->list())
      score_document(folder / *marked.find("file")->text(), marked, fields);
    return true;
  }

  int documents() const { return documents_; }

  void print(const std::string& name) const {
    std::cout << name << ", " << documents_ << " documents\n";
    for (const auto& [field, tally] : tallies_) {
      const int f1 = tally.f1();
      std::cout << "  " << std::left << std::setw(12) << field << " F1 " << f1 / 1'000 << "."
                << std::to_string(1'000 + f1 % 1'000).substr(1) << "  right " << tally.right
                << " of " << tally.marked << " marked, " << tally.read << " read\n";
    }
    std::cout << misses_;
  }

  int f1(const std::string& field) const {
    const auto found = tallies_.find(field);
    return found == tallies_.end() ? 0 : found->second.f1();
  }

 private:
  void score_document(const fs::path& file, const model::Value& marked,
                      const std::vector<std::string>& fields) {
    static const IndexSettings kSettings = load_index_settings(kRoot / "index").value();
    const auto source = read_source(file);
    ASSERT_TRUE(source) << file << source.error().message;
    const Fields read = fields_of(structure_of(source.value(), kSettings));
    ++documents_;
    for (const std::string& field : fields) {
      const model::Value* mark = marked.find(field);
      std::string wanted;
      if (mark != nullptr) wanted = mark->day() ? mark->day()->to_iso() : *mark->text();
      count(file, field, wanted, read.at(field));
    }
  }

  void count(const fs::path& file, const std::string& field, const std::string& wanted,
             const std::string& got) {
    Tally& tally = tallies_[field];
    tally.marked += wanted.empty() ? 0 : 1;
    tally.read += got.empty() ? 0 : 1;
    tally.right += !wanted.empty() && wanted == got ? 1 : 0;
    if (wanted != got) {
      misses_ += "    " + file.filename().string() + " " + field + ": “" + got + "”, marked “" +
                 wanted + "”\n";
    }
  }

  int documents_ = 0;
  std::map<std::string, Tally> tallies_;
  std::string misses_;
};

const std::vector<std::string> kMain = {"title", "number", "issuer", "date"};
constexpr int kLeast = 950;  // thousandths

TEST(Extraction, ReadsTheMarkedDocumentsAsTheirMarkersDid) {
  const std::vector<std::string> all = {"title",   "number",    "issuer",    "date",
                                        "genre",   "addressee", "effective", "expires",
                                        "secrecy", "urgency",   "signer",    "copy_number"};
  Scorer own;
  ASSERT_TRUE(own.score("own.yaml", all));
  own.print("own");
  for (const std::string& field : all)
    EXPECT_GE(own.f1(field), kLeast) << field;
  Scorer together;
  ASSERT_TRUE(together.score("own.yaml", kMain));
  ASSERT_TRUE(together.score("samples.yaml", kMain));
  EXPECT_GE(together.documents(), 60);
  together.print("own and samples");
  for (const std::string& field : kMain)
    EXPECT_GE(together.f1(field), kLeast) << field;
}

TEST(Extraction, ReadsPublishedDocumentsAsTheirMarkersDid) {
  Scorer published;
  const bool seeds = published.score("seeds.yaml", kMain);
  const bool circulars = published.score("circulars.yaml", kMain);
  if (!seeds && !circulars) GTEST_SKIP() << "../shared is absent";
  published.print("published");
  for (const std::string& field : kMain)
    EXPECT_GE(published.f1(field), kLeast) << field;
}

}  // namespace
}  // namespace huice::library
