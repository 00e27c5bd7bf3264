// One expansion: names in scope, what was found wrong, what has been used up.
#pragma once

#include <cstddef>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "compose/expand.h"
#include "compose/operand.h"
#include "compose/syntax.h"

namespace huice::compose {

/// The text that is being made, with the origin of each line.
class Sink {
 public:
  /// Text of the template: its lines are lines of `tree` from `line` on.
  void append(std::string_view text, const syntax::Tree& tree, int line);
  /// A value: all its lines come from one place, which `origin` tells if asked.
  template <class Origin>
  void append_value(std::string_view text, Origin origin) {
    values_.push_back({text_.size(), text.size()});
    add(text, [&](std::size_t) { return origin(); });
  }
  /// A made text: each line has its own origin.
  void append(std::string_view text, const std::vector<SourceSpan>& origins);
  Expansion finish() &&;

 private:
  /// `origin(i)` is that of line i of `text`.
  template <class Origin>
  void add(std::string_view text, Origin origin) {
    std::size_t line = 0;
    for (std::size_t at = 0; at < text.size(); ++line) {
      if (at_line_start_) lines_.push_back(origin(line));
      const std::size_t end = text.find('\n', at);
      at_line_start_ = end != std::string_view::npos;
      at = at_line_start_ ? end + 1 : text.size();
    }
    text_ += text;
  }

  std::string text_;
  std::vector<SourceSpan> lines_;
  std::vector<Expansion::Inserted> values_;
  bool at_line_start_ = true;
};

/// The names in scope, innermost frame last, and the data that lies below them all.
struct Scope {
  using Frame = std::vector<std::pair<std::string_view, Operand>>;
  std::vector<Frame> frames{1};
  std::size_t exporting = 0;  ///< the frame whose names an import gives
  ValueRef root;
};

/// Evaluates expressions and runs nodes. Nothing here stops at the first problem: what fails is
/// reported once and turns into Poison, which prints nothing and is silent from then on.
class Runtime {
 public:
  Runtime(const Content& content, const Partials& partials, Escaping escaping);

  void run(const syntax::Nodes& nodes, Sink& sink);
  Operand evaluate(const syntax::Expression& expression);

  /// Sets the tree whose offsets are meant from now on; returns the one before.
  const syntax::Tree* enter_tree(const syntax::Tree* tree) { return std::exchange(tree_, tree); }

  const Content& content() const { return content_; }
  Escaping escaping() const { return escaping_; }
  const syntax::Tree& tree() const { return *tree_; }
  Findings take_findings() { return std::move(findings_); }
  /// A limit was reached; nothing more is made.
  bool stopped() const { return stopped_; }

  /// Reports and gives Poison.
  Operand fail(std::size_t offset, std::string id, std::string message, std::string hint = {});
  /// Reports TooLarge `template.limit`, stops the expansion and gives Poison.
  Operand exceed(std::size_t offset, std::string message);
  /// The same operand, but Poison (reported) if it is a missing name.
  Operand used(Operand operand);
  /// The value of an operand that must be one; nullptr after reporting.
  const model::Value* value_of(const Operand& operand, std::size_t offset);
  /// As it prints, unescaped; nullopt after reporting.
  std::optional<std::string> text_of(const Operand& operand, std::size_t offset);
  /// As text_of, escaped if this expansion escapes and the operand is not Markdown already.
  std::optional<std::string> markdown_of(const Operand& operand, std::size_t offset);
  /// A text operand, unless it is too long.
  Operand text_result(std::string text, std::size_t offset, bool markdown = false);
  Operand text_result(Expansion made, std::size_t offset);
  Operand list_result(model::Value::List list, std::size_t offset);
  /// Counts `turns` against the limit of loops; false, after reporting, beyond it.
  bool spend(std::size_t turns, std::size_t offset);

  /// `owner.name`: a field, or what the owner itself offers.
  Operand attribute(const Operand& owner, std::string_view name, std::size_t offset);
  Operand item(const Operand& object, const model::Value& index, std::size_t offset);
  /// `责任人.电话` or `0.名称` of a value, as filters name attributes.
  Operand attribute_path(const Operand& object, std::string_view path, std::size_t offset);
  /// The items of a list, the names of a record, the characters of a text; nullopt after
  /// reporting.
  std::optional<std::vector<Operand>> items_of(const Operand& operand, std::size_t offset);

  /// `（数据：责任单位[2]，notice.yaml:14:5）`; empty for computed values.
  std::string place_note(const Operand& operand) const;

 private:
  /// Counts nodes and expressions that lie in one another, through macros and includes too: the
  /// stack of this program is finite.
  class Depth {
   public:
    explicit Depth(Runtime& runtime) : runtime_(runtime) { ++runtime_.depth_; }
    ~Depth() { --runtime_.depth_; }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;

   private:
    Runtime& runtime_;
  };
  static constexpr int kMaxEvaluationDepth = 2500;

  using Frame = Scope::Frame;

