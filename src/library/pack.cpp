#include "library/pack.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace huice::library {
namespace {

class Packer {
 public:
  std::string take() { return std::move(bytes_); }

  void put(std::string_view text) {
    bytes_ += std::to_string(text.size());
    bytes_ += ':';
    bytes_ += text;
  }
  void put(std::size_t number) { put(std::to_string(number)); }
  void put(const std::optional<Date>& date) { put(date ? date->to_iso() : std::string()); }
  void put(const std::vector<Citation>& citations) {
    put(citations.size());
    for (const Citation& citation : citations) {
      put(citation.title);
      put(citation.number);
    }
  }

 private:
  std::string bytes_;
};

/// Reads fields in order; after the first that is wrong everything is empty and ok() is false.
class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : bytes_(bytes) {}

  bool ok() const { return ok_; }
  bool finished() const { return ok_ && bytes_.empty(); }

  std::string text() {
    const auto colon = bytes_.find(':');
    const auto size = number_in(bytes_.substr(0, colon));
    if (colon == std::string_view::npos || !size || *size > bytes_.size() - colon - 1) {
      ok_ = false;
      bytes_ = {};
      return {};
    }
    std::string field(bytes_.substr(colon + 1, *size));
    bytes_.remove_prefix(colon + 1 + *size);
    return field;
  }

  std::size_t number() {
    const auto value = number_in(text());
    if (!value) ok_ = false;
    return value.value_or(0);
  }

  std::optional<Date> date() {
    const std::string iso = text();
    return iso.empty() ? std::nullopt : Date::parse(iso);
  }

  /// A kind that `last` is the last of; a greater number is the last.
  template <class Kind>
  Kind kind(Kind last) {
    return static_cast<Kind>(std::min(number(), static_cast<std::size_t>(last)));
  }

  std::vector<Citation> citations() {
    std::vector<Citation> list;
    each([&] {
      std::string title = text();
      list.push_back({std::move(title), text()});
    });
    return list;
  }

  /// Calls `take` as often as the number that comes first says, while the bytes last.
  template <class Take>
  void each(Take take) {
    for (std::size_t left = number(); left > 0 && ok_; --left)
      take();
  }

 private:
  static std::optional<std::size_t> number_in(std::string_view digits) {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return value;
  }

  std::string_view bytes_;
  bool ok_ = true;
};

void put_facts(Packer& packer, const std::vector<Fact>& facts) {
  packer.put(facts.size());
  for (const Fact& fact : facts) {
    packer.put(static_cast<std::size_t>(fact.kind));
    packer.put(fact.text);
    packer.put(fact.date);
    packer.put(fact.money ? std::to_string(fact.money->fen()) : std::string());
    packer.put(fact.block);
    packer.put(fact.offset);
  }
}

std::vector<Fact> take_facts(Unpacker& unpacker) {
  std::vector<Fact> facts;
  unpacker.each([&] {
    Fact fact{.kind = unpacker.kind(FactKind::Contact), .text = unpacker.text()};
    fact.date = unpacker.date();
    const std::string fen = unpacker.text();
    std::int64_t value = 0;
    const auto parsed = std::from_chars(fen.data(), fen.data() + fen.size(), value);
    if (!fen.empty() && parsed.ec == std::errc()) fact.money = Money::from_fen(value);
    fact.block = unpacker.number();
    fact.offset = unpacker.number();
    facts.push_back(std::move(fact));
  });
  return facts;
}

template <class Texts>
auto head_fields(Texts& circular) {
  auto& letterhead = circular.letterhead;
  return std::array{&circular.title,         &circular.number,    &circular.issuer,
                    &circular.genre,         &circular.addressee, &circular.region,
                    &letterhead.copy_number, &letterhead.secrecy, &letterhead.urgency,
                    &letterhead.signer};
}

void put_head(Packer& packer, const Circular& circular) {
  for (const std::string* field : head_fields(circular))
    packer.put(*field);
  packer.put(std::size_t{circular.title_guessed ? 1u : 0u});
  for (const Place place :
       {circular.title_from, circular.number_from, circular.issuer_from, circular.date_from}) {
    packer.put(static_cast<std::size_t>(place));
  }
  for (const auto& date : {circular.date, circular.amended, circular.effective, circular.expires})
    packer.put(date);
  packer.put(circular.citations);
  packer.put(circular.repeals);
}

void put_text(Packer& packer, const Circular& circular) {
  packer.put(circular.blocks.size());
  for (const Block& block : circular.blocks) {
    packer.put(static_cast<std::size_t>(block.kind));
    packer.put(static_cast<std::size_t>(block.level));
    packer.put(block.text);
  }
  put_facts(packer, circular.facts);
}

Circular take_head(Unpacker& unpacker) {
  Circular circular;
  for (std::string* field : head_fields(circular))
    *field = unpacker.text();
  circular.title_guessed = unpacker.number() == 1;
  for (Place* place :
       {&circular.title_from, &circular.number_from, &circular.issuer_from, &circular.date_from}) {
    *place = unpacker.kind(Place::AgencyCode);
  }
  for (auto* date : {&circular.date, &circular.amended, &circular.effective, &circular.expires})
    *date = unpacker.date();
  circular.citations = unpacker.citations();
  circular.repeals = unpacker.citations();
  return circular;
}

