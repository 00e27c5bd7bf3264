// The text of a .docx as stretches of its bytes, so that letters can be changed in their place.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace huice::app {

/// One `<w:t>` of document.xml.
struct DocxRun {
  std::size_t begin = 0;  ///< of the tag, in bytes
  std::size_t end = 0;    ///< of the text
  std::string name;       ///< of the element, with its prefix
  std::u32string text;
};

/// A paragraph of the body, outside tables and text boxes, whose text is that of its runs.
using DocxParagraph = std::vector<DocxRun>;

/// The paragraphs whose text can be changed run by run: those with tabs, line breaks, formulas or
/// text boxes are left out. Requires a document that archive::read_xml takes.
std::vector<DocxParagraph> docx_paragraphs(std::string_view document_xml);

std::u32string text_of(const DocxParagraph& paragraph);

/// The runs with the text they should have: letters stay in their run, a new one joins the run of
/// the letter it replaces or follows. Requires at least one run.
DocxParagraph with_text(DocxParagraph paragraph, std::u32string_view text);

/// `document_xml` with the texts of `changed`, in the order they stand in; all else as it is.
std::string with_paragraphs(std::string_view document_xml,
                            const std::vector<DocxParagraph>& changed);

}  // namespace huice::app
