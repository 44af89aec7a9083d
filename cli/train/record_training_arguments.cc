#include "cli/train/record_training_arguments.h"

#include <algorithm>
#include <filesystem>
#include <span>

#include "review/records.h"

namespace ponnuki::cli {
namespace {

constexpr const char* kOfRecords[] = {"epochs",         "holdout",       "augment",
                                      "evaluate-every", "records-share", "record-openings"};
constexpr const char* kOfRecordsAlone[] = {"epochs", "evaluate-every"};
constexpr const char* kOfOwnGames[] = {"catch-up",         "cycles",      "games",
                                       "search",           "simulations", "fast-share",
                                       "fast-simulations", "komi",        "random-openings",
                                       "considered",       "value-scale", "forks",
                                       "match-every",      "match-games", "reuse",
                                       "record-openings"};

}  // namespace

void RecordTrainingArguments::add(OptionSet& options) {
  options.heading("Game records, instead of games of its own or beside them");
  options.text({"sgf", "PATH", "learn from this game record or folder of records; more may follow"},
               &first_path_);
  options.number({"records-share", "SHARE",
                  "share of the samples that comes from the records; below 1 the net plays games "
                  "of its own as well"},
                 &share_, {0.001, 1});
  options.number({"record-openings", "SHARE",
                  "share of the games of its own that begin at a position of a record"},
                 &record_openings_, {0, 1});
  options.number({"epochs", "N", "stop after N epochs in all; 0: never"}, &training_.epochs,
                 {0, 1e6});
  options.number({"holdout", "SHARE", "share of the games that are held out for evaluation"},
                 &holdout_, {0, 0.9});
  options.choice({"augment", "yes|no", "turn and mirror positions at random, vary the rules"},
                 &augment_, {"yes", "no"});
  options.number({"evaluate-every", "MINUTES",
                  "evaluate after so many minutes and after each epoch; 0: only after each epoch"},
                 &training_.evaluate_every, {0, 1e6});
  options.positionals({"PATH", "", "more files and folders for --sgf"}, &more_paths_, false);
}

Result<SampleSource> RecordTrainingArguments::source(const OptionSet& options) const {
  const auto first_given = [&](std::span<const char* const> names) -> std::string {
    const auto found = std::ranges::find_if(names, [&](auto name) { return options.given(name); });
    return found == names.end() ? "" : std::string("--") + *found;
  };
  if (!options.given("sgf")) {
    if (const std::string name = first_given(kOfRecords); !name.empty())
      return Error{name + " is for game records: give --sgf PATH as well"};
    if (!more_paths_.empty())
      return Error{"unexpected argument '" + more_paths_.front() +
                   "'; to learn from game records give --sgf " + more_paths_.front()};
    return SampleSource::kOwnGames;
  }
  if (share_ < 1) {
    if (const std::string name = first_given(kOfRecordsAlone); !name.empty())
      return Error{name + " is for game records alone; leave it out, or --records-share"};
    return SampleSource::kBoth;
  }
  if (const std::string name = first_given(kOfOwnGames); !name.empty())
    return Error{name +
                 " is for games of the net's own; leave it out, or --sgf, or give --records-share"};
  return SampleSource::kRecords;
}

void RecordTrainingArguments::share(selfplay::TrainingOptions& training) const {
  training.record_share = share_;
  training.augment_records = augment_ == "yes";
  training.games.followed_opening_chance = record_openings_;
}

Result<selfplay::RecordTrainingOptions> RecordTrainingArguments::read(
    const selfplay::TrainingOptions& common) const {
  if (!common.growth.empty()) return Error{"--net: give one shape; nets do not grow with --sgf"};
  selfplay::RecordTrainingOptions training = training_;
  training.directory = common.directory;
  training.given = common.given;
  training.first = {
      .shape = common.shape, .ladders = common.ladders, .init = common.init, .seed = common.seed};
  training.threads = common.threads;
  training.augment = augment_ == "yes";
  training.learner = common.learner;
  training.minutes = common.minutes;
  return training;
}

Result<selfplay::SplitCollection> RecordTrainingArguments::collection(
    const std::vector<BoardSize>& sizes, int threads,
    const std::function<void(const std::string&)>& warn) const {
  std::vector<std::string> paths = more_paths_;
  paths.insert(paths.begin(), first_path_);
  for (const std::string& path : paths) {
    std::error_code error;
    if (path != "-" && !std::filesystem::exists(path, error))
      return Error{"--sgf: '" + path + "': no such file or folder"};
  }
  const auto records = review::find_records(paths, "");
  if (!records) return records.error().in("--sgf");
  std::vector<std::string> files;
  for (const review::Record& record : *records) files.push_back(record.path);
  selfplay::CollectionOptions options;
  options.rules.multi_stone_suicide = false;
  options.sizes = sizes;
  options.holdout = holdout_;
  options.threads = threads;
  auto games = selfplay::read_collection(files, options, warn);
  if (!games) return games.error().in("--sgf");
  return games;
}

}  // namespace ponnuki::cli
