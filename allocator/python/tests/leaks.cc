// The module `leaks`: known faults for Valgrind to find, each in a function of
// its name.
#define PY_SSIZE_T_CLEAN
#include <Python.h>

namespace {

constexpr size_t kSmall = 40;
constexpr size_t kLarge = 100;

}  // namespace

extern "C" {

// Volatile, so that none ends by a jump and is on no stack.

[[gnu::noinline]] static void* LoseSmall() {
  void* volatile block = PyMem_Malloc(kSmall);
  return block;
}

[[gnu::noinline]] static void* LoseLarge() {
  void* volatile block = PyObject_Malloc(kLarge);
  return block;
}

// Of that size, and kept.
[[gnu::noinline]] static void* Hold(size_t size) {
  void* volatile block = PyObject_Malloc(size);
  return block;
}

[[gnu::noinline]] static int ReadBehind() {
  char* const block = static_cast<char*>(PyMem_Malloc(kSmall));
  block[0] = 0;
  const int byte = *static_cast<volatile char*>(block + kSmall);
  PyMem_Free(block);
  return byte;
}

[[gnu::noinline]] static int ReadFreed() {
  char* const block = static_cast<char*>(PyMem_Malloc(kSmall));
  block[0] = 0;
  PyMem_Free(block);
  return *static_cast<volatile char*>(block);
}

// 100 blocks of 40 bytes, and 50 of 100.
static PyObject* Lose(PyObject*, PyObject*) {
  void* volatile lost = nullptr;
  for (int i = 0; i < 100; ++i) lost = LoseSmall();
  for (int i = 0; i < 50; ++i) lost = LoseLarge();
  lost = nullptr;
  (void)lost;
  Py_RETURN_NONE;
}

static PyObject* HoldMany(PyObject*, PyObject*) {
  static void* held[10000];
  for (void*& block : held) block = Hold(400);
  Py_RETURN_NONE;
}

static PyObject* Misuse(PyObject*, PyObject*) {
  return PyLong_FromLong(ReadBehind() + ReadFreed());
}
}

namespace {

PyMethodDef methods[] = {
    {"lose", Lose, METH_NOARGS, nullptr},
    {"hold", HoldMany, METH_NOARGS, nullptr},
    {"misuse", Misuse, METH_NOARGS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

PyModuleDef definition = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "leaks",
    .m_doc = nullptr,
    .m_size = -1,
    .m_methods = methods,
    .m_slots = nullptr,
    .m_traverse = nullptr,
    .m_clear = nullptr,
    .m_free = nullptr,
};

}  // namespace

PyMODINIT_FUNC PyInit_leaks() { return PyModule_Create(&definition); }
