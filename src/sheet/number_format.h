// What a number format of a workbook says about the number under it.
#pragma once

#include <string_view>

namespace huice::sheet {

enum class NumberKind { Plain, Day, Percent };

/// Of a format code such as `yyyy"年"m"月"d"日"` or `0.00%`. Elapsed time (`[h]:mm`) is Plain.
NumberKind kind_of_format(std::string_view code);

/// Of a built-in format, by its number.
/// Source: ECMA-376 Part 1, 18.8.30 (numFmt), with its lists for zh-cn.
NumberKind kind_of_builtin_format(int id);

}  // namespace huice::sheet
