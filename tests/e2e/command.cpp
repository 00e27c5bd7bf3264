#include "command.h"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/wait.h>

#include "base/files.h"
#include "notation/json.h"

namespace huice::e2e {

namespace fs = std::filesystem;

Finished shell(const std::string& command) {
  const Scratch scratch;
  const std::string whole = "cd '" HUICE_SOURCE_DIR "' && ( " + command + " ) > '" +
                            (scratch / "out").string() + "' 2> '" + (scratch / "err").string() +
                            "' < /dev/null";
  const int status = std::system(whole.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
          file_text(scratch / "out"), file_text(scratch / "err")};
}

Finished huice(const std::string& arguments) {
  return shell("'" HUICE_BINARY "' " + arguments);
}

bool is_installed(const std::string& program) {
  return std::system(("command -v " + program + " > /dev/null 2>&1").c_str()) == 0;
}

bool has_module(const std::string& module) {
  return shell("/usr/bin/python3 -c 'import " + module + "'").status == 0;
}

void expect_valid(const std::string& json, const std::string& schema) {
  EXPECT_TRUE(notation::read_json(json, "out.json").has_value()) << json;
  if (!has_module("jsonschema")) return;
  const Scratch scratch;
  const auto file = scratch / "out.json";
  ASSERT_TRUE(write_file(file, json));
  const auto checked = shell(
      "/usr/bin/python3 -c 'import json,sys,jsonschema; "
      "jsonschema.validate(json.load(open(sys.argv[1])), json.load(open(sys.argv[2])))' '" +
      file.string() + "' docs/schemas/" + schema);
  EXPECT_EQ(checked.status, 0) << checked.err;
}

std::string file_text(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

Scratch::Scratch() {
  std::string name = (fs::temp_directory_path() / "huice_e2e_XXXXXX").string();
  folder_ = mkdtemp(name.data());
}

Scratch::~Scratch() {
  std::error_code error;
  fs::remove_all(folder_, error);
}

}  // namespace huice::e2e
