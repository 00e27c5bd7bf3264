#include "compose/front.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/utf8.h"
#include "compose/blanks.h"
#include "text/dates.h"

namespace huice::compose {
namespace {

struct FormatName {
  std::string_view name;
  model::Format format;
};
/// No seal of an office is larger (国发〔1999〕25号 ends at 5 cm); what is beyond is a slip of a
/// unit.
constexpr std::int64_t kLargestStampMillimetres = 120;

constexpr std::array<FormatName, 5> kFormats = {{{"文件", model::Format::Document},
                                                 {"信函", model::Format::Letter},
                                                 {"命令", model::Format::Order},
                                                 {"纪要", model::Format::Minutes},
                                                 {"无版头", model::Format::Plain}}};

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// `〔2026〕2号`, of a 发文字号 what follows the office's sign.
bool is_year_and_serial(std::string_view text) {
  constexpr std::string_view kOpen = "〔";
  constexpr std::string_view kClose = "〕";
  constexpr std::string_view kEnd = "号";
  const std::size_t close = text.find(kClose);
  if (!text.starts_with(kOpen) || close == std::string_view::npos || !text.ends_with(kEnd)) {
    return false;
  }
  const std::string_view year = text.substr(kOpen.size(), close - kOpen.size());
  const std::size_t serial_begin = close + kClose.size();
  if (serial_begin + kEnd.size() > text.size()) return false;
  const std::string_view serial =
      text.substr(serial_begin, text.size() - serial_begin - kEnd.size());
  return year.size() == 4 && is_digits(year) && is_digits(serial) && !serial.starts_with('0');
}

/// `第12号` of an order, `第12期` of minutes.
bool is_issue(std::string_view text, std::string_view end) {
  constexpr std::string_view kBegin = "第";
  if (!text.starts_with(kBegin) || !text.ends_with(end)) return false;
  text.remove_prefix(kBegin.size());
  text.remove_suffix(std::min(end.size(), text.size()));
  return is_digits(text) && !text.starts_with('0');
}

/// `云新工办〔2026〕2号`. Source: GB/T 9704-2012, 7.2.5; for orders 10.2; minutes as offices do it.
bool is_document_number(model::Format format, std::string_view number) {
  if (format == model::Format::Order && is_issue(number, "号")) return true;
  if (format == model::Format::Minutes &&
      (is_issue(number, "期") || is_issue(number, "号") || is_year_and_serial(number))) {
    return true;
  }
  const std::size_t open = number.find("〔");
  return open != 0 && open != std::string_view::npos && is_year_and_serial(number.substr(open));
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
    read_seal(document.signature, top);
    for (const char* label : {"出席", "请假", "列席"}) {
      if (auto names = texts(top, label); !names.empty()) {
        document.attendance.push_back({label, std::move(names)});
      }
    }
    document.note = text(top, "附注");
    document.preprinted = truth(top, "套打").value_or(false);
    document.has_cover = truth(top, "封面").value_or(false);
    document.turned_alike = truth(top, "横排同向").value_or(false);
    if (const FrontValue* head = record(top, "版头")) read_head(document, *head);
    if (const FrontValue* imprint = record(top, "版记")) {
      document.imprint.copies = texts(*imprint, "抄送");
      document.imprint.office = text(*imprint, "印发机关");
      document.imprint.date = day(*imprint, "印发日期");
      document.imprint.even_page = truth(*imprint, "偶数页").value_or(false);
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
    if (field.kind == FrontValue::Kind::Record) {
      model::Value::Record fields;
      for (std::size_t i = 0; i < field.items.size(); ++i) {
        if (auto each = value(field.items[i])) {
          fields.emplace_back(field.names[i], std::move(*each));
        }
      }
      return model::Value(std::move(fields));
    }
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

  /// A truth value, or the words for it; nullopt when nothing is said.
  std::optional<bool> truth(const FrontValue& owner, std::string_view name) {
    const FrontValue* field = find(owner, name);
    const auto found = field == nullptr ? std::nullopt : value(*field);
    if (!found || found->is_null()) return std::nullopt;
    if (found->truth() != nullptr) return *found->truth();
    const std::string_view word = found->text() == nullptr ? "?" : trimmed(*found->text());
    if (word.empty()) return std::nullopt;
    if (word == "是" || word == "否") return word == "是";
    wrong_kind(*field, name, *found, "true 或 false");
    return std::nullopt;
  }

  /// Millimetres, to a tenth.
  Length millimetres(const model::Value& value, const SourceSpan& where, Length otherwise) {
    std::optional<Decimal> number;
    if (value.number() != nullptr) number = *value.number();
    if (value.text() != nullptr) {
      if (trimmed(*value.text()).empty()) return otherwise;
      number = Decimal::parse(trimmed(*value.text()));
    }
    const auto tenths =
        number ? multiply(*number, Decimal(10)) : std::optional<Decimal>(std::nullopt);
    const auto whole = tenths ? tenths->to_int64() : std::nullopt;
    if (value.is_null()) return otherwise;
    if (whole && *whole > 0 && *whole <= kLargestStampMillimetres * 10) {
      return Length::from_units(*whole * (mm(1).units() / 10));
    }
    report(where, "document.seal", "印章的尺寸应当是毫米数，大于 0，不超过 120，至多一位小数",
           "县级政府的印章写 45");
    return otherwise;
  }

  /// The items of a field that may be one value or a list of them.
  model::Value::List items(const FrontValue& owner, std::string_view name) {
    const FrontValue* field = find(owner, name);
    auto found = field == nullptr ? std::nullopt : value(*field);
    if (!found || found->is_null()) return {};
    if (found->text() != nullptr && trimmed(*found->text()).empty()) return {};
    if (found->list() != nullptr) return *found->list();
    return {std::move(*found)};
  }

  void read_seal(model::Signature& signature, const FrontValue& top) {
    using Seal = model::Signature::Seal;
    read_name_seals(signature, top);
    const std::string seal = text(top, "印章");
    if (seal == "不加盖") signature.seal = Seal::Unsealed;
    if (seal == "签名章" || (seal.empty() && !signature.stamps.empty())) {
      signature.seal = Seal::NameSeal;
    }
    signature.outlined = truth(top, "画出印章位").value_or(false);
    const SourceSpan where = find(top, "印章") == nullptr ? top.where : find(top, "印章")->where;
    if (!seal.empty() && seal != "加盖" && seal != "不加盖" && seal != "签名章") {
      report(where, "document.value", "“印章”只能写 加盖、不加盖 或 签名章", "");
    } else if (signature.seal == Seal::NameSeal && signature.stamps.empty()) {
      report(where, "document.seal", "加盖签名章的，要写明签发人的职务和姓名",
             "在文件头里加 签名章: [{职务: 县长, 姓名: 周明远}]");
    }
    if (signature.seal == Seal::Sealed) read_office_seals(signature, top, where);
  }

  /// One seal for each 署名: the diameters and images in their order, the last diameter for all
  /// that follow.
  void read_office_seals(model::Signature& signature, const FrontValue& top,
                         const SourceSpan& where) {
    signature.stamps.clear();
    const model::Value::List diameters = items(top, "印章直径");
    const model::Value::List images = items(top, "印章图");
    if (diameters.size() > signature.offices.size() || images.size() > signature.offices.size()) {
      report(where, "document.seal", "“印章图”和“印章直径”的项数多于署名的机关", "一个机关一项");
      return;
    }
    Length diameter = model::kSealDiameter;
    for (std::size_t i = 0; i < signature.offices.size(); ++i) {
      if (i < diameters.size()) {
        diameter = millimetres(diameters[i], find(top, "印章直径")->where, diameter);
      }
      model::Stamp stamp{.office = signature.offices[i], .width = diameter, .height = diameter};
      if (i < images.size()) read_image(stamp, images[i], find(top, "印章图")->where);
      signature.stamps.push_back(std::move(stamp));
    }
  }

  void read_name_seals(model::Signature& signature, const FrontValue& top) {
    for (const model::Value& item : items(top, "签名章")) {
      const SourceSpan where = find(top, "签名章")->where;
      const auto part = [&](std::string_view name) {
        const model::Value* found = item.find(name);
        return found == nullptr ? model::Value() : *found;
      };
      const auto word = [&](std::string_view name) {
        const model::Value found = part(name);
        return found.text() == nullptr ? std::string() : std::string(trimmed(*found.text()));
      };
      model::Stamp stamp{.position = word("职务"), .name = word("姓名")};
      if (stamp.position.empty() || stamp.name.empty()) {
        report(where, "document.seal", "签名章的每一项要写明职务和姓名",
               "如 签名章: [{职务: 县长, 姓名: 周明远}]");
        continue;
      }
      stamp.width = millimetres(part("宽"), where, model::kNameSealWidth);
      stamp.height = millimetres(part("高"), where, model::kNameSealHeight);
      read_image(stamp, part("图"), where);
      signature.stamps.push_back(std::move(stamp));
    }
  }

  void read_image(model::Stamp& stamp, const model::Value& image, const SourceSpan& where) {
    if (image.is_null()) return;
    if (image.text() == nullptr) {
      report(where, "document.value", "印章的图应当是文件名，实为" + std::string(image.kind()), "");
      return;
    }
    stamp.image = std::string(trimmed(*image.text()));
    stamp.where = image.where().file.empty() ? where : image.where();
  }

  void read_head(model::Document& document, const FrontValue& field) {
    model::Head& head = document.head;
    head.copy_number = text(field, "份号");
    head.secrecy = text(field, "密级");
    head.urgency = text(field, "紧急程度");
    head.issuers = texts(field, "发文机关标志");
    head.signers = texts(field, "签发人");
    head.number = text(field, "发文字号");
    head.producer = text(field, "制发机关");
    head.produced = day(field, "制发日期");
    if (!head.number.empty() && !is_document_number(document.format, head.number)) {
      report(find(field, "发文字号")->where, "document.number",
             "发文字号“" + head.number + "”不合规范",
             "写成 机关代字〔年份〕顺序号，如 云新工办〔2026〕2号；用六角括号，不编虚位" +
                 std::string(document.format == model::Format::Order ? "；命令也可写 第2号"
                             : document.format == model::Format::Minutes ? "；纪要也可写 第2期"
                                                                         : ""));
    }
    head.with_file_word = truth(field, "文件二字").value_or(true);
  }

  const TemplateFile& file_;
  const Content& content_;
  const Partials& partials_;
};

}  // namespace

Findings read_front(const TemplateFile& file, const Content& content, const Partials& partials,
                    model::Document& document) {
  Front front(file, content, partials);
  front.read(document);
  return std::move(front.findings);
}

}  // namespace huice::compose
