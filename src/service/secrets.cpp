#include "service/secrets.h"

#include <array>
#include <cstdint>

#include <sodium.h>

#include "service/turn.h"
#include "store/digest.h"

namespace huice::service {
namespace {

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string base64(std::string_view bytes, int variant) {
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes_of(bytes), bytes.size(), variant);
  text.pop_back();  // the zero that ends it
  return text;
}

}  // namespace

Result<std::string> Passwords::hash(const std::string& password) {
  [[maybe_unused]] static const int ready = sodium_init();
  const Turn turn(turns_);
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (crypto_pwhash_str(text.data(), password.data(), password.size(),
                        crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE) == 0) {
    return std::string(text.data());
  }
  return Error{.code = ErrorCode::Internal,
               .id = "secret.memory",
               .message = "内存不够，算不出密码的摘要",
               .hint = "给服务留出至少 200 MB 内存"};
}

bool Passwords::verify(const std::string& hash, const std::string& password) {
  [[maybe_unused]] static const int ready = sodium_init();
  const Turn turn(turns_);
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

std::string random_secret(std::size_t bytes) {
  [[maybe_unused]] static const int ready = sodium_init();
  std::string random(bytes, '\0');
  randombytes_buf(random.data(), random.size());
  return base64(random, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

std::string random_id() {
  return store::sha256(random_secret()).substr(0, 16);
}

std::string csrf_of(const std::string& session_secret) {
  return store::sha256("csrf:" + session_secret).substr(0, 43);
}

bool equal_secrets(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string to_base64(std::string_view bytes) {
  return base64(bytes, sodium_base64_VARIANT_ORIGINAL);
}

std::string from_base64(std::string_view text) {
  std::string bytes(text.size(), '\0');
  std::size_t size = 0;
  const int failed =
      sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                        text.size(), nullptr, &size, nullptr, sodium_base64_VARIANT_ORIGINAL);
  bytes.resize(failed == 0 ? size : 0);
  return bytes;
}

}  // namespace huice::service
