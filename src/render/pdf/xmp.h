// What a file says of itself, in the form archives read.
#pragma once

#include <string>

#include "render/pdf/pdf_options.h"

namespace huice::render::pdf {

/// An XMP packet that tells what the information dictionary tells, word for word, and claims
/// PDF/A-2u. Source: ISO 16684-1; ISO 19005-2:2011, 6.6.
std::string xmp_packet(const PdfOptions& options);

/// The program named in every file.
inline constexpr const char* kProducer = "Huice";

}  // namespace huice::render::pdf
