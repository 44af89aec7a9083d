// Sends a last text to a client and closes its socket such that the text arrives.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <string>
#include <string_view>

namespace ponnuki::server {

/// Writes `text` and closes the socket once the client has, or after a second: a socket that is
/// closed while input waits in it is reset, and then the client may lose the text. Does not block.
/// While many farewells are open, further ones are shorter. `text` must outlive the io_context.
void say_farewell(boost::asio::ip::tcp::socket socket, const std::string& text);

/// Writes what fits at once. Thread-safe.
void say_at_once(boost::asio::ip::tcp::socket& socket, std::string_view text);

}  // namespace ponnuki::server
