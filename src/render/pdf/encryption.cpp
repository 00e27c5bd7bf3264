#include "render/pdf/encryption.h"

#include "render/pdf/qpdf_document.h"

namespace huice::render::pdf {
namespace {

constexpr std::size_t kMaxPassword = 127;  // more would be cut off silently

}  // namespace

Result<std::string> encrypted(std::string_view pdf, const std::string& password) {
  if (password.size() > kMaxPassword) {
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "pdf.encrypt",
                 .message = "PDF 密码至多 127 字节（约 42 个汉字），实为 " +
                            std::to_string(password.size()) + " 字节",
                 .hint = "换一个短些的密码"};
  }
  if (password.find('\0') != password.npos) {  // at which it would end
    return Error{.code = ErrorCode::InvalidInput,
                 .id = "pdf.encrypt",
                 .message = "PDF 密码里有空字符",
                 .hint = "换一个密码"};
  }
  HUICE_TRY([[maybe_unused]] const Unit is_there, load_qpdf());
  const QpdfDocument document;
  if (!is_error(qpdf().qpdf_read_memory(document, "draft", pdf.data(), pdf.size(), nullptr)) &&
      !is_error(qpdf().qpdf_init_write_memory(document))) {
    qpdf().qpdf_set_r6_encryption_parameters2(document, password.c_str(), password.c_str(),
                                              QPDF_TRUE, QPDF_TRUE, QPDF_TRUE, QPDF_TRUE, QPDF_TRUE,
                                              QPDF_TRUE, qpdf_r3p_full, QPDF_TRUE);
    if (!is_error(qpdf().qpdf_write(document))) {
      return std::string(reinterpret_cast<const char*>(qpdf().qpdf_get_buffer(document)),
                         qpdf().qpdf_get_buffer_length(document));
    }
  }
  return Error{.code = ErrorCode::Internal,
               .id = "pdf.encrypt",
               .message = "PDF 无法加密：" + document.failure(),
               .hint = "不加密码再试；若仍不成，请报告此问题"};
}

}  // namespace huice::render::pdf
