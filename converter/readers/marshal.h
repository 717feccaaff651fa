// Python's marshal format, versions 0 to 5, read in place without Python.
//
// Layout after CPython's Python/marshal.c: a type code, whose top bit says that
// the object is shared and takes the next number, and a payload. A later 'r'
// names such a number. A container takes its number before its items; None,
// True, False, Ellipsis and StopIteration never take one. Python 2 shares only
// interned strings ('t'), which have numbers of their own ('R').
//
// Nothing is built: a shared object is remembered by where it stands and read
// there again when a reference comes, so memory is 8 bytes per shared object,
// however often it is referred to. Every length is checked against the bytes
// that are left before it is believed. An offset in an Error is a byte of the
// marshalled data.
#ifndef PROF2CG_CONVERTER_READERS_MARSHAL_H_
#define PROF2CG_CONVERTER_READERS_MARSHAL_H_

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "converter/readers/marshal_value.h"

namespace prof2cg::marshal {

static_assert(std::endian::native == std::endian::little,
              "marshal is little-endian and is read in place");

// A cursor (marshal_value.h) over the one object at `begin` of `bytes`.
class MarshalCursor final {
 public:
  // Borrows `bytes`, which must outlive the cursor.
  explicit MarshalCursor(std::string_view bytes, uint64_t begin = 0)
      : bytes_(bytes),
        position_(begin),
        rereads_left_(kFewRereads +
                      kMostRereads * static_cast<int64_t>(bytes.size())) {
    // Room for one in so many bytes: usual, and free where it is not needed.
    constexpr size_t kBytesPerObject = 24, kMost = size_t{1} << 24;
    shared_.reserve(std::min(bytes.size() / kBytesPerObject, kMost));
  }

  Value Next() {
    last_ = position_;
    const uint8_t code = Take<uint8_t>();
    Value value;
    if (code == 'r') {
      Reference(value);
      return value;
    }
    if ((code & kSharedBit) != 0 || code == 't') value.shared = Number(code);
    Read(code & ~kSharedBit, value);
    if (value.shared != Value::kNotShared) KeepInt(value);
    return value;
  }

  Mark Enter(const Value& container) {
    if (!container.is_reference) return {};
    const Mark mark{position_, next_shared_};
    position_ = container.place;
    next_shared_ = container.shared + 1;
    rereads_left_ += static_cast<int64_t>(position_);
    return mark;
  }

  void Leave(const Mark& mark) {
    if (mark.place == Mark::kNowhere) return;
    TakeRereads(position_);
    position_ = mark.place;
    next_shared_ = mark.shared;
  }

  void Skip(const Value& value);
  std::string_view Text(const Value& string, std::string& scratch) const;
  std::string CodeName(const Value& code);

  // A string as it stands there.
  std::string_view Bytes(const Value& string) const {
    return bytes_.substr(string.place, string.size);
  }

  void Memorize(const Value& value, uint32_t word) {
    if (value.shared == Value::kNotShared) return;
    if ((value.shared & kInternedBit) != 0) {
      interned_[value.shared & ~kInternedBit].memo = word << 1;
    } else {
      shared_[value.shared].memo = word << 1;
    }
  }

  bool TakeDict() { return TakeCode('{'); }
  bool TakeEnd() { return TakeCode('0'); }

  std::optional<int32_t> TakeInt() {
    int32_t value;
    if (left() < kIntBytes || !GetInt(here(), value)) return std::nullopt;
    last_ = position_;
    position_ += kIntBytes;
    return value;
  }

  bool TakeTuple(uint8_t size) {
    if (left() < kTupleBytes || !IsTuple(here(), size)) return false;
    last_ = position_;
    position_ += kTupleBytes;
    return true;
  }

  std::optional<Triple> TakeTriple() {
    constexpr size_t kBytes = kTupleBytes + 2 * kReferenceBytes + kIntBytes;
    if (left() < kBytes) return std::nullopt;
    const auto code = static_cast<uint8_t>(*here());
    if ((code & ~kSharedBit) != ')' || here()[1] != 3) return std::nullopt;
    const char* const first = here() + kTupleBytes;
    const char* const number = first + kReferenceBytes;
    const char* const last = number + kIntBytes;
    if (*first != 'r' || *last != 'r') return std::nullopt;
    const uint32_t first_memo = GetMemo(first, shared_);
    const uint32_t last_memo = GetMemo(last, shared_);
    Triple triple;
    if (!IsMemo(first_memo) || !IsMemo(last_memo) ||
        !GetInt(number, triple.number)) {
      return std::nullopt;
    }
    triple.first = first_memo >> 1;
    triple.last = last_memo >> 1;
    last_ = position_;
    if ((code & kSharedBit) != 0) triple.tuple.shared = AddShared();
    position_ += kBytes;
    return triple;
  }

  std::optional<FourFigures> TakeFigures() {
    FourFigures figures;
    if (left() < kFiguresBytes || !GetFigures(here(), figures)) {
      return std::nullopt;
    }
    last_ = position_;
    position_ += kFiguresBytes;
    return figures;
  }

