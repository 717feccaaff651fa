#include "converter/writers/browser.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <map>
#include <stdexcept>
#include <utility>

namespace prof2cg {
namespace {

constexpr int kPatienceMs = 60'000;

[[noreturn]] void Fail(const std::string& what) {
  throw std::runtime_error("browser: " + what);
}

// The keys that are not their character.
const std::map<std::string, int>& KeyCodes() {
  static const std::map<std::string, int> codes = {
      {"Tab", 9},      {"Enter", 13},      {"Escape", 27},   {"ArrowLeft", 37},
      {"ArrowUp", 38}, {"ArrowRight", 39}, {"ArrowDown", 40}};
  return codes;
}

// In the child process: the browser reads from 3 and writes to 4.
[[noreturn]] void Become(int input, int output, const std::string& folder) {
  // Out of the way, before either is overwritten.
  const int in = fcntl(input, F_DUPFD, 10);
  const int out = fcntl(output, F_DUPFD, 10);
  dup2(in, 3);
  dup2(out, 4);
  const int nowhere = open("/dev/null", O_RDWR);
  dup2(nowhere, 2);
  const std::string profile = "--user-data-dir=" + folder + "/chromium";
  execlp("chromium", "chromium", "--headless=new", "--no-sandbox",
         "--disable-gpu", "--disable-dev-shm-usage",
         "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run", "--hide-scrollbars",
         "--remote-debugging-pipe", profile.c_str(), "about:blank", nullptr);
  _exit(127);
}

}  // namespace

Browser::Browser(const std::string& folder) {
  Start(folder);
  const Json target = Call("Target.createTarget", {{"url", "about:blank"}});
  session_ = Call("Target.attachToTarget", {{"targetId", target["targetId"]},
                                            {"flatten", true}})["sessionId"];
  for (const char* domain : {"Page", "Runtime", "Log"}) {
    Call(std::string(domain) + ".enable");
  }
}

void Browser::Start(const std::string& folder) {
  std::array<int, 2> down;
  std::array<int, 2> up;
  if (pipe(down.data()) != 0 || pipe(up.data()) != 0) Fail("no pipes");
  process_ = fork();
  if (process_ < 0) Fail("cannot be started");
  if (process_ == 0) {
    close(down[1]);
    close(up[0]);
    Become(down[0], up[1], folder);
  }
  close(down[0]);
  close(up[1]);
  to_browser_ = down[1];
  from_browser_ = up[0];
  signal(SIGPIPE, SIG_IGN);
}

Browser::~Browser() {
  try {
    session_.clear();
    Call("Browser.close");
  } catch (const std::exception&) {
    kill(process_, SIGKILL);
  }
  close(to_browser_);
  close(from_browser_);
  waitpid(process_, nullptr, 0);
}

Browser::Json Browser::Receive() {
  for (;;) {
    const size_t end = received_.find('\0');
    if (end != received_.npos) {
      Json message = Json::parse(received_.substr(0, end));
      received_.erase(0, end + 1);
      return message;
    }
    pollfd ready = {from_browser_, POLLIN, 0};
    if (poll(&ready, 1, kPatienceMs) <= 0) Fail("no answer");
    std::array<char, 65536> bytes;
    const ssize_t count = read(from_browser_, bytes.data(), bytes.size());
    if (count <= 0) Fail("has ended (is chromium installed?)");
    received_.append(bytes.data(), static_cast<size_t>(count));
  }
}

void Browser::Note(const Json& event) {
  const std::string method = event.value("method", "");
  if (method == "Page.loadEventFired") is_loaded_ = true;
  if (method == "Runtime.exceptionThrown" || method == "Log.entryAdded") {
    complaints_.push_back(event["params"].dump());
  }
}

Browser::Json Browser::Call(const std::string& method, Json parameters) {
  Json call = {
      {"id", ++calls_}, {"method", method}, {"params", std::move(parameters)}};
  if (!session_.empty()) call["sessionId"] = session_;
  const std::string text = call.dump() + '\0';
  for (size_t sent = 0; sent < text.size();) {
    const ssize_t count =
        write(to_browser_, text.data() + sent, text.size() - sent);
    if (count <= 0) Fail("does not listen");
    sent += static_cast<size_t>(count);
  }
  for (;;) {
    Json message = Receive();
    if (message.value("id", int64_t{0}) != calls_) {
      Note(message);
      continue;
    }
    if (message.contains("error")) {
      Fail(method + ": " + message["error"].dump());
    }
    return message["result"];
  }
}

void Browser::Open(const std::string& path, int width, int height) {
  Call("Emulation.setDeviceMetricsOverride", {{"width", width},
                                              {"height", height},
                                              {"deviceScaleFactor", 1},
                                              {"mobile", false}});
  is_loaded_ = false;
  const Json answer = Call("Page.navigate", {{"url", "file://" + path}});
  if (answer.contains("errorText")) Fail(answer["errorText"]);
  while (!is_loaded_) Note(Receive());
}

void Browser::Emulate(std::string_view media, bool is_dark) {
  Call("Emulation.setEmulatedMedia",
       {{"media", media},
        {"features",
         {{{"name", "prefers-color-scheme"},
           {"value", is_dark ? "dark" : "light"}}}}});
}

Browser::Json Browser::Evaluate(const std::string& expression) {
  const Json answer = Call("Runtime.evaluate", {{"expression", expression},
                                                {"returnByValue", true}});
  if (answer.contains("exceptionDetails")) {
    Fail(expression + ": " + answer["exceptionDetails"].dump());
  }
  return answer["result"].value("value", Json());
}

Browser::Json Browser::MiddleOf(const std::string& selector) {
  const Json point = Evaluate(
      "(() => {"
      "  const found = document.querySelector(" +
      Json(selector).dump() +
      ");"
      "  if (!found) return null;"
      "  const {x, y, width, height} = found.getBoundingClientRect();"
      "  return {x: x + width / 2, y: y + height / 2};"
      "})()");
  if (point.is_null()) Fail("nothing is " + selector);
  return point;
}

void Browser::Mouse(const char* type, Json point, int buttons) {
  point["type"] = type;
  point["buttons"] = buttons;
  if (std::string_view(type) != "mouseMoved") {
    point["button"] = "left";
    point["clickCount"] = 1;
  }
  Call("Input.dispatchMouseEvent", std::move(point));
}

void Browser::MoveTo(const std::string& selector) {
  Mouse("mouseMoved", MiddleOf(selector), 0);
}

void Browser::Click(const std::string& selector) { Drag(selector, 0, 0); }

void Browser::Drag(const std::string& selector, double x, double y) {
  Json point = MiddleOf(selector);
  Mouse("mouseMoved", point, 0);
  Mouse("mousePressed", point, 1);
  constexpr int kSteps = 4;
  for (int step = 0; (x != 0 || y != 0) && step < kSteps; ++step) {
    point["x"] = point["x"].get<double>() + x / kSteps;
    point["y"] = point["y"].get<double>() + y / kSteps;
    Mouse("mouseMoved", point, 1);
  }
  Mouse("mouseReleased", point, 0);
}

void Browser::Wheel(const std::string& selector, double y) {
  Json event = MiddleOf(selector);
  event["type"] = "mouseWheel";
  event["deltaX"] = 0;
  event["deltaY"] = y;
  Call("Input.dispatchMouseEvent", std::move(event));
}

void Browser::Pinch(const std::string& selector, double factor) {
  const Json middle = MiddleOf(selector);
  const auto fingers = [&](double apart) {
    Json points = Json::array();
    for (const double side : {-1., 1.}) {
      points.push_back({{"x", middle["x"].get<double>() + side * apart},
                        {"y", middle["y"]},
                        {"id", side < 0 ? 1 : 2}});
    }
    return points;
  };
  const auto touch = [&](const char* type, Json points) {
    Call("Input.dispatchTouchEvent",
         {{"type", type}, {"touchPoints", std::move(points)}});
  };
  constexpr double kApart = 60;
  touch("touchStart", fingers(kApart));
  for (const double part : {.25, .5, .75, 1.}) {
    touch("touchMove", fingers(kApart * (1 + part * (factor - 1))));
  }
  touch("touchEnd", Json::array());
}

void Browser::Press(const std::string& key, bool with_shift,
                    bool with_control) {
  Json event = {{"type", "keyDown"},
                {"key", key},
                {"modifiers", (with_shift ? 8 : 0) + (with_control ? 2 : 0)}};
  const auto code = KeyCodes().find(key);
  if (code != KeyCodes().end()) {
    event["code"] = key;
    event["windowsVirtualKeyCode"] = code->second;
    if (key == "Enter") event["text"] = "\r";
  } else if (!with_control) {
    event["text"] = key;
  }
  Call("Input.dispatchKeyEvent", event);
  event["type"] = "keyUp";
  event.erase("text");
  Call("Input.dispatchKeyEvent", std::move(event));
}

void Browser::Type(std::string_view text) {
  for (const char c : text) Press(std::string(1, c));
}

std::vector<std::string> Browser::TakeComplaints() {
  Evaluate("0");  // what came before is here, too
  return std::exchange(complaints_, {});
}

}  // namespace prof2cg
