// ReplacingFile: a file that becomes another one, at once and as a whole, or disappears. Internal
// to engine/file.
//
// It lies beside its target, is called after it, and its process holds its lock (flock). So nobody
// else takes it for one that a killed process has left. The next file for the same target takes
// over what was left.
#pragma once

#include <string>
#include <string_view>

#include "engine/descriptor.h"

namespace ponnuki {

class ReplacingFile {
 public:
  /// Makes an empty file beside `target`, which must be no link. If that fails, is_open() is false
  /// and errno says why.
  explicit ReplacingFile(const std::string& target);
  ReplacingFile(const ReplacingFile&) = delete;
  ReplacingFile& operator=(const ReplacingFile&) = delete;
  /// Removes the file unless it has become its target.
  ~ReplacingFile();

  bool is_open() const { return fd_.is_open(); }
  /// Writes the contents, syncs them to disk, and gives them the target's name, mode and owner.
  /// Returns false, with errno, after a failure; then the target is as it was.
  bool become(std::string_view contents);

 private:
  bool take_mode_of_target() const;

  std::string target_, name_;
  Descriptor fd_;
};

/// The target of a temporary file with that name, whoever made it; "" for other names.
std::string_view target_of_temporary(std::string_view name);

/// Removes a file unless another process holds its lock, or it is no plain file.
void remove_unless_locked(const std::string& path);

/// Whether a temporary file can be made beside `path`. It is removed again; else errno says why.
bool takes_temporary(const std::string& path);

}  // namespace ponnuki
