// Boxed expressions out of XML, each parsed with the names in its scope. Internal to the module.
#pragma once

#include <string>
#include <vector>

#include "feel/dmn_model.h"
#include "feel/xml.h"

namespace huice::feel::dmn {

/// Reads the expressions of one model.
class BoxedReader {
 public:
  explicit BoxedReader(ModelContent& content) : content_(content) {}

  /// Words of the whole model that fields may be named by.
  void note_field(const std::string& name) { base_.add_field(name); }
  void note_type(const std::string& name) { base_.add_type(name); }
  const Names& base() const { return base_; }

  /// The expression that stands in `parent`, or a broken one when there is none that we know.
  BoxedPtr expression_in(const XmlElement& parent, const Names& scope);
  /// The function definition `element`.
  BoxedPtr function(const XmlElement& element, const Names& scope);

  TypeRef type(std::string_view written) const;

 private:
  BoxedPtr boxed(const XmlElement& element, const Names& scope);
  void literal(const XmlElement& element, const Names& scope, Boxed& into);
  void table(const XmlElement& element, const Names& scope, Boxed& into);
  void context(const XmlElement& element, const Names& scope, Boxed& into);
  void invocation(const XmlElement& element, const Names& scope, Boxed& into);
  void function_body(const XmlElement& element, const Names& scope, Boxed& into);
  void relation(const XmlElement& element, const Names& scope, Boxed& into);
  void list(const XmlElement& element, const Names& scope, Boxed& into);
  void parts(const XmlElement& element, const Names& scope, std::vector<std::string_view> names,
             Boxed& into);
  void loop(const XmlElement& element, const Names& scope, Boxed& into);

  std::optional<Expression> parse(const XmlElement* text, const Names& scope, bool tests);
  void add(Names& names, const std::string& name, const TypeRef& of);

  ModelContent& content_;
  Names base_;
  int depth_ = 0;
};

}  // namespace huice::feel::dmn
