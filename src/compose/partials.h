// The texts that `{% include "name" %}` brings in.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace huice::compose {

class Partials {
 public:
  virtual ~Partials() = default;
  /// The text called `name`. Errors: NotFound or InvalidInput `template.include`.
  virtual Result<std::string> read(std::string_view name) const = 0;
};

/// No includes at all.
class NoPartials : public Partials {
 public:
  Result<std::string> read(std::string_view name) const override;
};

/// Texts in memory.
class NamedPartials : public Partials {
 public:
  explicit NamedPartials(std::map<std::string, std::string, std::less<>> texts)
      : texts_(std::move(texts)) {}
  Result<std::string> read(std::string_view name) const override;

 private:
  std::map<std::string, std::string, std::less<>> texts_;
};

/// Files of one folder and the folders in it. A name that leads out of it, also through a symbolic
/// link, is refused.
class FolderPartials : public Partials {
 public:
  explicit FolderPartials(std::filesystem::path folder) : folder_(std::move(folder)) {}
  Result<std::string> read(std::string_view name) const override;

 private:
  std::filesystem::path folder_;
};

}  // namespace huice::compose
