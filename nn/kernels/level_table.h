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
  using Small = Transform<4>;
  using Large = Transform<5>;
  table.winograd[kLargeSmall] = {winograd_input<Large, Small>, winograd_output<Large, Small>};
  table.winograd[kLargeLarge] = {winograd_input<Large, Large>, winograd_output<Large, Large>};
  table.winograd[kSmallLarge] = {winograd_input<Small, Large>, winograd_output<Small, Large>};
  table.winograd[kSmallSmall] = {winograd_input<Small, Small>, winograd_output<Small, Small>};
  table.winograd[kTiny] = {winograd_input<Transform<3>, Transform<3>>,
                           winograd_output<Transform<3>, Transform<3>>};
  return table;
}

}  // namespace
}  // namespace ponnuki::PONNUKI_LEVEL
