#include "selfplay/run/run_directory.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include "engine/file.h"
#include "engine/format.h"
#include "engine/json_parse.h"
#include "selfplay/files/bytes.h"
#include "selfplay/records/record_file.h"

namespace ponnuki::selfplay {
namespace {

namespace fs = std::filesystem;

/// A kind of state file: its magic word, its version, a checksum, and the state.
struct Kind {
  const char* name;
  std::string_view magic;
  // Versions from oldest_version on can be read.
  std::uint32_t version, oldest_version;
};
constexpr Kind kState = {"/state.bin", "PNKSTATE", 5, 2};
constexpr Kind kRecords = {"/records.bin", "PNKRECRD", 2, 1};
constexpr const char* kGamesEnding = ".games";
constexpr std::size_t kMostStateBytes = std::size_t{2} << 30;

void put_work(const CycleWork& work, std::string& body) {
  put(work.played, body);
  put(work.play_seconds, body);
  put(work.learn_seconds, body);
  put(work.batches, body);
  put(work.learned, body);
  put(static_cast<std::uint8_t>(work.match_begun), body);
}

CycleWork get_work(ByteReader& in) {
  CycleWork work;
  work.played = in.get<std::int64_t>();
  work.play_seconds = in.get<double>();
  work.learn_seconds = in.get<double>();
  work.batches = in.get<std::int64_t>();
  work.learned = get_learning_report(in);
  work.match_begun = in.get<std::uint8_t>() != 0;
  return work;
}

void put_place(const RecordsPlace& place, std::string& body) {
  put(place.epoch, body);
  put(place.sample, body);
  put(place.fingerprint, body);
  put(place.held_out, body);
}

RecordsPlace get_place(ByteReader& in) {
  RecordsPlace place;
  place.epoch = in.get<std::int64_t>();
  place.sample = in.get<std::int64_t>();
  place.fingerprint = in.get<std::uint64_t>();
  place.held_out = in.get<double>();
  return place;
}

std::string numbered(const std::string& folder, std::int64_t cycle, const char* ending) {
  return folder + format("/%06lld", static_cast<long long>(cycle)) + ending;
}

struct Checked {
  std::uint32_t version;
  std::string body;
};

constexpr char kRemedy[] =
    "put a copy in its place, or start in another folder with --init and the newest net of this "
    "one";

/// Reads a file of write_checked(). Returns nothing if there is no such file.
Result<std::optional<Checked>> read_checked(const std::string& folder, const Kind& kind) {
  const std::string path = folder + kind.name;
  if (!file_exists(path)) return std::optional<Checked>();
  PONNUKI_TRY(const auto bytes, read_plain_file(path, kMostStateBytes));
  ByteReader reader(bytes);
  if (reader.take(kind.magic.size()) != kind.magic)
    return Error{path + ": is no state of a training run; " + kRemedy};
  const auto version = reader.get<std::uint32_t>();
  if (version < kind.oldest_version || version > kind.version)
    return Error{path + ": is of a format that this version does not know; " + kRemedy};
  const auto expected = reader.get<std::uint32_t>();
  const std::string_view body = reader.take(reader.left());
  if (reader.failed() || checksum(body) != expected)
    return Error{path + ": is damaged; " + kRemedy};
  return std::optional(Checked{version, std::string(body)});
}

/// A state may be missing only where there are no results yet.
Status expect_state_of_results(const std::string& folder, const Kind& kind) {
  if (file_exists(folder + kind.name) || !file_exists(RunDirectory::metrics_path(folder)))
    return {};
  return Error{folder + kind.name + ": is missing, but there are results of earlier cycles; " +
               kRemedy};
}

Status write_checked(const std::string& folder, const Kind& kind, const std::string& body) {
  std::string bytes(kind.magic);
  put(kind.version, bytes);
  put(checksum(body), bytes);
  return write_file_atomically(folder + kind.name, bytes + body);
}

}  // namespace

Result<RunDirectory> RunDirectory::open(const std::string& path) {
  for (const std::string& folder : {path, path + "/games", path + "/nets"}) {
    PONNUKI_TRY(make_folder(folder));
  }
  PONNUKI_TRY(
      LockedFile lock,
      LockedFile::open(path + "/lock", path + ": another process trains here; stop it first, or "
                                              "give another folder"));
  for (const std::string& folder : {path, path + "/nets"}) remove_temporary_files(folder);
  return RunDirectory(path, std::move(lock));
}

std::string RunDirectory::games_path(std::int64_t cycle) const {
  return numbered(path_ + "/games", cycle, kGamesEnding);
}
std::string RunDirectory::net_path(std::int64_t cycle) const {
  return numbered(path_ + "/nets", cycle, ".bin.gz");
}

Result<std::optional<TrainingState>> RunDirectory::read_state() const {
  PONNUKI_TRY(expect_state_of_results(path_, kState));
  return read_state(path_);
}

Result<std::optional<TrainingState>> RunDirectory::read_state(const std::string& folder) {
  PONNUKI_TRY(const auto file, read_checked(folder, kState));
  if (!file) return std::optional<TrainingState>();
  ByteReader in(file->body);
  TrainingState state;
  state.cycle = in.get<std::int64_t>();
  state.games = in.get<std::int64_t>();
  state.rows = in.get<std::int64_t>();
  state.seconds = in.get<double>();
  state.elo = in.get<double>();
  state.anchor = in.get<std::int64_t>();
  state.anchor_elo = in.get<double>();
  state.stage = in.get<std::int64_t>();
  state.catch_up = in.get<std::int64_t>();
  if (file->version == 3) state.work.batches = in.get<std::int64_t>();
  if (file->version > 3) state.work = get_work(in);
  if (file->version > 4) state.records = get_place(in);
  state.learner = in.take(in.left());
  return std::optional<TrainingState>(std::move(state));
}

Status RunDirectory::write_state(const TrainingState& state) const {
  std::string body;
  put(state.cycle, body);
  put(state.games, body);
  put(state.rows, body);
  put(state.seconds, body);
  put(state.elo, body);
  put(state.anchor, body);
  put(state.anchor_elo, body);
  put(state.stage, body);
  put(state.catch_up, body);
  put_work(state.work, body);
  put_place(state.records, body);
  body += state.learner;
  return write_checked(path_, kState, body);
}

Result<std::optional<RecordsState>> RunDirectory::read_records_state() const {
  PONNUKI_TRY(expect_state_of_results(path_, kRecords));
  PONNUKI_TRY(const auto file, read_checked(path_, kRecords));
  if (!file) return std::optional<RecordsState>();
  ByteReader in(file->body);
  RecordsState state;
  state.cycle = in.get<std::int64_t>();
  state.place.epoch = in.get<std::int64_t>();
  state.place.sample = in.get<std::int64_t>();
  state.seconds = in.get<double>();
  if (file->version > 1) {
    state.place.fingerprint = in.get<std::uint64_t>();
    state.place.held_out = in.get<double>();
    state.evaluated_at = in.get<double>();
    state.learn_seconds = in.get<double>();
    state.learned = get_learning_report(in);
  }
  state.learner = in.take(in.left());
  return std::optional<RecordsState>(std::move(state));
}

Status RunDirectory::write_records_state(const RecordsState& state) const {
  std::string body;
  put(state.cycle, body);
  put(state.place.epoch, body);
  put(state.place.sample, body);
  put(state.seconds, body);
  put(state.place.fingerprint, body);
  put(state.place.held_out, body);
  put(state.evaluated_at, body);
  put(state.learn_seconds, body);
  put(state.learned, body);
  return write_checked(path_, kRecords, body + state.learner);
}

Status RunDirectory::expect_no_records() const {
  if (!file_exists(path_ + kRecords.name)) return {};
  return Error{path_ + ": the run there learns from game records; give --sgf, or another --dir"};
}

Status RunDirectory::expect_no_games() const {
  if (!file_exists(path_ + kState.name)) return {};
  return Error{path_ + ": the run there learns from its own games; give another --dir"};
}

std::string RunDirectory::options_path(const std::string& folder, RunKind kind) {
  return folder + (kind == RunKind::kRecords ? "/records.conf" : "/state.conf");
}

Status RunDirectory::write_config(RunKind kind, const std::string& json,
                                  const std::string& options) const {
  PONNUKI_TRY(write_file_atomically(path_ + "/config.json", json));
  return write_file_atomically(options_path(path_, kind), options);
}

Status RunDirectory::append_metrics(const std::string& line) const {
  PONNUKI_TRY(const std::string before, read_metrics());
  return write_file_atomically(metrics_path(), before + line + "\n");
}

Result<std::string> RunDirectory::read_metrics() const {
  if (!file_exists(metrics_path())) return std::string();
  return read_plain_file(metrics_path());
}
Status RunDirectory::write_page(const std::string& html) const {
  return write_file_atomically(path_ + "/index.html", html);
}

Status RunDirectory::cut_metrics(std::int64_t cycle) const {
  PONNUKI_TRY(const std::string text, read_metrics());
  std::istringstream lines(text);
  std::string kept;
  for (std::string line; std::getline(lines, line);) {
    const auto json = parse_json(line);
    const bool is_line =
        json && json->is_object() && json->value("cycle", nlohmann::json()).is_number();
    if (is_line && json->at("cycle").get<std::int64_t>() <= cycle) kept += line + "\n";
  }
  return kept == text ? Status() : write_file_atomically(metrics_path(), kept);
}

void RunDirectory::forget_games_before(std::int64_t cycle) const {
  const std::string oldest = games_path(cycle);
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(path_ + "/games", error)) {
    const std::string path = entry.path().string();
    std::error_code ignored;
    if (path.size() <= oldest.size() && path < oldest && path.ends_with(kGamesEnding))
      fs::remove(path, ignored);
  }
}

}  // namespace ponnuki::selfplay
