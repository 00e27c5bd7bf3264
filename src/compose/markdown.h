// Markdown (CommonMark with GFM tables) -> the blocks of an official document.
//
//   # 附件 标题          begins an annex; 附件 are numbered in order, 附件1 may be written out;
//                        a trailing {横排} lays its pages on their side,
//                        {另装} says that it is not bound with the text
//   # 标题               begins an issued text (印发的方案、办法)
//   ## ### #### #####    headings; they number themselves 一、 （一） 1. （1）
//   ### 小标题。         a heading that ends in 。 runs on into the paragraph below it
//   **小标题。**正文…    the same, one level below the heading it stands under
//   1. …                 items print as 1.…, nested ones as （1）…
//   表：标题             directly above a table: its caption
//   {同左} {同上}         alone in a cell: merged with the cell to its left, or above it
//                         (a header row with {同左} and the row below it with {同上}: two levels)
//   {居中} {居右} {居左} at the end of a paragraph: how it is aligned
//   <br>                 a line break, also in titles and cells
//   ***                  a new page
//   {目录} {目录：三级}   alone in a paragraph: the headings with their pages (two levels)
//   {索引：甲、乙}        alone in a paragraph: where these terms stand
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "compose/expand.h"
#include "compose/markdown_memory.h"
#include "model/document.h"
#include "model/table.h"

namespace huice::compose {

/// The text up to the first `#`, then the texts and annexes that follow it.
struct Sections {
  std::vector<model::Block> body;
  std::vector<model::Annex> annexes;
};

using Tables = std::map<std::string, model::Table, std::less<>>;

/// Errors: InvalidInput, all under `also`, each with the line of the template or of the data that
/// it
///         comes from:
///         `markdown.unsupported` (code, images, links, italics, quotations, HTML),
///         `markdown.ordinal` (a heading that numbers itself by hand), `markdown.annex` (a wrong
///         annex number), `markdown.table` (a table inside a sentence, a cell with none to merge
///         with), `markdown.level`, `markdown.contents`; TooLarge `markdown.too-deep`.
///
/// `memory` saves parsing what expansions have in common; it may be null.
Result<Sections> read_markdown(const Expansion& expansion, const Tables& tables,
                               MarkdownMemory* memory = nullptr);

}  // namespace huice::compose
