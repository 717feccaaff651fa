// zip archives, by libzip, which is loaded when there is one: linked, it would
// cost every run more time than it takes to convert a small profile.
#ifndef PROF2CG_CONVERTER_IO_ZIP_ARCHIVE_H_
#define PROF2CG_CONVERTER_IO_ZIP_ARCHIVE_H_

#include <cstddef>
#include <memory>
#include <string_view>

#include "converter/io/pages.h"

struct zip;  // of libzip

namespace prof2cg {

// The name of the first member of what begins as an archive does; else "".
std::string_view FirstZipMember(std::string_view bytes);

class ZipArchive {
 public:
  // `bytes` must stay where they are. Throws Error if they are no archive, or
  // if libzip is missing.
  explicit ZipArchive(std::string_view bytes);

  // The member of that name, in capital or small letters, inflated. Throws
  // Error if there is none, or if it is damaged, encrypted or larger than
  // `limit`.
  Pages Read(const char* name, size_t limit) const;

 private:
  struct Closer {
    void operator()(struct zip* archive) const;
  };
  std::unique_ptr<struct zip, Closer> archive_;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_IO_ZIP_ARCHIVE_H_
