#include "converter/control.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <string_view>

#include "converter/io/control_address.h"
#include "converter/io/descriptor.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

pid_t ToProcess(const std::string& text) {
  pid_t process = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), process);
  if (error != std::errc() || end != text.data() + text.size() ||
      process <= 0) {
    throw Error(text + ": a process has a number");
  }
  return process;
}

Descriptor Connect(pid_t process) {
  const std::string name = std::to_string(process);
  if (kill(process, 0) != 0 && errno == ESRCH) {
    throw Error(name + ": there is no such process");
  }
  Descriptor connection(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const ControlAddress address(process);
  if (connect(connection.get(), address.get(), address.size()) != 0 ||
      PeerOf(connection.get()).pid != process) {
    throw Error(name +
                ": does not listen: is it recorded, with --instr-atstart=no "
                "or --control?");
  }
  return connection;
}

// The line that it sends.
std::string ReceiveAnswer(const Descriptor& connection,
                          const std::string& process,
                          std::chrono::milliseconds patience) {
  constexpr size_t kLongestAnswer = 4096;
  std::string answer;
  while (answer.empty() || answer.back() != '\n') {
    if (answer.size() > kLongestAnswer) throw Error(process + ": talks on");
    pollfd wait = {connection.get(), POLLIN, 0};
    if (poll(&wait, 1, static_cast<int>(patience.count())) == 0) {
      throw Error(process +
                  ": no answer: it may be stopped, or busy in a built-in "
                  "function, and do so later");
    }
    char bytes[256];
    const ssize_t size = recv(connection.get(), bytes, sizeof bytes, 0);
    if (size <= 0) throw Error(process + ": ended, or is not yours");
    answer.append(bytes, static_cast<size_t>(size));
  }
  answer.pop_back();
  return answer;
}

}  // namespace

std::string ControlRecording(const std::string& process, bool on,
                             std::chrono::milliseconds patience) {
  const Descriptor connection = Connect(ToProcess(process));
  const std::string_view word = on ? "on\n" : "off\n";
  send(connection.get(), word.data(), word.size(), MSG_NOSIGNAL);
  std::string answer = ReceiveAnswer(connection, process, patience);
  if (answer.starts_with(kControlDone)) return answer.substr(1);
  throw Error(process + ": " +
              answer.substr(std::min<size_t>(1, answer.size())));
}

}  // namespace prof2cg
