#include "swarm/nats_hub.h"

#include "swarm/nats_options.h"

namespace ponnuki::swarm {
namespace {

constexpr auto kReconnectAfter = std::chrono::seconds(2);
constexpr auto kLookAgain = std::chrono::seconds(60);  // for a message that was not heard

/// A server that refuses a certificate hangs up after the handshake, without a word of NATS.
Error connect_error(natsStatus status, const HubAddress& address) {
  const bool is_tls = address.urls.find("tls://") != std::string::npos;
  const bool hung_up =
      status == NATS_PROTOCOL_ERROR || status == NATS_IO_ERROR || status == NATS_CONNECTION_CLOSED;
  const char* const advice =
      address.certificate.empty()
          ? ": the server hung up; it may want a certificate: give one by --cert and --key"
          : ": the server hung up; it may not take this --cert: is it expired, or of another "
            "authority?";
  if (is_tls && hung_up) return Error{address.urls + advice};
  Error error = nats_error(status).in(address.urls);
  if (status == NATS_SSL_ERROR) error.message += "; --ca, with tls://, names who certifies it";
  return error;
}

}  // namespace

Error nats_error(natsStatus status, jsErrCode code) {
  std::string text = natsStatus_GetText(status);
  const char* const found = nats_GetLastError(nullptr);
  std::string last = found != nullptr ? found : "";
  if (const std::size_t place = last.find("): "); place != std::string::npos)
    last.erase(0, place + 3);  // a line of libnats
  if (!last.empty() && last != text) text += ": " + last;
  if (code != 0) text += " (JetStream's error " + std::to_string(static_cast<int>(code)) + ")";
  return Error{text};
}

Status nats_status(natsStatus status) {
  if (status == NATS_OK) return {};
  return nats_error(status);
}

std::string data_of(natsMsg* message) {
  return {natsMsg_GetData(message), static_cast<std::size_t>(natsMsg_GetDataLength(message))};
}
std::string header_of(natsMsg* message, const char* name) {
  const char* value = nullptr;  // NULL where the header is absent
  return natsMsgHeader_Get(message, name, &value) == NATS_OK && value != nullptr ? value : "";
}

/// A number, 0 if it is none.
std::uint64_t number_from(const std::string& text) {
  const bool is_number = !text.empty() && text.size() <= 18 &&
                         text.find_first_not_of("0123456789") == std::string::npos;
  return is_number ? std::stoull(text) : 0;
}

Result<std::unique_ptr<NatsHub>> NatsHub::connect(const HubAddress& address,
                                                  const std::string& name) {
  std::unique_ptr<NatsHub> hub(new NatsHub(address));
  PONNUKI_TRY(const NatsOptions options, nats_options(hub->address_, name));
  natsConnection* connection = nullptr;
  const natsStatus status = natsConnection_Connect(&connection, options.get());
  hub->connection_.reset(connection);
  if (status != NATS_OK) return connect_error(status, address);
  jsOptions js_options;
  jsOptions_Init(&js_options);
  js_options.Wait = kHubTimeout;
  jsCtx* stream = nullptr;
  PONNUKI_TRY(nats_status(natsConnection_JetStream(&stream, connection, &js_options)));
  hub->stream_.reset(stream);
  return hub;
}

Error NatsHub::error(natsStatus status, jsErrCode code) const {
  const char* text = nullptr;
  const natsStatus last = natsConnection_GetLastError(connection(), &text);
  if (last == NATS_CONNECTION_AUTH_FAILED) return Error{text};
  if (last != NATS_NOT_PERMITTED) return nats_error(status, code);
  return Error{std::string(text) + ": is this the user of another worker or run?"};
}

Status NatsHub::publish(const std::string& subject, const std::string& data) {
  jsErrCode code{};
  const natsStatus status = js_Publish(nullptr, stream(), subject.c_str(), data.data(),
                                       static_cast<int>(data.size()), nullptr, &code);
  if (status != NATS_OK) return error(status, code);
  return {};
}

Status NatsHub::tell(const std::string& subject, const std::string& data) {
  return nats_status(natsConnection_PublishString(connection(), subject.c_str(), data.c_str()));
}

Result<std::optional<std::string>> NatsHub::last(const char* kind, const std::string& subject) {
  jsErrCode code{};
  natsMsg* raw = nullptr;
  const natsStatus status =
      js_GetLastMsg(&raw, stream(), stream_name(kind).c_str(), subject.c_str(), nullptr, &code);
  const NatsMessage message(raw);
  if (status == NATS_NOT_FOUND || code == JSStreamNotFoundErr) return std::optional<std::string>();
  if (status != NATS_OK) return error(status, code);
  return std::optional(data_of(raw));
}

std::uint64_t NatsHub::reconnects() const {
  natsStatistics* raw = nullptr;
  if (natsStatistics_Create(&raw) != NATS_OK) return 0;
  const Owned<natsStatistics, natsStatistics_Destroy> statistics(raw);
  std::uint64_t count = 0;
  if (natsConnection_GetStats(connection(), raw) == NATS_OK)
    natsStatistics_GetCounts(raw, nullptr, nullptr, nullptr, nullptr, &count);
  return count;
}

Result<std::shared_ptr<NatsHub>> LastingHub::get() {
  const MutexLock lock(mutex_);
  if (hub_ && !natsConnection_IsClosed(hub_->connection())) return hub_;
  if (failure_ && Clock::now() - tried_ < kReconnectAfter) return *failure_;
  auto hub = NatsHub::connect(address_, name_);
  tried_ = Clock::now();
  failure_.reset();
  if (!hub) failure_ = hub.error();
  if (failure_) return *failure_;
  if (hub_) made_ += hub_->reconnects() + 1;
  hub_ = std::move(*hub);
  return hub_;
}

std::uint64_t LastingHub::connections() {
  const MutexLock lock(mutex_);
  return made_ + (hub_ ? hub_->reconnects() + 1 : 0);
}

Result<std::optional<std::string>> LastMessage::get(const std::shared_ptr<NatsHub>& hub) {
  if (hub != hub_) {
    hub_ = hub;
    subscription_.reset();
    is_known_ = false;
  }
  if (!subscription_) {
    natsSubscription* raw = nullptr;
    PONNUKI_TRY(
        nats_status(natsConnection_SubscribeSync(&raw, hub_->connection(), subject_.c_str())));
    subscription_.reset(raw);
  }
  const std::uint64_t reconnects = hub_->reconnects();
  if (!is_known_ || reconnects != reconnects_ || Clock::now() - asked_ > kLookAgain) {
    PONNUKI_TRY(auto last, hub_->last("RUN", subject_));
    if (last) value_ = std::move(last);
    is_known_ = true;
    reconnects_ = reconnects;
    asked_ = Clock::now();
  }
  for (natsMsg* raw = nullptr; natsSubscription_NextMsg(&raw, subscription_.get(), 1) == NATS_OK;) {
    const NatsMessage message(raw);
    value_ = data_of(raw);
  }
  return value_;
}

}  // namespace ponnuki::swarm
