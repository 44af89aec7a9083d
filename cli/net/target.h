// The file that a net is written to: its kind by its name.
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
  nn::ModelFormat format;  // of KataGo's
  int version = 0;         // of KataGo's; 0: the net's own
};

/// By the suffix of the name. `to`: "", or KIND of `ponnuki net convert --to`, which must agree;
/// `text` is for a name that leaves open whether KataGo's file is text. Errors are for the user.
Result<NetTarget> net_target(const std::string& path, const std::string& to = {},
                             bool text = false);

/// Writes the file and says so, `remark` at the line's end, after lines about what is lost on the
/// way. Returns the exit code; an error if the kind cannot express the net.
Result<int> write_net(const nn::AnyModel& model, const NetTarget& target, const std::string& path,
                      Streams& streams, const std::string& remark = {});

}  // namespace ponnuki::cli
