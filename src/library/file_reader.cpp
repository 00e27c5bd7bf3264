#include "library/file_reader.h"

#include <utility>

#include "library/readers.h"
#include "library/reading.h"

namespace huice::library {
namespace {

constexpr char kEndOfName = '\0';  // in a request; the bytes follow

Error too_large() {
  return {.code = ErrorCode::TooLarge,
          .id = "library.too-large",
          .message = "文件超过 " + std::to_string(kMaxSourceBytes >> 20) + " MB，不像一份公文",
          .hint = "请拆成几份，或把图片删去再上传"};
}

std::string answer_to(const std::string& request, const IndexSettings& settings) {
  const std::size_t end = request.find(kEndOfName);
  return pack(reading_of(request.substr(end + 1), request.substr(0, end), settings));
}

}  // namespace

Result<FileReader> FileReader::start(IndexSettings settings, const ReadLimits& limits) {
  HUICE_TRY(auto apart, ReaderApart::start(
                            [settings = std::move(settings)](const std::string& request) {
                              return answer_to(request, settings);
                            },
                            limits));
  return FileReader(std::move(apart));
}

Result<FileReading> FileReader::read(std::string_view name, std::string_view bytes) const {
  if (bytes.size() > kMaxSourceBytes) return FileReading{.refusal = too_large(), .circular = {}};
  std::string request(name.substr(0, name.find(kEndOfName)));
  request += kEndOfName;
  request += bytes;
  const auto answer = apart_.ask(request);
  if (!answer && answer.error().code == ErrorCode::Io) return answer.error();
  auto reading = answer ? unpack_reading(answer.value()) : Reading{.refusal = answer.error()};
  if (!reading) {
    return Error{.code = ErrorCode::Internal,
                 .id = "library.reader.died",
                 .message = "读这个文件的进程答得不全",
                 .hint = "再试一次；仍不行请重新启动服务"};
  }
  return FileReading{std::move(reading->refusal), std::move(reading->circular)};
}

}  // namespace huice::library
