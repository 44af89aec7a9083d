#include "cli/terminal/show_page.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#if defined(PONNUKI_QRENCODE)
#include <qrencode.h>
#endif

namespace ponnuki::cli {

#if defined(PONNUKI_QRENCODE)
/// Two rows of modules to a line. The colours are set, so that dark is dark on every terminal.
std::string qr_code(const std::string& text) {
  QRcode* const code = QRcode_encodeString(text.c_str(), 0, QR_ECLEVEL_L, QR_MODE_8, 1);
  if (code == nullptr) return {};
  constexpr int kQuiet = 2;  // modules around it
  const auto is_dark = [&](int x, int y) {
    const bool inside = x >= 0 && y >= 0 && x < code->width && y < code->width;
    return inside && (code->data[y * code->width + x] & 1) != 0;
  };
  std::string drawing;
  for (int y = -kQuiet; y < code->width + kQuiet; y += 2) {
    drawing += "\x1b[30;107m";
    for (int x = -kQuiet; x < code->width + kQuiet; ++x) {
      const bool upper = is_dark(x, y), lower = is_dark(x, y + 1);
      drawing += upper ? (lower ? "█" : "▀") : (lower ? "▄" : " ");
    }
    drawing += "\x1b[0m\n";
  }
  QRcode_free(code);
  return drawing;
}
#else
std::string qr_code(const std::string&) { return {}; }
#endif

void open_browser(const std::string& url) {
#if defined(__APPLE__)
  const char* const opener = "open";
#else
  const char* const opener = "xdg-open";
  if (std::getenv("DISPLAY") == nullptr && std::getenv("WAYLAND_DISPLAY") == nullptr) return;
#endif
  const pid_t child = ::fork();
  if (child < 0) return;
  if (child > 0) {
    ::waitpid(child, nullptr, 0);
    return;
  }
  // The grandchild is nobody's to wait for.
  if (::fork() != 0) ::_exit(0);
  const int nothing = ::open("/dev/null", O_RDWR);
  for (const int fd : {0, 1, 2}) ::dup2(nothing, fd);
  ::execlp(opener, opener, url.c_str(), static_cast<char*>(nullptr));
  ::_exit(1);
}

}  // namespace ponnuki::cli
