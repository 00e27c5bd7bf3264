#include "app/export_journal.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <string_view>
#include <utility>

#include "render/pdf/fingerprint.h"

namespace huice::app {
namespace {

using render::pdf::fingerprint;

/// `numbers`, and a check of them, as one line.
std::string line_of(std::span<const std::uint64_t> numbers) {
  std::string line;
  for (const std::uint64_t number : numbers)
    line += std::to_string(number) + ' ';
  const std::uint64_t check = fingerprint(line);
  return line + std::to_string(check) + '\n';
}

/// The numbers of a whole line without its end; nullopt when its check does not fit.
template <std::size_t N>
std::optional<std::array<std::uint64_t, N>> numbers_of(std::string_view line) {
  std::array<std::uint64_t, N + 1> numbers{};
  const char* at = line.data();
  const char* end = line.data() + line.size();
  for (std::size_t i = 0; i <= N; ++i) {
    const auto read = std::from_chars(at, end, numbers[i]);
    if (read.ec != std::errc()) return std::nullopt;
    const bool is_last = i == N;
    if (is_last ? read.ptr != end : read.ptr == end || *read.ptr != ' ') return std::nullopt;
    if (is_last &&
        numbers[i] != fingerprint(line.substr(0, static_cast<std::size_t>(at - line.data())))) {
      return std::nullopt;
    }
    at = is_last ? end : read.ptr + 1;
  }
  std::array<std::uint64_t, N> result{};
  std::copy_n(numbers.begin(), N, result.begin());
  return result;
}

constexpr std::uint64_t kForm = 1;  ///< of the journal; another one is not understood

}  // namespace

Result<ExportJournal> ExportJournal::open(const std::filesystem::path& path, std::uint64_t inputs) {
  HUICE_TRY(GrowingFile file, GrowingFile::open(path));
  std::string text(file.size(), '\0');
  if (!file.read(0, text)) text.clear();
  ExportJournal journal(std::move(file));
  const std::array head = {kForm, inputs};
  const std::string first = line_of(head);
  if (!text.starts_with(first)) {
    HUICE_TRY([[maybe_unused]] const Unit cut, journal.file_.cut(0));
    HUICE_TRY([[maybe_unused]] const Unit begun, journal.file_.append(first));
    journal.begin_ = first.size();
    return journal;
  }
  journal.begin_ = first.size();
  for (std::size_t at = first.size(); at < text.size();) {
    const std::size_t end = text.find('\n', at);
    if (end == std::string::npos) break;
    const auto numbers = numbers_of<4>(std::string_view(text).substr(at, end - at));
    if (!numbers) break;
    journal.found_.push_back({.item = (*numbers)[0],
                              .pages = static_cast<int>((*numbers)[1]),
                              .bytes = (*numbers)[2],
                              .fingerprint = (*numbers)[3]});
    journal.ends_.push_back(end + 1);
    at = end + 1;
  }
  return journal;
}

Status ExportJournal::keep(std::size_t count) {
  found_.resize(count);
  ends_.resize(count);
  return file_.cut(ends_.empty() ? begin_ : ends_.back());
}

Status ExportJournal::add(std::span<const JournalEntry> entries) {
  std::string lines;
  for (const JournalEntry& entry : entries) {
    const std::array<std::uint64_t, 4> numbers = {
        entry.item, static_cast<std::uint64_t>(entry.pages), entry.bytes, entry.fingerprint};
    lines += line_of(numbers);
  }
  return file_.append(lines);
}

void ExportJournal::remove() {
  std::error_code error;
  std::filesystem::remove(file_.path(), error);
}

}  // namespace huice::app
