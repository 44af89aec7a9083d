// NetTarget: the kind of file to which a net is written, determined by the file's name.
#pragma once

#include <string>

#include "cli/subcommand.h"
#include "engine/result.h"
#include "nn/files/katago/model_writer.h"
#include "nn/model/any_model.h"

namespace ponnuki::cli {

struct NetTarget {
  enum class Kind { kKatago, kOwn, kOnnx };

  Kind kind = Kind::kKatago;
  nn::ModelFormat format;  // for KataGo's files
  int version = 0;         // for KataGo's files; 0: the net's own version
};

/// Determines the kind by the suffix of the name. `to` is "" or the KIND of `ponnuki net convert
/// --to`, which must match. `text` selects KataGo's text file if the name does not decide.
Result<NetTarget> net_target(const std::string& path, const std::string& to = {},
                             bool text = false);

/// Writes the file. Prints a line for each loss of information, and a line about the file, which
/// ends in `remark`. Returns the exit code, or an error if the kind of file cannot express the net.
Result<int> write_net(const nn::AnyModel& model, const NetTarget& target, const std::string& path,
                      Streams& streams, const std::string& remark = {});

}  // namespace ponnuki::cli
