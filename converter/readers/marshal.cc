#include "converter/readers/marshal.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include "converter/io/utf8.h"
#include "graph/error.h"

namespace prof2cg::marshal {

// After the type code: so many int32 (argument counts, flags), then one object
// or int32 per letter: s string, t tuple, F file name, N name, i int32 (the
// first line). From CPython's marshal.c and codeobject.c of each version.
struct MarshalCursor::CodeLayout {
  int leading_ints;
  const char* fields;
};

const MarshalCursor::CodeLayout MarshalCursor::kCodeLayouts[] = {
    {5, "stttsFNsiss"},  // 3.11 and later
    {6, "stttttFNis"},   // 3.8 to 3.10
    {5, "stttttFNis"},   // 3.0 to 3.7
    {4, "stttttFNis"},   // 2.3 to 2.7
};

uint32_t MarshalCursor::Number(uint8_t code) {
  switch (code & ~kSharedBit) {
    case '0':
    case 'N':
    case 'F':
    case 'T':
    case 'S':
    case '.':
      return Value::kNotShared;
    default:
      break;
  }
  if (code != 't') return AddShared();
  const size_t number = InternedNumber();
  if (number >= kInternedBit) FailNumber();
  if (number == interned_.size()) {  // else it is read again
    interned_.push_back({static_cast<uint32_t>(last_), 0});
  }
  return static_cast<uint32_t>(number) | kInternedBit;
}

// Of the string at `last_`, which may be read again, by reference.
size_t MarshalCursor::InternedNumber() const {
  if (interned_.empty() || interned_.back().place < last_) {
    return interned_.size();
  }
  return static_cast<size_t>(
      std::ranges::lower_bound(interned_, last_, {}, &SharedObject::place) -
      interned_.begin());
}

void MarshalCursor::Reference(Value& value) {
  ReadAgain(shared_, Take<uint32_t>(), value);
}

void MarshalCursor::ReadAgain(const std::vector<SharedObject>& objects,
                              uint32_t number, Value& value) {
  if (number >= objects.size()) {
    Fail("reference to object " + std::to_string(number) + " of only " +
         std::to_string(objects.size()));
  }
  const uint64_t position = position_;
  position_ = objects[number].place;
  Read(Take<uint8_t>() & ~kSharedBit, value);
  if (value.kind == Kind::kInt) TakeRereads(position_ - objects[number].place);
  value.shared = number;
  value.is_reference = true;
  position_ = position;
}

// Digits of 15 bits, least significant first; the sign is that of their number.
void MarshalCursor::ReadLong(Value& value) {
  const auto signed_digits = Take<int32_t>();
  const bool negative = signed_digits < 0;
  const auto digits = static_cast<uint64_t>(std::abs(int64_t{signed_digits}));
  CheckSize(digits, sizeof(uint16_t));
  uint64_t magnitude = 0;
  bool is_huge = false;
  for (uint64_t i = 0; i < digits; ++i) {
    const uint64_t digit = Take<uint16_t>();
    if (digit > 0x7fff || (digit == 0 && i + 1 == digits)) {
      Fail("long integer with a bad digit");
    }
    if (i < 4) magnitude |= digit << (15 * i);
    if (i == 4) is_huge |= digit > 7;
    if (i == 4 && digit <= 7) magnitude |= digit << 60;
    is_huge |= i > 4;
  }
  value.kind = Kind::kInt;
  if (is_huge) {
    value.integer = negative ? INT64_MIN : INT64_MAX;
  } else {
    value.integer = negative ? -static_cast<int64_t>(magnitude)
                             : static_cast<int64_t>(magnitude);
  }
}

void MarshalCursor::ReadTextFloat(Value& value) {
  const uint64_t size = CheckSize(Take<uint8_t>(), 1);
  const char* begin = bytes_.data() + position_;
  position_ += size;
  value.kind = Kind::kFloat;
  const auto [end, error] = std::from_chars(begin, begin + size, value.real);
  if (error == std::errc::invalid_argument || end != begin + size) {
    Fail("float whose text is no number");
  }
  if (error == std::errc::result_out_of_range) {
    value.real = std::strtod(std::string(begin, size).c_str(), nullptr);
  }
}

std::string_view MarshalCursor::Text(const Value& string,
                                     std::string& scratch) const {
  const std::string_view bytes = Bytes(string);
  const bool is_latin1 = string.code == 'z' || string.code == 'Z' ||
                         string.code == 'a' || string.code == 'A';
  if (IsAscii(bytes) || (!is_latin1 && IsWtf8(bytes))) return bytes;
  return scratch = Latin1ToUtf8(bytes);
}

void MarshalCursor::Skip(const Value& value) {
  if (value.is_reference) return;
  if (value.kind == Kind::kCode) {
    SkipCode(nullptr);
  } else if (value.kind == Kind::kDict ||
             (value.size != 0 && value.kind != Kind::kString)) {
    SkipItems(value);
  }
}

void MarshalCursor::SkipItems(const Value& container) {
  if (++depth_ > kDeepest) Fail("objects nested too deep");
  if (container.kind == Kind::kDict) {
    for (Value key = Next(); key.kind != Kind::kNull; key = Next()) {
      Skip(key);
      const Value value = Next();
      if (value.kind == Kind::kNull) Fail("dict that ends after a key");
      Skip(value);
    }
  } else {
    for (uint64_t i = 0; i < container.size; ++i) {
      const Value item = Next();
      if (item.kind == Kind::kNull) Fail("NULL within a container");
      Skip(item);
    }
  }
  --depth_;
}

std::string MarshalCursor::CodeName(const Value& code) {
  const Mark mark = Enter(code);
  std::string name;
  SkipCode(&name);
  Leave(mark);
  return name;
}

// All code objects of a file have one layout, that of the Python that wrote it:
// it is the first one that fits the first of them.
void MarshalCursor::SkipCode(std::string* name) {
  if (++depth_ > kDeepest) Fail("objects nested too deep");
  if (code_layout_ != nullptr) {
    if (!TryCode(*code_layout_, name)) Fail("malformed code object");
    --depth_;
    return;
  }
  const uint64_t position = position_, last = last_;
  const uint32_t next_shared = next_shared_;
  const size_t shared = shared_.size();
  const size_t interned = interned_.size();
  const int depth = depth_;
  for (const CodeLayout& layout : kCodeLayouts) {
    code_layout_ = &layout;
    try {
      if (TryCode(layout, name)) {
        depth_ = depth - 1;
        return;
      }
    } catch (const Error&) {
      // It was read in the wrong layout: try the next.
    }
    position_ = position;
    last_ = last;
    next_shared_ = next_shared;
    depth_ = depth;
    shared_.resize(shared);
    interned_.resize(interned);
  }
  code_layout_ = nullptr;
  Fail("code object of no known Python version, or malformed");
}

bool MarshalCursor::TryCode(const CodeLayout& layout, std::string* name) {
  for (int i = 0; i < layout.leading_ints; ++i) Take<int32_t>();
  Value file, function;
  int32_t line = 0;
  for (const char* field = layout.fields; *field != '\0'; ++field) {
    if (*field == 'i') {
      line = Take<int32_t>();
      continue;
    }
    const Value value = Next();
    const Kind expected = *field == 't' ? Kind::kTuple : Kind::kString;
    if (value.kind != expected) return false;
    if (*field == 'F') file = value;
    if (*field == 'N') function = value;
    Skip(value);
  }
  if (name == nullptr) return true;
  std::string scratch;
  *name = "<code object ";
  *name += Text(function, scratch);
  *name += ", file \"";
  *name += Text(file, scratch);
  // Line 0 reads -1: code_repr() of CPython's Objects/codeobject.c.
  *name += "\", line " + std::to_string(line == 0 ? -1 : line) + ">";
  return true;
}

void MarshalCursor::Fail(const std::string& message) const {
  throw Error(message, last_);
}

void MarshalCursor::FailTruncated() const {
  throw Error("truncated: the data ends within a value", bytes_.size());
}

void MarshalCursor::FailSize(uint64_t size) const {
  throw Error(
      "truncated or corrupt: " + std::to_string(static_cast<int64_t>(size)) +
          " items or bytes are announced, but only " + std::to_string(left()) +
          " bytes are left",
      last_);
}

void MarshalCursor::FailNumber() const {
  Fail("more shared objects than marshal can have");
}

void MarshalCursor::FailCode(uint8_t code) const {
  if (code == '}') {
    Fail("frozendict, of marshal version 6 (Python 3.15), is not supported");
  }
  char message[64];
  std::snprintf(message, sizeof message, "unknown marshal type code 0x%02x",
                code);
  Fail(message);
}

}  // namespace prof2cg::marshal
