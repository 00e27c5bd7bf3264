// The names an expression may use. FEEL cannot be read without them, since names hold blanks.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace huice::feel {

/// Known names, each with the fields of its value where they are known.
///
/// A name is matched longest first, runs of blanks counting as one: with `年度 从业人数` known,
/// `年度  从业人数 + 1` is that name plus one. The built-in functions are always known.
class Names {
 public:
  /// Closed: any other name in an expression is the error `feel.unknown-name`.
  Names() = default;
  /// Other names are accepted, one word each.
  static Names open();

  /// A name whose value is unknown to us, so that any field of it is accepted.
  void add(std::string name);
  /// A name that holds a context with exactly `fields`, or a list of such contexts.
  void add(std::string name, Names fields);

  /// A name of several words that fields of values unknown to us may have.
  void add_field(std::string name);
  /// A type that `instance of` and parameters may name besides the built-in ones.
  void add_type(std::string name);

  bool is_closed() const { return closed_; }
  bool contains(std::string_view name) const;
  /// The fields of `name`; nullptr when the name or its fields are unknown.
  std::shared_ptr<const Names> fields(std::string_view name) const;
  /// In the order in which they were added.
  std::vector<std::string> list() const;
  /// What add_field() was given.
  std::vector<std::string> loose_fields() const;

  struct Match {
    std::string name;      ///< as it was added
    std::size_t size = 0;  ///< bytes of the text it takes
    std::shared_ptr<const Names> fields;
  };
  /// The longest known name that `text` starts with and that ends at the end of a word.
  std::optional<Match> longest(std::string_view text) const;

  /// Likewise among the types; the number of bytes.
  std::optional<Match> longest_type(std::string_view text) const;

  /// The known name nearest to `wrong` by edit distance, if it is near enough to be meant.
  std::optional<std::string> nearest(std::string_view wrong) const;

 private:
  struct Entry {
    std::string name;
    std::shared_ptr<const Names> fields;
  };
  /// Entries and their places in the order of the names' bytes: names that start alike stand
  /// together, so that a library of some hundred facts is not walked for every word of a text.
  struct Index {
    std::vector<Entry> entries;
    std::vector<std::uint32_t> sorted;

    /// The place among the sorted of the first name that is not less.
    std::size_t place(std::string_view name) const;
    std::optional<std::size_t> find(std::string_view name) const;
    void add(Entry entry);
    std::optional<Match> longest(std::string_view text) const;
  };

  Index known_;
  Index types_;
  std::vector<std::string> loose_;
  bool closed_ = true;
};

/// `wrong` and `right` differ by so many inserted, dropped, changed or swapped code points.
std::size_t edit_distance(std::string_view wrong, std::string_view right);

}  // namespace huice::feel
