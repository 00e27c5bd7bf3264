#include "compose/compose.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/utf8.h"
#include "compose/blanks.h"
#include "compose/markdown.h"
#include "text/dates.h"
#include "text/suggest.h"

namespace huice::compose {
namespace {

struct FormatName {
  std::string_view name;
  model::Format format;
};
constexpr std::array<FormatName, 5> kFormats = {{{"文件", model::Format::Document},
                                                 {"信函", model::Format::Letter},
                                                 {"命令", model::Format::Order},
                                                 {"纪要", model::Format::Minutes},
                                                 {"无版头", model::Format::Plain}}};

/// `云新工办〔2026〕2号`. Source: GB/T 9704-2012, 7.2.5.
bool is_document_number(std::string_view number) {
  constexpr std::string_view kOpen = "〔";
  constexpr std::string_view kClose = "〕";
  constexpr std::string_view kEnd = "号";
  const std::size_t open = number.find(kOpen);
  const std::size_t close = number.find(kClose);
  if (open == 0 || open == std::string_view::npos || close == std::string_view::npos ||
      close < open || !number.ends_with(kEnd)) {
    return false;
  }
  const auto digits = [](std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  };
  const std::string_view year = number.substr(open + kOpen.size(), close - open - kOpen.size());
  const std::size_t serial_begin = close + kClose.size();
  if (serial_begin + kEnd.size() > number.size()) return false;
  const std::string_view serial =
      number.substr(serial_begin, number.size() - serial_begin - kEnd.size());
  return year.size() == 4 && digits(year) && digits(serial) && !serial.starts_with('0');
}

/// The front matter with its templates evaluated, read field by field.
class Front {
 public:
  Front(const TemplateFile& file, const Content& content, const Partials& partials)
      : file_(file), content_(content), partials_(partials) {}

  void read(model::Document& document) {
    const FrontValue& top = file_.front;
    read_format(document, top);
    document.title = text(top, "标题");
    document.addressees = texts(top, "主送");
    document.attachments = texts(top, "附件");
    document.signature.offices = texts(top, "署名");
    document.signature.date = day(top, "成文日期");
    read_seal(document, top);
    document.note = text(top, "附注");
    if (const FrontValue* head = record(top, "版头")) read_head(document.head, *head);
    if (const FrontValue* imprint = record(top, "版记")) {
      document.imprint.copies = texts(*imprint, "抄送");
      document.imprint.office = text(*imprint, "印发机关");
      document.imprint.date = day(*imprint, "印发日期");
    }
  }

  Findings findings;

 private:
  static const FrontValue* find(const FrontValue& record, std::string_view name) {
    const auto found = std::ranges::find(record.names, name);
    return found == record.names.end()
               ? nullptr
               : &record.items[static_cast<std::size_t>(found - record.names.begin())];
  }

  void report(const SourceSpan& where, std::string id, std::string message, std::string hint) {
    findings.push_back(Error{.code = ErrorCode::InvalidInput,
                             .id = std::move(id),
                             .message = std::move(message),
                             .where = where,
                             .hint = std::move(hint)});
  }

  /// nullopt when the field is absent, or after reporting.
  std::optional<model::Value> value(const FrontValue& field) {
    if (field.kind == FrontValue::Kind::Plain) return field.plain;
    if (field.kind == FrontValue::Kind::Text) {
      auto evaluated = evaluate(field.text.front(), content_, partials_);
      if (evaluated) return std::move(evaluated).value();
      for (Error& each : as_findings(std::move(evaluated).error()))
        findings.push_back(std::move(each));
      return std::nullopt;
    }
    if (field.kind == FrontValue::Kind::Record) return model::Value(model::Value::Record{});
    model::Value::List list;
    for (const FrontValue& item : field.items) {
      auto each = value(item);
      if (each) list.push_back(std::move(*each));
    }
    return model::Value(std::move(list));
  }

  void wrong_kind(const FrontValue& field, std::string_view name, const model::Value& found,
                  std::string_view wanted) {
    report(field.where, "document.value",
           "“" + std::string(name) + "”应当是" + std::string(wanted) + "，实为" +
               std::string(found.kind()),
           "");
  }

  std::string text(const FrontValue& owner, std::string_view name) {
    const FrontValue* field = find(owner, name);
    const auto found = field == nullptr ? std::nullopt : value(*field);
    if (!found || found->is_null()) return {};
    if (const std::string* written = found->text()) return std::string(trimmed(*written));
    if (const Decimal* number = found->number()) return number->to_string();
    wrong_kind(*field, name, *found, "文本");
    return {};
  }

  std::vector<std::string> texts(const FrontValue& owner, std::string_view name) {
    const FrontValue* field = find(owner, name);
    const auto found = field == nullptr ? std::nullopt : value(*field);
    std::vector<std::string> all;
    if (!found || found->is_null()) return all;
    const model::Value::List single = {*found};
    for (const model::Value& each : found->list() != nullptr ? *found->list() : single) {
      if (each.text() == nullptr) {
        wrong_kind(*field, name, each, "文本，或者由文本组成的列表");
      } else if (!trimmed(*each.text()).empty()) {
        all.emplace_back(trimmed(*each.text()));
      }
    }
    return all;
  }

