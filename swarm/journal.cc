#include "swarm/journal.h"

#include <thread>

#include "engine/file.h"
#include "engine/random_token.h"
#include "swarm/folder_mirror.h"

namespace ponnuki::swarm {
namespace {

using namespace std::chrono_literals;
using Kind = JournalEntry::Kind;

constexpr double kAskSeconds = 2;  // between looks for who wants a snapshot

JournalEntry entry_of(Kind kind, const std::string& token = "") {
  JournalEntry entry;
  entry.kind = kind;
  entry.token = token;
  return entry;
}

}  // namespace

std::string holder_path(const std::string& folder) { return folder + "/holder"; }

Journal::Journal(std::unique_ptr<JournalLink> link, const std::string& folder)
    : link_(std::move(link)), folder_(folder), changes_(folder) {}

Status Journal::take_name() {
  const std::string path = holder_path(folder_);
  if (!file_exists(path)) PONNUKI_TRY(write_file_atomically(path, random_token() + "\n"));
  PONNUKI_TRY(holder_, read_plain_file(path));
  while (holder_.ends_with('\n')) holder_.pop_back();
  if (holder_.empty()) return Error{"'" + path + "' is empty: remove it"};
  return {};
}

Status Journal::take(const std::function<void(const std::string& line)>& say) {
  PONNUKI_TRY(take_name());
  const MutexLock lock(mutex_);
  const auto last_number = [&]() -> Result<std::uint64_t> {
    PONNUKI_TRY(const JournalLink::Range range, link_->range());
    return range.last;
  };
  PONNUKI_TRY(last_, last_number());
  PONNUKI_TRY(const auto entry, link_->read(last_));
  if (entry && entry->holder != holder_) {
    say("another learner may be at work on this run; waiting whether it is heard");
    for (const auto begin = Clock::now(); seconds_since(begin) < kLeaseSeconds;) {
      std::this_thread::sleep_for(500ms);
      PONNUKI_TRY(const std::uint64_t now, last_number());
      if (now != last_)
        return Error{
            "another learner works on this run: end it first, or let this one stand by "
            "(ponnuki hub standby)"};
    }
  }
  PONNUKI_TRY(append(entry_of(Kind::kBeat)));
  return FolderMirror::release(folder_);
}

/// After an error it is not known whether the entry is there; the next call finds out.
Status Journal::append(JournalEntry entry) {
  entry.holder = holder_;
  for (int tries = 0; tries < 3; ++tries) {
    PONNUKI_TRY(const auto number, link_->append(entry, last_));
    if (number) {
      last_ = *number;
      beaten_ = Clock::now();
      return {};
    }
    // Another entry is there. It may be our own, whose answer was lost; or a hub begins anew.
    PONNUKI_TRY(const JournalLink::Range range, link_->range());
    PONNUKI_TRY(const auto found, link_->read(range.last));
    if (range.last > 0 && (!found || found->holder != holder_)) {
      is_lost_ = true;
      return expect_held();
    }
    last_ = range.last;
    if (range.last == 0) served_.clear();
  }
  return Error{"the journal of this run changes all the time"};
}

Status Journal::expect_held() const {
  if (!is_lost_) return {};
  return Error{"another learner has taken over this run: this one ends"};
}

Status Journal::sync() {
  const MutexLock lock(mutex_);
  if (seconds_since(asked_) > kAskSeconds) {
    asked_ = Clock::now();
    PONNUKI_TRY(const std::string token, link_->wanted_snapshot());
    if (token != served_) {
      changes_.forget();
      PONNUKI_TRY(append(entry_of(Kind::kSnapshot, token)));
      served_ = token;
    }
  }
  if (!served_.empty()) PONNUKI_TRY(serve());
  if (seconds_since(beaten_) > kBeatSeconds) PONNUKI_TRY(append(entry_of(Kind::kBeat)));
  return {};
}

Status Journal::serve() {
  bool any = false;
  PONNUKI_TRY(changes_.copy([&](JournalEntry entry) PONNUKI_REQUIRES(mutex_) -> Status {
    any = true;
    return append(std::move(entry));
  }));
  return any ? append(entry_of(Kind::kReady)) : Status();
}

}  // namespace ponnuki::swarm
