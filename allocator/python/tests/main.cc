// The test program of one interpreter, whose path is in $PYTHON.
#define BOOST_TEST_MODULE recording_programs
#include <boost/test/unit_test.hpp>

#include "allocator/python/tests/sanitized.h"

namespace prof2cg {
BOOST_TEST_GLOBAL_FIXTURE(SanitizedPython);
}  // namespace prof2cg
