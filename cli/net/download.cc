#include "cli/net/download.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <memory>
#include <thread>

#include "cli/net/curl.h"
#include "engine/clock.h"
#include "engine/file.h"
#include "engine/hexadecimal.h"
#include "selfplay/files/locked_file.h"

namespace ponnuki::cli {
namespace {

using selfplay::LockedFile;

constexpr std::size_t kPiece = std::size_t{1} << 20;  // written and synced at a time
constexpr long kConnectSeconds = 30, kSlowSeconds = 60, kSlowBytes = 1024, kMostRedirects = 10;
constexpr int kMostTries = 5;  // in a row that bring nothing

struct DigestDestroyer {
  void operator()(EVP_MD_CTX* digest) const { EVP_MD_CTX_free(digest); }
};

/// One request, which goes on behind what the file has.
class Request {
 public:
  Request(const Curl& library, const Download& download, LockedFile& file, const std::string& etag)
      : library_(library),
        download_(download),
        file_(file),
        curl_(library.easy_init()),
        etag_(etag) {}
  Request(const Request&) = delete;
  Request& operator=(const Request&) = delete;
  ~Request() {
    library_.slist_free_all(headers_);
    if (curl_ != nullptr) library_.easy_cleanup(curl_);
  }

  enum class Outcome { kWhole, kBroken, kEnd };
  /// kBroken: another one may have more success. Else the error says why not.
  Outcome run() {
    if (curl_ == nullptr) return end({"libcurl cannot begin"});
    set_options();
    const CURLcode code = library_.easy_perform(curl_);
    const Status rest = write();
    if (failure_) return Outcome::kEnd;
    if (!rest) return end(rest.error());
    if (download_.stop != nullptr && *download_.stop)
      return end({"stopped; the same command goes on"});
    long http = 0;
    library_.easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &http);
    return judge(code, http);
  }

  const Error& failure() const { return *failure_; }
  /// What identifies this version of the file; "" if the server does not say.
  const std::string& etag() const { return etag_; }

