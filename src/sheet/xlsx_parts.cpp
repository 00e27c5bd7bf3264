#include "sheet/xlsx_parts.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "archive/xml_reader.h"
#include "base/utf8.h"

namespace huice::sheet {
namespace {

using archive::XmlElement;
using archive::XmlNext;

int to_int(std::string_view text, int otherwise) {
  int value = otherwise;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  return code == std::errc() && end == text.data() + text.size() ? value : otherwise;
}

bool is_true(std::optional<std::string_view> flag) {
  return flag && (*flag == "1" || *flag == "true" || *flag == "on");
}

struct Relation {
  std::string type;  // the last word of the type's address: `worksheet`
  std::string target;
};

using Relations = std::map<std::string, Relation, std::less<>>;

/// `target` as a member of the package, seen from `folder` (ends with `/`, or is empty).
std::string resolved(std::string_view folder, std::string_view target) {
  if (target.starts_with('/')) return std::string(target.substr(1));
  while (target.starts_with("../")) {
    target.remove_prefix(3);
    const std::size_t parent = folder.substr(0, folder.size() - !folder.empty()).rfind('/');
    folder = parent == folder.npos ? "" : folder.substr(0, parent + 1);
  }
  if (target.starts_with("./")) target.remove_prefix(2);
  return std::string(folder) + std::string(target);
}

class RelationsHandler : public archive::XmlHandler {
 public:
  explicit RelationsHandler(std::string_view folder) : folder_(folder) {}

  XmlNext start(const XmlElement& element) override {
    const auto id = element.attribute("Id");
    const auto type = element.attribute("Type");
    const auto target = element.attribute("Target");
    if (element.name == "Relationship" && id && type && target &&
        element.attribute("TargetMode") != "External") {
      relations[std::string(*id)] = {std::string(type->substr(type->rfind('/') + 1)),
                                     resolved(folder_, *target)};
    }
    return XmlNext::Continue;
  }
  XmlNext end(std::string_view) override { return XmlNext::Continue; }
  XmlNext text(std::string_view) override { return XmlNext::Continue; }

  Relations relations;

 private:
  std::string folder_;
};

class WorkbookHandler : public archive::XmlHandler {
 public:
  struct Sheet {
    std::string name;
    std::string relation;
    bool hidden = false;
  };

  XmlNext start(const XmlElement& element) override {
    if (element.name == "workbookPr") from_1904 = is_true(element.attribute("date1904"));
    if (element.name == "sheet") {
      sheets.push_back({std::string(element.attribute("name").value_or("")),
                        std::string(element.attribute("id").value_or("")),
                        element.attribute("state").value_or("visible") != "visible"});
    }
    return sheets.size() > kMaxWorksheets ? XmlNext::Stop : XmlNext::Continue;
  }
  XmlNext end(std::string_view) override { return XmlNext::Continue; }
  XmlNext text(std::string_view) override { return XmlNext::Continue; }

  std::vector<Sheet> sheets;
  bool from_1904 = false;
};

/// One text for each `si`: all its `t`, but not the reading aids under `rPh`.
class StringsHandler : public archive::XmlHandler {
 public:
  XmlNext start(const XmlElement& element) override {
    if (element.name == "si") current_.clear();
    if (element.name == "rPh") in_reading_ = true;
    if (element.name == "t") in_text_ = !in_reading_;
    return XmlNext::Continue;
  }
  XmlNext end(std::string_view name) override {
    if (name == "rPh") in_reading_ = false;
    if (name == "t") in_text_ = false;
    if (name != "si") return XmlNext::Continue;
    strings.add(unescaped(current_));
    return strings.size() > kMaxSharedStrings ? XmlNext::Stop : XmlNext::Continue;
  }
  XmlNext text(std::string_view utf8) override {
    if (in_text_) current_ += utf8;
    return XmlNext::Continue;
  }

  TextList strings;

 private:
  std::string current_;
  bool in_text_ = false;
  bool in_reading_ = false;
};

class StylesHandler : public archive::XmlHandler {
 public:
  XmlNext start(const XmlElement& element) override {
    const auto id = element.attribute("numFmtId");
    if (element.name == "cellXfs") in_formats_ = true;
    if (element.name == "numFmt" && id) {
      own_[to_int(*id, -1)] = kind_of_format(element.attribute("formatCode").value_or(""));
    }
    if (in_formats_ && element.name == "xf") ids_.push_back(id ? to_int(*id, 0) : 0);
    return ids_.size() > kMaxCellFormats ? XmlNext::Stop : XmlNext::Continue;
  }
  XmlNext end(std::string_view name) override {
    if (name == "cellXfs") in_formats_ = false;
    return XmlNext::Continue;
  }
  XmlNext text(std::string_view) override { return XmlNext::Continue; }

  bool too_many() const { return ids_.size() > kMaxCellFormats; }
  std::vector<NumberKind> kinds() const {
    std::vector<NumberKind> kinds;
    for (const int id : ids_) {
      const auto own = own_.find(id);
      kinds.push_back(own == own_.end() ? kind_of_builtin_format(id) : own->second);
    }
    return kinds;
  }

