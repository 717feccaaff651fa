#include "allocator/python/events.h"

#include <cassert>
#include <utility>
#include <vector>

#include "allocator/python/observing.h"
#include "allocator/python/thread_names.h"

namespace prof2cg::python {

constinit Recorder* recorder = nullptr;
std::string own_folder;
Seeding seeding;

namespace {

// The innermost first.
std::vector<Frame*> FramesFrom(Frame* frame) {
  std::vector<Frame*> frames;
  for (; frame != nullptr; frame = CallerOf(frame)) {
    frames.push_back(frame);
    if (CodeOf(frame) == seeding.first) break;
  }
  return frames;
}

}  // namespace

RecordedThread* AttachThread(Frame* frame) {
  assert(PyGILState_Check());
  RecordedThread* thread = recorder->Attach();
  if (thread == nullptr) return nullptr;
  NameThread(*thread);
  if (!seeding.is_on) return thread;
  std::vector<Frame*> frames = FramesFrom(frame);
  for (; !frames.empty(); frames.pop_back()) {
    EnterCode(*thread, CodeOf(frames.back()), CallerOf(frames.back()), 0);
  }
  return thread;
}

RecordedFunction NewCode(PyCodeObject* code) {
  RecordedFunction function = DescribeCode(code);
  function.is_hidden =
      !own_folder.empty() && function.file.starts_with(own_folder);
  return function;
}

RecordedFunction NewMethod(const PyMethodDef* method, PyObject* self,
                           PyObject* module) {
  RecordedFunction function = DescribeMethod(method, self, module);
  function.is_hidden = IsOwnMethod(method);
  return function;
}

}  // namespace prof2cg::python