 private:
  template <typename T>
  void set(CURLoption option, T value) {
    library_.easy_setopt(curl_, option, value);
  }
  void set_options() {
    set(CURLOPT_URL, download_.url.c_str());
    set(CURLOPT_USERAGENT, "ponnuki/" PONNUKI_VERSION);
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    const bool is_secure = download_.url.starts_with("https:");
    set(CURLOPT_REDIR_PROTOCOLS_STR, is_secure ? "https" : "http,https");
    set(CURLOPT_FOLLOWLOCATION, 1L);
    set(CURLOPT_MAXREDIRS, kMostRedirects);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
    set(CURLOPT_LOW_SPEED_TIME, kSlowSeconds);
    set(CURLOPT_LOW_SPEED_LIMIT, kSlowBytes);
    set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(most_bytes()));
    set(CURLOPT_ERRORBUFFER, words_.data());
    if (!download_.authority.empty()) set(CURLOPT_CAINFO, download_.authority.c_str());
    if (file_.size() > 0) {
      range_ = std::to_string(file_.size()) + "-";
      set(CURLOPT_RANGE, range_.c_str());
      if (!etag_.empty()) headers_ = library_.slist_append(nullptr, ("If-Range: " + etag_).c_str());
      set(CURLOPT_HTTPHEADER, headers_);
    }
    set(CURLOPT_HEADERFUNCTION, &Request::on_header);
    set(CURLOPT_HEADERDATA, this);
    set(CURLOPT_WRITEFUNCTION, &Request::on_data);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &Request::on_progress);
    set(CURLOPT_XFERINFODATA, this);
  }

  static std::size_t on_header(char* text, std::size_t, std::size_t size, void* self) {
    const std::string_view line(text, size);
    auto& request = *static_cast<Request*>(self);
    if (line.starts_with("HTTP/")) request.new_etag_.clear();  // also after a redirect
    constexpr std::string_view kName = "etag:";
    const bool is_etag = size > kName.size() &&
                         std::equal(kName.begin(), kName.end(), line.begin(), [](char a, char b) {
                           return a == (b >= 'A' && b <= 'Z' ? b - 'A' + 'a' : b);
                         });
    if (is_etag) {
      std::string_view value = line.substr(kName.size());
      while (!value.empty() && value.front() <= ' ') value.remove_prefix(1);
      while (!value.empty() && value.back() <= ' ') value.remove_suffix(1);
      // A weak one says that the meaning is the same, not the bytes.
      if (value.starts_with('"') && value.size() < 200) request.new_etag_ = value;
    }
    return size;
  }

  static std::size_t on_data(char* bytes, std::size_t, std::size_t size, void* self) {
    auto& request = *static_cast<Request*>(self);
    const Status taken = request.take({bytes, size});
    if (taken) return size;
    request.failure_ = taken.error();
    return 0;
  }

  static int on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    const auto& download = static_cast<Request*>(self)->download_;
    return download.stop != nullptr && *download.stop ? 1 : 0;
  }

  Status take(std::string_view bytes) {
    if (!has_begun_) PONNUKI_TRY(begin());
    if (is_error_page_) return {};
    const auto size = file_.size() + static_cast<std::int64_t>(piece_.size() + bytes.size());
    if (size > most_bytes()) return too_many();
    piece_ += bytes;
    if (piece_.size() >= kPiece) PONNUKI_TRY(write());
    if (download_.progress) download_.progress(size, total_);
    return {};
  }

  /// At the first byte of an answer: the rest of the file, or all of it.
  Status begin() {
    has_begun_ = true;
    long http = 0;
    curl_off_t length = -1;
    library_.easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &http);
    library_.easy_getinfo(curl_, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
    is_error_page_ = http != 200 && http != 206;
    if (is_error_page_) return {};
    if (http == 200) PONNUKI_TRY(file_.cut(0));
    etag_ = new_etag_;
    total_ = length < 0 ? download_.bytes : file_.size() + length;
    if (download_.bytes > 0 && total_ != download_.bytes)
      return Error{"the server offers " + std::to_string(total_) + " bytes, not the " +
                   std::to_string(download_.bytes) + " of this net"};
    std::error_code error;
    const auto room =
        std::filesystem::space(std::filesystem::path(file_.path()).parent_path(), error);
    if (!error && total_ - file_.size() > static_cast<std::int64_t>(room.available))
      return Error{"the disk has room for " + std::to_string(room.available >> 20) + " MB, " +
                   std::to_string((total_ - file_.size()) >> 20) + " MB are needed"}
          .in(file_.path());
    return {};
  }

  std::int64_t most_bytes() const { return download_.bytes > 0 ? download_.bytes : kMostDownload; }
  Error too_many() const {
    return {"the server has more than the " + std::to_string(most_bytes()) +
            " bytes that the file may have"};
  }

  Status write() {
    if (piece_.empty()) return {};
    const Status written = file_.append(piece_);
    piece_.clear();
    return written;
  }

  Outcome judge(CURLcode code, long http) {
    const std::string words = words_[0] != '\0' ? words_.data() : library_.easy_strerror(code);
    if (http == 416) {  // the file is shorter now
      static_cast<void>(file_.cut(0));
      return broken("the server has no such part");
    }
    if (http >= 400) {
      const std::string text = "HTTP " + std::to_string(http);
      const bool passes = http >= 500 || http == 408 || http == 429;
      return passes ? broken(text) : end({text});
    }
    switch (code) {
      case CURLE_OK:
        return is_whole() ? Outcome::kWhole : broken("the connection ended early");
      case CURLE_FILESIZE_EXCEEDED:
        return end(too_many());
      case CURLE_UNSUPPORTED_PROTOCOL:
      case CURLE_URL_MALFORMAT:
      case CURLE_TOO_MANY_REDIRECTS:
      case CURLE_PEER_FAILED_VERIFICATION:
      case CURLE_SSL_CACERT_BADFILE:
        return end({words});
      default:
        return broken(words);
    }
  }
  bool is_whole() const {
    if (!has_begun_) return false;
    return total_ > 0 ? file_.size() == total_ : file_.size() > 0;
  }
  Outcome end(Error error) {
    failure_ = std::move(error);
    return Outcome::kEnd;
  }
  Outcome broken(const std::string& why) {
    failure_ = Error{why};
    return Outcome::kBroken;
  }

  const Curl& library_;
  const Download& download_;
  LockedFile& file_;
  CURL* const curl_;
  curl_slist* headers_ = nullptr;
  std::array<char, CURL_ERROR_SIZE> words_{};
  std::string etag_, new_etag_, range_, piece_;
  std::optional<Error> failure_;
  std::int64_t total_ = 0;
  bool has_begun_ = false, is_error_page_ = false;
};

