#include "library/reader_apart.h"

#include "library/nursery.h"
#include "library/pack.h"

namespace huice::library {
namespace {

/// How often a request is put whose readers are killed: the first may have died for another's
/// memory.
constexpr int kAttempts = 2;

// How a keeper's message begins; an empty one says that no reader could be started.
constexpr char kAnswered = '+';
constexpr char kDied = '-';

/// What a keeper does, which was forked for one request and outlives its reader: passes the answer
/// on, or tells why there is none. Silent: the reader was killed.
void keep(const Line& line, const ReaderChild::Answer& answer, const ReadLimits& limits) {
  const auto request = receive_message(line);
  if (!request) return;
  auto reader = ReaderChild::start(answer, limits);
  if (!reader) {
    static_cast<void>(send_message(line, {}));
    return;
  }
  reader.value().ask(*request);
  const auto said = reader.value().take();
  if (!said && said.error().id == reader_killed().id) return;
  static_cast<void>(send_message(
      line, said ? kAnswered + said.value() : kDied + pack(Reading{.refusal = said.error()})));
}

Result<std::string> answer_in(const std::string& message) {
  if (message.starts_with(kAnswered)) return message.substr(1);
  const auto died = unpack_reading(std::string_view(message).substr(message.empty() ? 0 : 1));
  if (died && died->refusal) return *died->refusal;
  return Error{.code = ErrorCode::Io,
               .id = "library.reader.start",
               .message = "开不了读文件的子进程",
               .hint = "检查机器的内存和进程数，稍后再试"};
}

}  // namespace

ReaderApart::ReaderApart(std::unique_ptr<Nursery> nursery) : nursery_(std::move(nursery)) {}
ReaderApart::ReaderApart(ReaderApart&&) noexcept = default;
ReaderApart& ReaderApart::operator=(ReaderApart&&) noexcept = default;
ReaderApart::~ReaderApart() = default;

Result<ReaderApart> ReaderApart::start(ReaderChild::Answer answer, const ReadLimits& limits) {
  auto nursery = std::make_unique<Nursery>();
  HUICE_TRY([[maybe_unused]] const Unit started,
            nursery->start([answer = std::move(answer), limits](const Line& line) {
              keep(line, answer, limits);
            }));
  return ReaderApart(std::move(nursery));
}

Result<std::string> ReaderApart::ask(std::string_view request) const {
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    HUICE_TRY(const Line line, nursery_->bear());
    if (!send_message(line, request)) continue;
    if (const auto message = receive_message(line)) return answer_in(*message);
  }
  return reader_killed();
}

}  // namespace huice::library
