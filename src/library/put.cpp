// Documents that were structured elsewhere.
#include "library/entry.h"
#include "library/state.h"

namespace huice::library {

Error read_only_error(const std::filesystem::path& folder) {
  return {.code = ErrorCode::Internal,
          .id = "library.read-only",
          .message = "文件库是以只读方式打开的，不能写入",
          .where = {.file = folder.string()}};
}

Result<std::vector<std::string>> Library::put(std::span<const Prepared> documents) {
  if (!state_->writer) return read_only_error(state_->folder);
  Xapian::WritableDatabase& writer = *state_->writer;
  std::vector<std::string> ids;
  try {
    writer.begin_transaction();
    for (const Prepared& document : documents) {
      const Holding holding{
          .id = state_->next_id(), .file = document.file, .circular = document.circular};
      EntryMaker entries(state_->settings, state_->segmenter, holding);
      writer.add_document(entries.record());
      writer.add_document(entries.text());
      std::size_t number = 0;
      for (const Passage& passage : document.passages)
        writer.add_document(entries.passage({holding.id, ++number, passage}));
      ids.push_back(holding.id);
    }
    writer.commit_transaction();
  } catch (const Xapian::Error& error) {
    try {
      writer.cancel_transaction();
    } catch (const Xapian::Error&) {  // there was none, or it is what failed
    }
    return index_error(error, state_->folder);
  }
  return ids;
}

}  // namespace huice::library
