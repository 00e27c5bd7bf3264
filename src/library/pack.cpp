#include "library/pack.h"

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

void put_circular(Packer& packer, const Circular& circular) {
  packer.put(circular.title);
  packer.put(std::size_t{circular.title_guessed ? 1u : 0u});
  for (const std::string* field : {&circular.number, &circular.issuer, &circular.genre,
                                   &circular.addressee, &circular.region}) {
    packer.put(*field);
  }
  packer.put(circular.date);
  packer.put(circular.amended);
  packer.put(circular.effective);
  packer.put(circular.blocks.size());
  for (const Block& block : circular.blocks) {
    packer.put(static_cast<std::size_t>(block.kind));
    packer.put(static_cast<std::size_t>(block.level));
    packer.put(block.text);
  }
  packer.put(circular.citations.size());
  for (const Citation& citation : circular.citations) {
    packer.put(citation.title);
    packer.put(citation.number);
  }
}

Circular take_circular(Unpacker& unpacker) {
  Circular circular;
  circular.title = unpacker.text();
  circular.title_guessed = unpacker.number() == 1;
  for (std::string* field : {&circular.number, &circular.issuer, &circular.genre,
                             &circular.addressee, &circular.region}) {
    *field = unpacker.text();
  }
  circular.date = unpacker.date();
  circular.amended = unpacker.date();
  circular.effective = unpacker.date();
  unpacker.each([&] {
    const std::size_t kind = unpacker.number();
    const std::size_t level = unpacker.number();
    constexpr std::size_t kLastKind = static_cast<std::size_t>(BlockKind::Signature);
    circular.blocks.push_back({static_cast<BlockKind>(std::min(kind, kLastKind)),
                               static_cast<int>(level), unpacker.text()});
  });
  unpacker.each([&] {
    std::string title = unpacker.text();
    circular.citations.push_back({std::move(title), unpacker.text()});
  });
  return circular;
}

}  // namespace

std::string pack(const Holding& holding) {
  Packer packer;
  packer.put(holding.id);
  packer.put(holding.file);
  packer.put(holding.encoding);
  put_circular(packer, holding.circular);
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

std::optional<Holding> unpack_holding(std::string_view bytes) {
  Unpacker unpacker(bytes);
  Holding holding;
  holding.id = unpacker.text();
  holding.file = unpacker.text();
  holding.encoding = unpacker.text();
  holding.circular = take_circular(unpacker);
  return unpacker.finished() ? std::optional(std::move(holding)) : std::nullopt;
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
