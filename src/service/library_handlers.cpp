// Search in the circulars, single documents, citations.
#include <filesystem>

#include "library/library.h"
#include "service/handlers.h"

namespace huice::service {
namespace {

std::optional<Date> day_of(const Call& call, std::string_view name) {
  return call.query.contains(name) ? std::optional(call.day(name)) : std::nullopt;
}

/// The names of files without their folders, which are nobody's business outside of the server.
model::Value without_folders(model::Value value) {
  if (auto* record = std::get_if<model::Value::Record>(&value.content())) {
    for (auto& [name, each] : *record) {
      if (name == "file" && each.text() != nullptr) {
        each = std::filesystem::path(*each.text()).filename().string();
      } else {
        each = without_folders(std::move(each));
      }
    }
  } else if (auto* list = std::get_if<model::Value::List>(&value.content())) {
    for (auto& each : *list)
      each = without_folders(std::move(each));
  }
  return value;
}

Result<model::Value> found_value(Desk& desk, const Call& call, const Searched& searched,
                                 library::Query query) {
  HUICE_TRY(const auto marks,
            desk.site.answers.of(desk.database, call.who.account.county, searched.library));
  if (marks) query.answers = marks->book.get();
  HUICE_TRY(const auto hits, searched.library.search(query));
  model::Value value = library::to_value(hits);
  if (marks) add_marks(value, hits, *marks);
  if (searched.missing > 0) {
    std::get<model::Value::Record>(value.content())
        .emplace_back("missing", number_value(searched.missing));
  }
  return value;
}

Result<Answer> search_library(Desk& desk, const Call& call) {
  const library::Query query{.text = call.text("q"),
                             .limit = static_cast<std::size_t>(call.number("limit", 10)),
                             .region = call.text("region"),
                             .issuer = call.text("issuer"),
                             .genre = call.text("genre"),
                             .since = day_of(call, "since"),
                             .until = day_of(call, "until"),
                             .typing = call.flag("typing"),
                             .today = call.world.today};
  HUICE_TRY(auto found, read_from<model::Value>(desk, call, [&](const Searched& searched) {
              return found_value(desk, call, searched, query);
            }));
  return json_answer(without_folders(std::move(found)));
}

Result<Answer> get_document(Desk& desk, const Call& call) {
  HUICE_TRY(const auto holding, read_from<library::Holding>(desk, call, [&](const Searched& here) {
              return here.library.show(call.path.at("id"));
            }));
  return json_answer(without_folders(library::to_value(holding)));
}

Result<Answer> get_citations(Desk& desk, const Call& call) {
  HUICE_TRY(const auto report,
            read_from<library::CitationReport>(desk, call, [&](const Searched& here) {
              return here.library.citations(call.path.at("id"), call.world.today);
            }));
  return json_answer(without_folders(library::to_value(report)));
}

Result<Answer> get_like(Desk& desk, const Call& call) {
  const auto limit = static_cast<std::size_t>(call.number("limit", 10));
  HUICE_TRY(const auto hits, read_from<library::Hits>(desk, call, [&](const Searched& here) {
              return here.library.like(call.path.at("id"), limit);
            }));
  return json_answer(without_folders(library::to_value(hits)));
}

}  // namespace

Handlers library_handlers() {
  return {{"searchLibrary", search_library},
          {"getDocument", get_document},
          {"getCitations", get_citations},
          {"getLike", get_like}};
}

}  // namespace huice::service
