#include "app/proof_reader.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "app/lint.h"
#include "app/lint_basis.h"
#include "base/utf8.h"
#include "library/library.h"
#include "library/readers.h"
#include "notation/json.h"

namespace huice::app {
namespace {

constexpr char kEndOfHead = '\0';  // of an order and of an answer, which are JSON; bytes follow

std::string_view role_word(lint::Role role) {
  constexpr std::string_view kWords[] = {
      "份号", "密级",     "紧急程度", "发文机关标志", "发文字号", "签发人",
      "标题", "主送机关", "正文",     "附件说明",     "署名",     "成文日期",
      "附注", "附件序号", "附件标题", "表格",         "抄送",     "印发"};
  return kWords[static_cast<std::size_t>(role)];
}

std::string text_of(const model::Value& record, std::string_view name) {
  const model::Value* field = record.find(name);
  return field == nullptr || field->text() == nullptr ? std::string() : *field->text();
}

/// How people count in a file of that kind, and where they come to.
struct Counting {
  std::string unit;  ///< `行` of plain text, `段` of all else

  std::string place(const lint::Finding& finding) const {
    // A paragraph of a file without lines says itself which it is: `第3段`.
    std::string place = finding.where.line == 0 ? finding.where.part
                                                : "第" + std::to_string(finding.where.line) + unit;
    if (finding.where.column > 0) place += "第" + std::to_string(finding.where.column) + "字";
    return place;
  }
};

model::Value finding_value(const lint::Finding& finding, const Counting& counting) {
  return model::Value::Record{
      {"rule", std::string(finding.rule->id)},
      {"severity", std::string(lint::strength_word(finding.rule->strength))},
      {"message", finding.message},
      {"hint", finding.proposal},
      {"source", std::string(finding.rule->source)},
      {"text", finding.excerpt},
      {"place", counting.place(finding)},
      {"mendable", !finding.edits.empty()}};
}

/// Where in its paragraph a finding is, so that it can be marked there.
void add_place(model::Value& value, const lint::Finding& finding, const lint::Draft& draft) {
  const lint::Paragraph& paragraph = draft.paragraphs[finding.paragraph];
  const int at = finding.where.column - paragraph.where.column;
  std::size_t begin = at > 0 ? static_cast<std::size_t>(at) : 0;
  std::size_t end = begin;
  for (const lint::Edit& edit : finding.edits) {
    begin = std::min(begin, edit.begin);
    end = std::max(end, edit.begin + edit.size);
  }
  auto& record = std::get<model::Value::Record>(value.content());
  record.emplace_back("paragraph", static_cast<int>(finding.paragraph));
  record.emplace_back("begin", static_cast<int>(begin));
  record.emplace_back("end", static_cast<int>(std::max(end, begin)));
}

model::Value report_of(const std::string& name, const lint::Draft& draft,
                       const std::vector<lint::Finding>& findings, const Counting& counting) {
  model::Value::List paragraphs;
  for (const lint::Paragraph& each : draft.paragraphs) {
    paragraphs.emplace_back(model::Value::Record{{"role", std::string(role_word(each.role))},
                                                 {"text", encode_utf8(each.text)}});
  }
  model::Value::List list;
  for (const lint::Finding& each : findings) {
    model::Value value = finding_value(each, counting);
    add_place(value, each, draft);
    list.push_back(std::move(value));
  }
  return model::Value::Record{{"name", name},
                              {"kind", std::string(lint::kind_word(draft.kind))},
                              {"title", encode_utf8(draft.title)},
                              {"paragraphs", model::Value(std::move(paragraphs))},
                              {"findings", model::Value(std::move(list))}};
}

std::string write_order(const ProofOrder& order, std::string_view bytes) {
  model::Value::Record words;
  for (const auto& [wrong, right] : order.words)
    words.emplace_back(encode_utf8(wrong), encode_utf8(right));
  std::string written =
      notation::write_json(model::Value::Record{{"name", order.name},
                                                {"today", order.today.to_iso()},
                                                {"words", model::Value(std::move(words))},
                                                {"library", order.library.string()},
                                                {"own", order.own.string()},
                                                {"mend", order.mend}});
  written += kEndOfHead;
  written += bytes;
  return written;
}

Result<ProofOrder> read_order(std::string_view head) {
  HUICE_TRY(const auto value, notation::read_json(head, "order"));
  ProofOrder order{.name = text_of(value, "name"),
                   .today = {},
                   .words = {},
                   .library = text_of(value, "library"),
                   .own = text_of(value, "own"),
                   .mend = *value.find("mend")->truth()};
  order.today = *Date::parse(text_of(value, "today"));
  HUICE_TRY(order.words, lint::read_own_words(*value.find("words")));
  return order;
}

/// What the circulars say of what is cited; what must live as long as it is asked.
struct Circulars {
  std::optional<library::Library> library;
  lint::BasisOf basis_of;
};

Circulars open_circulars(const ProofOrder& order, const library::IndexSettings& settings) {
  if (order.library.empty()) return {};
  auto opened = order.own.empty()
                    ? library::Library::open(order.library, library::Mode::Read, settings)
                    : library::Library::open_beside(order.library, order.own, settings);
  if (!opened) return {};
  return {std::move(opened).value(), {}};
}

Result<std::string> carry_out(const ProofOrder& order, std::string bytes,
                              const library::IndexSettings& settings) {
  Circulars circulars = open_circulars(order, settings);
  lint::Choice choice{.rules = {}, .own_words = order.words, .basis_of = {}};
  if (circulars.library) choice.basis_of = basis_from(*circulars.library, order.today);
  const auto kind = library::kind_of(order.name);
  const bool lines = kind == library::FileKind::Text || kind == library::FileKind::Markdown;
  const Counting counting{lines ? "行" : "段"};
  model::Value::List mended;
  if (order.mend) {
    HUICE_TRY(auto made, mend_draft(order.name, std::move(bytes), choice));
    for (const lint::Finding& each : made.mended)
      mended.push_back(finding_value(each, counting));
    bytes = std::move(made.bytes);
  }
  HUICE_TRY(const auto draft, read_draft(order.name, bytes));
  const auto findings = lint::lint(draft, choice);
  std::string answer = notation::write_json(
      model::Value::Record{{"report", report_of(order.name, draft, findings, counting)},
                           {"mended", model::Value(std::move(mended))}});
  answer += kEndOfHead;
  if (order.mend) answer += bytes;
  return answer;
}

std::string refusal_of(const Error& error) {
  return notation::write_json(model::Value::Record{{"code", static_cast<int>(error.code)},
                                                   {"id", error.id},
                                                   {"message", error.message},
                                                   {"part", error.where.part},
                                                   {"line", error.where.line},
                                                   {"column", error.where.column},
                                                   {"hint", error.hint}}) +
         kEndOfHead;
}

int number_of(const model::Value& record, std::string_view name) {
  const model::Value* field = record.find(name);
  if (field == nullptr || field->number() == nullptr) return 0;
  return static_cast<int>(field->number()->to_int64().value_or(0));
}

/// What the process apart does with a request.
std::string answer_to(const std::string& request, const library::IndexSettings& settings) {
  const std::size_t end = request.find(kEndOfHead);
  const auto order = read_order(std::string_view(request).substr(0, end));
  if (!order) return refusal_of(order.error());
  auto answer = carry_out(order.value(), request.substr(end + 1), settings);
  return answer ? std::move(answer).value() : refusal_of(answer.error());
}

}  // namespace

Result<ProofReader> ProofReader::start(const std::filesystem::path& home,
                                       const library::ReadLimits& limits) {
  HUICE_TRY(auto settings, library::load_index_settings(home / "index"));
  HUICE_TRY(auto apart, library::ReaderApart::start(
                            [settings = std::move(settings)](const std::string& request) {
                              return answer_to(request, settings);
                            },
                            limits));
  return ProofReader(std::move(apart));
}

Result<Proof> ProofReader::read(const ProofOrder& order, std::string_view bytes) const {
  HUICE_TRY(const std::string answer, apart_.ask(write_order(order, bytes)));
  // A file may have got the better of the process that read it: nothing of its answer is trusted.
  const std::size_t end = std::min(answer.find(kEndOfHead), answer.size());
  HUICE_TRY(const auto head,
            notation::read_json(std::string_view(answer).substr(0, end), order.name));
  const model::Value* report = head.find("report");
  const model::Value* mended = head.find("mended");
  if (report != nullptr && mended != nullptr && end < answer.size())
    return Proof{*report, *mended, answer.substr(end + 1)};
  const int code = number_of(head, "code");
  if (code < 0 || code > static_cast<int>(ErrorCode::Internal) || text_of(head, "id").empty() ||
      text_of(head, "message").empty()) {
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "library.reader.died",
                 .message = "读这个文件时出了意外，已放弃",
                 .where = {},
                 .hint = "请用 Word 打开，另存为 .docx 再试"};
  }
  return Error{.code = static_cast<ErrorCode>(code),
               .id = text_of(head, "id"),
               .message = text_of(head, "message"),
               .where = {.line = number_of(head, "line"),
                         .column = number_of(head, "column"),
                         .part = text_of(head, "part")},
               .hint = text_of(head, "hint")};
}

}  // namespace huice::app
