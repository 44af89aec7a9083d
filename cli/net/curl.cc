#include "cli/net/curl.h"

#include <dlfcn.h>

#include <string>
#include <type_traits>

namespace ponnuki::cli {

Result<Curl> Curl::load() {
  void* const library = ::dlopen("libcurl.so.4", RTLD_NOW);
  if (library == nullptr)
    return Error{std::string("cannot load libcurl (") + ::dlerror() + "): install libcurl4"};
  Curl curl;
  bool has_all = true;
  const auto find = [&](auto& function, const char* name) {
    function =
        reinterpret_cast<std::remove_reference_t<decltype(function)>>(::dlsym(library, name));
    has_all = has_all && function != nullptr;
  };
  find(curl.easy_init, "curl_easy_init");
  find(curl.easy_cleanup, "curl_easy_cleanup");
  find(curl.easy_setopt, "curl_easy_setopt");
  find(curl.easy_perform, "curl_easy_perform");
  find(curl.easy_getinfo, "curl_easy_getinfo");
  find(curl.easy_strerror, "curl_easy_strerror");
  find(curl.slist_append, "curl_slist_append");
  find(curl.slist_free_all, "curl_slist_free_all");
  if (!has_all) return Error{"libcurl lacks a function: install libcurl4"};
  return curl;
}

}  // namespace ponnuki::cli
