#include "app/batch_items.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "app/typesetting.h"
#include "base/files.h"
#include "notation/json.h"

namespace huice::app {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kNameField = "文件名";

Error each_error(const fs::path& file, std::string message, std::string hint) {
  return {.code = ErrorCode::InvalidInput,
          .id = "draft.each",
          .message = std::move(message),
          .where = {.file = file.string()},
          .hint = std::move(hint)};
}

/// `7` of 120 -> `007`.
std::string numbered(std::size_t number, std::size_t count) {
  std::string text = std::to_string(number);
  const std::size_t width = std::to_string(count).size();
  return std::string(width - std::min(width, text.size()), '0') + text;
}

bool usable(const std::string& name) {
  return !name.empty() && name != "." && name != ".." && name.size() <= 200 &&
         name.find_first_of(std::string("/\\\0", 3)) == std::string::npos;
}

/// Takes 文件名 out of a record; nullopt when there is none.
std::optional<std::string> take_name(model::Value::Record& record) {
  const auto found =
      std::ranges::find(record, kNameField, &model::Value::Record::value_type::first);
  if (found == record.end() || found->second.text() == nullptr) return std::nullopt;
  std::string name = *found->second.text();
  record.erase(found);
  return name;
}

/// The fields of an item, and its name.
struct Named {
  std::optional<std::string> name;
  model::Value data;
};

Result<Named> named_item(const fs::path& file, model::Value item) {
  auto* record = std::get_if<model::Value::Record>(&item.content());
  if (record == nullptr) {
    return each_error(file, "名单的每一项应当是记录，实为" + std::string(item.kind()), "");
  }
  std::optional<std::string> name = take_name(*record);
  return Named{std::move(name), std::move(item)};
}

BatchItems items_of_folder(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const fs::path ending = entry.path().extension();
    if (ending == ".yaml" || ending == ".yml" || ending == ".json") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  BatchItems items;
  for (const fs::path& file : files)
    items.names.push_back(file.stem().string());
  items.read = [files = std::move(files)](std::size_t item) { return read_values(files[item]); };
  return items;
}

Result<BatchItems> items_of_list(const fs::path& file) {
  HUICE_TRY(model::Value value, read_values(file));
  auto* list = std::get_if<model::Value::List>(&value.content());
  if (list == nullptr) {
    return each_error(file, "名单应当是列表，一份文件一项，实为" + std::string(value.kind()),
                      "每项前面写一个减号，如 - {文件名: 甲镇, 主送: [甲镇人民政府]}");
  }
  auto read = std::make_shared<std::vector<Result<model::Value>>>();
  BatchItems items;
  for (model::Value& each : *list) {
    auto named = named_item(file, std::move(each));
    const std::string number = numbered(items.names.size() + 1, list->size());
    items.names.push_back(named ? named.value().name.value_or(number) : number);
    if (named) {
      read->push_back(std::move(named).value().data);
    } else {
      read->push_back(named.error());
    }
  }
  items.read = [read](std::size_t item) { return (*read)[item]; };
  return items;
}

/// A file of JSON lines, mapped, and where its lines are.
struct Lines {
  fs::path path;
  std::shared_ptr<const MappedFile> file;
  std::vector<std::string_view> lines;

  Result<Named> item(std::size_t number) const {
    auto value = notation::read_json(lines[number], path.string());
    if (!value) {
      Error error = std::move(value).error();
      error.where.line = static_cast<int>(number) + 1;
      return error;
    }
    return named_item(path, std::move(value).value());
  }
};

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// Where a word stands in a text whose lines are asked for in their order. A search of the whole
/// text takes a fraction of the time of one for each line.
class Places {
 public:
  Places(std::string_view text, std::string_view word) : left_(text), word_(word) { find(); }

  bool is_one_in(std::string_view line) {
    while (next_ != nullptr && next_ < line.data()) {
      left_.remove_prefix(static_cast<std::size_t>(next_ + word_.size() - left_.data()));
      find();
    }
    return next_ != nullptr && next_ < line.data() + line.size();
  }

 private:
  /// Not string_view::find, which stops at each first byte: most words of Chinese share it.
  void find() {
    next_ =
        static_cast<const char*>(::memmem(left_.data(), left_.size(), word_.data(), word_.size()));
  }

  std::string_view left_;
  std::string_view word_;
  const char* next_ = nullptr;  ///< null when there is none any more
};

/// Names are wanted before the first item is drawn; lines that cannot have one are not parsed
/// twice.
Result<BatchItems> items_of_lines(const fs::path& path) {
  HUICE_TRY(auto file, MappedFile::open(path, kMaxLinesBytes));
  auto lines = std::make_shared<Lines>();
  lines->path = path;
  lines->lines = lines_of(file->bytes());
  Places names(file->bytes(), kNameField);
  Places escapes(file->bytes(), "\\");
  lines->file = std::move(file);
  BatchItems items;
  for (std::size_t i = 0; i < lines->lines.size(); ++i) {
    const std::string_view line = lines->lines[i];
    const bool may_have_name =
        names.is_one_in(line) || (escapes.is_one_in(line) && line.find("\\u") != line.npos);
    std::string name = numbered(i + 1, lines->lines.size());
    if (may_have_name) {
      auto named = lines->item(i);
      if (named) name = named.value().name.value_or(name);
    }
    items.names.push_back(std::move(name));
  }
  items.read = [lines](std::size_t item) -> Result<model::Value> {
    HUICE_TRY(Named named, lines->item(item));
    return std::move(named.data);
  };
  return items;
}

Result<BatchItems> items_of(const fs::path& each) {
  std::error_code error;
  if (fs::is_directory(each, error)) return items_of_folder(each);
  if (each.extension() == ".jsonl") return items_of_lines(each);
  return items_of_list(each);
}

}  // namespace

Result<BatchItems> read_batch_items(const fs::path& each) {
  HUICE_TRY(BatchItems items, items_of(each));
  if (items.names.empty()) return each_error(each, "名单里一项也没有", "");
  if (items.names.size() > kMaxBatchItems) {
    Error too_many = each_error(each, "名单超过 2 万项", "把名单分成几份");
    too_many.code = ErrorCode::TooLarge;
    too_many.id = "draft.too-many";
    return too_many;
  }
  std::set<std::string_view> names;
  for (const std::string& name : items.names) {
    if (!usable(name)) {
      return each_error(each, "“" + name + "”不能作文件名", "不要用斜杠，也不要太长");
    }
    if (!names.insert(name).second) {
      return each_error(each, "文件名“" + name + "”用了两次", "给每一项写不同的 文件名");
    }
  }
  return items;
}

}  // namespace huice::app
