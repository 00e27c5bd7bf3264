#include "app/screen.h"

#include "app/enterprises.h"
#include "bulk/screener.h"

namespace huice::app {

Result<ScreenReport> screen_enterprises(const World& world, const MatchRequest& request,
                                        const TakeLine& take) {
  HUICE_TRY(const auto library,
            policy::load_library(request.policies.value_or(world.home / "policies")));
  for (const auto& id : request.ids) {
    HUICE_TRY([[maybe_unused]] const auto* const known, library.get(id));
  }
  bulk::Screener screener(library, {.on = request.on,
                                    .known_on = request.known_on,
                                    .policies = request.ids,
                                    .all_times = false,
                                    .default_region = request.default_region});
  ScreenReport report;
  HUICE_TRY(auto import,
            each_enterprise(request.enterprises, library.catalogue_for(request.on.year()),
                            [&](const model::Profile& profile) {
                              screener.judge(profile);
                              ++report.enterprises;
                              take(std::string(screener.json()) + '\n');
                            }));
  report.refused = std::move(import.refused);
  return report;
}

}  // namespace huice::app
