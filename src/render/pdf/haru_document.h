// libharu's object layer, and the only file that knows it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <hpdf.h>
#include <hpdf_doc.h>

#include "base/date.h"
#include "base/length.h"
#include "base/result.h"
#include "render/pdf/font_subset.h"

namespace huice::render::pdf {

/// libharu's first complaint about one document. Later calls fail too, with codes that hide the
/// cause. The callback records and returns: nothing may unwind through C frames.
struct HaruErrors {
  HPDF_STATUS code = HPDF_OK;
  HPDF_STATUS detail = 0;

  static void record(HPDF_STATUS code, HPDF_STATUS detail, void* self) noexcept;
};

/// A PDF document being built. Pages, fonts and outlines are added; take_bytes() ends it.
///
/// Any call may fail inside libharu; the failure is kept and told by take_bytes().
/// libharu's structures are version-specific: built and tested against 2.3.0.
class HaruDocument {
 public:
  HaruDocument();
  HaruDocument(const HaruDocument&) = delete;
  HaruDocument& operator=(const HaruDocument&) = delete;
  ~HaruDocument();

  void set_information(std::string_view title, std::string_view author, Date created);

  /// Makes `font` available to all pages under the name /F<n>, n counting from 0. A font without
  /// glyphs takes its number and is not embedded.
  void add_font(const FontSubset& font);

  /// A page with the given content operators. Returns its handle for outlines.
  HPDF_Page add_page(Length width, Length height, std::string_view content);

  /// An outline entry below `parent` (nullptr: the top) that leads to `y` from the page's top.
  HPDF_Outline add_outline(HPDF_Outline parent, std::string_view title, HPDF_Page page, Length y);

  /// Pages from `first` (counting from 0) are labelled 1, 2, 3 …
  void number_pages_from(unsigned first);

  Result<std::string> take_bytes();

 private:
  HPDF_Dict stream_object(std::string_view bytes);
  HPDF_Dict descriptor_of(const FontSubset& font);
  HPDF_Dict descendant_of(const FontSubset& font);
  HPDF_Dict indirect_dict();
  HPDF_Binary text_object(std::string_view utf8);

  HaruErrors errors_;
  HPDF_Doc document_ = nullptr;
  HPDF_Dict fonts_ = nullptr;
  int font_count_ = 0;
};

}  // namespace huice::render::pdf
