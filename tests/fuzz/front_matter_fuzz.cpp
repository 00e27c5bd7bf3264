// Any bytes: findings, or a template file that composes to a document or to findings.
#include <cstdlib>
#include <string_view>

#include "compose/compose.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace huice::compose;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto file = parse_template_file(text, "fuzz");
  if (!file) {
    if (file.error().id.empty() || file.error().message.empty()) std::abort();
    return 0;
  }
  const Content content{.data = huice::model::Value(huice::model::Value::Record{}), .tables = {}};
  const auto document = compose(file.value(), content, NoPartials());
  if (!document && document.error().id.empty()) std::abort();
  return 0;
}
