#include "engine/sgf/tree.h"

#include "engine/check.h"
#include "engine/sgf/lexer.h"
#include "engine/sgf/value.h"

namespace ponnuki::sgf {
namespace {

/// Calls visit(name, raw value) for each value of the node whose text begins at `offset`, until
/// visit returns false. Returns where the text of the node ends: at the next ';', '(' or ')'.
template <typename Visit>
std::size_t for_each_value(std::string_view text, std::size_t offset, Visit visit) {
  SgfLexer lexer(text, offset);
  while (true) {
    const std::string_view name = lexer.read_name();
    if (name.empty()) return lexer.position();
    while (const auto value = lexer.read_value()) {
      if (!visit(name, *value)) return lexer.position();
    }
  }
}

void append_property(std::string& out, std::string_view name, std::string_view raw_value) {
  out.append(name).append("[").append(raw_value).append("]");
}

}  // namespace

std::string SgfProperty::short_name() const {
  std::string capitals;
  for (const char c : name) {
    if (c < 'a' || c > 'z') capitals += c;
  }
  return capitals;
}

std::vector<SgfProperty> SgfTree::properties(SgfNodeId node) const {
  std::vector<SgfProperty> result;
  for_each_value(text_, nodes_[node].text, [&](std::string_view name, std::string_view value) {
    if (result.empty() || result.back().name.data() != name.data()) result.push_back({name, {}});
    result.back().values.push_back(value);
    return true;
  });
  return result;
}

std::vector<std::string_view> SgfTree::values(SgfNodeId node, std::string_view name) const {
  std::vector<std::string_view> result;
  for_each_value(text_, nodes_[node].text, [&](std::string_view written, std::string_view value) {
    if (sgf_names_equal(written, name)) result.push_back(value);
    return true;
  });
  return result;
}

std::optional<std::string_view> SgfTree::first_value(SgfNodeId node, std::string_view name) const {
  std::optional<std::string_view> result;
  for_each_value(text_, nodes_[node].text, [&](std::string_view written, std::string_view value) {
    if (sgf_names_equal(written, name)) result = value;
    return !result;
  });
  return result;
}

std::string SgfTree::text(SgfNodeId node, std::string_view name) const {
  const auto value = first_value(node, name);
  return value ? decode_sgf_text(*value) : "";
}

std::vector<std::string> SgfTree::notes(SgfNodeId root) const {
  std::vector<std::string> texts;
  for (const Note& note : notes_) {
    if (note.root == kNoSgfNode || note.root == root) texts.push_back(note.text);
  }
  return texts;
}

SgfNodeId SgfTree::link_node(SgfNodeId parent, std::size_t text) {
  PONNUKI_CHECK(nodes_.size() < kNoSgfNode);
  PONNUKI_CHECK(text <= std::numeric_limits<std::uint32_t>::max());
  const auto id = static_cast<SgfNodeId>(nodes_.size());
  nodes_.push_back({static_cast<std::uint32_t>(text), parent, kNoSgfNode, kNoSgfNode, kNoSgfNode});
  if (parent == kNoSgfNode) {
    roots_.push_back(id);
    return id;
  }
  Node& above = nodes_[parent];
  (above.last_child == kNoSgfNode ? above.first_child : nodes_[above.last_child].next_sibling) = id;
  above.last_child = id;
  return id;
}

SgfNodeId SgfTree::add_root() { return add_child(kNoSgfNode); }

SgfNodeId SgfTree::add_child(SgfNodeId parent) {
  const SgfNodeId id = link_node(parent, text_.size());
  text_ += ';';  // ends the node's text
  return id;
}

void SgfTree::add_property(SgfNodeId node, std::string_view name,
                           std::span<const std::string> values) {
  std::string addition;
  if (values.empty()) append_property(addition, name, "");
  for (const std::string& value : values) {
    append_property(addition, addition.empty() ? name : "", value);
  }
  rewrite_node(node, "", addition);
}

void SgfTree::remove_property(SgfNodeId node, std::string_view name) {
  if (has(node, name)) rewrite_node(node, name, "");
}

/// Takes it out of its parent's children. It still names its parent.
void SgfTree::unlink_node(SgfNodeId node) {
  Node& above = nodes_[nodes_[node].parent];
  SgfNodeId before = kNoSgfNode;
  for (SgfNodeId child = above.first_child; child != node; child = nodes_[child].next_sibling)
    before = child;
  const SgfNodeId after = nodes_[node].next_sibling;
  (before == kNoSgfNode ? above.first_child : nodes_[before].next_sibling) = after;
  if (above.last_child == node) above.last_child = before;
  nodes_[node].next_sibling = kNoSgfNode;
}

void SgfTree::remove_subtree(SgfNodeId node) {
  unlink_node(node);
  nodes_[node].parent = kNoSgfNode;
}

void SgfTree::make_first_child(SgfNodeId node) {
  unlink_node(node);
  Node& above = nodes_[nodes_[node].parent];
  nodes_[node].next_sibling = above.first_child;
  above.first_child = node;
  if (above.last_child == kNoSgfNode) above.last_child = node;
}

void SgfTree::set_origin(std::string charset, std::string note) {
  source_.charset = std::move(charset);
  converted_ = true;
  if (!note.empty()) notes_.push_back({kNoSgfNode, std::move(note)});
}

/// Rewrites the text of the node: in place if it is the last in text_, else at the end of text_;
/// the old text is not read again.
void SgfTree::rewrite_node(SgfNodeId node, std::string_view name_to_drop,
                           std::string_view addition) {
  std::string kept;
  std::string_view last_name;
  const std::size_t begin = nodes_[node].text;
  const std::size_t end =
      for_each_value(text_, begin, [&](std::string_view name, std::string_view value) {
        if (!name_to_drop.empty() && sgf_names_equal(name, name_to_drop)) return true;
        append_property(kept, name.data() == last_name.data() ? "" : name, value);
        last_name = name;
        return true;
      });
  if (end + 1 == text_.size()) {
    text_.resize(begin);
  } else {
    nodes_[node].text = static_cast<std::uint32_t>(text_.size());
  }
  PONNUKI_CHECK(text_.size() <= std::numeric_limits<std::uint32_t>::max());
  text_.append(kept).append(addition).append(";");
}

}  // namespace ponnuki::sgf
