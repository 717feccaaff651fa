#include "converter/readers/pprof_sniff.h"

#include <cstdint>
#include <protozero/pbf_reader.hpp>

#include "converter/io/pprof_format.h"
#include "converter/readers/reader.h"

namespace prof2cg {
namespace {

using namespace pprof;

// Fields that a message may have, a bit each by their numbers, with numbers or
// with texts and packed numbers in them, or with messages.
struct Shape {
  uint32_t numbers;
  uint32_t packed = 0;
  uint32_t messages = 0;
  const Shape* inner = nullptr;
};
constexpr uint32_t Bits(uint32_t first, uint32_t last) {
  return (2U << last) - (1U << first);
}
constexpr Shape kLabelShape = {Bits(kKey, kNumberUnit)};
constexpr Shape kLineShape = {Bits(kFunctionId, kColumn)};
constexpr Shape kShapes[] = {
    {Bits(kType, kUnit)},
    {Bits(kLocationId, kValue), Bits(kLocationId, kValue), 1 << kLabel,
     &kLabelShape},
    {Bits(kMappingId, kHasInlineFrames)},
    {Bits(kId, kIsFolded) & ~(1U << kLine), 0, 1 << kLine, &kLineShape},
    {Bits(kFunctionOfId, kStartLine)},
};
constexpr uint32_t kFileNumbers =
    Bits(kDropFrames, kDurationNanos) | Bits(kPeriod, kDocUrl);

bool Has(uint32_t fields, uint32_t field) {
  return field < 32 && (fields >> field & 1) != 0;
}

// Whether it is a message with something in it, and only what is of the shape.
bool Fits(protozero::pbf_reader message, const Shape& shape) {
  if (message.length() == 0) return false;
  while (message.next()) {
    const uint32_t field = message.tag();
    if (message.has_wire_type(protozero::pbf_wire_type::varint)) {
      if (!Has(shape.numbers, field)) return false;
      message.skip();
    } else if (!message.has_wire_type(
                   protozero::pbf_wire_type::length_delimited)) {
      return false;
    } else if (Has(shape.messages, field)) {
      // Not deeper than labels and lines.
      if (!Fits(message.get_message(), *shape.inner)) return false;
    } else {
      if (!Has(shape.packed, field)) return false;
      message.skip();
    }
  }
  return true;
}

// Whether a field of the file is none, or nothing but what it may be.
bool FitsFile(protozero::pbf_reader& file, bool& has_message) {
  const uint32_t field = file.tag();
  if (file.has_wire_type(protozero::pbf_wire_type::varint)) {
    file.skip();
    return Has(kFileNumbers, field);
  }
  if (!file.has_wire_type(protozero::pbf_wire_type::length_delimited)) {
    return false;
  }
  const protozero::pbf_reader value = file.get_message();
  // The first string is none.
  if (field == kStringTable) return has_message || value.length() == 0;
  if (field == kComment) return has_message;
  has_message = true;
  if (field == kPeriodType) return Fits(value, kShapes[0]);
  return field <= kFunction && Fits(value, kShapes[field - 1]);
}

}  // namespace

bool IsPprof(std::string_view head) {
  protozero::pbf_reader file(head.data(), head.size());
  bool has_message = false;
  try {
    while (file.next()) {
      if (!FitsFile(file, has_message)) return false;
    }
    return has_message;
  } catch (const protozero::end_of_buffer_exception&) {
    return has_message && head.size() == kHeadBytes;
  } catch (const protozero::exception&) {
    return false;
  }
}

}  // namespace prof2cg
