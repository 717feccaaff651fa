#include "graph/error.h"

#include <utility>

namespace prof2cg {

Error::Error(const std::string& message, std::optional<uint64_t> offset,
             std::string path)
    : std::runtime_error(message), offset_(offset), path_(std::move(path)) {}

Error Error::In(const std::string& path) const {
  return Error(what(), offset_, path_.empty() ? path : path_);
}

std::string Error::Line() const {
  std::string line = path_.empty() ? what() : path_ + ": " + what();
  if (offset_) line += ", at byte " + std::to_string(*offset_);
  return line;
}

}  // namespace prof2cg
