// A PDF file as qpdf reads it, through its C interface: its C++ headers are not for C++20.
#pragma once

#include <string>
#include <string_view>

#include "render/pdf/qpdf_library.h"

namespace huice::render::pdf {

inline bool is_error(QPDF_ERROR_CODE code) {
  return (code & QPDF_ERRORS) != 0;
}

/// qpdf's own name for one document being read and written. It says nothing on the terminal.
/// Requires that load_qpdf() has succeeded.
class QpdfDocument {
 public:
  QpdfDocument() : self_(qpdf().qpdf_init()) {
    qpdf().qpdf_silence_errors(self_);
    qpdf().qpdf_set_suppress_warnings(self_, QPDF_TRUE);
  }
  QpdfDocument(const QpdfDocument&) = delete;
  QpdfDocument& operator=(const QpdfDocument&) = delete;
  ~QpdfDocument() { qpdf().qpdf_cleanup(&self_); }
  operator qpdf_data() const { return self_; }  // NOLINT: it is one

  /// What went wrong last, in qpdf's words.
  std::string failure() const {
    const auto failure = qpdf().qpdf_get_error(self_);
    return failure == nullptr ? "" : qpdf().qpdf_get_error_message_detail(self_, failure);
  }

 private:
  qpdf_data self_;
};

/// An object of a document that lives at least as long. Asking for what an object is not gives a
/// null object, zero or nothing, never an error.
class PdfObject {
 public:
  PdfObject() = default;
  PdfObject(qpdf_data file, qpdf_oh object) : file_(file), object_(object) {}

  bool is_dictionary() const { return is(ot_dictionary); }
  bool is_array() const { return is(ot_array); }
  bool is_stream() const { return is(ot_stream); }
  bool is_name(const char* name) const;

  /// The entry of a dictionary, or of a stream's.
  PdfObject get(const char* key) const;
  int size() const;
  PdfObject at(int index) const;
  double number() const;
  /// The name without its slash.
  std::string name() const;
  /// The decoded bytes of a stream; nothing where it cannot be decoded.
  std::string bytes() const;
  /// The operators of a page.
  std::string content() const;
  /// Of an indirect object; 0 of a direct one.
  int id() const { return file_ == nullptr ? 0 : qpdf().qpdf_oh_get_object_id(file_, object_); }

 private:
  bool is(qpdf_object_type_e type) const {
    return file_ != nullptr && qpdf().qpdf_oh_get_type_code(file_, object_) == type;
  }

  qpdf_data file_ = nullptr;
  qpdf_oh object_ = 0;
};

}  // namespace huice::render::pdf
