#include "selfplay/learning/learning_report.h"

#include "engine/format.h"

namespace ponnuki::selfplay {

LearningReport& LearningReport::operator+=(const LearningReport& other) {
  if (other.samples == 0) return *this;
  samples += other.samples;
  const double share = static_cast<double>(other.samples) / static_cast<double>(samples);
  const auto approach = [&](double& mean, double value) { mean += share * (value - mean); };
  for (std::size_t t = 0; t < nn::training::kLossTerms; ++t)
    approach(loss.terms[t], other.loss.terms[t]);
  approach(policy_entropy, other.policy_entropy);
  approach(gradient_norm, other.gradient_norm);
  return *this;
}

void put(const LearningReport& report, std::string& bytes) {
  put(static_cast<std::uint32_t>(report.loss.terms.size()), bytes);
  for (const double term : report.loss.terms) put(term, bytes);
  put(report.policy_entropy, bytes);
  put(report.gradient_norm, bytes);
  put(report.samples, bytes);
}

LearningReport get_learning_report(ByteReader& reader) {
  LearningReport report;
  const auto terms = reader.get<std::uint32_t>();
  for (std::uint32_t t = 0; t < terms && !reader.failed(); ++t) {
    const auto term = reader.get<double>();
    if (t < report.loss.terms.size()) report.loss.terms[t] = term;
  }
  report.policy_entropy = reader.get<double>();
  report.gradient_norm = reader.get<double>();
  report.samples = reader.get<std::int64_t>();
  return report;
}

std::string idle_text(std::optional<double> share) {
  return share ? format("  idle %.0f %%", 100 * *share) : "";
}

}  // namespace ponnuki::selfplay
