// Matches as plain values, for JSON.
#include "notation/json_text.h"
#include "policy/explain.h"
#include "policy/failing_sets.h"
#include "policy/plain_values.h"
#include "policy/wording.h"

namespace huice::policy {
namespace {

using model::Value;

std::string_view truth_word(Truth truth) {
  return truth == Truth::True ? "true" : truth == Truth::False ? "false" : "unknown";
}

std::string_view kind_word(Condition::Kind kind) {
  static constexpr std::string_view kWords[] = {"all", "any", "none", "test", "human"};
  return kWords[static_cast<std::size_t>(kind)];
}

std::string_view window_word(WindowState::Kind kind) {
  static constexpr std::string_view kWords[] = {"always", "open", "before", "after"};
  return kWords[static_cast<std::size_t>(kind)];
}

std::string_view confidence_word(Confidence confidence) {
  static constexpr std::string_view kWords[] = {"primary", "secondary", "memory", "sample"};
  return kWords[static_cast<std::size_t>(confidence)];
}

/// Builds a value as JsonText writes one.
class ValueTree {
 public:
  void open_record() { open_.push_back({std::move(key_), Value(Value::Record())}); }
  void open_list() { open_.push_back({std::move(key_), Value(Value::List())}); }
  void close_record() { close(); }
  void close_list() { close(); }
  void key(std::string_view name) { key_ = name; }
  void text(std::string_view text) { value(std::string(text)); }
  void truth(bool truth) { value(truth); }
  void null() { value(Value()); }
  void day(Date day) { value(day); }
  void value(Value value) { place(std::move(key_), std::move(value)); }
  Value take() { return std::move(root_); }

 private:
  struct Open {
    std::string key;
    Value value;
  };

  void close() {
    Open done = std::move(open_.back());
    open_.pop_back();
    place(std::move(done.key), std::move(done.value));
  }

  void place(std::string key, Value value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (auto* list = std::get_if<Value::List>(&open_.back().value.content())) {
      list->push_back(std::move(value));
    } else {
      std::get<Value::Record>(open_.back().value.content())
          .emplace_back(std::move(key), std::move(value));
    }
  }

  std::vector<Open> open_;
  std::string key_;
  Value root_;
};

/// Tells matches to a ValueTree or a JsonText: one order of fields for both.
template <class Out>
class Telling {
 public:
  explicit Telling(Out& out) : out_(out) {}

  void match(const Match& match) {
    out_.open_record();
    text("policy", match.policy);
    text("title", match.title);
    text("kind", match.kind);
    text("level", match.level);
    text("status", name(match.status));
    text("status_label", label(match.status));
    day("on", match.on);
    day("known_on", match.known_on);
    validity(match.validity);
    window(match.window);
    source(match.source);
    texts("missing", match.missing);
    list("benefits", match.benefits, [&](const BenefitOutcome& each) { benefit(each); });
    out_.key("conditions");
    outcome(match.conditions);
    list("failing_sets", failing_sets(match.conditions), [&](const FailingSet& each) {
      items(each, [&](const Outcome* outcome) { out_.text(outcome->name); });
    });
    texts("materials", match.materials);
    optional_text("contact", match.contact);
    texts("warnings", match.warnings);
    texts("notes", match.notes);
    out_.close_record();
  }

  void enterprise(const EnterpriseMatches& enterprise) {
    out_.open_record();
    optional_text("uscc", enterprise.uscc);
    optional_text("name", enterprise.name);
    list("matches", enterprise.matches, [&](const Match& each) { match(each); });
    out_.close_record();
  }

 private:
  void validity(const std::optional<Validity>& validity) {
    if (!validity) return null("validity");
    out_.key("validity");
    out_.open_record();
    day("from", validity->from);
    optional_day("to", validity->to);
    day("known_from", validity->known_from);
    out_.close_record();
  }

  void window(const WindowState& window) {
    out_.key("window");
    out_.open_record();
    text("state", window_word(window.kind));
    optional_text("batch", window.batch);
    optional_day("opens", window.opens);
    optional_day("closes", window.closes);
    value("days", Value(window.days));
    text("text", window_text(window));
    out_.close_record();
  }

