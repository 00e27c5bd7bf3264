// What templates may call: filters, tests and functions, by name.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace huice::compose {

bool is_filter(std::string_view name);
bool is_test(std::string_view name);
bool is_function(std::string_view name);
bool is_method(std::string_view name);

/// For "did you mean".
std::vector<std::string> filter_names();
std::vector<std::string> test_names();
std::vector<std::string> function_names();

}  // namespace huice::compose
