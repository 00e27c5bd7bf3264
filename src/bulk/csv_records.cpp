#include "bulk/csv_records.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include <emmintrin.h>

#include "bulk/plain_cell.h"

namespace huice::bulk {
namespace {

/// Small enough for the second-level cache together with its marks.
constexpr std::size_t kPieceBytes = std::size_t{256} << 10;
/// Bytes looked at together.
constexpr std::size_t kBlock = 64;

/// A bit for each of the kBlock bytes from `from` on that is one of the three.
std::uint64_t bits_of(const char* from, __m128i a, __m128i b, __m128i c) {
  constexpr std::size_t kVector = sizeof(__m128i);
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < kBlock; i += kVector) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + i));
    const __m128i found = _mm_or_si128(
        _mm_or_si128(_mm_cmpeq_epi8(bytes, a), _mm_cmpeq_epi8(bytes, b)), _mm_cmpeq_epi8(bytes, c));
    bits |= static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(found))) << i;
  }
  return bits;
}

}  // namespace

CsvRecords::CsvRecords(const std::filesystem::path& path) : in_(path, std::ios::binary) {}

bool CsvRecords::next() {
  line_ += lines_;
  while (!find_record()) {
    if (size_ - at_ > kMaxRowBytes) return broken_ = true, false;
    if (refill()) continue;
    if (at_ == size_) return false;
    take_quoted(size_ - 1);  // a quote that is never closed
    mark_ = mark_end_;
    return true;
  }
  return !broken_;
}

/// Follows the marks to the end of the record; false when that has not been read yet.
bool CsvRecords::find_record() {
  cells_.clear();
  const char* text = buffer_.data();
  std::size_t begin = at_;
  bool quoted = false;
  bool plain = true;
  for (std::size_t mark = mark_; mark < mark_end_; ++mark) {
    const std::size_t end = marks_[mark];
    if (text[end] == separator_) {
      cells_.emplace_back(text + begin, end - begin);
      begin = end + 1;
    } else if (text[end] == '"') {
      quoted = !quoted;
      plain = false;
    } else if (!quoted) {
      mark_ = mark + 1;
      broken_ = end - at_ > kMaxRowBytes;
      if (plain) {
        take_last(begin, end);
      } else {
        take_quoted(end);
      }
      return true;
    }
  }
  return false;
}

void CsvRecords::take_last(std::size_t begin, std::size_t end) {
  std::string_view cell(buffer_.data() + begin, end - begin);
  if (cell.ends_with('\r')) cell.remove_suffix(1);
  if (!cell.empty() || !cells_.empty()) cells_.push_back(cell);
  lines_ = 1;
  at_ = end + 1;
}

/// The record up to `end`, character by character.
void CsvRecords::take_quoted(std::size_t end) {
  std::string_view record(buffer_.data() + at_, end - at_);
  lines_ = 1 + static_cast<int>(std::ranges::count(record, '\n'));
  at_ = end + 1;
  if (record.ends_with('\r')) record.remove_suffix(1);
  cells_.clear();
  spare_.clear();
  spare_.reserve(static_cast<std::size_t>(std::ranges::count(record, '"')));
  for (std::size_t at = 0;;) {
    if (at < record.size() && record[at] == '"') {
      std::string field(kCellRoom, '\0');
      for (++at; at < record.size(); ++at) {
        if (record[at] == '"' && (at + 1 == record.size() || record[++at] != '"')) break;
        field += record[at];
      }
      spare_.push_back(std::move(field));
      cells_.push_back(std::string_view(spare_.back()).substr(kCellRoom));
      at = std::min(record.find(separator_, at), record.size());
    } else {
      const std::size_t stop = std::min(record.find(separator_, at), record.size());
      cells_.push_back(record.substr(at, stop - at));
      at = stop;
    }
    if (at == record.size()) return;
    ++at;
  }
}

/// Moves what is left to the front and reads on; the end of the file counts as a line end. False
/// when there is no more.
bool CsvRecords::refill() {
  if (ended_) return false;
  const std::size_t kept = size_ - at_;
  const std::size_t wanted = kCellRoom + kept + kPieceBytes + kBlock;
  if (buffer_.size() < wanted) buffer_.resize(wanted);
  std::memmove(buffer_.data() + kCellRoom, buffer_.data() + at_, kept);
  at_ = kCellRoom;
  in_.read(buffer_.data() + at_ + kept, static_cast<std::streamsize>(kPieceBytes));
  size_ = at_ + kept + static_cast<std::size_t>(in_.gcount());
  ended_ = !in_;
  if (ended_ && size_ > at_ && buffer_[size_ - 1] != '\n') buffer_[size_++] = '\n';
  mark_up();
  return size_ > at_ + kept;
}

void CsvRecords::mark_up() {
  if (marks_.size() < buffer_.size()) marks_.resize(buffer_.size());
  const __m128i separator = _mm_set1_epi8(separator_);
  const __m128i quote = _mm_set1_epi8('"');
  const __m128i line_end = _mm_set1_epi8('\n');
  std::uint32_t* mark = marks_.data();
  for (std::size_t at = at_; at < size_; at += kBlock) {
    std::uint64_t bits = bits_of(buffer_.data() + at, separator, quote, line_end);
    if (size_ - at < kBlock) bits &= (std::uint64_t{1} << (size_ - at)) - 1;
    for (; bits != 0; bits &= bits - 1)
      *mark++ = static_cast<std::uint32_t>(at) + static_cast<std::uint32_t>(std::countr_zero(bits));
  }
  mark_ = 0;
  mark_end_ = static_cast<std::size_t>(mark - marks_.data());
}

}  // namespace huice::bulk
