// Memory of libharu's objects.
#pragma once

#include <memory_resource>

#include <hpdf_types.h>

namespace huice::render::pdf {

/// Where the objects of one document lie, freed all at once with it. libharu makes fifty small ones
/// a page and would free each by itself, which takes a twentieth of the time of a long document.
///
/// libharu does not say for which document it asks; a Use does.
class HaruMemory {
 public:
  /// While it lives, libharu has its memory from `memory` on this thread.
  class Use {
   public:
    explicit Use(HaruMemory& memory) : before_(current_) { current_ = &memory; }
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;
    ~Use() { current_ = before_; }

   private:
    HaruMemory* before_;
  };

  /// For HPDF_NewEx. No memory, or no Use: nullptr, which libharu reports.
  static void* allocate(HPDF_UINT size) noexcept;
  static void release(void*) noexcept {}

 private:
  static constexpr std::size_t kFirstBlock = 16 << 10;  // bytes; what a page or two takes
  static thread_local HaruMemory* current_;
  std::pmr::monotonic_buffer_resource blocks_{kFirstBlock};
};

}  // namespace huice::render::pdf
