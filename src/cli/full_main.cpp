// The binary `huice-full`, to which `huice` hands what it does not run itself.
#include "cli/start.h"

int main(int argc, char** argv) {
  return huice::cli::run_program({argv + 1, argv + argc}, huice::cli::all_jobs());
}
