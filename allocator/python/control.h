// The recorded process's side of `prof2cg control` (control_address.h).
#ifndef PROF2CG_ALLOCATOR_PYTHON_CONTROL_H_
#define PROF2CG_ALLOCATOR_PYTHON_CONTROL_H_

#include <functional>
#include <string>
#include <string_view>

#include "converter/io/descriptor.h"

namespace prof2cg::python {

// A socket that can be read when somebody asks. Closed, with errno, if there is
// none to be had.
Descriptor ListenToControl();

// Answers the one who asks, who must be of our user or root. `answer` gives
// what stands in an answer for the word of a request; it is not called for a
// client that says nothing in time.
void AnswerControl(
    const Descriptor& listener,
    const std::function<std::string(std::string_view word)>& answer);

}  // namespace prof2cg::python

#endif  // PROF2CG_ALLOCATOR_PYTHON_CONTROL_H_
