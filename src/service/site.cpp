#include "service/site.h"

#include <algorithm>
#include <utility>

#include "app/typesetting.h"
#include "notation/json.h"
#include "store/migrations.h"

namespace huice::service {
namespace {

std::filesystem::path county_folder(const Configuration& configuration) {
  if (!configuration.county_libraries.empty()) return configuration.county_libraries;
  return configuration.library.parent_path() / "county-libraries";
}

/// A file is read within half a lease, so that the job that reads it stays this node's.
library::ReadLimits read_limits(const Configuration& configuration) {
  constexpr int kMostSeconds = 20;
  return {.seconds = std::clamp(configuration.lease_seconds / 2, 1, kMostSeconds)};
}

/// A thousand times what a long notice takes.
constexpr int kProofSeconds = 5;

Result<layout::FontSet> open_fonts(const Configuration& configuration, const app::World& world) {
  std::optional<std::filesystem::path> own;
  if (!configuration.fonts.empty()) own = configuration.fonts;
  return app::open_fonts(world, own);
}

std::filesystem::path policies_folder(const Configuration& configuration, const app::World& world) {
  return configuration.policies.empty() ? world.home / "policies" : configuration.policies;
}

Result<Materials> read_materials(const Configuration& configuration, const app::World& world,
                                 std::shared_ptr<const policy::Library> policies) {
  HUICE_TRY(auto decisions,
            policy::read_decisions(*policies, policies_folder(configuration, world) / "decisions"));
  HUICE_TRY(auto fonts, open_fonts(configuration, world));
  return Materials{std::move(policies),
                   std::make_shared<const std::vector<policy::DecisionFile>>(std::move(decisions)),
                   std::move(fonts)};
}

}  // namespace

Site::Site(Configuration its_configuration, Outside its_outside, Contract its_contract,
           Materials its_materials, policy::LibraryFolder folder, library::FileReader reader,
           app::ProofReader its_proofs)
    : configuration(std::move(its_configuration)),
      outside(std::move(its_outside)),
      contract(std::move(its_contract)),
      materials(std::move(its_materials)),
      pool(configuration.database),
      counties(county_folder(configuration), outside.world().home / "index", std::move(reader),
               [this](const Error& error) {
                 outside.log(notation::write_json(model::Value::Record{
                     {"at", outside.world().now}, {"fault", error.id}, {"detail", error.message}}));
               }),
      search(configuration.library, outside.world().home / "index", counties),
      proofs(std::move(its_proofs)),
      requests(configuration.requests_per_second, std::chrono::seconds(1)),
      sign_ins(configuration.sign_ins_per_minute, std::chrono::minutes(1)),
      node(random_id()),
      folder_(std::move(folder)) {}

Result<std::unique_ptr<Site>> Site::open(Configuration configuration, Outside outside) {
  const app::World world = outside.world();
  HUICE_TRY(auto settings, library::load_index_settings(world.home / "index"));
  HUICE_TRY(auto reader,
            library::FileReader::start(std::move(settings), read_limits(configuration)));
  HUICE_TRY(auto proofs, app::ProofReader::start(world.home, {.seconds = kProofSeconds}));
  HUICE_TRY(auto contract, Contract::load(world.home / "docs/openapi.yaml"));
  HUICE_TRY(auto folder, policy::LibraryFolder::open(policies_folder(configuration, world)));
  HUICE_TRY(auto materials, read_materials(configuration, world, folder.library()));
  HUICE_TRY(auto database, store::Database::open(configuration.database));
  HUICE_TRY([[maybe_unused]] const Unit fits, store::check_schema(database));
  return std::unique_ptr<Site>(new Site(std::move(configuration), std::move(outside),
                                        std::move(contract), std::move(materials),
                                        std::move(folder), std::move(reader), std::move(proofs)));
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

Result<policy::Library> Site::policies_with(const policy::LibraryFile& file) {
  return folder_.with([&](const policy::LibraryFolder& folder) { return folder.with(file); });
}

Status Site::reload() {
  // One after another to the end: else what was read first might be put in last.
  return folder_.with([&](policy::LibraryFolder& folder) -> Status {
    HUICE_TRY(auto policies, folder.refresh());
    HUICE_TRY(auto read, read_materials(configuration, outside.world(), std::move(policies)));
    materials.replace(std::move(read));
    return Unit{};
  });
}

}  // namespace huice::service
