#include "swarm/spool.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "engine/file.h"
#include "engine/format.h"
#include "engine/json_parse.h"
#include "selfplay/files/checksum.h"

namespace ponnuki::swarm {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::size_t kMostFile = kMostBody + 4096;
constexpr const char* kEnding = ".block";

/// The number of a file that is called NUMBER.block; else 0.
std::uint64_t number_of(const fs::path& file) {
  const std::string stem = file.stem().string();
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(stem.data(), stem.data() + stem.size(), number);
  const bool is_number = error == std::errc() && end == stem.data() + stem.size();
  return file.extension() == kEnding && is_number ? number : 0;
}

/// A line of JSON with everything but the body, then the body.
std::string file_text(const GameBlock& block) {
  return Json{{"wire", block.wire},
              {"number", block.number},
              {"net", block.net},
              {"options", block.options},
              {"crc32", selfplay::checksum(block.body)}}
             .dump() +
         "\n" + block.body;
}

}  // namespace

Result<std::unique_ptr<Spool>> Spool::open(const std::string& folder, const std::string& worker,
                                           std::size_t most_bytes) {
  PONNUKI_TRY(make_folder_for_files(folder));
  PONNUKI_TRY(auto lock, selfplay::LockedFile::open(
                             folder + "/lock", "'" + folder +
                                                   "' is used by another worker: give this one "
                                                   "another folder by --spool"));
  std::unique_ptr<Spool> spool(new Spool(folder, worker, most_bytes, std::move(lock)));
  PONNUKI_TRY(spool->find_blocks());
  return spool;
}

Status Spool::find_blocks() {
  const MutexLock lock(mutex_);
  remove_temporary_files(folder_, [](std::string_view) { return true; });
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(folder_, failure)) {
    std::error_code ignored;
    if (const std::uint64_t number = number_of(entry.path()); number > 0)
      waiting_.emplace_back(number, entry.file_size(ignored));
  }
  if (failure) return Error{"cannot read the folder '" + folder_ + "': " + failure.message()};
  std::ranges::sort(waiting_);
  if (const std::string path = folder_ + "/stored"; file_exists(path)) {
    PONNUKI_TRY(const std::string text, read_plain_file(path, 4096));
    const auto json = parse_json(text);
    if (!json || !json->is_object() || json->value("worker", worker_) != worker_)
      return Error{"'" + path + "' is damaged, or of another worker than '" + worker_ +
                   "': give this worker another folder by --spool"};
    stored_ = json->value("stored", std::uint64_t{0});
    last_ = json->value("last", std::uint64_t{0});
  }
  if (!waiting_.empty()) last_ = std::max(last_, waiting_.back().first);
  last_ = std::max(last_, stored_);
  return {};
}

Status Spool::write_counters() {
  return write_file_atomically(
      folder_ + "/stored",
      Json{{"worker", worker_}, {"stored", stored_}, {"last", last_}}.dump() + "\n");
}

std::string Spool::path_of(std::uint64_t number) const {
  return folder_ + format("/%010llu", static_cast<unsigned long long>(number)) + kEnding;
}

std::uint64_t Spool::next() const {
  const MutexLock lock(mutex_);
  return last_ + 1;
}

Status Spool::add(GameBlock block) {
  const MutexLock lock(mutex_);
  block.number = last_ + 1;
  const std::string text = file_text(block);
  PONNUKI_TRY(write_file_atomically(path_of(block.number), text));
  last_ = block.number;
  waiting_.emplace_back(block.number, text.size());
  return {};
}

bool Spool::is_full() const {
  const MutexLock lock(mutex_);
  std::size_t bytes = 0;
  for (const auto& [number, size] : waiting_) bytes += size;
  return bytes >= most_bytes_;
}

std::vector<std::uint64_t> Spool::waiting() const {
  const MutexLock lock(mutex_);
  std::vector<std::uint64_t> numbers;
  for (const auto& [number, size] : waiting_) numbers.push_back(number);
  return numbers;
}

Result<GameBlock> Spool::read(std::uint64_t number) const {
  PONNUKI_TRY(const std::string text, read_plain_file(path_of(number), kMostFile));
  const std::size_t end = text.find('\n');
  const auto json = parse_json(text.substr(0, end));
  GameBlock block;
  block.body = end == std::string::npos ? "" : text.substr(end + 1);
  try {
    if (!json || json->at("crc32") != selfplay::checksum(block.body)) throw std::exception();
    block.wire = json->at("wire");
    block.number = json->at("number");
    block.net = json->at("net");
    block.options = json->at("options");
  } catch (const std::exception&) {
    return Error{"'" + path_of(number) + "' is damaged"};
  }
  block.worker = worker_;
  return block;
}

void Spool::forget_up_to(std::uint64_t number) {
  const MutexLock lock(mutex_);
  if (number <= stored_) return;
  stored_ = number;
  last_ = std::max(last_, number);
  // Files go only once their numbers are known for ever. If that fails, they go later.
  if (!write_counters()) return;
  std::erase_if(waiting_, [&](const auto& each) {
    if (each.first > number) return false;
    std::error_code ignored;
    fs::remove(path_of(each.first), ignored);
    return true;
  });
}

}  // namespace ponnuki::swarm
