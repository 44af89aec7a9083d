// Whole sessions as known clients hold them.
#include <catch2/catch.hpp>
#include <set>

#include "tests/gtp/transcript.h"

namespace ponnuki::gtp::test {

namespace {

/// Responses of a transcript; a failure is one that begins with '?'.
std::vector<std::string> responses(const std::string& text) {
  std::vector<std::string> result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find("\n\n", at);
    REQUIRE(end != std::string::npos);
    result.push_back(text.substr(at, end - at));
    at = end + 2;
  }
  return result;
}

void check_no_failures(const std::string& text) {
  for (const std::string& response : responses(text)) {
    INFO(response);
    CHECK(response.starts_with("="));
  }
}

}  // namespace

TEST_CASE("Sabaki: komi before the board, handicap as stones, analysis, undo") {
  const std::string text = run_transcript(lines(R"(
    name
    version
    protocol_version
    list_commands
    komi 0.5
    boardsize 9
    clear_board
    set_free_handicap C3 G7
    play W E5
    analyze B 50
    protocol_version
    genmove_analyze B 50
    undo
    undo
    get_komi
    quit
  )"));
  const auto all = responses(text);
  REQUIRE(all.size() == 16);
  CHECK(all[0] == "= Ponnuki");
  CHECK(all[3].starts_with("= protocol_version"));
  CHECK(all[9].starts_with("="));  // the analysis, ended at once by the next line
  CHECK(all[10] == "= 2");
  CHECK(all[11].find("\nplay ") != std::string::npos);
  CHECK(all[12] == "= ");
  CHECK(all[13] == "= ");
  CHECK(all[14] == "= 0.5");
}

TEST_CASE("Lizzie: ids, its own clock, genmove with analysis") {
  const std::string text = run_transcript(lines(R"(
    1 name
    2 version
    3 boardsize 9
    4 komi 6.5
    5 time_settings 0 3 1
    6 play B D4
    7 play W C6
    8 undo
    9 lz-genmove_analyze W 10
    10 lz-analyze 10 avoid b D4,E5 30
    11 name
    12 clear_board
    13 fixed_handicap 2
  )"));
  const auto all = responses(text);
  REQUIRE(all.size() == 13);
  for (std::size_t i = 0; i < all.size(); ++i) {
    CHECK(all[i].starts_with("=" + std::to_string(i + 1)));
  }
}

TEST_CASE("q5Go: probes, long colours, a leading space, rules") {
  check_no_failures(run_transcript(lines(R"(
    1 protocol_version
    2 known_command lz-analyze
    3 known_command kata-analyze
    4 known_command kata-set-rules
    5 known_command final_score
    6 boardsize 9
    7 clear_board
    8 komi 6.5
    9 kata-set-rules chinese
    10 time_settings 1 1 0
    11 play black D4
    12 time_left black 10 0
     13 lz-genmove_analyze white 100
    14 undo
    15 kata-genmove_analyze white 100
    16 known_command known_command
  )")));
}

TEST_CASE("Kigo: reads the board from list_stones and wants PASS") {
  GtpOptions options = bench_options();
  options.pass_uppercase = true;
  Bench bench(options);
  const std::string text = bench.send(lines(R"(
    name
    version
    clear_board
    boardsize 9
    komi 4.5
    level 3
    fixed_handicap 2
    play white E5
    findlib E5
    genmove black
    list_stones black
    list_stones white
    captures black
    captures white
    move_history
    last_move
    all_legal white
    top_moves_white
    top_moves_black
    is_legal white pass
    play white pass
    move_history
    estimate_score
    get_handicap
    get_komi
    query_boardsize
    undo
    undo
    undo
  )"));
  check_no_failures(text);
  const auto all = responses(text);
  CHECK(all[8] == "= E6 D5 F5 E4");
  CHECK(all[19] == "= 1");
  CHECK(all[21].starts_with("= white PASS\nblack "));
  CHECK(all[23] == "= 2");
}

TEST_CASE("GoGui: setup, sequences, undo of many") {
  check_no_failures(run_transcript(lines(R"(
    list_commands
    gogui-title
    gogui-version
    gogui-analyze_commands
    gogui-interrupt
    boardsize 9
    clear_board
    komi 6.5
    time_settings 0 1 0
    gogui-setup B C3 W G7
    gogui-setup_player W
    gogui-play_sequence W C5 B D5 W pass
    gg-undo 2
    genmove b
    final_status_list dead
    final_score
    cputime
    clear_board
    set_free_handicap C3 G7
    quit
  )")));
}

TEST_CASE("gtp2ogs: CRLF, lower-case vertices, capped Fischer time") {
  check_no_failures(run_transcript(
      "list_commands\r\nboardsize 9\r\nclear_board\r\nkomi 5.5\r\nkata-list_time_settings\r\n"
      "kata-time_settings fischer-capped 60 5 120 -1\r\nplace_free_handicap 3\r\n"
      "play white d4\r\ntime_left black 55 0\r\ngenmove black\r\nshowboard\r\nplay white pass\r\n"
      "play black pass\r\nfinal_score\r\nquit\r\n"));
}

TEST_CASE("CGOS: no command of a whole game fails") {
  check_no_failures(run_transcript(lines(R"(
    list_commands
    boardsize 9
    komi 7
    time_settings 300 0 0
    cgos-opponent_name Other-1.0
    cgos-opponent_rating "1800?"
    clear_board
    time_left b 300 0
    cgos-genmove_analyze b
    play w C3
    time_left b 298.5 0
    cgos-genmove_analyze b
    play w pass
    kata-genmove_analyze b ownership true
    cgos-gameover B+R
    quit
  )")));
}

TEST_CASE("KGS: rules, byo-yomi, disagreement on dead stones") {
  check_no_failures(run_transcript(lines(R"(
    boardsize 9
    kgs-rules japanese
    komi 6.5
    kgs-time_settings byoyomi 60 10 5
    clear_board
    place_free_handicap 2
    time_left b 60 0
    play w E5
    time_left b 9.5 5
    genmove b
    play w pass
    play b pass
    final_status_list dead
    kgs-genmove_cleanup w
    kgs-game_over
  )")));
}

TEST_CASE("LizGoban: probes features by trying them") {
  const auto all = responses(run_transcript(lines(R"(
    1 kata-analyze 1 pvVisits true
    2 set_free_handicap A1
    3 clear_board
    4 set_position B A1 W B1
    5 lz-analyze 1 allow B D4 1
    6 kata-analyze 1 noSuchKey true
    7 kata-get-models
  )")));
  REQUIRE(all.size() == 7);
  for (const std::size_t good : {0U, 1U, 2U, 3U, 4U, 6U}) CHECK(all[good].starts_with("="));
  CHECK(all[5].starts_with("?6 "));
}

TEST_CASE("All commands that clients count on are listed") {
  Bench bench;
  const auto& names = bench.session().registry().names();
  const std::set<std::string> listed(names.begin(), names.end());
  for_each_line(lines(R"(
    protocol_version name version known_command list_commands quit boardsize clear_board komi play
    genmove undo fixed_handicap set_free_handicap place_free_handicap time_settings time_left
    final_score final_status_list showboard lz-analyze lz-genmove_analyze kata-analyze
    kata-genmove_analyze rectangular_boardsize stop kata-set-rules kata-set-rule kata-get-rules
    kata-set-param kata-get-param kata-list-params kgs-rules kgs-time_settings kata-time_settings
    kata-list_time_settings kgs-genmove_cleanup kgs-game_over loadsgf reg_genmove printsgf get_komi
    analyze genmove_analyze set_position clear_cache gg-undo gogui-play_sequence gogui-setup
    gogui-setup_player gogui-analyze_commands gogui-interrupt list_stones cputime
    cgos-genmove_analyze cgos-opponent_name cgos-opponent_rating cgos-gameover kata-raw-nn
  )"),
                [&](std::string_view row) {
                  std::string word;
                  for (const char c : std::string(row) + " ") {
                    if (c != ' ') {
                      word += c;
                      continue;
                    }
                    INFO(word);
                    if (!word.empty()) CHECK(listed.count(word) == 1);
                    word.clear();
                  }
                });
}

}  // namespace ponnuki::gtp::test
