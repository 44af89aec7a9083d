// ponnuki net show: draws a net's inputs, filters and answer on a position.
#include <filesystem>
#include <limits>
#include <ostream>

#include "cli/options/evaluator_factory.h"
#include "cli/options/search_options.h"
#include "cli/subcommand.h"
#include "engine/coord.h"
#include "engine/file.h"
#include "engine/format.h"
#include "engine/sgf/sgf.h"
#include "figures/net_figures.h"
#include "nn/evaluators/net_evaluator.h"
#include "nn/files/built_in_nets.h"
#include "nn/model/layer_list.h"
#include "review/game_tree.h"

namespace ponnuki::cli {
namespace {

namespace fs = std::filesystem;

constexpr int kWholeGame = std::numeric_limits<int>::max();

/// The path and bytes of a file.
struct Picture {
  std::string path, bytes;
};

/// The name of a layer as part of a file name. Characters other than letters, digits, '.' and '_'
/// become '-'.
std::string file_part(const std::string& layer) {
  std::string part;
  for (const char c : layer) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    part += plain || c == '.' || c == '_' ? c : '-';
  }
  return part;
}

class NetShow : public Subcommand {
 public:
  std::string name() const override { return "net show"; }
  std::string summary() const override { return "draws what a net sees, looks for and answers"; }
  std::string details() const override {
    return "Draws pictures of a net at work on one position: the end of the game --sgf, or the "
           "position after --move N moves of it, or an empty board. docs/cnn.md explains the "
           "pictures.";
  }

  void add_options(OptionSet& options) override {
    options.heading("What to draw (one of these)");
    options.flag("planes", "draw the input planes and numbers", &planes_);
    options.flag("filters", "draw the filters of the first layer, for any position", &filters_);
    options.text({"layer", "NAME", "draw the output of a layer; 'net info' lists the names"},
                 &layer_);
    options.flag("policy", "draw where the net would play", &policy_);
    options.flag("ownership", "draw whom each point will belong to, according to the net",
                 &ownership_);
    options.flag("all", "draw all of these, and every layer, into the folder --out", &all_);
    options.heading("Of what");
    options.text({"net", "FILE", "a net file; 'built-in': the net inside the program",
                  "as for 'ponnuki gtp'"},
                 &net_.net);
    options.text({"sgf", "FILE", "a game record", "an empty board"}, &sgf_);
    options.integer({"move", "N", "the position after N moves of the game", "the end"}, &move_,
                    {0, kWholeGame});
    options.text({"size", "N or WxH", "size of the empty board", "19, or the only size of the net"},
                 &size_);
    add_rules_options(options, &rules_, "the record's, else tromp-taylor",
                      "the record's, else 7.5");
    options.heading("Where to");
    options.text({"out", "PATH", "a .svg or .png file; with --all a folder"}, &out_);
    options.choice({"format", "NAME", "kind of the files of --all: svg or png"}, &format_,
                   {"svg", "png"});
  }

  Result<int> run(const OptionSet& options, Streams& streams) override {
    PONNUKI_TRY(check(options));
    PONNUKI_TRY(const auto model, load());
    PONNUKI_TRY(const auto rules, make_rules(rules_, options.given("komi")));
    const review::RecordRules chosen{rules, options.given("rules"), options.given("komi")};
    PONNUKI_TRY(const auto pictures, draw(model, chosen));
    return write(pictures, streams);
  }

 private:
  Status check(const OptionSet& options) const {
    const bool layer = options.given("layer");
    if (planes_ + filters_ + layer + policy_ + ownership_ + all_ != 1) {
      return Error{
          "choose one of --planes, --filters, --layer NAME, --policy, --ownership and --all"};
    }
    if (out_.empty())
      return Error{std::string("--out is missing: ") + (all_ ? "a folder" : "a file .svg or .png")};
    if (!all_ && !out_.ends_with(".svg") && !out_.ends_with(".png"))
      return Error{"--out: '" + out_ + "' must end in .svg or .png, which says what to write"};
    if (!sgf_.empty() && !size_.empty())
      return Error{"--size is for the empty board: leave it out with --sgf"};
    if (sgf_.empty() && options.given("move"))
      return Error{"--move counts the moves of a game: give one with --sgf FILE"};
    return {};
  }

