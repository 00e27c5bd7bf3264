// 署名, 成文日期, 印章 and 签名章, GB/T 9704-2012, 7.3.5.
#include <algorithm>
#include <utility>

#include "layout/parts.h"

namespace huice::layout {
namespace {

/// 7.3.5.1: 署名 and 成文日期 lie a little below the middle of the seal that presses them.
constexpr Length kBelowCentre = mm(3);
/// Seals side by side and one above the other do not touch.
constexpr Length kBetweenSeals = mm(1);
/// More seals than this in a row would be wider than the 版心.
constexpr std::int64_t kSealsPerRow = 3;
/// A row of few seals keeps together at the right.
constexpr Length kWidestSealGap = mm(15);

FlowLine line_at(SetLine line, Length x, Length gap) {
  move(line.runs, x, Length());
  return {.height = kSize3, .gap = gap, .runs = std::move(line.runs)};
}

Length widest_of(const std::vector<SetLine>& lines) {
  Length widest;
  for (const SetLine& line : lines)
    widest = std::max(widest, line.right);
  return widest;
}

class SignatureSetter {
 public:
  SignatureSetter(const Desk& desk, const model::Signature& signature, const Images& images)
      : desk_(desk), signature_(signature), images_(images) {
    date_ = natural_line(desk, signature.date, Role::FangSong);
    for (const std::string& office : signature.offices)
      offices_.push_back(natural_line(desk, office, Role::FangSong));
  }

  Flow sealed();
  Flow unsealed();
  Flow name_sealed();

 private:
  Length cell() const { return desk_.grid.cell; }
  model::Stamp stamp_of(std::size_t office) const;
  Length largest_seal() const;
  int blanks_above(Length seal_top) const;
  int rows_apart() const;
  std::vector<Length> middles() const;
  FlowSeal place(const model::Stamp& stamp, Length x, Length y) const;
  FlowLine name_seal_row(const model::Stamp& stamp, Length right);

