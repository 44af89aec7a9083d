// Registry: maps command names to handlers, in the order of list_commands.
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
  /// All commands. Clients use this list to decide what to send, so it contains only commands that
  /// work. `with_files` adds the commands that access files of this machine.
  static Registry with_all_commands(bool with_files);

  void add(std::string_view name, Handler handler);
  /// Returns null for an unknown name. Names are case-sensitive.
  Handler find(std::string_view name) const;
  const std::vector<std::string>& names() const { return names_; }

 private:
  std::vector<std::string> names_;
  std::unordered_map<std::string, Handler> handlers_;
};

}  // namespace ponnuki::gtp
