#include "converter/convert.h"

#include "converter/io/output.h"
#include "converter/message.h"

namespace prof2cg {

void Convert(const Profile& profile, const ConvertOptions& options) {
  Output output(options.output, options.inputs);
  const std::vector<Oddity> oddities = options.writer->write(profile, output);
  output.Commit();
  for (const Oddity& oddity : oddities) {
    Warn(options.output + ": " + oddity.Text());
  }
}

}  // namespace prof2cg
