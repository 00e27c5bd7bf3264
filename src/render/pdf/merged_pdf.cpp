// A record, numbers of eight bytes with the low one first, texts with their length before them:
//
//   title, author
//   count, then for each glyph first used: font, glyph, cut_left, advance, text (UTF-8)
//   count, then for each picture first shown: name, bytes
//   count, then for each page: width, height, label, whether it shows pictures, deflated operators
//   count, then for each bookmark: title, level, page, y
#include "render/pdf/merged_pdf.h"

#include <array>
#include <bit>
#include <cstring>
#include <map>
#include <optional>
#include <utility>

#include "base/utf8.h"
#include "render/pdf/content_stream.h"
#include "render/pdf/embedded_font.h"
#include "render/pdf/encryption.h"
#include "render/pdf/haru_document.h"
#include "render/pdf/page_list.h"
#include "render/pdf/picture.h"

namespace huice::render::pdf {
namespace {

static_assert(std::endian::native == std::endian::little, "records are as memory has them");

class RecordWriter {
 public:
  void number(std::int64_t value) {
    std::array<char, sizeof value> bytes{};
    std::memcpy(bytes.data(), &value, sizeof value);
    bytes_.append(bytes.data(), bytes.size());
  }
  void count(std::size_t value) { number(static_cast<std::int64_t>(value)); }
  void text(std::string_view text) {
    count(text.size());
    bytes_ += text;
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// Reads what RecordWriter wrote; of anything else it gives zeros and says so at the end.
class RecordReader {
 public:
  explicit RecordReader(std::string_view bytes) : bytes_(bytes) {}

  std::int64_t number() {
    std::int64_t value = 0;
    if (!has(sizeof value)) return 0;
    std::memcpy(&value, bytes_.data() + at_, sizeof value);
    at_ += sizeof value;
    return value;
  }
  /// Of things that take at least a number each.
  std::size_t count() {
    const std::int64_t value = number();
    const bool possible = value >= 0 && has(static_cast<std::size_t>(value));
    return possible ? static_cast<std::size_t>(value) : 0;
  }
  std::string_view text() {
    const std::size_t size = count();
    const std::string_view text = bytes_.substr(at_, size);
    at_ += size;
    return text;
  }
  bool ended_well() const { return good_ && at_ == bytes_.size(); }

 private:
  bool has(std::size_t size) { return good_ = good_ && bytes_.size() - at_ >= size; }

  std::string_view bytes_;
  std::size_t at_ = 0;
  bool good_ = true;
};

struct ReadPage {
  Length width;
  Length height;
  std::string_view label;
  bool shows_pictures = false;
  std::string_view content;
};

struct ReadRecord {
  std::string_view title;
  std::string_view author;
  std::vector<CodedDocument::FirstUse> glyphs;
  std::vector<std::pair<std::string_view, std::string_view>> pictures;
  std::vector<ReadPage> pages;
  std::vector<layout::Bookmark> bookmarks;
};

GlyphUse read_use(RecordReader& reader) {
  GlyphUse use{.glyph = static_cast<std::uint32_t>(reader.number()), .text = {}};
  use.cut_left = static_cast<int>(reader.number());
  use.advance = static_cast<int>(reader.number());
  use.text = decode_utf8(reader.text());
  return use;
}

ReadPage read_page(RecordReader& reader) {
  ReadPage page{.width = Length::from_units(reader.number()), .height = {}, .label = {}};
  page.height = Length::from_units(reader.number());
  page.label = reader.text();
  page.shows_pictures = reader.number() != 0;
  page.content = reader.text();
  return page;
}

std::optional<ReadRecord> read_record(std::string_view bytes) {
  RecordReader reader(bytes);
  ReadRecord record{.title = reader.text(), .author = {}};
  record.author = reader.text();
  for (std::size_t left = reader.count(); left > 0; --left) {
    const auto font = static_cast<std::uint32_t>(reader.number());
    record.glyphs.push_back({font, read_use(reader)});
  }
  for (std::size_t left = reader.count(); left > 0; --left) {
    const std::string_view name = reader.text();
    record.pictures.emplace_back(name, reader.text());
  }
  for (std::size_t left = reader.count(); left > 0; --left)
    record.pages.push_back(read_page(reader));
  for (std::size_t left = reader.count(); left > 0; --left) {
    layout::Bookmark bookmark{.title = std::string(reader.text())};
    bookmark.level = static_cast<int>(reader.number());
    bookmark.page = static_cast<int>(reader.number());
    bookmark.y = Length::from_units(reader.number());
    if (bookmark.page < 0 || static_cast<std::size_t>(bookmark.page) >= record.pages.size()) {
      return std::nullopt;
    }
    record.bookmarks.push_back(std::move(bookmark));
  }
  if (!reader.ended_well()) return std::nullopt;
  return record;
}

/// A picture in the document, without its samples.
struct Shown {
  std::size_t number = 0;
  Raster sides;
};

}  // namespace

struct RecordPacker::Compressors {
  Compressor page = page_compressor();
};

RecordPacker::RecordPacker() : compressors_(std::make_unique<Compressors>()) {}
RecordPacker::~RecordPacker() = default;

std::string RecordPacker::pack(const CodedDocument& document) const {
  RecordWriter writer;
  writer.text(document.title);
  writer.text(document.author);
  writer.count(document.glyphs.size());
  for (const auto& [font, use] : document.glyphs) {
    writer.number(font);
    writer.number(use.glyph);
    writer.number(use.cut_left);
    writer.number(use.advance);
    writer.text(encode_utf8(use.text));
  }
  writer.count(document.pictures.size());
  for (const auto& picture : document.pictures) {
    writer.text(picture.name);
    writer.text(*picture.bytes);
  }
  writer.count(document.pages.size());
  for (const auto& page : document.pages) {
    writer.number(page.width.units());
    writer.number(page.height.units());
    writer.text(page.label);
    writer.number(page.shows_pictures ? 1 : 0);
    writer.text(deflated(page.content, compressors_->page.get()));
  }
  writer.count(document.bookmarks.size());
  for (const auto& bookmark : document.bookmarks) {
    writer.text(bookmark.title);
    writer.number(bookmark.level);
    writer.number(bookmark.page);
    writer.number(bookmark.y.units());
  }
  return writer.take();
}

struct MergedPdf::State {
  PdfOptions options;
  GrowingFile file;

