// The files of the page, which are built into the program: web/build.mjs makes them of web/page/.
#pragma once

#include <string_view>

#include "server/web_server.h"

namespace ponnuki::web {

/// False if the program was built without node and npm: then there is no page.
bool has_page();

/// Answers GET and HEAD for the page's files, packed by gzip where the browser takes that, and 404
/// for all else. Targets name files inside the program, never files of the system.
server::WebResponse static_file(const server::WebRequest& request);

/// Adds the headers that every answer has: what the page may load, and that its type is true.
void add_security_headers(server::WebResponse* response);

}  // namespace ponnuki::web
