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

/// How often a file is read whose readers are killed: the first may have died for another's memory.
constexpr int kAttempts = 2;

/// What a keeper does, which was forked for one file and outlives its reader: passes the answer on,
/// or tells why there is none. Empty: no reader could be made. Silent: it was killed.
void keep(const Line& line, const IndexSettings& settings, const ReadLimits& limits) {
  const auto request = receive_message(line);
  if (!request) return;
  auto reader = ReaderChild::start(
      [&](const std::string& asked) { return answer_to(asked, settings); }, limits);
  if (!reader) {
    static_cast<void>(send_message(line, {}));
    return;
  }
  reader.value().ask(*request);
  const auto answer = reader.value().take();
  if (!answer && answer.error().id == reader_killed().id) return;
  static_cast<void>(
      send_message(line, answer ? answer.value() : pack(Reading{.refusal = answer.error()})));
}

Result<FileReading> reading_from(const std::string& answer) {
  auto reading = unpack_reading(answer);
  if (!reading) {
    return Error{.code = ErrorCode::Io,
                 .id = "library.reader.start",
                 .message = "开不了读文件的子进程",
                 .hint = "检查机器的内存和进程数，稍后再试"};
  }
  return FileReading{std::move(reading->refusal), std::move(reading->circular)};
}

}  // namespace

Result<FileReader> FileReader::start(IndexSettings settings, const ReadLimits& limits) {
  auto nursery = std::make_unique<Nursery>();
  HUICE_TRY([[maybe_unused]] const Unit started,
            nursery->start([settings = std::move(settings), limits](const Line& line) {
              keep(line, settings, limits);
            }));
  return FileReader(std::move(nursery));
}

Result<FileReading> FileReader::read(std::string_view name, std::string_view bytes) const {
  if (bytes.size() > kMaxSourceBytes) return FileReading{.refusal = too_large(), .circular = {}};
  std::string request(name.substr(0, name.find(kEndOfName)));
  request += kEndOfName;
  request += bytes;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    HUICE_TRY(const Line line, nursery_->bear());
    if (!send_message(line, request)) continue;
    if (const auto answer = receive_message(line)) return reading_from(*answer);
  }
  return FileReading{.refusal = reader_killed(), .circular = {}};
}

}  // namespace huice::library
