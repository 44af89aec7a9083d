// HubUsers: the file of a hub's users, a list that the config of nats-server includes. A comment
// names each user, and its entry has the public key:
//
//     users: [
//     # ann
//     { nkey: U…, permissions: {…} }
//     ]
//
// Older programs gave users a password: { user: ann, password: "…", … }.
//
// The same file tells a learner whose signature is whose.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/result.h"

namespace ponnuki::swarm {

class HubUsers {
 public:
  /// No users if there is no such file.
  static Result<HubUsers> open(const std::string& path);

  bool has(const std::string& name) const;
  /// "" if there is no such user, or it has no key.
  std::string key_of(const std::string& name) const;
  /// A worker may send its own games and reports, and read what the learner says.
  Status add_worker(const std::string& name, const std::string& public_key, const std::string& run);
  /// A learner may do everything.
  Status add_learner(const std::string& name, const std::string& public_key);
  /// Returns false if there is no such user.
  Result<bool> remove(const std::string& name);

 private:
  struct User {
    std::string name, text;
  };
  explicit HubUsers(std::string path) : path_(std::move(path)) {}
  Status add(const std::string& name, const std::string& text);
  Status write() const;

  std::string path_;
  std::vector<User> users_;
};

/// Whose signatures are valid: those of the users in a file, as it is now.
class WorkerKeys {
 public:
  static Result<WorkerKeys> open(const std::string& path);

  bool has_signed(const std::string& worker, std::string_view text, const std::string& signature);

 private:
  explicit WorkerKeys(std::string path, HubUsers users)
      : path_(std::move(path)), users_(std::move(users)) {}

  std::string path_;
  HubUsers users_;
  std::filesystem::file_time_type changed_{};  // the file, when it was read
};

}  // namespace ponnuki::swarm
