// Chromium without a window, driven by its DevTools protocol over pipes: with
// the input events that a person would cause.
#ifndef PROF2CG_CONVERTER_WRITERS_BROWSER_H_
#define PROF2CG_CONVERTER_WRITERS_BROWSER_H_

#include <sys/types.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace prof2cg {

// All throw std::runtime_error where the browser does not do it.
class Browser {
 public:
  // With a profile of its own in the folder.
  explicit Browser(const std::string& folder);
  ~Browser();
  Browser(const Browser&) = delete;
  Browser& operator=(const Browser&) = delete;

  // Loads a file, to its end, in a window of that size.
  void Open(const std::string& path, int width = 1400, int height = 900);
  // What the reader has set; "" for `media`: a screen.
  void Emulate(std::string_view media, bool is_dark);

  // The value of a JavaScript expression in the page.
  nlohmann::json Evaluate(const std::string& expression);

  // Of the first element of a CSS selector: its middle.
  void MoveTo(const std::string& selector);
  void Click(const std::string& selector);
  void Drag(const std::string& selector, double x, double y);
  void Wheel(const std::string& selector, double y);
  // Two fingers, from `selector`, move apart by that factor.
  void Pinch(const std::string& selector, double factor);
  // "Enter", "ArrowUp", "a"; to what has the focus.
  void Press(const std::string& key, bool with_shift = false,
             bool with_control = false);
  void Type(std::string_view text);

  // What pages have complained of since the last call: exceptions, messages.
  std::vector<std::string> TakeComplaints();

 private:
  using Json = nlohmann::json;

  void Start(const std::string& folder);
  Json Call(const std::string& method, Json parameters = Json::object());
  Json Receive();
  void Note(const Json& event);
  void Mouse(const char* type, Json point, int buttons);
  Json MiddleOf(const std::string& selector);

  pid_t process_ = 0;
  int to_browser_ = -1;
  int from_browser_ = -1;
  std::string received_;
  std::string session_;
  int64_t calls_ = 0;
  bool is_loaded_ = false;
  std::vector<std::string> complaints_;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_BROWSER_H_
