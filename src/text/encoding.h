// The bytes of plain text files, whatever wrote them, as UTF-8.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace huice::text {

struct Decoded {
  std::string text;      ///< UTF-8 without byte order mark; line ends are \n
  std::string encoding;  ///< `UTF-8`, `GB18030`, `UTF-16LE`, `UTF-16BE`
};

/// UTF-8 with or without mark, UTF-16 with mark, else GB18030 (of which GB2312 and GBK are part).
/// Errors: InvalidInput `text.encoding` when it is none of them; `text.binary` when the bytes are
/// no text at all.
Result<Decoded> decode_text(std::string_view bytes);

/// `bytes` in the encoding an HTML or XML file declares (`gb2312`, `gbk`, `big5`, `utf-8` …).
/// Errors: Unsupported `text.encoding.unknown`; InvalidInput `text.encoding`.
Result<Decoded> decode_text_as(std::string_view bytes, const std::string& encoding);

}  // namespace huice::text
