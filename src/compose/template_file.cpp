#include "compose/template_file.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>

#include "base/files.h"
#include "base/utf8.h"
#include "compose/partials.h"
#include "compose/syntax.h"
#include "notation/yaml.h"
#include "text/suggest.h"

namespace huice::compose {
namespace {

struct Known {
  std::string_view record;  ///< the record the names belong to; "" for the front matter itself
  std::vector<std::string> names;
};

const std::array<Known, 4>& known_names() {
  static const std::array<Known, 4> kKnown = {{
      {"", {"格式", "版头",     "标题", "主送",     "附件",   "出席",       "请假",   "列席",
            "署名", "成文日期", "印章", "印章直径", "印章图", "画出印章位", "签名章", "附注",
            "版记", "套打",     "封面", "横排同向", "说明",   "沿用"}},
      {"版头",
       {"份号", "密级", "紧急程度", "发文机关标志", "文件二字", "发文字号", "签发人", "制发机关",
        "制发日期"}},
      {"签名章", {"职务", "姓名", "图", "宽", "高"}},
      {"版记", {"抄送", "印发机关", "印发日期", "偶数页"}},
  }};
  return kKnown;
}

struct Parts {
  std::string_view front;
  std::string_view body;
  int body_line = 1;
};

/// The text between the first two `---` lines, and what follows them.
std::optional<Parts> split(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::size_t line_begin = 0;
  std::size_t front_begin = 0;
  for (int line = 1; line_begin < text.size(); ++line) {
    const std::size_t end = std::min(text.find('\n', line_begin), text.size());
    std::string_view each = text.substr(line_begin, end - line_begin);
    while (each.ends_with('\r') || each.ends_with(' '))
      each.remove_suffix(1);
    const std::size_t next = std::min(end + 1, text.size());
    if (line == 1) {
      if (each != "---") return std::nullopt;
      front_begin = next;
    } else if (each == "---") {
      return Parts{.front = text.substr(front_begin, line_begin - front_begin),
                   .body = text.substr(next),
                   .body_line = line + 1};
    }
    line_begin = next;
  }
  return std::nullopt;
}

/// Texts of the front matter as templates, all findings collected.
class FrontReader {
 public:
  FrontReader(std::string_view text, const std::string& file) : text_(text), file_(file) {}

  FrontValue read(const model::Value& value, std::string_view record) {
    FrontValue front;
    front.where = value.where();
    if (const std::string* text = value.text()) {
      front.kind = FrontValue::Kind::Text;
      add_template(front, *text);
    } else if (const auto* list = value.list()) {
      front.kind = FrontValue::Kind::List;
      for (const auto& each : *list)
        front.items.push_back(read(each, record.empty() ? "[]" : record));
    } else if (const auto* fields = value.record()) {
      front.kind = FrontValue::Kind::Record;
      for (const auto& [name, field] : *fields) {
        check_name(name, record, field);
        front.names.push_back(name);
        front.items.push_back(read(field, name));
      }
    } else {
      front.plain = value;
    }
    return front;
  }

  Findings findings;

 private:
  void check_name(const std::string& name, std::string_view record, const model::Value& field) {
    const auto& known = known_names();
    const auto names = std::ranges::find(known, record, &Known::record);
    if (names != known.end() && std::ranges::find(names->names, name) != names->names.end()) {
      return;
    }
    const auto near = names == known.end() ? std::nullopt : text::closest(name, names->names);
    findings.push_back(Error{.code = ErrorCode::InvalidInput,
                             .id = "template.unknown-key",
                             .message = "文件头里没有“" + name + "”这一项",
                             .where = field.where(),
                             .hint = near ? "是不是想写“" + std::string(*near) + "”？" : "",
                             .excerpt = std::string(line_at(text_, field.where().line))});
  }

  /// A quoted text begins one column after its place, a block scalar on the line below.
  void add_template(FrontValue& front, const std::string& text) {
    const std::string_view line = line_at(text_, front.where.line);
    const std::u32string characters = decode_utf8(line);
    const auto at = static_cast<std::size_t>(std::max(front.where.column, 1) - 1);
    const char32_t first = at < characters.size() ? characters[at] : U' ';
    const bool block = first == U'|' || first == U'>';
    Template::Start start{.line = front.where.line,
                          .column = front.where.column + (first == U'"' || first == U'\'')};
    if (block) {
      const std::string_view below = line_at(text_, front.where.line + 1);
      const auto indent = static_cast<int>(std::min(below.find_first_not_of(' '), below.size()));
      start = {.line = front.where.line + 1, .column = indent + 1, .indent = indent};
    }
    auto parsed = Template::parse(text, file_, start);
    if (parsed) {
      front.text.push_back(std::move(parsed).value());
      return;
    }
    for (Error& each : as_findings(std::move(parsed).error())) {
      each.excerpt = std::string(line_at(text_, each.where.line));
      findings.push_back(std::move(each));
    }
  }

