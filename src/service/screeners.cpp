#include "service/screeners.h"

#include <algorithm>
#include <utility>

namespace huice::service {
namespace {

bool same(const policy::MatchOptions& a, const policy::MatchOptions& b) {
  return a.on == b.on && a.known_on == b.known_on && a.policies == b.policies &&
         a.all_times == b.all_times && a.default_region == b.default_region;
}

}  // namespace

std::string Screeners::screen(std::shared_ptr<const policy::Library> library,
                              const policy::MatchOptions& options, const model::Profile& profile) {
  auto ready = idle_.with([&](auto& idle) {
    const auto found = std::ranges::find_if(idle.rbegin(), idle.rend(), [&](const auto& each) {
      return each->library == library && same(each->options, options);
    });
    std::unique_ptr<Ready> taken;
    if (found != idle.rend()) {
      taken = std::move(*found);
      idle.erase(std::next(found).base());
    }
    return taken;
  });
  if (!ready) ready = std::make_unique<Ready>(std::move(library), options);
  ready->screener.judge(profile);
  std::string json(ready->screener.json());
  if (++ready->uses == kMostUses) return json;
  idle_.with([&](auto& idle) {
    if (idle.size() == kMostIdle) idle.erase(idle.begin());
    idle.push_back(std::move(ready));
  });
  return json;
}

}  // namespace huice::service
