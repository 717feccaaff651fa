#include "converter/readers/python_marshal.h"

#include <dlfcn.h>

#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include "converter/io/utf8.h"
#include "graph/error.h"

namespace prof2cg::marshal {
namespace {

namespace fs = std::filesystem;

constexpr char kPluginVariable[] = "PROF2CG_PYTHON_PLUGIN";
constexpr char kProgramLink[] = "/proc/self/exe";
constexpr char kLibraryFolder[] = "../lib/prof2cg";

std::string FindPlugin() {
  if (const char* named = std::getenv(kPluginVariable);
      named != nullptr && *named != '\0') {
    return fs::absolute(named).string();
  }
  std::error_code ignored;
  const fs::path folder = fs::read_symlink(kProgramLink, ignored).parent_path();
  const fs::path library = (folder / kLibraryFolder).lexically_normal();
  for (const fs::path& place : {folder, library}) {
    const fs::path file = place / python::kPluginFile;
    if (fs::exists(file, ignored)) return file.string();
  }
  throw Error(std::string("reading by Python needs the plugin ") +
              python::kPluginFile + ", which is neither in " + folder.string() +
              " nor in " + library.string() +
              ": build it where Python's headers (python3-dev) are, or name "
              "it in " +
              kPluginVariable +
              "; without it, leave out "
              "--reader=python");
}

const python::Plugin& OpenPlugin() {
  const std::string file = FindPlugin();
  void* library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    throw Error(std::string("cannot open Python's plugin: ") + dlerror());
  }
  const auto entry = reinterpret_cast<decltype(&prof2cg_python_plugin)>(
      dlsym(library, python::kPluginSymbol));
  const python::Plugin* plugin = entry == nullptr ? nullptr : entry();
  if (plugin == nullptr || plugin->abi != python::kPluginAbi) {
    throw Error(file +
                " is not the Python plugin of this version of prof2cg: "
                "build both from one source");
  }
  return *plugin;
}

}  // namespace

PythonMarshalCursor::PythonMarshalCursor(const python::Plugin& plugin,
                                         std::string_view bytes)
    : plugin_(plugin) {
  char message[512] = "";
  python::Object* root =
      plugin_.load(bytes.data(), bytes.size(), message, sizeof message);
  if (root == nullptr) throw Error(message);
  owned_.push_back(root);
  frames_.push_back(
      {.container = nullptr, .kind = Kind::kNull, .size = 0, .next = root});
}

PythonMarshalCursor::~PythonMarshalCursor() {
  for (python::Object* object : owned_) plugin_.release(object);
}

python::Object* PythonMarshalCursor::ObjectOf(const Value& value) {
  return reinterpret_cast<python::Object*>(value.place);
}

Value PythonMarshalCursor::Next() {
  Frame& frame = frames_.back();
  Value value;
  if (frame.next == nullptr) return value;
  python::Description description;
  plugin_.describe(frame.next, &description);
  value.kind = description.kind;
  value.size = description.size;
  if (value.kind == Kind::kFloat) {
    value.real = description.real;
  } else if (value.kind == Kind::kInt || value.kind == Kind::kBool) {
    value.integer = description.integer;
  } else {
    value.place = reinterpret_cast<uint64_t>(frame.next);
    value.shared = 0;  // its place tells which it is
  }
  Advance(frame);
  return value;
}

void PythonMarshalCursor::Advance(Frame& frame) const {
  frame.next = nullptr;
  if (frame.value != nullptr) {
    std::swap(frame.next, frame.value);
  } else if (frame.kind == Kind::kDict) {
    plugin_.dict_next(frame.container, &frame.position, &frame.next,
                      &frame.value);
  } else if (static_cast<uint64_t>(frame.position) < frame.size) {
    frame.next =
        plugin_.item(frame.container, static_cast<uint64_t>(frame.position++));
  }
}

Mark PythonMarshalCursor::Enter(const Value& container) {
  const Mark mark{.place = frames_.size()};
  python::Object* object = ObjectOf(container);
  if (container.kind == Kind::kSet) {
    object = plugin_.set_items(object);
    if (object == nullptr) Fail("no memory for a set");
    owned_.push_back(object);
  }
  frames_.push_back(
      {.container = object, .kind = container.kind, .size = container.size});
  Advance(frames_.back());
  return mark;
}

python::Text PythonMarshalCursor::Check(python::Text text) const {
  if (text.bytes == nullptr) Fail("no memory for a text");
  return text;
}

std::string_view PythonMarshalCursor::Text(const Value& string,
                                           std::string& scratch) const {
  const python::Text text = Check(plugin_.text(ObjectOf(string)));
  const std::string_view bytes(text.bytes, text.size);
  if (text.is_unicode || IsAscii(bytes) || IsWtf8(bytes)) {
    return scratch = bytes;
  }
  return scratch = Latin1ToUtf8(bytes);
}

std::string PythonMarshalCursor::CodeName(const Value& code) const {
  const python::Text text = Check(plugin_.code_name(ObjectOf(code)));
  return std::string(text.bytes, text.size);
}

void PythonMarshalCursor::Memorize(const Value& value, uint32_t word) {
  if (value.shared == Value::kNotShared) return;
  memos_[ObjectOf(value)] = word;
}

uint32_t PythonMarshalCursor::TakeMemo() {
  Frame& frame = frames_.back();
  if (frame.next == nullptr) return 0;
  const auto memo = memos_.find(frame.next);
  if (memo == memos_.end()) return 0;
  Advance(frame);
  return memo->second;
}

void PythonMarshalCursor::Fail(const std::string& message) const {
  throw Error(message + ", in what Python " + plugin_.python_version +
              " loaded");
}

PythonMarshalCursor OpenPythonMarshal(std::string_view bytes) {
  static const python::Plugin& plugin = OpenPlugin();
  return PythonMarshalCursor(plugin, bytes);
}

}  // namespace prof2cg::marshal
