// What a database says when it does not carry out a statement.
#pragma once

#include <string>

#include "base/result.h"

namespace huice::store {

inline constexpr int kBusySeconds = 15;  ///< how long a writer waits for another

enum class Refusal {
  Busy,   ///< another writer would not finish
  Taken,  ///< what is to be there once is there already
  Other,
};

/// Conflict `store.busy`; Conflict `store.taken`; Io `store.statement` with what the engine `said`.
inline Error statement_error(Refusal refusal, const std::string& said) {
  switch (refusal) {
    case Refusal::Busy:
      return {
          .code = ErrorCode::Conflict,
          .id = "store.busy",
          .message = "数据库正被别的程序写入，等了" + std::to_string(kBusySeconds) + "秒仍未轮到",
          .hint = "稍后再试"};
    case Refusal::Taken:
      return {.code = ErrorCode::Conflict,
              .id = "store.taken",
              .message = "同样的一条已有了，多半是别人刚刚写入的",
              .hint = "刷新后看一看，需要时再做一次"};
    case Refusal::Other:
      break;
  }
  return {.code = ErrorCode::Io,
          .id = "store.statement",
          .message = "数据库没有照办：" + said,
          .hint = "运行 huice db check 检查数据库，并查看磁盘空间"};
}

}  // namespace huice::store
