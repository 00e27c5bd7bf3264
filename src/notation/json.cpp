#include "notation/json.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/utf8.h"
#include "notation/json_text.h"

namespace huice::notation {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxDepth = 64;

/// Builds a Value from nlohmann's SAX events; keeps the first complaint.
class ValueBuilder : public nlohmann::json_sax<Json> {
 public:
  ValueBuilder(std::string_view text, std::string_view file) : text_(text), file_(file) {}

  Result<model::Value> take() {
    if (error_) return *std::move(error_);
    return std::move(root_);
  }

  bool null() override { return place({}); }
  bool boolean(bool truth) override { return place(model::Value(truth)); }
  bool number_integer(number_integer_t number) override {
    return place(model::Value(Decimal(number)));
  }
  bool number_unsigned(number_unsigned_t number) override {
    const auto whole = static_cast<number_integer_t>(number);
    return whole >= 0 ? number_integer(whole) : exact(std::to_string(number));
  }
  bool number_float(number_float_t, const string_t& written) override { return exact(written); }
  bool string(string_t& text) override { return place(model::Value(std::move(text))); }
  bool binary(binary_t&) override { return refuse("json.syntax", "JSON 中没有二进制数据"); }

  bool start_object(std::size_t) override { return open(model::Value(model::Value::Record{})); }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(model::Value(model::Value::List{})); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    if (open_.back().value.find(name) != nullptr) {
      return refuse("json.duplicate-key", "字段“" + name + "”写了两次");
    }
    open_.back().key = std::move(name);
    return true;
  }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& reason) override {
    if (error_) return false;
    const LineColumn at = line_column(text_, position == 0 ? 0 : position - 1);
    constexpr int kNumberOverflow = 406;  // nlohmann's: a number beyond double's range
    std::string found = reason.what();
    if (const auto colon = found.find("; "); colon != std::string::npos) found.erase(0, colon + 2);
    error_ = Error{.code = ErrorCode::InvalidInput,
                   .id = reason.id == kNumberOverflow ? "json.number-range" : "json.syntax",
                   .message = "JSON 写法有误：" + found,
                   .where = {.file = std::string(file_), .line = at.line, .column = at.column},
                   .hint = "检查此处的引号、逗号和括号是否成对",
                   .excerpt = std::string(line_at(text_, at.line))};
    return false;
  }

 private:
  struct Open {
    model::Value value;
    std::string key;
  };

  bool refuse(std::string id, std::string message) {
    error_ = Error{.code = ErrorCode::InvalidInput,
                   .id = std::move(id),
                   .message = std::move(message),
                   .where = {.file = std::string(file_)}};
    return false;
  }

  bool exact(const std::string& written) {
    const auto number = Decimal::parse(written);
    return number ? place(model::Value(*number))
                  : refuse("json.number-range", "数字过大：" + written);
  }

  bool open(model::Value value) {
    if (open_.size() >= kMaxDepth) return refuse("json.too-deep", "嵌套超过 64 层");
    open_.push_back({std::move(value), {}});
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

  std::string_view text_;
  std::string_view file_;
  std::vector<Open> open_;
  model::Value root_;
  std::optional<Error> error_;
};

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

/// Most texts need no escape; those are added as they are.
void add_quoted(Pieces& out, std::string_view text) {
  if (!is_plain(text))
    return out.add(Json(text).dump(-1, ' ', false, Json::error_handler_t::replace));
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
  ValueBuilder builder(utf8, file);
  Json::sax_parse(utf8.begin(), utf8.end(), &builder);
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
