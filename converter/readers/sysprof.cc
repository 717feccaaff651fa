// Profiles of sysprof, before its version 1.90, which has another format: XML.
//
//   <profile>
//     <size>8267</size>
//     <call_tree>1</call_tree>
//     <objects>
//       <object id="84">
//         <name>"gtk_main"</name> <total>2892</total> <self>3</self>
//       </object>
//     </objects>
//     <nodes>
//       <node id="7">
//         <object>84</object> <parent>1</parent> <self>2</self>
//         <siblings>9</siblings> <children>8</children>
//         <total>2890</total> <toplevel>1</toplevel>
//       </node>
//     </nodes>
//   </profile>
//
// An object is a function, known by its name. Nodes are calling contexts, with
// the samples that were taken right there (self): parent is the node of the
// caller, 0 of none. They may stand in any order. All samples are below
// "Everything" and the names of processes, "[find]", which are functions here
// as they are in sysprof. Functions without a symbol are "In file /lib/x.so".
//
// Left out, since it follows: totals, siblings, children, toplevel, size and
// the own samples of objects. Where those are not what their nodes have, that
// is counted; gprof2dot takes them. It leaves out functions that have no
// samples of their own, and gives a call what the callee has itself.
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "converter/io/line_cursor.h"
#include "converter/io/utf8.h"
#include "converter/io/xml_events.h"
#include "converter/readers/frames.h"
#include "converter/readers/reader.h"
#include "graph/context_tree_builder.h"
#include "graph/cost_table.h"
#include "graph/error.h"
#include "graph/profile_builder.h"

namespace prof2cg {
namespace {

constexpr int64_t kNobody = 0;  // for a parent

// How deep elements stand.
enum Depth { kDocument, kProfile, kList, kRecord, kValue };

enum class List { kOther, kObjects, kNodes };

// What is known of the one that is being read.
struct Record {
  int64_t id = 0;
  std::optional<std::string> name;
  std::optional<int64_t> object;
  std::optional<int64_t> parent;
  std::optional<int64_t> self;
};

struct Object {
  FunctionId function;
  int64_t self;
};

struct Node {
  int64_t object;
  int64_t parent;
  int64_t self;
  ContextId context = {};  // none: not entered yet
  bool is_being_entered = false;
};

[[noreturn]] void FailAt(const std::string& expected, std::string_view found) {
  throw Error("expected " + expected + ", found \"" +
              Printable(found.substr(0, 40)) + "\"");
}

int64_t ToNumber(std::string_view text) {
  const auto number = ParseInt(text);
  if (!number || *number < 0) FailAt("a number", text);
  return *number;
}

template <class Value>
const Value& Need(const std::optional<Value>& value, const char* name) {
  if (!value) throw Error(std::string("expected a <") + name + ">");
  return *value;
}

// A name stands in quotes.
std::string_view WithoutQuotes(std::string_view text) {
  const bool has_quotes =
      text.size() > 1 && text.starts_with('"') && text.ends_with('"');
  return has_quotes ? text.substr(1, text.size() - 2) : text;
}

// The objects and nodes of a document.
class Tables : public XmlVisitor {
 public:
  explicit Tables(ProfileBuilder& builder) : builder_(builder) {}

  void Begin(std::string_view name, const char** attributes) override;
  void Text(std::string_view text) override {
    if (depth_ == kValue && list_ != List::kOther) text_ += text;
  }
  void End(std::string_view name) override;

  absl::flat_hash_map<int64_t, Object> objects;
  std::vector<Node> nodes;
  absl::flat_hash_map<int64_t, uint32_t> node_of;  // rows by id

 private:
  void SetValue(std::string_view name);
  void AddRecord();

