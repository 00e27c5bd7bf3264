// What the data of a template must look like: NAME.schema.yaml beside NAME.md.
//
//   说明: 印发类通知的数据
//   字段:
//     标题: {类型: 文本, 必填: 是, 说明: 通知的标题, 不含书名号外的标点}
//     主送: {类型: 列表, 必填: 是, 项: {类型: 文本}}
//     联络: {类型: 记录, 字段: {姓名: {类型: 文本, 必填: 是}, 电话: {类型: 文本}}}
//     印章: {类型: 文本, 取值: [加盖, 不加盖]}
//   其他字段: 允许            # default 不允许
//   沿用: parts/document.schema.yaml   # its fields too, where this file does not say otherwise
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/value.h"

namespace huice::compose {

/// One kind of value. Types: 文本 数字 日期 是否 列表 记录 任意.
struct Shape {
  enum class Type { Text, Number, Day, Truth, List, Record, Any };
  Type type = Type::Any;
  std::string name;  ///< as a field of a record
  bool required = false;
  std::string description;
  std::vector<std::string> choices;  ///< the only texts allowed, when not empty
  std::vector<Shape> item;           ///< of a list: none or one
  std::vector<Shape> fields;         ///< of a record
  bool open = false;                 ///< a record may hold other fields too
};

struct Schema {
  std::string description;
  std::string base;  ///< 沿用: another schema's file; empty: none
  Shape root;        ///< a Record
};

/// Errors: InvalidInput `schema.format`, all under `also`, with places; those of read_yaml.
Result<Schema> parse_schema(std::string_view utf8, std::string_view file);
/// Reads the file and those it builds on, which lie in its folder.
/// Errors: those of parse_schema and of FolderPartials; InvalidInput `schema.format` for a circle.
Result<Schema> load_schema(const std::string& path);

/// What is wrong with `data`: each finding has its place in the data's file, and the data path
/// (`责任单位[2].电话`) in `where.part`. Ids: `data.missing`, `data.type`, `data.choice`,
/// `data.unknown-field`. A null counts as missing.
Findings check_data(const Schema& schema, const model::Value& data);

}  // namespace huice::compose
