// A table that forgets what has not been asked for of late.
#pragma once

#include <cstddef>
#include <functional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace huice {

/// Values by key, in two generations: when the younger one is full, the older one is dropped and it
/// takes its place. Whatever is asked for in time stays, however much passes through; at most
/// `size` * 2 are held. What find() and add() return lives until the next of them.
template <class Key, class Value, class Hash = std::hash<Key>>
class Recent {
 public:
  explicit Recent(std::size_t size) : size_(size) {}

  /// nullptr when it is not there any more.
  const Value* find(const Key& key) {
    if (const auto found = young_.find(key); found != young_.end()) return &found->second;
    const auto found = old_.find(key);
    if (found == old_.end()) return nullptr;
    auto node = old_.extract(found);
    make_room();
    return &young_.insert(std::move(node)).position->second;
  }

  /// Whether `key`, which is not there, was asked for in vain of late: what is asked for but once
  /// is not worth keeping.
  bool is_asked_again(const Key& key) {
    if (asked_.empty()) asked_.resize(size_ * 2);
    const std::size_t hash = Hash()(key);
    return std::exchange(asked_[hash % asked_.size()], hash) == hash;
  }

  /// The value under `key`, which is not there.
  const Value& add(Key key, Value value) {
    make_room();
    return young_.insert_or_assign(std::move(key), std::move(value)).first->second;
  }

 private:
  using Table = std::unordered_map<Key, Value, Hash>;

  void make_room() {
    if (young_.size() < size_) return;
    old_ = std::exchange(young_, Table());
  }

  std::size_t size_;
  Table young_;
  Table old_;
  std::vector<std::size_t> asked_;  ///< hashes of keys
};

}  // namespace huice
