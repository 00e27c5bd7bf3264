// A finished PDF as poppler and mupdf see it, in millimetres from the left and top of the page.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace huice::formats {

struct Box {
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;
};

/// A page in dots: 0 is black, 255 is paper.
struct Picture {
  int width = 0;
  int height = 0;
  std::string dots;  ///< row by row, one byte each
};

/// Whether `program` can be run on this machine.
bool is_installed(const std::string& program);

/// Pages count from 1, as these programs count them.
class Printed {
 public:
  explicit Printed(const std::string& pdf);
  Printed(const Printed&) = delete;
  Printed& operator=(const Printed&) = delete;
  ~Printed();

  int pages() const { return static_cast<int>(pages_.size()); }
  double width() const { return width_; }
  double height() const { return height_; }
  /// The em box of the first stretch of text that begins so; a blank at the end of `begins` asks
  /// for all of the stretch. Fails the test where there is none.
  Box text(int page, const std::string& begins) const;
  bool has(int page, const std::string& begins) const;
  /// The lowest edge of text above `limit`.
  double lowest_text(int page, double limit) const;
  /// Filled shapes wider than 100 mm and lower than 3 mm, from the top down.
  std::vector<Box> rules(int page, bool red) const;
  /// The box round all red ink that is not a rule across the page, from the drawn pixels.
  Box red_ink(int page) const;
  bool has_red_ink(int page) const;
  /// How much of `box` is black or nearly so, from the drawn pixels: 0 to 1.
  double black_share(int page, const Box& box) const;
  /// What stands between dashes below the 版心; empty where nothing does.
  std::string shown_number(int page) const;
  /// What qpdf says each page is called; empty where it has no name.
  std::vector<std::string> page_labels() const;
  /// The pages as poppler and as mupdf draw them, in grey, 2 dots a point.
  std::vector<Picture> poppler_pages() const;
  std::vector<Picture> mupdf_pages() const;

 private:
  struct Word {
    std::string text;
    Box box;
  };
  void read_words(const std::string& xml);
  std::string run(const std::string& command) const;
  /// A page as a binary portable pixmap.
  std::string pixels(int page) const;
  const Word* find(int page, const std::string& begins) const;

  std::filesystem::path folder_;
  std::vector<std::vector<Word>> pages_;
  double width_ = 0;
  double height_ = 0;
};

}  // namespace huice::formats
