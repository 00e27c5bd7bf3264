#include "layout/fonts.h"

#include <algorithm>
#include <map>
#include <utility>

#include <hb-ot.h>
#include <hb.h>

#include "base/files.h"
#include "base/utf8.h"
#include "layout/font_file.h"
#include "layout/font_names.h"
#include "layout/glyph_ink.h"
#include "text/suggest.h"

namespace huice::layout {
namespace {

struct FontDeleter {
  void operator()(hb_font_t* font) const { hb_font_destroy(font); }
};
struct BufferDeleter {
  void operator()(hb_buffer_t* buffer) const { hb_buffer_destroy(buffer); }
};
using FontHandle = std::shared_ptr<hb_font_t>;
using BufferHandle = std::unique_ptr<hb_buffer_t, BufferDeleter>;

struct Face {
  std::shared_ptr<const FontFile> file;
  FontHandle font;  ///< immutable, so that threads may share it
  int units_per_em = 0;
};

/// The blob borrows the bytes, which `file` keeps alive as long as the font.
Face make_face(FontFile file) {
  hb_blob_t* blob = hb_blob_create(file.bytes.data(), static_cast<unsigned>(file.bytes.size()),
                                   HB_MEMORY_MODE_READONLY, nullptr, nullptr);
  hb_face_t* face = hb_face_create(blob, file.index);
  hb_blob_destroy(blob);
  char name[128] = {};
  unsigned size = sizeof name;
  hb_ot_name_get_utf8(face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &size, name);
  file.postscript_name = name;
  Face made{nullptr, FontHandle(hb_font_create(face), FontDeleter()),
            static_cast<int>(hb_face_get_upem(face))};
  hb_face_destroy(face);
  hb_font_make_immutable(made.font.get());
  file.ink = [ink = std::make_shared<GlyphInk>(made.font)](std::uint32_t glyph) {
    return ink->of(glyph);
  };
  made.file = std::make_shared<const FontFile>(std::move(file));
  return made;
}

Error missing(const FontSource& source, Role role) {
  return {.code = ErrorCode::NotFound,
          .id = "font.missing",
          .message = "找不到" + std::string(to_chinese(role)) + "的字体文件：" + source.path,
          .where = source.where,
          .hint = "运行 scripts/demo 安装所需字体，或在字体配置中写上本机已有的字体文件"};
}

Error config_error(const model::Value& at, std::string message) {
  return {.code = ErrorCode::InvalidInput,
          .id = "font.config",
          .message = std::move(message),
          .where = at.where(),
          .hint =
              "写法：字体: {仿宋: [{file: 字体文件路径, index: 0}, {name: 字体名}], …}，"
              "五种都要有：小标宋、仿宋、楷体、黑体、宋体"};
}

/// One entry of a role's list: a path, or {file, index}.
std::optional<FontSource> read_source(const model::Value& entry, std::string_view folder,
                                      Findings& findings) {
  const model::Value* name = entry.find("name");
  const model::Value* file = entry.record() ? entry.find("file") : &entry;
  const model::Value* given = name != nullptr ? name : file;
  if (!given || !given->text() || given->text()->empty() || (name && entry.find("file"))) {
    findings.push_back(config_error(entry, "字体条目应写明 file（文件路径）或 name（字体名）之一"));
    return std::nullopt;
  }
  FontSource source{.path = {}, .index = 0, .where = given->where()};
  (name != nullptr ? source.name : source.path) = *given->text();
  if (!source.path.empty() && source.path.front() != '/' && !folder.empty()) {
    source.path = std::string(folder) + '/' + source.path;
  }
  if (const model::Value* except = entry.find("except")) {
    if (!except->text()) findings.push_back(config_error(*except, "except 应为一串字符"));
    if (except->text()) source.except = decode_utf8(*except->text());
  }
  if (const model::Value* index = entry.find("index")) {
    const auto number = index->number() ? index->number()->to_int64() : std::nullopt;
    if (!number || *number < 0 || *number > 255) {
      findings.push_back(config_error(*index, "index 应为 0 到 255 的整数"));
      return std::nullopt;
    }
    source.index = static_cast<unsigned>(*number);
  }
  return source;
}

std::vector<FontSource> read_sources(const model::Value& roles, Role role, std::string_view folder,
                                     Findings& findings) {
  const std::string name(to_chinese(role));
  const model::Value* entry = roles.find(name);
  std::vector<FontSource> sources;
  if (!entry) {
    findings.push_back(config_error(roles, "没有为" + name + "指定字体文件"));
    return sources;
  }
  const model::Value::List single{*entry};
  for (const model::Value& one : entry->list() ? *entry->list() : single) {
    if (auto source = read_source(one, folder, findings)) sources.push_back(std::move(*source));
  }
  if (entry->list() && entry->list()->empty()) {
    findings.push_back(config_error(*entry, name + "的字体列表为空"));
  }
  return sources;
}

std::vector<std::string> read_folders(const model::Value& value, std::string_view base,
                                      Findings& findings) {
  std::vector<std::string> folders;
  const model::Value::List single{value};
  for (const model::Value& one : value.list() ? *value.list() : single) {
    if (!one.text() || one.text()->empty()) {
      findings.push_back(config_error(one, "字体目录应是目录的路径"));
      continue;
    }
    const bool is_absolute = one.text()->front() == '/' || base.empty();
    folders.push_back(is_absolute ? *one.text() : std::string(base) + '/' + *one.text());
  }
  return folders;
}

void report_unknown_roles(const model::Value::Record& roles, Findings& findings) {
  for (const auto& [key, value] : roles) {
    const std::string& name = key;
    if (std::ranges::none_of(kRoles, [&](Role role) { return to_chinese(role) == name; })) {
      findings.push_back(config_error(value, "不认识的字体角色“" + name + "”"));
    }
  }
}

}  // namespace

std::string_view to_chinese(Role role) {
  constexpr std::array<std::string_view, kRoleCount> kNames = {"小标宋", "仿宋", "楷体", "黑体",
                                                               "宋体"};
  return kNames[static_cast<std::size_t>(role)];
}

Result<FontConfig> font_config_from(const model::Value& config, std::string_view folder) {
  const model::Value* roles = config.find("字体");
  if (!roles || !roles->record()) return config_error(config, "字体配置应有一个“字体”记录");
  FontConfig read;
  Findings findings;
  report_unknown_roles(*roles->record(), findings);
  for (const Role role : kRoles) {
    read.roles[static_cast<std::size_t>(role)] = read_sources(*roles, role, folder, findings);
  }
  if (const model::Value* folders = config.find("字体目录")) {
    read.folders = read_folders(*folders, folder, findings);
  }
  if (!findings.empty()) return as_error(std::move(findings));
  return read;
}

struct FontSet::Faces {
  std::vector<Face> faces;
  std::vector<std::shared_ptr<const FontFile>> files;
  struct Choice {
    int font = 0;
    std::u32string except;
  };
  std::array<std::vector<Choice>, kRoleCount> roles;

