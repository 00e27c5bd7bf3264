// Connections that threads borrow, since one is for a thread at a time.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/guarded.h"
#include "base/result.h"
#include "store/database.h"

namespace huice::store {

class Pool {
 public:
  explicit Pool(std::string address) : address_(std::move(address)) {}

  /// A connection that goes back when this ends.
  class Loan {
   public:
    Loan(Pool& pool, Database database) : pool_(&pool), database_(std::move(database)) {}
    Loan(Loan&& other) noexcept
        : pool_(std::exchange(other.pool_, nullptr)), database_(std::move(other.database_)) {}
    Loan& operator=(Loan&&) = delete;
    ~Loan() {
      if (pool_ != nullptr) pool_->take_back(std::move(database_));
    }
    Database& operator*() { return database_; }
    Database* operator->() { return &database_; }

   private:
    Pool* pool_;
    Database database_;
  };

  /// Connections that broke while nobody had them are let go. Errors: those of Database::open.
  Result<Loan> borrow() {
    while (auto kept = take_idle()) {
      if (kept->is_sound()) return Loan(*this, std::move(*kept));
    }
    HUICE_TRY(auto opened, Database::open(address_));
    return Loan(*this, std::move(opened));
  }

  const std::string& address() const { return address_; }

 private:
  static constexpr std::size_t kMostIdle = 32;

  std::optional<Database> take_idle() {
    return idle_.with([](std::vector<Database>& idle) {
      std::optional<Database> found;
      if (!idle.empty()) {
        found = std::move(idle.back());
        idle.pop_back();
      }
      return found;
    });
  }

  void take_back(Database database) {
    if (!database.is_sound()) return;
    idle_.with([&](std::vector<Database>& idle) {
      if (idle.size() < kMostIdle) idle.push_back(std::move(database));
    });
  }

  std::string address_;
  Guarded<std::vector<Database>> idle_;
};

}  // namespace huice::store
