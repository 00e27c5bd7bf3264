// Fonts as roles: what a 公文 asks for (仿宋, 小标宋 ...), and which files serve it on this
// machine.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "layout/pages.h"
#include "model/value.h"

namespace huice::layout {

/// The typefaces GB/T 9704-2012 names: 小标宋, 仿宋, 楷体, 黑体, 宋体.
enum class Role { XiaoBiaoSong, FangSong, Kai, Hei, Song };
inline constexpr std::size_t kRoleCount = 5;
inline constexpr std::array<Role, kRoleCount> kRoles = {Role::XiaoBiaoSong, Role::FangSong,
                                                        Role::Kai, Role::Hei, Role::Song};

/// `小标宋`, `仿宋`, `楷体`, `黑体` or `宋体`.
std::string_view to_chinese(Role role);

/// A face to look for a character in: by the path of its file, or by its name.
struct FontSource {
  std::string path;       ///< empty where `name` is given
  unsigned index = 0;     ///< of the face within a collection
  SourceSpan where;       ///< of the line in the configuration that names it
  std::u32string except;  ///< characters to leave to the next face although this one has them
  std::string name;       ///< full, family or PostScript name, such as 仿宋_GB2312
};

/// For each role the faces in order; the first that has a character sets it.
struct FontConfig {
  std::array<std::vector<FontSource>, kRoleCount> roles;
  std::vector<std::string> folders = {"/usr/local/share/fonts", "/usr/share/fonts"};  ///< of names
};

/// Reads `字体: {仿宋: [{file: …, index: 0, except: …}, {name: …}, …], …}`, and `字体目录: […]`
/// where faces named are to be looked for; a face may be a plain path. A relative path is taken
/// from `folder`. Every role needs at least one face. Errors: InvalidInput `font.config`, all
/// findings at once.
Result<FontConfig> font_config_from(const model::Value& config, std::string_view folder);

/// A glyph of a shaped text. Lengths are font units.
struct ShapedGlyph {
  std::uint32_t glyph = 0;
  std::size_t cluster = 0;  ///< index of the first character it stands for
  int advance = 0;
  int x_offset = 0;
};

/// The opened faces of a configuration. A cheap handle to something immutable: copies share it, and
/// any number of threads may use it.
class FontSet {
 public:
  /// Maps and checks every face: the table directory, that each table lies in the file and agrees
  /// with the others, and the checksums of metrics and mappings. Outlines are left unread.
  /// Errors: NotFound `font.missing`, `font.unknown-name`, InvalidInput `font.damaged`,
  /// `font.unusable`, all at once.
  static Result<FontSet> open(const FontConfig& config);

  const std::vector<std::shared_ptr<const FontFile>>& files() const;

  /// The first face of `role` that has `character`, as an index into files().
  std::optional<int> font_for(Role role, char32_t character) const;
  /// The face that is meant to set `character`; another one is a substitution.
  int first_font(Role role, char32_t character = U'国') const;

  /// Shapes a text that the face has all characters of.
  std::vector<ShapedGlyph> shape(int font, std::u32string_view text) const;
  std::optional<std::uint32_t> glyph(int font, char32_t character) const;
  int advance(int font, std::uint32_t glyph) const;
  GlyphBox ink(int font, std::uint32_t glyph) const;
  int units_per_em(int font) const;

 private:
  struct Faces;
  explicit FontSet(std::shared_ptr<const Faces> faces) : faces_(std::move(faces)) {}
  std::shared_ptr<const Faces> faces_;
};

}  // namespace huice::layout
