// How both programs, `huice` and `huice-full`, begin.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/command.h"

namespace huice::cli {

/// The file that is running.
std::filesystem::path own_path();

/// Runs `words`, one of `jobs`, at the terminal and in the world as the system tells it.
int run_program(const std::vector<std::string>& words, const std::vector<Job>& jobs);

}  // namespace huice::cli