  std::vector<Frame>& frames() { return scope_->frames; }
  Operand lookup(std::string_view name, std::size_t offset);
  void assign(std::string_view name, Operand value);
  Operand missing_name(std::string_view name, std::size_t offset);
  Operand missing_field(const Operand& object, std::string_view name, std::size_t offset);
  Operand turn_attribute(const Turn& turn, std::string_view name, std::size_t offset);

  Operand of(const syntax::Literal& form, std::size_t offset);
  Operand of(const syntax::Name& form, std::size_t offset);
  Operand of(const syntax::Attribute& form, std::size_t offset);
  Operand of(const syntax::Subscript& form, std::size_t offset);
  Operand of(const syntax::Slice& form, std::size_t offset);
  Operand of(const syntax::Call& form, std::size_t offset);
  Operand of(const syntax::Filter& form, std::size_t offset);
  Operand of(const syntax::Test& form, std::size_t offset);
  Operand of(const syntax::Not& form, std::size_t offset);
  Operand of(const syntax::Signed& form, std::size_t offset);
  Operand of(const syntax::Binary& form, std::size_t offset);
  Operand of(const syntax::Logic& form, std::size_t offset);
  Operand of(const syntax::Comparisons& form, std::size_t offset);
  Operand of(const syntax::Conditional& form, std::size_t offset);
  Operand of(const syntax::ListDisplay& form, std::size_t offset);
  Operand of(const syntax::RecordDisplay& form, std::size_t offset);
  Operand join_texts(const Operand& left, const Operand& right, std::size_t offset);
  Operand add(const Operand& left, const Operand& right, std::size_t offset);
  Operand multiply(const Operand& left, const Operand& right, std::size_t offset);
  Operand calculate(syntax::Arithmetic operation, const Operand& left, const Operand& right,
                    std::size_t offset);
  Operand compare_link(syntax::Comparison comparison, const Operand& left, const Operand& right,
                       std::size_t offset);
  /// nullopt after reporting.
  std::optional<bool> condition(const syntax::Expression& expression);
  std::optional<Decimal> slice_bound(const syntax::ExpressionPtr& bound);

  Operand call_macro(const MacroRef& macro, const syntax::Arguments& arguments, std::size_t offset);
  bool bind_parameters(const syntax::Macro& macro, const syntax::Arguments& arguments, Frame& frame,
                       std::size_t offset);
  Operand make_space(const syntax::Arguments& arguments, std::size_t offset);
  Operand call_turn(const syntax::Call& form, const Turn& turn, std::size_t offset);

  void run(const syntax::Text& node, std::size_t offset, Sink& sink);
  void run(const syntax::Print& node, std::size_t offset, Sink& sink);
  void run(const syntax::If& node, std::size_t offset, Sink& sink);
  void run(const syntax::For& node, std::size_t offset, Sink& sink);
  void run(const syntax::Set& node, std::size_t offset, Sink& sink);
  void run(const syntax::SetBlock& node, std::size_t offset, Sink& sink);
  void run(const syntax::Include& node, std::size_t offset, Sink& sink);
  void run(const syntax::Import& node, std::size_t offset, Sink& sink);
  void run(const syntax::FilterBlock& node, std::size_t offset, Sink& sink);
  void run(const syntax::Macro& node, std::size_t offset, Sink& sink);
  void run(const syntax::With& node, std::size_t offset, Sink& sink);
  void print(const syntax::Expression& expression, Sink& sink);
  /// The text of the data that prints as it is; nullptr of every other operand.
  const std::string* plain_text(const Operand& operand) const;
  /// `责任单位[2].电话`, where the operand lies in the data; empty for computed values.
  std::string path_of(const Operand& operand) const;
  /// False, after reporting, when the text is too long altogether.
  bool may_write(std::string_view text, std::size_t offset);
  /// The turns of a loop: what its variable is in each, and the list that `loop` knows.
  struct Turns {
    std::vector<Operand> items;
    ValueRef list;
  };
  std::optional<Turns> turns_of(const syntax::For& node, std::size_t offset);
  std::optional<std::vector<Operand>> parts_of(const Operand& value, std::size_t offset);
  bool unpack(const std::vector<std::string>& targets, const Operand& value, std::size_t offset);
  Operand module_attribute(const ModuleRef& module, std::string_view name, std::size_t offset);
  /// The scope of a file after it has run by itself; nullptr after reporting.
  const Scope* import(const syntax::Import& node, std::size_t offset);
  const syntax::Tree* included(const std::string& name, bool ignore_missing, std::size_t offset);
  Expansion block_text(const syntax::Nodes& nodes);

  const Content& content_;
  const Partials& partials_;
  Escaping escaping_;
  std::list<Scope> scopes_;  ///< of the template itself and of each file imported
  Scope* scope_ = nullptr;
  const syntax::Tree* tree_ = nullptr;
  std::map<std::string, std::optional<Template>, std::less<>> included_;
  Findings findings_;
  std::size_t turns_ = 0;
  std::size_t written_ = 0;
  int depth_ = 0;
  int include_depth_ = 0;
  int macro_depth_ = 0;
  bool stopped_ = false;
};

}  // namespace huice::compose
