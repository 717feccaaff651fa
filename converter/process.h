// Other programs: finding them and running them to their end.
#ifndef PROF2CG_CONVERTER_PROCESS_H_
#define PROF2CG_CONVERTER_PROCESS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace prof2cg {

// The path of the program of that name on PATH.
std::optional<std::string> FindProgram(std::string_view name);

// Runs a program with our streams and gives its exit status, 128 + N if signal
// N ended it. Keyboard interrupts are the program's to handle. Throws Error if
// it cannot be started.
int RunProgram(const std::vector<std::string>& command);

// A new folder under the system's temporary one, removed with all its files.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string File(std::string_view name) const;

 private:
  std::string path_;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_PROCESS_H_
