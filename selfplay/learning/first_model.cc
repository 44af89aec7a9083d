#include "selfplay/learning/first_model.h"

#include "nn/files/built_in_nets.h"
#include "nn/training/training_model.h"

namespace ponnuki::selfplay {

nn::Model random_model(const FirstModelOptions& options) {
  nn::Model model = nn::make_initial_model(options.shape, options.seed);
  nn::training::forget_unused_inputs(model, options.ladders);
  return nn::training::with_training_outputs(std::move(model), options.seed + 1);
}

Result<nn::Model> load_trainable_model(const std::string& name) {
  PONNUKI_TRY(nn::Model model, nn::load_named_model(name));
  if (model.version != 11)
    return Error{name + ": a net of version " + std::to_string(model.version) +
                 "; training goes on with its own nets only, which are of version 11"};
  return model;
}

Result<nn::Model> first_model(const FirstModelOptions& options) {
  if (options.init.empty()) return random_model(options);
  PONNUKI_TRY(nn::Model model, load_trainable_model(options.init));
  return nn::training::with_training_outputs(std::move(model), options.seed + 1);
}

}  // namespace ponnuki::selfplay