  // Of coding.
  std::vector<std::shared_ptr<const FaceOutlines>> faces;
  std::vector<GlyphCodes> codes;
  std::map<std::string, Shown, std::less<>> shown;  ///< by the bytes of the picture

  // Of adding.
  HaruDocument document{file};
  PageList pages{document};
  std::size_t pictures = 0;

  Result<std::vector<std::size_t>> numbers_of(const layout::Page& page, CodedDocument& coded);
  bool take_up(const ReadRecord& record);
  bool add(const ReadRecord& record);
  Status encrypt();
};

MergedPdf::MergedPdf(std::unique_ptr<State> state) : state_(std::move(state)) {}

Result<std::unique_ptr<MergedPdf>> MergedPdf::open(
    GrowingFile file, const std::vector<std::shared_ptr<const layout::FontFile>>& fonts,
    PdfOptions options, OutlineStore& store) {
  HUICE_TRY([[maybe_unused]] const Unit emptied, file.cut(0));
  std::unique_ptr<State> state(new State{.options = std::move(options), .file = std::move(file)});
  for (const auto& font : fonts) {
    state->faces.push_back(store.of(font));
    state->codes.emplace_back(*state->faces.back());
  }
  return std::unique_ptr<MergedPdf>(new MergedPdf(std::move(state)));
}

MergedPdf::~MergedPdf() = default;

/// The numbers of the pictures of a page; new ones get the next.
Result<std::vector<std::size_t>> MergedPdf::State::numbers_of(const layout::Page& page,
                                                              CodedDocument& coded) {
  std::vector<std::size_t> numbers;
  for (const layout::Picture& picture : page.pictures) {
    auto known = shown.find(*picture.bytes);
    if (known == shown.end()) {
      HUICE_TRY(const Raster raster, read_picture(*picture.bytes, picture.name));
      Shown fresh{shown.size(), {.width = raster.width, .height = raster.height}};
      HUICE_TRY([[maybe_unused]] const Unit fits, check_proportions(fresh.sides, picture));
      known = shown.emplace(*picture.bytes, std::move(fresh)).first;
      coded.pictures.push_back({picture.name, picture.bytes});
    }
    HUICE_TRY([[maybe_unused]] const Unit fits, check_proportions(known->second.sides, picture));
    numbers.push_back(known->second.number);
  }
  return numbers;
}

Result<CodedDocument> MergedPdf::code(const layout::Pages& pages, ContentMemory& written) {
  CodedDocument coded;
  std::vector<std::vector<std::size_t>> pictures;
  for (const layout::Page& page : pages.pages) {
    HUICE_TRY(auto numbers, state_->numbers_of(page, coded));
    pictures.push_back(std::move(numbers));
  }
  std::vector<std::size_t> before;
  for (const GlyphCodes& codes : state_->codes)
    before.push_back(codes.uses().size());
  for (std::size_t i = 0; i < pages.pages.size(); ++i) {
    const layout::Page& page = pages.pages[i];
    coded.pages.push_back({page.width, page.height, page.label,
                           content_of(page, state_->codes, state_->options.colour, &written) +
                               content_of_pictures(page, pictures[i]),
                           !pictures[i].empty()});
  }
  for (std::size_t font = 0; font < before.size(); ++font) {
    const auto& uses = state_->codes[font].uses();
    for (std::size_t code = before[font]; code < uses.size(); ++code)
      coded.glyphs.push_back({static_cast<std::uint32_t>(font), uses[code]});
  }
  coded.bookmarks = pages.bookmarks;
  return coded;
}

/// Codes and numbers as coding the document would have given them.
bool MergedPdf::State::take_up(const ReadRecord& record) {
  for (const auto& [font, use] : record.glyphs) {
    if (font >= codes.size()) return false;
    const bool is_full = use.cut_left == 0 && use.advance == faces[font]->advance(use.glyph);
    if (is_full) {
      codes[font].code(use.glyph, use.text);
    } else {
      codes[font].code(use);
    }
  }
  for (const auto& [name, bytes] : record.pictures) {
    const auto raster = read_picture(bytes, std::string(name));
    if (!raster) return false;
    shown.emplace(bytes, Shown{shown.size(),
                               {.width = raster.value().width, .height = raster.value().height}});
  }
  return true;
}

bool MergedPdf::State::add(const ReadRecord& record) {
  for (const auto& [name, bytes] : record.pictures) {
    const auto raster = read_picture(bytes, std::string(name));
    if (!raster) return false;
    document.add_picture(pictures++, raster.value());
  }
  if (pages.size() == 0 && options.title.empty()) options.title = record.title;
  if (pages.size() == 0 && options.author.empty()) options.author = record.author;
  const auto first = static_cast<int>(pages.size());
  for (const ReadPage& page : record.pages) {
    const HaruPage added = document.add_deflated_page(page.width, page.height, page.content);
    if (page.shows_pictures) document.show_pictures(added);
    pages.add(added, page.label);
  }
  for (layout::Bookmark bookmark : record.bookmarks) {
    bookmark.page += first;
    pages.add_bookmark(bookmark);
  }
  return true;
}

bool MergedPdf::add(std::string_view record) {
  const auto read = read_record(record);
  return read && state_->add(*read);
}

bool MergedPdf::take_up(std::string_view record) {
  const auto read = read_record(record);
  return read && state_->take_up(*read) && state_->add(*read);
}

Status MergedPdf::finish() {
  state_->document.set_information(state_->options);
  for (std::size_t i = 0; i < state_->faces.size(); ++i) {
    if (state_->codes[i].empty()) continue;
    HUICE_TRY(const EmbeddedFont font, embed_font(*state_->faces[i], state_->codes[i]));
    state_->document.add_font(i, font);
  }
  if (!state_->options.password.empty()) return state_->encrypt();
  state_->document.claim_archival(state_->options);
  return state_->document.save();
}

/// Puts the encrypted file in the place of the plain one.
Status MergedPdf::State::encrypt() {
  HUICE_TRY([[maybe_unused]] const Unit saved, document.save());
  HUICE_TRY(const std::string plain, read_file(file.path(), file.size()));
  HUICE_TRY(const std::string locked, encrypted(plain, options.password));
  HUICE_TRY([[maybe_unused]] const Unit emptied, file.cut(0));
  return file.append(locked);
}

}  // namespace huice::render::pdf