  std::string day(const FrontValue& owner, std::string_view name) {
    const FrontValue* field = find(owner, name);
    const auto found = field == nullptr ? std::nullopt : value(*field);
    if (!found || found->is_null()) return {};
    if (found->day() != nullptr) return found->day()->to_chinese();
    if (found->text() != nullptr && trimmed(*found->text()).empty()) return {};
    const auto read =
        found->text() == nullptr ? std::nullopt : text::parse_people_date(*found->text());
    if (read) return read->to_chinese();
    report(field->where, "document.date",
           "“" + std::string(name) + "”应当是日期，实为“" +
               (found->text() == nullptr ? std::string(found->kind()) : *found->text()) + "”",
           "写成 2026-05-07 或 2026年5月7日");
    return {};
  }

  const FrontValue* record(const FrontValue& owner, std::string_view name) {
    const FrontValue* field = find(owner, name);
    if (field == nullptr || field->kind == FrontValue::Kind::Record) return field;
    if (field->kind == FrontValue::Kind::Plain && field->plain.is_null()) return nullptr;
    report(field->where, "document.value", "“" + std::string(name) + "”下面应当逐行写各项", "");
    return nullptr;
  }

  void read_format(model::Document& document, const FrontValue& top) {
    const std::string name = text(top, "格式");
    const auto known = std::ranges::find(kFormats, name, &FormatName::name);
    if (known != kFormats.end()) {
      document.format = known->format;
      return;
    }
    document.format = model::Format::Plain;
    if (name.empty()) return;
    report(find(top, "格式")->where, "document.format", "没有“" + name + "”这种格式",
           "可用的有：文件、信函、命令、纪要、无版头");
  }

  void read_seal(model::Document& document, const FrontValue& top) {
    const std::string seal = text(top, "印章");
    if (seal.empty() || seal == "加盖") return;
    document.signature.seal = model::Signature::Seal::Unsealed;
    if (seal == "不加盖") return;
    report(find(top, "印章")->where, "document.value", "“印章”只能写 加盖 或 不加盖", "");
  }

  void read_head(model::Head& head, const FrontValue& field) {
    head.copy_number = text(field, "份号");
    head.secrecy = text(field, "密级");
    head.urgency = text(field, "紧急程度");
    head.issuers = texts(field, "发文机关标志");
    head.signers = texts(field, "签发人");
    head.number = text(field, "发文字号");
    if (!head.number.empty() && !is_document_number(head.number)) {
      report(find(field, "发文字号")->where, "document.number",
             "发文字号“" + head.number + "”不合规范",
             "写成 机关代字〔年份〕顺序号，如 云新工办〔2026〕2号；用六角括号，不编虚位");
    }
    const FrontValue* word = find(field, "文件二字");
    const auto with_word = word == nullptr ? std::nullopt : value(*word);
    if (!with_word || with_word->is_null()) return;
    if (with_word->truth() == nullptr)
      return wrong_kind(*word, "文件二字", *with_word, "true 或 false");
    head.with_file_word = *with_word->truth();
  }

  const TemplateFile& file_;
  const Content& content_;
  const Partials& partials_;
};

void append(Findings& findings, Error error) {
  for (Error& each : as_findings(std::move(error))) {
    const bool known = std::ranges::any_of(findings, [&](const Error& other) {
      return other.id == each.id && other.where.file == each.where.file &&
             other.where.line == each.where.line && other.where.column == each.where.column;
    });
    if (!known) findings.push_back(std::move(each));
  }
}

/// Annexes after an issued text are its own; those before any belong to the notice.
void list_annexes(model::Document& document) {
  std::vector<std::string>* list = &document.attachments;
  for (model::Annex& annex : document.annexes) {
    if (annex.label.empty()) {
      list = &annex.attachments;
    } else {
      std::string name = annex.title;
      std::erase(name, '\n');
      list->push_back(std::move(name));
    }
  }
}

void check_front(const FrontValue& front, const Content& content, const Partials& partials,
                 Findings& findings) {
  for (const Template& each : front.text) {
    for (Error& error : check(each, content, partials))
      append(findings, std::move(error));
  }
  for (const FrontValue& item : front.items)
    check_front(item, content, partials, findings);
}

}  // namespace

Result<model::Document> compose(const TemplateFile& file, const Content& content,
                                const Partials& partials) {
  Findings findings;
  check_front(file.front, content, partials, findings);
  for (Error& each : check(file.body, content, partials))
    append(findings, std::move(each));
  model::Document document;
  Front front(file, content, partials);
  front.read(document);
  for (Error& each : front.findings)
    append(findings, std::move(each));
  auto expansion = expand(file.body, content, partials, Escaping::Markdown);
  if (!expansion) append(findings, std::move(expansion).error());
  if (!findings.empty()) return as_error(std::move(findings));
  HUICE_TRY(Sections sections, read_markdown(expansion.value(), content.tables));
  document.blocks = std::move(sections.body);
  document.annexes = std::move(sections.annexes);
  list_annexes(document);
  return document;
}

}  // namespace huice::compose
