// What a database says when it does not carry out a statement.
#pragma once

#include <string>

#include "base/result.h"

namespace huice::store {

inline constexpr int kBusySeconds = 15;  ///< how long a writer waits for another

/// Conflict `store.busy` when another writer would not finish; Io `store.statement` with what the
/// engine `said`.
inline Error statement_error(bool busy, const std::string& said) {
  if (busy) {
    return {.code = ErrorCode::Conflict,
            .id = "store.busy",
            .message = "数据库正被别的程序写入，等了" + std::to_string(kBusySeconds) + "秒仍未轮到",
            .hint = "稍后再试"};
  }
  return {.code = ErrorCode::Io,
          .id = "store.statement",
          .message = "数据库没有照办：" + said,
          .hint = "运行 huice db check 检查数据库，并查看磁盘空间"};
}

}  // namespace huice::store
