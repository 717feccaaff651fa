// Profiles to write, and what is written of them.
#ifndef PROF2CG_CONVERTER_WRITERS_TEST_SUPPORT_H_
#define PROF2CG_CONVERTER_WRITERS_TEST_SUPPORT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "converter/io/output.h"
#include "converter/io/test_support.h"
#include "converter/writers/writer.h"
#include "graph/profile_builder.h"

namespace prof2cg {

struct Text {
  std::string name;
  std::string file = "x.py";
  std::string object = "x";
  uint32_t line = 1;
};

inline FunctionId Add(ProfileBuilder& builder, const Text& text) {
  return builder.AddFunction({builder.Intern(text.name),
                              builder.Intern(text.file),
                              builder.Intern(text.object), text.line});
}

inline EventSet Nanoseconds() {
  return EventSet({{"ns", "Time [ns]", Unit::kNanoseconds}});
}

// A name that dumps may hold, and as what it must be written: on one line, in
// UTF-8, without blanks that KCachegrind would drop.
struct NastyName {
  std::string name;
  std::string written;
};

inline std::vector<NastyName> NastyNames() {
  using namespace std::string_literals;
  const std::string long_name(100'000, 'x');
  return {
      {"(1)", "(1)"},
      {"(1) f", "(1) f"},
      {"(1x", "(1x"},
      {"(lambda)", "(lambda)"},
      {")", ")"},
      {"#", "#"},
      {"\"f\"", "\"f\""},
      {"f'2'g", "f'2'g"},
      {"f\\n", "f\\n"},
      {"f\n", "f\\n"},
      {"f\r\nfn=g", "f\\r\\nfn=g"},
      {"\tf", "\\tf"},
      {"f\0g"s, "f\\x00g"},
      {"\x1b[31m\x7f", "\\x1b[31m\\x7f"},
      {"", "<unnamed>"},
      {"<unnamed>", "<unnamed>"},
      {" ", "\\x20"},
      {"  f  ", "\\x20 f \\x20"},
      {"\xc2\xa0"
       "f",
       "\\xa0f"},  // no-break space
      {"\xe3\x80\x80"
       "f",
       "\\u3000f"},  // ideographic space
      {"f\xc2\x85g", "f\\x85g"},
      {"f\xe2\x80\xa8g", "f\\u2028g"},
      {"f\xe2\x80\xaeg", "f\\u202eg"},
      {"café", "café"},
      {"caf\xe9", "caf\\xe9"},          // Latin-1
      {"caf\xed\xb3\xa9", "caf\\xe9"},  // the surrogate for that byte
      {"caf\\xe9", "caf\\xe9"},
      {"f\xed\xa0\x80", "f\\ud800"},
      {"\xf0\x9f\x90\x8d", "\xf0\x9f\x90\x8d"},
      {"f [2]", "f [2]"},
      {"f:12", "f:12"},
      {"calls=1 1", "calls=1 1"},
      {"fn=(1)", "fn=(1)"},
      {"totals: 7", "totals: 7"},
      {"C::f", "C::f"},
      {"~", "~"},
      {long_name, long_name},
      {long_name + "y", long_name + "y"},
  };
}

struct WrittenProfile {
  std::string text;
  std::vector<Oddity> oddities;
};

inline WrittenProfile WriteAs(const char* format, const Profile& profile) {
  const TestFolder folder;
  const std::string path = folder / "written";
  Output output(path, {});
  std::vector<Oddity> oddities = FindWriter(format)->write(profile, output);
  output.Commit();
  return {ContentOf(path), oddities};
}

inline WrittenProfile WriteCallgrind(const Profile& profile) {
  return WriteAs("callgrind", profile);
}

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_TEST_SUPPORT_H_
