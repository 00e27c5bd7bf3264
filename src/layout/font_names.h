// Fonts by the names they bear, for those who do not know where their files are.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace huice::layout {

/// A face of a file.
struct FacePlace {
  std::string path;
  unsigned index = 0;
};

/// Beyond this many files a folder is not a folder of fonts.
inline constexpr std::size_t kMaxFontFiles = 20'000;

/// The faces below some folders. They are looked through when first asked for, in the order of
/// their paths; only the tables of names are read. Files that are no fonts are passed over.
class FontNames {
 public:
  explicit FontNames(std::vector<std::string> folders) : folders_(std::move(folders)) {}

  /// The face whose full or PostScript name in any language is `name`; else the regular face of the
  /// family of that name; else its first face. Case of Latin letters does not matter.
  std::optional<FacePlace> find(std::string_view name);
  /// All family names, sorted.
  std::vector<std::string> families();

 private:
  struct Named {
    FacePlace place;
    std::vector<std::string> names;     ///< full and PostScript names
    std::vector<std::string> families;  ///< in every language
    bool is_regular = false;
  };
  void scan();
  void read(const std::string& path);

  std::vector<std::string> folders_;
  std::optional<std::vector<Named>> faces_;
};

}  // namespace huice::layout
