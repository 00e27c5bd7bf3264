#include "library/library.h"

#include <algorithm>

#include "library/parts.h"
#include "library/snapshot.h"
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
constexpr std::string_view kVersion = "4";

/// Stands between the id of a document and the number of its part.
constexpr char kPartMark = '@';

Error version_error(const fs::path& folder) {
  return {.code = ErrorCode::Unsupported,
          .id = "library.version",
          .message = "文件库由另一版本的程序建立，本版本读不了",
          .where = {.file = folder.string()},
          .hint = "请换一个新文件夹，用 huice library add 重新添加原始文件"};
}

/// Makes an empty library beside the place where it belongs and moves it there whole: a library
/// that was cut off while it was made could be neither opened nor made again.
void make_library(const fs::path& folder) {
  const fs::path place = folder.has_filename() ? folder : folder.parent_path();
  const fs::path beside = place.string() + ".new";
  {
    Xapian::WritableDatabase fresh(beside.string(), Xapian::DB_CREATE_OR_OVERWRITE);
    fresh.set_metadata(std::string(kVersionKey), std::string(kVersion));
    fresh.commit();
  }
  std::error_code failed;
  fs::rename(beside, place, failed);  // replaces an empty folder, never one that holds something
  std::error_code stays;
  if (failed) fs::remove_all(beside, stays);
}

/// Takes over the names of enterprises that the databases keep.
void know_names_of(const std::vector<Xapian::Database>& databases, LibraryState& state) {
  std::set<std::string, std::less<>> names;
  for (const Xapian::Database& database : databases)
    names.merge(names_in(database));
  if (!names.empty()) state.know_names(std::move(names));
}

Result<Unit> open_writer(LibraryState& state) {
  std::error_code failed;
  if (fs::is_regular_file(state.folder, failed)) {
    return Error{.code = ErrorCode::Unsupported,
                 .id = "library.parts",
                 .message = "这是由几个文件库合成的，只能检索",
                 .where = {.file = state.folder.string()},
                 .hint = "请写明要写入其中哪一个文件库"};
  }
  fs::create_directories(state.folder, failed);
  if (failed) {
    return Error{.code = ErrorCode::Io,
                 .id = "library.index",
                 .message = "建不了文件库文件夹：" + failed.message(),
                 .where = {.file = state.folder.string()},
                 .hint = "请检查上级文件夹是否可写"};
  }
  if (fs::is_empty(state.folder, failed)) make_library(state.folder);
  state.writer.emplace(state.folder.string(), Xapian::DB_CREATE_OR_OPEN);
  const std::string version = state.writer->get_metadata(std::string(kVersionKey));
  if (version.empty() && state.writer->get_doccount() == 0) {
    state.writer->set_metadata(std::string(kVersionKey), std::string(kVersion));
    state.writer->commit();
  } else if (version != kVersion) {
    return version_error(state.folder);
  }
  state.database = *state.writer;
  know_names_of({state.database}, state);
  return Unit{};
}

/// The database that `open` gives; nullopt where it is another version's.
template <class Open>
std::optional<Xapian::Database> opened(Open open) {
  const auto attempt = [&]() -> std::optional<Xapian::Database> {
    Xapian::Database database = open();
    if (database.get_metadata(std::string(kVersionKey)) != kVersion) return std::nullopt;
    return database;
  };
  return of_a_snapshot(attempt, [] {});
}

/// Libraries read as one.
Result<Unit> open_parts(LibraryState& state, const std::vector<PartAddress>& parts) {
  state.parts = parts.size();
  std::vector<Xapian::Database> databases;
  for (const PartAddress& part : parts) {
    const fs::path place =
        part.host.empty() ? part.folder : fs::path(part.host + ":" + std::to_string(part.port));
    state.remote |= !part.host.empty();
    try {
      const auto database = opened([&] { return open_part(part); });
      if (!database) return version_error(place);
      state.database.add_database(*database);
      databases.push_back(*database);
    } catch (const Xapian::Error& error) {
      return index_error(error, place);
    }
  }
  know_names_of(databases, state);
  return Unit{};
}

Result<Unit> open_reader(LibraryState& state) {
  std::error_code unknown;
  if (fs::is_regular_file(state.folder, unknown)) {
    HUICE_TRY(const auto parts, read_parts(state.folder));
    return open_parts(state, parts);
  }
  const auto database = opened([&] { return Xapian::Database(state.folder.string()); });
  if (!database) return version_error(state.folder);
  state.database = *database;
  know_names_of({*database}, state);
  return Unit{};
}

std::vector<std::pair<std::u32string, std::string>> known_terms_of(
    const IndexSettings& settings, const std::vector<std::string>& lexicon) {
  std::vector<std::pair<std::u32string, std::string>> known;
  const auto add = [&](const std::vector<std::string>& terms) {
    for (const std::string& term : terms)
      known.emplace_back(text::fold_with_origin(term).text, term);
  };
  add(lexicon);
  std::ranges::for_each(settings.synonyms, add);
  std::ranges::for_each(settings.regions, add, &Region::names);
  std::ranges::stable_sort(known, std::ranges::greater{},
                           [](const auto& term) { return term.first.size(); });
  return known;
}

}  // namespace

