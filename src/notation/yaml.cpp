#include "notation/yaml.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "base/files.h"
#include "base/utf8.h"
#include "notation/yaml_events.h"

namespace huice::notation {
namespace {

constexpr std::size_t kMaxDepth = 64;
constexpr std::size_t kMaxNodes = 2'000'000;

/// Builds a Value from libyaml's events; aliases, doubles and depth are refused where they stand.
class ValueBuilder {
 public:
  ValueBuilder(std::string_view text, std::string_view file, int first_line)
      : text_(text), file_(std::make_shared<std::string>(file)), first_line_(first_line) {}

  model::Value take_root() { return std::move(root_); }

  Error refusal(const yaml_mark_t& mark, std::string id, std::string message,
                std::string hint) const {
    const int line = static_cast<int>(mark.line) + 1;
    return {.code = ErrorCode::InvalidInput,
            .id = std::move(id),
            .message = std::move(message),
            .where = {.file = *file_,
                      .line = line + first_line_ - 1,
                      .column = static_cast<int>(mark.column) + 1},
            .hint = std::move(hint),
            .excerpt = std::string(line_at(text_, line))};
  }

  Status take(const yaml_event_t& event) {
    switch (event.type) {
      case YAML_DOCUMENT_START_EVENT:
        if (documents_++ == 0) return Unit{};
        return refusal(event.start_mark, "yaml.documents", "一个文件里只写一份内容，此处又起了一份",
                       "删去 --- 或把后一份另存为文件");
      case YAML_ALIAS_EVENT:
        return refusal(event.start_mark, "yaml.alias", "这里不用 YAML 的锚点和别名（& 与 *）",
                       "把被引用的内容直接写在此处；以 * 或 & 开头的文本请加引号");
      case YAML_SCALAR_EVENT:
        return scalar(event);
      case YAML_SEQUENCE_START_EVENT:
        return open(model::Value(model::Value::List{}), event.start_mark);
      case YAML_MAPPING_START_EVENT:
        return open(model::Value(model::Value::Record{}), event.start_mark);
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT:
        return close();
      default:
        return Unit{};
    }
  }

 private:
  /// A list or record whose end has not been seen.
  struct Open {
    model::Value value;
    yaml_mark_t mark;
    std::optional<std::string> key;  ///< read, its value not yet
    std::set<std::string> keys;
  };

  bool expects_key() const {
    return !open_.empty() && open_.back().value.record() != nullptr && !open_.back().key;
  }

  Status scalar(const yaml_event_t& event) {
    const auto& scalar = event.data.scalar;
    std::string text(text_of(scalar.value, scalar.length));
    if (expects_key()) return take_key(std::move(text), event.start_mark);
    const bool plain = scalar.style == YAML_PLAIN_SCALAR_STYLE;
    return place(plain ? plain_scalar(text) : model::Value(std::move(text)), event.start_mark);
  }

  Status open(model::Value value, const yaml_mark_t& mark) {
    if (open_.size() >= kMaxDepth) {
      return refusal(mark, "yaml.too-deep", "嵌套超过 64 层", "减少嵌套的层数");
    }
    if (expects_key()) {
      return refusal(mark, "yaml.syntax", "字段名应是文本，实为列表或记录",
                     "含 [ ] 或 { } 的字段名或文本请加引号");
    }
    open_.push_back({std::move(value), mark, std::nullopt, {}});
    return Unit{};
  }

  Status close() {
    Open finished = std::move(open_.back());
    open_.pop_back();
    return place(std::move(finished.value), finished.mark);
  }

  Status place(model::Value value, const yaml_mark_t& mark) {
    if (++nodes_ > kMaxNodes) {
      return refusal(mark, "yaml.too-large", "内容超过二百万项", "拆成几个文件");
    }
    value.set_place(file_, static_cast<int>(mark.line) + first_line_,
                    static_cast<int>(mark.column) + 1);
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (auto* list = std::get_if<model::Value::List>(&open_.back().value.content())) {
      list->push_back(std::move(value));
    } else {
      auto& record = std::get<model::Value::Record>(open_.back().value.content());
      record.emplace_back(*std::exchange(open_.back().key, std::nullopt), std::move(value));
    }
    return Unit{};
  }

