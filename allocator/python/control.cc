#include "allocator/python/control.h"

#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>

#include "converter/io/control_address.h"

namespace prof2cg::python {
namespace {

// A client must not keep the watcher from its other work.
constexpr timeval kPatience = {.tv_sec = 1, .tv_usec = 0};
constexpr int kWaitingClients = 8;

// The first line, without its end; "" if none comes in time.
std::string ReceiveLine(const Descriptor& client) {
  char bytes[64];
  const ssize_t size = recv(client.get(), bytes, sizeof bytes, 0);
  const std::string_view text(bytes, size > 0 ? static_cast<size_t>(size) : 0);
  return std::string(text.substr(0, text.find('\n')));
}

}  // namespace

Descriptor ListenToControl() {
  const ControlAddress address(getpid());
  Descriptor listener(
      socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (bind(listener.get(), address.get(), address.size()) != 0 ||
      listen(listener.get(), kWaitingClients) != 0) {
    return Descriptor();
  }
  return listener;
}

void AnswerControl(
    const Descriptor& listener,
    const std::function<std::string(std::string_view word)>& answer) {
  const Descriptor client(
      accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
  if (!client.is_open()) {
    // The client still waits: without this the watcher would be back at once.
    if (errno == EMFILE || errno == ENFILE) sleep(1);
    return;
  }
  const uid_t user = PeerOf(client.get()).uid;
  if (user != 0 && user != geteuid()) return;
  for (const int side : {SO_RCVTIMEO, SO_SNDTIMEO}) {
    setsockopt(client.get(), SOL_SOCKET, side, &kPatience, sizeof kPatience);
  }
  const std::string word = ReceiveLine(client);
  if (word.empty()) return;
  const std::string line = answer(word) + '\n';
  send(client.get(), line.data(), line.size(), MSG_NOSIGNAL);
}

}  // namespace prof2cg::python
