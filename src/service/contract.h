// docs/openapi.yaml as the router uses it: which operations there are, who may call them, and what
// their parameters and bodies must look like.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/value.h"

namespace huice::service {

struct Parameter {
  enum class Place { Path, Query, Header };
  std::string name;
  Place place = Place::Query;
  bool required = false;
  model::Value schema;
};

struct Operation {
  std::string id;
  std::string method;
  std::string path;                   ///< with its parameters in braces, from the root
  std::vector<std::string> segments;  ///< of `path`
  std::vector<std::string> roles;     ///< x-roles
  std::vector<Parameter> parameters;
  std::optional<model::Value> body;  ///< schema of a JSON body
  bool upload = false;               ///< x-upload: the body may be as large as an upload

  bool is_public() const { return roles.size() == 1 && roles.front() == "public"; }
  bool is_local() const { return roles.size() == 1 && roles.front() == "local"; }
  /// Whether whoever has `has` may call it; not for public and local ones.
  bool allows(const std::vector<std::string>& has) const;
};

/// An operation and what the path says of its parameters.
struct Found {
  const Operation* operation = nullptr;
  std::map<std::string, std::string, std::less<>> path;
  bool path_known = false;  ///< the path exists, if not with this method
};

class Contract {
 public:
  /// Errors: those of YAML; InvalidInput `service.contract` for an operation without id or roles,
  /// for unknown roles, and for references that lead nowhere.
  static Result<Contract> load(const std::filesystem::path& file);

  const std::vector<Operation>& operations() const { return operations_; }
  /// The whole file as JSON.
  const std::string& json() const { return json_; }

  /// Segments of `path` are percent-decoded one by one; one that decodes to a slash, a control
  /// character or broken UTF-8 is on no path.
  Found find(std::string_view method, std::string_view path) const;

  /// Everything in which `value` is not as `schema` wants it, each with its field
  /// (`data.标题`, `items[3]`) in `where.part`: `service.field`.
  Findings check(const model::Value& value, const model::Value& schema,
                 const std::string& field = {}) const;

 private:
  friend class ContractReader;
  const model::Value& resolve(const model::Value& schema) const;

  model::Value root_;
  std::vector<Operation> operations_;
  std::string json_;
};

/// Percent-decodes; nullopt for what is no sound UTF-8 or holds control characters.
std::optional<std::string> decode_percent(std::string_view text, bool plus_is_blank);

}  // namespace huice::service
