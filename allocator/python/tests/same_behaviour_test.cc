// A program does the same whether it is recorded or not.
#include <boost/test/unit_test.hpp>
#include <regex>
#include <string>

#include "allocator/python/tests/recording_folder.h"

namespace prof2cg {
namespace {

// What to run, as `python` and `prof2cg record` take it.
constexpr const char* kPrograms[] = {
    "main.py",
    "main.py a -q --events 'b c' -m x -o y",
    "./main.py a",
    "folder/../main.py",
    "$PWD/main.py a",
    "link.py",
    "main.pyc a",
    "-m main a -q",

    "-m package a",
    "-m package.other",
    "-m package.nothing",
    "-m nothing",
    "-m folder",
    "-m json.tool input",
    "folder a",
    "./folder/ a",
    "package",
    "programs.zip a",
    "-c ''",
    "-c 'import sys; print(sys.argv, sys.path, globals().keys())' a -c -m",
    "-c 'def f():\n    1 / 0\nf()'",
    "-c 'f('",
    "not_there.py",
    "not_there/main.py",
    "unreadable.py",
    "empty_folder",
    "syntax.py",
    "indentation.py",
    "encoding.py",
    "unknown_encoding.py",
    "null.py",
    "latin.py",
    "mark.py",
    "carriage.py",
    "empty.py",
    "raise.py",
    "print_exception.py",
    "recursion.py",
    "hook.py",

    "exit_none.py",
    "exit_zero.py",
    "exit_three.py",
    "exit_big.py",
    "exit_text.py",
    "exit_object.py",
    "exit_true.py",
    "exit_at_exit.py",
    "order.py",
    "thread_exit.py",
    "interrupt.py",
    "interrupt_caught.py",
    "terminate.py",
    "handler.py",
    "leave_at_once.py",
    "replace.py",
    "abort.py",
    "fork.py",
    "subprocesses.py",
    "descriptors.py",
    "streams.py",
    "warn.py",
    "asynchronous.py",
    "imports.py",
    "own_profiler.py",
};

// Where objects are, and processes' numbers, differ from run to run.
std::string WithoutNumbers(const std::string& text) {
  static const std::regex numbers("0x[0-9a-f]+|pid=[0-9]+");
  return std::regex_replace(text, numbers, "N");
}

void CheckSame(const RecordingFolder& folder, const std::string& program) {
  BOOST_TEST_CONTEXT(program) {
    const Result alone = folder.Alone(program);
    const Result recorded = folder.Recorded(program);
    BOOST_TEST(recorded.status == alone.status);
    BOOST_TEST(WithoutNumbers(recorded.out) == WithoutNumbers(alone.out));
    BOOST_TEST(WithoutNumbers(recorded.err) == WithoutNumbers(alone.err));
  }
}

BOOST_AUTO_TEST_SUITE(ARecordedProgram)

BOOST_AUTO_TEST_CASE(DoesWhatItDoesAlone) {
  const RecordingFolder folder;
  folder.Run(
      "ln -s main.py link.py && mkdir empty_folder && "
      "echo 1 >unreadable.py && chmod 0 unreadable.py && "
      "(cd folder && $Y -m zipfile -c ../programs.zip *.py) && "
      "$Y -c 'import py_compile; py_compile.compile(\"main.py\", "
      "\"main.pyc\")'");
  for (const char* program : kPrograms) CheckSame(folder, program);
}

BOOST_AUTO_TEST_CASE(HasItsChildrenAndTheirStatus) {
  const RecordingFolder folder;
  for (const char* way : {"fork", "spawn", "forkserver"}) {
    CheckSame(folder, std::string("processes.py ") + way);
  }
}

BOOST_AUTO_TEST_CASE(KnowsTheFlagsOfItsInterpreter) {
  const RecordingFolder folder;
  const std::string main = kPackage / "__main__.py";
  for (const std::string flags : {"-O -W error -X dev", "-I", "-S -E -B -u"}) {
    BOOST_TEST_CONTEXT(flags) {
      const Result alone = folder.Run("$Y " + flags + " main.py a <input");
      const Result recorded =
          folder.Run("$Y " + flags + " " + main + " -q main.py a <input");
      BOOST_TEST(recorded.out == alone.out);
      BOOST_TEST(recorded.err == alone.err);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
