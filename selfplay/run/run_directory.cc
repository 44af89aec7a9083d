#include "selfplay/run/run_directory.h"

#include <filesystem>

#include "engine/file.h"
#include "engine/format.h"
#include "selfplay/files/bytes.h"
#include "selfplay/files/checksum.h"
#include "selfplay/run/metrics_text.h"

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

/// Reads a file of checked(). Returns nothing if there is no such file.
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

std::string checked(const Kind& kind, const std::string& body) {
  std::string bytes(kind.magic);
  put(kind.version, bytes);
  put(checksum(body), bytes);
  return bytes + body;
}

constexpr const char* kNetEnding = ".bin.gz";
constexpr const char* kConfig = "/config.json";
constexpr const char* kPage = "/index.html";

/// Whether a run writes files of that name into its folder.
bool is_in_folder(std::string_view name) {
  const auto is = [&](const std::string& path) { return path.substr(1) == name; };
  return is(kConfig) || is(kPage) || is(kState.name) || is(kRecords.name) ||
         is(RunDirectory::metrics_path("")) ||
         is(RunDirectory::options_path("", RunKind::kRecords)) ||
         is(RunDirectory::options_path("", RunKind::kOwnGames));
}

bool is_numbered(std::string_view name, std::string_view ending) {
  const std::string_view number = name.substr(0, name.find('.'));
  return number.size() >= 6 && number.find_first_not_of("0123456789") == number.npos &&
         name.substr(number.size()) == ending;
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
  remove_temporary_files(path, is_in_folder);
  remove_temporary_files(path + "/nets",
                         [](std::string_view name) { return is_numbered(name, kNetEnding); });
  remove_temporary_files(path + "/games",
                         [](std::string_view name) { return is_numbered(name, kGamesEnding); });
  return RunDirectory(path, std::move(lock));
}

Status RunDirectory::expect_in_place() const {
  if (lock_.expect_in_place()) return {};
  return Error{path_ +
               ": was moved, removed or replaced while this process trained there, so it stops and "
               "writes nothing more; start again with the folder where the run is now"};
}

Status RunDirectory::write(const std::string& path, std::string_view contents) const {
  PONNUKI_TRY(expect_in_place());
  return write_file_atomically(path, contents);
}

std::string RunDirectory::games_path(const std::string& folder, std::int64_t cycle) {
  return numbered(folder + "/games", cycle, kGamesEnding);
}
std::string RunDirectory::net_path(std::int64_t cycle) const {
  return numbered(path_ + "/nets", cycle, kNetEnding);
}
std::string RunDirectory::state_path(RunKind kind) const {
  return path_ + (kind == RunKind::kRecords ? kRecords : kState).name;
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
  return write(path_ + kState.name, checked(kState, body));
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
  return write(path_ + kRecords.name, checked(kRecords, body + state.learner));
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
  PONNUKI_TRY(write(path_ + kConfig, json));
  return write(options_path(path_, kind), sealed_config(options));
}

Status RunDirectory::check_options(const std::string& folder, RunKind kind) {
  const std::string path = options_path(folder, kind);
  const bool has_state = file_exists(folder + (kind == RunKind::kRecords ? kRecords : kState).name);
  const auto bad = [&](const char* what) {
    return Error{path + ": " + what +
                 ", so the options of the run are not known. Put a copy in its place. If you have "
                 "changed it yourself, delete its comments. Else delete the file and give the "
                 "options again; " +
                 folder + kConfig + " shows them"};
  };
  if (!file_exists(path)) return {};
  PONNUKI_TRY(const std::string text, read_file(path));
  if (text.empty() && has_state) return bad("is empty");
  return is_config_seal_right(text) ? Status() : bad("is damaged (its checksum is wrong)");
}

Status RunDirectory::append_metrics(const std::string& line) const {
  PONNUKI_TRY(const std::string before, read_metrics());
  return write(metrics_path(), before + sealed(line) + "\n");
}

Result<std::string> RunDirectory::read_metrics() const {
  if (!file_exists(metrics_path())) return std::string();
  return read_plain_file(metrics_path());
}
Status RunDirectory::write_page(const std::string& html) const {
  return write(path_ + kPage, html);
}

Status RunDirectory::cut_metrics(std::int64_t cycle,
                                 const std::function<void(const std::string&)>& say) const {
  PONNUKI_TRY(const std::string text, read_metrics());
  const MetricsText metrics = split_metrics(text);
  std::string kept, damage = damage_text(metrics);
  std::int64_t last = 0;
  for (const MetricsText::Line& line : metrics.lines) {
    if (line.cycle > cycle) continue;
    kept += line.json + "\n";
    last = line.cycle;
  }
  if (!damage.empty()) {
    PONNUKI_TRY(expect_in_place());
    PONNUKI_TRY(const std::string aside, set_aside(metrics_path()));
    damage += "; the file as it was is now " + aside;
  } else if (last < cycle) {
    damage = "the lines of cycles " + std::to_string(last + 1) + " to " + std::to_string(cycle) +
             " are missing";
  }
  if (!damage.empty()) say(metrics_path() + ": " + damage);
  return kept == text ? Status() : write(metrics_path(), kept);
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
