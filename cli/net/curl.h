// libcurl, loaded when it is needed: its many libraries would nearly double the time in which the
// program starts.
#pragma once

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

#include "engine/result.h"

namespace ponnuki::cli {

/// The functions of libcurl that we use, by their names without "curl_".
struct Curl {
  decltype(&curl_easy_init) easy_init = nullptr;
  decltype(&curl_easy_cleanup) easy_cleanup = nullptr;
  decltype(&curl_easy_setopt) easy_setopt = nullptr;
  decltype(&curl_easy_perform) easy_perform = nullptr;
  decltype(&curl_easy_getinfo) easy_getinfo = nullptr;
  decltype(&curl_easy_strerror) easy_strerror = nullptr;
  decltype(&curl_slist_append) slist_append = nullptr;
  decltype(&curl_slist_free_all) slist_free_all = nullptr;

  /// Loads the library; it stays loaded. An error says what to install.
  static Result<Curl> load();
};

}  // namespace ponnuki::cli
