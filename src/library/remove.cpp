// A document out of the library.
#include "library/library.h"
#include "library/state.h"
#include "library/terms.h"

namespace huice::library {

Result<Holding> Library::remove(std::string_view name) {
  HUICE_TRY(Holding holding, show(name));
  return state_->writing([&]() -> Result<Holding> {
    state_->writer->delete_document(exact_term(prefix::kId, holding.id));
    return std::move(holding);
  });
}

}  // namespace huice::library
