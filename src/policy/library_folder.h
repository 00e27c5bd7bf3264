// A library folder that is read once and then followed.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "base/file_stamp.h"
#include "policy/library_reader.h"

namespace huice::policy {

/// Keeps what was read of each file, so that of a library of thousands of policies only the files
/// that changed are read again. Not for use by several threads at once; the libraries it gives are.
class LibraryFolder {
 public:
  /// Errors: as load_library.
  static Result<LibraryFolder> open(std::filesystem::path folder);

  /// As the folder was when it was last read.
  const std::shared_ptr<const Library>& library() const { return library_; }

  /// The library at hand with one policy file more, or in place of the one of the same id; nothing
  /// is kept of it. Errors: the findings of the file, and those between it and the others.
  Result<Library> with(const LibraryFile& file) const;

  /// The library as the folder has it now; the one at hand when nothing changed. A change of the
  /// catalogue or of the references has all files read. Policies of unchanged files are shared with
  /// the library before, unless another file's relations bear on them.
  ///
  /// Errors: as load_library; what was read before stays.
  Result<std::shared_ptr<const Library>> refresh();

 private:
  struct File {
    std::filesystem::path path;
    FileStamp stamp;  ///< from before it was read
    std::shared_ptr<const Policy> policy;
  };
  /// The catalogue and the references.
  struct Base {
    FileStamp facts;
    std::optional<FileStamp> references;
    friend bool operator==(const Base&, const Base&) = default;
  };

  explicit LibraryFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}
  Result<Base> look_at_base() const;
  Result<std::vector<File>> list() const;
  huice::Status read_base();  // policy has a Status of its own
  huice::Status take_in(std::vector<File> files);

  std::filesystem::path folder_;
  LibraryReader reader_;
  Base base_;
  std::vector<File> files_;  ///< in the library's order
  std::shared_ptr<const Library> library_;
};

}  // namespace huice::policy
