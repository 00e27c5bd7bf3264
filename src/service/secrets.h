// Passwords and secrets, by libsodium.
#pragma once

#include <cstddef>
#include <semaphore>
#include <string>
#include <string_view>

#include "base/result.h"

namespace huice::service {

/// Argon2id with libsodium's interactive limits: 64 MiB and some 50 ms. At most two at a time, so
/// that many who sign in at once do not use up the memory.
class Passwords {
 public:
  /// Errors: Internal `secret.memory`.
  Result<std::string> hash(const std::string& password);
  bool verify(const std::string& hash, const std::string& password);

 private:
  static constexpr std::ptrdiff_t kAtOnce = 2;
  std::counting_semaphore<kAtOnce> turns_{kAtOnce};
};

/// `bytes` random bytes as URL-safe base64.
std::string random_secret(std::size_t bytes = 32);
/// 16 hexadecimal digits.
std::string random_id();

/// What a page must send along to prove that it could read our answer; follows from the secret of
/// the session.
std::string csrf_of(const std::string& session_secret);

/// Takes the same time wherever the two differ.
bool equal_secrets(std::string_view a, std::string_view b);

std::string to_base64(std::string_view bytes);
/// Empty for what is no base64.
std::string from_base64(std::string_view text);

}  // namespace huice::service