  Status take_key(std::string key, const yaml_mark_t& mark) {
    if (!open_.back().keys.insert(key).second) {
      return refusal(mark, "yaml.duplicate-key", "字段“" + key + "”写了两次",
                     "删去其中一个，或改成列表");
    }
    open_.back().key = std::move(key);
    return Unit{};
  }

  std::string_view text_;
  std::shared_ptr<const std::string> file_;
  int first_line_;
  int documents_ = 0;
  std::vector<Open> open_;
  std::size_t nodes_ = 0;
  model::Value root_;
};

struct Translation {
  std::string_view problem;
  std::string_view chinese;
};
constexpr Translation kTranslations[] = {
    {"found unexpected end of stream", "引号没有配对，一直到文件末尾"},
    {"mapping values are not allowed in this context", "这里不能再出现“字段: 值”"},
    {"did not find expected ',' or ']'", "方括号没有配对，或列表各项之间缺逗号"},
    {"did not find expected ',' or '}'", "花括号没有配对，或各字段之间缺逗号"},
    {"did not find expected '-' indicator", "列表的各项应以同样缩进的 - 开头"},
    {"did not find expected key", "此处应是字段名：多半是缩进不齐，或文本里的引号没有配对"},
    {"could not find expected ':'", "字段名之后缺冒号"},
    {"found character that cannot start any token", "不能用制表符缩进，也不能以 @ 或 ` 开头"},
    {"did not find expected <document start>", "内容已经结束，此处多出了文字"},
};

std::string_view in_chinese(std::string_view problem) {
  const auto* const known = std::ranges::find(kTranslations, problem, &Translation::problem);
  return known == std::end(kTranslations) ? problem : known->chinese;
}

Error syntax_error(const ValueBuilder& builder, const yaml_parser_t& parser) {
  std::string message = "YAML 写法有误：";
  message += parser.problem == nullptr ? "内存不足" : in_chinese(parser.problem);
  if (parser.context != nullptr) {
    message += "（起于第 " + std::to_string(parser.context_mark.line + 1) + " 行）";
  }
  return builder.refusal(parser.problem_mark, "yaml.syntax", std::move(message),
                         "检查此处的缩进、冒号后的空格、引号和括号是否成对");
}

Error bad_encoding(std::string_view utf8, std::string_view file, int first_line) {
  const LineColumn at = line_column(utf8, *first_bad_utf8(utf8));
  return {
      .code = ErrorCode::InvalidInput,
      .id = "yaml.encoding",
      .message = "文件应是 UTF-8 编码",
      .where = {.file = std::string(file), .line = at.line + first_line - 1, .column = at.column},
      .hint = "用编辑器另存为 UTF-8"};
}

}  // namespace

model::Value plain_scalar(const std::string& text) {
  if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") return {};
  if (text == "true" || text == "True" || text == "TRUE") return model::Value(true);
  if (text == "false" || text == "False" || text == "FALSE") return model::Value(false);
  if (const auto day = Date::parse(text)) return model::Value(*day);
  if (const auto number = Decimal::parse(text)) return model::Value(*number);
  return model::Value(text);
}

Result<model::Value> read_yaml(std::string_view utf8, std::string_view file, int first_line) {
  if (first_bad_utf8(utf8)) return bad_encoding(utf8, file, first_line);
  if (utf8.starts_with("\xEF\xBB\xBF")) utf8.remove_prefix(3);
  ValueBuilder builder(utf8, file, first_line);
  EventSource events(utf8);
  for (;;) {
    const yaml_event_t* event = events.next();
    if (event == nullptr) return syntax_error(builder, events.parser());
    if (event->type == YAML_STREAM_END_EVENT) return builder.take_root();
    HUICE_TRY([[maybe_unused]] const Unit taken, builder.take(*event));
  }
}

Result<model::Value> read_yaml_file(const std::string& path) {
  HUICE_TRY(const std::string bytes, read_file(path));
  return read_yaml(bytes, path);
}

}  // namespace huice::notation
