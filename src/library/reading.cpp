#include "library/reading.h"

#include <utility>

#include "base/files.h"
#include "library/library.h"
#include "library/readers.h"
#include "library/sha256.h"
#include "library/structure.h"
#include "library/terms.h"

namespace huice::library {
namespace {

/// Bump when reading or structure change: unchanged files are then read anew.
constexpr std::string_view kReading = "reading-6";

}  // namespace

std::string fingerprint_of(const IndexSettings& settings) {
  return settings.fingerprint + settings.names_fingerprint + std::string(kReading);
}

Reading reading_of(std::string bytes, const std::filesystem::path& name,
                   const IndexSettings& settings) {
  Reading reading;
  const auto source = read_source(std::move(bytes), name);
  if (!source) {
    reading.refusal = source.error();
    return reading;
  }
  reading.encoding = source.value().encoding;
  reading.circular = structure_of(source.value(), settings);
  return reading;
}

Reading reading_of(const ReadRequest& request, const IndexSettings& settings) {
  const std::filesystem::path file = request.path;
  const FileKind kind = kind_of(file);
  const auto refused = [](Error error) { return Reading{.refusal = std::move(error)}; };
  if (kind == FileKind::Refused || kind == FileKind::Other)
    return refused(read_source(file).error());
  auto bytes = read_file(file, kMaxSourceBytes);
  if (!bytes) return refused(bytes.error());
  std::string fingerprint =
      exact_term(prefix::kFingerprint, sha256(fingerprint_of(settings) + sha256(bytes.value())));
  const bool unchanged = fingerprint == request.known;
  Reading reading = unchanged ? Reading() : reading_of(std::move(bytes).value(), file, settings);
  reading.fingerprint = std::move(fingerprint);
  reading.unchanged = unchanged;
  return reading;
}

}  // namespace huice::library
