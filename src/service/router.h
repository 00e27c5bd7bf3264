// From a request to its answer: the contract finds the operation, the gate admits, the handler
// does.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "base/result.h"
#include "service/call.h"
#include "service/handlers.h"
#include "service/site.h"

namespace huice::service {

class Router {
 public:
  /// Reads the names of the page's files. Errors: InvalidInput `service.contract` when an operation
  /// of the contract has no handler, or a handler no operation.
  static Result<Router> make(Site& site);

  /// Never fails: an error is an answer too. Counts and logs the request.
  Answer answer(const Request& request) const;

 private:
  explicit Router(Site& site) : site_(&site) {}
  Answer respond(const Request& request, const std::string& id, std::string& operation,
                 std::string& login) const;
  Result<Answer> operate(const Request& request, const std::string& id, const Found& found,
                         std::string& login) const;
  /// What `call`, of which only the body and the query are missing, comes to.
  Result<Answer> perform(const Request& request, const Found& found, Call& call) const;
  /// Finds out who asks.
  Status receive(const Request& request, Call& call) const;
  Answer page(const Request& request, const std::string& id) const;

  Site* site_;
  Handlers handlers_;
  std::map<std::string, std::filesystem::path, std::less<>> files_;  ///< by path, as asked for
};

}  // namespace huice::service
