// YAML 1.2 as people write it, read into values with places.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/value.h"

namespace huice::notation {

/// Reads one YAML document (JSON is a subset of it).
///
/// Plain scalars become null, a boolean (`true`, `false`), an exact number, or a day
/// (`2026-05-07`), as the YAML 1.2 core schema does; everything else, and everything in quotes,
/// is text. `file` names the text in places and errors; `first_line` is the line of the file on
/// which `utf8` begins (front matter starts below the top).
///
/// Errors: InvalidInput `yaml.syntax` with line and column; `yaml.duplicate-key`;
///         TooLarge `yaml.too-deep`, `yaml.too-large`; `yaml.encoding` if it is not UTF-8.
///         Anchors and aliases are refused (`yaml.alias`): they make small files huge.
Result<model::Value> read_yaml(std::string_view utf8, std::string_view file, int first_line = 1);

/// Reads the file and then read_yaml.
Result<model::Value> read_yaml_file(const std::string& path);

}  // namespace huice::notation
