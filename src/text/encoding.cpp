#include "text/encoding.h"

#include <algorithm>
#include <memory>
#include <optional>

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include "base/utf8.h"

namespace huice::text {
namespace {

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter open_converter(const char* name) {
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(name, &status));
  if (U_FAILURE(status) || converter == nullptr) return nullptr;
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  return U_SUCCESS(status) ? std::move(converter) : nullptr;
}

std::optional<std::string> converted(std::string_view bytes, UConverter* converter) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString text(bytes.data(), static_cast<int32_t>(bytes.size()), converter,
                                status);
  if (U_FAILURE(status)) return std::nullopt;
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

std::string with_plain_line_ends(std::string text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      plain += text[i];
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      plain += '\n';
    }
  }
  return plain;
}

Decoded decoded(std::string text, std::string encoding) {
  return {with_plain_line_ends(std::move(text)), std::move(encoding)};
}

Error not_text(std::string id, std::string message) {
  return {.code = ErrorCode::InvalidInput,
          .id = std::move(id),
          .message = std::move(message),
          .hint = "请用文本编辑器另存为 UTF-8 编码后重试"};
}

/// GB18030 gives some character for nearly any bytes; text has hardly a control or private one.
bool reads_like_text(std::string_view utf8) {
  std::size_t strange = 0;
  std::size_t all = 0;
  for (const char32_t c : decode_utf8(utf8)) {
    const bool control = c < 0x20 && c != U'\n' && c != U'\r' && c != U'\t' && c != U'\f';
    if (control || c == 0x7F || (c >= 0x80 && c < 0xA0) || (c >= 0xE000 && c < 0xF900)) ++strange;
    ++all;
  }
  constexpr std::size_t kOneIn = 50;
  return strange * kOneIn <= all;
}

}  // namespace

Result<Decoded> decode_text(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE")) return decode_text_as(bytes.substr(2), "UTF-16LE");
  if (bytes.starts_with("\xFE\xFF")) return decode_text_as(bytes.substr(2), "UTF-16BE");
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (bytes.find('\0') != std::string_view::npos) {
    return not_text("text.binary", "应为纯文本，实为二进制内容");
  }
  if (!first_bad_utf8(bytes)) return decoded(std::string(bytes), "UTF-8");
  auto text = decode_text_as(bytes, "GB18030");
  if (!text || !reads_like_text(text.value().text)) {
    return not_text("text.encoding", "应为 UTF-8 或 GB18030 编码的文本，两者都读不通");
  }
  return text;
}

Result<Decoded> decode_text_as(std::string_view bytes, const std::string& encoding) {
  std::string name = encoding;
  std::ranges::transform(name, name.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  // Pages that declare the smaller sets use letters of the larger one.
  if (name == "GB2312" || name == "GBK" || name == "GB_2312-80") name = "GB18030";
  if (name == "UTF8") name = "UTF-8";
  const Converter converter = open_converter(name.c_str());
  if (converter == nullptr) {
    return Error{.code = ErrorCode::Unsupported,
                 .id = "text.encoding.unknown",
                 .message = "不认识文件声明的字符编码“" + encoding + "”",
                 .hint = "请另存为 UTF-8 编码后重试"};
  }
  auto text = converted(bytes, converter.get());
  if (!text) return not_text("text.encoding", "文件内容不符合 " + name + " 编码");
  return decoded(std::move(*text), name);
}

}  // namespace huice::text
