#include "library/bundle.h"

#include <algorithm>

#include "base/utf8.h"
#include "text/encoding.h"

namespace huice::library {
namespace {

/// Short names in GB18030 may pass for UTF-8 of two bytes a letter (`通知` does); no letter of ours
/// has so few.
bool is_rather_gb18030(const std::string& name) {
  if (first_bad_utf8(name)) return true;
  constexpr char32_t kFirstOfThreeBytes = 0x800;
  const std::u32string letters = decode_utf8(name);
  return std::ranges::any_of(letters, [](char32_t c) { return c >= 0x80; }) &&
         std::ranges::all_of(letters, [](char32_t c) { return c < kFirstOfThreeBytes; });
}

/// What a clerk calls the file; empty for one of a system's own.
std::string label_of(const std::string& member) {
  const auto decoded =
      text::decode_text_as(member, is_rather_gb18030(member) ? "gb18030" : "utf-8");
  const std::string path = decoded ? decoded.value().text : encode_utf8(decode_utf8(member));
  std::string name = path.substr(path.find_last_of("/\\") + 1);
  const bool own = name.starts_with('.') || name.starts_with("~$") || name == "Thumbs.db" ||
                   path.starts_with("__MACOSX");
  return own ? std::string() : name;
}

}  // namespace

Result<std::vector<BundledFile>> files_of_bundle(std::string bytes, const std::string& name,
                                                 std::size_t most_bytes) {
  HUICE_TRY(const auto zip, archive::ZipReader::open(std::move(bytes), name,
                                                     {.members = kMaxBundledFiles,
                                                      .member_bytes = most_bytes,
                                                      .total_bytes = most_bytes,
                                                      .names = archive::ZipNames::Labels}));
  std::vector<BundledFile> files;
  for (const archive::ZipMember& member : zip.members()) {
    std::string label = label_of(member.name);
    if (label.empty()) continue;
    HUICE_TRY(auto unpacked, zip.read(member.name));
    files.push_back({std::move(label), std::move(unpacked)});
  }
  if (!files.empty()) return files;
  return Error{.code = ErrorCode::InvalidInput,
               .id = "library.bundle-empty",
               .message = "压缩包里没有文件",
               .where = {.file = name},
               .hint = "把要收录的文件放进压缩包再上传"};
}

}  // namespace huice::library
