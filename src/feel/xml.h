// XML read into a tree, with limits. Internal to the module: DMN models come as XML.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace huice::feel {

inline constexpr std::size_t kMaxXmlBytes = std::size_t{16} << 20;
inline constexpr std::size_t kMaxXmlDepth = 256;
inline constexpr std::size_t kMaxXmlElements = 500'000;

/// One element. Names are without prefix; `space` is the namespace.
struct XmlElement {
  std::string name;
  std::string space;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::string text;  ///< all character data directly inside
  std::vector<XmlElement> children;
  int line = 0;
  int column = 0;

  /// Empty when there is none.
  std::string_view attribute(std::string_view wanted) const;
  /// The first child of that name; nullptr when there is none.
  const XmlElement* child(std::string_view wanted) const;
  std::vector<const XmlElement*> all(std::string_view wanted) const;
  /// The text of the first child of that name; empty when there is none.
  std::string_view text_of(std::string_view wanted) const;
};

/// Errors: InvalidInput `xml.syntax`, `xml.entity` (a document type or entity is declared);
///         TooLarge `xml.too-large`.
Result<XmlElement> read_xml(std::string_view bytes, const std::string& file);

}  // namespace huice::feel
