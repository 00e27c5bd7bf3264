// From lines of text to a circular: title, number, issuer, dates, headings, citations.
#pragma once

#include <string_view>
#include <vector>

#include "library/circular.h"
#include "library/readers.h"
#include "library/settings.h"

namespace huice::library {

/// What the lines say of themselves. Never fails: what is not found stays empty.
/// Source of the parts: GB/T 9704-2012, clause 7.
Circular structure_of(const SourceText& source, const IndexSettings& settings);

/// Lines of a body as blocks; headings are known by their 序号 (GB/T 9704-2012, 7.3.3).
std::vector<Block> blocks_of(const std::vector<SourceLine>& lines);

/// `附件`, `附件1`, `附件二：` alone in a line: what follows is the annex.
bool is_annex_mark(std::string_view line);

/// The pieces by which a circular is found; none for a circular without text.
std::vector<Passage> passages_of(const Circular& circular);

/// Terms, repeals, deadlines, amounts and contacts that the blocks of `circular` tell. Days without
/// a year are taken in the year of its date, or the next where they were over by then.
std::vector<Fact> facts_of(const Circular& circular);

/// Documents that the text repeals: 《…》（…）同时废止, 废止《…》, and lists below 废止下列文件：.
std::vector<Citation> repeals_in(const std::vector<Block>& blocks);

/// Documents that `text` names, each once, in order. 《》 of less than four letters are names of
/// other things.
std::vector<Citation> citations_in(std::string_view text);

/// Sentences with their end marks and closing quotes; together they are the text.
std::vector<std::string_view> sentences_of(std::string_view text);

/// Titles under which a document may be cited, folded and without blanks and marks: the whole one,
/// the one without its issuer (关于…), the one that it passes on (印发《…》的通知).
std::vector<std::string> title_keys(std::string_view title, std::string_view issuer);

/// One such key of a cited title.
std::string title_key(std::string_view title);

}  // namespace huice::library
