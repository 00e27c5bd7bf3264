#include "cli/export_watch.h"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <string>
#include <thread>

#include "cli/findings.h"

namespace huice::cli {
namespace {

constexpr int kMostWorkers = 64;
/// On a terminal the count is written anew after so many items.
constexpr std::size_t kCountStep = 50;

/// Signals know no objects: the one thing here that is not passed along.
std::atomic<bool> asked_to_stop = false;  // NOLINT: written by the signal handler
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void ask_to_stop(int) {
  asked_to_stop = true;
}

void catch_once(int signal, struct sigaction& before) {
  struct sigaction action {};
  action.sa_handler = &ask_to_stop;
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
  sigaction(signal, &action, &before);
}

}  // namespace

Option workers_option() {
  return {"workers", "数", "同时用几个线程（1 至 64）；结果与此无关", "处理器的个数"};
}

struct ExportWatch::State {
  const Terminal& terminal;
  struct sigaction on_interrupt {};
  struct sigaction on_terminate {};
  std::size_t told = 0;
};

ExportWatch::ExportWatch(const Terminal& terminal) : state_(new State{.terminal = terminal}) {
  asked_to_stop = false;
  catch_once(SIGINT, state_->on_interrupt);
  catch_once(SIGTERM, state_->on_terminate);
}

ExportWatch::~ExportWatch() {
  sigaction(SIGINT, &state_->on_interrupt, nullptr);
  sigaction(SIGTERM, &state_->on_terminate, nullptr);
}

Result<app::ExportControl> ExportWatch::control(const Arguments& arguments) const {
  HUICE_TRY(const auto wanted, arguments.count("workers", kMostWorkers));
  const int cores = static_cast<int>(std::thread::hardware_concurrency());
  const int workers = wanted.value_or(std::clamp(cores, 1, kMostWorkers));
  const auto progress = [state = state_.get()](const app::BatchItem& item) {
    const Terminal& terminal = state->terminal;
    if (item.failure) {
      terminal.err << item.name << "：未排印\n";
      report(terminal.err, *item.failure);
    } else if (!terminal.err_is_terminal) {
      terminal.out << item.name;
      if (item.pages > 0) terminal.out << "：" << item.pages << " 页";
      terminal.out << (item.taken_up ? "（上次已完成）\n" : "\n");
    }
    if (terminal.err_is_terminal && ++state->told % kCountStep == 0) {
      terminal.err << "\r已完成 " << state->told << " 份" << std::flush;
    }
  };
  return app::ExportControl{.workers = static_cast<unsigned>(workers),
                            .cancelled = [] { return asked_to_stop.load(); },
                            .progress = progress};
}

int ExportWatch::sum_up(const app::ExportReport& report) const {
  const Terminal& terminal = state_->terminal;
  if (terminal.err_is_terminal && state_->told >= kCountStep) terminal.err << "\r";
  const std::size_t failed = report.failures();
  const std::size_t drawn = report.items.size() - failed;
  if (report.cancelled) {
    terminal.err << "已中断：完成 " << drawn << " 份；再运行同一命令，从这里接着做\n";
    return kEnvironment;
  }
  terminal.out << "共 " << report.items.size() << " 份，排印 " << drawn << " 份，未排印 " << failed
               << " 份\n";
  return failed == 0 ? kDone : kRejected;
}

}  // namespace huice::cli
