// Fetches a file from the web, by libcurl: with proxies from the environment, redirects and a sum.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>

#include "engine/result.h"

namespace ponnuki::cli {

struct Download {
  std::string url;         // http or https; https leads to https only
  std::int64_t bytes = 0;  // what it must have; 0: not known
  std::string sha256;      // likewise, in hexadecimal; "": not known
  std::string authority;   // file of who certifies the server; "": the system's
  const std::atomic<bool>* stop = nullptr;
  /// `total` is 0 while it is not known.
  std::function<void(std::int64_t done, std::int64_t total)> progress;
  /// An error if the whole file is not what it should be. It is then removed.
  std::function<Status(const std::string& path)> check;
};

/// What no file may have more of.
inline constexpr std::int64_t kMostDownload = std::int64_t{4} << 30;

/// Fetches into PATH.part, which another call continues, and renames it to `path` when it is whole.
/// Tries again where the connection breaks or is slow. An error says why it ended, and what to do.
Status fetch_file(const Download& download, const std::string& path);

}  // namespace ponnuki::cli
