#include "notation/json.h"

#include <bit>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include <rapidjson/reader.h>

#include "base/utf8.h"
#include "notation/json_text.h"

namespace huice::notation {
namespace {

constexpr std::size_t kMaxDepth = 64;
constexpr const char* kNumberRange = "json.number-range";
constexpr const char* kSyntax = "json.syntax";
constexpr std::string_view kMalformed = "JSON 写法有误：";
constexpr std::string_view kHalfCharacter = "\\u 写的字符只有一半";

/// Builds a Value from RapidJSON's events; keeps the first complaint, and then wants no more.
class ValueBuilder : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, ValueBuilder> {
 public:
  using Size = rapidjson::SizeType;

  /// `may_be_half`: whether characters are written as \u, of which RapidJSON lets a low surrogate
  /// through that follows no high one.
  explicit ValueBuilder(bool may_be_half) : may_be_half_(may_be_half) {}

  std::optional<Error> take_complaint() { return std::move(complaint_); }
  model::Value take() { return std::move(root_); }

  bool Null() { return place({}); }
  bool Bool(bool truth) { return place(model::Value(truth)); }
  bool String(const char* text, Size size, bool) {
    return is_whole({text, size}) && place(model::Value(std::string(text, size)));
  }

  /// Digits stay as they are written.
  bool RawNumber(const char* text, Size size, bool) {
    std::int64_t whole = 0;
    const auto read = std::from_chars(text, text + size, whole);
    if (read.ec == std::errc() && read.ptr == text + size)
      return place(model::Value(Decimal(whole)));
    const std::string_view written(text, size);
    const auto number = Decimal::parse(written);
    if (!number || number->abs() >= Decimal::scaled(18, 307)) {
      return refuse({.code = ErrorCode::InvalidInput,
                     .id = kNumberRange,
                     .message = "数字过大：" + std::string(written),
                     .where = {},
                     .hint = "检查该数"});
    }
    return place(model::Value(*number));
  }

  bool StartObject() { return open(model::Value(model::Value::Record{})); }
  bool EndObject(Size) { return close(); }
  bool StartArray() { return open(model::Value(model::Value::List{})); }
  bool EndArray(Size) { return close(); }

  bool Key(const char* text, Size size, bool) {
    const std::string_view name(text, size);
    if (!is_whole(name)) return false;
    if (!is_new(name)) {
      return refuse({.code = ErrorCode::InvalidInput,
                     .id = "json.duplicate-key",
                     .message = "字段“" + std::string(name) + "”写了两次",
                     .where = {},
                     .hint = "删去一个"});
    }
    open_.back().key = name;
    return true;
  }

 private:
  struct Open {
    model::Value value;
    std::string key;
    std::set<std::string, std::less<>> names;  ///< of the fields, once there are many
  };

  bool refuse(Error complaint) {
    complaint_ = std::move(complaint);
    return false;
  }

  /// Few fields are looked through; of many the names are kept in order, so that a text of nothing
  /// but names costs no more than another.
  bool is_new(std::string_view name) {
    constexpr std::size_t kFew = 32;
    auto& [value, key, names] = open_.back();
    const auto& record = *value.record();
    if (record.size() < kFew) return value.find(name) == nullptr;
    if (names.empty()) {
      for (const model::Value::Field& field : record)
        names.insert(field.first);
    }
    return names.emplace(name).second;
  }

  bool is_whole(std::string_view text) {
    if (!may_be_half_ || !first_bad_utf8(text)) return true;
    return refuse({.code = ErrorCode::InvalidInput,
                   .id = kSyntax,
                   .message = std::string(kMalformed) + std::string(kHalfCharacter),
                   .where = {},
                   .hint = "写全两半，或直接写这个字"});
  }

  bool open(model::Value value) {
    if (open_.size() >= kMaxDepth) {
      return refuse({.code = ErrorCode::TooLarge,
                     .id = "json.too-deep",
                     .message = "嵌套超过 64 层",
                     .where = {},
                     .hint = "减少嵌套"});
    }
    open_.push_back({std::move(value), {}, {}});
    return true;
  }

  bool close() {
    model::Value finished = std::move(open_.back().value);
    open_.pop_back();
    return place(std::move(finished));
  }

  bool place(model::Value value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (auto* list = std::get_if<model::Value::List>(&open_.back().value.content())) {
      list->push_back(std::move(value));
    } else {
      std::get<model::Value::Record>(open_.back().value.content())
          .emplace_back(std::move(open_.back().key), std::move(value));
    }
    return true;
  }

