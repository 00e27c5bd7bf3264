#include "layout/font_names.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <utility>

#include <hb-ot.h>
#include <hb.h>

#include "base/files.h"
#include "layout/font_file.h"

namespace huice::layout {
namespace {

namespace fs = std::filesystem;

constexpr unsigned kMaxFaces = 256;
constexpr unsigned kMaxNames = 1024;
// Of the OpenType naming table; HarfBuzz has names for some of them only.
constexpr hb_ot_name_id_t kFamily = 1;
constexpr hb_ot_name_id_t kSubfamily = 2;
constexpr hb_ot_name_id_t kFullName = 4;
constexpr hb_ot_name_id_t kPostScriptName = 6;
constexpr hb_ot_name_id_t kTypographicFamily = 16;

std::string lower(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lowered;
}

std::string name_of(hb_face_t* face, const hb_ot_name_entry_t& entry) {
  char text[256] = {};
  unsigned size = sizeof text;
  hb_ot_name_get_utf8(face, entry.name_id, entry.language, &size, text);
  return text;
}

std::vector<std::string> font_files(const std::vector<std::string>& folders) {
  std::vector<std::string> paths;
  for (const std::string& folder : folders) {
    std::error_code error;
    fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied,
                                           error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
      const std::string ending = lower(entry->path().extension().string());
      const bool is_font = ending == ".ttf" || ending == ".otf" || ending == ".ttc";
      if (is_font && paths.size() < kMaxFontFiles) paths.push_back(entry->path().string());
    }
  }
  std::ranges::sort(paths);
  return paths;
}

}  // namespace

std::optional<FacePlace> FontNames::find(std::string_view name) {
  if (!faces_) scan();
  const std::string wanted = lower(name);
  const auto bears = [&](const std::vector<std::string>& names) {
    return std::ranges::any_of(names, [&](const auto& each) { return lower(each) == wanted; });
  };
  const Named* best = nullptr;
  for (const Named& face : *faces_) {
    if (bears(face.names)) return face.place;
    if (!bears(face.families)) continue;
    if (best == nullptr || (face.is_regular && !best->is_regular)) best = &face;
  }
  return best != nullptr ? std::optional(best->place) : std::nullopt;
}

std::vector<std::string> FontNames::families() {
  if (!faces_) scan();
  std::vector<std::string> families;
  for (const Named& face : *faces_)
    families.insert(families.end(), face.families.begin(), face.families.end());
  std::ranges::sort(families);
  families.erase(std::unique(families.begin(), families.end()), families.end());
  return families;
}

void FontNames::scan() {
  faces_.emplace();
  for (const std::string& path : font_files(folders_))
    read(path);
}

void FontNames::read(const std::string& path) {
  const auto file = MappedFile::open(path, kMaxFontBytes);
  if (!file) return;
  const std::string_view bytes = file.value()->bytes();
  hb_blob_t* blob = hb_blob_create(bytes.data(), static_cast<unsigned>(bytes.size()),
                                   HB_MEMORY_MODE_READONLY, nullptr, nullptr);
  const unsigned count = std::min(hb_face_count(blob), kMaxFaces);
  for (unsigned index = 0; index < count; ++index) {
    hb_face_t* face = hb_face_create(blob, index);
    Named named{.place = {path, index}, .names = {}, .families = {}, .is_regular = false};
    unsigned entries = 0;
    const hb_ot_name_entry_t* entry = hb_ot_name_list_names(face, &entries);
    for (unsigned i = 0; i < std::min(entries, kMaxNames); ++i) {
      const hb_ot_name_id_t id = entry[i].name_id;
      if (id == kFullName || id == kPostScriptName) named.names.push_back(name_of(face, entry[i]));
      if (id == kFamily || id == kTypographicFamily) {
        named.families.push_back(name_of(face, entry[i]));
      }
      if (id == kSubfamily && lower(name_of(face, entry[i])) == "regular") named.is_regular = true;
    }
    faces_->push_back(std::move(named));
    hb_face_destroy(face);
  }
  hb_blob_destroy(blob);
}

}  // namespace huice::layout
