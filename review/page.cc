#include "review/page.h"

#include "engine/check.h"
#include "engine/embed.h"

PONNUKI_EMBED(ponnuki_page_html, PONNUKI_PAGE_FOLDER "/report.html")
PONNUKI_EMBED(ponnuki_page_css, PONNUKI_PAGE_FOLDER "/report.css")
PONNUKI_EMBED(ponnuki_page_board, PONNUKI_PAGE_FOLDER "/board.js")
PONNUKI_EMBED(ponnuki_page_js, PONNUKI_PAGE_FOLDER "/report.js")

namespace ponnuki::review {

std::string_view page_style() { return PONNUKI_EMBEDDED_TEXT(ponnuki_page_css); }
std::string page_script() {
  return std::string(PONNUKI_EMBEDDED_TEXT(ponnuki_page_board)) +
         std::string(PONNUKI_EMBEDDED_TEXT(ponnuki_page_js));
}

std::string fill_page(const std::map<std::string, std::string>& texts) {
  const std::string_view page = PONNUKI_EMBEDDED_TEXT(ponnuki_page_html);
  std::string filled;
  std::size_t at = 0;
  while (true) {
    const std::size_t begin = page.find("{{", at);
    filled += page.substr(at, begin - at);
    if (begin == std::string_view::npos) return filled;
    const std::size_t end = page.find("}}", begin);
    const auto text = texts.find(std::string(page.substr(begin + 2, end - begin - 2)));
    PONNUKI_CHECK(text != texts.end());
    filled += text->second;
    at = end + 2;
  }
}

}  // namespace ponnuki::review
