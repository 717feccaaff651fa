// Profiles of pprof: messages of Protocol Buffers, compressed by gzip. The
// fields of each, by google/pprof's proto/profile.proto.
//
// All text is in the string table, of which the first is "", and stands for
// its place there. Samples have locations by their ids, the last called first;
// a location has lines, the innermost of inlined functions first; a line has a
// function by its id. Every sample has a value for each sample type.
#ifndef PROF2CG_CONVERTER_IO_PPROF_FORMAT_H_
#define PROF2CG_CONVERTER_IO_PPROF_FORMAT_H_

#include <cstdint>
#include <string_view>

namespace prof2cg::pprof {

enum ProfileField : uint32_t {
  kSampleType = 1,  // ValueType
  kSample = 2,
  kMapping = 3,
  kLocation = 4,
  kFunction = 5,
  kStringTable = 6,
  kDropFrames = 7,  // regular expressions: functions that nobody wants to see
  kKeepFrames = 8,
  kTimeNanos = 9,
  kDurationNanos = 10,
  kPeriodType = 11,  // ValueType
  kPeriod = 12,      // between samples
  kComment = 13,
  kDefaultSampleType = 14,
  kDocUrl = 15,
};

enum ValueTypeField : uint32_t { kType = 1, kUnit = 2 };

enum SampleField : uint32_t { kLocationId = 1, kValue = 2, kLabel = 3 };

enum LabelField : uint32_t {
  kKey = 1,
  kText = 2,
  kNumber = 3,
  kNumberUnit = 4
};

enum MappingField : uint32_t {
  kMappingId = 1,
  kFilename = 5,
  kHasFunctions = 7,
  kHasFilenames = 8,
  kHasLineNumbers = 9,
  kHasInlineFrames = 10,
};

enum LocationField : uint32_t {
  kId = 1,
  kMappingOfLocation = 2,
  kAddress = 3,
  kLine = 4,
  kIsFolded = 5,
};

enum LineField : uint32_t { kFunctionId = 1, kLineNumber = 2, kColumn = 3 };

enum FunctionField : uint32_t {
  kFunctionOfId = 1,
  kName = 2,
  kSystemName = 3,
  kFile = 4,
  kStartLine = 5,
};

// What our files have beside that: a label of stacks that nobody measured, and
// comments that begin so.
inline constexpr std::string_view kThread = "thread";
inline constexpr std::string_view kEstimated = "estimated";
inline constexpr std::string_view kCommand = "Command: ";
inline constexpr std::string_view kFidelity = "Fidelity: ";

}  // namespace prof2cg::pprof

#endif  // PROF2CG_CONVERTER_IO_PPROF_FORMAT_H_
