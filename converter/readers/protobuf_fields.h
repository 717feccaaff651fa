// Fields of Protocol Buffers messages, made for tests.
#ifndef PROF2CG_CONVERTER_READERS_PROTOBUF_FIELDS_H_
#define PROF2CG_CONVERTER_READERS_PROTOBUF_FIELDS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace prof2cg::protobuf {

inline std::string Varint(uint64_t number) {
  std::string bytes;
  for (; number > 0x7f; number >>= 7) {
    bytes += static_cast<char>(number | 0x80);
  }
  return bytes + static_cast<char>(number);
}

inline std::string Number(uint32_t field, uint64_t number) {
  return Varint(field << 3) + Varint(number);
}

// Text, or a message.
inline std::string Bytes(uint32_t field, std::string_view bytes) {
  return Varint(field << 3 | 2) + Varint(bytes.size()) + std::string(bytes);
}

inline std::string Packed(uint32_t field,
                          const std::vector<uint64_t>& numbers) {
  std::string packed;
  for (const uint64_t number : numbers) packed += Varint(number);
  return Bytes(field, packed);
}

}  // namespace prof2cg::protobuf

#endif  // PROF2CG_CONVERTER_READERS_PROTOBUF_FIELDS_H_
