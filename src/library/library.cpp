#include "library/library.h"

#include <algorithm>

#include "library/state.h"
#include "library/structure.h"
#include "library/terms.h"
#include "text/document_number.h"
#include "text/normalize.h"

namespace huice::library {
namespace {

namespace fs = std::filesystem;

/// Bump when the terms or the packing change; older libraries are then refused with the way out.
constexpr std::string_view kVersionKey = "huice-library";
constexpr std::string_view kVersion = "1";

Error version_error(const fs::path& folder) {
  return {.code = ErrorCode::Unsupported,
          .id = "library.version",
          .message = "资料库由另一版本的程序建立，本版本读不了",
          .where = {.file = folder.string()},
          .hint = "请换一个新文件夹，用 huice library add 重新添加原始文件"};
}

Result<Unit> open_writer(LibraryState& state) {
  std::error_code failed;
  fs::create_directories(state.folder, failed);
  if (failed) {
    return Error{.code = ErrorCode::Io,
                 .id = "library.index",
                 .message = "建不了资料库文件夹：" + failed.message(),
                 .where = {.file = state.folder.string()},
                 .hint = "请检查上级文件夹是否可写"};
  }
  state.writer.emplace(state.folder.string(), Xapian::DB_CREATE_OR_OPEN);
  const std::string version = state.writer->get_metadata(std::string(kVersionKey));
  if (version.empty() && state.writer->get_doccount() == 0) {
    state.writer->set_metadata(std::string(kVersionKey), std::string(kVersion));
    state.writer->commit();
  } else if (version != kVersion) {
    return version_error(state.folder);
  }
  state.database = *state.writer;
  return Unit{};
}

Result<Unit> open_reader(LibraryState& state) {
  state.database = Xapian::Database(state.folder.string());
  if (state.database.get_metadata(std::string(kVersionKey)) != kVersion) {
    return version_error(state.folder);
  }
  return Unit{};
}

}  // namespace

Error index_error(const Xapian::Error& error, const fs::path& folder) {
  const SourceSpan where = {.file = folder.string()};
  const std::string_view type = error.get_type();
  if (type == "DatabaseLockError") {
    return {.code = ErrorCode::Conflict,
            .id = "library.locked",
            .message = "资料库正被另一个程序写入",
            .where = where,
            .hint = "请等它结束后再试"};
  }
  if (type == "DatabaseOpeningError" || type == "DatabaseNotFoundError") {
    return {.code = ErrorCode::NotFound,
            .id = "library.not-found",
            .message = "这里没有资料库，或资料库已损坏：" + error.get_msg(),
            .where = where,
            .hint = "先用 huice library add 文件… --library 文件夹 建立资料库"};
  }
  return {.code = ErrorCode::Io,
          .id = "library.index",
          .message = "资料库读写出错：" + error.get_msg(),
          .where = where,
          .hint = "请检查磁盘空间和文件夹权限；仍不行请重建资料库"};
}

LibraryState::LibraryState(IndexSettings index_settings)
    : settings(std::move(index_settings)), segmenter(text::Lexicon(settings.lexicon)) {
  for (const auto& group : settings.synonyms) {
    for (const std::string& word : group) {
      auto& others = synonyms[word];
      std::ranges::copy_if(group, std::back_inserter(others),
                           [&](const std::string& other) { return other != word; });
    }
  }
}

std::optional<Xapian::docid> LibraryState::first_with(const std::string& term) const {
  const auto found = database.postlist_begin(term);
  if (found == database.postlist_end(term)) return std::nullopt;
  return *found;
}

std::optional<Holding> LibraryState::holding(Xapian::docid id) const {
  return unpack_holding(database.get_document(id).get_data());
}

std::optional<Holding> LibraryState::holding_by_id(std::string_view id) const {
  // A document is written before its passages, so it is the first that bears its id.
  const auto found = first_with(exact_term(prefix::kId, id));
  return found ? holding(*found) : std::nullopt;
}

std::optional<Holding> LibraryState::named(std::string_view name) const {
  const std::string_view wanted = text::trimmed(name);
  if (auto found = holding_by_id(wanted)) return found;
  std::vector<std::string> terms;
  if (const auto number = text::parse_document_number(wanted)) {
    terms.push_back(exact_term(prefix::kNumber, number->text()));
  }
  terms.push_back(exact_term(prefix::kTitleKey, title_key(wanted)));
  for (const std::string& term : terms) {
    if (const auto id = first_with(term)) {
      // The term may stand on a passage; its document is the one to show.
      const auto stored = unpack_passage(database.get_document(*id).get_data());
      auto found = stored ? holding_by_id(stored->document) : std::nullopt;
      return found ? found : holding(*id);
    }
  }
  return std::nullopt;
}

Library::Library(std::unique_ptr<LibraryState> state) : state_(std::move(state)) {}
Library::~Library() = default;
Library::Library(Library&&) noexcept = default;
Library& Library::operator=(Library&&) noexcept = default;

Result<Library> Library::open(const fs::path& folder, Mode mode, IndexSettings settings) {
  auto state = std::make_unique<LibraryState>(std::move(settings));
  state->folder = folder;
  try {
    HUICE_TRY([[maybe_unused]] const Unit opened,
              mode == Mode::Write ? open_writer(*state) : open_reader(*state));
  } catch (const Xapian::Error& error) {
    return index_error(error, folder);
  }
  return Library(std::move(state));
}

Result<std::size_t> Library::size() const {
  try {
    return std::size_t{state_->database.get_termfreq(exact_term(prefix::kKind, "D"))};
  } catch (const Xapian::Error& error) {
    return index_error(error, state_->folder);
  }
}

Result<Holding> Library::show(std::string_view name) const {
  try {
    if (auto found = state_->named(name)) return std::move(*found);
  } catch (const Xapian::Error& error) {
    return index_error(error, state_->folder);
  }
  return Error{.code = ErrorCode::NotFound,
               .id = "library.no-document",
               .message = "资料库里没有“" + std::string(name) + "”",
               .where = {.file = state_->folder.string()},
               .hint = "可写编号、发文字号或完整标题；用 huice library search 查找"};
}

}  // namespace huice::library
