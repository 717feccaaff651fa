// A place in a message of Protocol Buffers' wire format: bounds-checked reading
// of one field after the other (protobuf.dev/programming-guides/encoding).
#ifndef PROF2CG_CONVERTER_IO_PROTOBUF_CURSOR_H_
#define PROF2CG_CONVERTER_IO_PROTOBUF_CURSOR_H_

#include <cstddef>
#include <cstdint>
#include <protozero/pbf_reader.hpp>
#include <string>
#include <string_view>
#include <type_traits>

namespace prof2cg {

// Next() goes to a field; one of the others then takes its value. Whatever the
// bytes, they fail with the place in the file where the field begins.
class ProtobufCursor {
 public:
  // Of a file that is one message.
  explicit ProtobufCursor(std::string_view file)
      : ProtobufCursor(file, file.data()) {}

  // False at the end of the message.
  bool Next() {
    at_ = reader_.data().data();
    return Guard([this] { return reader_.next(); });
  }
  uint32_t field() const { return reader_.tag(); }

  // Whatever it is.
  void Skip() {
    Guard([this] { reader_.skip(); });
  }
  uint64_t TakeNumber() {
    Need(protozero::pbf_wire_type::varint, "a number");
    return Guard([this] { return reader_.get_uint64(); });
  }
  std::string_view TakeBytes() {
    Need(protozero::pbf_wire_type::length_delimited, "text or a message");
    const protozero::data_view view =
        Guard([this] { return reader_.get_view(); });
    return {view.data(), view.size()};
  }
  ProtobufCursor TakeMessage() { return {TakeBytes(), file_}; }
  // Numbers of a repeated field, each of which goes to add(uint64_t): a number,
  // or several that are packed.
  template <class Add>
  void TakeNumbers(Add add);

  // Where the field begins.
  size_t offset() const { return static_cast<size_t>(at_ - file_); }
  // An Error of the field.
  [[noreturn]] void Fail(const std::string& message) const;

 private:
  ProtobufCursor(std::string_view message, const char* file)
      : reader_(message.data(), message.size()),
        file_(file),
        at_(message.data()) {}

  template <class Take>
  std::invoke_result_t<Take> Guard(Take take) const {
    try {
      return take();
    } catch (const protozero::exception&) {
      FailMalformed();
    }
  }
  void Need(protozero::pbf_wire_type type, const char* what) const {
    if (!reader_.has_wire_type(type)) FailUnexpected(what);
  }
  [[noreturn]] void FailUnexpected(const char* expected) const;
  [[noreturn]] void FailMalformed() const;

  protozero::pbf_reader reader_;
  const char* file_;
  const char* at_;
};

template <class Add>
void ProtobufCursor::TakeNumbers(Add add) {
  if (reader_.has_wire_type(protozero::pbf_wire_type::varint)) {
    return add(TakeNumber());
  }
  const std::string_view packed = TakeBytes();
  const char* next = packed.data();
  const char* const end = next + packed.size();
  while (next != end) {
    add(Guard([&] { return protozero::decode_varint(&next, end); }));
  }
}

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_IO_PROTOBUF_CURSOR_H_
