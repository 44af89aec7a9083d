// Smart Game Format, FF[4] (red-bean.com/sgf): everything that reads and writes game records.
//
//   bytes ─ sgf_charset ─▶ UTF-8 ─ sgf_parser ─▶ SgfTree ─ sgf_game ─▶ GameInfo, Game
//                                                SgfTree ◀─ make_sgf ─ Game
//                     file ◀─ sgf_writer (atomic) ┘
#pragma once

#include "engine/sgf/game.h"
#include "engine/sgf/parser.h"
#include "engine/sgf/tree.h"
#include "engine/sgf/value.h"
#include "engine/sgf/writer.h"
