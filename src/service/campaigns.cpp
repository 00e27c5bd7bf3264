#include "service/campaigns.h"

#include <algorithm>
#include <utility>

namespace huice::service {

Result<std::vector<campaign::Campaign>> campaigns_of(Desk& desk, const Call& call) {
  HUICE_TRY(const auto ids, app::stored_campaigns(desk.database));
  std::vector<campaign::Campaign> found;
  for (const std::string& id : ids) {
    HUICE_TRY(auto campaign, app::stored_campaign(desk.database, id));
    if (campaign.region == call.who.account.county) found.push_back(std::move(campaign));
  }
  std::ranges::stable_sort(found, std::greater(), &campaign::Campaign::year);
  return found;
}

Result<campaign::Campaign> campaign_of(Desk& desk, const Call& call, const std::string& id) {
  if (id.empty()) {
    HUICE_TRY(auto all, campaigns_of(desk, call));
    if (!all.empty()) return std::move(all.front());
  } else {
    auto found = app::stored_campaign(desk.database, id);
    if (!found && found.error().code != ErrorCode::NotFound) return found;
    if (found && found.value().region == call.who.account.county) return found;
  }
  return Error{.code = ErrorCode::NotFound,
               .id = "campaign.not-found",
               .message = id.empty() ? "本县还没有专项行动" : "本县没有专项行动“" + id + "”",
               .hint = "请管理员在“系统”的“专项行动”里导入，或用命令行 huice campaign import"};
}

app::Actor campaign_actor(const Call& call) {
  return {.at = call.world.now, .name = call.who.account.login, .origin = call.request->address};
}

}  // namespace huice::service
