// What came of reading, for the tests of readers.
#ifndef PROF2CG_CONVERTER_READERS_READING_H_
#define PROF2CG_CONVERTER_READERS_READING_H_

#include <string>

#include "graph/error.h"
#include "graph/profile.h"

namespace prof2cg {

// The line of the error that read() throws; "accepted" without one.
template <class Read>
std::string RefusalOf(Read read) {
  try {
    read();
  } catch (const Error& error) {
    return error.Line();
  }
  return "accepted";
}

// A line each.
inline std::string OdditiesOf(const Profile& profile) {
  std::string lines;
  for (const Oddity& oddity : profile.provenance.oddities) {
    lines += oddity.Text() + '\n';
  }
  return lines;
}

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_READING_H_
