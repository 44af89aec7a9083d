// SGF: what is read, what is refused and with which words, and that what is written comes back.
#include "engine/sgf/sgf.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "engine/random.h"
#include "engine/sgf/charset.h"
#include "engine/utf8.h"

namespace ponnuki::sgf {
namespace {

SgfTree parsed(const std::string& text) {
  auto tree = parse_sgf(text);
  INFO(text.substr(0, 200));
  INFO((tree ? "" : tree.error().message));
  REQUIRE(tree);
  return std::move(*tree);
}

std::string error_of(const std::string& text) {
  const auto tree = parse_sgf(text);
  return tree ? "no error" : tree.error().message;
}

/// The tree as nested text: names and decoded values, "(" and ")" around every node's children.
std::string outline(const SgfTree& tree, SgfNodeId node) {
  std::string out = ";";
  for (const SgfProperty& property : tree.properties(node)) {
    out += property.short_name();
    for (const auto value : property.values) out += "<" + decode_sgf_text(value) + ">";
  }
  if (tree.first_child(node) == kNoSgfNode) return out;
  out += "(";
  for (SgfNodeId child = tree.first_child(node); child != kNoSgfNode;
       child = tree.next_sibling(child)) {
    out += outline(tree, child);
  }
  return out + ")";
}

std::string outline(const SgfTree& tree) {
  std::string out;
  for (const SgfNodeId root : tree.roots()) out += outline(tree, root) + "\n";
  return out;
}

}  // namespace

TEST_CASE("SGF: a tree with variations keeps its shape") {
  const SgfTree tree = parsed(R"((;FF[4]C[root](;C[a];C[b](;C[c])(;C[d];C[e]))
    (;C[f](;C[g];C[h];C[i])
    (;C[j]))))");
  CHECK(outline(tree) ==
        ";FF<4>C<root>(;C<a>(;C<b>(;C<c>;C<d>(;C<e>)));C<f>(;C<g>(;C<h>(;C<i>));C<j>))\n");
}

TEST_CASE("SGF: lenient where files in the wild are") {
  struct Row {
    const char* what;
    std::string text;
    std::string expected;
  };
  const std::vector<Row> rows = {
      {"no FF, no GM", "(;B[aa])", ";B<aa>\n"},
      {"text before the game", "From: a (b)\n\n(;B[aa])\n", ";B<aa>\n"},
      {"white space everywhere", "( \r\n; B \t[aa]\r\n [bb] \n)", ";B<aa><bb>\n"},
      {"byte order mark", "\xEF\xBB\xBF(;B[aa])", ";B<aa>\n"},
      {"long names of FF[1..3]", "(;White[aa]AddBlack[bb][cc])", ";W<aa>AB<bb><cc>\n"},
      {"several games", "(;B[aa])\n(;B[bb])", ";B<aa>\n;B<bb>\n"},
      {"signature after the game", "(;B[aa])\n-- \nsent by mail\x1a", ";B<aa>\n"},
      {"padding with NUL", std::string("(;B[aa])\0\0\0", 11), ";B<aa>\n"},
      {"empty nodes", "(;;;B[aa])", ";(;(;B<aa>))\n"},
      {"a property twice", "(;AB[aa]AB[bb])", ";AB<aa>AB<bb>\n"},
      {"escapes", R"((;C[a\]b\\]N[\:;()]))", ";C<a]b\\>N<:;()>\n"},
      {"CRLF and soft line breaks", "(;C[a\r\nb\\\r\nc\td\\\nx])", ";C<a\nbc dx>\n"},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    CHECK(outline(parsed(row.text)) == row.expected);
  }
}

