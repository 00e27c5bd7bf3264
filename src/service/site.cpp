#include "service/site.h"

#include <utility>

#include "app/typesetting.h"
#include "store/migrations.h"

namespace huice::service {
namespace {

constexpr std::chrono::seconds kSearchHandleAge{10};
constexpr std::size_t kMaxSearchHandles = 16;

Result<layout::FontSet> open_fonts(const Configuration& configuration, const app::World& world) {
  std::optional<std::filesystem::path> own;
  if (!configuration.fonts.empty()) own = configuration.fonts;
  return app::open_fonts(world, own);
}

}  // namespace

Result<SearchHandles::Handle> SearchHandles::take() {
  const auto now = std::chrono::steady_clock::now();
  auto kept = idle_.with([&](std::vector<Handle>& idle) {
    std::erase_if(idle, [&](const Handle& each) { return now - each.opened > kSearchHandleAge; });
    Handle found;
    if (!idle.empty()) {
      found = std::move(idle.back());
      idle.pop_back();
    }
    return found;
  });
  if (kept.library) return kept;
  HUICE_TRY(auto settings, library::load_index_settings(index_));
  HUICE_TRY(auto opened, library::Library::open(folder_, library::Mode::Read, std::move(settings)));
  return Handle{std::make_unique<library::Library>(std::move(opened)), now};
}

void SearchHandles::give_back(Handle handle) {
  idle_.with([&](std::vector<Handle>& idle) {
    if (idle.size() < kMaxSearchHandles) idle.push_back(std::move(handle));
  });
}

Site::Site(Configuration its_configuration, Outside its_outside, Contract its_contract,
           Materials its_materials, policy::LibraryFolder folder)
    : configuration(std::move(its_configuration)),
      outside(std::move(its_outside)),
      contract(std::move(its_contract)),
      materials(std::move(its_materials)),
      pool(configuration.database),
      search(configuration.library, outside.world().home / "index"),
      requests(configuration.requests_per_second, std::chrono::seconds(1)),
      sign_ins(configuration.sign_ins_per_minute, std::chrono::minutes(1)),
      node(random_id()),
      folder_(std::move(folder)) {}

Result<std::unique_ptr<Site>> Site::open(Configuration configuration, Outside outside) {
  const app::World world = outside.world();
  HUICE_TRY(auto contract, Contract::load(world.home / "docs/openapi.yaml"));
  HUICE_TRY(auto folder,
            policy::LibraryFolder::open(configuration.policies.empty() ? world.home / "policies"
                                                                       : configuration.policies));
  HUICE_TRY(auto fonts, open_fonts(configuration, world));
  Materials materials{folder.library(), std::move(fonts)};
  HUICE_TRY(auto database, store::Database::open(configuration.database));
  HUICE_TRY([[maybe_unused]] const Unit fits, store::check_schema(database));
  return std::unique_ptr<Site>(new Site(std::move(configuration), std::move(outside),
                                        std::move(contract), std::move(materials),
                                        std::move(folder)));
}

std::shared_ptr<const model::FactCatalogue> Site::catalogue(
    const std::shared_ptr<const policy::Library>& library, int year) {
  return spelt_out_.with([&](SpeltOut& last) {
    if (last.library != library || last.year != year) {
      last = {library, year,
              std::make_shared<const model::FactCatalogue>(library->catalogue_for(year))};
    }
    return last.catalogue;
  });
}

Status Site::reload() {
  // One after another to the end: else what was read first might be put in last.
  return folder_.with([&](policy::LibraryFolder& folder) -> Status {
    HUICE_TRY(auto policies, folder.refresh());
    HUICE_TRY(auto fonts, open_fonts(configuration, outside.world()));
    materials.replace({std::move(policies), std::move(fonts)});
    return Unit{};
  });
}

}  // namespace huice::service
