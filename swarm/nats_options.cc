#include "swarm/nats_options.h"

#include <cstdlib>
#include <sstream>
#include <vector>

namespace ponnuki::swarm {
namespace {

// A network that is cut says nothing: after three pings without an answer it is so.
constexpr std::int64_t kPingEvery = 10000;  // milliseconds
constexpr int kMostPings = 2;

Status set_servers(natsOptions* options, const std::string& urls) {
  const std::vector<std::string> each = urls_of(urls);
  std::vector<const char*> texts;
  for (const std::string& url : each) texts.push_back(url.c_str());
  return nats_status(natsOptions_SetServers(options, texts.data(), static_cast<int>(texts.size())));
}

Status set_tls(natsOptions* options, const HubAddress& address) {
  if (address.urls.find("tls://") == std::string::npos) return {};
  PONNUKI_TRY(nats_status(natsOptions_SetSecure(options, true)));
  if (!address.authority.empty()) {
    const natsStatus status =
        natsOptions_LoadCATrustedCertificates(options, address.authority.c_str());
    if (status != NATS_OK) return nats_error(status).in(address.authority);
  }
  if (!address.certificate.empty()) {
    const natsStatus status = natsOptions_LoadCertificatesChain(
        options, address.certificate.c_str(), address.key.c_str());
    if (status != NATS_OK) return nats_error(status).in(address.certificate);
  }
  return {};
}

/// A hub that knows no keys gives no nonce to be signed: it lets in whoever comes, or refuses us.
natsStatus sign_nonce(char**, unsigned char** signature, int* size, const char* nonce, void* key) {
  if (nonce != nullptr)
    return nats_Sign(static_cast<const SigningKey*>(key)->seed().c_str(), nonce, signature, size);
  *signature = static_cast<unsigned char*>(std::calloc(1, 1));  // libnats frees it, and needs one
  *size = 1;
  return *signature == nullptr ? NATS_NO_MEMORY : NATS_OK;
}

Status set_key(natsOptions* options, const SigningKey& key) {
  return nats_status(natsOptions_SetNKey(options, key.public_key().c_str(), sign_nonce,
                                         const_cast<SigningKey*>(&key)));
}

}  // namespace

std::vector<std::string> urls_of(const std::string& text) {
  std::vector<std::string> urls;
  std::istringstream parts(text);
  for (std::string url; std::getline(parts, url, ',');) urls.push_back(url);
  return urls;
}

Result<NatsOptions> nats_options(const HubAddress& address, const std::string& name) {
  natsOptions* raw = nullptr;
  PONNUKI_TRY(nats_status(natsOptions_Create(&raw)));
  NatsOptions options(raw);
  PONNUKI_TRY(set_servers(raw, address.urls));
  PONNUKI_TRY(set_tls(raw, address));
  natsOptions_SetName(raw, name.c_str());
  natsOptions_SetTimeout(raw, kHubTimeout);
  // Without, a cut network blocks whoever writes, and with it every other call.
  natsOptions_SetWriteDeadline(raw, kHubTimeout);
  natsOptions_SetPingInterval(raw, kPingEvery);
  natsOptions_SetMaxPingsOut(raw, kMostPings);
  natsOptions_SetMaxReconnect(raw, -1);  // for ever
  natsOptions_SetReconnectWait(raw, 1000);
  natsOptions_SetReconnectJitter(raw, 500, 1000);
  if (address.user_key) {
    PONNUKI_TRY(set_key(raw, *address.user_key));
  } else if (!address.user.empty()) {
    natsOptions_SetUserInfo(raw, address.user.c_str(), address.password.c_str());
  }
  // Workers may subscribe only below a prefix of their own.
  natsOptions_SetCustomInboxPrefix(raw, ("_INBOX_" + name).c_str());
  return options;
}

}  // namespace ponnuki::swarm
