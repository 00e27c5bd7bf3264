#include "base/files.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/new_file.h"

namespace huice {
namespace {

/// An open file that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }

  int get() const { return number_; }
  bool is_open() const { return number_ >= 0; }
  bool close() {
    const int number = std::exchange(number_, -1);
    return number < 0 || ::close(number) == 0;
  }

 private:
  int number_;
};

/// A pipe that nobody writes to would be waited for until somebody does; for regular files the last
/// flag says nothing.
constexpr int kToRead = O_RDONLY | O_CLOEXEC | O_NONBLOCK;

std::string reason() {
  std::array<char, 256> buffer{};
  return ::strerror_r(errno, buffer.data(), buffer.size());
}

Error failure(ErrorCode code, std::string id, std::string message,
              const std::filesystem::path& path) {
  return Error{.code = code,
               .id = std::move(id),
               .message = std::move(message),
               .where = {.file = path.string(), .line = 0, .column = 0, .part = {}},
               .hint = "检查路径、权限和磁盘空间",
               .excerpt = {},
               .also = {}};
}

Error unwritable(const std::string& what, const std::filesystem::path& path) {
  return failure(ErrorCode::Io, "file.unwritable", what + "：" + reason(), path);
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

Error too_large(const std::filesystem::path& path, std::size_t limit) {
  Error error = failure(ErrorCode::TooLarge, "file.too-large",
                        "文件超过 " + std::to_string(limit >> 20) + " MiB 的上限", path);
  error.hint = "请拆成几个文件后再试";
  return error;
}

/// The size of the regular file that `file` should be, opened from `path`.
Result<std::size_t> size_of(const Descriptor& file, const std::filesystem::path& path) {
  if (!file.is_open()) {
    const bool absent = errno == ENOENT || errno == ENOTDIR;
    return failure(absent ? ErrorCode::NotFound : ErrorCode::Io,
                   absent ? "file.not-found" : "file.unreadable", "打不开文件：" + reason(), path);
  }
  struct stat status {};
  if (::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
    return failure(ErrorCode::Io, "file.unreadable", "应是普通文件", path);
  }
  return static_cast<std::size_t>(status.st_size);
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path, std::size_t limit) {
  const Descriptor file(::open(path.c_str(), kToRead));
  HUICE_TRY(const std::size_t size, size_of(file, path));
  if (size > limit) return too_large(path, limit);
  std::string bytes;
  std::array<char, 1 << 16> chunk;
  for (;;) {
    const ssize_t count = ::read(file.get(), chunk.data(), chunk.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      return failure(ErrorCode::Io, "file.unreadable", "读取失败：" + reason(), path);
    }
    if (count == 0) return bytes;
    bytes.append(chunk.data(), static_cast<std::size_t>(count));
    if (bytes.size() > limit) return too_large(path, limit);
  }
}

Result<std::shared_ptr<const MappedFile>> MappedFile::open(const std::filesystem::path& path,
                                                           std::size_t limit) {
  const Descriptor file(::open(path.c_str(), kToRead));
  HUICE_TRY(const std::size_t size, size_of(file, path));
  if (size > limit) return too_large(path, limit);
  void* memory = nullptr;
  if (size > 0) {
    memory = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
    if (memory == MAP_FAILED) {
      return failure(ErrorCode::Io, "file.unreadable", "读取失败：" + reason(), path);
    }
  }
  return std::shared_ptr<const MappedFile>(
      new MappedFile(std::string_view(static_cast<const char*>(memory), size)));
}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());
}

Result<NewFile> NewFile::open(std::filesystem::path path) {
  const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  std::string temporary = (folder / ("." + path.filename().string() + ".XXXXXX")).string();
  const int descriptor = ::mkostemp(temporary.data(), O_CLOEXEC);
  if (descriptor < 0) return unwritable("无法写入", path);
  return NewFile(std::move(path), std::move(temporary), descriptor);
}

