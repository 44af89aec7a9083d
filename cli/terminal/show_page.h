// Shows the user the address of a page.
#pragma once

#include <string>

namespace ponnuki::cli {

/// A QR code of a text, drawn with block characters, for terminals with dark or light ground; "" in
/// a program without libqrencode.
std::string qr_code(const std::string& text);

/// Opens an address in the user's browser, if there is a desktop. Does not wait, and does not say
/// whether it worked.
void open_browser(const std::string& url);

}  // namespace ponnuki::cli
