#include "library/parts.h"

#include <charconv>
#include <optional>

#include "base/files.h"
#include "text/normalize.h"

namespace huice::library {
namespace {

/// Milliseconds. A server that takes longer is as good as none to a person who waits.
constexpr unsigned kConnectTimeout = 5'000;
constexpr unsigned kAnswerTimeout = 10'000;

std::optional<PartAddress> address_in(std::string_view line, const std::filesystem::path& base) {
  constexpr unsigned kMostPort = 65'535;
  const auto colon = line.rfind(':');
  if (colon == std::string_view::npos) return PartAddress{.folder = base / line};
  PartAddress part{.folder = {}, .host = std::string(line.substr(0, colon))};
  const std::string_view digits = line.substr(colon + 1);
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), part.port);
  const bool whole = parsed.ec == std::errc() && parsed.ptr == digits.data() + digits.size();
  if (!whole || part.host.empty() || part.port == 0 || part.port > kMostPort) return std::nullopt;
  return part;
}

Error part_error(const std::filesystem::path& file, int line, std::string message) {
  return {.code = ErrorCode::InvalidInput,
          .id = "library.parts",
          .message = std::move(message),
          .where = {.file = file.string(), .line = line},
          .hint = "每行写一个文件库：文件夹，或 主机:端口"};
}

}  // namespace

Result<std::vector<PartAddress>> read_parts(const std::filesystem::path& file) {
  HUICE_TRY(const std::string bytes, read_file(file));
  std::vector<PartAddress> parts;
  Findings findings;
  std::string_view rest = bytes;
  for (int number = 1; !rest.empty(); ++number) {
    const auto end = std::min(rest.find('\n'), rest.size());
    const auto line = text::trimmed(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.empty() || line.starts_with('#')) continue;
    if (auto part = address_in(line, file.parent_path())) {
      parts.push_back(std::move(*part));
    } else {
      findings.push_back(part_error(file, number, "不是文件夹，也不是 主机:端口"));
    }
  }
  if (!findings.empty()) return as_error(std::move(findings));
  if (parts.empty() || parts.size() > kMaxParts) {
    return part_error(file, 0, "要写出 1 至 64 个文件库");
  }
  return parts;
}

Xapian::Database open_part(const PartAddress& part) {
  if (part.host.empty()) return Xapian::Database(part.folder.string());
  return Xapian::Remote::open(part.host, part.port, kAnswerTimeout, kConnectTimeout);
}

}  // namespace huice::library
