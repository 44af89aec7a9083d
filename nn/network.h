// Network: computes the raw outputs of a Go net from its raw inputs. Two kinds of code implement
// it: the Eigen references, which take any kernel size, stride and dilation
// (nn/reference/reference_network.h, nn/reference/tower_reference.h), and the fast kernels
// (nn/kernels/).
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/types.h"
#include "nn/model/model.h"
#include "nn/model/tower_model.h"

namespace ponnuki::nn {

/// One position as numbers. Planes are plane-major: spatial[c * area + y * width + x].
struct NetworkInput {
  BoardSize size;
  const float* spatial = nullptr;   // [spatial planes][area]
  const float* global = nullptr;    // [global features]; towers have none
  const float* metadata = nullptr;  // [Model::metadata_features()]; null means all zeros
};

/// Raw outputs of the heads, before softmax, tanh and scaling, from the perspective of the player
/// to move. The network sizes the vectors.
struct NetworkOutput {
  // [policy channels][area + 1], pass last. Some towers have no output for a pass.
  std::vector<float> policy;
  // 3 logits: win, loss, no result. A tower has 1 value before tanh, or none.
  std::vector<float> value;
  std::vector<float> misc;       // the score head, laid out by the model version; towers have none
  std::vector<float> ownership;  // [area], before tanh; towers have none
};

/// Multiply-adds in matrix products, by the format of the numbers.
struct Products {
  double fp32 = 0;
  double pairs = 0;  // of pairs of 16-bit integers

  bool in_pairs() const { return pairs > 0; }
  double all() const { return fp32 + pairs; }
  Products& operator+=(const Products& other) {
    fp32 += other.fp32;
    pairs += other.pairs;
    return *this;
  }
  friend Products operator*(double times, const Products& products) {
    return {times * products.fp32, times * products.pairs};
  }
};

class ForwardPass {
 public:
  virtual ~ForwardPass() = default;
  /// Computes inputs[i] into outputs[i]. Thread-safe: each call works on its calling thread.
  virtual void forward(std::span<const NetworkInput> inputs, std::span<NetworkOutput> outputs) = 0;
  virtual std::string backend_name() const = 0;
  /// The smallest batch of this board size that reaches nearly the full throughput.
  virtual int preferred_batch(BoardSize) const { return 1; }
  /// What one position costs in a call with `boards` of them, for measurements; 0 if not known.
  virtual Products products(BoardSize, [[maybe_unused]] int boards) { return {}; }
};

/// Networks of KataGo's architecture.
class Network : public ForwardPass {
 public:
  virtual const Model& model() const = 0;
};

/// Networks of AlphaGo's architecture (towers).
class TowerNetwork : public ForwardPass {
 public:
  virtual const TowerModel& model() const = 0;
};

}  // namespace ponnuki::nn
