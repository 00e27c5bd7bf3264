// Use case: proof-read one file before it is given into the policy library.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "policy/check.h"
#include "policy/library.h"

namespace huice::app {

/// What proof-reading found.
struct ReadPolicyText {
  std::string kind;    ///< `政策`, `决策表`, `模型` (DMN)
  std::string id;      ///< empty where the text is too faulty to tell, and of a model
  std::string title;   ///< as id
  bool known = false;  ///< the library has a policy or decision of this id, which it would replace
  int cases = 0;       ///< inline ones that were run
  int boundary_cases = 0;
  int mutants = 0;            ///< small wrongs that were tried
  int mutants_unnoticed = 0;  ///< see policy::PolicyCheck
  int mutants_explained = 0;
  std::string text;  ///< a policy read back in Chinese; a model as a decision file
  std::vector<policy::CheckFinding> findings;  ///< with line and column
};

/// The library with a file more, see policy::LibraryFolder::with.
using WithFile = std::function<Result<policy::Library>(const policy::LibraryFile&)>;

/// Steps of FEEL that proof-reading one text may take; a policy of the library takes thousands.
inline constexpr std::uint64_t kMostCheckSteps = 5'000'000;
/// With mutants, each of which has all cases run again.
inline constexpr std::uint64_t kMostMutantSteps = 20'000'000;

/// What is wanted of proof-reading beside the text.
struct ProofOptions {
  Date today;
  bool mutants = false;                 ///< also whether a policy's cases notice small wrongs
  std::optional<std::string> decision;  ///< which table of a model; may be absent if it has one
};

/// A file by the end of its name: .yaml, .yml (a policy or a decision file) or .dmn. What is wrong
/// with the text is a finding, not an error. Errors: Unsupported `decide.format`; TooLarge
/// `policy.too-much-work` beyond kMostCheckSteps, with mutants kMostMutantSteps.
Result<ReadPolicyText> proof_read(const policy::Library& library, const WithFile& with,
                                  const policy::LibraryFile& file, const ProofOptions& options);

}  // namespace huice::app