  const Face& at(int font) const { return faces[static_cast<std::size_t>(font)]; }
};

namespace {

/// Opens faces, each file read once and each face checked once however many roles name it.
class Opener {
 public:
  explicit Opener(const std::vector<std::string>& folders) : names_(folders) {}

  /// The index of the face; nullopt with a finding when it cannot be used.
  std::optional<int> open(FontSource source, Role role, std::vector<Face>& faces,
                          Findings& findings) {
    if (!source.name.empty()) {
      const auto place = names_.find(source.name);
      if (!place) {
        findings.push_back(unknown_name(source, role));
        return std::nullopt;
      }
      source.path = place->path;
      source.index = place->index;
    }
    const auto key = std::pair(source.path, source.index);
    if (const auto known = opened_.find(key); known != opened_.end()) return known->second;
    const auto bytes = map(source, role, findings);
    if (!bytes) return std::nullopt;
    auto file = check_font(source, bytes->bytes(), bytes);
    if (!file) {
      findings.push_back(std::move(file).error());
      return std::nullopt;
    }
    faces.push_back(make_face(std::move(file).value()));
    return opened_[key] = static_cast<int>(faces.size()) - 1;
  }

 private:
  std::shared_ptr<const MappedFile> map(const FontSource& source, Role role, Findings& findings) {
    if (const auto known = files_.find(source.path); known != files_.end()) return known->second;
    auto file = MappedFile::open(source.path, kMaxFontBytes);
    if (!file) {
      findings.push_back(file.error().code == ErrorCode::NotFound ? missing(source, role)
                                                                  : file.error());
      return nullptr;
    }
    return files_[source.path] = std::move(file).value();
  }

