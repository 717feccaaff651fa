#include "converter/io/zip_archive.h"

#include <zip.h>

#include <algorithm>
#include <cstdint>
#include <string>

#include "converter/io/library.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

// The functions of libzip that we use, by their own names.
struct Libzip {
  decltype(&::zip_discard) zip_discard;
  decltype(&::zip_error_fini) zip_error_fini;
  decltype(&::zip_error_init) zip_error_init;
  decltype(&::zip_error_strerror) zip_error_strerror;
  decltype(&::zip_fclose) zip_fclose;
  decltype(&::zip_file_strerror) zip_file_strerror;
  decltype(&::zip_fopen_index) zip_fopen_index;
  decltype(&::zip_fread) zip_fread;
  decltype(&::zip_name_locate) zip_name_locate;
  decltype(&::zip_open_from_source) zip_open_from_source;
  decltype(&::zip_source_buffer_create) zip_source_buffer_create;
  decltype(&::zip_source_free) zip_source_free;
  decltype(&::zip_strerror) zip_strerror;
};

#define PROF2CG_FIND(name) library.Find(#name, z.name)

Libzip FindLibzip() {
  const Library library("libzip.so.4",
                        "this format needs libzip (Debian: libzip4)");
  Libzip z;
  PROF2CG_FIND(zip_discard);
  PROF2CG_FIND(zip_error_fini);
  PROF2CG_FIND(zip_error_init);
  PROF2CG_FIND(zip_error_strerror);
  PROF2CG_FIND(zip_fclose);
  PROF2CG_FIND(zip_file_strerror);
  PROF2CG_FIND(zip_fopen_index);
  PROF2CG_FIND(zip_fread);
  PROF2CG_FIND(zip_name_locate);
  PROF2CG_FIND(zip_open_from_source);
  PROF2CG_FIND(zip_source_buffer_create);
  PROF2CG_FIND(zip_source_free);
  PROF2CG_FIND(zip_strerror);
  return z;
}

#undef PROF2CG_FIND

const Libzip& Zip() {
  static const Libzip libzip = FindLibzip();
  return libzip;
}

// What libzip says when it fails.
class Trouble {
 public:
  Trouble() { Zip().zip_error_init(&error_); }
  ~Trouble() { Zip().zip_error_fini(&error_); }
  Trouble(const Trouble&) = delete;
  Trouble& operator=(const Trouble&) = delete;

  zip_error_t* get() { return &error_; }
  [[noreturn]] void Throw() {
    throw Error(std::string("damaged zip archive (") +
                Zip().zip_error_strerror(&error_) + ")");
  }

 private:
  zip_error_t error_;
};

}  // namespace

std::string_view FirstZipMember(std::string_view bytes) {
  constexpr size_t kSizeOfName = 26;
  constexpr size_t kName = 30;
  if (!bytes.starts_with("PK\x03\x04") || bytes.size() < kName) return "";
  const auto at = [&](size_t i) { return static_cast<uint8_t>(bytes[i]); };
  const size_t size = at(kSizeOfName) + size_t{256} * at(kSizeOfName + 1);
  return bytes.substr(kName, size);
}

ZipArchive::ZipArchive(std::string_view bytes) {
  Trouble trouble;
  zip_source_t* const source = Zip().zip_source_buffer_create(
      bytes.data(), bytes.size(), 0, trouble.get());
  if (source == nullptr) trouble.Throw();
  archive_.reset(Zip().zip_open_from_source(source, ZIP_RDONLY, trouble.get()));
  if (archive_ != nullptr) return;
  Zip().zip_source_free(source);
  trouble.Throw();
}

void ZipArchive::Closer::operator()(struct zip* archive) const {
  Zip().zip_discard(archive);
}

Pages ZipArchive::Read(const char* name, size_t limit) const {
  const auto fail = [&](const std::string& what) {
    throw Error(std::string(name) + " in the zip archive: " + what);
  };
  const zip_int64_t index =
      Zip().zip_name_locate(archive_.get(), name, ZIP_FL_NOCASE);
  if (index < 0) fail("there is none");
  const std::unique_ptr<zip_file_t, decltype(Zip().zip_fclose)> file(
      Zip().zip_fopen_index(archive_.get(), static_cast<zip_uint64_t>(index),
                            0),
      Zip().zip_fclose);
  if (file == nullptr) fail(Zip().zip_strerror(archive_.get()));
  Pages inflated;
  for (;;) {
    constexpr size_t kLeastRoom = size_t{1} << 16;
    char* const room = inflated.Reserve(kLeastRoom);
    // One byte more than allowed, to tell what is larger.
    const size_t allowed = limit - inflated.bytes().size() + 1;
    const zip_int64_t read =
        Zip().zip_fread(file.get(), room, std::min(inflated.room(), allowed));
    if (read < 0) fail(Zip().zip_file_strerror(file.get()));
    if (read == 0) return inflated;
    inflated.Advance(static_cast<size_t>(read));
    if (inflated.bytes().size() > limit) {
      fail("inflates to more than " + std::to_string(limit) +
           " bytes, refused as a likely bomb");
    }
  }
}

}  // namespace prof2cg
