// What is known of the documents that policies cite, to proof-read policies against.
//
// references.yaml of a library folder, in four lists:
//
//   documents:   numbers and titles in use, and how many articles a law has
//   figures:     what a fact may be compared with in a policy that rests on a document
//   requires:    facts that the conditions of such a policy must use
//   answers:     worked answers that such a policy must give
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "policy/fields.h"
#include "policy/policy.h"

namespace huice::policy {

struct KnownDocument {
  std::string number;  ///< 发文字号, or the name of a law
  std::string title;   ///< a part of it is enough to recognise a citation by
  int articles = 0;    ///< of a law; 0 when unknown
  SourceSpan where;
};

/// The constants a fact may be compared with.
struct KnownFigure {
  std::string document;
  std::string fact;
  std::vector<Decimal> values;
  SourceSpan where;
};

struct RequiredFacts {
  std::string document;
  std::string using_fact;  ///< only policies whose benefits use this fact; empty: all
  std::vector<std::string> facts;
  SourceSpan where;
};

struct KnownAnswer {
  std::string document;
  std::string using_fact;  ///< only policies that use this fact anywhere
  InlineTest test;         ///< `expect` holds status, and `amount`: all exact amounts together
};

struct References {
  std::vector<KnownDocument> documents;
  std::vector<KnownFigure> figures;
  std::vector<RequiredFacts> required;
  std::vector<KnownAnswer> answers;
};

/// Reads references.yaml; whatever is wrong is added to `findings`.
References read_references(const model::Value& root, Findings& findings);

}  // namespace huice::policy
