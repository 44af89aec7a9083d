// Smart Game Format, FF[4] (red-bean.com/sgf): all headers that read and write game records.
//
//   bytes ─ charset.h ─▶ UTF-8 ─ parser.h ─▶ SgfTree ─ game.h ─▶ GameInfo, Game
//                                            SgfTree ◀─ make_sgf ─ Game
//                     file ◀─ writer.h (atomic) ┘
#pragma once

#include "engine/sgf/game.h"
#include "engine/sgf/komi.h"
#include "engine/sgf/parser.h"
#include "engine/sgf/tree.h"
#include "engine/sgf/value.h"
#include "engine/sgf/writer.h"
