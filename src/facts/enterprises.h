// The import while it grows: enterprises by their identifiers, findings within their limit.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "facts/profile_import.h"
#include "model/profile.h"

namespace huice::facts {

inline constexpr std::string_view kNameFact = "企业名称";
inline constexpr std::string_view kCodeFact = "统一社会信用代码";

/// Takes an enterprise once it is read.
using TakeProfile = std::function<void(model::Profile profile)>;

class Enterprises {
 public:
  /// With `take`, enterprises are handed on and not kept: those of one table, to which nothing is
  /// appended.
  explicit Enterprises(std::string file, TakeProfile take = {})
      : file_(std::move(file)), take_(std::move(take)) {}

  void refuse(Error error, SourceSpan where);
  void note(Error error, SourceSpan where);
  void map(ColumnMapping mapping) { import_.mapping.push_back(std::move(mapping)); }

  /// Adds an enterprise. One that is already there is noted: from the same table it is left out,
  /// from another it adds the facts that are still unknown. `table` numbers the tables.
  void add(model::Profile profile, int table);

  /// Appends `item` to list fact `list` of the enterprise; false when there is no such enterprise.
  bool append(std::string_view list, std::string_view code, std::string_view name,
              model::Value item, const SourceSpan& where);

  /// Gives an empty list to every enterprise that `list` does not name.
  void complete(std::string_view list, const SourceSpan& where);

  ProfileImport finish();

  /// What a fact says of its origin: `企业.xlsx 企业基本情况!C5`.
  std::string source(const SourceSpan& where) const;

 private:
  struct Place {
    std::size_t index = 0;
    int table = 0;
    std::string part;  ///< of its file
  };

  const Place* find(std::string_view code, std::string_view name) const;

  std::string file_;
  TakeProfile take_;
  ProfileImport import_;
  std::map<std::string, Place, std::less<>> by_code_;
  std::map<std::string, Place, std::less<>> by_name_;
  std::size_t dropped_refused_ = 0;
  std::size_t dropped_notes_ = 0;
};

}  // namespace huice::facts
