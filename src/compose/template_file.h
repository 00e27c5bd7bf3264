// A template as a file: what the document is (YAML front matter), then what it says (Markdown).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "compose/template.h"
#include "model/value.h"

namespace huice::compose {

/// A value of the front matter, with templates where the file has texts.
struct FrontValue {
  enum class Kind { Text, List, Record, Plain };
  Kind kind = Kind::Plain;
  std::vector<Template> text;      ///< Text: exactly one
  std::vector<FrontValue> items;   ///< List
  std::vector<std::string> names;  ///< Record: of `items`
  model::Value plain;              ///< Plain: a number, day, truth or null
  SourceSpan where;
};

struct TemplateFile {
  std::string file;
  FrontValue front;  ///< a Record with known names only
  Template body;
};

/// Splits the file at its `---` lines and parses both parts. The front matter may say:
///
///   格式: 文件            # 文件 信函 命令 纪要 无版头
///   版头: {份号, 密级, 紧急程度, 发文机关标志, 文件二字, 发文字号, 签发人,
///          制发机关, 制发日期 (both only of 纪要)}
///   标题, 主送, 附件, 署名, 成文日期, 附注
///   出席, 请假, 列席       # only of 纪要
///   印章: 加盖            # 加盖 不加盖 签名章
///   印章直径: 45          # millimetres; a list where offices differ
///   印章图: seal.png      # PNG or JPEG, one for each 署名; left out: the place stays free
///   画出印章位: true      # a thin ring where a seal without image goes
///   签名章: [{职务, 姓名, 图, 宽, 高}]   # one for each office
///   套打: true            # nothing red is drawn
///   横排同向: true        # tables on their side all have their head at the left edge
///   版记: {抄送, 印发机关, 印发日期, 偶数页}
///   沿用: parts/document.yaml   # a file of the same keys, for those not given here
///   说明                  # what the template is for; not printed
///
/// Lists may be one text. A text that is one `{{ … }}` alone may give a list.
/// Errors: InvalidInput, all under `also`: `template.front-matter`, `template.unknown-key`, those
/// of
///         notation::read_yaml and of Template::parse.
Result<TemplateFile> parse_template_file(std::string_view utf8, std::string_view file);

/// Reads the file and those whose keys it takes over (沿用), which lie in its folder.
/// Errors: those of read_file, FolderPartials and parse_template_file; InvalidInput
///         `template.front-matter` for a circle.
Result<TemplateFile> load_template_file(const std::string& path);

}  // namespace huice::compose
