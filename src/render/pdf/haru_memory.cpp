#include "render/pdf/haru_memory.h"

#include <new>

namespace huice::render::pdf {

thread_local HaruMemory* HaruMemory::current_ = nullptr;

void* HaruMemory::allocate(HPDF_UINT size) noexcept {
  if (current_ == nullptr) return nullptr;
  try {
    return current_->blocks_.allocate(size, alignof(std::max_align_t));
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}

}  // namespace huice::render::pdf
