// A value or the reason there is none.
//
// Spelled like std::expected<T, Error>, so that C++23 makes this header one alias.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace huice {

enum class ErrorCode { InvalidInput, NotFound, Conflict, Unsupported, TooLarge, Io, Internal };

/// A place in what people wrote. Line and column count code points from 1; 0 means unknown.
struct SourceSpan {
  std::string file;
  int line = 0;
  int column = 0;
  std::string part;  ///< where lines do not exist: `企业!C5`, a zip member, a data path
};

/// Why there is no value. `message` and `hint` are Chinese, for the reader; `id` is for machines.
struct Error {
  ErrorCode code = ErrorCode::Internal;
  std::string id;       ///< stable, dotted, lower case: `policy.amount.format`
  std::string message;  ///< what was expected and what was found, one sentence
  SourceSpan where;
  std::string hint;         ///< what the reader can do next; may be empty
  std::string excerpt;      ///< the offending source line, when the parser has it; may be empty
  std::vector<Error> also;  ///< further findings of the same run, in source order; flat
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::in_place, std::move(value)) {}      // NOLINT: by design
  Result(Error error) : error_(std::in_place, std::move(error)) {}  // NOLINT: by design

  bool has_value() const noexcept { return value_.has_value(); }
  explicit operator bool() const noexcept { return has_value(); }

  /// Requires has_value(); throws std::bad_optional_access otherwise.
  T& value() & { return value_.value(); }
  const T& value() const& { return value_.value(); }
  T&& value() && { return std::move(value_).value(); }

  /// Requires !has_value(); throws std::bad_optional_access otherwise.
  const Error& error() const& { return error_.value(); }
  Error&& error() && { return std::move(error_).value(); }

 private:
  // One of the two. A variant would say so, but is slow to compile for each T.
  std::optional<T> value_;
  std::optional<Error> error_;
};

struct Unit {};
using Status = Result<Unit>;

/// What a parser of people's files found. Ends as one Error, so that it travels in a Result.
using Findings = std::vector<Error>;

/// The first finding with the rest under `also`. Requires a non-empty list.
Error as_error(Findings findings);

/// The error itself followed by the findings it carries, each without `also`.
Findings as_findings(Error error);

}  // namespace huice

#define HUICE_CONCAT_IMPL(a, b) a##b
#define HUICE_CONCAT(a, b) HUICE_CONCAT_IMPL(a, b)
#define HUICE_TRY_IMPL(result, decl, expression)             \
  auto result = (expression);                                \
  if (!result.has_value()) return std::move(result).error(); \
  decl = std::move(result).value()

/// HUICE_TRY(const auto page, lay_out(text)): declares `page`, or returns the Error.
#define HUICE_TRY(decl, expression) \
  HUICE_TRY_IMPL(HUICE_CONCAT(try_result_, __LINE__), decl, expression)
