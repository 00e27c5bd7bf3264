#include "service/search_handles.h"

#include <algorithm>
#include <iterator>

namespace huice::service {
namespace {

constexpr std::chrono::seconds kAge{10};
constexpr std::size_t kMostIdle = 16;

}  // namespace

bool SearchHandles::is_damage(const Error& error) {
  return error.id == "library.index" || error.id == "library.not-found" ||
         error.id == "library.version";
}

Result<SearchHandles::Handle> SearchHandles::take(const CountyLibraries::Standing& own) {
  const auto now = std::chrono::steady_clock::now();
  auto kept = idle_.with([&](std::vector<Handle>& idle) {
    std::erase_if(idle, [&](const Handle& each) {
      const bool overtaken = each.own == own.folder && each.edition != own.edition;
      return overtaken || now - each.opened > kAge;
    });
    const auto found = std::ranges::find(idle.rbegin(), idle.rend(), own.folder, &Handle::own);
    Handle taken;
    if (found != idle.rend()) {
      taken = std::move(*found);
      idle.erase(std::next(found).base());
    }
    return taken;
  });
  if (kept.library) return kept;
  HUICE_TRY(auto settings, library::load_index_settings(index_));
  HUICE_TRY(auto opened,
            own.folder.empty()
                ? library::Library::open(folder_, library::Mode::Read, std::move(settings))
                : library::Library::open_beside(folder_, own.folder, std::move(settings)));
  return Handle{std::make_unique<library::Library>(std::move(opened)), now, own.folder,
                own.edition};
}

void SearchHandles::give_back(Handle handle) {
  idle_.with([&](std::vector<Handle>& idle) {
    if (idle.size() < kMostIdle) idle.push_back(std::move(handle));
  });
}

}  // namespace huice::service
