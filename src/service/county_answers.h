// The questions that each county marked as answered, as its searches take them along.
//
// The database is the truth (store/library_answers.h). A node asks it for the stamp with each
// search, and reads the marks anew when that has changed.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/guarded.h"
#include "base/result.h"
#include "library/library.h"
#include "model/value.h"
#include "store/database.h"
#include "store/library_answers.h"

namespace huice::service {

/// What counts in a county.
struct CountyMarks {
  std::vector<store::LibraryAnswer> answers;
  std::shared_ptr<const library::AnswerBook> book;  ///< of those, in their order
};

class CountyAnswers {
 public:
  /// Null where nothing counts. Errors: those of Database.
  Result<std::shared_ptr<const CountyMarks>> of(store::Database& database,
                                                const std::string& county,
                                                const library::Library& library);

 private:
  struct Kept {
    std::string stamp;
    std::shared_ptr<const CountyMarks> marks;
  };
  Guarded<std::map<std::string, Kept>> counties_;
};

/// A mark as the library takes it.
library::Answer answer_of(const store::LibraryAnswer& answer);

/// Beside each hit, the marks that its passage bears.
void add_marks(model::Value& found, const library::Hits& hits, const CountyMarks& marks);

}  // namespace huice::service