NewFile::NewFile(NewFile&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

NewFile::~NewFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Status NewFile::append(std::string_view bytes) {
  if (!write_all(descriptor_, bytes)) return unwritable("写入失败", path_);
  return Unit{};
}

Status NewFile::finish() {
  const bool written = ::fchmod(descriptor_, 0644) == 0 && ::fsync(descriptor_) == 0 &&
                       ::close(std::exchange(descriptor_, -1)) == 0;
  if (!written || ::rename(temporary_.c_str(), path_.c_str()) != 0)
    return unwritable("写入失败", path_);
  temporary_.clear();
  const auto folder = path_.has_parent_path() ? path_.parent_path() : std::filesystem::path(".");
  if (const Descriptor parent(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
      parent.is_open()) {
    ::fsync(parent.get());
  }
  return Unit{};
}

Status write_file(const std::filesystem::path& path, std::string_view bytes) {
  HUICE_TRY(NewFile file, NewFile::open(path));
  HUICE_TRY([[maybe_unused]] const Unit written, file.append(bytes));
  return file.finish();
}

Status place_file(const std::filesystem::path& path, const std::filesystem::path& temporary,
                  std::string_view bytes) {
  const auto refuse = [&](const std::string& what) {
    return failure(ErrorCode::Io, "file.unwritable", what + "：" + reason(), path);
  };
  Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (!file.is_open()) return refuse("无法写入");
  const bool written = write_all(file.get(), bytes) && file.close();
  if (!written || ::rename(temporary.c_str(), path.c_str()) != 0) return refuse("写入失败");
  return Unit{};
}

Status move_file(const std::filesystem::path& from, const std::filesystem::path& to) {
  const Descriptor file(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open() || ::fsync(file.get()) != 0 || ::rename(from.c_str(), to.c_str()) != 0) {
    return failure(ErrorCode::Io, "file.unwritable", "写入失败：" + reason(), to);
  }
  return Unit{};
}

Status sync_folder(const std::filesystem::path& folder) {
  const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.is_open() && ::syncfs(opened.get()) == 0) return Unit{};
  return failure(ErrorCode::Io, "file.unwritable", "写入失败：" + reason(), folder);
}

Result<GrowingFile> GrowingFile::open(const std::filesystem::path& path) {
  std::error_code error;
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), error);
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (descriptor < 0) {
    return failure(ErrorCode::Io, "file.unwritable", "无法写入：" + reason(), path);
  }
  GrowingFile file(path, descriptor, 0);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    Error in_use = failure(ErrorCode::Conflict, "file.in-use", "另一个程序正在写这个文件", path);
    in_use.hint = "等它做完再试，或写到别处";
    return in_use;
  }
  const off_t size = ::lseek(descriptor, 0, SEEK_END);
  if (size < 0) return failure(ErrorCode::Io, "file.unwritable", "无法写入：" + reason(), path);
  file.size_ = static_cast<std::uint64_t>(size);
  return file;
}

GrowingFile::GrowingFile(GrowingFile&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      size_(other.size_) {}

GrowingFile::~GrowingFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Status GrowingFile::append(std::string_view bytes) {
  if (!write_all(descriptor_, bytes)) {
    return failure(ErrorCode::Io, "file.unwritable", "写入失败：" + reason(), path_);
  }
  size_ += bytes.size();
  return Unit{};
}

/// Nothing where nothing lies behind `size`: a file that was ever cut is written to the disk when
/// it is closed (ext4), even if it is gone.
Status GrowingFile::cut(std::uint64_t size) {
  const auto end = static_cast<off_t>(size);
  if (::lseek(descriptor_, 0, SEEK_END) != end && ::ftruncate(descriptor_, end) != 0) {
    return failure(ErrorCode::Io, "file.unwritable", "写入失败：" + reason(), path_);
  }
  size_ = size;
  return Unit{};
}

bool GrowingFile::read(std::uint64_t offset, std::span<char> bytes) const {
  while (!bytes.empty()) {
    const ssize_t got =
        ::pread(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    offset += static_cast<std::uint64_t>(got);
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
  return true;
}

}  // namespace huice
