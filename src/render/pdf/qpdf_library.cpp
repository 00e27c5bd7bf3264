#include "render/pdf/qpdf_library.h"

#include <string>

#include <dlfcn.h>

namespace huice::render::pdf {
namespace {

/// `failure` is empty of a library that has everything.
struct Loaded {
  QpdfLibrary library;
  std::string failure;
};

/// Left open until the process ends: other libraries of its family do not like to be unloaded.
Loaded open_library() {
  Loaded loaded;
  void* const handle = ::dlopen(HUICE_QPDF_LIBRARY, RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) {
    loaded.failure = ::dlerror();
    return loaded;
  }
#define HUICE_FIND(name)                                                                         \
  loaded.library.name = reinterpret_cast<decltype(loaded.library.name)>(::dlsym(handle, #name)); \
  if (loaded.library.name == nullptr) loaded.failure = #name;
  HUICE_EACH_QPDF_FUNCTION(HUICE_FIND)
#undef HUICE_FIND
  return loaded;
}

const Loaded& loaded() {
  static const Loaded kLoaded = open_library();
  return kLoaded;
}

}  // namespace

Status load_qpdf() {
  if (loaded().failure.empty()) return Unit{};
  return Error{.code = ErrorCode::Internal,
               .id = "pdf.qpdf",
               .message = "加密和逐条量 PDF 要用的 qpdf 打不开：" + loaded().failure,
               .where = {},
               .hint = "安装 libqpdf29（或编译时用的那一版），再试一次"};
}

const QpdfLibrary& qpdf() {
  return loaded().library;
}

}  // namespace huice::render::pdf