  bool may_be_half_;
  std::vector<Open> open_;
  model::Value root_;
  std::optional<Error> complaint_;
};

std::string_view to_chinese(rapidjson::ParseErrorCode code) {
  switch (code) {
    case rapidjson::kParseErrorDocumentEmpty:
      return "没有内容";
    case rapidjson::kParseErrorDocumentRootNotSingular:
      return "写完之后还有别的内容";
    case rapidjson::kParseErrorObjectMissName:
      return "此处应当是带引号的字段名";
    case rapidjson::kParseErrorObjectMissColon:
      return "字段名后面缺冒号";
    case rapidjson::kParseErrorObjectMissCommaOrCurlyBracket:
      return "字段后面缺逗号或右花括号";
    case rapidjson::kParseErrorArrayMissCommaOrSquareBracket:
      return "列表的一项后面缺逗号或右方括号";
    case rapidjson::kParseErrorStringUnicodeEscapeInvalidHex:
      return "\\u 后面应当是四位十六进制数";
    case rapidjson::kParseErrorStringUnicodeSurrogateInvalid:
      return kHalfCharacter;
    case rapidjson::kParseErrorStringEscapeInvalid:
      return "引号里有不认识的反斜杠写法，或者有换行等控制字符";
    case rapidjson::kParseErrorStringMissQuotationMark:
      return "引号没有成对";
    case rapidjson::kParseErrorNumberTooBig:
      return "数字过大";
    case rapidjson::kParseErrorNumberMissFraction:
      return "小数点后面缺数字";
    case rapidjson::kParseErrorNumberMissExponent:
      return "指数缺数字";
    default:
      return "此处应当是一个值";
  }
}

/// A JSON text, and the name it goes by.
struct Source {
  std::string_view text;
  std::string_view file;

  Error at(std::size_t offset, Error error) const {
    const LineColumn place = line_column(text, offset);
    error.where = {.file = std::string(file), .line = place.line, .column = place.column};
    error.excerpt = std::string(line_at(text, place.line));
    return error;
  }

  Error malformed(std::size_t offset, std::string_view what) const {
    return at(offset, {.code = ErrorCode::InvalidInput,
                       .id = kSyntax,
                       .message = std::string(kMalformed) + std::string(what),
                       .where = {},
                       .hint = "检查此处的引号、逗号和括号是否成对"});
  }

  Error malformed(const rapidjson::ParseResult& parsed, std::size_t begin) const {
    Error error = malformed(begin + parsed.Offset(), to_chinese(parsed.Code()));
    if (parsed.Code() == rapidjson::kParseErrorNumberTooBig) error.id = kNumberRange;
    return error;
  }
};

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

constexpr std::uint64_t kEachByte = 0x0101'0101'0101'0101;
constexpr std::uint64_t kHighBits = 0x80 * kEachByte;

/// Whether one of eight bytes of UTF-8 asks for an escape: a quotation mark, a backslash, a control
/// character.
bool has_mark(std::uint64_t bytes) {
  const auto below = [&](std::uint64_t eight, std::uint64_t least) {
    return (eight - least * kEachByte) & ~eight & kHighBits;
  };
  return (below(bytes, 0x20) | below(bytes ^ ('"' * kEachByte), 1) |
          below(bytes ^ ('\\' * kEachByte), 1)) != 0;
}

/// Whether the text is its own JSON but for the quotation marks.
bool is_plain(std::string_view text) {
  std::uint64_t bytes = 0;
  std::size_t at = 0;
  while (text.size() - at >= sizeof bytes) {
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    if (begin_with_two_of_three(bytes)) {
      at += 6;
      continue;
    }
    if (has_mark(bytes)) return false;
    const auto ascii = static_cast<std::size_t>(std::countr_zero(bytes & kHighBits)) / 8;
    at += ascii;
    if (ascii > 0) continue;
    const auto next = first_code_point(text.substr(at));
    if (!next) return false;
    at += next->size;
  }
  bytes = kHighBits;  // what is not overwritten is no mark
  std::memcpy(&bytes, text.data() + at, text.size() - at);
  const bool wide = text.size() - at == 6 && begin_with_two_of_three(bytes);
  return wide || (!has_mark(bytes) && !first_bad_utf8(text.substr(at)));
}

/// What is no UTF-8 is replaced.
std::string escaped(std::string_view text) {
  constexpr std::string_view kHexDigits = "0123456789abcdef";
  constexpr std::string_view kNamed = "\"\\\b\f\n\r\t";
  constexpr std::string_view kNames = "\"\\bfnrt";
  std::string out;
  for (const char c : encode_utf8(decode_utf8(text))) {
    const auto byte = static_cast<unsigned char>(c);
    if (const std::size_t named = kNamed.find(c); named != kNamed.npos) {
      out.append({'\\', kNames[named]});
    } else if (byte < ' ') {
      out.append({'\\', 'u', '0', '0', kHexDigits[byte >> 4], kHexDigits[byte & 0xFU]});
    } else {
      out += c;
    }
  }
  return out;
}

/// Most texts need no escape; those are added as they are.
void add_quoted(Pieces& out, std::string_view text) {
  if (!is_plain(text)) return out.add('"' + escaped(text) + '"');
  char* at = out.next(text.size() + 2);
  *at = '"';
  std::memcpy(at + 1, text.data(), text.size());
  at[text.size() + 1] = '"';
}

/// Adds values as JSON text; `depth` counts open brackets for the indentation.
class Writer {
 public:
  Writer(Pieces& out, bool indented) : out_(out), indented_(indented) {}

