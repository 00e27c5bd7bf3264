// Any sheet that was sent out and came back, compared. Nothing of it is kept.
#include "app/sheets.h"
#include "service/handlers.h"
#include "store/digest.h"

namespace huice::service {
namespace {

Result<Answer> compare_sheets(Desk&, const Call& call) {
  app::SheetBytes sheets{.sent = from_base64(call.field("sent")),
                         .have = {},
                         .wrote = from_base64(call.field("returned"))};
  if (call.body.find("have") != nullptr) sheets.have = from_base64(call.field("have"));
  HUICE_TRY(const auto compared, app::compare_sheets(std::move(sheets), call.field("key")));
  return json_answer(app::to_value(compared));
}

}  // namespace

Handlers sheet_handlers() {
  return {{"compareSheets", compare_sheets}};
}

}  // namespace huice::service