  Result<nn::AnyModel> load() const {
    PONNUKI_TRY(const auto file, choose_net(net_));
    if (file.empty()) return Error{"there is no net to show: give one with --net FILE"};
    PONNUKI_TRY(auto net, nn::load_named_net(file));
    const auto* model = std::get_if<nn::Model>(&net);
    if (model == nullptr) return net;
    PONNUKI_TRY(nn::NetEvaluator::check(*model));
    return net;
  }

  /// --size if given, else the only size that the net accepts, else 19×19.
  Result<BoardSize> empty_size(const nn::AnyModel& model) const {
    if (!size_.empty()) return parse_board_size(size_);
    const auto* tower = std::get_if<nn::TowerModel>(&model);
    return tower != nullptr ? tower->size : BoardSize{19, 19};
  }

  Result<figures::NetView> look_at_position(const nn::AnyModel& model,
                                            const review::RecordRules& rules) const {
    if (sgf_.empty()) {
      const auto size = empty_size(model);
      if (!size) return size.error().in("--size");
      return figures::look(model, Position(*size, rules.base),
                           "The empty " + size_text(*size) + " board");
    }
    PONNUKI_TRY(auto record,
                sgf::load_game_record(sgf_ == "-" ? kStandardInput : sgf_, rules.base, move_));
    const int played = record.moves_played;
    if (move_ != kWholeGame && played < move_) {
      return Error{format("--move: %d is beyond the game, which has %d moves; from 0 to %d", move_,
                          played, played)};
    }
    record.game.set_rules(rules.instead_of(record.info.rules));
    return figures::look(model, record.game.position(),
                         fs::path(sgf_).filename().string() + format(" after move %d", played));
  }

  Result<std::vector<Picture>> draw(const nn::AnyModel& model,
                                    const review::RecordRules& rules) const {
    const auto format =
        out_.ends_with(".png") ? figures::PictureFormat::kPng : figures::PictureFormat::kSvg;
    if (filters_)
      return std::vector<Picture>{{out_, figures::draw_filters(figures::front_of(model), format)}};
    PONNUKI_TRY(const auto view, look_at_position(model, rules));
    if (all_) return draw_all(view, figures::front_of(model));
    const std::string layer = planes_      ? "planes"
                              : policy_    ? "policy"
                              : ownership_ ? "ownership"
                                           : layer_;
    auto picture = figures::draw_layer(view, layer, format);
    if (!picture) return picture.error().in("--layer");
    return std::vector<Picture>{{out_, std::move(*picture)}};
  }

  Result<std::vector<Picture>> draw_all(const figures::NetView& view,
                                        const figures::NetFront& front) const {
    const auto format =
        format_ == "png" ? figures::PictureFormat::kPng : figures::PictureFormat::kSvg;
    const auto path = [&](const std::string& name) {
      return (fs::path(out_) / (name + "." + format_)).string();
    };
    std::vector<Picture> pictures = {{path("planes"), figures::draw_planes(view, format)},
                                     {path("filters"), figures::draw_filters(front, format)},
                                     {path("policy"), figures::draw_policy(view, format)}};
    if (view.knows_score)
      pictures.push_back({path("ownership"), figures::draw_ownership(view, format)});
    int number = 0;
    for (const nn::LayerInfo& layer : view.layer_list) {
      PONNUKI_TRY(auto picture, figures::draw_layer(view, layer.name, format));
      pictures.push_back({path(ponnuki::format("layer-%03d-", ++number) + file_part(layer.name)),
                          std::move(picture)});
    }
    return pictures;
  }

  Result<int> write(const std::vector<Picture>& pictures, Streams& streams) const {
    // If this fails, writing the files fails too.
    std::error_code ignored;
    if (all_) fs::create_directories(out_, ignored);
    for (const Picture& picture : pictures) {
      if (Status status = write_file_atomically(picture.path, picture.bytes); !status)
        return failed(status.error().in("--out"), streams);
    }
    if (all_) streams.out << pictures.size() << " pictures in " << out_ << '\n';
    return kExitOk;
  }

  bool planes_ = false, filters_ = false, policy_ = false, ownership_ = false, all_ = false;
  std::string layer_;
  EvaluatorOptions net_;
  std::string sgf_, size_, out_;
  int move_ = kWholeGame;
  RulesOptions rules_;
  std::string format_ = "svg";
};

}  // namespace

std::unique_ptr<Subcommand> make_net_show() { return std::make_unique<NetShow>(); }

}  // namespace ponnuki::cli
