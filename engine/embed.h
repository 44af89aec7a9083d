// Embeds files in the program by the assembler, since C++20 has no #embed. In CMake the source file
// must depend on the embedded file (OBJECT_DEPENDS).
//
//     PONNUKI_EMBED(my_page, "folder/page.html")          at namespace scope, outside namespaces
//     std::string_view text = PONNUKI_EMBEDDED_TEXT(my_page);
#pragma once

#include <string_view>

#define PONNUKI_EMBED(name, path)    \
  asm(".section .rodata\n"           \
      ".balign 16\n" #name           \
      "_begin:\n"                    \
      ".incbin \"" path "\"\n" #name \
      "_end:\n"                      \
      ".byte 0\n"                    \
      ".text\n");                    \
  extern "C" const unsigned char name##_begin[], name##_end[];

#define PONNUKI_EMBEDDED_TEXT(name)                             \
  std::string_view(reinterpret_cast<const char*>(name##_begin), \
                   static_cast<std::size_t>(name##_end - name##_begin))