  Error unknown_name(const FontSource& source, Role role) {
    const auto families = names_.families();
    const auto nearest = text::closest(source.name, families);
    return {.code = ErrorCode::NotFound,
            .id = "font.unknown-name",
            .message = "本机没有名为“" + source.name + "”的字体（" + std::string(to_chinese(role)) +
                       "）" + (nearest ? "，是否想写“" + std::string(*nearest) + "”？" : ""),
            .where = source.where,
            .hint = "安装该字体，或改写 file（文件路径）；在别处的字体，把目录写进“字体目录”"};
  }

  FontNames names_;
  std::map<std::string, std::shared_ptr<const MappedFile>> files_;
  std::map<std::pair<std::string, unsigned>, int> opened_;
};

Error no_source(Role role) {
  return {.code = ErrorCode::NotFound,
          .id = "font.missing",
          .message = "没有为" + std::string(to_chinese(role)) + "指定字体文件",
          .where = {},
          .hint = "在字体配置中补上"};
}

}  // namespace

Result<FontSet> FontSet::open(const FontConfig& config) {
  auto set = std::make_shared<Faces>();
  Findings findings;
  Opener opener(config.folders);
  for (const Role role : kRoles) {
    const auto slot = static_cast<std::size_t>(role);
    if (config.roles[slot].empty()) findings.push_back(no_source(role));
    for (const FontSource& source : config.roles[slot]) {
      const auto face = opener.open(source, role, set->faces, findings);
      if (face) set->roles[slot].push_back({*face, source.except});
    }
  }
  if (!findings.empty()) return as_error(std::move(findings));
  for (const Face& face : set->faces)
    set->files.push_back(face.file);
  return FontSet(std::move(set));
}

const std::vector<std::shared_ptr<const FontFile>>& FontSet::files() const {
  return faces_->files;
}

std::optional<int> FontSet::font_for(Role role, char32_t character) const {
  for (const auto& choice : faces_->roles[static_cast<std::size_t>(role)]) {
    const bool excepted = choice.except.find(character) != std::u32string::npos;
    if (!excepted && glyph(choice.font, character)) return choice.font;
  }
  return std::nullopt;
}

int FontSet::first_font(Role role, char32_t character) const {
  const auto& choices = faces_->roles[static_cast<std::size_t>(role)];
  const auto meant = std::ranges::find_if(choices, [&](const auto& choice) {
    return choice.except.find(character) == std::u32string::npos;
  });
  return meant == choices.end() ? choices.front().font : meant->font;
}

std::vector<ShapedGlyph> FontSet::shape(int font, std::u32string_view text) const {
  const BufferHandle buffer(hb_buffer_create());
  const std::vector<hb_codepoint_t> code_points(text.begin(), text.end());
  hb_buffer_add_codepoints(buffer.get(), code_points.data(), static_cast<int>(code_points.size()),
                           0, -1);
  hb_buffer_set_direction(buffer.get(), HB_DIRECTION_LTR);
  hb_buffer_set_script(buffer.get(), HB_SCRIPT_HAN);
  hb_buffer_set_language(buffer.get(), hb_language_from_string("zh-Hans", -1));
  hb_shape(faces_->at(font).font.get(), buffer.get(), nullptr, 0);

  unsigned count = 0;
  const hb_glyph_info_t* glyphs = hb_buffer_get_glyph_infos(buffer.get(), &count);
  const hb_glyph_position_t* places = hb_buffer_get_glyph_positions(buffer.get(), &count);
  std::vector<ShapedGlyph> shaped;
  for (unsigned i = 0; i < count; ++i) {
    shaped.push_back(
        {glyphs[i].codepoint, glyphs[i].cluster, places[i].x_advance, places[i].x_offset});
  }
  return shaped;
}

std::optional<std::uint32_t> FontSet::glyph(int font, char32_t character) const {
  hb_codepoint_t found = 0;
  if (!hb_font_get_nominal_glyph(faces_->at(font).font.get(), character, &found)) {
    return std::nullopt;
  }
  return found;
}

int FontSet::advance(int font, std::uint32_t glyph) const {
  return hb_font_get_glyph_h_advance(faces_->at(font).font.get(), glyph);
}

GlyphBox FontSet::ink(int font, std::uint32_t glyph) const {
  return faces_->at(font).file->ink(glyph);
}

int FontSet::units_per_em(int font) const {
  return faces_->at(font).units_per_em;
}

}  // namespace huice::layout
