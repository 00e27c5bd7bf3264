// Small workbooks written by hand, for tests of the readers.
#pragma once

#include <string>
#include <string_view>

#include "archive/zip_writer.h"

namespace huice::sheet {

/// The texts of a package; change one to see what the reader makes of it.
struct Package {
  std::string workbook =
      "<workbook xmlns='m' xmlns:r='r'><sheets>"
      "<sheet name='企业' sheetId='1' r:id='rId1'/></sheets></workbook>";
  std::string relations =
      "<Relationships><Relationship Id='rId1' Type='http://x/worksheet' "
      "Target='worksheets/sheet1.xml'/><Relationship Id='rId2' Type='http://x/sharedStrings' "
      "Target='sharedStrings.xml'/><Relationship Id='rId3' Type='http://x/styles' "
      "Target='/xl/styles.xml'/></Relationships>";
  std::string strings = "<sst><si><t>共享</t></si></sst>";
  /// Formats: 0 plain, 1 a built-in day, 2 percent, 3 a day of its own.
  std::string styles =
      "<styleSheet><numFmts><numFmt numFmtId='176' formatCode='yyyy\"年\"m\"月\"d\"日\"'/>"
      "</numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/>"
      "<xf numFmtId='14'/><xf numFmtId='10'/><xf numFmtId='176'/></cellXfs></styleSheet>";
  std::string sheet;

  /// The package with `rows` (`<row>…</row>`) as its only worksheet.
  static Package with_rows(std::string_view rows) {
    Package package;
    package.sheet = "<worksheet><sheetData>" + std::string(rows) + "</sheetData></worksheet>";
    return package;
  }

  std::string bytes() const {
    archive::ZipWriter zip;
    zip.add("_rels/.rels",
            "<Relationships><Relationship Id='r' Type='http://x/officeDocument' "
            "Target='xl/workbook.xml'/></Relationships>");
    zip.add("xl/workbook.xml", workbook);
    zip.add("xl/_rels/workbook.xml.rels", relations);
    zip.add("xl/sharedStrings.xml", strings);
    zip.add("xl/styles.xml", styles);
    zip.add("xl/worksheets/sheet1.xml", sheet);
    return zip.finish();
  }
};

}  // namespace huice::sheet
