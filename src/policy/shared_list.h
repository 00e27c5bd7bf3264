// Lists that are copied far more often than they are changed.
#pragma once

#include <initializer_list>
#include <memory>
#include <utility>
#include <vector>

namespace huice::policy {

/// A list whose copies share its items until one of them is changed. One object is for one thread
/// at a time; copies of it may be with others.
template <class T>
class SharedList {
 public:
  SharedList() = default;
  SharedList(std::vector<T> items)  // NOLINT: by design
      : items_(items.empty() ? nullptr : std::make_shared<std::vector<T>>(std::move(items))) {}
  SharedList(std::initializer_list<T> items) : SharedList(std::vector<T>(items)) {}

  operator const std::vector<T>&() const { return items(); }  // NOLINT: by design
  const std::vector<T>& items() const {
    static const std::vector<T> kNone;
    return items_ ? *items_ : kNone;
  }
  auto begin() const { return items().begin(); }
  auto end() const { return items().end(); }
  bool empty() const { return items_ == nullptr; }
  std::size_t size() const { return items().size(); }
  const T& front() const { return items().front(); }
  const T& operator[](std::size_t i) const { return items()[i]; }
  /// Whether both hold the very same items, shared.
  bool shares(const SharedList& other) const { return items_ == other.items_; }

  void push_back(T item) {
    if (!items_) {
      items_ = std::make_shared<std::vector<T>>();
    } else if (items_.use_count() > 1) {
      items_ = std::make_shared<std::vector<T>>(*items_);
    }
    items_->push_back(std::move(item));
  }

  friend bool operator==(const SharedList& a, const SharedList& b) {
    return a.shares(b) || a.items() == b.items();
  }

 private:
  std::shared_ptr<std::vector<T>> items_;  ///< nullptr: none
};

}  // namespace huice::policy
