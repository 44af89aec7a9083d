// Registry: command name → handler, in the order in which list_commands tells them.
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
  /// Every command that works. Clients branch on this list, so nothing half done is in it.
  /// `with_files`: also those that are of no use without the machine's files.
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
