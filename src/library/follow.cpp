// A library that follows a list kept elsewhere.
#include "library/entry.h"
#include "library/state.h"
#include "library/structure.h"
#include "library/terms.h"

namespace huice::library {
namespace {

constexpr const char* kFollowedKey = "followed";

}  // namespace

Result<std::set<std::string>> Library::ids() const {
  return state_->reading([](const LibraryState& state) -> Result<std::set<std::string>> {
    std::set<std::string> all;
    const std::string term = exact_term(prefix::kKind, "D");
    const auto end = state.database.postlist_end(term);
    for (auto entry = state.database.postlist_begin(term); entry != end; ++entry)
      all.insert(state.database.get_document(*entry).get_value(kDocumentSlot));
    return all;
  });
}

Result<std::string> Library::followed() const {
  return state_->reading([](const LibraryState& state) -> Result<std::string> {
    return state.database.get_metadata(kFollowedKey);
  });
}

Result<Unit> Library::follow(std::span<const Holding> come, std::span<const std::string> gone,
                             std::string_view mark) {
  return state_->writing([&]() -> Result<Unit> {
    Xapian::WritableDatabase& writer = *state_->writer;
    for (const std::string& id : gone)
      writer.delete_document(exact_term(prefix::kId, id));
    for (const Holding& holding : come) {
      writer.delete_document(exact_term(prefix::kId, holding.id));
      EntryMaker entries(state_->settings, state_->segmenter, holding);
      writer.add_document(entries.record());
      writer.add_document(entries.text());
      std::size_t number = 0;
      for (const Passage& passage : passages_of(holding.circular))
        writer.add_document(entries.passage({holding.id, ++number, passage}));
    }
    writer.set_metadata(kFollowedKey, std::string(mark));
    return Unit{};
  });
}

bool Library::is_sound(const std::filesystem::path& folder) {
  try {
    return Xapian::Database::check(folder.string(), 0) == 0;
  } catch (const Xapian::Error&) {
    return false;
  }
}

}  // namespace huice::library
