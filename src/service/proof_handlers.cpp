// Proof-reads files that clerks wrote elsewhere. Nothing of them is kept.
#include <chrono>

#include "app/proof_reader.h"
#include "service/handlers.h"
#include "service/rules.h"
#include "store/digest.h"

namespace huice::service {
namespace {

/// A place among those who proof-read, so that others get on; given back at the end.
class Place {
 public:
  explicit Place(Site& site) : site_(site), taken_(site.proof_places.try_acquire_for(kPatience)) {}
  ~Place() {
    if (taken_) site_.proof_places.release();
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  explicit operator bool() const { return taken_; }

 private:
  static constexpr std::chrono::seconds kPatience{3};

  Site& site_;
  bool taken_;
};

Result<app::Proof> proof_of(Desk& desk, const Call& call, bool mend) {
  HUICE_TRY(auto words, own_words(desk, call));
  HUICE_TRY(const auto own, desk.site.counties.standing(desk.database, call.who.account.county));
  const app::ProofOrder order{.name = call.text("filename"),
                              .today = call.world.today,
                              .words = std::move(words),
                              .library = desk.site.configuration.library,
                              .own = own.folder,
                              .mend = mend};
  const Place place(desk.site);
  if (!place) {
    return Error{.code = ErrorCode::Io,
                 .id = "lint.busy",
                 .message = "正在校对别人的文稿，还没有轮到",
                 .hint = "过一会儿再试"};
  }
  return desk.site.proofs.read(order, call.bytes);
}

Result<Answer> lint_file(Desk& desk, const Call& call) {
  HUICE_TRY(const auto proof, proof_of(desk, call, false));
  return json_answer(proof.report);
}

Result<Answer> mend_file(Desk& desk, const Call& call) {
  HUICE_TRY(const auto proof, proof_of(desk, call, true));
  return json_answer(model::Value::Record{
      {"report", proof.report}, {"mended", proof.mended}, {"content", to_base64(proof.bytes)}});
}

}  // namespace

Handlers proof_handlers() {
  return {{"lintFile", lint_file}, {"mendFile", mend_file}};
}

}  // namespace huice::service