Error index_error(const Xapian::Error& error, const fs::path& folder) {
  const SourceSpan where = {.file = folder.string()};
  const std::string_view type = error.get_type();
  if (type == "DatabaseLockError") {
    return {.code = ErrorCode::Conflict,
            .id = "library.locked",
            .message = "文件库正被另一个程序写入",
            .where = where,
            .hint = "请等它结束后再试"};
  }
  if (type == "DatabaseOpeningError" || type == "DatabaseNotFoundError") {
    return {.code = ErrorCode::NotFound,
            .id = "library.not-found",
            .message = "这里没有文件库，或文件库已损坏：" + error.get_msg(),
            .where = where,
            .hint = "先用 huice library add 文件… --library 文件夹 建立文件库"};
  }
  if (type == "NetworkError" || type == "NetworkTimeoutError") {
    return {.code = ErrorCode::Io,
            .id = "library.unreachable",
            .message = "连不上提供文件库的机器：" + error.get_msg(),
            .where = where,
            .hint = "请检查网络，以及对方的 xapian-tcpsrv 是否在运行"};
  }
  return {.code = ErrorCode::Io,
          .id = "library.index",
          .message = "文件库读写出错：" + error.get_msg(),
          .where = where,
          .hint = "请检查磁盘空间和文件夹权限；仍不行请重建文件库"};
}

LibraryState::LibraryState(IndexSettings index_settings)
    : settings(std::move(index_settings)), segmenter(text::Lexicon()) {
  for (const auto& group : settings.synonyms) {
    for (const std::string& word : group) {
      auto& others = synonyms[word];
      std::ranges::copy_if(group, std::back_inserter(others),
                           [&](const std::string& other) { return other != word; });
    }
  }
  learn_words();
}

void LibraryState::learn_words() {
  std::vector<std::string> lexicon = settings.lexicon;
  lexicon.insert(lexicon.end(), settings.names.begin(), settings.names.end());
  known_terms = known_terms_of(settings, lexicon);
  segmenter = text::Segmenter(text::Lexicon(lexicon));
}

std::optional<Xapian::docid> LibraryState::first_with(const std::string& term) const {
  const auto found = database.postlist_begin(term);
  if (found == database.postlist_end(term)) return std::nullopt;
  return *found;
}

std::string LibraryState::document_of(Xapian::docid entry, std::string_view id) const {
  std::string name(id);
  const std::size_t others = own_part > 0 ? parts - 1 : parts;
  const std::size_t part = part_of(entry);
  if (others > 1 && part != own_part) name += kPartMark + std::to_string(part);
  return name;
}

std::string_view LibraryState::id_in_part(std::string_view document) {
  return document.substr(0, document.find(kPartMark));
}

std::optional<Xapian::docid> LibraryState::entry_of(std::string_view document,
                                                    std::size_t number) const {
  const std::string_view own = id_in_part(document);
  const std::string term = exact_term(prefix::kId, own);
  const auto end = database.postlist_end(term);
  for (auto entry = database.postlist_begin(term); entry != end; ++entry) {
    if (document_of(*entry, own) == document && number-- == 0) return *entry;
  }
  return std::nullopt;
}

std::optional<Holding> LibraryState::holding_by_id(std::string_view id) const {
  const auto record = entry_of(id, kRecord);
  auto found = record ? unpack_head(database.get_document(*record).get_data()) : std::nullopt;
  if (found) found->id = id;
  return found;
}

void LibraryState::add_text(Holding& holding) const {
  const auto text = entry_of(holding.id, kText);
  if (text) unpack_text(database.get_document(*text).get_data(), holding.circular);
}

std::string LibraryState::next_id() {
  constexpr const char* kKey = "last-id";
  const std::string last = writer->get_metadata(kKey);
  const std::string id = std::to_string(last.empty() ? 1 : std::stoull(last) + 1);
  writer->set_metadata(kKey, id);
  return id;
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
      const std::string own = database.get_document(*id).get_value(kDocumentSlot);
      return holding_by_id(document_of(*id, own));
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

Result<Library> Library::open_beside(const fs::path& folder, const fs::path& own,
                                     IndexSettings settings) {
  auto state = std::make_unique<LibraryState>(std::move(settings));
  state->folder = folder;
  std::vector<PartAddress> parts;
  std::error_code unknown;
  if (fs::is_regular_file(folder, unknown)) {
    HUICE_TRY(parts, read_parts(folder));
  } else if (fs::exists(folder, unknown)) {
    parts.push_back({.folder = folder});
  }
  parts.push_back({.folder = own});
  state->own_part = parts.size();
  HUICE_TRY([[maybe_unused]] const Unit opened, open_parts(*state, parts));
  return Library(std::move(state));
}

Result<std::size_t> Library::size() const {
  return state_->reading([](const LibraryState& state) -> Result<std::size_t> {
    return std::size_t{state.database.get_termfreq(exact_term(prefix::kKind, "D"))};
  });
}

Result<Holding> Library::show(std::string_view name) const {
  return state_->reading([&](const LibraryState& state) -> Result<Holding> {
    if (auto found = state.named(name)) {
      state.add_text(*found);
      return std::move(*found);
    }
    return Error{.code = ErrorCode::NotFound,
                 .id = "library.no-document",
                 .message = "文件库里没有“" + std::string(name) + "”",
                 .where = {.file = state_->folder.string()},
                 .hint = "可写编号、发文字号或完整标题；用 huice library search 查找"};
  });
}

}  // namespace huice::library
