// Microscope: a look inside the net: its input planes, its first filters, and what each layer makes
// of a position. The net is loaded a second time for it, at the first look, and is computed layer by
// layer (nn/reference/), which takes seconds with large nets: on a thread of its own, one look after
// another. Thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "engine/mutex.h"
#include "engine/position.h"
#include "engine/result.h"
#include "figures/net_view.h"
#include "nn/model/any_model.h"

namespace ponnuki::web {

class Microscope {
 public:
  /// The net for boards of a size, as a name for nn::load_named_net(); "": none.
  using NetFor = std::function<std::string(BoardSize)>;
  explicit Microscope(NetFor net_for) : net_for_(std::move(net_for)) {}
  ~Microscope();

  struct Question {
    const void* asker = nullptr;
    Position position;
    std::uint64_t version = 0;  // of the game
    int node = 0;               // of the position
    std::string layer;          // "planes", "filters", or a name of nn::list_layers()
    /// Gets the message, or an error if there is no net or no such layer. Called on the thread.
    std::function<void(const Result<std::string>&)> tell;
  };
  /// Replaces the asker's question that still waits. Returns an error if there is no thread.
  Status ask(Question question);
  /// The asker is told nothing more. Waits for the answer that is being told.
  void forget(const void* asker);

 private:
  void run();
  Result<std::string> answer(const Question& question);
  Result<const nn::AnyModel*> model_for(BoardSize size);
  Result<const figures::NetView*> look(const nn::AnyModel& model, const Position& position);

  const NetFor net_for_;
  // Used on the thread:
  std::map<std::string, std::unique_ptr<const nn::AnyModel>> models_;
  std::optional<figures::NetView> view_;  // of the last position

  Mutex mutex_;
  Condition changed_;
  std::vector<Question> waiting_ PONNUKI_GUARDED_BY(mutex_);
  const void* answered_ PONNUKI_GUARDED_BY(mutex_) = nullptr;  // whose question is under way
  bool ends_ PONNUKI_GUARDED_BY(mutex_) = false;
  std::optional<std::jthread> thread_ PONNUKI_GUARDED_BY(mutex_);  // from the first question on
};

}  // namespace ponnuki::web
