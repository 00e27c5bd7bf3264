// What the index is made from: the files of `index/`, see index/README.md.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "text/pinyin.h"

namespace huice::library {

/// A place, by all its names, and where it lies.
struct Region {
  std::vector<std::string> names;  ///< the full name first
  std::string path;                ///< 湖南省/邵阳市/新邵县
};

/// How a title begins and ends, and by how many hundredths a match in such a document counts.
struct TitleForm {
  std::string start;
  std::string end;
  int weight = 100;
};

struct IndexSettings {
  std::map<std::string, int, std::less<>> weights;  ///< hundredths, by field
  std::vector<std::string> lexicon;
  std::vector<std::vector<std::string>> synonyms;  ///< groups, folded
  std::set<std::string, std::less<>> stopwords;    ///< folded
  std::vector<Region> regions;
  std::map<std::string, std::string, std::less<>> issuers;  ///< by agency code
  std::vector<std::string> genres;                          ///< longest first
  std::vector<TitleForm> authority;                         ///< the first that fits counts
  std::string fingerprint;                                  ///< of all the files
  text::Readings readings;                                  ///< of letters spoken in several ways
  /// 字号 of enterprises, which a library keeps itself; words beside those of the lexicon.
  std::set<std::string, std::less<>> names;
  std::string names_fingerprint;  ///< of the names; empty without any

  /// Hundredths; 100 for a field that the file does not name.
  int weight(std::string_view field) const;
};

/// Reads the files of `folder`. Every bad line is reported, not only the first.
/// Errors: NotFound `file.not-found`; InvalidInput `index.syntax` with file and line.
Result<IndexSettings> load_index_settings(const std::filesystem::path& folder);

/// The path of the place that a name of an agency or a title begins with: 湖南省/邵阳市/新邵县.
/// Unknown places are recognised by their ending (云岭县); 全国 for central agencies; else empty.
std::string region_at_start(const IndexSettings& settings, std::string_view name);

/// What follows the place at the start of a name; the name itself where there is none.
std::string_view without_region(const IndexSettings& settings, std::string_view name);

/// Hundredths by which a match in a document of this title counts: laws before rules before
/// notices, as `authority.txt` has it; 100 where it says nothing. Brackets that end a title
/// (（试行）, （2020年修订）) are not looked at.
int authority_of(const IndexSettings& settings, std::string_view title);

/// The full name of a place that people may call otherwise (湘, 湖南 → 湖南省); else the name
/// itself.
std::string region_name(const IndexSettings& settings, std::string_view name);

}  // namespace huice::library
