// Texts to a library, file by file; what is kept to take in single files anew.
#pragma once

#include <memory>
#include <vector>

#include "policy/expressions.h"
#include "policy/library.h"

namespace huice::policy {

/// Reads files, then puts them together. What is wrong with a file waits until assemble().
class LibraryReader {
 public:
  void read_facts(const LibraryFile& file);
  void read_references(const LibraryFile& file);
  /// Call after read_facts. nullptr when the file says no policy; the findings say why.
  std::shared_ptr<const Policy> read_policy(const LibraryFile& file);

  /// A library of these policies, in this order. May be called again with others: what one file
  /// says of another's end is carried out anew each time, on copies.
  /// Errors: the findings of the files read since the last call, and those between files.
  Result<Library> assemble(const std::vector<std::shared_ptr<const Policy>>& policies);

 private:
  void refuse(Error error);
  void quote_lines(const LibraryFile& file, std::size_t from);
  void add_name(const std::string& name);
  void add(Library& library, const std::shared_ptr<const Policy>& policy);
  void check_references(const Library& library);
  void check_ties(const Library& library);
  void check_tie(const std::string& name, const std::vector<std::string>& known, const char* what,
                 const Policy& policy);

  Library base_;  ///< without policies
  Vocabulary vocabulary_;
  Findings findings_;
};

}  // namespace huice::policy
