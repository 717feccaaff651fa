// The one error type: what is wrong, in which input, at which byte.
#ifndef PROF2CG_GRAPH_ERROR_H_
#define PROF2CG_GRAPH_ERROR_H_

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>

namespace prof2cg {

// Thrown wherever an input, an output or the command line is at fault; caught
// once, in main. The path is added by whoever knows it: readers work on bytes
// and name only the offset, which counts bytes of the decoded (inflated) input.
class Error : public std::runtime_error {
 public:
  explicit Error(const std::string& message,
                 std::optional<uint64_t> offset = std::nullopt,
                 std::string path = {});

  // The same error, in `path` unless it already names one.
  Error In(const std::string& path) const;

  // One line for a person: "FILE: what is wrong, at byte N".
  std::string Line() const;

 private:
  std::optional<uint64_t> offset_;
  std::string path_;
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_ERROR_H_
