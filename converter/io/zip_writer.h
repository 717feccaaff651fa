// Writes zip archives, for tests.
#ifndef PROF2CG_CONVERTER_IO_ZIP_WRITER_H_
#define PROF2CG_CONVERTER_IO_ZIP_WRITER_H_

#include <zlib.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace prof2cg {

struct ZipMember {
  std::string name;
  std::string text;
  bool is_deflated = true;
};

inline std::string LittleEndian(size_t number, int bytes) {
  std::string text;
  for (; bytes > 0; --bytes, number >>= 8) {
    text += static_cast<char>(number & 0xff);
  }
  return text;
}

inline std::string Deflate(const std::string& text) {
  z_stream stream = {};
  deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
  std::string deflated(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(deflated.data());
  stream.avail_out = static_cast<uInt>(deflated.size());
  deflate(&stream, Z_FINISH);
  deflated.resize(stream.total_out);
  deflateEnd(&stream);
  return deflated;
}

inline std::string Zip(const std::vector<ZipMember>& members) {
  std::string archive;
  std::string directory;
  for (const ZipMember& member : members) {
    const std::string data =
        member.is_deflated ? Deflate(member.text) : member.text;
    const size_t crc =
        crc32(0, reinterpret_cast<const Bytef*>(member.text.data()),
              static_cast<uInt>(member.text.size()));
    // From the version that is needed to the length of what is extra.
    const std::string header =
        LittleEndian(20, 2) + LittleEndian(0, 2) +
        LittleEndian(member.is_deflated ? 8 : 0, 2) + LittleEndian(0, 2) +
        LittleEndian(0x21, 2) + LittleEndian(crc, 4) +
        LittleEndian(data.size(), 4) + LittleEndian(member.text.size(), 4) +
        LittleEndian(member.name.size(), 2) + LittleEndian(0, 2);
    directory += "PK\x01\x02" + LittleEndian(20, 2) + header +
                 LittleEndian(0, 10) + LittleEndian(archive.size(), 4) +
                 member.name;
    archive += "PK\x03\x04" + header + member.name + data;
  }
  return archive + directory + "PK\x05\x06" + LittleEndian(0, 4) +
         LittleEndian(members.size(), 2) + LittleEndian(members.size(), 2) +
         LittleEndian(directory.size(), 4) + LittleEndian(archive.size(), 4) +
         LittleEndian(0, 2);
}

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_IO_ZIP_WRITER_H_
