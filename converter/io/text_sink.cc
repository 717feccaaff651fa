#include "converter/io/text_sink.h"

namespace prof2cg {

void TextSink::WriteLarge(std::string_view text) {
  while (text.size() > room()) {
    const std::string_view part = text.substr(0, room());
    position_ += part.copy(position_, part.size());
    text.remove_prefix(part.size());
    MakeRoom(1);
  }
  Write(text);
}

}  // namespace prof2cg
