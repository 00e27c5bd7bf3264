#include "compose/partials.h"

#include <algorithm>
#include <system_error>

#include "base/files.h"

namespace huice::compose {
namespace {

Error include_error(ErrorCode code, std::string message, std::string hint) {
  return Error{.code = code,
               .id = "template.include",
               .message = std::move(message),
               .where = {},
               .hint = std::move(hint)};
}

Error not_found(std::string_view name) {
  return include_error(ErrorCode::NotFound, "找不到要引入的文件“" + std::string(name) + "”",
                       "文件名相对于模板所在的文件夹来写，注意大小写");
}

Error outside(std::string_view name) {
  return include_error(ErrorCode::InvalidInput,
                       "要引入的文件“" + std::string(name) + "”不在模板所在的文件夹内",
                       "把文件放到模板所在的文件夹里，用不带 .. 的相对路径引入");
}

}  // namespace

Result<std::string> NoPartials::read(std::string_view name) const {
  return not_found(name);
}

Result<std::string> NamedPartials::read(std::string_view name) const {
  const auto found = texts_.find(name);
  if (found == texts_.end()) return not_found(name);
  return found->second;
}

Result<std::string> FolderPartials::read(std::string_view name) const {
  namespace fs = std::filesystem;
  const fs::path relative{std::string(name)};
  if (name.empty() || relative.is_absolute() || name.find('\0') != std::string_view::npos ||
      std::ranges::find(relative, fs::path("..")) != relative.end()) {
    return outside(name);
  }
  std::error_code code;
  const fs::path root = fs::canonical(folder_, code);
  if (code) return not_found(name);
  const fs::path file = fs::canonical(root / relative, code);
  if (code || !fs::is_regular_file(file, code)) return not_found(name);
  const auto [root_end, rest] = std::ranges::mismatch(root, file);
  if (root_end != root.end()) return outside(name);
  return read_file(file);
}

}  // namespace huice::compose
