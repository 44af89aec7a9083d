// Registry: command name → handler, in the order of list_commands.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gtp/command.h"
#include "gtp/response.h"

namespace ponnuki::gtp {

class Session;
using Handler = Reply (*)(Session& session, const Command& command);

class Registry {
 public:
  /// All commands. Clients decide by this list what they use, so only what works is in it.
  /// `with_files`: also the commands that need the files of this machine.
  static Registry with_all_commands(bool with_files);

  void add(std::string_view name, Handler handler);
  /// Null if unknown. Names are case-sensitive.
  Handler find(std::string_view name) const;
  const std::vector<std::string>& names() const { return names_; }

 private:
  std::vector<std::string> names_;
  std::unordered_map<std::string, Handler> handlers_;
};

}  // namespace ponnuki::gtp
