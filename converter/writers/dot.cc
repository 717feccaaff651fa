// DOT, for Graphviz, xdot and other drawing tools: the statements and
// attributes of gprof2dot's output.
#include <exception>
#include <string>
#include <string_view>
#include <utility>

#include "converter/version.h"
#include "converter/writers/graphviz_library.h"
#include "converter/writers/picture_graph.h"
#include "converter/writers/writer.h"

namespace prof2cg {
namespace {

// Lets libcgraph write into a sink. What a sink throws must not pass through a
// library of C: it is kept, and thrown behind it.
class SinkChannel {
 public:
  explicit SinkChannel(TextSink& sink) : sink_(sink) {}

  void ThrowWhatWasKept() const {
    if (kept_) std::rethrow_exception(kept_);
  }

  static int Put(void* channel, const char* text) {
    SinkChannel& self = *static_cast<SinkChannel*>(channel);
    if (self.kept_) return -1;
    try {
      self.sink_.Write(std::string_view(text));
      return 0;
    } catch (...) {
      self.kept_ = std::current_exception();
      return -1;
    }
  }
  static int Flush(void*) { return 0; }

 private:
  TextSink& sink_;
  std::exception_ptr kept_;
};

void WriteComment(std::string_view text, TextSink& out) {
  out.Write("// ");
  out.Write(text);
  out.Write('\n');
}

void Draw(const Picture& picture, TextSink& out) {
  const GraphPointer graph = MakeGraph(picture);
  WriteComment("prof2cg " + std::string(kVersion), out);
  for (const std::string& note : picture.notes) WriteComment(note, out);
  Agiodisc_t io = {nullptr, SinkChannel::Put, SinkChannel::Flush};
  Agiodisc_t*& disc = graph->clos->disc.io;
  Agiodisc_t* const usual = std::exchange(disc, &io);
  SinkChannel channel(out);
  LoadCgraph().agwrite(graph.get(), &channel);
  disc = usual;
  channel.ThrowWhatWasKept();
}

}  // namespace

extern constinit const Writer kDot = {
    .name = "dot",
    .description = "DOT, for Graphviz and xdot: gprof2dot's statements",
    .extensions = ".dot .gv",
    .draw = Draw,
};

}  // namespace prof2cg
