#include "policy/library_folder.h"

#include <algorithm>
#include <map>
#include <system_error>
#include <utility>

#include "base/files.h"

namespace huice::policy {
namespace {

namespace fs = std::filesystem;

/// The YAML files below `folder`, sorted, added to `files`; an absent folder has none.
huice::Status list_files(const fs::path& folder, std::vector<fs::path>& files) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) return Unit{};
  std::vector<fs::path> found;
  fs::recursive_directory_iterator entry(folder, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    const auto extension = entry->path().extension();
    if (extension == ".yaml" || extension == ".yml") found.push_back(entry->path());
    if (found.size() <= kMaxPolicyFiles) continue;
    return Error{.code = ErrorCode::TooLarge,
                 .id = "policy.too-large",
                 .message = "政策文件超过20000个",
                 .where = {.file = folder.string()},
                 .hint = "把政策库分成几个目录"};
  }
  if (error) {
    return Error{.code = ErrorCode::Io,
                 .id = "file.unreadable",
                 .message = "不能列出目录：" + error.message(),
                 .where = {.file = folder.string()},
                 .hint = "检查目录的权限"};
  }
  std::ranges::sort(found);
  std::ranges::move(found, std::back_inserter(files));
  return Unit{};
}

Result<LibraryFile> read_text(const fs::path& path) {
  LibraryFile file{path.string(), {}};
  HUICE_TRY(file.text, read_file(path));
  return file;
}

}  // namespace

Result<LibraryFolder> LibraryFolder::open(std::filesystem::path folder) {
  LibraryFolder opened(std::move(folder));
  HUICE_TRY(opened.base_, opened.look_at_base());
  HUICE_TRY([[maybe_unused]] const Unit base, opened.read_base());
  HUICE_TRY(auto files, opened.list());
  HUICE_TRY([[maybe_unused]] const Unit all, opened.take_in(std::move(files)));
  return opened;
}

Result<Library> LibraryFolder::with(const LibraryFile& file) const {
  LibraryReader reader = reader_;
  const auto policy = reader.read_policy(file);
  std::vector<std::shared_ptr<const Policy>> policies;
  for (const File& each : files_) {
    if (each.policy && (!policy || each.policy->id != policy->id)) policies.push_back(each.policy);
  }
  if (policy) policies.push_back(policy);
  return reader.assemble(policies);
}

Result<std::shared_ptr<const Library>> LibraryFolder::refresh() {
  HUICE_TRY(const Base base, look_at_base());
  if (base != base_) {
    HUICE_TRY(*this, open(folder_));
    return library_;
  }
  HUICE_TRY(auto files, list());
  std::map<std::string_view, const File*> known;
  for (const File& file : files_)
    known.emplace(file.path.native(), &file);
  bool changed = files.size() != files_.size();
  for (File& file : files) {
    const auto found = known.find(file.path.native());
    const bool same = found != known.end() && found->second->stamp == file.stamp;
    if (same) file.policy = found->second->policy;
    changed = changed || !same;
  }
  if (!changed) return library_;
  HUICE_TRY([[maybe_unused]] const Unit taken, take_in(std::move(files)));
  return library_;
}

Result<LibraryFolder::Base> LibraryFolder::look_at_base() const {
  const auto facts = file_stamp(folder_ / "facts.yaml");
  if (!facts) {
    return Error{.code = ErrorCode::NotFound,
                 .id = "policy.no-library",
                 .message = "不是政策库：目录“" + folder_.string() + "”下没有 facts.yaml",
                 .where = {.file = folder_.string()},
                 .hint = "用 --policies 指明政策库目录"};
  }
  return Base{*facts, file_stamp(folder_ / "references.yaml")};
}

Result<std::vector<LibraryFolder::File>> LibraryFolder::list() const {
  std::vector<fs::path> paths;
  for (const char* part : {"national", "local"}) {
    HUICE_TRY([[maybe_unused]] const Unit listed, list_files(folder_ / part, paths));
  }
  std::vector<File> files;
  files.reserve(paths.size());
  for (fs::path& path : paths) {
    const FileStamp stamp = file_stamp(path).value_or(FileStamp{});  // none: reading it will fail
    files.push_back({std::move(path), stamp, nullptr});
  }
  return files;
}

huice::Status LibraryFolder::read_base() {
  HUICE_TRY(const auto facts, read_text(folder_ / "facts.yaml"));
  reader_.read_facts(facts);
  if (!base_.references) return Unit{};
  HUICE_TRY(const auto references, read_text(folder_ / "references.yaml"));
  if (!references.text.empty()) reader_.read_references(references);
  return Unit{};
}

/// Reads the files that have no policy yet.
huice::Status LibraryFolder::take_in(std::vector<File> files) {
  std::vector<std::pair<File*, LibraryFile>> texts;
  for (File& file : files) {
    if (file.policy) continue;
    HUICE_TRY(auto text, read_text(file.path));
    texts.emplace_back(&file, std::move(text));
  }
  for (auto& [file, text] : texts)
    file->policy = reader_.read_policy(text);
  std::vector<std::shared_ptr<const Policy>> policies;
  policies.reserve(files.size());
  for (const File& file : files) {
    if (file.policy) policies.push_back(file.policy);
  }
  HUICE_TRY(auto library, reader_.assemble(policies));
  library_ = std::make_shared<const Library>(std::move(library));
  files_ = std::move(files);
  return Unit{};
}

}  // namespace huice::policy
