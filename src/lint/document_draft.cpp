// A finished document, and a file of values, as drafts.
#include <algorithm>

#include "base/utf8.h"
#include "lint/draft.h"
#include "lint/letters.h"
#include "lint/parts.h"

namespace huice::lint {
namespace {

class FromDocument {
 public:
  FromDocument(const model::Document& document, std::string file)
      : document_(document), file_(std::move(file)) {
    draft_.laid_out_by_us = true;
  }

  Draft read() && {
    head();
    main_text();
    signature();
    for (const model::Annex& annex : document_.annexes)
      add_annex(annex);
    imprint();
    for (const Paragraph& each : draft_.paragraphs) {
      if (each.role == Role::Title) draft_.title += without_blanks(each.text);
    }
    complete(draft_);
    return std::move(draft_);
  }

 private:
  Paragraph& add(Role role, const std::string& text, SourceSpan where) {
    draft_.paragraphs.push_back({.role = role,
                                 .part = part_,
                                 .text = std::u32string(trimmed(decode_utf8(text))),
                                 .line = draft_.paragraphs.size(),
                                 .where = std::move(where)});
    return draft_.paragraphs.back();
  }
  void add_part(Role role, const std::string& text, const char* name) {
    if (!text.empty()) add(role, text, {.file = file_, .part = name});
  }

  void head() {
    add_part(Role::CopyNumber, document_.head.copy_number, "份号");
    add_part(Role::Secrecy, document_.head.secrecy, "密级");
    add_part(Role::Urgency, document_.head.urgency, "紧急程度");
    for (const std::string& issuer : document_.head.issuers)
      add_part(Role::Letterhead, issuer, "发文机关标志");
    add_part(Role::Number, document_.head.number, "发文字号");
    for (const std::string& signer : document_.head.signers)
      add_part(Role::Signer, "签发人：" + signer, "签发人");
  }

  void main_text() {
    add_lines(Role::Title, document_.title, "标题");
    std::string addressees;
    for (const std::string& each : document_.addressees)
      addressees += (addressees.empty() ? "" : "，") + each;
    if (!addressees.empty()) add_part(Role::Addressee, addressees + "：", "主送");
    add_blocks(document_.blocks);
    add_attachments(document_.attachments);
  }

  void add_lines(Role role, const std::string& text, const char* name) {
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      add_part(role, text.substr(begin, end - begin), name);
      begin = end + 1;
    }
  }

  void add_attachments(const std::vector<std::string>& names) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      const std::string number = names.size() > 1 ? std::to_string(i + 1) + "." : "";
      std::string name = names[i];
      std::erase(name, '\n');
      add_part(Role::Attachments, (i == 0 ? "附件：" : "") + number + name, "附件说明");
    }
  }

  void signature() {
    for (const std::string& office : document_.signature.offices)
      add_part(Role::Office, office, "署名");
    add_part(Role::Date, document_.signature.date, "成文日期");
    if (!document_.note.empty()) add_part(Role::Note, "（" + document_.note + "）", "附注");
  }

  void add_annex(const model::Annex& annex) {
    ++part_;
    add_part(Role::AnnexLabel, annex.label, "附件");
    add_lines(Role::AnnexTitle, annex.title, "附件标题");
    add_blocks(annex.blocks);
    add_attachments(annex.attachments);
  }

  void imprint() {
    part_ = 0;
    std::string copies;
    for (const std::string& each : document_.imprint.copies)
      copies += (copies.empty() ? "抄送：" : "，") + each;
    if (!copies.empty()) add_part(Role::Copies, copies + "。", "抄送");
    if (document_.imprint.date.empty()) return;
    add_part(Role::Printing, document_.imprint.office + "　" + document_.imprint.date + "印发",
             "印发");
  }

  static std::string text_of(const std::vector<model::Run>& runs) {
    std::string text;
    for (const model::Run& run : runs)
      text += run.text;
    return text;
  }

  void add_blocks(const std::vector<model::Block>& blocks) {
    for (const model::Block& block : blocks) {
      if (const auto* paragraph = std::get_if<model::Paragraph>(&block)) {
        add(Role::Body, text_of(paragraph->runs) + text_of(paragraph->continuation),
            paragraph->where);
      } else if (const auto* table = std::get_if<model::TableBlock>(&block)) {
        add_table(*table);
      }
    }
  }

  void add_table(const model::TableBlock& block) {
    for (const auto& row : block.table.rows) {
      Paragraph& added = add(Role::Row, "", block.where);
      for (const model::Cell& cell : row) {
        added.cells.push_back(cell.covered ? std::u32string() : decode_utf8(to_text(cell)));
        added.text += (added.text.empty() ? U"" : U"|") + added.cells.back();
      }
    }
  }

  const model::Document& document_;
  std::string file_;
  Draft draft_;
  int part_ = 0;
};

/// Each line of the text a paragraph.
void add_text(std::u32string_view text, SourceSpan where, const std::string& path, Draft& draft) {
  where.part = path;
  while (!text.empty()) {
    const auto end = std::min(text.find(U'\n'), text.size());
    const auto line = trimmed(text.substr(0, end));
    if (!line.empty()) {
      draft.paragraphs.push_back(
          {.text = std::u32string(line), .line = draft.paragraphs.size(), .where = where});
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

void add_values(const model::Value& value, const std::string& path, Draft& draft) {
  if (const std::string* text = value.text()) {
    add_text(decode_utf8(*text), value.where(), path, draft);
  } else if (const auto* list = value.list()) {
    for (std::size_t i = 0; i < list->size(); ++i)
      add_values((*list)[i], path + "[" + std::to_string(i + 1) + "]", draft);
  } else if (const auto* record = value.record()) {
    for (const auto& [name, field] : *record)
      add_values(field, path.empty() ? name : path + "." + name, draft);
  }
}

}  // namespace

Draft draft_of(const model::Document& document, const std::string& file) {
  return FromDocument(document, file).read();
}

Draft draft_of(const model::Value& values) {
  Draft draft;
  draft.texts_apart = true;
  add_values(values, "", draft);
  return draft;
}

}  // namespace huice::lint