  void source(const Source& source) {
    out_.key("source");
    out_.open_record();
    text("number", source.number);
    optional_text("title", source.title);
    optional_text("url", source.url);
    optional_day("issued_on", source.issued_on);
    optional_day("checked_on", source.checked_on);
    text("confidence", confidence_word(source.confidence));
    out_.close_record();
  }

  void outcome(const Outcome& outcome) {
    out_.open_record();
    text("name", outcome.name);
    text("kind", kind_word(outcome.kind));
    text("truth", truth_word(outcome.truth));
    optional_text("requirement", outcome.requirement);
    optional_text("actual", outcome.actual);
    optional_text("shortfall", outcome.shortfall);
    optional_text("clause", outcome.clause);
    facts(outcome.facts);
    texts("missing", outcome.missing);
    texts("notes", outcome.notes);
    list("children", outcome.children, [&](const Outcome& each) { this->outcome(each); });
    out_.close_record();
  }

  void benefit(const BenefitOutcome& benefit) {
    out_.open_record();
    text("name", benefit.name);
    text("applies", truth_word(benefit.applies));
    amount("amount", benefit.has_amount ? &benefit.amount : nullptr);
    amount("before", benefit.before ? &*benefit.before : nullptr);
    amount("after", benefit.after ? &*benefit.after : nullptr);
    value("cap", yuan(benefit.cap));
    out_.key("capped");
    out_.truth(benefit.capped);
    optional_text("effect", benefit.effect);
    text("nature", label(benefit.nature));
    text("form", label(benefit.form));
    text("rounding", "四舍五入到分，只舍入一次");
    optional_text("delivery", benefit.delivery);
    optional_text("clause", benefit.clause);
    optional_text("formula", benefit.formula);
    facts(benefit.facts);
    texts("missing", benefit.missing);
    texts("notes", benefit.notes);
    out_.close_record();
  }

  void amount(std::string_view key, const Amount* amount) {
    if (amount == nullptr) return null(key);
    out_.key(key);
    out_.open_record();
    value("low", yuan(amount->low));
    value("high", yuan(amount->high));
    out_.key("exact");
    out_.truth(amount->is_exact());
    text("text", to_text(*amount));
    out_.close_record();
  }

  void facts(const std::vector<FactUse>& uses) {
    list("facts", uses, [&](const FactUse& use) {
      out_.open_record();
      text("name", use.name);
      text("value", use.text);
      optional_text("source", use.source);
      optional_day("observed", use.observed);
      out_.close_record();
    });
  }

  template <class T, class Tell>
  void list(std::string_view key, const std::vector<T>& items, Tell tell) {
    out_.key(key);
    this->items(items, tell);
  }

  template <class T, class Tell>
  void items(const std::vector<T>& items, Tell tell) {
    out_.open_list();
    for (const T& each : items)
      tell(each);
    out_.close_list();
  }

  void texts(std::string_view key, const std::vector<std::string>& texts) {
    list(key, texts, [&](const std::string& each) { out_.text(each); });
  }

  void text(std::string_view key, std::string_view text) {
    out_.key(key);
    out_.text(text);
  }

  /// Null for an empty text.
  void optional_text(std::string_view key, const std::string& text) {
    text.empty() ? null(key) : this->text(key, text);
  }

  void null(std::string_view key) {
    out_.key(key);
    out_.null();
  }

  void day(std::string_view key, Date day) {
    out_.key(key);
    out_.day(day);
  }
  void optional_day(std::string_view key, const std::optional<Date>& day) {
    day ? this->day(key, *day) : null(key);
  }

  void value(std::string_view key, Value value) {
    out_.key(key);
    out_.value(std::move(value));
  }

  Out& out_;
};

}  // namespace

Value to_value(const Match& match) {
  ValueTree tree;
  Telling(tree).match(match);
  return tree.take();
}

Value to_value(const EnterpriseMatches& enterprise) {
  ValueTree tree;
  Telling(tree).enterprise(enterprise);
  return tree.take();
}

std::string to_json(const EnterpriseMatches& enterprise) {
  constexpr std::size_t kUsualBytes = 3'500;  // of a match
  notation::JsonText json(kUsualBytes * enterprise.matches.size());
  Telling(json).enterprise(enterprise);
  return json.take();
}

}  // namespace huice::policy
