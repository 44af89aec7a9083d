// What rank 0 tells its helpers. Each order begins with an Order that all ranks get; what follows
// depends on its kind. Internal to mpi/.
#pragma once

#include <cstdint>
#include <span>

#include "mpi/link.h"
#include "nn/training/loss.h"

namespace ponnuki::mpi {

/// To be raised when what the processes say to each other changes.
inline constexpr std::uint64_t kProtocol = 0x504e'4b4d'5049'0001;  // "PNKMPI", version 1

enum class OrderKind : std::uint64_t {
  kGreet = 1,  // number: threads of each helper, 0: as it likes. Answer: a Greeting
  kModel,      // number: bytes of the model, which follow by broadcast
  kWatch,      // begin to watch channels
  // number: parameters, which follow by broadcast as floats; then each helper's positions by
  // send(). Answer: a LossVector, and add_up() of the gradients
  kBatch,
  kJoinIdle,  // answer: a byte for each channel, 1: idle
  kEnd,
};

struct Order {
  std::uint64_t protocol = kProtocol;
  OrderKind kind = OrderKind::kEnd;
  std::uint64_t number = 0;
  nn::training::LossVector weights = {};  // kBatch
};

struct Greeting {
  std::uint64_t protocol = kProtocol;
  std::uint64_t threads = 1;
};

/// Bounds of what one message may have.
inline constexpr std::size_t kMostModelBytes = std::size_t{2} << 30;
inline constexpr std::size_t kMostPositionBytes = std::size_t{2} << 30;
inline constexpr std::uint64_t kMostThreads = 256;

/// An object as the bytes of a message. All ranks run on processors of the same kind.
template <typename T>
std::span<std::byte> bytes_of(T& object) {
  return std::as_writable_bytes(std::span(&object, 1));
}
template <typename T>
std::string_view text_of(const T& object) {
  return {reinterpret_cast<const char*>(&object), sizeof object};
}

}  // namespace ponnuki::mpi