  void write(const model::Value& value, std::size_t depth) {
    std::visit([&](const auto& content) { write_content(content, depth); }, value.content());
  }

 private:
  void write_content(std::monostate, std::size_t) { out_.add("null"); }
  void write_content(bool truth, std::size_t) { out_.add(truth ? "true" : "false"); }
  void write_content(const Decimal& number, std::size_t) { out_.add(number.to_string()); }
  void write_content(const std::string& text, std::size_t) { add_quoted(out_, text); }
  void write_content(Date day, std::size_t) { add_quoted(out_, day.to_iso()); }

  void write_content(const model::Value::List& list, std::size_t depth) {
    out_.add('[');
    for (std::size_t i = 0; i < list.size(); ++i) {
      next_item(i, depth + 1);
      write(list[i], depth + 1);
    }
    close(list.empty(), depth, ']');
  }

  void write_content(const model::Value::Record& record, std::size_t depth) {
    out_.add('{');
    for (std::size_t i = 0; i < record.size(); ++i) {
      next_item(i, depth + 1);
      add_quoted(out_, record[i].first);
      out_.add(indented_ ? ": " : ":");
      write(record[i].second, depth + 1);
    }
    close(record.empty(), depth, '}');
  }

  void next_item(std::size_t index, std::size_t depth) {
    if (index > 0) out_.add(',');
    if (indented_) begin_line(depth);
  }

  void close(bool empty, std::size_t depth, char bracket) {
    if (indented_ && !empty) begin_line(depth);
    out_.add(bracket);
  }

  void begin_line(std::size_t depth) {
    out_.add('\n');
    std::memset(out_.next(2 * depth), ' ', 2 * depth);
  }

  Pieces& out_;
  bool indented_;
};

}  // namespace

void Pieces::grow(std::size_t size) {
  bytes_.resize(2 * bytes_.size() + size);
}

std::string quoted(const std::string& text) {
  Pieces out(text.size() + 2);
  add_quoted(out, text);
  return out.take();
}

Result<model::Value> read_json(std::string_view utf8, std::string_view file) {
  const Source source{utf8, file};
  if (const auto bad = first_bad_utf8(utf8)) return source.malformed(*bad, "文字不是 UTF-8");
  const std::size_t mark = utf8.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  std::string text(utf8.substr(mark));  // strings are unescaped in it
  rapidjson::InsituStringStream stream(text.data());
  rapidjson::Reader reader;
  ValueBuilder builder(text.find("\\u") != text.npos);
  const rapidjson::ParseResult parsed =
      reader.Parse<rapidjson::kParseInsituFlag | rapidjson::kParseNumbersAsStringsFlag>(stream,
                                                                                        builder);
  if (auto complaint = builder.take_complaint()) {
    return source.at(mark + parsed.Offset(), *std::move(complaint));
  }
  if (parsed.IsError()) return source.malformed(parsed, mark);
  if (stream.Tell() < text.size()) return source.malformed(mark + stream.Tell(), "有空字符");
  return builder.take();
}

std::string write_json(const model::Value& value, bool indented) {
  Pieces out;
  Writer(out, indented).write(value, 0);
  return out.take();
}

void JsonText::text(std::string_view text) {
  next();
  add_quoted(out_, text);
}

void JsonText::value(const model::Value& value) {
  next();
  Writer(out_, false).write(value, 0);
}

}  // namespace huice::notation
