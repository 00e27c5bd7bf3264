#include "app/draft_batch.h"

#include <algorithm>
#include <set>
#include <utility>

#include "app/draft.h"
#include "app/glyph_places.h"
#include "app/typesetting.h"
#include "base/files.h"
#include "layout/official.h"
#include "render/pdf/pdf_writer.h"

namespace huice::app {
namespace fs = std::filesystem;
namespace {

struct Item {
  std::string name;
  Result<model::Value> data;
};

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
  const auto found = std::ranges::find(record, "文件名", &model::Value::Record::value_type::first);
  if (found == record.end() || found->second.text() == nullptr) return std::nullopt;
  std::string name = *found->second.text();
  record.erase(found);
  return name;
}

Result<std::vector<Item>> items_of_folder(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const fs::path ending = entry.path().extension();
    if (ending == ".yaml" || ending == ".yml" || ending == ".json") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  std::vector<Item> items;
  for (const fs::path& file : files)
    items.push_back({file.stem().string(), read_values(file)});
  return items;
}

Result<std::vector<Item>> items_of_file(const fs::path& file) {
  HUICE_TRY(const model::Value value, read_values(file));
  const auto* list = value.list();
  if (list == nullptr) {
    return each_error(file, "名单应当是列表，一份文件一项，实为" + std::string(value.kind()),
                      "每项前面写一个减号，如 - {文件名: 甲镇, 主送: [甲镇人民政府]}");
  }
  std::vector<Item> items;
  for (const model::Value& each : *list) {
    std::string name = numbered(items.size() + 1, list->size());
    if (each.record() == nullptr) {
      items.push_back(
          {name, each_error(file, "名单的每一项应当是记录，实为" + std::string(each.kind()), "")});
      continue;
    }
    model::Value copy = each;
    name = take_name(std::get<model::Value::Record>(copy.content())).value_or(name);
    items.push_back({name, std::move(copy)});
  }
  return items;
}

Result<std::vector<Item>> items_of(const fs::path& each) {
  std::error_code error;
  HUICE_TRY(std::vector<Item> items,
            fs::is_directory(each, error) ? items_of_folder(each) : items_of_file(each));
  if (items.empty()) return each_error(each, "名单里一项也没有", "");
  if (items.size() > kMaxBatchItems) {
    Error too_many = each_error(each, "名单超过 2 万项", "把名单分成几份");
    too_many.code = ErrorCode::TooLarge;
    too_many.id = "draft.too-many";
    return too_many;
  }
  std::set<std::string> names;
  for (const Item& item : items) {
    if (!usable(item.name)) {
      return each_error(each, "“" + item.name + "”不能作文件名", "不要用斜杠，也不要太长");
    }
    if (!names.insert(item.name).second) {
      return each_error(each, "文件名“" + item.name + "”用了两次", "给每一项写不同的 文件名");
    }
  }
  return items;
}

/// `item` with the fields of `shared` that it does not have.
model::Value with_shared(model::Value item, const model::Value& shared) {
  auto* record = std::get_if<model::Value::Record>(&item.content());
  if (record == nullptr || shared.record() == nullptr) return item;
  for (const auto& field : *shared.record()) {
    if (item.find(field.first) == nullptr) record->push_back(field);
  }
  return item;
}

class Batch {
 public:
  Batch(fs::path template_file, const BatchRequest& request, layout::FontSet fonts)
      : template_(std::move(template_file)), request_(request), fonts_(std::move(fonts)) {}

  Status load_shared() {
    if (request_.data) {
      HUICE_TRY(shared_, read_values(*request_.data));
    }
    return Unit{};
  }

  BatchItem draw(const Item& item) {
    auto drawn = pages_of(item);
    if (!drawn) return {item.name, 0, std::move(drawn).error()};
    return {item.name, drawn.value(), std::nullopt};
  }

  Status write_merged() {
    if (merged_.pages.empty()) return Unit{};
    HUICE_TRY(const auto bytes, render::pdf::write(merged_, options(title_, author_)));
    return write_file(request_.out, bytes);
  }

 private:
  render::pdf::PdfOptions options(const std::string& title, const std::string& author) const {
    render::pdf::PdfOptions options = request_.pdf;
    options.title = title;
    options.author = author;
    return options;
  }

  Result<int> pages_of(const Item& item) {
    HUICE_TRY(model::Value data, item.data);
    HUICE_TRY(const auto content,
              content_with_campaign(with_shared(std::move(data), shared_), request_.campaign));
    HUICE_TRY(const auto document, compose_document(template_, content));
    HUICE_TRY(auto images, pictures_.of(document));
    auto laid_out = layout::lay_out(document, fonts_, {.images = std::move(images)});
    if (!laid_out) {
      std::vector<fs::path> files = {template_};
      if (request_.data) files.insert(files.begin(), *request_.data);
      return with_glyph_places(std::move(laid_out).error(), files);
    }
    layout::Pages pages = std::move(laid_out).value();
    const auto count = static_cast<int>(pages.pages.size());
    if (!request_.merge) {
      HUICE_TRY(const auto bytes,
                render::pdf::write(pages, options(document.title, author_of(document)), outlines_));
      HUICE_TRY([[maybe_unused]] const Unit written,
                write_file(request_.out / (item.name + ".pdf"), bytes));
      return count;
    }
    if (merged_.pages.empty()) {
      title_ = document.title;
      author_ = author_of(document);
    }
    append_pages(merged_, std::move(pages), item.name);
    return count;
  }

  fs::path template_;
  const BatchRequest& request_;
  layout::FontSet fonts_;
  PictureFiles pictures_;
  render::pdf::OutlineStore outlines_;
  model::Value shared_;
  layout::Pages merged_;
  std::string title_;
  std::string author_;
};

}  // namespace

Result<std::vector<BatchItem>> draft_each(const World& world, const BatchRequest& request,
                                          const std::function<void(const BatchItem&)>& progress) {
  HUICE_TRY(auto template_file, find_template(world, request.template_name));
  HUICE_TRY(const auto items, items_of(request.each));
  HUICE_TRY(auto fonts, open_fonts(world, request.fonts));
  if (!request.merge) {
    std::error_code error;
    fs::create_directories(request.out, error);
    if (error) {
      return Error{.code = ErrorCode::Io,
                   .id = "file.unwritable",
                   .message = "建不成文件夹：" + error.message(),
                   .where = {.file = request.out.string()},
                   .hint = "检查路径和权限"};
    }
  }
  Batch batch(std::move(template_file), request, std::move(fonts));
  HUICE_TRY([[maybe_unused]] const Unit loaded, batch.load_shared());
  std::vector<BatchItem> done;
  for (const Item& item : items) {
    done.push_back(batch.draw(item));
    progress(done.back());
  }
  if (request.merge) {
    HUICE_TRY([[maybe_unused]] const Unit written, batch.write_merged());
  }
  return done;
}

}  // namespace huice::app
