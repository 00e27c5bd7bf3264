#include "app/lint_basis.h"

#include <map>
#include <memory>
#include <utility>

#include "base/utf8.h"

namespace huice::app {
namespace {

class Followed {
 public:
  Followed(const library::Library& library, Date today) : library_(library), today_(today) {}

  std::optional<lint::Basis> of(const lint::CitedName& cited) {
    const std::string name = encode_utf8(cited.number.empty() ? cited.title : cited.number);
    const auto known = known_.find(name);
    if (known != known_.end()) return known->second;
    return known_.emplace(name, look_up(name)).first->second;
  }

 private:
  std::optional<lint::Basis> look_up(const std::string& name) const {
    const auto found = library_.show(name);
    if (!found) return std::nullopt;
    const library::Circular& document = found.value().circular;
    lint::Basis basis{.title = document.title, .number = document.number, .lapse = {}};
    const auto report = library_.citations(found.value().id, today_);
    if (report && report.value().lapse) basis.lapse = report.value().lapse->text;
    return basis;
  }

  const library::Library& library_;
  Date today_;
  std::map<std::string, std::optional<lint::Basis>> known_;
};

}  // namespace

lint::BasisOf basis_from(const library::Library& library, Date today) {
  const auto followed = std::make_shared<Followed>(library, today);
  return [followed](const lint::CitedName& cited) { return followed->of(cited); };
}

Result<lint::BasisOf> basis_from_library(const World& world, const std::filesystem::path& folder) {
  HUICE_TRY(auto settings, library::load_index_settings(world.home / "index"));
  HUICE_TRY(auto opened, library::Library::open(folder, library::Mode::Read, std::move(settings)));
  const auto library = std::make_shared<const library::Library>(std::move(opened));
  return lint::BasisOf([library, basis = basis_from(*library, world.today)](
                           const lint::CitedName& cited) { return basis(cited); });
}

}  // namespace huice::app
