#include "engine/sgf/parser.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "engine/sgf/foreign_file.h"
#include "engine/sgf/lexer.h"
#include "engine/sgf/servers/server_record.h"
#include "engine/sgf/value.h"
#include "engine/unpack.h"

namespace ponnuki::sgf {
namespace {

constexpr std::size_t kMostNotes = 20;  // of a file: finding a byte takes time

/// True if a text begins with a game whose first node lacks its ';': "(TE[…]", as the Nihon Ki-in
/// and Sina write it.
bool begins_without_semicolon(std::string_view text) {
  SgfLexer lexer(text);
  if (lexer.peek() != '(') return false;
  lexer.advance();
  lexer.peek();
  return !lexer.read_name().empty() && lexer.peek() == '[';
}

/// The position of the next "(;", which may contain white space, or npos.
std::size_t find_game(std::string_view text, std::size_t from) {
  if (from == 0 && begins_without_semicolon(text)) return text.find('(');
  for (std::size_t at = text.find('(', from); at != std::string_view::npos;
       at = text.find('(', at + 1)) {
    if (SgfLexer(text, at + 1).peek() == ';') return at;
  }
  return std::string_view::npos;
}

/// The CA value of the first game, read before decoding; "" if there is none.
std::string declared_charset(std::string_view bytes) {
  const std::size_t game = find_game(bytes, 0);
  if (game == std::string_view::npos) return "";
  SgfLexer lexer(bytes, game + 1);
  if (lexer.peek() == ';') lexer.advance();
  while (true) {
    lexer.peek();
    const std::string_view name = lexer.read_name();
    if (name.empty()) return "";
    while (const auto value = lexer.read_value()) {
      if (name == "CA") return std::string(*value);
    }
  }
}

}  // namespace

/// Parses in one pass, with an explicit stack of the nodes at which variations begin.
class SgfParser {
 public:
  SgfParser(DecodedText source, const SgfLimits& limits) : limits_(limits) {
    tree_.text_ = std::move(source.utf8);
    tree_.source_ = std::move(source);
    tree_.source_.utf8.clear();
    if (!tree_.source_.note.empty())
      tree_.notes_.push_back({kNoSgfNode, std::exchange(tree_.source_.note, "")});
  }

  Result<SgfTree> parse() {
    std::size_t game = find_game(tree_.text_, 0);
    if (game == std::string::npos) return no_game_in(tree_.text_);
    if (has_text(std::string_view(tree_.text_).substr(0, game)))
      note(0, "text before the game is left out");
    while (game != std::string::npos) {
      const std::size_t end = parse_game(game);
      if (error_) return std::move(*error_);
      game = find_game(tree_.text_, end);
      check_after_game(end, game);
      if (error_) return std::move(*error_);
    }
    tree_.nodes_.shrink_to_fit();
    return std::move(tree_);
  }

 private:
  /// Parses from '(' to the matching ')'. Returns the offset behind it.
  std::size_t parse_game(std::size_t begin) {
    SgfLexer lexer(tree_.text_, begin);
    std::vector<SgfNodeId> branches;  // for each open '(': the node before it
    SgfNodeId node = kNoSgfNode;
    bool node_may_follow = false;  // after '(' and after a node, not after ')'
    if (!lexer_sees_node(begin + 1)) {
      node = read_root_without_semicolon(lexer);
      branches.push_back(kNoSgfNode);
      node_may_follow = true;
    }
    while (!error_) {
      const char next = lexer.peek();
      const std::size_t at = lexer.position();
      if (next == '(' && !branches.empty() && is_root_behind(at + 1)) {
        note(at, "another game begins inside the game: a ')' is missing before it");
        return at;
      }
      if (next == '(' && lexer_sees_node(at + 1)) {
        branches.push_back(node);
        node_may_follow = true;
      } else if (next == ';' && node_may_follow) {
        if (tree_.node_count() >= limits_.max_nodes) return fail(at, "too many nodes");
        node = tree_.link_node(node, at + 1);
        skip_properties(lexer);
        continue;
      } else if (next == ')') {
        node = branches.back();
        branches.pop_back();
        node_may_follow = false;
        if (branches.empty()) return at + 1;
      } else if (lexer.at_end()) {
        note(at, "the file ends inside the game that began at byte " +
                     std::to_string(tree_.original_byte(begin)) +
                     ": a ')' is missing, and perhaps more");
        return at;
      } else {
        return fail(at, unexpected(next));
      }
      lexer.advance();
    }
    return begin;
  }

