#include "selfplay/learning/learner.h"

#include <algorithm>
#include <cmath>

#include "nn/evaluators/net_evaluator.h"
#include "nn/files/tensors/architecture.h"
#include "nn/training/training_model.h"
#include "selfplay/files/bytes.h"
#include "selfplay/learning/gradient_helper.h"

namespace ponnuki::selfplay {
namespace {

using nn::training::kLossTerms;
using nn::training::LossVector;

double entropy(const std::vector<float>& policy) {
  double sum = 0;
  for (const float p : policy)
    if (p > 0) sum -= static_cast<double>(p) * std::log(static_cast<double>(p));
  return sum;
}

/// The terms without their weights, as means over samples.
LossVector unweighted(LossVector loss, const LossVector& weights, double samples) {
  for (std::size_t t = 0; t < kLossTerms; ++t)
    loss.terms[t] = weights.terms[t] == 0 ? 0 : loss.terms[t] / weights.terms[t] / samples;
  return loss;
}

/// The pooled biases of a block shift whole channels at once, so they learn slowly.
constexpr double kPooledRate = 0.1;

nn::training::OptimizerOptions optimizer_options(const LearnerOptions& options,
                                                 const nn::ParameterLayout& layout,
                                                 const std::shared_ptr<WorkerPool>& workers) {
  nn::training::OptimizerOptions result = options.optimizer;
  for (const nn::ParameterTensor& tensor : layout.tensors())
    if (tensor.name.ends_with("/gpool_to_bias")) result.rates[tensor.name] = kPooledRate;
  result.threads = options.threads;
  result.workers = workers;
  return result;
}

}  // namespace

Learner::Learner(nn::Model model, const LearnerOptions& options)
    : options_(options),
      workers_(options.workers ? options.workers : std::make_shared<WorkerPool>()),
      net_(std::move(model), {.threads = options.threads, .workers = workers_}),
      optimizer_(net_.layout(), optimizer_options(options, net_.layout(), workers_)),
      values_(net_.parameters()),
      average_(values_),
      gradient_(values_.size()),
      planes_{.ladders = nn::NetEvaluator::reads_ladders(net_.model())},
      encoders_(static_cast<std::size_t>(options.threads)),
      positions_(static_cast<std::size_t>(options.batch)) {
  if (options_.team) options_.team->begin(net_.model());
}

double Learner::learning_rate() const {
  const double warm = (static_cast<double>(samples_) + options_.batch) / options_.warmup_samples;
  const double left = std::min(1.0, (1 - progress_) / options_.fall_share);
  return options_.learning_rate * std::min(1.0, warm) *
         (options_.final_share + (1 - options_.final_share) * std::max(0.0, left));
}

/// Draws a batch; replays and encodes its positions on all threads.
void Learner::prepare(const std::function<Maker()>& draw) {
  std::vector<Maker> makers;
  for (std::size_t i = 0; i < positions_.size(); ++i) makers.push_back(draw());
  const std::size_t threads = encoders_.size();
  workers_->run(threads, [&](std::size_t t) {
    for (std::size_t i = t; i < makers.size(); i += threads)
      makers[i](planes_, encoders_[t], positions_[i]);
  });
}

Learner::Maker Learner::drawn(const ReplayWindow& window, Random& random) {
  const ReplayWindow::Row& row = window.draw(random);
  const Symmetry symmetry(static_cast<int>(random.below(8)));
  return [&row, symmetry](const nn::PlaneOptions& planes, nn::PlaneEncoder& encoder,
                          TrainingPosition& out) {
    make_training_position(*row.game, row.turn, symmetry, planes, encoder, out);
  };
}

Learner::Report Learner::train(const ReplayWindow& window, std::int64_t batches, Random& random) {
  return train([&] { return drawn(window, random); }, batches);
}

Learner::Report Learner::train(const std::function<Maker()>& draw, std::int64_t batches) {
  Report report;
  const std::int64_t every = options_.revive_samples;
  const bool revives =
      every > 0 && (samples_ + batches * options_.batch) / every > samples_ / every;
  if (revives) watch_channels();
  for (std::int64_t b = 0; b < batches; ++b) {
    prepare(draw);
    report.gradient_norm += learn_batch(report) / static_cast<double>(batches);
  }
  if (revives) revive_idle_channels();
  const auto samples = static_cast<double>(std::max<std::int64_t>(report.samples, 1));
  report.loss = unweighted(report.loss, options_.loss_weights, samples);
  report.policy_entropy /= samples;
  return report;
}

/// Computes the gradient of the sum of the prepared positions' losses, together with the team if
/// there is one. Returns `before` with these losses added.
LossVector Learner::compute_gradient(const LossVector& before) {
  GradientTeam* const team = options_.team.get();
  const std::span<const TrainingPosition> all(positions_);
  const std::size_t own = team == nullptr ? all.size() : team->own_share(all.size());
  if (team != nullptr) team->start({values_, options_.loss_weights, all.subspan(own)});
  LossVector sum = before;
  for (const LossVector& loss : gradient_of(net_, all.first(own), options_.loss_weights, gradient_))
    sum += loss;
  if (team != nullptr) team->finish(gradient_, sum);
  return sum;
}

/// Performs one step of the optimizer on the prepared positions. Adds the losses and entropies to
/// the report. Returns the norm of the gradient.
double Learner::learn_batch(Report& report) {
  report.loss = compute_gradient(report.loss);
  const auto batch = static_cast<float>(positions_.size());
  for (float& g : gradient_) g /= batch;
  const double norm = optimizer_.step(values_, gradient_, learning_rate());
  net_.set_parameters(values_);
  samples_ += static_cast<std::int64_t>(positions_.size());
  update_average();
  for (const TrainingPosition& position : positions_)
    report.policy_entropy += entropy(position.target.policy);
  report.samples += static_cast<std::int64_t>(positions_.size());
  return norm;
}

void Learner::watch_channels() {
  net_.watch_channels();
  if (options_.team) options_.team->watch_channels();
}

void Learner::revive_idle_channels() {
  std::vector<bool> idle = net_.idle_channels();
  if (options_.team) options_.team->join_idle_channels(idle);
  idle_share_ =
      static_cast<double>(std::ranges::count(idle, true)) / static_cast<double>(idle.size());
  Random random(static_cast<std::uint64_t>(samples_));
  const auto changes = net_.revival(idle, random);
  if (changes.empty()) return;
  for (const auto& change : changes) {
    values_[change.index] = average_[change.index] = change.value;
    optimizer_.forget(change.index);
  }
  net_.set_parameters(values_);
}

void Learner::update_average() {
  const auto batch = static_cast<double>(positions_.size());
  // At first the average is over all batches so far.
  const auto share = static_cast<float>(
      std::max(batch / options_.average_samples, batch / static_cast<double>(samples_)));
  for (std::size_t i = 0; i < values_.size(); ++i)
    average_[i] += share * (values_[i] - average_[i]);
}

nn::Model Learner::average() const {
  nn::Model model = net_.model();
  nn::set_parameters(average_, model);
  return model;
}

nn::Model Learner::published() const { return nn::training::without_training_outputs(average()); }

std::string Learner::state() const {
  std::string bytes;
  put(samples_, bytes);
  put(optimizer_.state().steps, bytes);
  put_floats(values_, bytes);
  put_floats(average_, bytes);
  put_floats(optimizer_.state().first, bytes);
  put_floats(optimizer_.state().second, bytes);
  return bytes;
}

Status Learner::restore(std::string_view state) {
  ByteReader reader(state);
  const auto samples = reader.get<std::int64_t>();
  nn::training::Optimizer::State optimizer;
  optimizer.steps = reader.get<std::int64_t>();
  std::vector<float> values = reader.get_floats(), average = reader.get_floats();
  optimizer.first = reader.get_floats();
  optimizer.second = reader.get_floats();
  if (reader.failed() || reader.left() > 0 || values.size() != values_.size() ||
      average.size() != average_.size() ||
      optimizer.first.size() != optimizer_.state().first.size() ||
      optimizer.second.size() != optimizer_.state().second.size())
    return Error{
        "the state is that of a net of another shape, or damaged; give the same --net again"};
  samples_ = samples;
  optimizer_.restore(std::move(optimizer));
  values_ = std::move(values);
  average_ = std::move(average);
  net_.set_parameters(values_);
  return {};
}

Status Learner::adopt(const nn::Model& published) {
  const nn::Model present = average();
  nn::Model bare = nn::training::without_training_outputs(present);
  bare.name = published.name;
  if (nn::architecture_of(bare).text != nn::architecture_of(published).text)
    return Error{"the net is of another shape"};
  values_ = average_ = nn::parameters_of(nn::training::with_training_outputs(published, present));
  net_.set_parameters(values_);
  return {};
}

}  // namespace ponnuki::selfplay
