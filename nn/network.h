// Network: computes the raw outputs of a Go net from its raw inputs. Implemented by the Eigen
// references (nn/reference/reference_network.h: any kernel, stride, dilation;
// nn/reference/tower_reference.h) and by the fast kernels (nn/kernels/).
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
  const float* global = nullptr;    // [global features]; a tower has none
  const float* metadata = nullptr;  // [Model::metadata_features()]; null means all zeros
};

/// Raw head outputs, before softmax, tanh and scaling, for the player to move. Sized by the
/// network.
struct NetworkOutput {
  std::vector<float> policy;  // [policy channels][area + 1], pass last; a tower may know no pass
  std::vector<float> value;   // 3 logits: win, loss, no result; of a tower 1, before tanh, or none
  std::vector<float> misc;    // score head as the model version lays it out; a tower has none
  std::vector<float> ownership;  // [area], before tanh; a tower has none
};

class ForwardPass {
 public:
  virtual ~ForwardPass() = default;
  /// Computes inputs[i] into outputs[i]. Callable from several threads at once, each call works on
  /// the calling thread.
  virtual void forward(std::span<const NetworkInput> inputs, std::span<NetworkOutput> outputs) = 0;
  virtual std::string backend_name() const = 0;
  /// The fewest positions of this size a call that are computed at nearly the full rate.
  virtual int preferred_batch(BoardSize) const { return 1; }
};

/// Of KataGo's kind.
class Network : public ForwardPass {
 public:
  virtual const Model& model() const = 0;
};

/// Of AlphaGo's kind.
class TowerNetwork : public ForwardPass {
 public:
  virtual const TowerModel& model() const = 0;
};

}  // namespace ponnuki::nn
