// Text on its way into XML.
#pragma once

#include <string>
#include <string_view>

namespace huice::archive {

/// `utf8` as the content of an XML element. Control characters, which XML cannot hold, are left
/// out.
std::string xml_text(std::string_view utf8);

}  // namespace huice::archive
