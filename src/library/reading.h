// A file and what the library takes from it. Only this module's sources include it.
#pragma once

#include <filesystem>
#include <string>

#include "library/pack.h"
#include "library/settings.h"

namespace huice::library {

/// What a child answers to a request.
Reading reading_of(const ReadRequest& request, const IndexSettings& settings);

/// The same of bytes at hand; `name` says of which kind they are. It has no fingerprint.
Reading reading_of(std::string bytes, const std::filesystem::path& name,
                   const IndexSettings& settings);

}  // namespace huice::library