  ProfileBuilder& builder_;
  int depth_ = kDocument;
  List list_ = List::kOther;
  Record record_;
  std::string text_;
};

void Tables::Begin(std::string_view name, const char** attributes) {
  ++depth_;
  if (depth_ == kProfile && name != "profile") FailAt("a <profile>", name);
  if (depth_ == kList) {
    list_ = name == "objects" ? List::kObjects
            : name == "nodes" ? List::kNodes
                              : List::kOther;
  }
  if (depth_ == kValue) text_.clear();
  if (depth_ != kRecord || list_ == List::kOther) return;
  record_ = {};
  while (*attributes != nullptr && std::strcmp(*attributes, "id") != 0) {
    attributes += 2;
  }
  if (*attributes == nullptr) throw Error("expected an id");
  record_.id = ToNumber(attributes[1]);
}

void Tables::End(std::string_view name) {
  if (list_ != List::kOther) {
    if (depth_ == kValue) SetValue(name);
    if (depth_ == kRecord) AddRecord();
  }
  --depth_;
}

void Tables::SetValue(std::string_view name) {
  if (name == "name") {
    record_.name = WithoutQuotes(text_);
  } else if (name == "object") {
    record_.object = ToNumber(text_);
  } else if (name == "parent") {
    record_.parent = ToNumber(text_);
  } else if (name == "self") {
    record_.self = ToNumber(text_);
  }
}

void Tables::AddRecord() {
  bool is_new = false;
  const int64_t self = Need(record_.self, "self");
  if (list_ == List::kObjects) {
    const std::string& name = Need(record_.name, "name");
    const Frame frame = MakeFrame(builder_, name, "", "", 0);
    is_new =
        objects.try_emplace(record_.id, Object{frame.function, self}).second;
  } else {
    const auto row = static_cast<uint32_t>(nodes.size());
    is_new = node_of.try_emplace(record_.id, row).second;
    nodes.push_back(
        {Need(record_.object, "object"), Need(record_.parent, "parent"), self});
  }
  if (!is_new) FailAt("another id", std::to_string(record_.id));
}

class SysprofReader {
 public:
  SysprofReader()
      : builder_(EventSet({{"samples", "Samples", Unit::kCount}})),
        tables_(builder_),
        tree_(1) {}

  Profile Read(std::string_view bytes) {
    VisitXml(bytes, tables_);
    for (Node& node : tables_.nodes) {
      Enter(node);
      tree_.AddSelf(node.context, {&node.self, 1});
    }
    Provenance& provenance = builder_.profile().provenance;
    provenance.counts = Origin::kAbsent;
    provenance.Note(
        "function has other own samples than its nodes: theirs are taken",
        "functions have other own samples than their nodes: theirs are taken",
        CountContradictions());
    Profile profile = std::move(builder_).Build();
    profile.contexts = std::move(tree_).Build();
    return profile;
  }

 private:
  void Enter(Node& node);
  FunctionId FunctionOf(const Node& node) const;
  int64_t CountContradictions() const;

  ProfileBuilder builder_;
  Tables tables_;
  ContextTreeBuilder tree_;
  std::vector<Node*> unentered_;
};

// Callers first, however deep.
void SysprofReader::Enter(Node& node) {
  ContextId context;
  for (Node* n = &node;;) {
    context = n->context;
    if (context.is_valid()) break;
    if (n->is_being_entered) throw Error("a node is its own caller");
    n->is_being_entered = true;
    unentered_.push_back(n);
    if (n->parent == kNobody) break;
    const auto parent = tables_.node_of.find(n->parent);
    if (parent == tables_.node_of.end()) {
      throw Error("a node has the parent " + std::to_string(n->parent) +
                  ", which is not in the file");
    }
    n = &tables_.nodes[parent->second];
  }
  for (; !unentered_.empty(); unentered_.pop_back()) {
    Node& n = *unentered_.back();
    context = n.context = tree_.Enter(context, FunctionOf(n), 0);
  }
}

FunctionId SysprofReader::FunctionOf(const Node& node) const {
  const auto object = tables_.objects.find(node.object);
  if (object != tables_.objects.end()) return object->second.function;
  throw Error("a node has the object " + std::to_string(node.object) +
              ", which is not in the file");
}

int64_t SysprofReader::CountContradictions() const {
  std::vector<int64_t> self(builder_.functions());
  for (const Node& node : tables_.nodes) {
    int64_t& sum = self[FunctionOf(node).row()];
    sum = SaturatingAdd(sum, node.self);
  }
  for (const auto& [id, object] : tables_.objects) {
    int64_t& rest = self[object.function.row()];
    rest = SaturatingAdd(rest, -object.self);
  }
  return std::ssize(self) - std::ranges::count(self, 0);
}

void SkipBlanks(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
}

// Not of other XML with such a root.
bool Sniff(std::string_view head) {
  constexpr std::string_view kBegin = "<profile>";
  if (head.starts_with("\xef\xbb\xbf")) head.remove_prefix(3);
  if (head.starts_with("<?xml")) {
    head.remove_prefix(std::min(head.find('>'), head.size() - 1) + 1);
  }
  SkipBlanks(head);
  if (!head.starts_with(kBegin)) return false;
  head.remove_prefix(kBegin.size());
  SkipBlanks(head);
  return head.starts_with("<size>") || head.starts_with("<call_tree>") ||
         head.starts_with("<objects>") || head.starts_with("<nodes>");
}

Profile Read(std::string_view bytes) { return SysprofReader().Read(bytes); }

}  // namespace

extern constinit const Reader kSysprof = {
    .name = "sysprof",
    .description = "XML of sysprof before 1.90",
    .sniff = Sniff,
    .read = Read,
};

}  // namespace prof2cg
