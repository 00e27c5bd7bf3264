// qpdf's C interface, loaded when a document is first encrypted or read back: qpdf and the eight
// libraries behind it take longer to load than a notice takes to write.
#pragma once

#include <qpdf/qpdf-c.h>

#include "base/result.h"

namespace huice::render::pdf {

#define HUICE_EACH_QPDF_FUNCTION(USE)         \
  USE(qpdf_init)                              \
  USE(qpdf_cleanup)                           \
  USE(qpdf_silence_errors)                    \
  USE(qpdf_set_suppress_warnings)             \
  USE(qpdf_get_error)                         \
  USE(qpdf_get_error_message_detail)          \
  USE(qpdf_read_memory)                       \
  USE(qpdf_init_write_memory)                 \
  USE(qpdf_set_r6_encryption_parameters2)     \
  USE(qpdf_write)                             \
  USE(qpdf_get_buffer)                        \
  USE(qpdf_get_buffer_length)                 \
  USE(qpdf_push_inherited_attributes_to_page) \
  USE(qpdf_get_num_pages)                     \
  USE(qpdf_get_page_n)                        \
  USE(qpdf_oh_release_all)                    \
  USE(qpdf_oh_get_object_id)                  \
  USE(qpdf_oh_get_type_code)                  \
  USE(qpdf_oh_is_name_and_equals)             \
  USE(qpdf_oh_get_dict)                       \
  USE(qpdf_oh_get_key)                        \
  USE(qpdf_oh_get_array_n_items)              \
  USE(qpdf_oh_get_array_item)                 \
  USE(qpdf_oh_get_value_as_number)            \
  USE(qpdf_oh_get_name)                       \
  USE(qpdf_oh_get_stream_data)                \
  USE(qpdf_oh_get_page_content_data)

/// The functions under their own names, typed by qpdf's header.
struct QpdfLibrary {
#define HUICE_MEMBER(name) decltype(&::name) name = nullptr;
  HUICE_EACH_QPDF_FUNCTION(HUICE_MEMBER)
#undef HUICE_MEMBER
};

/// Loads qpdf once for the process. Errors: Internal `pdf.qpdf` where it is not installed.
Status load_qpdf();

/// The library; requires that load_qpdf() has succeeded.
const QpdfLibrary& qpdf();

}  // namespace huice::render::pdf