  uint32_t TakeMemo() {
    if (left() < kReferenceBytes) return 0;
    const char code = *here();
    if (code != 'r' && code != 'R') return 0;
    const uint32_t memo = GetMemo(here(), code == 'r' ? shared_ : interned_);
    if (!IsMemo(memo)) return 0;
    last_ = position_;
    position_ += kReferenceBytes;
    return memo >> 1;
  }

  size_t TakeItems(std::span<Item> items) {
    const size_t most = std::min<size_t>(items.size(), left() / kItemBytes);
    const char* item = here();
    size_t taken = 0;
    for (; taken < most; ++taken, item += kItemBytes) {
      const char* const tuple = item + kReferenceBytes;
      if (*item != 'r' || !IsTuple(tuple, 4)) break;
      const uint32_t memo = GetMemo(item, shared_);
      if (!IsMemo(memo) ||
          !GetFigures(tuple + kTupleBytes, items[taken].figures)) {
        break;
      }
      items[taken].memo = memo >> 1;
    }
    if (taken != 0) last_ = position_ + (taken - 1) * kItemBytes;
    position_ += taken * kItemBytes;
    return taken;
  }

  [[noreturn]] void Fail(const std::string& message) const;

  // The first byte that was not read yet.
  uint64_t position() const { return position_; }

 private:
  static constexpr uint8_t kSharedBit = 0x80;
  static constexpr uint32_t kInternedBit = uint32_t{1} << 31;
  // Python itself stops at 2000; profiles need 5, code objects some 20.
  static constexpr int kDeepest = 200;

  // How often all bytes may be read again because references lead to them, so
  // that a small hostile file cannot keep us busy. Real dumps stay below 1; one
  // whose callers all share one tuple, at 3.
  static constexpr int64_t kMostRereads = 16;
  static constexpr int64_t kFewRereads = 1 << 20;

  // What a reference may name.
  struct SharedObject {
    uint32_t place;  // of its type code
    // 0: none; else the reader's word, or with kIntMemo the int that stands
    // there: most figures of a profile are a few small ints, all over the file.
    uint32_t memo;
  };
  static constexpr uint32_t kIntMemo = 1;

  static bool IsMemo(uint32_t memo) {
    return memo != 0 && (memo & kIntMemo) == 0;
  }

  void KeepInt(const Value& value) {
    if (value.kind == Kind::kInt && value.integer >= 0 &&
        value.integer <= INT32_MAX) {
      shared_[value.shared].memo =
          static_cast<uint32_t>(value.integer) << 1 | kIntMemo;
    }
  }

  // How the code objects of one range of Python versions are laid out.
  struct CodeLayout;
  static const CodeLayout kCodeLayouts[];

  uint64_t left() const { return bytes_.size() - position_; }

  bool TakeCode(char code) {
    if (left() == 0 || *here() != code) return false;
    last_ = position_++;
    return true;
  }

  template <class T>
  T Take() {
    if (left() < sizeof(T)) FailTruncated();
    T value;
    std::memcpy(&value, bytes_.data() + position_, sizeof value);
    position_ += sizeof value;
    return value;
  }

  const char* here() const { return bytes_.data() + position_; }

  // What follows looks at so many bytes, which must be there.
  static constexpr size_t kReferenceBytes = 1 + sizeof(uint32_t);
  static constexpr size_t kTupleBytes = 2;
  static constexpr size_t kIntBytes = 1 + sizeof(int32_t);  // or a reference's
  static constexpr size_t kFloatBytes = 1 + sizeof(double);
  static constexpr size_t kFiguresBytes = 2 * kIntBytes + 2 * kFloatBytes;
  static constexpr size_t kItemBytes =
      kReferenceBytes + kTupleBytes + kFiguresBytes;

  // What is known of the object that the reference at `code` names.
  static uint32_t GetMemo(const char* code,
                          const std::vector<SharedObject>& objects) {
    uint32_t number;
    std::memcpy(&number, code + 1, sizeof number);
    return number < objects.size() ? objects[number].memo : 0;
  }

  static bool IsTuple(const char* code, uint8_t size) {
    return code[0] == ')' && static_cast<uint8_t>(code[1]) == size;
  }

  bool GetFigures(const char* code, FourFigures& figures) const {
    const char* const times = code + 2 * kIntBytes;
    if (times[0] != 'g' || times[kFloatBytes] != 'g') return false;
    std::memcpy(&figures.times[0], times + 1, sizeof(double));
    std::memcpy(&figures.times[1], times + kFloatBytes + 1, sizeof(double));
    return GetInt(code, figures.counts[0]) &&
           GetInt(code + kIntBytes, figures.counts[1]);
  }

