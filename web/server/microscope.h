// Microscope: a look inside the net: its input planes, its first filters, and what each layer makes
// of a position. The net is loaded a second time for it, at the first look, and is computed layer by
// layer (nn/reference/), which is slow; one look at a time. Thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

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

  /// The message about a layer: "planes", "filters", or a name of nn::list_layers(). Version and
  /// node are those of the position. Returns an error if there is no net, or no such layer.
  Result<std::string> message(const Position& position, std::uint64_t version, int node,
                              const std::string& layer);

 private:
  Result<const nn::AnyModel*> model_for(BoardSize size) PONNUKI_REQUIRES(mutex_);
  Result<const figures::NetView*> look(const nn::AnyModel& model, const Position& position)
      PONNUKI_REQUIRES(mutex_);

  const NetFor net_for_;
  Mutex mutex_;
  std::map<std::string, std::unique_ptr<const nn::AnyModel>> models_ PONNUKI_GUARDED_BY(mutex_);
  std::optional<figures::NetView> view_ PONNUKI_GUARDED_BY(mutex_);  // of the last position
};

}  // namespace ponnuki::web
