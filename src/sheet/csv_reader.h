// CSV files read into grids.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "sheet/grid.h"

namespace huice::sheet {

/// One field, and all fields, of a CSV file. No clerk types more into a cell.
inline constexpr std::size_t kMaxFieldBytes = std::size_t{1} << 20;
inline constexpr std::size_t kMaxFields = 5'000'000;

/// Reads comma-, semicolon- or tab-separated text; the separator is the one that the first line has
/// most of. Fields may be quoted as in RFC 4180; every field is text. Encodings: as decode_text.
///
/// Errors: InvalidInput `csv.quote` (a quote never closed, or text after it) with line and column;
///         TooLarge `csv.too-large`; those of text::decode_text.
Result<Grid> read_csv(std::string_view bytes, std::string file);

/// Errors: also those of read_file.
Result<Grid> read_csv(const std::filesystem::path& path);

/// The same row by row. Errors: as above; rows before the place of the error are handed on.
Status read_csv_rows(std::string_view bytes, const std::string& file,
                     const std::function<void(GridRow row)>& take);

}  // namespace huice::sheet