 private:
  std::map<int, NumberKind> own_;
  std::vector<int> ids_;
  bool in_formats_ = false;
};

Error too_many(const archive::ZipReader& zip, std::string_view member, std::string what) {
  return xlsx_error(ErrorCode::TooLarge, "xlsx.too-large", "工作簿的" + std::move(what) + "过多",
                    {.file = zip.file(), .part = std::string(member)});
}

Status read_part(const archive::ZipReader& zip, const std::string& member,
                 archive::XmlHandler& handler) {
  HUICE_TRY(auto pieces, zip.pieces(member));
  return archive::read_xml([&] { return pieces.next(); }, handler,
                           {.file = zip.file(), .part = member});
}

/// The relations of `member`; none when it has no relations part.
Result<Relations> read_relations(const archive::ZipReader& zip, const std::string& member) {
  const std::size_t slash = member.rfind('/');
  const std::string folder = slash == member.npos ? "" : member.substr(0, slash + 1);
  const std::string part = folder + "_rels/" + member.substr(folder.size()) + ".rels";
  RelationsHandler handler(folder);
  if (!zip.contains(part)) return Relations{};
  if (const Status read = read_part(zip, part, handler); !read) return read.error();
  return std::move(handler.relations);
}

Result<std::string> find_workbook(const archive::ZipReader& zip) {
  HUICE_TRY(const Relations package, read_relations(zip, ""));
  for (const auto& [id, relation] : package) {
    if (relation.type == "officeDocument" && zip.contains(relation.target)) return relation.target;
  }
  if (zip.contains("xl/workbook.xml")) return std::string("xl/workbook.xml");
  return Error{.code = ErrorCode::InvalidInput,
               .id = "xlsx.no-workbook",
               .message = "文件不是 XLSX 工作簿",
               .where = {.file = zip.file()},
               .hint = "请用 Excel 或 WPS 打开原表，另存为“Excel 工作簿（*.xlsx）”"};
}

std::string member_of_type(const Relations& relations, std::string_view type) {
  for (const auto& [id, relation] : relations) {
    if (relation.type == type) return relation.target;
  }
  return {};
}

Status take_sheets(const archive::ZipReader& zip, const std::string& workbook,
                   const Relations& relations, WorkbookParts& parts) {
  WorkbookHandler handler;
  if (const Status read = read_part(zip, workbook, handler); !read) return read.error();
  if (handler.sheets.size() > kMaxWorksheets) return too_many(zip, workbook, "工作表");
  parts.from_1904 = handler.from_1904;
  for (const auto& sheet : handler.sheets) {
    const auto relation = relations.find(sheet.relation);
    if (relation == relations.end()) {
      return xlsx_error(ErrorCode::InvalidInput, "xlsx.corrupt",
                        "找不到工作表“" + sheet.name + "”的内容",
                        {.file = zip.file(), .part = workbook});
    }
    if (relation->second.type != "worksheet") continue;
    parts.sheets.push_back({sheet.name, relation->second.target, sheet.hidden});
  }
  return Unit{};
}

/// The character written `_xHHHH_` at the start of `text`; nullopt when there is none.
std::optional<char32_t> escape_at(std::string_view text) {
  if (text.size() < 7 || !text.starts_with("_x") || text[6] != '_') return std::nullopt;
  unsigned value = 0;
  const auto [end, code] = std::from_chars(text.data() + 2, text.data() + 6, value, 16);
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (code != std::errc() || end != text.data() + 6 || surrogate) return std::nullopt;
  return static_cast<char32_t>(value);
}

}  // namespace

Error xlsx_error(ErrorCode code, std::string id, std::string message, SourceSpan where) {
  return Error{.code = code,
               .id = std::move(id),
               .message = std::move(message),
               .where = std::move(where),
               .hint = "请用 Excel 或 WPS 重新打开并另存为 .xlsx"};
}

std::string unescaped(std::string_view text) {
  if (text.find("_x") == text.npos) return std::string(text);
  std::string out;
  while (!text.empty()) {
    const auto character = escape_at(text);
    if (character) append_utf8(out, *character);
    if (!character) out += text.front();
    text.remove_prefix(character ? 7 : 1);
  }
  return out;
}

Result<WorkbookParts> read_workbook_parts(const archive::ZipReader& zip) {
  HUICE_TRY(const std::string workbook, find_workbook(zip));
  HUICE_TRY(const Relations relations, read_relations(zip, workbook));
  WorkbookParts parts;
  if (const Status taken = take_sheets(zip, workbook, relations, parts); !taken) {
    return taken.error();
  }
  if (const std::string member = member_of_type(relations, "sharedStrings"); zip.contains(member)) {
    StringsHandler strings;
    if (const Status read = read_part(zip, member, strings); !read) return read.error();
    if (strings.strings.size() > kMaxSharedStrings) return too_many(zip, member, "文字");
    parts.strings = std::move(strings.strings);
  }
  if (const std::string member = member_of_type(relations, "styles"); zip.contains(member)) {
    StylesHandler styles;
    if (const Status read = read_part(zip, member, styles); !read) return read.error();
    if (styles.too_many()) return too_many(zip, member, "单元格格式");
    parts.formats = styles.kinds();
  }
  return parts;
}

}  // namespace huice::sheet
