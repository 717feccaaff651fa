// Where a recorded process listens to `prof2cg control`.
//
// It is an abstract Unix socket that is named after the process, so nothing is
// left behind in a folder. The kernel tells both sides who the other one is. A
// connection is one request, "on" or "off", and one answer: '+' and what now
// is, or '-' and what is wrong. A line feed ends each.
#ifndef PROF2CG_CONVERTER_IO_CONTROL_ADDRESS_H_
#define PROF2CG_CONVERTER_IO_CONTROL_ADDRESS_H_

#include <sys/socket.h>
#include <sys/types.h>
#include <sys/un.h>

#include <cstddef>
#include <cstring>
#include <string>

namespace prof2cg {

inline constexpr char kControlDone = '+';
inline constexpr char kControlTrouble = '-';

class ControlAddress {
 public:
  explicit ControlAddress(pid_t process) {
    const std::string name = "prof2cg-" + std::to_string(process);
    address_.sun_family = AF_UNIX;
    // The zero in front makes it abstract.
    std::memcpy(address_.sun_path + 1, name.data(), name.size());
    size_ = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 +
                                   name.size());
  }

  const sockaddr* get() const {
    return reinterpret_cast<const sockaddr*>(&address_);
  }
  socklen_t size() const { return size_; }

 private:
  sockaddr_un address_ = {};
  socklen_t size_;
};

// Who is at the other end of a connected socket.
inline ucred PeerOf(int socket) {
  ucred peer = {.pid = -1, .uid = static_cast<uid_t>(-1), .gid = 0};
  socklen_t size = sizeof peer;
  getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size);
  return peer;
}

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_IO_CONTROL_ADDRESS_H_
