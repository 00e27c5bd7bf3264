// XML read as a stream of elements and text, with the doors that XML leaves open shut.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace huice::archive {

struct XmlLimits {
  std::size_t bytes = std::size_t{256} << 20;
  int depth = 128;  ///< elements open at one time
};

/// The start tag of one element. Names come without their prefix: `row` for `x:row`.
/// The views live as long as the call that receives them.
struct XmlElement {
  std::string_view name;
  std::vector<std::pair<std::string_view, std::string_view>> attributes;

  std::optional<std::string_view> attribute(std::string_view attribute_name) const;
};

enum class XmlNext { Continue, Stop };

/// Receives what is read, in document order. Stop ends the reading early, without an error.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual XmlNext start(const XmlElement& element) = 0;
  virtual XmlNext end(std::string_view name) = 0;
  /// Character data, possibly in several pieces.
  virtual XmlNext text(std::string_view utf8) = 0;
};

/// Reads one XML text (UTF-8) into `handler`. `where` names the file, and the member of it.
///
/// Document type declarations are refused, and with them every entity but the five of XML itself.
/// Errors: InvalidInput `xml.syntax`, `xml.doctype`; Unsupported `xml.encoding`;
///         TooLarge `xml.too-large`, `xml.too-deep`; all but the size with line and column.
Status read_xml(std::string_view utf8, XmlHandler& handler, const SourceSpan& where,
                const XmlLimits& limits = {});

/// Bytes one stretch after another; none at the end.
using Pieces = std::function<Result<std::string_view>()>;

/// What may stand before the first element of a text that comes in pieces.
inline constexpr std::size_t kLongestProlog = std::size_t{64} << 10;

/// The same of a text that comes in pieces. Errors: also those of `pieces`.
Status read_xml(const Pieces& pieces, XmlHandler& handler, const SourceSpan& where,
                const XmlLimits& limits = {});

}  // namespace huice::archive
