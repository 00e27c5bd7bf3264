// Questions marked as answered by a passage of the library: made, listed, taken back.
#include "service/handlers.h"
#include "service/values.h"
#include "store/library_answers.h"

namespace huice::service {
namespace {

model::Value answer_value(const store::LibraryAnswer& answer) {
  model::Value::Record record = {{"id", answer.id},
                                 {"question", answer.question},
                                 {"document", answer.document},
                                 {"title", answer.title},
                                 {"passage", number_value(answer.passage)},
                                 {"added_by", answer.added_by},
                                 {"added_at", answer.added_at}};
  if (!answer.removed_at.empty()) {
    record.emplace_back("removed_by", answer.removed_by);
    record.emplace_back("removed_at", answer.removed_at);
  }
  return model::Value(std::move(record));
}

Result<Answer> add_answer(Desk& desk, const Call& call) {
  const library::Marking marking{.question = call.field("question"),
                                 .document = call.field("document"),
                                 .passage = static_cast<std::size_t>(
                                     call.body.find("passage")->number()->to_int64().value_or(0)),
                                 .by = call.who.account.login,
                                 .on = call.world.today};
  HUICE_TRY(const auto bound, read_from<library::Answer>(desk, call, [&](const Searched& here) {
              return here.library.bind(marking);
            }));
  const store::LibraryAnswer wanted{.id = random_id(),
                                    .question = bound.question,
                                    .document = bound.document,
                                    .title = bound.title,
                                    .passage = static_cast<std::int64_t>(bound.passage),
                                    .reading = bound.key};
  store::LibraryAnswer added;
  HUICE_TRY([[maybe_unused]] const Unit done, desk.database.transact([&]() -> Status {
    HUICE_TRY(added,
              store::add_answer(desk.database, call.who.account.county, wanted, call.author()));
    return Unit{};
  }));
  return json_answer(answer_value(added), added.id == wanted.id ? 201 : 200);
}

Result<Answer> list_answers(Desk& desk, const Call& call) {
  HUICE_TRY(const auto page,
            store::list_answers(desk.database, {.county = call.who.account.county,
                                                .removed = call.flag("removed"),
                                                .limit = call.number("limit", 50),
                                                .offset = call.number("offset", 0)}));
  HUICE_TRY(auto value,
            read_from<model::Value>(desk, call, [&](const Searched& here) -> Result<model::Value> {
              model::Value::List items;
              for (const store::LibraryAnswer& each : page.items) {
                model::Value item = answer_value(each);
                if (each.removed_at.empty()) {
                  HUICE_TRY(const bool acts, here.library.binds(answer_of(each)));
                  std::get<model::Value::Record>(item.content()).emplace_back("acts", acts);
                }
                items.push_back(std::move(item));
              }
              return model::Value(model::Value::Record{{"total", number_value(page.total)},
                                                       {"items", model::Value(std::move(items))}});
            }));
  return json_answer(value);
}

Result<Answer> remove_answer(Desk& desk, const Call& call) {
  const std::string& county = call.who.account.county;
  HUICE_TRY([[maybe_unused]] const Unit done, desk.database.transact([&]() -> Status {
    HUICE_TRY(const auto answer, store::find_answer(desk.database, county, call.path.at("id")));
    if (answer.added_by != call.who.account.login && !call.who.has("管理")) {
      return Error{.code = ErrorCode::InvalidInput,
                   .id = "session.forbidden",
                   .message = "这条是 " + answer.added_by + " 标记的",
                   .hint = "请本人撤销，或请有“管理”角色的人撤销"};
    }
    return store::remove_answer(desk.database, county, answer.id, call.author());
  }));
  Answer answer;
  answer.status = 204;
  return answer;
}

}  // namespace

Handlers library_answer_handlers() {
  return {
      {"addAnswer", add_answer}, {"listAnswers", list_answers}, {"removeAnswer", remove_answer}};
}

}  // namespace huice::service