  std::string_view text_;
  const std::string& file_;
};

Error front_error(const std::string& file, int line, std::string message) {
  return {.code = ErrorCode::InvalidInput,
          .id = "template.front-matter",
          .message = std::move(message),
          .where = {.file = file, .line = line, .column = 1, .part = {}},
          .hint = {}};
}

/// `标题: {{ 标题 }}` without quotes is a YAML mapping; say so rather than what YAML says.
void explain_braces(Error& error, std::string_view text) {
  const std::string_view line = line_at(text, error.where.line);
  if (line.find(": {{") == std::string_view::npos && line.find("- {{") == std::string_view::npos) {
    return;
  }
  error.hint = "值以 {{ 开头时要加引号，如 标题: \"{{ 标题 }}\"";
}

/// Files that take over one another's keys.
constexpr int kMaxInheritance = 8;

/// Takes out the name of the file to take over; "" when there is none.
std::string take_base(FrontValue& front) {
  const auto found = std::ranges::find(front.names, "沿用");
  if (found == front.names.end()) return {};
  const auto index = found - front.names.begin();
  const FrontValue value = front.items[static_cast<std::size_t>(index)];
  front.names.erase(found);
  front.items.erase(front.items.begin() + index);
  return value.kind == FrontValue::Kind::Text ? value.text.front().tree()->text : std::string();
}

/// The fields of `base` that `front` does not have, in records too.
void take_over(FrontValue& front, const FrontValue& base) {
  for (std::size_t i = 0; i < base.names.size(); ++i) {
    const auto own = std::ranges::find(front.names, base.names[i]);
    if (own == front.names.end()) {
      front.names.push_back(base.names[i]);
      front.items.push_back(base.items[i]);
      continue;
    }
    FrontValue& item = front.items[static_cast<std::size_t>(own - front.names.begin())];
    const bool records =
        item.kind == FrontValue::Kind::Record && base.items[i].kind == FrontValue::Kind::Record;
    if (records) take_over(item, base.items[i]);
  }
}

/// The front matter in a file of its own.
Result<FrontValue> read_front_file(std::string_view utf8, const std::string& name) {
  HUICE_TRY(const model::Value yaml, notation::read_yaml(utf8, name));
  FrontReader reader(utf8, name);
  FrontValue front = reader.read(yaml, "");
  if (!reader.findings.empty()) return as_error(std::move(reader.findings));
  if (front.kind == FrontValue::Kind::Record) return front;
  return front_error(name, 1, "文件头应当逐行写成 名称: 值");
}

}  // namespace

Result<TemplateFile> parse_template_file(std::string_view utf8, std::string_view file) {
  const std::string name(file);
  const auto parts = split(utf8);
  if (!parts) {
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "template.front-matter",
                 .message = "模板的开头应当是两行 --- 之间的文件头",
                 .where = {.file = name, .line = 1, .column = 1, .part = {}},
                 .hint = "第一行写 ---，接着写 标题: 等各项，再写一行 ---，然后是正文",
                 .excerpt = std::string(line_at(utf8, 1))};
  }
  Findings findings;
  FrontReader reader(utf8, name);
  FrontValue front;
  auto yaml = notation::read_yaml(parts->front, file, 2);
  if (yaml) {
    front = reader.read(yaml.value(), "");
    if (front.kind == FrontValue::Kind::Plain && front.plain.is_null()) {
      front.kind = FrontValue::Kind::Record;
    }
    findings = std::move(reader.findings);
    if (front.kind != FrontValue::Kind::Record) {
      findings.push_back(front_error(name, 2, "文件头应当逐行写成 名称: 值"));
    }
  } else {
    findings = as_findings(std::move(yaml).error());
    for (Error& each : findings)
      explain_braces(each, utf8);
  }
  auto body = Template::parse(parts->body, file, {.line = parts->body_line, .column = 1});
  if (!body) {
    for (Error& each : as_findings(std::move(body).error()))
      findings.push_back(std::move(each));
  }
  if (!findings.empty()) return as_error(std::move(findings));
  return TemplateFile{.file = name, .front = std::move(front), .body = std::move(body).value()};
}

Result<TemplateFile> load_template_file(const std::string& path) {
  HUICE_TRY(const std::string text, read_file(path));
  HUICE_TRY(TemplateFile file, parse_template_file(text, path));
  const FolderPartials folder(std::filesystem::absolute(path).parent_path());
  std::string base = take_base(file.front);
  for (int depth = 0; !base.empty(); ++depth) {
    if (depth >= kMaxInheritance) return front_error(path, 1, "“沿用”一层套一层，层数太多");
    HUICE_TRY(const std::string base_text, folder.read(base));
    HUICE_TRY(FrontValue taken, read_front_file(base_text, base));
    base = take_base(taken);
    take_over(file.front, taken);
  }
  return file;
}

}  // namespace huice::compose
