// A copy of a library while others use it.
#include "library/state.h"

namespace huice::library {
namespace {

namespace fs = std::filesystem;

Error io_error(const fs::path& target, const std::string& why) {
  return {.code = ErrorCode::Io,
          .id = "library.index",
          .message = "备份没有写成：" + why,
          .where = {.file = target.string()},
          .hint = "请检查磁盘空间和文件夹权限"};
}

}  // namespace

Result<Unit> Library::backup(const fs::path& target) const {
  if (state_->parts > 1) {
    return Error{.code = ErrorCode::Unsupported,
                 .id = "library.parts",
                 .message = "这是由几个文件库合成的，不能整个备份",
                 .where = {.file = state_->folder.string()},
                 .hint = "请分别备份其中的每个文件库"};
  }
  std::error_code failed;
  if (fs::exists(target, failed)) {
    return Error{.code = ErrorCode::Conflict,
                 .id = "library.backup-exists",
                 .message = "已经有这个文件或文件夹，备份不覆盖它",
                 .where = {.file = target.string()},
                 .hint = "请换一个名字，例如加上日期"};
  }
  // Under another name until it is whole, so that nothing half-written passes for a backup.
  const fs::path unfinished = target.string() + ".unfinished";
  const auto copied = state_->reading([&](const LibraryState& state) -> Result<Unit> {
    std::error_code ignored;
    fs::remove_all(unfinished, ignored);
    Xapian::Database snapshot = state.database;
    snapshot.compact(unfinished.string());
    if (Xapian::Database::check(unfinished.string(), 0) != 0) {
      return io_error(target, "抄本与原件不符");
    }
    return Unit{};
  });
  if (copied) fs::rename(unfinished, target, failed);
  if (!copied || failed) {
    std::error_code ignored;
    fs::remove_all(unfinished, ignored);
  }
  if (failed) return io_error(target, failed.message());
  return copied;
}

}  // namespace huice::library