  // The int that `code` begins or refers to, if it does. Inline by force: most
  // of a dump's objects are these, and whether g++ does it hangs on the size of
  // the whole program.
  [[gnu::always_inline]] bool GetInt(const char* code, int32_t& value) const {
    if (*code == 'i') {
      std::memcpy(&value, code + 1, sizeof value);
      return true;
    }
    if (*code != 'r') return false;
    const uint32_t memo = GetMemo(code, shared_);
    value = static_cast<int32_t>(memo >> 1);
    return (memo & kIntMemo) != 0;
  }

  // A count of things that take at least `bytes_each` bytes.
  uint64_t TakeSize(uint64_t bytes_each) {
    // A negative size is one beyond all bytes.
    return CheckSize(static_cast<uint64_t>(Take<int32_t>()), bytes_each);
  }
  uint64_t CheckSize(uint64_t size, uint64_t bytes_each) const {
    if (size > left() / bytes_each) FailSize(size);
    return size;
  }

  void TakeRereads(uint64_t bytes) {
    rereads_left_ -= static_cast<int64_t>(bytes);
    if (rereads_left_ < 0) Fail("the same objects are referred to too often");
  }

  uint32_t Number(uint8_t code);
  // The number of the object that was met last.
  uint32_t AddShared() {
    const uint32_t number = next_shared_++;
    if (number >= kInternedBit) FailNumber();
    if (number == shared_.size()) {  // else it is read again
      shared_.push_back({static_cast<uint32_t>(last_), 0});
    }
    return number;
  }
  size_t InternedNumber() const;
  void Reference(Value& value);
  void ReadAgain(const std::vector<SharedObject>& objects, uint32_t number,
                 Value& value);
  void Read(uint8_t code, Value& value);
  void ReadContents(uint64_t size, Kind kind, Value& value);
  void ReadLong(Value& value);
  void ReadTextFloat(Value& value);
  void SkipItems(const Value& container);
  // Names are made only where they are asked for.
  void SkipCode(std::string* name);
  bool TryCode(const CodeLayout& layout, std::string* name);

  [[noreturn]] void FailTruncated() const;
  [[noreturn]] void FailSize(uint64_t size) const;
  [[noreturn]] void FailNumber() const;
  [[noreturn]] void FailCode(uint8_t code) const;

  std::string_view bytes_;
  uint64_t position_;
  uint64_t last_ = 0;     // where the value met last starts
  int64_t rereads_left_;  // bytes; less by Leave, so more while within
  std::vector<SharedObject> shared_;
  std::vector<SharedObject> interned_;
  uint32_t next_shared_ = 0;
  int depth_ = 0;
  const CodeLayout* code_layout_ = nullptr;  // of the first code object
};

inline void MarshalCursor::ReadContents(uint64_t size, Kind kind,
                                        Value& value) {
  value.kind = kind;
  value.size = size;
  value.place = position_;
}

inline void MarshalCursor::Read(uint8_t code, Value& value) {
  value.code = code;
  switch (code) {
    case 'i':
      value.kind = Kind::kInt;
      value.integer = Take<int32_t>();
      return;
    case 'g':
      value.kind = Kind::kFloat;
      value.real = Take<double>();
      return;
    case ')':
      return ReadContents(CheckSize(Take<uint8_t>(), 1), Kind::kTuple, value);
    case '(':
      return ReadContents(TakeSize(1), Kind::kTuple, value);
    case '{':
      return ReadContents(0, Kind::kDict, value);
    case '0':
      value.kind = Kind::kNull;
      return;
    case 'z':
    case 'Z':
      ReadContents(CheckSize(Take<uint8_t>(), 1), Kind::kString, value);
      position_ += value.size;
      return;
    case 's':
    case 't':
    case 'u':
    case 'a':
    case 'A':
      ReadContents(TakeSize(1), Kind::kString, value);
      position_ += value.size;
      return;
    case 'R': {
      ReadAgain(interned_, Take<uint32_t>(), value);
      value.shared |= kInternedBit;
      return;
    }
    case 'I':
      value.kind = Kind::kInt;
      value.integer = Take<int64_t>();
      return;
    case 'l':
      return ReadLong(value);
    case 'f':
      return ReadTextFloat(value);
    case 'N':
      value.kind = Kind::kNone;
      return;
    case 'T':
    case 'F':
      value.kind = Kind::kBool;
      value.integer = code == 'T';
      return;
    case '[':
      return ReadContents(TakeSize(1), Kind::kList, value);
    case '<':
    case '>':
      return ReadContents(TakeSize(1), Kind::kSet, value);
    case 'c':
      return ReadContents(0, Kind::kCode, value);
    case '.':
    case 'S':
      value.kind = Kind::kOther;
      return;
    case 'y':
      CheckSize(16, 1);
      position_ += 16;
      value.kind = Kind::kOther;
      return;
    case 'x':
      for (int part = 0; part < 2; ++part) {
        position_ += CheckSize(Take<uint8_t>(), 1);
      }
      value.kind = Kind::kOther;
      return;
    case ':':
      return ReadContents(3, Kind::kOther, value);
    default:
      FailCode(code);
  }
}

}  // namespace prof2cg::marshal

#endif  // PROF2CG_CONVERTER_READERS_MARSHAL_H_
