// What is said about a PDF as a whole.
#pragma once

#include <string>

#include "base/date.h"
#include "render/pdf/content_stream.h"

namespace huice::render::pdf {

struct PdfOptions {
  std::string title;
  std::string author;
  Date created;  ///< the only date in the file: equal input gives equal bytes
  Colour colour = Colour::Cmyk;
  /// Opens the file, AES-256. An encrypted file is not PDF/A, and its bytes differ every time.
  std::string password;
};

}  // namespace huice::render::pdf
