#include "render/pdf/qpdf_document.h"

#include <cstdlib>
#include <memory>

namespace huice::render::pdf {
namespace {

/// Takes over a buffer that qpdf allocated.
std::string taken(unsigned char* bytes, std::size_t size) {
  const std::unique_ptr<unsigned char, void (*)(void*)> owner(bytes, &std::free);
  return bytes == nullptr ? "" : std::string(reinterpret_cast<const char*>(bytes), size);
}

}  // namespace

bool PdfObject::is_name(const char* name) const {
  return file_ != nullptr && qpdf().qpdf_oh_is_name_and_equals(file_, object_, name) != QPDF_FALSE;
}

PdfObject PdfObject::get(const char* key) const {
  if (is_stream()) return PdfObject(file_, qpdf().qpdf_oh_get_dict(file_, object_)).get(key);
  if (!is_dictionary()) return {};
  return {file_, qpdf().qpdf_oh_get_key(file_, object_, key)};
}

int PdfObject::size() const {
  return is_array() ? qpdf().qpdf_oh_get_array_n_items(file_, object_) : 0;
}

PdfObject PdfObject::at(int index) const {
  if (index < 0 || index >= size()) return {};
  return {file_, qpdf().qpdf_oh_get_array_item(file_, object_, index)};
}

double PdfObject::number() const {
  double value = 0;
  if (file_ != nullptr) qpdf().qpdf_oh_get_value_as_number(file_, object_, &value);
  return value;
}

std::string PdfObject::name() const {
  return is(ot_name) ? std::string(qpdf().qpdf_oh_get_name(file_, object_)).substr(1) : "";
}

std::string PdfObject::bytes() const {
  if (!is_stream()) return "";
  unsigned char* bytes = nullptr;
  std::size_t size = 0;
  const auto code =
      qpdf().qpdf_oh_get_stream_data(file_, object_, qpdf_dl_generalized, nullptr, &bytes, &size);
  std::string decoded = taken(bytes, size);
  return is_error(code) ? "" : decoded;
}

std::string PdfObject::content() const {
  unsigned char* bytes = nullptr;
  std::size_t size = 0;
  if (file_ == nullptr) return "";
  const auto code = qpdf().qpdf_oh_get_page_content_data(file_, object_, &bytes, &size);
  std::string operators = taken(bytes, size);
  return is_error(code) ? "" : operators;
}

}  // namespace huice::render::pdf
