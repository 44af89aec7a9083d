// Checks that a text is well-formed XML of the simple form of our SVGs: elements, attributes in
// double quotes, text with entities; no comments, no declarations.
#pragma once

#include <cctype>
#include <string>
#include <vector>

namespace ponnuki::test {

class XmlCheck {
 public:
  explicit XmlCheck(const std::string& text) : text_(text) {}

  /// A description of the first error, or "".
  std::string error() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '<' ? !tag() : !character())
        return "at byte " + std::to_string(at_) + ": " + text_.substr(at_, 40);
    }
    if (!open_.empty()) return "not closed: " + open_.back();
    return roots_ == 1 ? "" : std::to_string(roots_) + " roots";
  }

 private:
  bool character() {
    const auto c = static_cast<unsigned char>(text_[at_]);
    if (open_.empty() && c != '\n') return false;
    if (c < ' ' && c != '\n') return false;
    if (c == '&') {
      for (const char* const entity : {"&amp;", "&lt;", "&gt;", "&quot;"}) {
        if (text_.compare(at_, std::string(entity).size(), entity) == 0) {
          at_ = text_.find(';', at_) + 1;
          return true;
        }
      }
      return false;
    }
    ++at_;
    return true;
  }
  std::string name() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) ||
                                  text_[at_] == '-' || text_[at_] == ':'))
      ++at_;
    return text_.substr(begin, at_ - begin);
  }
  bool take(const std::string& words) {
    if (text_.compare(at_, words.size(), words) != 0) return false;
    at_ += words.size();
    return true;
  }
  bool tag() {
    if (take("</")) {
      if (open_.empty() || name() != open_.back() || !take(">")) return false;
      open_.pop_back();
      return true;
    }
    ++at_;
    const std::string element = name();
    if (element.empty()) return false;
    roots_ += open_.empty();
    while (take(" ")) {
      if (take("/>")) return true;
      if (name().empty() || !take("=\"")) return false;
      while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '<') ++at_;
      if (!take("\"")) return false;
    }
    if (take("/>")) return true;
    open_.push_back(element);
    return take(">");
  }

  const std::string& text_;
  std::size_t at_ = 0;
  std::vector<std::string> open_;
  int roots_ = 0;
};

inline std::string xml_error(const std::string& text) { return XmlCheck(text).error(); }

}  // namespace ponnuki::test
