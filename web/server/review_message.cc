#include "web/server/review_message.h"

#include <nlohmann/json.hpp>

#include "engine/coord.h"
#include "engine/json_line.h"
#include "engine/rank.h"
#include "review/shown_rank.h"
#include "review/text.h"
#include "web/server/json_numbers.h"

namespace ponnuki::web {
namespace {

using Json = nlohmann::json;

Json loss_json(const review::GameReview& review, int node, const review::MoveLoss& loss) {
  const review::GameNode& played = review.tree.node(node);
  const Point best = review.at(played.parent).best_move();
  Json json{{"node", node},
            {"points", points(loss.points)},
            {"winrate", share(loss.winrate)},
            {"verdict", review::mark_of(loss.verdict())},
            {"best", best.is_none() ? "" : to_gtp(best, review.tree.size())}};
  if (const auto rank = review::rank_of(review, node)) json["rank"] = *rank;
  return json;
}

Json player_json(const review::PlayerSummary& summary, const review::RankEvidence& evidence,
                 BoardSize size) {
  Json json{{"moves", summary.moves},         {"best", summary.best},
            {"mistakes", summary.mistakes},   {"blunders", summary.blunders},
            {"mean", points(summary.mean())}, {"points", Json::array()}};
  for (const double lost : summary.points_lost) json["points"].push_back(points(lost));
  if (const auto shown = review::shown_rank(evidence, size)) {
    json["rank"] = Json::array();
    for (const double steps : {shown->steps, shown->low, shown->high})
      json["rank"].push_back(to_string(nearest_rank(steps)));
  }
  return json;
}

}  // namespace

std::string review_message(const review::GameReview& review, std::uint64_t version) {
  Json json{{"type", "review"}, {"version", version}, {"losses", Json::array()}};
  for (int node = 1; node < static_cast<int>(review.tree.nodes().size()); ++node) {
    if (const auto loss = review::loss_of(review, node))
      json["losses"].push_back(loss_json(review, node, *loss));
  }
  const auto summaries = review::summaries_of(review);
  const auto evidence = review::rank_evidence(review);
  for (const std::size_t player : {0, 1}) {
    json["players"].push_back(player_json(summaries[player], evidence[player], review.tree.size()));
  }
  for (const review::Phase& phase : review::phases_of(review))
    json["phases"].push_back({phase.first, phase.last});
  return json_line(json);
}

}  // namespace ponnuki::web
