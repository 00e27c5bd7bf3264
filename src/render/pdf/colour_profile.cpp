#include "render/pdf/colour_profile.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <vector>

#include "render/pdf/big_endian.h"

namespace huice::render::pdf {
namespace {

constexpr std::size_t kHeader = 128;
constexpr int kTableEntries = 256;
constexpr int kBackGrid = 5;  ///< nodes a side of the way from Lab to inks
constexpr int kSweeps = 12;

using Lab = std::array<double, 3>;
using Inks = std::array<double, 4>;

/// Colours of the solid overprints relative to paper; bits of the index are C, M, Y, K.
constexpr std::array<Lab, 16> kSolids = {{{100, 0, 0},
                                          {17, 0, 1},
                                          {94, -5, 98},
                                          {17, -3, 13},
                                          {51, 77, -2},
                                          {12, 15, 2},
                                          {50, 71, 51},
                                          {13, 9, 8},
                                          {58, -39, -50},
                                          {12, -9, -10},
                                          {53, -68, 29},
                                          {13, -14, 4},
                                          {26, 23, -47},
                                          {9, 6, -6},
                                          {25, 0, 1},
                                          {10, 0, 3}}};

void append_byte(std::string& bytes, double value) {
  bytes += static_cast<char>(static_cast<unsigned char>(std::clamp(std::lround(value), 0L, 255L)));
}

/// The colours of `inks` but for one of them, of which there is none or all.
struct Ends {
  Lab none;
  Lab all;
};

/// Between the solids colours mix in proportion, one ink after the other.
Ends ends_of(const Inks& inks, std::size_t varied) {
  std::array<Lab, 16> colours = kSolids;
  std::size_t mixed = 0;  // bits of the inks that are in already
  for (std::size_t ink = 0; ink < inks.size(); ++ink) {
    if (ink == varied) continue;
    const std::size_t bit = std::size_t{8} >> ink;
    mixed |= bit;
    for (std::size_t solid = 0; solid < colours.size(); ++solid) {
      if ((solid & mixed) != 0) continue;
      for (std::size_t i = 0; i < 3; ++i)
        colours[solid][i] += inks[ink] * (colours[solid | bit][i] - colours[solid][i]);
    }
  }
  return {colours[0], colours[std::size_t{8} >> varied]};
}

/// The inks for a colour, or for one near it that can be printed. With all others fixed the colour
/// moves on a line with one ink, so the best amount of that ink is a projection; a few sweeps do.
Inks inks_for(const Lab& wanted) {
  Inks inks = {0, 0, 0, std::max(0.0, 1 - wanted[0] / 50)};
  for (int sweep = 0; sweep < kSweeps; ++sweep) {
    const Inks before = inks;
    for (std::size_t ink = 0; ink < 3; ++ink) {
      const auto [none, all] = ends_of(inks, ink);
      double along = 0;
      double length = 0;
      for (std::size_t i = 0; i < wanted.size(); ++i) {
        along += (wanted[i] - none[i]) * (all[i] - none[i]);
        length += (all[i] - none[i]) * (all[i] - none[i]);
      }
      inks[ink] = length > 0 ? std::clamp(along / length, 0.0, 1.0) : 0.0;
    }
    if (inks == before) break;
  }
  return inks;
}

void append_straight_tables(std::string& bytes, int channels) {
  for (int channel = 0; channel < channels; ++channel)
    for (int i = 0; i < kTableEntries; ++i)
      bytes += static_cast<char>(i);
}

/// lut8Type with straight input and output tables round the grid `nodes`.
std::string lookup_table(int inputs, int outputs, int grid, const std::string& nodes) {
  std::string bytes("mft1\0\0\0\0", 8);
  bytes += static_cast<char>(inputs);
  bytes += static_cast<char>(outputs);
  bytes += static_cast<char>(grid);
  bytes += '\0';
  for (int i = 0; i < 9; ++i)
    append_number(bytes, i % 4 == 0 ? 0x10000 : 0, 4);
  append_straight_tables(bytes, inputs);
  bytes += nodes;
  append_straight_tables(bytes, outputs);
  return bytes;
}

std::string inks_to_lab() {
  std::string nodes;
  for (const Lab& solid : kSolids) {
    append_byte(nodes, solid[0] * 255 / 100);
    append_byte(nodes, solid[1] + 128);
    append_byte(nodes, solid[2] + 128);
  }
  return lookup_table(4, 3, 2, nodes);
}

std::string lab_to_inks() {
  std::string nodes;
  constexpr double kLast = kBackGrid - 1;
  for (int l = 0; l < kBackGrid; ++l) {
    for (int a = 0; a < kBackGrid; ++a) {
      for (int b = 0; b < kBackGrid; ++b) {
        const Inks inks = inks_for({100 * l / kLast, 255 * a / kLast - 128, 255 * b / kLast - 128});
        for (const double ink : inks)
          append_byte(nodes, ink * 255);
      }
    }
  }
  return lookup_table(3, 4, kBackGrid, nodes);
}

std::string text_tag(std::string_view text) {
  std::string bytes("text\0\0\0\0", 8);
  return bytes.append(text) + '\0';
}

std::string description_tag(std::string_view text) {
  std::string bytes("desc\0\0\0\0", 8);
  append_number(bytes, text.size() + 1, 4);
  bytes.append(text) += '\0';
  return bytes.append(8 + 3 + 67, '\0');  // no Unicode and no script code form
}

std::string xyz_tag(std::array<std::uint32_t, 3> fixed) {
  std::string bytes("XYZ \0\0\0\0", 8);
  for (const std::uint32_t value : fixed)
    append_number(bytes, value, 4);
  return bytes;
}

/// The tone curve of sRGB, IEC 61966-2-1.
std::string srgb_curve() {
  std::string bytes("curv\0\0\0\0", 8);
  append_number(bytes, kTableEntries, 4);
  for (int i = 0; i < kTableEntries; ++i) {
    const double v = i / 255.0;
    const double linear = v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    append_number(bytes, static_cast<std::uint64_t>(std::lround(linear * 65535)), 2);
  }
  return bytes;
}

struct Tag {
  std::string_view name;
  std::size_t element;  ///< several tags may share one
};

/// Header, tag table and elements. The date is that of the profile's making and never changes.
std::string profile(std::string_view kind, const std::vector<Tag>& tags,
                    std::vector<std::string> elements) {
  std::vector<std::size_t> offsets;
  std::vector<std::size_t> sizes;
  std::size_t end = kHeader + 4 + 12 * tags.size();
  for (std::string& element : elements) {
    offsets.push_back(end);
    sizes.push_back(element.size());
    element.resize((element.size() + 3) / 4 * 4);
    end += element.size();
  }
  std::string bytes;
  append_number(bytes, end, 4);
  append_number(bytes, 0, 4);
  append_number(bytes, 0x02400000, 4);
  bytes += kind;
  for (const std::uint64_t part : {2026U, 1U, 1U, 0U, 0U, 0U})
    append_number(bytes, part, 2);
  bytes += "acsp";
  bytes.append(64 - bytes.size(), '\0');
  append_number(bytes, 1, 4);  // relative colorimetric
  for (const std::uint64_t white : {0xF6D6U, 0x10000U, 0xD32DU})
    append_number(bytes, white, 4);
  bytes.append(kHeader - bytes.size(), '\0');
  append_number(bytes, tags.size(), 4);
  for (const Tag& tag : tags) {
    bytes += tag.name;
    append_number(bytes, offsets[tag.element], 4);
    append_number(bytes, sizes[tag.element], 4);
  }
  for (const std::string& element : elements)
    bytes += element;
  return bytes;
}

constexpr std::string_view kCopyright = "No rights reserved";

std::string cmyk_profile() {
  const std::vector<Tag> tags = {{"desc", 0}, {"cprt", 1}, {"wtpt", 2}, {"A2B0", 3}, {"A2B1", 3},
                                 {"A2B2", 3}, {"B2A0", 4}, {"B2A1", 4}, {"B2A2", 4}, {"gamt", 5}};
  return profile("prtrCMYKLab ", tags,
                 {description_tag(colour_condition(Colour::Cmyk)), text_tag(kCopyright),
                  xyz_tag({55365, 57423, 48870}), inks_to_lab(), lab_to_inks(),
                  lookup_table(3, 1, 2, std::string(8, '\0'))});
}

std::string srgb_profile() {
  const std::vector<Tag> tags = {{"desc", 0}, {"cprt", 1}, {"wtpt", 2}, {"rXYZ", 3}, {"gXYZ", 4},
                                 {"bXYZ", 5}, {"rTRC", 6}, {"gTRC", 6}, {"bTRC", 6}};
  return profile(
      "mntrRGB XYZ ", tags,
      {description_tag(colour_condition(Colour::Rgb)), text_tag(kCopyright),
       xyz_tag({0xF6D6, 0x10000, 0xD32D}), xyz_tag({0x6FA2, 0x38F5, 0x0390}),
       xyz_tag({0x6299, 0xB785, 0x18DA}), xyz_tag({0x24A0, 0x0F84, 0xB6CF}), srgb_curve()});
}

}  // namespace

const std::string& colour_profile(Colour colour) {
  if (colour == Colour::Rgb) {
    static const std::string rgb = srgb_profile();
    return rgb;
  }
  static const std::string cmyk = cmyk_profile();
  return cmyk;
}

const char* colour_condition(Colour colour) {
  return colour == Colour::Rgb ? "sRGB IEC61966-2.1" : "Coated offset, solids of FOGRA39";
}

}  // namespace huice::render::pdf
