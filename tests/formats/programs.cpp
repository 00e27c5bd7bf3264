#include "programs.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <stdlib.h>

#include "notation/json.h"

namespace huice::formats {
namespace {

constexpr double kMillimetre = 25.4 / 72;
/// Pixels of a drawn page in a millimetre.
constexpr int kPerMillimetre = 10;

std::string file_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// A PGM file: `P5`, width, height, 255 and a blank, then the dots; comments stand among them.
Picture picture_of(const std::string& pgm) {
  std::istringstream in(pgm);
  std::vector<std::string> words;
  for (std::string word; words.size() < 4 && in >> word;) {
    if (word.front() == '#') {
      std::getline(in, word);
    } else {
      words.push_back(word);
    }
  }
  if (words.size() < 4 || words[0] != "P5" || words[3] != "255") return {};
  return {std::stoi(words[1]), std::stoi(words[2]),
          pgm.substr(static_cast<std::size_t>(in.tellg()) + 1)};
}

/// The pictures of a folder by name.
std::vector<Picture> pictures(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    files.push_back(entry.path());
  std::ranges::sort(files);
  std::vector<Picture> all;
  for (const auto& file : files)
    all.push_back(picture_of(file_text(file)));
  return all;
}

/// The number of `name="12.5"` in a line of XML.
double number(const std::string& line, const std::string& name) {
  const std::size_t at = line.find(" " + name + "=\"");
  if (at == std::string::npos) return 0;
  return std::strtod(line.c_str() + at + name.size() + 3, nullptr);
}

/// Red of either colour space: much more red than blue.
bool is_red(unsigned char r, unsigned char g, unsigned char b) {
  return r > 180 && g < 170 && b < 170 && r - b > 60;
}

/// A drawn page.
struct Drawing {
  int width = 0;
  int height = 0;
  const unsigned char* pixels = nullptr;  ///< three bytes each, row by row
};

/// Of a binary portable pixmap, which must live on.
Drawing drawing_of(const std::string& ppm) {
  std::istringstream in(ppm.substr(0, 64));
  std::string magic;
  int most = 0;
  Drawing drawing;
  in >> magic >> drawing.width >> drawing.height >> most;
  drawing.pixels =
      reinterpret_cast<const unsigned char*>(ppm.data()) + static_cast<std::size_t>(in.tellg()) + 1;
  return drawing;
}

/// The box round the red pixels of a drawn page. A row that is red from margin to margin belongs to
/// a rule and does not count.
Box red_box(const Drawing& drawing) {
  const unsigned char* pixel = drawing.pixels;
  Box box{1000, 1000, 0, 0};
  for (int y = 0; y < drawing.height; ++y) {
    int count = 0;
    int first = drawing.width;
    int last = 0;
    for (int x = 0; x < drawing.width; ++x, pixel += 3) {
      if (!is_red(pixel[0], pixel[1], pixel[2])) continue;
      ++count;
      first = std::min(first, x);
      last = x + 1;
    }
    if (count == 0 || count > 140 * kPerMillimetre) continue;
    constexpr double kPixel = 1.0 / kPerMillimetre;
    box = {std::min(box.left, first * kPixel), std::min(box.top, y * kPixel),
           std::max(box.right, last * kPixel), std::max(box.bottom, (y + 1) * kPixel)};
  }
  return box;
}

}  // namespace

bool is_installed(const std::string& program) {
  return std::system(("command -v " + program + " > /dev/null 2>&1").c_str()) == 0;
}

Printed::Printed(const std::string& pdf) {
  std::string name = (std::filesystem::temp_directory_path() / "huice-XXXXXX").string();
  folder_ = mkdtemp(name.data());
  std::ofstream(folder_ / "a.pdf", std::ios::binary) << pdf;
  read_words(run("pdftotext -bbox a.pdf out"));
}

Printed::~Printed() {
  std::error_code error;
  std::filesystem::remove_all(folder_, error);
}

/// What the command leaves in the file `out`.
std::string Printed::run(const std::string& command) const {
  const std::string whole = "cd '" + folder_.string() + "' && " + command + " 2> err";
  EXPECT_EQ(std::system(whole.c_str()), 0) << command << "\n" << file_text(folder_ / "err");
  return file_text(folder_ / "out");
}

void Printed::read_words(const std::string& xml) {
  std::istringstream in(xml);
  for (std::string line; std::getline(in, line);) {
    if (line.find("<page ") != std::string::npos) {
      pages_.emplace_back();
      width_ = number(line, "width") * kMillimetre;
      height_ = number(line, "height") * kMillimetre;
    }
    const std::size_t word = line.find("<word ");
    if (word == std::string::npos) continue;
    const std::size_t begin = line.find('>') + 1;
    pages_.back().push_back(
        {line.substr(begin, line.find("</word>") - begin),
         {number(line, "xMin") * kMillimetre, number(line, "yMin") * kMillimetre,
          number(line, "xMax") * kMillimetre, number(line, "yMax") * kMillimetre}});
  }
}

const Printed::Word* Printed::find(int page, const std::string& begins) const {
  const auto& words = pages_.at(static_cast<std::size_t>(page - 1));
  const bool whole = begins.ends_with(' ');
  const std::string wanted = whole ? begins.substr(0, begins.size() - 1) : begins;
  const auto found = std::ranges::find_if(words, [&](const Word& word) {
    return whole ? word.text == wanted : word.text.starts_with(wanted);
  });
  return found == words.end() ? nullptr : &*found;
}

Box Printed::text(int page, const std::string& begins) const {
  const Word* word = find(page, begins);
  EXPECT_NE(word, nullptr) << begins << " is not on page " << page;
  return word == nullptr ? Box{} : word->box;
}

bool Printed::has(int page, const std::string& begins) const {
  return find(page, begins) != nullptr;
}

double Printed::lowest_text(int page, double limit) const {
  double lowest = 0;
  for (const Word& word : pages_.at(static_cast<std::size_t>(page - 1))) {
    if (word.box.bottom < limit) lowest = std::max(lowest, word.box.bottom);
  }
  return lowest;
}

std::vector<Box> Printed::rules(int page, bool red) const {
  std::istringstream in(run("mutool trace a.pdf " + std::to_string(page) + " > out"));
  std::vector<Box> rules;
  bool inside = false;
  bool right_colour = false;
  Box box;
  for (std::string line; std::getline(in, line);) {
    if (line.find("<fill_path") != std::string::npos) {
      const std::size_t colour = line.find(" color=\"");
      const std::string paint = line.substr(colour + 8, 5);
      right_colour = red == (paint.starts_with("0 .8") || paint.starts_with("1 0 0"));
      inside = true;
      box = {1000, 1000, 0, 0};
    } else if (line.find("</fill_path") != std::string::npos) {
      inside = false;
      const bool rule = box.right - box.left > 100 && box.bottom - box.top < 3;
      if (rule && right_colour) rules.push_back(box);
    } else if (inside && line.find(" x=\"") != std::string::npos) {
      const double x = number(line, "x") * kMillimetre;
      const double y = height_ - number(line, "y") * kMillimetre;
      box = {std::min(box.left, x), std::min(box.top, y), std::max(box.right, x),
             std::max(box.bottom, y)};
    }
  }
  std::ranges::sort(rules, {}, &Box::top);
  return rules;
}

std::string Printed::pixels(int page) const {
  const std::string number = std::to_string(page);
  return run("pdftoppm -r 254 -f " + number + " -l " + number + " a.pdf > out");
}

Box Printed::red_ink(int page) const {
  const std::string ppm = pixels(page);
  return red_box(drawing_of(ppm));
}

double Printed::black_share(int page, const Box& box) const {
  constexpr int kBlack = 60;
  const std::string ppm = pixels(page);
  const Drawing drawing = drawing_of(ppm);
  int black = 0;
  int all = 0;
  for (int y = static_cast<int>(box.top * kPerMillimetre); y < box.bottom * kPerMillimetre; ++y) {
    for (int x = static_cast<int>(box.left * kPerMillimetre); x < box.right * kPerMillimetre; ++x) {
      const unsigned char* pixel = drawing.pixels + 3 * (y * drawing.width + x);
      black += std::max({pixel[0], pixel[1], pixel[2]}) < kBlack ? 1 : 0;
      ++all;
    }
  }
  return static_cast<double>(black) / all;
}

std::string Printed::shown_number(int page) const {
  constexpr double kFoot = 262;
  const auto& words = pages_.at(static_cast<std::size_t>(page - 1));
  for (std::size_t i = 1; i + 1 < words.size(); ++i) {
    const bool between = words[i - 1].text == "—" && words[i + 1].text == "—";
    if (between && words[i].box.top > kFoot) return words[i].text;
  }
  return "";
}

std::vector<std::string> Printed::page_labels() const {
  const auto json =
      notation::read_json(run("qpdf --json --json-key=pagelabels a.pdf > out"), "out");
  EXPECT_TRUE(json);
  std::vector<std::string> labels(pages_.size());
  if (!json) return labels;
  for (const model::Value& range : *json.value().find("pagelabels")->list()) {
    const auto first = static_cast<std::size_t>(*range.find("index")->number()->to_int64());
    const model::Value& label = *range.find("label");
    const model::Value* start = label.find("/St");
    auto number = start == nullptr ? 1 : *start->number()->to_int64();
    for (std::size_t page = first; page < labels.size(); ++page)
      labels[page] = label.find("/S") == nullptr ? "" : std::to_string(number++);
  }
  return labels;
}

std::vector<Picture> Printed::poppler_pages() const {
  run("mkdir -p poppler && pdftoppm -gray -r 144 a.pdf poppler/page && echo > out");
  return pictures(folder_ / "poppler");
}

std::vector<Picture> Printed::mupdf_pages() const {
  run("mkdir -p mupdf && mutool draw -q -c gray -r 144 -F pgm -o mupdf/page-%04d.pgm a.pdf && "
      "echo > out");
  return pictures(folder_ / "mupdf");
}

bool Printed::has_red_ink(int page) const {
  return red_ink(page).right > 0;
}

}  // namespace huice::formats
