// LockedFile: a file or folder that one process at a time may change. A file grows by whole pieces:
// after a failure it is as it was, and after a crash at most its last piece is cut off.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/descriptor.h"
#include "engine/result.h"

namespace ponnuki::selfplay {

class LockedFile {
 public:
  /// Opens a file, which is created if it is missing, or an existing folder. Holds its lock as long
  /// as this object lives. Does not wait: if another process holds the lock, returns the error
  /// `busy`. Returns an error, too, if `path` is neither a file nor a folder.
  static Result<LockedFile> open(const std::string& path, const std::string& busy);

  const std::string& path() const { return path_; }
  /// Bytes, as of open(), cut() and append().
  std::int64_t size() const { return size_; }
  /// Bytes from a place on, fewer at the end of the file.
  Result<std::string> read(std::int64_t begin, std::size_t count) const;
  /// Returns an error if the path no longer leads to this file: someone has moved, removed or
  /// replaced it. Another process may then work on what is there now.
  Status expect_in_place() const;
  /// Removes everything from `size` on.
  Status cut(std::int64_t size);
  /// Writes at the end and syncs to disk. After an error the file has its old contents. A file that
  /// is no longer in its place is not written.
  Status append(std::string_view bytes);

 private:
  LockedFile(std::string path, int file) : path_(std::move(path)), file_(file) {}
  static Result<LockedFile> open_once(const std::string& path, const std::string& busy);
  Error error(const char* what) const;
  bool is_in_place() const;
  bool write_at_end(std::string_view bytes) const;

  std::string path_;
  Descriptor file_;
  std::int64_t size_ = 0;
};

}  // namespace ponnuki::selfplay
