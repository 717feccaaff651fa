#include "converter/control.h"

#include <sys/socket.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <string>
#include <thread>

#include "converter/io/control_address.h"
#include "converter/io/descriptor.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

// This process, as one that is recorded: it takes one request.
class Recorded {
 public:
  // Sends `answer` and hangs up; with none, does nothing.
  explicit Recorded(const std::string& answer)
      : listener_(socket(AF_UNIX, SOCK_STREAM, 0)) {
    const ControlAddress address(getpid());
    BOOST_REQUIRE(bind(listener_.get(), address.get(), address.size()) == 0);
    BOOST_REQUIRE(listen(listener_.get(), 1) == 0);
    if (!answer.empty()) thread_ = std::thread([=, this] { Serve(answer); });
  }
  ~Recorded() {
    if (thread_.joinable()) thread_.join();
  }

  const std::string& request() const { return request_; }

 private:
  void Serve(const std::string& answer) {
    const Descriptor client(accept(listener_.get(), nullptr, nullptr));
    char bytes[16];
    const ssize_t size = recv(client.get(), bytes, sizeof bytes, 0);
    request_.assign(bytes, static_cast<size_t>(size));
    // In two pieces, as a socket may.
    send(client.get(), answer.data(), 1, MSG_NOSIGNAL);
    usleep(1000);
    send(client.get(), answer.data() + 1, answer.size() - 1, MSG_NOSIGNAL);
  }

  const Descriptor listener_;
  std::string request_;
  std::thread thread_;
};

std::string Switch(bool on) {
  return ControlRecording(std::to_string(getpid()), on,
                          std::chrono::milliseconds(50));
}

std::string Refusal(bool on) {
  try {
    return "done: " + Switch(on);
  } catch (const Error& error) {
    const std::string line = error.Line();
    return line.substr(line.find(": ") + 2);
  }
}

BOOST_AUTO_TEST_SUITE(ControlRecordings)

BOOST_AUTO_TEST_CASE(TheAnswerIsWhatTheProcessSays) {
  {
    const Recorded recorded("+recording\n");
    BOOST_TEST(Switch(true) == "recording");
    BOOST_TEST(recorded.request() == "on\n");
  }
  const Recorded recorded("+paused\n");
  BOOST_TEST(Switch(false) == "paused");
  BOOST_TEST(recorded.request() == "off\n");
}

BOOST_AUTO_TEST_CASE(TroubleOfTheProcessIsAnError) {
  const Recorded recorded("-something else profiles\n");
  BOOST_TEST(Refusal(true) == "something else profiles");
}

BOOST_AUTO_TEST_CASE(HangingUpIsAnError) {
  const Recorded recorded("+record");
  BOOST_TEST(Refusal(true) == "ended, or is not yours");
}

BOOST_AUTO_TEST_CASE(AnAnswerWithoutAnEndIsNotWaitedFor) {
  const Recorded recorded("+" + std::string(100'000, 'x'));
  BOOST_TEST(Refusal(true) == "talks on");
}

BOOST_AUTO_TEST_CASE(SilenceIsAnErrorAfterAWhile) {
  const Recorded recorded("");
  BOOST_TEST(Refusal(true).starts_with("no answer: "));
}

BOOST_AUTO_TEST_CASE(AProcessThatDoesNotListenIsNotRecorded) {
  BOOST_TEST(Refusal(true).starts_with("does not listen: "));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
