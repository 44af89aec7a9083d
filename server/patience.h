// Patience: how long a server bears with clients that do nothing, in seconds.
#pragma once

namespace ponnuki::server {

/// A connection loses its place only when another one waits for a place, except that a client that
/// does not read is dropped in any case.
struct Patience {
  /// A client that has sent something before, and has all its answers, may be silent for this long.
  double idle = 60;
  double silent = 1;   // a client that has sent nothing at all yet
  double queue = 2;    // a new client waits this long for a place, then is turned away
  double unread = 60;  // a client that takes none of its answers
  double alone = 0;    // the server ends after so long without any client; 0: never
};

}  // namespace ponnuki::server