  /// The lexer stands before the '(' of the game.
  SgfNodeId read_root_without_semicolon(SgfLexer& lexer) {
    lexer.peek();
    const std::size_t at = lexer.position() + 1;
    const SgfNodeId root = tree_.link_node(kNoSgfNode, at);
    note(at, "the ';' before the first node is missing");
    skip_properties(lexer);
    return root;
  }
  bool lexer_sees_node(std::size_t at) const { return SgfLexer(tree_.text_, at).peek() == ';'; }
  /// True if the node behind a '(' begins with a property that only the root of a game has.
  bool is_root_behind(std::size_t at) const {
    SgfLexer lexer(tree_.text_, at);
    if (lexer.peek() != ';') return false;
    lexer.advance();
    const std::string_view name = lexer.read_name();
    return name == "FF" || name == "GM" || name == "CA" || name == "SZ";
  }

  /// Checks the properties of a node, starting at its ';', so that reading them later cannot fail.
  void skip_properties(SgfLexer& lexer) {
    lexer.advance();
    while (true) {
      lexer.peek();
      const std::size_t at = lexer.position();
      const std::string_view name = lexer.read_name();
      if (name.empty()) return;
      if (sgf_names_equal(name, "")) {
        fail(at, "property name '" + std::string(name.substr(0, 40)) + "' has no capital letter");
        return;
      }
      int values = 0;
      while (lexer.read_value()) ++values;
      if (lexer.unclosed()) {
        fail(lexer.position(),
             "a value of " + std::string(name.substr(0, 40)) + " is never closed by ']'");
        return;
      }
      if (values == 0) {
        fail(at, "property " + std::string(name.substr(0, 40)) + " has no value in brackets");
        return;
      }
    }
  }

  /// Text between and after games is left out, with a note. A property there means that a game is
  /// damaged.
  void check_after_game(std::size_t begin, std::size_t end) {
    end = std::min(end, tree_.text_.size());
    const std::string_view between = std::string_view(tree_.text_).substr(begin, end - begin);
    for (std::size_t at = between.find(';'); at != std::string_view::npos;
         at = between.find(';', at + 1)) {
      if (!sees_property(begin + at + 1)) continue;
      fail(begin + at, "unexpected ';' after a game");
      return;
    }
    if (const auto at = unmatched_parenthesis(between)) note(begin + *at, "a ')' too many");
    if (has_text(between)) note(begin, "text after the game is left out");
  }
  static std::optional<std::size_t> unmatched_parenthesis(std::string_view text) {
    int open = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
      open += text[at] == '(';
      if (text[at] == ')' && --open < 0) return at;
    }
    return std::nullopt;
  }
  bool sees_property(std::size_t at) const {
    SgfLexer lexer(tree_.text_, at);
    return !lexer.read_name().empty() && lexer.peek() == '[';
  }
  /// True if there is more than blanks, padding and closing parentheses.
  static bool has_text(std::string_view text) {
    constexpr std::string_view kPadding(" \t\r\n\v\f\0\x1a)", 9);
    return text.find_first_not_of(kPadding) != std::string_view::npos;
  }

  /// On the game parsed last; before the first game, on the file.
  void note(std::size_t offset, const std::string& what) {
    if (tree_.notes_.size() >= kMostNotes) return;
    tree_.notes_.push_back({tree_.roots_.empty() ? kNoSgfNode : tree_.roots_.back(),
                            "byte " + std::to_string(tree_.original_byte(offset)) + ": " + what});
  }

  static std::string unexpected(char c) {
    const bool printable = c > ' ' && c < '\x7F';
    return printable ? std::string("unexpected '") + c + "'"
                     : "unexpected byte " + std::to_string(static_cast<unsigned char>(c));
  }

  std::size_t fail(std::size_t offset, const std::string& what) {
    error_ =
        Error{"SGF error at byte " + std::to_string(tree_.original_byte(offset)) + ": " + what};
    return offset;
  }

  SgfLimits limits_;
  SgfTree tree_;
  std::optional<Error> error_;
};

Result<SgfTree> parse_sgf(std::string bytes, const SgfLimits& limits) {
  if (bytes.size() > limits.max_bytes) {
    return Error{"SGF of " + std::to_string(bytes.size()) + " bytes: more than the limit of " +
                 std::to_string(limits.max_bytes)};
  }
  if (auto error = foreign_file(bytes)) return std::move(*error);
  if (const auto format = server_format(bytes))
    return read_server_record(*format, std::move(bytes), limits);
  const std::string charset = declared_charset(bytes);
  return SgfParser(decode_text_bytes(std::move(bytes), charset), limits).parse();
}

Result<SgfTree> load_sgf_file(const std::string& path, const SgfLimits& limits) {
  PONNUKI_TRY(std::string bytes, read_file(path, limits.max_bytes));
  auto contents = unpack(std::move(bytes), limits.max_bytes);
  if (!contents) return contents.error().in(path);
  auto tree = parse_sgf(std::move(*contents), limits);
  if (!tree) return tree.error().in(path);
  return tree;
}

}  // namespace ponnuki::sgf