  const Desk& desk_;
  const model::Signature& signature_;
  const Images& images_;
  SetLine date_;
  std::vector<SetLine> offices_;
};

model::Stamp SignatureSetter::stamp_of(std::size_t office) const {
  if (office < signature_.stamps.size()) return signature_.stamps[office];
  return {.office = signature_.offices[office],
          .width = model::kSealDiameter,
          .height = model::kSealDiameter};
}

Length SignatureSetter::largest_seal() const {
  Length largest;
  for (std::size_t i = 0; i < offices_.size(); ++i)
    largest = std::max(largest, stamp_of(i).height);
  return largest;
}

/// The seal's upper edge stays within a line of the text (7.3.5.1) and does not reach into it.
int SignatureSetter::blanks_above(Length seal_top) const {
  int blanks = 1;
  while (desk_.grid.gap_of(blanks) + seal_top < Length())
    ++blanks;
  return blanks;
}

/// Empty lines between two rows of names whose seals do not touch.
int SignatureSetter::rows_apart() const {
  int blanks = 0;
  while (desk_.grid.pitch * (blanks + 1) < largest_seal() + kBetweenSeals)
    ++blanks;
  return blanks;
}

/// The middles of the columns of seals, as many as go side by side. The last is that of the date,
/// which ends four characters from the right.
std::vector<Length> SignatureSetter::middles() const {
  const Length seal = largest_seal();
  const Length widest = widest_of(offices_);
  const Length reach = half(std::max(seal, widest));
  const Length by_date = desk_.width - cell() * 4 - half(date_.right);
  const Length last = std::max(half(widest), std::min(by_date, desk_.width - reach));
  const Length least = std::max(seal + kBetweenSeals, widest + cell());
  const auto count = static_cast<std::int64_t>(offices_.size());
  for (std::int64_t columns = std::min(count, kSealsPerRow); columns > 1; --columns) {
    const Length room = share(last - reach, 1, columns - 1);
    // The names of the first column may begin at the edge; its seals stay within the 版心.
    if (room < least) continue;
    const Length step = std::min(room, least + kWidestSealGap);
    std::vector<Length> all;
    for (std::int64_t i = 0; i < columns; ++i)
      all.push_back(last - step * (columns - 1 - i));
    return all;
  }
  return {last};
}

FlowSeal SignatureSetter::place(const model::Stamp& stamp, Length x, Length y) const {
  FlowSeal seal{.name = stamp.office.empty() ? stamp.position + stamp.name : stamp.office,
                .x = x,
                .y = y,
                .width = stamp.width,
                .height = stamp.height,
                .outlined = signature_.outlined};
  const auto image = images_.find(stamp.image);
  if (!stamp.image.empty() && image != images_.end()) {
    seal.image = image->second;
    seal.image_name = stamp.image;
  }
  return seal;
}

/// Rows of names, each under its own seal; a row that is not full stands at the right, so that the
/// last name is above the date.
Flow SignatureSetter::sealed() {
  const std::vector<Length> columns = middles();
  // The middle of the last name and of the date, and of the seal a little above it.
  const Length centre = half(desk_.grid.pitch + kSize3) - kBelowCentre;
  Flow lines;
  for (std::size_t first = 0; first < offices_.size(); first += columns.size()) {
    const std::size_t count = std::min(columns.size(), offices_.size() - first);
    FlowLine row{.height = kSize3};
    Length top;
    for (std::size_t i = 0; i < count; ++i) {
      const Length middle = columns[columns.size() - count + i];
      SetLine& office = offices_[first + i];
      const model::Stamp stamp = stamp_of(first + i);
      move(office.runs, std::max(Length(), middle - half(office.right)), Length());
      std::ranges::move(office.runs, std::back_inserter(row.runs));
      row.seals.push_back(place(stamp, middle - half(stamp.width), centre - half(stamp.height)));
      top = std::min(top, row.seals.back().y);
      row.room_below = std::max(row.room_below, row.seals.back().y + stamp.height - row.height);
    }
    row.gap = desk_.grid.gap_of(first == 0 ? blanks_above(top) : rows_apart());
    lines.push_back(std::move(row));
  }
  if (date_.runs.empty()) return lines;
  const Length date_x = columns.back() - half(date_.right);
  lines.push_back(line_at(std::move(date_), date_x, desk_.grid.line_gap()));
  return lines;
}

/// 7.3.5.2: 署名 two characters from the right, the date two characters right of its beginning; a
/// date longer than that takes the two characters and pushes 署名 left.
Flow SignatureSetter::unsealed() {
  Flow lines;
  const Length widest = widest_of(offices_);
  Length office_x = desk_.width - cell() * 2 - widest;
  if (date_.right > widest) office_x = desk_.width - cell() * 4 - date_.right;
  office_x = std::max(office_x, Length());
  const auto gap = [&] { return lines.empty() ? desk_.grid.gap_of(1) : desk_.grid.line_gap(); };
  for (SetLine& office : offices_)
    lines.push_back(line_at(std::move(office), office_x, gap()));
  if (!date_.runs.empty()) {
    lines.push_back(line_at(std::move(date_), office_x + cell() * 2, gap()));
  }
  return lines;
}

/// 职务 two characters left of its 签名章, both on one middle. Without an image the name holds the
/// place where that is drawn.
FlowLine SignatureSetter::name_seal_row(const model::Stamp& stamp, Length right) {
  const Length height = std::max(stamp.height, kSize3);
  const Length left = right - stamp.width;
  FlowLine row{.height = height};
  SetLine position = natural_line(desk_, stamp.position, Role::FangSong);
  move(position.runs, left - cell() * 2 - position.right, half(height - kSize3));
  std::ranges::move(position.runs, std::back_inserter(row.runs));
  row.seals.push_back(place(stamp, left, half(height - stamp.height)));
  if (signature_.outlined && !row.seals.back().image) {
    SetLine name = natural_line(desk_, stamp.name, Role::Kai);
    for (GlyphRun& run : name.runs)
      run.ink = Ink::Red;
    move(name.runs, left + half(stamp.width - name.right), half(height - kSize3));
    std::ranges::move(name.runs, std::back_inserter(row.runs));
  }
  return row;
}

/// 7.3.5.3: two blank lines below the text, four characters from the right, one office a row; the
/// date a blank line below.
Flow SignatureSetter::name_sealed() {
  Flow lines;
  Length widest;
  for (const model::Stamp& stamp : signature_.stamps)
    widest = std::max(widest, stamp.width);
  for (const model::Stamp& stamp : signature_.stamps) {
    // Stamps of one width begin and end below each other.
    FlowLine row = name_seal_row(stamp, desk_.width - cell() * 4 - half(widest - stamp.width));
    row.gap = lines.empty() ? desk_.grid.gap_of(2) : desk_.grid.line_gap();
    lines.push_back(std::move(row));
  }
  if (date_.runs.empty()) return lines;
  const Length x = desk_.width - cell() * 4 - date_.right;
  lines.push_back(line_at(std::move(date_), x, desk_.grid.gap_of(1)));
  return lines;
}

}  // namespace

Flow signature_lines(const Desk& desk, const model::Signature& signature, const Images& images) {
  using Seal = model::Signature::Seal;
  SignatureSetter setter(desk, signature, images);
  if (signature.seal == Seal::NameSeal && !signature.stamps.empty()) return setter.name_sealed();
  if (signature.offices.empty() && signature.date.empty()) return {};
  if (signature.seal == Seal::Unsealed || signature.offices.empty()) return setter.unsealed();
  return setter.sealed();
}

}  // namespace huice::layout
