#include "app/pictures.h"

#include <filesystem>
#include <utility>

#include "base/files.h"
#include "render/pdf/picture.h"

namespace huice::app {
namespace fs = std::filesystem;
namespace {

/// A relative name counts from the folder of the file that says it.
fs::path path_of(const model::Stamp& stamp) {
  return fs::path(stamp.where.file).parent_path() / stamp.image;
}

/// On 套打 the seals are stamped by hand.
bool shows_seals(const model::Document& document) {
  return document.signature.seal != model::Signature::Seal::Unsealed && !document.preprinted;
}

}  // namespace

Result<decltype(layout::LayoutOptions::images)> PictureFiles::of(const model::Document& document) {
  decltype(layout::LayoutOptions::images) images;
  if (!shows_seals(document)) return images;
  Findings findings;
  for (const model::Stamp& stamp : document.signature.stamps) {
    if (stamp.image.empty()) continue;
    const fs::path path = path_of(stamp);
    auto& known = known_[path.string()];
    if (known == nullptr) {
      auto bytes = read_file(path, render::pdf::kMaxPictureBytes);
      if (!bytes) {
        Error error = std::move(bytes).error();
        error.message = "印章的图“" + path.string() + "”：" + error.message;
        error.where = stamp.where;
        error.hint = "文件名从写出它的文件所在的目录算起";
        findings.push_back(std::move(error));
        continue;
      }
      known = std::make_shared<const std::string>(std::move(bytes).value());
    }
    images[stamp.image] = known;
  }
  if (!findings.empty()) return as_error(std::move(findings));
  return images;
}

}  // namespace huice::app
