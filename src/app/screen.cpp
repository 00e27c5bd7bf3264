#include "app/screen.h"

#include "app/enterprises.h"
#include "bulk/screener.h"

namespace huice::app {

Result<ScreenReport> screen_enterprises(const World& world, const MatchRequest& request) {
  HUICE_TRY(const auto library,
            policy::load_library(request.policies.value_or(world.home / "policies")));
  for (const auto& id : request.ids) {
    HUICE_TRY([[maybe_unused]] const auto* const known, library.get(id));
  }
  const auto catalogue = library.catalogue_for(request.on.year());
  HUICE_TRY(auto import, read_enterprises(request.enterprises, catalogue));
  bulk::Screener screener(library, {.on = request.on,
                                    .known_on = request.known_on,
                                    .policies = request.ids,
                                    .all_times = false,
                                    .default_region = request.default_region});
  ScreenReport report{
      .lines = {}, .enterprises = import.profiles.size(), .refused = std::move(import.refused)};
  for (const model::Profile& profile : import.profiles) {
    screener.judge(profile);
    report.lines += screener.json();
    report.lines += '\n';
  }
  return report;
}

}  // namespace huice::app
