#include "converter/convert.h"

#include "converter/io/output.h"
#include "converter/message.h"

namespace prof2cg {

void Convert(const ConvertOptions& options) {
  Profile profile = Load(options.inputs, options.load);
  if (!options.command.empty()) profile.command = options.command;
  Output output(options.output, options.inputs);
  const std::vector<Oddity> oddities = options.writer->write(profile, output);
  output.Commit();
  for (const Oddity& oddity : oddities) {
    Warn(options.output + ": " + oddity.Text());
  }
}

}  // namespace prof2cg