TEST_CASE("SGF: broken input is refused with its byte") {
  struct Row {
    std::string text, error;
  };
  const std::vector<Row> rows = {
      {"", "the file is empty"},
      {"hello (world)",
       "not an SGF game: no \"(;\" in it; nor is it GIB, NGF or UGF, which are read too"},
      {"(;B[aa];W[b", "SGF error at byte 9: a value of W is never closed by ']'"},
      {"(;C[ends in an escape\\]", "SGF error at byte 3: a value of C is never closed by ']'"},
      {"(;B[aa]W)", "SGF error at byte 7: property W has no value in brackets"},
      {"(;B[aa]b[cc])", "SGF error at byte 7: property name 'b' has no capital letter"},
      {"(;B[aa] bb] ;W[cc])", "SGF error at byte 8: property name 'bb' has no capital letter"},
      {"(;B[aa]) B[bb] ;W[cc]", "SGF error at byte 15: unexpected ';' after a game"},
      {"(;B[aa]);W[bb])", "SGF error at byte 8: unexpected ';' after a game"},
      {"(;B[aa](;W[bb]);B[cc])", "SGF error at byte 15: unexpected ';'"},
      {"(;B[aa]())", "SGF error at byte 7: unexpected '('"},
      {"(;B[aa]\x80)", "SGF error at byte 7: unexpected byte 194"},
      {"\xEF\xBB\xBF(;B[aa", "SGF error at byte 6: a value of B is never closed by ']'"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(error_of(row.text) == row.error);
  }
}

TEST_CASE("SGF: every prefix of a game is an error or has a note, never half a game in silence") {
  const std::string whole = "(;FF[4]SZ[9]C[a\\]b];B[cc](;W[dd]C[x])(;W[ee]))";
  for (std::size_t length = 0; length < whole.size(); ++length) {
    INFO(length);
    const auto tree = parse_sgf(whole.substr(0, length));
    CHECK((!tree || tree->notes(0).size() == 1));
  }
  REQUIRE(parse_sgf(whole));
  CHECK(parse_sgf(whole)->notes(0).empty());
}

TEST_CASE("SGF: text around games and parentheses too many or too few give a note") {
  struct Row {
    std::string text, expected;
    std::vector<std::string> notes;  // of the first game
  };
  const Row rows[] = {
      {"(;B[aa]",
       ";B<aa>\n",
       {"byte 7: the file ends inside the game that began at byte 0: a ')' is missing, and perhaps "
        "more"}},
      {"(;B[aa](;W[bb])",
       ";B<aa>(;W<bb>)\n",
       {"byte 15: the file ends inside the game that began at byte 0: a ')' is missing, and "
        "perhaps "
        "more"}},
      {"(;B[aa]))", ";B<aa>\n", {"byte 8: a ')' too many"}},
      {"(;B[aa])\n)\n\n", ";B<aa>\n", {"byte 9: a ')' too many"}},
      {"(;B[aa])\n-- \nsent (by; mail) [1]",
       ";B<aa>\n",
       {"byte 8: text after the game is left out"}},
      {"(;B[aa]) (a) b)",
       ";B<aa>\n",
       {"byte 14: a ')' too many", "byte 8: text after the game is left out"}},
      {"(;B[aa])\nthe second one\n(;B[bb])",
       ";B<aa>\n;B<bb>\n",
       {"byte 8: text after the game is left out"}},
      {"From: a\n\n(;B[aa])", ";B<aa>\n", {"byte 0: text before the game is left out"}},
      {"(;FF[4]B[aa];W[bb]\n(;FF[4]B[cc])",
       ";FF<4>B<aa>(;W<bb>)\n;FF<4>B<cc>\n",
       {"byte 19: another game begins inside the game: a ')' is missing before it"}},
      {"(;FF[4]B[aa];W[bb](;B[cc])(;B[dd]) (;SZ[9];B[cc])",
       ";FF<4>B<aa>(;W<bb>(;B<cc>;B<dd>))\n;SZ<9>(;B<cc>)\n",
       {"byte 35: another game begins inside the game: a ')' is missing before it"}},
      {std::string("(;B[aa])\0\0\x1a", 11), ";B<aa>\n", {}},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    const SgfTree tree = parsed(row.text);
    CHECK(outline(tree) == row.expected);
    CHECK(tree.notes(tree.roots()[0]) == row.notes);
  }
}

TEST_CASE("SGF: character sets become UTF-8") {
  struct Row {
    const char* what;
    std::string bytes, expected;
  };
  const std::vector<Row> rows = {
      {"UTF-8", "(;CA[UTF-8]PB[吴清源])", "吴清源"},
      {"UTF-8 undeclared", "(;PB[吴清源])", "吴清源"},
      {"Latin-1", "(;CA[ISO-8859-1]PB[J\xFCrgen])", "Jürgen"},
      {"Latin-1 undeclared", "(;PB[J\xFCrgen])", "Jürgen"},
      {"unknown set", "(;CA[x-marvin]PB[J\xFCrgen])", "Jürgen"},
      {"GB2312", "(;CA[gb2312]PB[\xCE\xE2\xC7\xE5\xD4\xB4])", "吴清源"},
      {"GB18030 with four bytes", "(;CA[GB18030]PB[\x90\x30\x81\x30])", "\U00010000"},
      {"Shift_JIS, 表 ends in a backslash", "(;CA[Shift_JIS]PB[\x95\x5C\x8E\xA6])", "表示"},
      {"Big5, 餐 holds ']'… as its second byte", "(;CA[Big5]PB[\xC0\x5C])", "餐"},
      {"EUC-KR", "(;CA[EUC-KR]PB[\xC0\xCC\xC3\xA2\xC8\xA3])", "이창호"},
      {"UTF-8 with broken bytes", "(;CA[UTF-8]PB[a\xFF\xC3z])", "a\uFFFD\uFFFDz"},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    const SgfTree tree = parsed(row.bytes);
    CHECK(tree.text(0, "PB") == row.expected);
  }
}

TEST_CASE("SGF: errors count the bytes of the file, not of its UTF-8") {
  CHECK(error_of("(;CA[Big5]PB[\xC0\x5C\xC0\x5C] x)") ==
        "SGF error at byte 19: property name 'x' has no capital letter");
  CHECK(error_of("(;PB[J\xFCrgen] x)") ==
        "SGF error at byte 13: property name 'x' has no capital letter");
}

TEST_CASE("SGF: charset list names only sets that this iconv has") {
  for (const char* name : {"utf-8", "latin1", "GBK", "GB2312", "gb18030", "Big5", "Shift-JIS",
                           "windows-1252", "EUC-JP", "EUC-KR", "KOI8-R"}) {
    const std::string charset = known_charset(name);
    INFO(name);
    CHECK(decode_text_bytes("\x41\x80", charset).charset == charset);
  }
  CHECK(known_charset("../../etc") == "");
}

TEST_CASE("SGF: values") {
  const BoardSize nine{9, 9}, nineteen{19, 19}, big{21, 21}, wide{13, 5};
  CHECK(parse_sgf_move("", nine) == Point::pass());
  CHECK(parse_sgf_move("tt", nineteen) == Point::pass());
  CHECK(parse_sgf_move("tt", nine) == Point::pass());
  CHECK(parse_sgf_move("tt", big) == Point::at(19, 19));
  CHECK(parse_sgf_move("dc", nine) == Point::at(3, 2));
  CHECK(parse_sgf_move("me", wide) == Point::at(12, 4));
  CHECK_FALSE(parse_sgf_move("em", wide));
  CHECK_FALSE(parse_sgf_move("jj", nine));
  CHECK_FALSE(parse_sgf_move("AA", nine));
  CHECK_FALSE(parse_sgf_move("abc", nine));

  const auto box = parse_sgf_rectangle("cb:ad", nine);
  REQUIRE(box);
  CHECK((box->left == 0 && box->right == 2 && box->top == 1 && box->bottom == 3));
  CHECK_FALSE(parse_sgf_rectangle("aa:jj", nine));

  CHECK(parse_sgf_size("13:9").value() == BoardSize{13, 9});
  CHECK(sgf_size({13, 9}) == "13:9");
  CHECK(sgf_size({9, 9}) == "9");
  for (const char* bad : {"1", "26", "x", "", "9:", "-9", "99999999999"}) {
    INFO(bad);
    CHECK_FALSE(parse_sgf_size(bad));
  }
}

TEST_CASE("SGF: results") {
  using Kind = SgfResult::Kind;
  struct Row {
    const char* text;
    SgfResult result;
    const char* written;
  };
  const std::vector<Row> rows = {
      {"B+3.5", {Kind::kScore, Color::kBlack, 3.5}, "B+3.5"},
      {"w+12", {Kind::kScore, Color::kWhite, 12}, "W+12"},
      {"B+Resign", {Kind::kResign, Color::kBlack, 0}, "B+R"},
      {"W+T", {Kind::kTime, Color::kWhite, 0}, "W+T"},
      {"W+Forfeit", {Kind::kForfeit, Color::kWhite, 0}, "W+F"},
      {"B+", {Kind::kUnspecified, Color::kBlack, 0}, "B+"},
      {"Draw", {Kind::kDraw, Color::kEmpty, 0}, "0"},
      {"0", {Kind::kDraw, Color::kEmpty, 0}, "0"},
      {"Void", {Kind::kVoid, Color::kEmpty, 0}, "Void"},
      {"?", {}, "?"},
      {"black won", {}, "?"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(parse_sgf_result(row.text) == row.result);
    CHECK(to_string(row.result) == row.written);
  }
}

TEST_CASE("SGF: writing breaks lines only between nodes and says UTF-8") {
  std::string text = "(;FF[4]CA[gb2312]C[two\nlines]";
  for (int i = 0; i < 40; ++i) text += ";B[aa];W[]";
  const std::string written = write_sgf(parsed(text + "(;B[bb])(;B[cc]))"));
  CHECK(written.starts_with("(;FF[4]CA[UTF-8]C[two\nlines];B[aa]"));
  CHECK(written.ends_with("\n(;B[bb])\n(;B[cc]))\n"));
  CHECK(written.find("W\n") == std::string::npos);
  std::size_t longest = 0;
  for (std::size_t at = 0; at < written.size();) {
    const std::size_t end = written.find('\n', at);
    longest = std::max(longest, end - at);
    at = end + 1;
  }
  CHECK(longest < 90);
}

TEST_CASE("SGF: editing a tree") {
  SgfTree tree = parsed("(;SZ[9];B[aa]C[old];W[bb])");
  tree.add_property(1, "LB", std::vector<std::string>{"aa:1", "bb:2"});
  tree.remove_property(1, "C");
  tree.add_property(1, "C", escape_sgf_text("a]b\\c"));
  const SgfNodeId variation = tree.add_child(0);
  tree.add_property(variation, "B", "cc");
  CHECK(tree.text(1, "C") == "a]b\\c");
  CHECK(write_sgf(tree) ==
        "(;CA[UTF-8]SZ[9]\n(;B[aa]LB[aa:1][bb:2]C[a\\]b\\\\c];W[bb])\n(;B[cc]))\n");
}

namespace {

std::string random_text(Random& random) {
  static const std::string kPieces[] = {"]", "[", "\\", "\n", ":",  "(",
                                        ";", ")", "a",  "é",  "碁", " "};
  std::string text;
  for (std::uint32_t n = random.below(8); n > 0; --n) text += kPieces[random.below(12)];
  return text;
}

SgfTree random_tree(Random& random) {
  SgfTree tree;
  std::vector<SgfNodeId> nodes;
  for (std::uint32_t n = 1 + random.below(30); n > 0; --n) {
    const bool is_root = nodes.empty() || random.below(12) == 0;
    nodes.push_back(
        is_root ? tree.add_root()
                : tree.add_child(nodes[random.below(static_cast<std::uint32_t>(nodes.size()))]));
    if (is_root) tree.add_property(nodes.back(), "CA", "UTF-8");
    for (std::uint32_t k = random.below(4); k > 0; --k) {
      const SgfNodeId node = nodes[random.below(static_cast<std::uint32_t>(nodes.size()))];
      static const char* const kNames[] = {"C", "N", "LB", "B", "XYZ"};
      tree.add_property(node, kNames[random.below(5)], escape_sgf_text(random_text(random)));
    }
  }
  return tree;
}

}  // namespace

TEST_CASE("SGF: a child moves before its siblings") {
  const std::string text = "(;CA[UTF-8]N[a](;N[b])(;N[c];N[d])(;N[e]))";
  const auto [name, expected] = GENERATE(
      table<const char*, const char*>({{"b", "(;CA[UTF-8]N[a](;N[b])(;N[c];N[d])(;N[e]))"},
                                       {"c", "(;CA[UTF-8]N[a](;N[c];N[d])(;N[b])(;N[e]))"},
                                       {"d", "(;CA[UTF-8]N[a](;N[b])(;N[c];N[d])(;N[e]))"},
                                       {"e", "(;CA[UTF-8]N[a](;N[e])(;N[b])(;N[c];N[d]))"}}));
  CAPTURE(name);
  SgfTree tree = *parse_sgf(text);
  for (SgfNodeId node = 1; node < 5; ++node) {
    if (tree.text(node, "N") != name) continue;
    tree.make_first_child(node);
    const SgfNodeId added = tree.add_child(tree.parent(node));  // the last child is right as well
    tree.remove_subtree(added);
  }
  std::string written = write_sgf(tree, tree.roots().front());
  std::erase(written, '\n');
  CHECK(written == expected);
}

TEST_CASE("SGF: random trees come back as they were written") {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    Random random(seed);
    const SgfTree tree = random_tree(random);
    const std::string written = write_sgf(tree);
    INFO("seed " << seed << "\n" << written);
    const SgfTree again = parsed(written);
    REQUIRE(outline(again) == outline(tree));
    REQUIRE(write_sgf(again) == written);
  }
}

TEST_CASE("SGF: torn bytes never crash and what parses can be written and read again") {
  const std::string whole =
      "(;FF[4]CA[gb18030]SZ[9]C[a\\]\xCE\xE2];B[cc](;W[dd]AB[aa:bb])(;W[ee]KM[7]))(;GM[1])";
  int accepted = 0;
  for (std::uint64_t seed = 0; seed < 20000; ++seed) {
    Random random(seed);
    std::string torn = whole;
    for (std::uint32_t n = 1 + random.below(3); n > 0; --n) {
      const std::size_t at = random.below(static_cast<std::uint32_t>(torn.size()));
      if (random.below(2) == 0)
        torn.erase(at, 1 + random.below(4));
      else
        torn.insert(at, 1,
                    "();[]\\\x80"
                    "Aa:"[random.below(10)]);
      if (torn.empty()) torn = "(";
    }
    const auto tree = parse_sgf(torn);
    if (!tree) continue;
    ++accepted;
    REQUIRE(is_valid_utf8(write_sgf(*tree)));
    REQUIRE(parse_sgf(write_sgf(*tree)));
    for (const SgfNodeId root : tree->roots()) (void)replay_sgf(*tree, root, Rules{}).ok();
  }
  CHECK(accepted > 100);
}

TEST_CASE("SGF: nesting of 10,000 and of a million variations") {
  for (const int depth : {10'000, 1'000'000}) {
    std::string text;
    for (int i = 0; i < depth; ++i) text += i % 2 ? "(;W[]" : "(;B[]";
    text.append(static_cast<std::size_t>(depth), ')');
    const SgfTree tree = parsed(text);
    CHECK(tree.node_count() == static_cast<std::size_t>(depth));
    CHECK(parsed(write_sgf(tree)).node_count() == tree.node_count());
  }
  // Two variations at each level: the writer has to keep the parentheses.
  std::string text;
  for (int i = 0; i < 10'000; ++i) text += "(;B[aa](;W[bb])";
  text.append(10'000, ')');
  const std::string written = write_sgf(parsed(text));
  CHECK(std::count(written.begin(), written.end(), '(') == 20'000 - 1);
  CHECK(parse_sgf(written));
}

TEST_CASE("SGF: limits") {
  const SgfLimits small{.max_bytes = 100, .max_nodes = 3};
  CHECK(parse_sgf("(;;;)", small));
  CHECK(parse_sgf("(;;;;)", small).error().message == "SGF error at byte 4: too many nodes");
  CHECK(parse_sgf(std::string(101, 'x'), small).error().message ==
        "SGF of 101 bytes: more than the limit of 100");
  CHECK(load_sgf_file("/no/such/game.sgf").error().message ==
        "cannot open '/no/such/game.sgf': No such file or directory");
}

}  // namespace ponnuki::sgf
