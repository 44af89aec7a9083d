// NatsHub: a connection to the hub, and what all that use it do with it. libnats is thread-safe.
#pragma once

#include <nats/nats.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "engine/clock.h"
#include "engine/mutex.h"
#include "engine/result.h"
#include "swarm/nats_links.h"

namespace ponnuki::swarm {

inline constexpr std::int64_t kHubTimeout = 5000;  // milliseconds

/// A pointer that calls Destroy at its end.
template <typename T, void (*Destroy)(T*)>
struct Destroyer {
  void operator()(T* object) const { Destroy(object); }
};
template <typename T, void (*Destroy)(T*)>
using Owned = std::unique_ptr<T, Destroyer<T, Destroy>>;

using NatsOptions = Owned<natsOptions, natsOptions_Destroy>;
using NatsConnection = Owned<natsConnection, natsConnection_Destroy>;
using NatsStream = Owned<jsCtx, jsCtx_Destroy>;
using NatsSubscription = Owned<natsSubscription, natsSubscription_Destroy>;
using NatsMessage = Owned<natsMsg, natsMsg_Destroy>;

Error nats_error(natsStatus status, jsErrCode code = static_cast<jsErrCode>(0));
Status nats_status(natsStatus status);
std::string data_of(natsMsg* message);
/// "" if the message has no such header.
std::string header_of(natsMsg* message, const char* name);
/// 0 if the text is no number.
std::uint64_t number_from(const std::string& text);

/// The most that the streams NETS and RUN have.
inline constexpr std::int64_t kNetsBytes = std::int64_t{256} << 20,
                              kRunBytes = std::int64_t{16} << 20;

class NatsHub {
 public:
  /// `name` is that of the client.
  static Result<std::unique_ptr<NatsHub>> connect(const HubAddress& address,
                                                  const std::string& name);

  const std::string& run() const { return address_.run; }
  /// How many servers the address names.
  int servers() const { return static_cast<int>(urls_of(address_.urls).size()); }
  natsConnection* connection() const { return connection_.get(); }
  jsCtx* stream() const { return stream_.get(); }
  /// "GAMES_club" of the kind "GAMES".
  std::string stream_name(const char* kind) const { return std::string(kind) + "_" + run(); }
  Status publish(const std::string& subject, const std::string& data);
  /// The same without waiting until the hub has it: it may be lost.
  Status tell(const std::string& subject, const std::string& data);
  /// The last message of a stream with that subject; nothing if there is none.
  Result<std::optional<std::string>> last(const char* kind, const std::string& subject);
  /// How often the connection was lost and made again.
  std::uint64_t reconnects() const;
  /// Why a call has failed. The hub says apart from its answers what it does not permit.
  Error error(natsStatus status, jsErrCode code) const;

 private:
  explicit NatsHub(HubAddress address) : address_(std::move(address)) {}

  const HubAddress address_;  // the connection uses its key
  NatsConnection connection_;
  NatsStream stream_;  // ends first
};

/// A hub that is connected when it is needed. libnats gives up a connection for good where its user
/// is refused twice; users may come back, so another connection follows. Thread-safe.
class LastingHub {
 public:
  LastingHub(HubAddress address, std::string name)
      : address_(std::move(address)), name_(std::move(name)) {}
  Result<std::shared_ptr<NatsHub>> get();
  const std::string& run() const { return address_.run; }
  /// Grows with each connection, also with those that libnats makes again by itself.
  std::uint64_t connections();

 private:
  const HubAddress address_;
  const std::string name_;
  Mutex mutex_;
  std::shared_ptr<NatsHub> hub_ PONNUKI_GUARDED_BY(mutex_);
  std::uint64_t made_ PONNUKI_GUARDED_BY(mutex_) = 0;        // connections before hub_'s last one
  std::optional<Error> failure_ PONNUKI_GUARDED_BY(mutex_);  // of the last try
  Clock::time_point tried_ PONNUKI_GUARDED_BY(mutex_);
};

/// The last message of a subject of the stream RUN: heard as it comes, and looked up at the start.
class LastMessage {
 public:
  explicit LastMessage(std::string subject) : subject_(std::move(subject)) {}
  Result<std::optional<std::string>> get(const std::shared_ptr<NatsHub>& hub);

 private:
  const std::string subject_;
  std::shared_ptr<NatsHub> hub_;
  NatsSubscription subscription_;
  std::optional<std::string> value_;
  bool is_known_ = false;
  std::uint64_t reconnects_ = 0;  // when it was looked up; meanwhile messages may be lost
  Clock::time_point asked_{};
};

}  // namespace ponnuki::swarm
