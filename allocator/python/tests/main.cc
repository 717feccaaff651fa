// The test program of one interpreter, whose path is in $PYTHON.
#define BOOST_TEST_MODULE recording_programs
#include <boost/test/unit_test.hpp>