void take_text(Unpacker& unpacker, Circular& circular) {
  unpacker.each([&] {
    const BlockKind kind = unpacker.kind(BlockKind::Signature);
    const std::size_t level = unpacker.number();
    circular.blocks.push_back({kind, static_cast<int>(level), unpacker.text()});
  });
  circular.facts = take_facts(unpacker);
}

void put_error(Packer& packer, const Error& error) {
  packer.put(static_cast<std::size_t>(error.code));
  for (const std::string* field :
       {&error.id, &error.message, &error.hint, &error.where.file, &error.where.part}) {
    packer.put(*field);
  }
  packer.put(static_cast<std::size_t>(error.where.line));
  packer.put(static_cast<std::size_t>(error.where.column));
}

Error take_error(Unpacker& unpacker) {
  Error error{.code = unpacker.kind(ErrorCode::Internal)};
  for (std::string* field :
       {&error.id, &error.message, &error.hint, &error.where.file, &error.where.part}) {
    *field = unpacker.text();
  }
  error.where.line = static_cast<int>(unpacker.number());
  error.where.column = static_cast<int>(unpacker.number());
  return error;
}

}  // namespace

std::string pack_head(const Holding& holding) {
  Packer packer;
  packer.put(holding.id);
  packer.put(holding.file);
  packer.put(holding.encoding);
  put_head(packer, holding.circular);
  return packer.take();
}

std::string pack_text(const Circular& circular) {
  Packer packer;
  put_text(packer, circular);
  return packer.take();
}

std::string pack(const StoredPassage& stored) {
  Packer packer;
  packer.put(stored.document);
  packer.put(stored.number);
  packer.put(stored.passage.headings.size());
  for (const std::string& heading : stored.passage.headings)
    packer.put(heading);
  packer.put(stored.passage.text);
  return packer.take();
}

std::string pack(const Answer& answer) {
  Packer packer;
  packer.put(answer.number);
  for (const std::string* field : {&answer.question, &answer.document, &answer.title})
    packer.put(*field);
  packer.put(answer.passage);
  packer.put(answer.by);
  packer.put(std::optional(answer.on));
  packer.put(answer.removed_by);
  packer.put(answer.removed_on);
  packer.put(answer.key);
  return packer.take();
}

std::string pack(const ReadRequest& request) {
  Packer packer;
  packer.put(request.path);
  packer.put(request.known);
  return packer.take();
}

std::string pack(const Reading& reading) {
  Packer packer;
  packer.put(reading.fingerprint);
  packer.put(std::size_t{reading.unchanged ? 1u : 0u});
  packer.put(std::size_t{reading.refusal ? 1u : 0u});
  if (reading.refusal) put_error(packer, *reading.refusal);
  packer.put(reading.encoding);
  put_head(packer, reading.circular);
  put_text(packer, reading.circular);
  return packer.take();
}

std::optional<ReadRequest> unpack_request(std::string_view bytes) {
  Unpacker unpacker(bytes);
  ReadRequest request;
  request.path = unpacker.text();
  request.known = unpacker.text();
  return unpacker.finished() ? std::optional(std::move(request)) : std::nullopt;
}

std::optional<Reading> unpack_reading(std::string_view bytes) {
  Unpacker unpacker(bytes);
  Reading reading;
  reading.fingerprint = unpacker.text();
  reading.unchanged = unpacker.number() == 1;
  if (unpacker.number() == 1) reading.refusal = take_error(unpacker);
  reading.encoding = unpacker.text();
  reading.circular = take_head(unpacker);
  take_text(unpacker, reading.circular);
  return unpacker.finished() ? std::optional(std::move(reading)) : std::nullopt;
}

std::optional<Holding> unpack_head(std::string_view bytes) {
  Unpacker unpacker(bytes);
  Holding holding;
  holding.id = unpacker.text();
  holding.file = unpacker.text();
  holding.encoding = unpacker.text();
  holding.circular = take_head(unpacker);
  return unpacker.finished() ? std::optional(std::move(holding)) : std::nullopt;
}

bool unpack_text(std::string_view bytes, Circular& circular) {
  Unpacker unpacker(bytes);
  take_text(unpacker, circular);
  return unpacker.finished();
}

std::optional<StoredPassage> unpack_passage(std::string_view bytes) {
  Unpacker unpacker(bytes);
  StoredPassage stored;
  stored.document = unpacker.text();
  stored.number = unpacker.number();
  unpacker.each([&] { stored.passage.headings.push_back(unpacker.text()); });
  stored.passage.text = unpacker.text();
  return unpacker.finished() ? std::optional(std::move(stored)) : std::nullopt;
}

std::optional<Answer> unpack_answer(std::string_view bytes) {
  Unpacker unpacker(bytes);
  Answer answer;
  answer.number = unpacker.number();
  for (std::string* field : {&answer.question, &answer.document, &answer.title})
    *field = unpacker.text();
  answer.passage = unpacker.number();
  answer.by = unpacker.text();
  answer.on = unpacker.date().value_or(Date());
  answer.removed_by = unpacker.text();
  answer.removed_on = unpacker.date();
  answer.key = unpacker.text();
  return unpacker.finished() ? std::optional(std::move(answer)) : std::nullopt;
}

}  // namespace huice::library