/// Waits before the next try; returns early if it is stopped.
void wait(int seconds, const std::atomic<bool>* stop) {
  const auto begin = Clock::now();
  while (seconds_since(begin) < seconds && !(stop != nullptr && *stop))
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
}

/// Brings the rest of the file.
Status fetch_rest(const Download& download, LockedFile& file, const std::string& etag_path) {
  PONNUKI_TRY(const Curl library, Curl::load());
  std::string etag;
  if (file.size() > 0) {
    const auto kept = read_file(etag_path, 1000);
    if (kept) etag = *kept;
    if (etag.empty() && download.sha256.empty()) PONNUKI_TRY(file.cut(0));
  }
  for (int tries = 0; tries < kMostTries; ++tries) {
    const std::int64_t before = file.size();
    Request request(library, download, file, etag);
    const auto outcome = request.run();
    etag = request.etag();
    if (outcome == Request::Outcome::kWhole) return {};
    // Without either, the next answer may be another file.
    if (etag.empty() && download.sha256.empty()) PONNUKI_TRY(file.cut(0));
    if (file.size() > 0) static_cast<void>(write_file_atomically(etag_path, etag));
    if (outcome == Request::Outcome::kEnd) return request.failure();
    if (tries == kMostTries - 1)
      return Error{request.failure().message + " (" + std::to_string(kMostTries) +
                   " tries); the same command goes on"};
    if (file.size() > before) tries = 0;
    wait(1 << tries, download.stop);
  }
  return {};
}

/// In hexadecimal.
Result<std::string> sha256_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::unique_ptr<EVP_MD_CTX, DigestDestroyer> digest(EVP_MD_CTX_new());
  EVP_DigestInit_ex(digest.get(), EVP_sha256(), nullptr);
  std::array<char, 65536> buffer;
  while (file.read(buffer.data(), buffer.size()) || file.gcount() > 0)
    EVP_DigestUpdate(digest.get(), buffer.data(), static_cast<std::size_t>(file.gcount()));
  if (!file.eof()) return system_error("read", path);
  std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
  unsigned size = 0;
  EVP_DigestFinal_ex(digest.get(), sum.data(), &size);
  return hexadecimal({sum.data(), size});
}

Status check_whole(const Download& download, const std::string& part) {
  if (!download.sha256.empty()) {
    PONNUKI_TRY(const std::string sum, sha256_of_file(part));
    if (sum != download.sha256)
      return Error{"the file's SHA-256 is " + sum + ", not " + download.sha256};
  }
  return download.check ? download.check(part) : Status();
}

}  // namespace

Status fetch_file(const Download& download, const std::string& path) {
  const std::string part = path + ".part", etag = part + ".etag";
  PONNUKI_TRY(LockedFile file, LockedFile::open(part, "another process fetches " + path));
  const Status fetched = fetch_rest(download, file, etag);
  std::error_code ignored;
  if (!fetched) {
    if (file.size() == 0) std::filesystem::remove(part, ignored);
    return fetched.error().in(download.url);
  }
  const Status right = check_whole(download, part);
  std::filesystem::remove(etag, ignored);
  if (!right) {
    std::filesystem::remove(part, ignored);
    return Error{right.error().message + "; it was removed"}.in(download.url);
  }
  std::error_code error;
  std::filesystem::rename(part, path, error);
  if (error) return Error{"cannot rename '" + part + "': " + error.message()};
  return sync_folder_of(path);
}

}  // namespace ponnuki::cli
