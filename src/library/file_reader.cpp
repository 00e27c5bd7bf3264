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

/// What the keeper answers: its own reader's answer, or why that died. Empty: none could be made.
std::string read_apart(const std::string& request, const IndexSettings& settings,
                       const ReadLimits& limits) {
  auto reader = ReaderChild::start(
      [&](const std::string& asked) { return answer_to(asked, settings); }, limits);
  if (!reader) return {};
  reader.value().ask(request);
  auto answer = reader.value().take();
  return answer ? std::move(answer).value() : pack(Reading{.refusal = answer.error()});
}

}  // namespace

Result<FileReader> FileReader::start(IndexSettings settings, const ReadLimits& limits) {
  HUICE_TRY(auto keeper,
            ReaderChild::start(
                [settings = std::move(settings), limits](const std::string& request) {
                  return read_apart(request, settings, limits);
                },
                // The keeper computes nothing and holds a file and its reading a few times over.
                {.memory = limits.memory + (std::size_t{1} << 30)}));
  return FileReader(std::move(keeper));
}

Result<FileReading> FileReader::read(std::string_view name, std::string_view bytes) {
  if (bytes.size() > kMaxSourceBytes) return FileReading{.refusal = too_large(), .circular = {}};
  const Error gone = {.code = ErrorCode::Io,
                      .id = "library.reader.gone",
                      .message = "读文件的进程已不在",
                      .hint = "重新启动服务；文件还在，启动后接着读"};
  if (gone_) return gone;
  std::string request(name.substr(0, name.find(kEndOfName)));
  request += kEndOfName;
  request += bytes;
  keeper_.ask(request);
  const auto answer = keeper_.take();
  gone_ = !answer;
  if (gone_) return gone;
  auto reading = unpack_reading(answer.value());
  if (!reading) {
    return Error{.code = ErrorCode::Io,
                 .id = "library.reader.start",
                 .message = "开不了读文件的子进程",
                 .hint = "检查机器的内存和进程数，稍后再试"};
  }
  return FileReading{std::move(reading->refusal), std::move(reading->circular)};
}

}  // namespace huice::library
