#include "archive/xml_text.h"

namespace huice::archive {

std::string xml_text(std::string_view utf8) {
  std::string xml;
  for (const char c : utf8) {
    switch (c) {
      case '&':
        xml += "&amp;";
        break;
      case '<':
        xml += "&lt;";
        break;
      case '>':
        xml += "&gt;";
        break;
      case '\r':
        xml += "&#13;";
        break;  // as itself it would be read back as a line feed
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n') xml += c;
    }
  }
  return xml;
}

}  // namespace huice::archive
