#include "engine/sgf/writer.h"

#include <span>

#include "engine/file.h"

namespace ponnuki::sgf {
namespace {

constexpr std::size_t kLineLength = 76;

class Writer {
 public:
  explicit Writer(const SgfTree& tree) : tree_(tree) {}

  std::string write(std::span<const SgfNodeId> roots) {
    for (const SgfNodeId root : roots) {
      write_game(root);
      out_ += '\n';
      line_ = out_.size();
    }
    return std::move(out_);
  }

 private:
  /// Writes depth first, without a stack: nodes have links to their parents.
  void write_game(SgfNodeId root) {
    out_ += '(';
    SgfNodeId node = root;
    while (true) {
      write_node(node);
      if (const SgfNodeId child = tree_.first_child(node); child != kNoSgfNode) {
        if (has_siblings(child)) open_variation();
        node = child;
        continue;
      }
      node = climb(root, node);
      if (node == kNoSgfNode) break;
    }
    out_ += ')';
  }

  /// Goes up from a leaf to the next variation to write, and closes the finished ones. Returns
  /// kNoSgfNode at the end.
  SgfNodeId climb(SgfNodeId root, SgfNodeId node) {
    for (; node != root; node = tree_.parent(node)) {
      if (!has_siblings(node)) continue;
      out_ += ')';
      const SgfNodeId next = tree_.next_sibling(node);
      if (next == kNoSgfNode) continue;
      open_variation();
      return next;
    }
    return kNoSgfNode;
  }

  bool has_siblings(SgfNodeId node) const {
    return tree_.next_sibling(tree_.first_child(tree_.parent(node))) != kNoSgfNode;
  }

  void open_variation() {
    break_line();
    out_ += '(';
  }

  void write_node(SgfNodeId node) {
    if (out_.size() - line_ > kLineLength) break_line();
    out_ += ';';
    const bool is_root = tree_.parent(node) == kNoSgfNode;
    bool charset_written = !is_root;
    for (const SgfProperty& property : tree_.properties(node)) {
      const std::string name = property.short_name();
      if (is_root && name == "CA") continue;
      if (!charset_written && name != "FF" && name != "GM") charset_written = write_charset();
      out_ += name;
      for (const std::string_view value : property.values) {
        out_.append("[").append(value).append("]");
      }
    }
    if (!charset_written) write_charset();
  }

  bool write_charset() {
    out_ += "CA[UTF-8]";
    return true;
  }

  void break_line() {
    out_ += '\n';
    line_ = out_.size();
  }

  const SgfTree& tree_;
  std::string out_;
  std::size_t line_ = 0;  // start of the current line
};

}  // namespace

std::string write_sgf(const SgfTree& tree) { return Writer(tree).write(tree.roots()); }

std::string write_sgf(const SgfTree& tree, SgfNodeId root) {
  return Writer(tree).write(std::span(&root, 1));
}

Status save_sgf_file(const SgfTree& tree, const std::string& path) {
  return write_file_atomically(path, write_sgf(tree));
}

}  // namespace ponnuki::sgf
