// Models with the outputs that only training has.
#include "nn/training/training_model.h"

#include <catch2/catch.hpp>

#include "nn/evaluators/net_evaluator.h"
#include "nn/kernels/fast_network.h"
#include "nn/model/model_check.h"
#include "tests/support/random_input.h"

namespace ponnuki::nn::training {
namespace {

NetworkOutput forward(const Model& model, const NetworkInput& input) {
  auto network = kernels::make_fast_network(std::make_shared<Model>(model), {});
  REQUIRE(network);
  std::vector<NetworkOutput> outputs(1);
  (*network)->forward({&input, 1}, outputs);
  return outputs[0];
}

bool begins_with(const std::vector<float>& all, const std::vector<float>& first) {
  for (std::size_t i = 0; i < first.size(); ++i)
    if (all[i] != Approx(first[i]).margin(1e-5)) return false;
  return all.size() >= first.size();
}

}  // namespace

TEST_CASE("Training outputs come after the published ones and leave them as they are") {
  const Model published = make_initial_model({3, 24}, 1);
  const Model trained = with_training_outputs(published, 2);
  const test::RandomInput position(published, {7, 5}, 3);
  const NetworkOutput few = forward(published, position.input);
  const NetworkOutput many = forward(trained, position.input);
  CHECK(many.policy.size() == kTrainedPolicies * few.policy.size());
  CHECK(many.value.size() == kTrainedValues);
  CHECK(many.misc.size() == kTrainedMisc);
  CHECK(begins_with(many.policy, few.policy));
  CHECK(begins_with(many.value, few.value));
  CHECK(begins_with(many.misc, few.misc));
  CHECK(begins_with(many.ownership, few.ownership));

  const Model back = without_training_outputs(trained);
  CHECK(check_model(back));
  CHECK(forward(back, position.input).policy == few.policy);
  CHECK(forward(back, position.input).misc == few.misc);
}

TEST_CASE("Inputs that self-play never shows do not matter to a net that was never shown them") {
  Model model = make_initial_model({2, 16}, 1);
  forget_unused_inputs(model, true);
  CHECK(NetEvaluator::reads_ladders(model));
  forget_unused_inputs(model);
  CHECK_FALSE(NetEvaluator::reads_ladders(model));
  test::RandomInput position(model, {5, 5}, 2);
  const NetworkOutput before = forward(model, position.input);
  for (const int plane : {7, 8, 14, 15, 16, 17, 20, 21})
    std::fill_n(position.spatial.begin() + plane * 25, 25, 1.0F);
  for (const int global : {12, 13, 15, 16, 17})
    position.global[static_cast<std::size_t>(global)] = 1;
  CHECK(forward(model, position.input).policy == before.policy);
  std::fill_n(position.spatial.begin() + 1 * 25, 25, 1.0F);
  CHECK(forward(model, position.input).policy != before.policy);
}

TEST_CASE("A net that knew one rule set says the same under it, and under the others") {
  Rules known = japanese_rules();
  known.multi_stone_suicide = true;
  known.ko = KoRule::kPositional;
  const Model model = make_initial_model({3, 24}, 1);
  Model folded = model;
  fold_rules(folded, known);
  test::RandomInput position(model, {7, 5}, 2);
  const auto under = [&](const Model& net, const Rules& rules) {
    std::ranges::copy(rule_inputs(rules), position.global.begin() + kGlobalFirstRule);
    return forward(net, position.input);
  };
  const NetworkOutput expected = under(model, known);
  CHECK(under(model, tromp_taylor_rules()).policy != expected.policy);
  for (const Rules& rules : {known, japanese_rules(), chinese_rules(), tromp_taylor_rules()}) {
    const NetworkOutput found = under(folded, rules);
    for (std::size_t i = 0; i < expected.policy.size(); ++i)
      CHECK(found.policy[i] == Approx(expected.policy[i]).margin(1e-4));
    for (std::size_t i = 0; i < expected.value.size(); ++i)
      CHECK(found.value[i] == Approx(expected.value[i]).margin(1e-4));
  }
}

}  // namespace ponnuki::nn::training
