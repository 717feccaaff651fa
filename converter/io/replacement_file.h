// New content for a file, which takes the file's name only when it is complete.
#ifndef PROF2CG_CONVERTER_IO_REPLACEMENT_FILE_H_
#define PROF2CG_CONVERTER_IO_REPLACEMENT_FILE_H_

#include <string>

#include "converter/io/descriptor.h"

namespace prof2cg {

// The content grows in a file without a name in the target's directory, so that
// even SIGKILL leaves nothing behind. Where the file system has no such files
// it has the hidden name .prof2cg-XXXXXX, which the target has too for the
// moment before Commit's rename: no one who looks for the target's prefix sees
// it. Everything throws Error ("cannot write: ...").
class ReplacementFile {
 public:
  enum class Growing { kUnnamedIfPossible, kNamed };

  // `path` is a regular file or does not exist yet. A link is followed and
  // stays; permissions stay. A read-only file is refused, though its directory
  // would allow to replace it.
  explicit ReplacementFile(const std::string& path,
                           Growing growing = Growing::kUnnamedIfPossible);
  ~ReplacementFile();
  ReplacementFile(const ReplacementFile&) = delete;
  ReplacementFile& operator=(const ReplacementFile&) = delete;

  // To write to.
  int descriptor() const { return file_.get(); }

  void Commit();

 private:
  bool OpenUnnamed(unsigned mode);
  bool OpenNamed(unsigned mode);
  bool GiveName();

  std::string target_;     // what the last link points to
  std::string directory_;  // ends in a slash
  std::string temporary_;  // path of the file, empty as long as it has none
  Descriptor file_;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_IO_REPLACEMENT_FILE_H_
