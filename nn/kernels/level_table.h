// The table of a level, out of what the level headers compiled.
#pragma once

#include "nn/kernels/level_gemm.h"
#include "nn/kernels/level_winograd.h"

namespace ponnuki::PONNUKI_LEVEL {
namespace {

constexpr KernelTable make_table() {
  KernelTable table;
  table.vector_floats = kFloats;
  table.panel_vectors = kPanelVectors;
  table.gemm = gemm;
  table.sparse = sparse;
  table.finish_rows = finish_rows;
  table.pool = pool;
  table.winograd_f3 = {winograd_input<TileF3>, winograd_output<TileF3>};
  table.winograd_f4 = {winograd_input<TileF4>, winograd_output<TileF4>};
  return table;
}

}  // namespace
}  // namespace ponnuki::PONNUKI_LEVEL
