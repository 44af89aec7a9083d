// SgfTree: all games of an SGF file as one compact tree. The text is stored once (as UTF-8), and a
// node is 20 bytes that point into it: a file of 50 MB with nine million nodes takes about 230 MB.
// Properties are read from the text on demand. No function recurses, so nesting may be as deep as
// the file is long.
//
//     text_    (;GM[1]SZ[9] ;B[cc] (;W[gc]) (;W[gg])) …appended nodes
//     nodes_    0──────────▶1─────▶2       3           parent, children and siblings by number
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/sgf/charset.h"

namespace ponnuki::sgf {

/// A node by its number. Parsed nodes are numbered in the order of the file.
using SgfNodeId = std::uint32_t;
inline constexpr SgfNodeId kNoSgfNode = std::numeric_limits<SgfNodeId>::max();

/// Views of the tree's text. Any change of the tree invalidates them.
struct SgfProperty {
  std::string_view name;                 // as written, "B" or "Black"
  std::vector<std::string_view> values;  // as written between the brackets, escapes included
  /// The name without the small letters of FF[1..3].
  std::string short_name() const;
};

class SgfTree {
 public:
  /// The first node of each game.
  const std::vector<SgfNodeId>& roots() const { return roots_; }
  std::size_t node_count() const { return nodes_.size(); }

  // --- navigation. Each function returns kNoSgfNode if there is no such node. The first child is
  // the main line.
  SgfNodeId parent(SgfNodeId node) const { return nodes_[node].parent; }
  SgfNodeId first_child(SgfNodeId node) const { return nodes_[node].first_child; }
  SgfNodeId next_sibling(SgfNodeId node) const { return nodes_[node].next_sibling; }

  // --- reading. Names are given in capitals ("AB"). Values are raw; engine/sgf/value.h decodes
  // them.
  std::vector<SgfProperty> properties(SgfNodeId node) const;
  /// All values of all properties with that name in the node.
  std::vector<std::string_view> values(SgfNodeId node, std::string_view name) const;
  std::optional<std::string_view> first_value(SgfNodeId node, std::string_view name) const;
  bool has(SgfNodeId node, std::string_view name) const {
    return first_value(node, name).has_value();
  }
  /// The decoded text of the first value (C, PB, …); "" if there is none.
  std::string text(SgfNodeId node, std::string_view name) const;
  /// The character set that the file was read in, by iconv's name; "" for trees that were not
  /// parsed.
  const std::string& charset() const { return source_.charset; }
  /// What is odd about the file and about the game at `root`: lines of plain text. Empty for most
  /// files, and for trees that were not parsed.
  std::vector<std::string> notes(SgfNodeId root) const;
  /// The offset in the original file at which the node begins. For error messages: it takes time
  /// linear in the offset.
  std::size_t byte_offset(SgfNodeId node) const { return original_byte(nodes_[node].text); }
  /// False for trees that were made from a file of another format: byte_offset() means nothing.
  bool has_byte_offsets() const { return !converted_; }

  // --- writing
  SgfNodeId add_root();
  SgfNodeId add_child(SgfNodeId parent);
  /// Appends a property. Values are raw, so texts must come from escape_sgf_text(). No values means
  /// "[]".
  void add_property(SgfNodeId node, std::string_view name, std::span<const std::string> values);
  void add_property(SgfNodeId node, std::string_view name, const std::string& value) {
    add_property(node, name, std::span(&value, 1));
  }
  void remove_property(SgfNodeId node, std::string_view name);
  /// Takes a node, which is not a root, and all below it out of the tree. Other nodes keep their
  /// numbers.
  void remove_subtree(SgfNodeId node);
  /// Puts a node, which is not a root, before its siblings.
  void make_first_child(SgfNodeId node);
  /// For a tree made from a file of another format: the file's character set, and what is odd
  /// about it ("": nothing).
  void set_origin(std::string charset, std::string note);

 private:
  friend class SgfParser;
  struct Note {
    SgfNodeId root;  // kNoSgfNode: the whole file
    std::string text;
  };
  struct Node {
    std::uint32_t text;  // offset of its properties in text_
    SgfNodeId parent;
    SgfNodeId first_child;
    SgfNodeId last_child;
    SgfNodeId next_sibling;
  };

  SgfNodeId link_node(SgfNodeId parent, std::size_t text);
  void unlink_node(SgfNodeId node);
  std::size_t original_byte(std::size_t text_offset) const {
    return original_offset(source_, text_, text_offset);
  }
  void rewrite_node(SgfNodeId node, std::string_view name_to_drop, std::string_view addition);

  std::string text_;
  DecodedText source_;  // how text_ was decoded, without the text itself
  std::vector<Node> nodes_;
  std::vector<SgfNodeId> roots_;
  std::vector<Note> notes_;
  bool converted_ = false;  // from another format
};

}  // namespace ponnuki::sgf
