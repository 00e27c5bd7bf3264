// 发文字号: the number by which an official document is known and cited.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace huice::text {

/// Agency code, year and serial. `year` is 0 for numbers without one (国务院令第722号).
struct DocumentNumber {
  enum class Form {
    Bracketed,     ///< 湘办发电〔2021〕68号
    Announcement,  ///< 财政部 税务总局公告2022年第14号, 某局通告2026年第1号
    Order          ///< 国务院令第722号
  };
  std::string agency;  ///< 湘办发电; 财政部税务总局公告; 国务院令: folded, without blanks
  int year = 0;
  int serial = 0;
  Form form = Form::Bracketed;

  /// The one way we write it, GB/T 9704-2012, 7.2.5: `湘办发电〔2021〕68号`. Also the key by which
  /// two numbers are the same.
  std::string text() const;

  friend bool operator==(const DocumentNumber&, const DocumentNumber&) = default;
};

/// A number found in a text; byte offsets.
struct FoundDocumentNumber {
  DocumentNumber number;
  std::size_t offset = 0;
  std::size_t size = 0;
};

/// All numbers of a text in order. Any brackets (〔〕［］[]（）()【】﹝﹞{}), any blanks between
/// the parts, full-width and Han digits, with or without 第. Words that lead up to the agency code
/// (根据, 按照, 和 …) are not taken for part of it.
std::vector<FoundDocumentNumber> find_document_numbers(std::string_view utf8);

/// The number that is the whole text, blanks apart; 号 may be missing.
std::optional<DocumentNumber> parse_document_number(std::string_view utf8);

}  // namespace huice::text
