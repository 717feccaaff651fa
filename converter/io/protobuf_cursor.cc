#include "converter/io/protobuf_cursor.h"

#include "graph/error.h"

namespace prof2cg {

void ProtobufCursor::Fail(const std::string& message) const {
  throw Error(message, offset());
}

void ProtobufCursor::FailUnexpected(const char* expected) const {
  Fail("expected " + std::string(expected) + " in field " +
       std::to_string(field()));
}

void ProtobufCursor::FailMalformed() const {
  Fail("expected a whole field of a Protocol Buffers message");
}

}  // namespace prof2cg
